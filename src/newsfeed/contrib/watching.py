"""A worker that looks again and again whether there is something to publish."""

from collections.abc import Callable
from threading import Event

from newsfeed.contrib.live_feeds import LiveFeeds, log_error

__all__ = ["look_again", "publish_if_behind"]

#: Seconds between looks.
_LOOK_EVERY = 0.25
#: Seconds until the next try after errors: the first, and at most.
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0


def look_again(look: Callable[[], object], stop: Event, *, after_error: Callable[[], object]) -> None:
    """Look until an event is set. What is being published when it is set is finished.

    Args:
        look: Publishes what there is to publish.
        stop: Ends it.
        after_error: Called after an error, which is logged.
    """
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            look()
        except Exception as error:  # noqa: BLE001 - a worker goes on whatever happens
            log_error(error)
            after_error()
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            pause = _FIRST_PAUSE
            stop.wait(_LOOK_EVERY)


def publish_if_behind(feeds: LiveFeeds, tell: Callable[[int], object]) -> None:
    """Publish if something was put since the last publish of this process, or is due.

    Args:
        feeds: What to publish.
        tell: Called if that changed something, with the number of documents.
    """
    if feeds.is_behind():
        report = feeds.publish()
        if report.written or report.removed:
            tell(len(report.written) + len(report.removed))
