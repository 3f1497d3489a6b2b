"""Publishes whenever rows changed, others put something into the store, or an article is due."""

from collections.abc import Callable
from threading import Event

from django.db import close_old_connections, connections

from newsfeed.contrib.django.changes import is_pending, publish, put_pending
from newsfeed.contrib.django.registry import databases
from newsfeed.contrib.live_feeds import LiveFeeds, log_error

__all__ = ["watch"]

#: Seconds between looks.
_LOOK_EVERY = 0.25
#: Seconds until the next try after errors: the first, and at most.
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0


def watch(feeds: LiveFeeds, stop: Event, tell: Callable[[int], object]) -> None:
    """Watch until an event is set.

    What is being published when it is set is finished. Changes are noted in the database until they are in the store,
    and the store knows what was published of it, so a worker that is killed loses nothing.

    Args:
        feeds: What to publish.
        stop: Ends it.
        tell: Called after each publish that changed something, with the number of documents.
    """
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            _look(feeds, tell)
        except Exception as error:  # noqa: BLE001 - a worker goes on whatever happens
            log_error(error)
            connections.close_all()
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            pause = _FIRST_PAUSE
            stop.wait(_LOOK_EVERY)


def _look(feeds: LiveFeeds, tell: Callable[[int], object]) -> None:
    close_old_connections()
    for using in databases():
        if is_pending(using):
            put_pending(feeds, using)
    if feeds.is_behind():
        report = publish(feeds)
        if report.written or report.removed:
            tell(len(report.written) + len(report.removed))
