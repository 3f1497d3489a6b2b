"""Documents of no more than so many bytes: the oldest entries are left out until one fits."""

from typing import NamedTuple

import msgspec

from newsfeed.model.feed import Entry, Feed

__all__ = ["Fitted", "fit"]


class Fitted(NamedTuple):
    """A feed whose document fits."""

    feed: Feed
    #: The document.
    document: bytes
    #: The entries that had no room, in the feed's order.
    left_out: tuple[Entry, ...]
    #: Whether the document has no more bytes than were asked for; if not, not even the head of the feed has room.
    fits: bool


def fit(feed: Feed, form: str, max_bytes: int) -> Fitted:
    """Leave out the oldest entries of a feed until its document fits.

    An entry that has no room even alone is left out, wherever it stands, and doesn't cost the older ones their
    place. How many fit is found by halving: a document is rendered a handful of times, and since formats keep what
    they have written of an entry, each is a join.

    Args:
        feed: The feed, newest first.
        form: The format, `rss`, `atom` or `json`.
        max_bytes: The most bytes of the document.

    Returns:
        The feed without what has no room, its document, and what was left out. A feed that fits is the same object.

    Raises:
        InvalidValue: If there is no such format.
    """
    document = feed.render(form)
    if len(document) <= max_bytes:
        return Fitted(feed, document, (), fits=True)
    kept = list(feed.entries) if _has_room(feed, [], form, max_bytes) else []
    count = 0
    while (count := _most(feed, kept, form, max_bytes, fewest=count)) < len(kept):
        if _has_room(feed, kept[count : count + 1], form, max_bytes):
            del kept[count:]
        else:
            del kept[count]
    fitted = _with(feed, kept)
    document = fitted.render(form)
    kept_ids = {id(entry) for entry in kept}
    left_out = tuple(entry for entry in feed.entries if id(entry) not in kept_ids)
    return Fitted(fitted, document, left_out, fits=len(document) <= max_bytes)


def _with(feed: Feed, entries: list[Entry]) -> Feed:
    return msgspec.structs.replace(feed, entries=tuple(entries))


def _has_room(feed: Feed, entries: list[Entry], form: str, max_bytes: int) -> bool:
    return len(_with(feed, entries).render(form)) <= max_bytes


def _most(feed: Feed, entries: list[Entry], form: str, max_bytes: int, *, fewest: int) -> int:
    """Find how many of the entries fit, counted from the newest: each one more makes the document longer.

    Args:
        feed: The feed.
        entries: The entries.
        form: The format.
        max_bytes: The most bytes.
        fewest: How many are known to fit.
    """
    most = len(entries)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if _has_room(feed, entries[:middle], form, max_bytes):
            fewest = middle
        else:
            most = middle - 1
    return fewest
