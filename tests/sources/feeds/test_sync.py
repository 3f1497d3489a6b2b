"""A feed synced into a store: what has left the feed stays."""

from pathlib import Path

from tests.sources.feeds.test_reading import ITEM, SHORT, rss

from newsfeed import Site, Store


def test_entries_that_left_the_feed_stay_in_the_store(tmp_path: Path) -> None:
    site = Site(
        title="Paper",
        url="https://paper.example/",
        languages=["en"],
        sources=[{"name": "old", "kind": "feed", "files": ["feed.xml"]}],  # type: ignore[list-item]
    )
    (tmp_path / "feed.xml").write_text(rss(SHORT))
    with Store(tmp_path / "news.db", site) as store:
        store.sync(tmp_path)
        (tmp_path / "feed.xml").write_text(rss(ITEM))
        report = store.sync(tmp_path)
        assert (report.removed, report.changed) == (0, 1)
        assert sorted(article.title for article in store.newsroom().articles) == ["Ice", "Tom & Jerry"]
