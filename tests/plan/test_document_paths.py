"""Documents at old addresses: the key `paths` of a rule."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from newsfeed import FeedRule, InvalidPlan, InvalidRecord, Store
from newsfeed.web.live import LiveNewsroom
from newsfeed.websub import topics_of

Make = Callable[..., Any]

RULES = [
    FeedRule(
        path="{language}/all", paths={"rss": "{language}/feed/index.xml", "atom": "{language}/atom.xml"}
    ),
    FeedRule(path="{language}/topic/{topic}", paths={"rss": "tag/{topic}/{language}.xml"}, formats=["rss"]),
    FeedRule(
        path="{language}/months", archive="month", paths={"atom": "{language}/old.xml"}, formats=["atom"]
    ),
]
BASE = "https://report.example/feeds/"


@pytest.mark.parametrize("stored", [False, True])
def test_each_document_and_each_link_to_it_has_the_path(
    stored: bool, newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    own = site(feeds=RULES, hub="https://hub.example/")
    articles = [
        article(topics=["Snow Day"], published=noon),
        article("old", topics=["Snow Day"], published=noon.replace(month=10)),
    ]
    if stored:
        with Store(tmp_path / "news.db", own) as store:
            store.put(articles[1:])
            store.publish(tmp_path / "public", as_of=noon)
            store.put(articles[0])
            report = store.publish(tmp_path / "public", as_of=noon)
            assert store.publish(tmp_path / "public", as_of=noon).written == ()
    else:
        report = newsroom(*articles, site=own, as_of=noon).publish(tmp_path / "public")
    public = tmp_path / "public"
    assert {"en/feed/index.xml", "en/atom.xml", "en/all.json", "tag/snow-day/en.xml", "en/old.xml"} <= {
        *report.written
    }
    files = {
        file.relative_to(public).as_posix() for file in public.rglob("*.*") if ".newsfeed" not in file.parts
    }
    assert not files & {"en/all.rss", "en/all.atom", "en/topic/snow-day.rss", "en/months.atom"}
    topics = topics_of(report.as_json(), feeds_url=BASE)
    assert {f"{BASE}en/feed/index.xml", f"{BASE}tag/snow-day/en.xml"} <= {*topics}

    rss = etree.fromstring((public / "en/feed/index.xml").read_bytes())
    links = {
        (link.get("rel"), link.get("href")) for link in rss.iterfind("channel/{*}link") if link.get("rel")
    }
    assert links == {
        ("self", f"{BASE}en/feed/index.xml"),
        ("hub", "https://hub.example/"),
        ("related", f"{BASE}en/atom.xml"),
        ("related", f"{BASE}en/all.json"),
        ("related", f"{BASE}az/feed/index.xml"),
    }
    atom = etree.fromstring((public / "en/atom.xml").read_bytes())
    assert atom.findtext("{*}id") == f"{BASE}en/all"
    archive = etree.fromstring((public / "en/months/archive/2025-10.atom").read_bytes())
    (current,) = archive.iterfind("{*}link[@rel='current']")
    assert current.get("href") == f"{BASE}en/old.xml"
    listed = json.loads((public / "feeds.json").read_text())["languages"][0]["feeds"][0]["documents"]
    assert [each["url"] for each in listed] == [
        f"{BASE}en/{name}" for name in ("feed/index.xml", "atom.xml", "all.json")
    ]
    opml = (public / "feeds.opml").read_text()
    assert f'xmlUrl="{BASE}en/feed/index.xml"' in opml
    assert f"{BASE}en/all.rss" not in opml


def test_pages_and_web_applications_know_it(newsroom: Make, site: Make, article: Make) -> None:
    room = newsroom(article(topics=["Snow"]), site=site(feeds=RULES))
    tags = str(room.alternate_links(topic="Snow"))
    assert f'href="{BASE}tag/snow/en.xml"' in tags
    assert f'href="{BASE}en/feed/index.xml"' in tags
    documents = LiveNewsroom(lambda: room)
    types = {
        path: documents.find(path) for path in ("tag/snow/en.xml", "az/atom.xml", "en/all.json", "en/all.rss")
    }
    assert [None if each is None else each.media_type for each in types.values()] == [
        "application/rss+xml; charset=utf-8",
        "application/atom+xml; charset=utf-8",
        "application/feed+json; charset=utf-8",
        None,
    ]


def test_a_path_that_two_documents_would_have(newsroom: Make, site: Make) -> None:
    room = newsroom(site=site(feeds=[FeedRule(path="{language}/all", paths={"rss": "feed.xml"})]))
    with pytest.raises(InvalidPlan) as refused:
        assert room.plan
    assert str(refused.value) == (
        "feeds[0].paths.rss gives 'feed.xml' to a document of 'az/all', and 'en/all' has one there. "
        "Add {language} to it."
    )


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"path": "all", "paths": {"json": "feeds.json"}}, "feeds[0].paths.json gives 'feeds.json' to a document of 'all', and newsfeed writes the list of feeds there. Write another path, such as 'news/feeds.json', or discovery = false in [site]."),
        ({"path": "all", "paths": {"rss": "Feeds.opml"}}, "feeds[0].paths.rss gives 'Feeds.opml' to a document of 'all', and newsfeed writes the list of feeds there. Write another path, such as 'news/Feeds.opml', or discovery = false in [site]."),
        ({"path": "all", "paths": {"rss": "sitemap-news.xml"}}, "feeds[0].paths.rss gives 'sitemap-news.xml' to a document of 'all', and newsfeed writes a sitemap there. Write another path, such as 'news/sitemap-news.xml'."),
        ({"path": "{language}", "paths": {"rss": "sitemap-languages-{language}.xml"}}, "feeds[0].paths.rss gives 'sitemap-languages-{language}.xml' to a document of '{language}', and newsfeed writes a sitemap there. Write another path, such as 'news/sitemap-languages-{language}.xml'."),
        ({"path": "all", "paths": {"rss": "feed.css"}}, "feeds[0].paths.rss gives 'feed.css' to a document of 'all', and newsfeed writes the stylesheet of feeds there. Write another path, such as 'news/feed.css'."),
        ({"path": "tag/{topic}", "paths": {"rss": "feeds.opml"}}, "feeds[0].paths.rss gives 'feeds.opml' to a document of 'tag/{topic}', and newsfeed writes the list of feeds there. Write another path, such as 'news/feeds.opml', or discovery = false in [site]."),
        ({"path": "feeds"}, "feeds[0].path gives 'feeds.json' to a document of 'feeds', and newsfeed writes the list of feeds there. Write another path, such as 'news/feeds', or discovery = false in [site]."),
    ],
)  # fmt: skip
def test_a_path_of_a_list_or_a_sitemap(
    rule: dict[str, Any], message: str, newsroom: Make, site: Make
) -> None:
    with pytest.raises(InvalidPlan) as refused:
        assert newsroom(site=site(feeds=[FeedRule(**rule)])).plan
    assert str(refused.value) == message


def test_a_path_that_would_be_that_of_a_list(newsroom: Make, site: Make) -> None:
    rules = [FeedRule(path="feeds"), FeedRule(path="index", formats=["html"])]
    assert list(newsroom(site=site(feeds=rules, discovery=False)).plan.feeds) == ["feeds", "index"]
    assert list(newsroom(site=site(feeds=rules[1:])).plan.feeds) == ["index"]
    assert list(newsroom(site=site(feeds=[FeedRule(path="feeds", formats=["rss"])])).plan.feeds) == ["feeds"]


def test_a_topic_does_not_take_the_path_of_a_list(newsroom: Make, site: Make, article: Make) -> None:
    rules = [FeedRule(path="topic/{topic}", paths={"json": "{topic}.json"}, formats=["json"])]
    plan = newsroom(article(topics=["Feeds", "Snow"]), site=site(feeds=rules)).plan
    assert sorted(feed.document("json") for feed in plan.feeds.values()) == ["snow.json", "topic/feeds.json"]


def test_a_topic_does_not_take_it(newsroom: Make, site: Make, article: Make) -> None:
    rules = [
        FeedRule(path="{topic}", formats=["rss"]),
        FeedRule(path="all", paths={"rss": "news.rss"}, formats=["rss"]),
    ]
    room = newsroom(article(topics=["News"]), site=site(feeds=rules))
    topic, everything = room.plan.feeds.values()
    assert everything.document("rss") == "news.rss"
    assert topic.document("rss").startswith("news-")


def test_a_feed_that_has_ended_points_to_it(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    both = [FeedRule(path="{language}/all", paths={"rss": "{language}/feed.xml"}), FeedRule(path="old")]
    newsroom(article(), site=site(feeds=both)).publish(tmp_path)
    newsroom(article(), site=site(feeds=both[:1], retired="empty")).publish(tmp_path)
    assert (
        etree.fromstring((tmp_path / "old.rss").read_bytes()).findtext("channel/description")
        == f"{BASE}en/feed.xml"
    )
    assert json.loads((tmp_path / "old.json").read_text())["description"] == f"{BASE}en/all.json"


@pytest.mark.parametrize("retired", ["remove", "keep", "empty"])
def test_a_document_that_has_ended(
    retired: str, newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    old = FeedRule(path="old", paths={"rss": "feed/index.xml", "atom": "atom.xml"}, formats=["rss", "atom"])
    everything = FeedRule(path="all", formats=["rss"])
    newsroom(article(), site=site(feeds=[everything, old])).publish(tmp_path)
    before = (tmp_path / "atom.xml").read_bytes()
    own = site(feeds=[everything], retired=retired)
    newsroom(article(), site=own).publish(tmp_path)
    assert (tmp_path / "feed/index.xml").exists() is (retired != "remove")
    if retired == "keep":
        assert (tmp_path / "atom.xml").read_bytes() == before
        newsroom(article(access="members", content="<p>x</p>"), site=own).publish(tmp_path)
    if retired != "remove":
        feed = etree.fromstring((tmp_path / "atom.xml").read_bytes())
        assert [link.get("href") for link in feed.iterfind("{*}link[@rel='self']")] == [f"{BASE}atom.xml"]
        assert feed.findtext("{*}subtitle") == f"{BASE}all.atom"
        assert feed.find("{*}entry") is None


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"paths": {"html": "x.html"}}, "paths.html: the rule doesn't write this format. Add 'html' to formats."),
        ({"paths": {"rss": "/feed"}}, "paths.rss: '/feed' isn't a safe path inside the output folder"),
        ({"paths": {"rss": "{topic}.xml"}}, "paths.rss: {topic} has no value in these feeds. Add {topic} to the path, or remove it here."),
        ({"paths": {"rss": "all.atom"}}, "paths.rss: 'all.atom' ends as documents of the format 'atom' do. Write another ending, such as .xml."),
        ({"paths": {"rss": "a.xml", "atom": "a.xml"}}, "paths: two formats have one path. Give each its own."),
        ({"paths": "feed.xml"}, "paths: 'feed.xml' is text. Write a table, { key = value }."),
    ],
)  # fmt: skip
def test_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        FeedRule(path="{language}/all", **values)
    assert message in str(refused.value)
