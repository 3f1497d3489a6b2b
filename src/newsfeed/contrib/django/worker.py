"""Publishes whenever rows changed, others put something into the store, or an article is due."""

from collections.abc import Callable
from threading import Event

from django.db import close_old_connections, connections

from newsfeed.contrib.django.changes import is_pending, put_pending
from newsfeed.contrib.django.registry import databases
from newsfeed.contrib.live_feeds import LiveFeeds
from newsfeed.contrib.watching import look_again, publish_if_behind

__all__ = ["watch"]


def watch(feeds: LiveFeeds, stop: Event, tell: Callable[[int], object]) -> None:
    """Watch until an event is set.

    What is being published when it is set is finished. Changes are noted in the database until they are in the store,
    and the store knows what was published of it, so a worker that is killed loses nothing.

    Args:
        feeds: What to publish.
        stop: Ends it.
        tell: Called after each publish that changed something, with the number of documents.
    """

    def look() -> None:
        close_old_connections()
        for using in databases():
            if is_pending(using):
                put_pending(feeds, using)
        publish_if_behind(feeds, tell)

    look_again(look, stop, after_error=connections.close_all)
