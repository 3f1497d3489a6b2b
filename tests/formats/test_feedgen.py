"""feedgen: our extension beside users', `to_feedgen`, and each of feedgen 1.0's traps that would touch us."""

import locale
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from newsfeed import Entry, Extension, Feed, InvalidValue, Media, Newsroom

Make = Callable[..., Any]


@pytest.fixture
def feed(newsroom: Make, article: Make) -> Feed:
    pictures = [Media(url=f"https://report.example/{number}.jpg") for number in (1, 2)]
    made: Feed = newsroom(
        article(
            "a",
            media=pictures,
            authors=[{"name": "Leyla", "email": "leyla@report.example"}],
            content="<p>x</p>",
        ),
        article("b"),
    ).feed("en/all")
    return made


def test_to_feedgen_writes_what_the_feed_writes(feed: Feed) -> None:
    generator = feed.to_feedgen()
    assert generator.rss_str() == feed.rss()
    assert generator.atom_str() == feed.atom()


def test_to_feedgen_can_be_gone_on_with(feed: Feed) -> None:
    generator = feed.to_feedgen()
    generator.ttl(15)
    generator.entry()[0].comments("https://report.example/en/a#comments")
    assert b"<ttl>15</ttl>" in generator.rss_str()
    assert b"<comments>https://report.example/en/a#comments</comments>" in generator.rss_str()
    assert [entry.id() for entry in generator.entry()] == [entry.id for entry in feed.entries]


class TestGoneOnWith:
    """What a user does to a filled generator counts."""

    def test_an_entry_that_is_added(self, feed: Feed) -> None:
        generator = feed.to_feedgen()
        added = generator.add_entry(order="append")
        added.id("urn:test:added")
        added.title("Added")
        added.link(href="https://report.example/added")
        assert b'<guid isPermaLink="false">urn:test:added</guid>' in generator.rss_str()
        assert b"<id>urn:test:added</id>" in generator.atom_str()

    def test_authors_that_are_added(self, feed: Feed) -> None:
        generator = feed.to_feedgen()
        generator.author({"name": "Rauf"})
        generator.entry()[0].author({"name": "Rauf"})
        written = generator.atom_str()
        assert written.count(b"<author><name>Rauf</name></author>") == 2
        assert b"<author><name>Leyla</name><email>leyla@report.example</email></author>" in written

    def test_an_author_who_takes_the_place_of_another_gets_no_address_of_theirs(self, feed: Feed) -> None:
        generator = feed.to_feedgen()
        generator.entry()[0].author({"name": "Rauf"}, replace=True)
        assert b"<author><name>Rauf</name></author>" in generator.atom_str()

    def test_dates_that_are_changed(self, feed: Feed) -> None:
        generator = feed.to_feedgen()
        generator.updated("2026-01-02T03:04:05+04:00")
        entry = generator.entry()[0]
        entry.published("2026-01-01T03:04:05+04:00")
        entry.updated("2026-01-02T03:04:05+04:00")
        atom = generator.atom_str().decode()
        assert atom.count("<updated>2026-01-01T23:04:05Z</updated>") == 2
        assert "<published>2025-12-31T23:04:05Z</published>" in atom
        channel, first, _ = generator.rss_str().decode().split("<item>")
        assert re.findall("<lastBuildDate>(.*?)</lastBuildDate>", channel) == [
            "Fri, 02 Jan 2026 03:04:05 +0400"
        ]
        assert re.findall("<pubDate>(.*?)</pubDate>", first) == ["Thu, 01 Jan 2026 03:04:05 +0400"]

    def test_by_an_extension(self, feed: Feed) -> None:
        def with_rauf(generator: FeedGenerator, _: Feed) -> None:
            generator.author({"name": "Rauf"})

        extended = msgspec.structs.replace(feed, extensions=(Extension(name="podcast", feed=with_rauf),))
        assert b"<author><name>Rauf</name></author>" in extended.atom()


