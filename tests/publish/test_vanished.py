"""A feed whose articles vanished from their source stays, empty; one that somebody ended ends as the site says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from tests.conftest import NOON, make_article, make_newsroom, make_site

from newsfeed import FeedRule, LossRefused
from newsfeed.check import check_document
from newsfeed.publish.report import Report
from newsfeed.web import gone_from

FORMATS = ["rss", "atom", "json", "html", "text"]
RULES = [
    FeedRule(path="{language}/all", formats=["rss"]),
    FeedRule(path="{language}/topic/{topic}", formats=FORMATS),
]
SNOW = [f"en/topic/snow{suffix}" for suffix in (".rss", ".atom", ".json", ".html", ".txt")]

Build = Callable[..., Report]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def publish(*articles: Any, **values: Any) -> Report:
        site = make_site(**{"feeds": RULES, "discovery": True} | values)
        others = [make_article(f"other{number}") for number in range(5)]
        return make_newsroom(*articles, *others, site=site).publish(tmp_path)

    return publish


def test_it_stays_empty_and_in_no_list(build: Build, tmp_path: Path) -> None:
    build(make_article(topics=["Snow"]))
    assert "topic/snow" in (tmp_path / "feeds.opml").read_text(encoding="utf-8")
    report = build()
    assert (report.removed, len(report.lost)) == ((), 1)
    for name in SNOW:
        assert not gone_from(tmp_path)(name)
        assert "About snow" not in (tmp_path / name).read_text(encoding="utf-8")
    for name in SNOW[:3]:
        document = (tmp_path / name).read_bytes()
        feed = feedparser.parse(document) if not name.endswith(".json") else None
        if feed is not None:
            assert (feed.feed.title, feed.entries) == ("Report – Snow", [])
        findings = check_document(document, name=name, as_of=NOON)
        assert [finding for finding in findings if finding.severity == "error"] == []
    for name in ("index.html", "feeds.opml", "feeds.json"):
        assert "topic/snow" not in (tmp_path / name).read_text(encoding="utf-8")


def test_it_stays_for_as_long_as_it_takes(build: Build, tmp_path: Path) -> None:
    build(make_article(topics=["Snow"]))
    first = (tmp_path / "en/topic/snow.rss").read_bytes()
    build()
    for _ in range(2):
        assert build().written == ()
    build(make_article(topics=["Snow"]))
    assert (tmp_path / "en/topic/snow.rss").read_bytes() == first
    build(make_article(topics=["Snow"], withdrawn=True))
    assert not (tmp_path / "en/topic/snow.rss").exists()
    assert gone_from(tmp_path)("en/topic/snow.rss")


@pytest.mark.parametrize("retired", ["remove", "keep", "empty"])
def test_whatever_becomes_of_feeds_that_end(retired: str, build: Build, tmp_path: Path) -> None:
    build(make_article(topics=["Snow"]), retired=retired)
    build(retired=retired)
    feed = feedparser.parse((tmp_path / "en/topic/snow.rss").read_bytes())
    assert (feed.feed.title, feed.entries) == ("Report – Snow", [])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"withdrawn": True}, id="withdrawn"),
        pytest.param({"topics": ["Rain"]}, id="edited"),
        pytest.param({"expires": make_article().published}, id="expired"),
    ],
)
def test_a_feed_that_lost_its_last_article_by_an_editor_ends(
    change: dict[str, Any], build: Build, tmp_path: Path
) -> None:
    build(make_article(topics=["Snow"]))
    assert set(SNOW) <= {*build(make_article(**{"topics": ["Snow"]} | change)).removed}
    assert gone_from(tmp_path)("en/topic/snow.rss")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"feeds": RULES[:1]}, id="its rule is gone"),
        pytest.param({"languages": ["az"], "feeds": RULES}, id="its language is gone"),
        pytest.param({"moved": {"en/topic/snow": "en/all"}}, id="it has moved"),
    ],
)
def test_so_does_one_that_the_site_ended_meanwhile(
    change: dict[str, Any], build: Build, tmp_path: Path
) -> None:
    build(make_article(topics=["Snow"]))
    site = make_site(**{"feeds": RULES} | change)
    rest = make_article("other", language=site.default_language)
    report = make_newsroom(rest, site=site).publish(tmp_path, accept_loss=True)
    assert set(SNOW) <= {*report.removed}
    assert gone_from(tmp_path)("en/topic/snow.rss")


def test_a_listing_alone_stays_too(build: Build, tmp_path: Path) -> None:
    rules = [RULES[0], FeedRule(path="{language}/topic/{topic}", formats=["html"])]
    build(make_article(topics=["Snow"]), feeds=rules)
    for _ in range(2):
        assert build(feeds=rules).removed == ()
        assert "About snow" not in (tmp_path / "en/topic/snow.html").read_text()
    assert not gone_from(tmp_path)("en/topic/snow.html")


def test_its_archives_and_pages_go(build: Build, tmp_path: Path) -> None:
    rules = [
        RULES[0],
        FeedRule(path="{language}/topic/{topic}", formats=["atom"], archive="month"),
    ]
    november = make_article().published.replace(month=11)
    build(make_article(topics=["Snow"], published=november), feeds=rules)
    assert build(feeds=rules).removed == ("en/topic/snow/archive/2025-11.atom",)
    assert (tmp_path / "en/topic/snow.atom").exists()


OWN_PATHS = [
    RULES[0],
    FeedRule(path="tag/{topic}", paths={"rss": "tag/{topic}/index.xml", "html": "tag/{topic}/index.html"}, formats=FORMATS),
]  # fmt: skip
AT_OWN_PATHS = ["tag/snow/index.xml", "tag/snow.atom", "tag/snow.json", "tag/snow/index.html", "tag/snow.txt"]


def test_documents_at_paths_of_their_own_stay_empty(build: Build, tmp_path: Path) -> None:
    build(make_article(topics=["Snow"]), feeds=OWN_PATHS)
    before = {name: (tmp_path / name).read_bytes() for name in AT_OWN_PATHS}
    report = build(feeds=OWN_PATHS)
    assert (report.removed, {*AT_OWN_PATHS} - {*report.written}) == ((), set())
    for name in AT_OWN_PATHS:
        assert b"About snow" not in (tmp_path / name).read_bytes()
        assert not gone_from(tmp_path)(name)
    rss = etree.fromstring((tmp_path / "tag/snow/index.xml").read_bytes())
    assert rss.findtext("channel/title") == "Report – Snow"
    (own,) = rss.iterfind("channel/{*}link[@rel='self']")
    assert own.get("href") == "https://report.example/feeds/tag/snow/index.xml"
    assert build(feeds=OWN_PATHS).written == ()
    build(make_article(topics=["Snow"]), feeds=OWN_PATHS)
    assert {name: (tmp_path / name).read_bytes() for name in AT_OWN_PATHS} == before


@pytest.mark.parametrize(
    ("rule", "path", "feed"),
    [
        pytest.param(FeedRule(path="{language}/topic/{topic}", paths={"atom": "tag/{topic}.xml"}, formats=["atom"]), "tag/sneg.xml", "az/topic/sneg", id="a path without the language"),
        pytest.param(FeedRule(path="topic/{topic}", paths={"atom": "tag/{topic}/feed.atom"}, formats=["atom"]), "tag/sneg/feed.atom", "topic/sneg", id="a path with the suffix of the format"),
    ],
)  # fmt: skip
def test_a_feed_at_a_path_of_its_own_keeps_its_id(
    rule: FeedRule, path: str, feed: str, build: Build, tmp_path: Path
) -> None:
    rules = [RULES[0], rule]
    build(make_article(language="az", topics=["Sneg"]), make_article("x", topics=["Snow"]), feeds=rules)
    for _ in range(2):
        build(make_article("x", topics=["Snow"]), feeds=rules)
        atom = etree.fromstring((tmp_path / path).read_bytes())
        assert atom.find("{*}entry") is None
        assert atom.findtext("{*}id") == f"https://report.example/feeds/{feed}"


@pytest.mark.parametrize(
    ("change", "values"),
    [
        pytest.param({"topics": ["Rain"]}, {}, id="edited"),
        pytest.param({}, {"moved": {"tag/snow": "en/all"}}, id="moved"),
        pytest.param({}, {"moved": {"tag/snow/index": "en/all"}}, id="moved by its own path"),
    ],
)
def test_a_feed_at_a_path_of_its_own_that_was_ended(
    change: dict[str, Any], values: dict[str, Any], build: Build, tmp_path: Path
) -> None:
    build(make_article(topics=["Snow"]), feeds=OWN_PATHS)
    build(*([make_article(**change)] if change else []), feeds=OWN_PATHS, **values)
    assert not (tmp_path / "tag/snow/index.xml").exists()


def test_a_path_that_does_not_tell_the_feed(build: Build, tmp_path: Path) -> None:
    rule = FeedRule(path="{author}/{topic}", paths={"rss": "tag/{topic}.xml"}, formats=["rss", "html"])
    rules = [RULES[0], rule]
    build(make_article(topics=["Snow"], authors=[{"name": "Ada"}]), feeds=rules)
    for _ in range(2):
        assert "tag/snow.xml" not in build(feeds=rules).removed
        feed = feedparser.parse((tmp_path / "tag/snow.xml").read_bytes())
        assert (feed.feed.title, feed.entries) == ("Report – Ada – Snow", [])


@pytest.mark.parametrize("change", [{}, {"listed": False}, {"access": ["members"]}])
def test_an_empty_feed_names_the_hub_if_its_rule_is_listed(
    change: dict[str, Any], build: Build, tmp_path: Path
) -> None:
    rules = [RULES[0], FeedRule(path="{language}/topic/{topic}", formats=["rss"], **change)]
    build(make_article(topics=["Snow"]), feeds=rules, hub="https://hub.example/")
    build(feeds=rules, hub="https://hub.example/")
    assert (b"hub.example" in (tmp_path / "en/topic/snow.rss").read_bytes()) is not bool(change)


def test_ends_of_many_feeds_at_paths_of_their_own_are_refused(build: Build) -> None:
    rules = [RULES[0], FeedRule(path="tag/{topic}", paths={"rss": "tag/{topic}/index.xml"}, formats=["rss"])]
    build(*(make_article(f"a{number}", topics=[f"Topic {number}"]) for number in range(12)), feeds=rules)
    with pytest.raises(LossRefused) as refused:
        build(*(make_article(f"a{number}") for number in range(12)), feeds=rules)
    assert "12 of 12 feeds of tag/{topic} would end" in str(refused.value)
