"""Publishing from a store: what was put appears, what was removed isn't missed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tests.conftest import NOON, make_article, make_newsroom, make_site

from newsfeed import FeedRule, LossRefused, Site, Store

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[FeedRule(path="{language}/all", formats=["json"])],
    tombstones=30,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", SITE) as opened:
        yield opened


def snow(number: int) -> dict[str, object]:
    return {
        "id": f"urn:report:{number}",
        "language": "en",
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": "2025-12-19 18:24",
    }


def test_each_publish_has_what_was_put_before(store: Store, tmp_path: Path) -> None:
    store.put(snow(1))
    assert store.publish(tmp_path / "public").articles == 1
    store.put(snow(2))
    report = store.publish(tmp_path / "public")
    assert (report.articles, report.written[0]) == (2, "en/all.json")
    assert store.publish(tmp_path / "public").written == ()


def test_withdrawn_articles_are_no_loss(store: Store, tmp_path: Path) -> None:
    store.put(snow(number) for number in range(12))
    store.publish(tmp_path / "public")
    store.withdraw(f"urn:report:{number}" for number in range(12))
    report = store.publish(tmp_path / "public")
    assert (report.articles, report.lost) == (0, ())


def test_removed_articles_are_no_loss(store: Store, tmp_path: Path) -> None:
    store.put(snow(number) for number in range(12))
    store.publish(tmp_path / "public")
    store.remove(f"urn:report:{number}" for number in range(12))
    report = store.publish(tmp_path / "public")
    assert (report.articles, report.lost) == (0, ())


def test_the_rows_of_a_lost_store_are(store: Store, tmp_path: Path) -> None:
    store.put(snow(number) for number in range(12))
    store.publish(tmp_path / "public")
    with Store(tmp_path / "new.db", SITE) as empty, pytest.raises(LossRefused) as caught:
        empty.publish(tmp_path / "public")
    assert str(caught.value).startswith("A source no longer has any articles. Nothing was written.\n")


def test_a_row_keeps_its_published_id_whatever_changes_about_it(store: Store, tmp_path: Path) -> None:
    """As a slug that is made of the headline does: id, address and title change together."""
    store.put(snow(1), key=lambda _: 7)
    store.publish(tmp_path / "public")
    store.put({**snow(1), "id": None, "title": "Rain", "url": "https://report.example/rain"}, key=lambda _: 7)
    report = store.publish(tmp_path / "public")
    (item,) = json.loads((tmp_path / "public/en/all.json").read_bytes())["items"]
    assert (item["id"], item["title"]) == ("urn:report:1", "Rain")
    assert [finding.code for finding in report.changed] == ["NF121", "NF122"]


def test_an_article_with_the_key_of_a_removed_one_is_another(store: Store, tmp_path: Path) -> None:
    store.put(snow(1), key=lambda _: 7)
    store.publish(tmp_path / "public")
    store.remove("urn:report:1")
    store.publish(tmp_path / "public")
    store.put({**snow(2), "title": "Rain"}, key=lambda _: 7)
    store.publish(tmp_path / "public")
    (item,) = json.loads((tmp_path / "public/en/all.json").read_bytes())["items"]
    assert item["id"] == "urn:report:2"


def test_findings_are_told_once(store: Store, tmp_path: Path) -> None:
    store.put(snow(1))
    store.publish(tmp_path / "public")
    store.put({**snow(2), "language": "az"})
    assert [finding.code for finding in store.publish(tmp_path / "public").left_out] == ["NF103"]
    store.put(snow(3))
    assert store.publish(tmp_path / "public").left_out == ()
    assert [finding.code for finding in store.publish(tmp_path / "public", verify=True).left_out] == ["NF103"]


def test_feeds_that_end_are_held_against_all_that_were_published(tmp_path: Path) -> None:
    """Also where a publish looks at few of them: one article loses its twelve topics, of a hundred."""
    site = msgspec.structs.replace(SITE, feeds=[FeedRule(path="topic/{topic}", formats=["json"])])
    with Store(tmp_path / "news.db", site) as store:
        topics = [f"Topic {number}" for number in range(100)]
        store.put({**snow(number), "topics": topics[number * 12 :][:12]} for number in range(9))
        store.publish(tmp_path / "public")
        store.put(snow(1) | {"topics": ["Another"]})
        assert len(store.publish(tmp_path / "public").written) > 0
        store.put({**snow(number), "topics": ["Another"]} for number in range(2, 9))
        with pytest.raises(LossRefused, match=r"76 of 89 feeds of topic/\{topic\} would end"):
            store.publish(tmp_path / "public")


def test_an_article_leaves_the_news_sitemap_in_time(tmp_path: Path) -> None:
    site = msgspec.structs.replace(SITE, sitemaps=["news"])
    with Store(tmp_path / "news.db", site) as store:
        store.put(snow(1))
        store.publish(tmp_path / "public", as_of=datetime(2025, 12, 19, 19, tzinfo=UTC))
        report = store.publish(tmp_path / "public", as_of=datetime(2025, 12, 22, tzinfo=UTC))
    assert (report.written, report.removed) == (("sitemap-news.xml",), ("sitemap-news-en.xml",))


def test_a_feed_at_a_path_of_its_own_stays_empty_and_comes_back(tmp_path: Path) -> None:
    rules = [
        FeedRule(path="{language}/all"),
        FeedRule(path="tag/{topic}", paths={"rss": "tag/{topic}/index.xml"}),
    ]
    site, public = make_site(feeds=rules), tmp_path / "public"
    names = ["tag/snow/index.xml", "tag/snow.atom", "tag/snow.json"]
    article = make_article(topics=["Snow"])
    others = [make_article(f"other{number}") for number in range(5)]
    make_newsroom(article, *others, site=site, as_of=NOON).publish(public)
    first = [(public / name).read_bytes() for name in names]
    with Store(tmp_path / "news.db", site) as store:
        store.put(others)
        for _ in range(2):
            assert store.publish(public, as_of=NOON, verify=True).removed == ()
            assert not any(b"About snow" in (public / name).read_bytes() for name in names)
        store.put(article)
        report = store.publish(public, as_of=NOON)
        assert (report.is_whole, report.changed) == (False, ())
        assert [(public / name).read_bytes() for name in names] == first
        store.remove("https://report.example/en/snow")
        assert {*names} == {*store.publish(public, as_of=NOON).removed}
