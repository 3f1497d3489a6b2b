"""What a publish in part must not miss: nothing stays published that a publish of everything would change."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.store.test_moving import SITE_OF_FILES, snow
from tests.store.test_the_law_of_publishing import files

from newsfeed import FeedRule, Store

#: Its index has other feeds.
OTHER = msgspec.structs.replace(SITE_OF_FILES, feeds=SITE_OF_FILES.feeds[:1])


def test_what_changed_while_the_store_had_other_settings(tmp_path: Path) -> None:
    """The index of a site with other feeds didn't know of the feed that ended."""
    public = tmp_path / "public"
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put([snow(1, topics=["Ice"]), snow(2)])
        store.publish(public)
    with Store(tmp_path / "news.db", OTHER) as store:
        store.remove("urn:report:1")
        store.publish(tmp_path / "elsewhere")
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        assert store.publish(public).removed == ("topic/ice.json",)
        assert sorted(files(public)) == ["en/all.json"]
        store.put(snow(3))
        assert not store.publish(public).is_whole


@pytest.mark.parametrize("retired", ["keep", "empty"])
def test_a_feed_that_moved_has_moved_once(retired: str, tmp_path: Path) -> None:
    """Its last document stays at the old path, and lists of feeds aren't looked at again and again because of it."""
    site = msgspec.structs.replace(SITE_OF_FILES, retired=retired, discovery=True)
    moved = msgspec.structs.replace(
        site, feeds=[site.feeds[0], FeedRule(path="tag/{topic}", formats=["json"])]
    )
    with Store(tmp_path / "news.db", site) as store:
        store.put([snow(1, topics=["Ice"]), snow(2, topics=["Sea"])])
        store.publish(tmp_path / "public")
    with Store(tmp_path / "news.db", moved) as store:
        store.publish(tmp_path / "public")
        assert {"topic/ice.json", "tag/ice.json"} <= files(tmp_path / "public").keys()
        store.put(snow(1, title="Rain", topics=["Ice"]))
        report = store.publish(tmp_path / "public")
        assert {*report.written, *report.unchanged} == {"en/all.json", "tag/ice.json", "topic/ice.json"}


def test_a_topic_that_wants_the_path_of_an_archive(tmp_path: Path) -> None:
    """The archive was there first, and the topic's feed gives way, though the feed of the archive isn't looked at."""
    feeds = [
        FeedRule(path="sea", where={"topic": "Sea"}, archive="month", formats=["json"]),
        FeedRule(path="sea/archive/{topic}", formats=["json"]),
    ]
    site = msgspec.structs.replace(SITE_OF_FILES, feeds=feeds)
    with Store(tmp_path / "news.db", site) as store:
        store.put(snow(1, topics=["Sea"]))
        store.publish(tmp_path / "public")
        before = files(tmp_path / "public")["sea/archive/2025-12.json"]
        store.put(snow(2, topics=["2025-12"]))
        store.publish(tmp_path / "public")
        found = files(tmp_path / "public")
        assert found["sea/archive/2025-12.json"] == before
        store.publish(tmp_path / "public", verify=True)
        assert files(tmp_path / "public") == found


@pytest.mark.parametrize("retired", ["keep", "empty"])
def test_an_ended_feed_does_not_lead_to_a_topic(retired: str, tmp_path: Path) -> None:
    """It stays as it is whichever topic's feed comes first."""
    feeds = [FeedRule(path="{topic}", formats=["json"])]
    site = msgspec.structs.replace(SITE_OF_FILES, retired=retired, feeds=feeds)
    with Store(tmp_path / "news.db", site) as store:
        store.put([snow(1, topics=["Sea"]), snow(2, topics=["Zoo"])])
        store.publish(tmp_path / "public")
        store.withdraw("urn:report:1")
        store.publish(tmp_path / "public")
        store.put(snow(3, topics=["Air"]))
        store.publish(tmp_path / "public")
        assert store.publish(tmp_path / "public", verify=True).written == ()


def test_moments_of_rules_that_the_site_no_longer_has(tmp_path: Path) -> None:
    """What was due by them is due no more."""
    moment = datetime(2025, 12, 20, 12, tzinfo=UTC)
    dated = msgspec.structs.replace(
        SITE_OF_FILES,
        feeds=[
            FeedRule(path="{language}/all", formats=["json"]),
            FeedRule(path="{language}/{author}/{topic}", formats=["json"], archive="day"),
        ],
    )
    with Store(tmp_path / "news.db", dated) as store:
        store.put(snow(1, topics=["Ice"], published="2025-12-20T11:00:00Z", authors=[{"name": "Leyla"}]))
        assert store.publish(tmp_path / "public", as_of=moment).next_change is not None
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        assert store.publish(tmp_path / "public", as_of=moment).next_change is None
        later = store.publish(tmp_path / "public", as_of=moment + timedelta(days=2))
        assert (later.written, later.next_change) == ((), None)


