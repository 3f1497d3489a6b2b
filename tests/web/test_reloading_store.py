"""A newsroom whose articles are in a store is reloaded when something was put."""

from pathlib import Path

from newsfeed import Store
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.web.reloading import ReloadingNewsroom

TOML = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]
timezone = "UTC"
store = "news.db"
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
