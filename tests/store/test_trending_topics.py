"""A publish from a store follows the feed of a trending topic wherever it moves: the listings of all feeds link to it."""

from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Site, Store

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az"],
    timezone="UTC",
    trending=["C#"],
    feeds=[
        FeedRule(path="{language}/all", formats=["html"]),
        FeedRule(path="topic/{topic}", formats=["rss"]),
    ],
)


def row(number: int, language: str, published: str, topic: str) -> dict[str, Any]:
    return {
        "id": number,
        "language": language,
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": published,
        "topics": [topic],
    }


@pytest.mark.parametrize("topic", ["C#", "Ice"])
def test_an_older_topic_that_is_spelled_alike_takes_its_path(tmp_path: Path, topic: str) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put([row(1, "en", "2020-01-01", topic), row(2, "az", "2020-01-02", "Ice")])
        store.publish(tmp_path / "public")
        listing = tmp_path / "public/en/all.html"
        assert "../topic/c.rss" in listing.read_text(encoding="utf-8")
        store.put(row(3, "az", "2010-01-01", "C++"))
        store.publish(tmp_path / "public")
        before = listing.read_text(encoding="utf-8")
        assert store.publish(tmp_path / "public", verify=True).written == ()
        assert listing.read_text(encoding="utf-8") == before
        (moved,) = (tmp_path / "public/topic").glob("c-*.rss")
        assert f"../topic/{moved.name}" in before
