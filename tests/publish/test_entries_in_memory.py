"""While feeds are published, only those entries stay in memory that later feeds carry too."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from newsfeed import Article, FeedRule, Newsroom, Site, Store
from newsfeed.formats import writing
from newsfeed.formats.entry_cache import EntryCache
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import Entry, FeedData
from newsfeed.publish import document_rendering

ARTICLES, LIMIT = 60, 5
SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    sitemaps=[],
    feeds=[
        FeedRule(path="all", formats=["rss", "atom"], limit=LIMIT),
        FeedRule(path="topic/{topic}", formats=["rss", "atom"]),
    ],
)


def article(number: int) -> Article:
    """An article with a topic of its own, carried by that topic's feed and, if it is new, by the feed of all."""
    return Article(
        id=f"urn:report:{number}",
        language="en",
        title=f"Snow {number}",
        url=f"https://report.example/{number}",
        published=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        topics=[f"Place {number}"],
    )


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many entries something is kept, each time when a document was rendered."""
    kept: list[int] = []
    render = writing.render

    def counted(feed: FeedData, name: str, cache: RenderCache) -> bytes:
        document = render(feed, name, cache)
        kept.append(len(cache._kept))
        return document

    monkeypatch.setattr(document_rendering, "render", counted)
    return kept


def test_a_build(tmp_path: Path, rendered: list[int]) -> None:
    Newsroom(SITE, [article(number) for number in range(ARTICLES)]).publish(tmp_path / "public")
    assert len(rendered) == 2 * (1 + ARTICLES)
    assert max(rendered) == LIMIT + 1


def test_a_publish_from_a_store_keeps_some_more_for_the_next_one(
    tmp_path: Path, rendered: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 10
    monkeypatch.setattr(EntryCache.__init__, "__defaults__", (most,))
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(article(number) for number in range(ARTICLES))
        store.publish(tmp_path / "public")
        assert len(rendered) == 2 * (1 + ARTICLES)
        assert max(rendered) == LIMIT + 1 + most
        store.put([article(ARTICLES)])
        store.publish(tmp_path / "public")
        assert max(rendered) == LIMIT + 1 + most


class TestEntryCache:
    """Entries that nobody renders are forgotten when there are too many, those first that weren't used for long."""

    @pytest.fixture
    def entries(self) -> list[Entry]:
        feed = Newsroom(SITE, [article(number) for number in range(4)]).feed("all")
        return [msgspec.structs.replace(entry) for entry in feed.entries]

    def test_those_in_use_stay(self, entries: list[Entry]) -> None:
        cache = EntryCache(most=1)
        for name, entry in zip((b"a", b"b", b"c"), entries, strict=False):
            cache.put(name, entry)
        assert [cache.get(name) for name in (b"a", b"b", b"c")] == entries[:3]
        cache.trim()
        assert [cache.get(name) for name in (b"a", b"b", b"c")] == [None, None, entries[2]]

    def test_what_was_rendered_goes_with_them(self, entries: list[Entry]) -> None:
        cache = EntryCache(most=1)
        written: RenderCache = cache.rendered
        for name, entry in zip((b"a", b"b"), entries, strict=False):
            cache.put(name, entry)
            written.rendered(entry)["rss"] = name
            cache.let_go(name)
        assert [written.rendered(entry) for entry in entries[:2]] == [{}, {"rss": b"b"}]

    def test_one_that_is_used_again_stays(self, entries: list[Entry]) -> None:
        cache = EntryCache(most=2)
        for name, entry in zip((b"a", b"b"), entries, strict=False):
            cache.put(name, entry)
            cache.let_go(name)
        cache.get(b"a")
        cache.put(b"c", entries[2])
        cache.let_go(b"c")
        cache.let_go(b"a")
        assert [cache.get(name) is not None for name in (b"a", b"b", b"c")] == [True, False, True]