def test_all_feeds_of_a_term_move_when_it_is_the_first(tmp_path: Path) -> None:
    """Also those of rules and terms that the article that made it the first isn't in."""
    feeds = [
        FeedRule(path="{author}/{topic}", formats=["json"]),
        FeedRule(path="t/{topic}", formats=["json"]),
    ]
    site = msgspec.structs.replace(SITE_OF_FILES, feeds=feeds)
    ann, leyla = [{"name": "Ann"}], [{"name": "Leyla"}]
    with Store(tmp_path / "news.db", site) as store:
        store.put(
            [
                snow(2, topics=["C++"], authors=ann),
                snow(3, topics=["C#"], authors=ann),
                snow(4, topics=["C#"], authors=leyla),
            ]
        )
        store.publish(tmp_path / "public")
        assert "leyla/c.json" not in files(tmp_path / "public")
        store.put(snow(3, topics=["C#"], authors=ann, published="2025-12-01 10:00"))
        assert not store.publish(tmp_path / "public").is_whole
        assert {"ann/c.json", "leyla/c.json", "t/c.json"} <= files(tmp_path / "public").keys()
        verified = store.publish(tmp_path / "public", verify=True)
        assert (verified.written, verified.removed) == ((), ())


def test_an_article_that_comes_with_the_id_of_another(tmp_path: Path) -> None:
    """No two articles are published under one id, though no feed of the other one has changed."""
    feeds = [FeedRule(path="topic/{topic}", formats=["json"])]
    site = msgspec.structs.replace(SITE_OF_FILES, feeds=feeds)
    with Store(tmp_path / "news.db", site) as store:
        store.put(snow(1, topics=["Ice"], pk=1), key="pk")
        store.publish(tmp_path / "public")
        store.put(snow(1, topics=["Ice"], pk=1, id="urn:changed:1"), key="pk")
        store.publish(tmp_path / "public")
        store.put(snow(2, topics=["Sea"], pk=2, id="urn:report:1"), key="pk")
        store.publish(tmp_path / "public")
        found = files(tmp_path / "public")
        assert b'"id":"urn:report:1"' in found["topic/sea.json"]
        assert b'"id":"urn:changed:1"' in found["topic/ice.json"]
        store.publish(tmp_path / "public", verify=True)
        assert files(tmp_path / "public") == found
        store.put(snow(3, pk=3), key="pk")
        assert not store.publish(tmp_path / "public").is_whole


class TestAnArticleThatComesBackIntoAFeed:
    """It hasn't changed since the last publish, but is carried only now, because another has left."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        feeds = [FeedRule(path="{language}/all", formats=["json"], limit=1)]
        site = msgspec.structs.replace(SITE_OF_FILES, feeds=feeds, max_loss=0)
        with Store(tmp_path / "news.db", site) as opened:
            opened.put(snow(1, pk=1), key="pk")
            opened.publish(tmp_path / "public")
            opened.put(snow(2, pk=2), key="pk")
            opened.publish(tmp_path / "public")
            yield opened

    def test_it_keeps_its_id(self, store: Store, tmp_path: Path) -> None:
        store.put(snow(1, pk=1, id="urn:changed:1"), key="pk")
        store.publish(tmp_path / "public")
        store.remove("urn:report:2")
        report = store.publish(tmp_path / "public")
        assert not report.is_whole
        assert b'"id":"urn:report:1"' in files(tmp_path / "public")["en/all.json"]
        assert [finding.code for finding in report.changed] == ["NF121"]

    def test_one_that_comes_for_the_first_time_is_missed_when_it_is_lost(
        self, store: Store, tmp_path: Path
    ) -> None:
        store.put(snow(3, pk=3, published="2025-11-30 18:24"), key="pk")
        store.publish(tmp_path / "public")
        store.remove(["urn:report:1", "urn:report:2"])
        report = store.publish(tmp_path / "public")
        assert [each.id for each in report.article_changes.published] == ["urn:report:3"]
        with sqlite3.connect(store.path) as database:
            found = database.execute("SELECT id FROM published_article WHERE departed = 0").fetchall()
        database.close()
        assert found == [("urn:report:3",)]


def test_a_term_becomes_the_first_by_an_article_in_none_of_its_feeds(tmp_path: Path) -> None:
    """A first use counts wherever it is, and so it moves the feeds of the term, and those of terms spelled alike."""
    feeds = [FeedRule(path="t/{topic}", where={"author": "Ann"}, formats=["json"])]
    site = msgspec.structs.replace(SITE_OF_FILES, feeds=feeds)
    ann, leyla = [{"name": "Ann"}], [{"name": "Leyla"}]
    with Store(tmp_path / "news.db", site) as store:
        store.put([snow(2, topics=["C++"], authors=ann), snow(3, topics=["C#"], authors=ann)])
        store.publish(tmp_path / "public")
        before = files(tmp_path / "public")
        store.put(snow(1, topics=["C#"], authors=leyla))
        assert not store.publish(tmp_path / "public").is_whole
        assert files(tmp_path / "public")["t/c.json"] != before["t/c.json"]
        verified = store.publish(tmp_path / "public", verify=True)
        assert (verified.written, verified.removed) == ((), ())
        store.remove("urn:report:1")
        store.publish(tmp_path / "public")
        assert files(tmp_path / "public") == before
