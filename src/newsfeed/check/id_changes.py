"""What subscribers of a feed would see if another feed replaced it: feed readers identify articles by id alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from newsfeed.check.feed_items import FeedItem

__all__ = ["ChangedId", "IdChanges", "NamedFeed", "id_changes", "paired"]

#: Parameters that track where a visitor comes from.
_TRACKING = ("utm_", "ref")


class NamedFeed(msgspec.Struct, frozen=True):
    """A feed to compare."""

    #: Its name, as the user wrote it.
    name: str
    #: `rss`, `atom` or `json`.
    kind: str
    items: Sequence[FeedItem]


class ChangedId(msgspec.Struct, frozen=True):
    """An article that has different ids in two feeds."""

    old: str
    new: str
    title: str


class IdChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The differences between the ids of two feeds, compared exactly."""

    #: Ids that both feeds have.
    same: tuple[str, ...]
    #: Articles whose id differs. Subscribers see them as new.
    changed: tuple[ChangedId, ...]
    #: Articles that only the new feed has. Subscribers see them as new.
    added: tuple[FeedItem, ...]
    #: Articles that only the old feed has. Subscribers see no difference.
    dropped: tuple[FeedItem, ...]

    @property
    def news(self) -> int:
        """The number of articles that subscribers would see as new."""
        return len(self.changed) + len(self.added)


def id_changes(old: Iterable[FeedItem], new: Iterable[FeedItem]) -> IdChanges:
    """Compare the ids of two feeds.

    Args:
        old: The articles that subscribers know.
        new: The articles of the replacement.

    Returns:
        The differences. Articles with different ids are the same if they alone share an address, or else a title.

    >>> old = [FeedItem("1", "https://report.example/snow", "Snow")]
    >>> new = [FeedItem("2", "http://report.example/snow/", "Snow"), FeedItem("3", "", "Rain")]
    >>> changes = id_changes(old, new)
    >>> [(change.old, change.new) for change in changes.changed], [item.id for item in changes.added]
    ([('1', '2')], ['3'])
    """
    before = {item.id: item for item in old}
    after = {item.id: item for item in new}
    same = tuple(name for name in after if name in before)
    for name in same:
        del before[name], after[name]
    changed: dict[str, ChangedId] = {}
    for key_of in _KEYS:
        theirs = _unique(before.values(), key_of)
        for key, item in _unique(after.values(), key_of).items():
            if key in theirs:
                changed[item.id] = ChangedId(theirs[key].id, item.id, item.title or theirs[key].title)
                del before[theirs[key].id], after[item.id]
    return IdChanges(
        same=same,
        changed=tuple(changed.values()),
        added=tuple(after.values()),
        dropped=tuple(before.values()),
    )


def paired(old: Iterable[NamedFeed], new: Sequence[NamedFeed]) -> list[tuple[NamedFeed, NamedFeed | None]]:
    """Find the replacement of each feed.

    Args:
        old: The feeds that have subscribers.
        new: The possible replacements; if there is only one, it replaces every feed.

    Returns:
        Each old feed with the new one that has the most of its articles, then the fewest others, then the same format and
        name; with None if no new feed has any of its articles.
    """
    if len(new) == 1:
        return [(feed, new[0]) for feed in old]
    having: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, feed in enumerate(new):
        for item in feed.items:
            for key in _all_keys(item):
                having[key].add(number)
    pairs: list[tuple[NamedFeed, NamedFeed | None]] = []
    for feed in old:
        shared = Counter(
            number
            for item in feed.items
            for number in set().union(*(having.get(key, ()) for key in _all_keys(item)))
        )
        best = max(shared, key=lambda number: _likeness(feed, new[number], shared[number]), default=None)
        pairs.append((feed, None if best is None else new[best]))
    return pairs


def _likeness(old: NamedFeed, new: NamedFeed, shared: int) -> tuple[int, int, int, bool, bool]:
    known = {item.id for item in old.items}
    same_ids = sum(item.id in known for item in new.items)
    return shared, same_ids, -len(new.items), new.kind == old.kind, _stem(new.name) == _stem(old.name)


def _stem(name: str) -> str:
    return PurePath(name).name.partition(".")[0]


def _unique(items: Iterable[FeedItem], key_of: Callable[[FeedItem], str]) -> Mapping[str, FeedItem]:
    """Index articles by a key, without those whose keys are repeated."""
    by_key: dict[str, list[FeedItem]] = {}
    for item in items:
        if key := key_of(item):
            by_key.setdefault(key, []).append(item)
    return {key: those[0] for key, those in by_key.items() if len(those) == 1}


def _address(item: FeedItem) -> str:
    return item.url


def _place(item: FeedItem) -> str:
    """Return the address without the scheme, a trailing slash and tracking, which may differ between feeds."""
    try:
        parts = urlsplit(item.url)
    except ValueError:
        return ""
    query = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith(_TRACKING)]
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(query)}" if host else ""


def _title(item: FeedItem) -> str:
    return " ".join(item.title.casefold().split())


#: What identifies an article whose id differs, the most reliable first.
_KEYS = (_address, _place, _title)


def _all_keys(item: FeedItem) -> list[tuple[str, str]]:
    keys = [("id", item.id), ("place", _place(item)), ("title", _title(item))]
    return [(kind, key) for kind, key in keys if key]
