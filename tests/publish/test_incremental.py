"""Incremental builds: what is made of the same is neither made nor touched; what isn't, is."""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsfeed import Category, Extension, FeedRule, Newsroom, Person
from newsfeed.formats import writing
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import FeedData
from newsfeed.publish import document_rendering, fingerprints
from newsfeed.publish.record import RECORD_PATH, PublishRecord

Make = Callable[..., Any]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were made, in order."""
    made: list[str] = []
    render = writing.render

    def noted(feed: FeedData, name: str, cache: RenderCache) -> bytes:
        made.append(f"{feed.path}.{name}")
        return render(feed, name, cache)

    monkeypatch.setattr(document_rendering, "render", noted)
    return made


RULES = [FeedRule(path="{language}/all", formats=["rss", "atom", "json", "html"])]


def room_of(newsroom: Make, site: Make, *articles: Any, **values: Any) -> Newsroom:
    made: Newsroom = newsroom(
        *articles, site=site(**{"feeds": RULES, "languages": ["en", "az"], "discovery": False} | values)
    )
    return made


def test_nothing_changed_nothing_is_made(
    newsroom: Make, site: Make, article: Make, rendered: list[str], tmp_path: Path
) -> None:
    room_of(newsroom, site, article()).publish(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    rendered.clear()
    report = room_of(newsroom, site, article()).publish(tmp_path)
    assert rendered == []
    assert (report.written, len(report.unchanged)) == ((), 8)
    after = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    assert {file for file in after if after[file] != before[file]} <= {tmp_path / ".newsfeed/lock"}


@pytest.mark.parametrize(
    ("change", "languages"),
    [
        pytest.param({"title": "Snow again"}, {"en", "az"}, id="a title, which its translation carries too"),
        pytest.param({"summary": "Deep."}, {"en"}, id="a summary"),
        pytest.param({"content": "<p>Deep.</p>"}, {"en"}, id="a content"),
        pytest.param({"topics": ["Weather"]}, {"en"}, id="a topic"),
        pytest.param({"withdrawn": True}, {"en", "az"}, id="a withdrawal"),
        pytest.param({"extra": {"weight": 1}}, {"en"}, id="what only templates know"),
    ],
)
def test_what_carries_a_changed_article_is_made_anew(
    change: dict[str, Any],
    languages: set[str],
    newsroom: Make,
    site: Make,
    article: Make,
    rendered: list[str],
    tmp_path: Path,
) -> None:
    other = article("qar", language="az", story="s")
    room_of(newsroom, site, article(story="s"), other).publish(tmp_path)
    rendered.clear()
    room_of(newsroom, site, article(story="s", **change), other).publish(tmp_path)
    assert {name.partition("/")[0] for name in rendered} == languages


@pytest.mark.parametrize(
    "change",
    [
        {"title": "The Report"},
        {"rights": "©"},
        {"hub": "https://hub.example/"},
        {"translations": "alternate"},
        {"timezone": "Europe/Berlin"},
        {"authors": [Person(name="Desk")]},
        {"categories": [Category(term="media")]},
        {"feeds": [FeedRule(path="{language}/all", formats=["rss", "atom", "json", "html"], limit=1)]},
        {"labels": {"latest": "Now"}},
    ],
    ids=str,
)
def test_what_the_site_says_is_part_of_every_document(
    change: dict[str, Any], newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    room_of(newsroom, site, article()).publish(tmp_path / "built twice")
    room_of(newsroom, site, article(), **change).publish(tmp_path / "built twice")
    room_of(newsroom, site, article(), **change).publish(tmp_path / "built once")
    for file in (tmp_path / "built once").rglob("*.*"):
        if ".newsfeed" not in file.parts:
            twice = tmp_path / "built twice" / file.relative_to(tmp_path / "built once")
            assert twice.read_bytes() == file.read_bytes()


def test_a_site_s_own_template_is_part_of_its_pages(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    for text in ("one", "two"):
        (templates / "listing.html").write_text(text)
        room_of(newsroom, site, article(), templates=str(templates)).publish(tmp_path / "public")
        assert (tmp_path / "public/en/all.html").read_text() == text


def test_so_is_the_place_of_a_template(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "old").mkdir(parents=True)
    (templates / "old/listing.html").write_text("one")
    room_of(newsroom, site, article(), templates=str(templates)).publish(tmp_path / "public")
    (templates / "old/listing.html").rename(templates / "listing.html")
    room_of(newsroom, site, article(), templates=str(templates)).publish(tmp_path / "public")
    assert (tmp_path / "public/en/all.html").read_text() == "one"


def test_what_listings_link_to_is_part_of_them_beside_archives_too(
    newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    rules = [
        FeedRule(path="{language}/all", formats=["rss"], archive="month"),
        FeedRule(path="{language}/topic/{topic}", formats=["rss"]),
        FeedRule(path="{language}/latest", formats=["html"], limit=1),
    ]
    articles = [article(topics=["C++"]), article("older", published=noon - timedelta(days=60))]
    senior = article("oldest", topics=["C"], published=noon - timedelta(days=700))
    for known in (articles, [*articles, senior]):
        room = room_of(newsroom, site, *known, feeds=rules, languages=["en"], trending=["C++"])
        room.publish(tmp_path)
    (trending,) = room.plan.trending["en"]
    assert trending.url in (tmp_path / "en/latest.html").read_text()


@pytest.mark.parametrize(
    "harm", ["deleted", "damaged", "damaged in its old size and time", "replaced by a folder"]
)
def test_a_file_that_somebody_harmed_is_written_again(
    harm: str, newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    room = room_of(newsroom, site, article())
    room.publish(tmp_path)
    file = tmp_path / "en/all.rss"
    whole, facts = file.read_bytes(), file.stat()
    file.unlink()
    if harm.startswith("damaged"):
        file.write_bytes(whole[:-1] + b"!")
    if harm.endswith("time"):
        os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert room.publish(tmp_path).written == ("en/all.rss",)
    assert file.read_bytes() == whole


def test_a_copy_of_the_folder_is_as_good(
    newsroom: Make, site: Make, article: Make, rendered: list[str], tmp_path: Path
) -> None:
    """Build systems keep folders and bring them back with other times."""
    room = room_of(newsroom, site, article())
    room.publish(tmp_path)
    for file in tmp_path.rglob("*.*"):
        if file.is_file():
            os.utime(file, (1_700_000_000, 1_700_000_000))
    rendered.clear()
    assert room.publish(tmp_path).written == ()
    assert rendered == []


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"\x00\xff",
        b"{}\n",
        b'{"newsfeed_record": 99}\n',
        b'{"newsfeed_record": 1, "engine": "x", "site_url": "", "feeds_url": "", "feed_ids": "", "documents": 5, "articles": 0}\n{}\n',
    ],
    ids=["empty", "binary", "another thing", "a later form", "cut off"],
)
def test_a_record_that_makes_no_sense_is_made_anew(
    record: bytes, newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    room = room_of(newsroom, site, article())
    room.publish(tmp_path)
    right = (tmp_path / RECORD_PATH).read_bytes()
    (tmp_path / RECORD_PATH).write_bytes(record)
    report = room.publish(tmp_path)
    assert (report.written, report.removed) == ((), ())
    assert (
        PublishRecord.read((tmp_path / RECORD_PATH).read_bytes()).documents
        == PublishRecord.read(right).documents
    )


def test_another_program_makes_all_anew(
    newsroom: Make,
    site: Make,
    article: Make,
    rendered: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = room_of(newsroom, site, article())
    room.publish(tmp_path)
    rendered.clear()
    monkeypatch.setattr(fingerprints, "engine", lambda: "newsfeed 99")
    assert room.publish(tmp_path).written == ()
    assert len(rendered) == 8


def test_with_an_extension_whose_source_is_known_nothing_is_made_again(
    newsroom: Make, site: Make, article: Make, rendered: list[str], tmp_path: Path
) -> None:
    def room(extension: Extension) -> Newsroom:
        made: Newsroom = newsroom(article(), site=site(feeds=RULES, discovery=False), extensions=[extension])
        return made

    room(Extension(name="geo", entry=lambda *_: None)).publish(tmp_path)
    rendered.clear()
    assert room(Extension(name="geo", entry=lambda *_: None)).publish(tmp_path).written == ()
    assert rendered == []
    room(Extension(name="media", entry=lambda *_: None)).publish(tmp_path)
    assert len(rendered) == 8


def test_with_an_extension_that_keeps_values_everything_is_made_and_compared(
    newsroom: Make, site: Make, article: Make, rendered: list[str], tmp_path: Path
) -> None:
    calls: list[object] = []
    room = newsroom(
        article(),
        site=site(feeds=RULES, discovery=False),
        extensions=[Extension(name="geo", entry=lambda *given: calls.append(given))],
    )
    room.publish(tmp_path)
    rendered.clear()
    assert room.publish(tmp_path).written == ()
    assert len(rendered) == 8


class TestCleanUp:
    def test_feeds_that_are_no_longer_planned_go(
        self, newsroom: Make, site: Make, article: Make, tmp_path: Path
    ) -> None:
        site_of = {"feeds": [FeedRule(path="{language}/topic/{topic}", formats=["rss"])]}
        room_of(newsroom, site, article(topics=["Snow", "Rain"]), **site_of).publish(tmp_path)
        (tmp_path / "en/topic/mine.rss").write_text("mine")
        report = room_of(newsroom, site, article(topics=["Rain"]), **site_of).publish(tmp_path)
        assert report.removed == ("en/topic/snow.rss",)
        assert {file.name for file in tmp_path.rglob("*.rss")} == {"rain.rss", "mine.rss"}

    def test_and_their_folders_when_they_are_empty(
        self, newsroom: Make, site: Make, article: Make, tmp_path: Path
    ) -> None:
        for path in ("deep/down/all", "all"):
            room_of(newsroom, site, article(), feeds=[FeedRule(path=path, formats=["rss"])]).publish(tmp_path)
        assert [file.name for file in sorted(tmp_path.iterdir())] == [".newsfeed", "all.rss"]

    def test_a_file_that_somebody_has_changed_stays(
        self, newsroom: Make, site: Make, article: Make, tmp_path: Path
    ) -> None:
        room_of(newsroom, site, article(), feeds=[FeedRule(path="old", formats=["rss"])]).publish(tmp_path)
        (tmp_path / "old.rss").write_text("mine now")
        report = room_of(newsroom, site, article(), feeds=[FeedRule(path="new", formats=["rss"])]).publish(
            tmp_path
        )
        assert report.removed == ()
        assert (tmp_path / "old.rss").read_text() == "mine now"


def test_the_record_names_nothing_that_is_held_back(
    newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    secret = [article("secret1", withdrawn=True), article("secret2", published=noon.replace(year=2030))]
    room_of(newsroom, site, article(), *secret).publish(tmp_path)
    record = (tmp_path / RECORD_PATH).read_bytes()
    assert b"snow" in record
    assert b"secret" not in record


def test_the_record_is_for_its_owner_alone(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> None:
    room_of(newsroom, site, article()).publish(tmp_path)
    assert (tmp_path / ".newsfeed").stat().st_mode & 0o077 == 0


def test_lists_of_feeds_change_with_the_feeds_alone(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    lists = {"feeds.opml", "feeds.json", "index.html", "az/index.html"}
    topics = {"feeds": [*RULES, FeedRule(path="{language}/topic/{topic}")], "discovery": True}
    written = [
        lists
        & {*room_of(newsroom, site, article(title=title, topics=[topic]), **topics).publish(tmp_path).written}
        for title, topic in (("Snow", "Weather"), ("More snow", "Weather"), ("More snow", "Cold"))
    ]
    assert written == [lists, set(), lists - {"az/index.html"}]


@pytest.mark.parametrize("sitemaps", [["news"], ["languages"]])
def test_sitemaps_are_made_each_time(
    sitemaps: list[str], newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    def build(day: int) -> tuple[str, ...]:
        own = site(feeds=RULES, sitemaps=sitemaps, discovery=False)
        room = newsroom(
            article(story="s"),
            article("qar", language="az", story="s"),
            site=own,
            as_of=noon.replace(day=day),
        )
        report = room.publish(tmp_path)
        return tuple(path for path in report.written if path.endswith(".xml"))

    assert build(20)
    assert build(20) == ()
    assert bool(build(25)) is (sitemaps == ["news"])


@pytest.mark.parametrize(
    "harm", [b'"documents":-1', b'"documents":%d' % 10**30, b'"documents":"1"', b'"documents":0']
)
def test_a_record_that_counts_wrong_is_none(
    harm: bytes, newsroom: Make, article: Make, tmp_path: Path
) -> None:
    newsroom(article()).publish(tmp_path)
    right = (tmp_path / RECORD_PATH).read_bytes()
    assert not PublishRecord.read(right).is_new
    assert PublishRecord.read(re.sub(rb'"documents":\d+', harm, right, count=1)).is_new
