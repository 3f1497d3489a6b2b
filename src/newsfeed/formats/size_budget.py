"""Documents of no more than so many bytes: the oldest entries are left out until one fits."""

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
    #: The entries that had no room, in the feed's order.
    left_out: tuple[Entry, ...]
    #: Whether the document has no more bytes than were asked for; if not, not even the head of the feed has room.
    fits: bool


def fit(feed: FeedData, form: str, max_bytes: int, cache: RenderCache) -> Fitted:
    """Leave out the oldest entries of a feed until its document fits.

    An entry that has no room even alone is left out, wherever it stands, and doesn't cost the older ones their
    place. How many fit is found by halving: a document is rendered a handful of times, and since formats keep what
    they have written of an entry, each is a join.

    Args:
        feed: The feed, newest first.
        form: The format, `rss`, `atom` or `json`.
        max_bytes: The most bytes of the document.
        cache: Where its rendered entries are kept.

    Returns:
        The feed without what has no room, its document, and what was left out. A feed that fits is the same object.

    Raises:
        InvalidValue: If there is no such format.
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
    """Find how many of the entries fit, counted from the newest: each one more makes the document longer.

    Args:
        entries: The entries.
        has_room: Returns whether a document with some entries fits.
        fewest: How many are known to fit.
    """
    most = len(entries)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if has_room(entries[:middle]):
            fewest = middle
        else:
            most = middle - 1
    return fewest