def test_another_version_of_feedgen_is_told_apart(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_the_field(generator: FeedGenerator) -> None:
        original(generator)
        del generator._FeedGenerator__rss_lastBuildDate

    original = FeedGenerator.__init__
    monkeypatch.setattr(FeedGenerator, "__init__", without_the_field)
    monkeypatch.setattr(FeedGenerator, "updated", lambda *_: None)
    with pytest.raises(AttributeError, match="newsfeed needs feedgen 1.x"):
        feed.to_feedgen()


class TestExtensions:
    def test_feedgens_own(self, newsroom: Make, article: Make) -> None:
        def about_the_feed(generator: FeedGenerator, feed: Feed) -> None:
            generator.podcast.itunes_author(feed.title)

        def where_it_happened(filled: FeedEntry, entry: Entry) -> None:
            if "place" in entry.extra:
                filled.geo.point(entry.extra["place"])

        room: Newsroom = newsroom(
            article("a", extra={"place": "40.4 49.9"}),
            article("b"),
            extensions=[
                Extension(name="podcast", feed=about_the_feed),
                Extension(name="geo", entry=where_it_happened),
            ],
        )
        rss = room.feed("en/all").rss().decode()
        assert "<itunes:author>Report</itunes:author>" in rss
        assert rss.count("<georss:point>40.4 49.9</georss:point>") == 1
        assert "<georss:point>40.4 49.9</georss:point>" in room.feed("en/all").atom().decode()
        head, *items = rss.split("\n")[1:]
        assert head.endswith("/>"), (
            "the items stand on lines of their own, whatever an extension adds to the head"
        )
        assert [item[:6] for item in items[:2]] == ["<item>", "<item>"]

    @pytest.mark.parametrize("names", [["podcats"], ["geo", "geo"]], ids=["unknown", "twice"])
    def test_one_that_cannot_be_loaded(self, names: list[str], newsroom: Make) -> None:
        room = newsroom(extensions=[Extension(name=name) for name in names])
        with pytest.raises(InvalidValue, match=f"extensions: feedgen can't load an extension '{names[-1]}'"):
            room.feed("en/all").rss()

    @pytest.mark.parametrize("name", ["dc", "geo", "media", "podcast", "syndication", "torrent"])
    def test_each_of_feedgens_own_can_be_loaded(self, name: str, newsroom: Make, article: Make) -> None:
        feed = newsroom(article(), extensions=[Extension(name=name)]).feed("en/all")
        assert feed.to_feedgen().rss_str() == feed.rss()
        assert feed.to_feedgen().atom_str() == feed.atom()

    def test_a_users_own(self, newsroom: Make, article: Make) -> None:
        class Genre(BaseExtension):  # type: ignore[misc]
            def extend_ns(self) -> dict[str, str]:
                return {"yandex": "http://news.yandex.ru"}

        class EntryGenre(BaseEntryExtension):  # type: ignore[misc]
            genre = "message"

            def extend_rss(self, item: etree._Element) -> etree._Element:
                etree.SubElement(item, "{http://news.yandex.ru}genre").text = self.genre
                return item

        def set_genre(filled: FeedEntry, entry: Entry) -> None:
            filled.yandex.genre = entry.tags_of("topic")[0].term

        extension = Extension(
            name="yandex", feed_class=Genre, entry_class=EntryGenre, entry=set_genre, atom=False
        )
        feed = newsroom(article(topics=["article"]), extensions=[extension]).feed("en/all")
        assert b"<yandex:genre>article</yandex:genre>" in feed.rss()
        assert b"yandex" not in feed.atom()


class TestTraps:
    """What feedgen 1.0 would do by itself."""

    def test_it_leaks_enclosures_into_atom_as_bare_links(self, feed: Feed) -> None:
        root = etree.fromstring(feed.atom())
        links = root.findall("{*}entry/{*}link")
        assert all(link.get("rel") for link in links)
        assert [link.get("rel") for link in links].count("alternate") == 2

    def test_it_keeps_only_the_last_enclosure_in_rss(self, feed: Feed) -> None:
        enclosures = etree.fromstring(feed.rss()).findall("channel/item/enclosure")
        assert [enclosure.get("url") for enclosure in enclosures] == ["https://report.example/1.jpg"]

    def test_it_writes_author_beside_creator_for_people_with_an_email(self, feed: Feed) -> None:
        root = etree.fromstring(feed.rss())
        assert root.findall("channel/item/author") == []
        assert root.findtext("channel/item/{*}creator") == "Leyla"

    def test_it_writes_the_clock_for_a_feed_without_dates(self, newsroom: Make) -> None:
        empty = newsroom().feed("en/all")
        assert b"lastBuildDate" not in empty.rss()
        assert b"<updated>2000-01-01T00:00:00Z</updated>" in empty.atom()

    def test_it_writes_offsets_where_z_is_wanted(self, feed: Feed) -> None:
        assert b"+00:00" not in feed.atom()

    def test_it_wraps_a_single_file_in_a_group(self, newsroom: Make, article: Make) -> None:
        one = newsroom(article(media=[Media(url="https://report.example/1.jpg")])).feed("en/all")
        assert b"media:group" not in one.rss() + one.atom()

    def test_it_writes_one_self_link_for_both_formats(self, feed: Feed) -> None:
        assert feed.rss().count(b'rel="self"') == feed.atom().count(b'rel="self"') == 1
        assert b'href="https://report.example/feeds/en/all.rss" rel="self"' in feed.rss()
        assert b'href="https://report.example/feeds/en/all.atom" rel="self"' in feed.atom()

    def test_the_channel_link_is_the_last_one_added(self, feed: Feed) -> None:
        assert etree.fromstring(feed.rss()).findtext("channel/link") == "https://report.example/"

    def test_it_turns_entries_round(self, feed: Feed) -> None:
        root = etree.fromstring(feed.rss())
        assert [item.text for item in root.findall("channel/item/title")] == ["About a", "About b"]

    def test_it_resets_the_permalink_flag(self, newsroom: Make, article: Make) -> None:
        root = etree.fromstring(newsroom(article("a"), article("b", id="urn:test:b")).feed("en/all").rss())
        flags = {guid.text: guid.get("isPermaLink") for guid in root.findall("channel/item/guid")}
        assert flags == {"https://report.example/en/a": "true", "urn:test:b": "false"}

    def test_a_control_character_kills_the_feed(self, newsroom: Make, article: Make) -> None:
        fields = dict.fromkeys(("title", "summary", "content", "rights"), "a\x01b")
        hostile = article(**fields, topics=["a\x01b"], authors=[{"name": "a\x01b"}])
        room = newsroom(hostile)
        assert room.feed("en/all").rss().count(b"ab") >= 6
        assert room.feed("en/all").atom().count(b"ab") >= 6

    @pytest.mark.parametrize("year", [1900, 1918, 2100])
    def test_old_offsets_print_seconds(
        self, year: int, newsroom: Make, article: Make, site: Make, noon: Any
    ) -> None:
        zone = site().zone  # Asia/Baku was at +03:19:24 until 1924
        then = noon.replace(year=year, tzinfo=zone)
        room = newsroom(article(published=then), as_of=noon.replace(year=2200))
        published = etree.fromstring(room.feed("en/all").atom()).findtext("{*}entry/{*}published")
        assert len(published or "") == len("1900-01-01T00:00:00Z")


def test_many_threads_write_the_same_and_leave_the_locale_alone(newsroom: Make, article: Make) -> None:
    articles = [article(f"a{number}", content=f"<p>{number}</p>") for number in range(30)]
    expected = newsroom(*articles).feed("en/all")
    documents = {name: expected.render(name) for name in ("rss", "atom", "json", "html", "text")}
    before = locale.setlocale(locale.LC_ALL)
    shared = newsroom(*articles)
    with ThreadPoolExecutor(8) as pool:
        jobs = [(name, pool.submit(shared.feed("en/all").render, name)) for name in [*documents] * 8]
        for name, job in jobs:
            assert job.result() == documents[name]
    assert locale.setlocale(locale.LC_ALL) == before


def test_no_setlocale_is_called(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("setlocale changes the whole process")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert feed.rss()
    assert feed.atom()


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANGUAGE": "az"},
    ],
    ids=["seed 1, UTC, C", "seed 2, New York, C.UTF-8"],
)
def test_the_same_bytes_on_every_machine(environment: dict[str, str], example: Any) -> None:
    script = """
import sys, time, hashlib, newsfeed
time.tzset() if hasattr(time, "tzset") else None
newsroom = newsfeed.open(sys.argv[1])
digest = hashlib.sha256()
for path in newsroom.plan.feeds:
    feed = newsroom.feed(path)
    for name in feed.formats:
        digest.update(feed.render(name))
print(digest.hexdigest())
"""

    def digest(values: dict[str, str]) -> str:
        command = [sys.executable, "-c", script, str(example)]
        return subprocess.run(command, env=values, capture_output=True, text=True, check=True).stdout

    assert digest(environment) == digest({"PYTHONHASHSEED": "0"})
