"""Documents with a maximum size: the oldest entries are left out until the document fits."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.writing import render
from newsfeed.model.feed import Entry, FeedData

__all__ = ["Fitted", "fit"]


class Fitted(NamedTuple):
    """A feed whose document fits."""

    feed: FeedData
    #: The document.
    document: bytes
    #: The entries that were left out, in the feed's order.
    left_out: tuple[Entry, ...]
    #: Whether the document is small enough; if not, even the head of the feed is too large.
    fits: bool


def fit(feed: FeedData, form: str, max_bytes: int, cache: RenderCache) -> Fitted:
    """Leave out the oldest entries of a feed until its document fits.

    An entry that is too large even alone is left out, wherever it is, so that older ones aren't lost because of it.
    A binary search finds how many fit: a document is rendered a few times, which is cheap, because formats keep the
    entries that they have rendered.

    Args:
        feed: The feed, newest first.
        form: The format's name.
        max_bytes: The most bytes of the document.
        cache: Where its rendered entries are kept.

    Returns:
        The feed with the entries that fit, its document, and the entries that were left out. A feed that fits is
        returned unchanged.

    Raises:
        InvalidValue: There is no such format.
    """
    document = render(feed, form, cache)
    if len(document) <= max_bytes:
        return Fitted(feed, document, (), fits=True)

    def has_room(entries: list[Entry]) -> bool:
        return len(render(_with(feed, entries), form, cache)) <= max_bytes

    kept = list(feed.entries) if has_room([]) else []
    count = 0
    while (count := _most(kept, has_room, fewest=count)) < len(kept):
        if has_room(kept[count : count + 1]):
            del kept[count:]
        else:
            del kept[count]
    fitted = _with(feed, kept)
    document = render(fitted, form, cache)
    kept_ids = {id(entry) for entry in kept}
    left_out = tuple(entry for entry in feed.entries if id(entry) not in kept_ids)
    return Fitted(fitted, document, left_out, fits=len(document) <= max_bytes)


def _with(feed: FeedData, entries: list[Entry]) -> FeedData:
    return msgspec.structs.replace(feed, entries=tuple(entries))


def _most(entries: list[Entry], has_room: Callable[[list[Entry]], bool], *, fewest: int) -> int:
    """Return how many of the entries fit, counted from the newest.

    Args:
        entries: The entries.
        has_room: Returns whether a document with some entries fits.
        fewest: The number that is known to fit.
    """
    most = len(entries)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if has_room(entries[:middle]):
            fewest = middle
        else:
            most = middle - 1
    return fewest
