"""A newsroom whose articles are in a store is reloaded when something was put."""

from pathlib import Path

import pytest

from newsfeed import FeedNotFound, NewsfeedError, Store
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.web.live import LiveNewsroom
from newsfeed.web.reloading import ReloadingNewsroom

TOML = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]
timezone = "UTC"
store = "news.db"
"""
FEEDS = """
[[feeds]]
path = "{language}/all"
archive = "month"

[[feeds]]
path = "topic/{topic}"
formats = ["rss"]
"""
SNOW = {
    "language": "en",
    "title": "Snow",
    "url": "https://report.example/snow",
    "published": "2025-12-19 18:24",
}


def test_it_is_reloaded_after_a_put_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "newsroom.toml").write_text(TOML)
    site, _ = read_site(tmp_path)
    with Store(tmp_path / "news.db", site) as store:
        newsroom = ReloadingNewsroom(tmp_path)
        assert newsroom.reload_if_changed() is False
        store.put(SNOW)
        assert newsroom.reload_if_changed() is True
        assert [article.title for article in newsroom().articles] == ["Snow"]
        store.put(SNOW)
        assert newsroom.reload_if_changed() is False


def test_it_is_reloaded_by_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither are its feeds planned, nor is the store read, however often something is put."""
    monkeypatch.setattr("newsfeed.newsroom.plan_of", None)
    monkeypatch.setattr("newsfeed.newsroom.ReadCatalog", None)
    (tmp_path / "newsroom.toml").write_text(TOML + FEEDS)
    site, _ = read_site(tmp_path)
    with Store(tmp_path / "news.db", site) as store:
        newsroom = ReloadingNewsroom(tmp_path)
        store.put(SNOW | {"topics": ["Ice"]})
        store.newsroom()  # another process has brought the index up to date, perhaps by a clock that is ahead
        assert newsroom.reload_if_changed() is True
        documents = LiveNewsroom(newsroom)
        assert documents.find("topic/ice.rss") is not None
        for path in ("topic/none.rss", "en/all/archive/1999-01.rss", "nothing", "a/b/c.html"):
            assert documents.find(path) is None
        with pytest.raises(FeedNotFound) as caught:
            newsroom().feed("en/al")
        assert str(caught.value) == "no feed 'en/al' is planned. Did you mean 'en/all'?"


def test_feeds_that_cant_be_planned(tmp_path: Path) -> None:
    """The last good newsroom stays."""
    (tmp_path / "newsroom.toml").write_text(TOML)
    with Store(tmp_path / "news.db", read_site(tmp_path)[0]):
        newsroom = ReloadingNewsroom(tmp_path)
    before = newsroom()
    (tmp_path / "newsroom.toml").write_text(TOML + '[[feeds]]\npath = "all"\n[[feeds]]\npath = "All"\n')
    with pytest.raises(NewsfeedError) as caught:
        newsroom.reload_if_changed()
    assert str(caught.value) == (
        "feeds[0] ('all') and feeds[1] ('All') give one path to two feeds: 'All'. Give each its own path."
    )
    assert newsroom() is before
