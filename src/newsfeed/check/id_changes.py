"""What subscribers of a feed would see if another took its place: feed readers know articles by their ids alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from newsfeed.check.feed_items import FeedItem

__all__ = ["ChangedId", "IdChanges", "NamedFeed", "id_changes", "paired"]

#: Parameters that say where a reader comes from, not what is read.
_TRACKING = ("utm_", "ref")


class NamedFeed(msgspec.Struct, frozen=True):
    """A feed that is compared with others."""

    #: As its user names it.
    name: str
    #: `rss`, `atom` or `json`.
    kind: str
    items: Sequence[FeedItem]


class ChangedId(msgspec.Struct, frozen=True):
    """An article that both feeds have, under two ids."""

    old: str
    new: str
    title: str


class IdChanges(msgspec.Struct, frozen=True, kw_only=True):
    """How the ids of two feeds differ, letter for letter."""

    #: Ids that both feeds have.
    same: tuple[str, ...]
    #: The same article under another id. Subscribers see it as new.
    changed: tuple[ChangedId, ...]
    #: Articles that only the new feed has. Subscribers see them as new.
    added: tuple[FeedItem, ...]
    #: Articles that only the old feed has. Subscribers see no difference.
    dropped: tuple[FeedItem, ...]

    @property
    def news(self) -> int:
        """How many articles subscribers would see as new."""
        return len(self.changed) + len(self.added)


def id_changes(old: Iterable[FeedItem], new: Iterable[FeedItem]) -> IdChanges:
    """Compare the ids of two feeds.

    Args:
        old: What subscribers know.
        new: What they would be given.

    Returns:
        The differences. Articles under different ids are the same if one address, or else one title, is theirs alone.

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
    """Find for each feed the one that takes its place.

    Args:
        old: The feeds that have subscribers.
        new: The feeds that may take their places; where there is only one, it does.

    Returns:
        Each old feed with the new one that has most of its articles, then the fewest others, then the same format and
        name; with None where no new feed has any.
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
    """Index articles by a key, as far as it is theirs alone."""
    by_key: dict[str, list[FeedItem]] = {}
    for item in items:
        if key := key_of(item):
            by_key.setdefault(key, []).append(item)
    return {key: those[0] for key, those in by_key.items() if len(those) == 1}


def _address(item: FeedItem) -> str:
    return item.url


def _place(item: FeedItem) -> str:
    """Return the address without what may differ in two feeds: the scheme, a slash at the end, tracking."""
    try:
        parts = urlsplit(item.url)
    except ValueError:
        return ""
    query = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith(_TRACKING)]
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(query)}" if host else ""


def _title(item: FeedItem) -> str:
    return " ".join(item.title.casefold().split())


#: By what the same article is known under another id, the surest first.
_KEYS = (_address, _place, _title)


def _all_keys(item: FeedItem) -> list[tuple[str, str]]:
    keys = [("id", item.id), ("place", _place(item)), ("title", _title(item))]
    return [(kind, key) for kind, key in keys if key]
