"""`from_feedgen`: what a feedgen script says is what the feed says, and its ids and links are kept letter for letter."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from hypothesis import given
from hypothesis import strategies as st
from tests.articles import AS_OF, PLAIN_SITE, RICH_SITE, SUMMARY_SITE, TRUSTING_SITE, many_articles

from newsfeed import Article, Entry, InvalidRecord, InvalidValue, Newsroom, Site, from_feedgen

NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
LATER = datetime(2025, 12, 19, 15, 30, tzinfo=UTC)

Fill = Callable[[FeedEntry], object]


def script(*fills: Fill, language: str | None = "en") -> FeedGenerator:
    """What a feedgen script makes: a feed, and an entry for each function that fills one."""
    generator = FeedGenerator()
    generator.id("https://report.example/feed")
    generator.title("Report")
    generator.subtitle("News of the day")
    generator.link(href="https://report.example", rel="alternate")
    generator.link(href="https://report.example/feed.rss", rel="self")
    if language is not None:
        generator.language(language)
    for number, fill in enumerate(fills):
        entry = generator.add_entry(order="append")
        entry.id(f"tag:report.example,2025:{number}")
        entry.title("Snow in Baku")
        entry.link(href=f"https://report.example/{number}")
        entry.published(NOON)
        fill(entry)
    return generator


def the_entry(fill: Fill) -> Entry:
    (entry,) = from_feedgen(script(fill)).entries
    return entry


class TestAFeed:
    def test_says_what_the_generator_says(self) -> None:
        feed = from_feedgen(script())
        assert (feed.id, feed.title, feed.description) == (
            "https://report.example/feed",
            "Report",
            "News of the day",
        )
        assert (feed.language, feed.home, feed.entries) == ("en", "https://report.example", ())

    def test_has_the_front_page_and_not_its_own_address_for_a_home(self) -> None:
        """feedgen's RSS has the last link of any kind."""
        assert b"<link>https://report.example/feed.rss</link>" in script().rss_str()
        assert b"<link>https://report.example</link>" in from_feedgen(script()).rss()

    def test_keeps_a_front_page_with_a_query(self) -> None:
        generator = script()
        generator.link({"href": "https://report.example/?lang=en", "rel": "alternate"}, replace=True)
        assert from_feedgen(generator).home == "https://report.example/?lang=en"

    def test_has_the_authors_rights_pictures_and_hub_of_the_generator(self) -> None:
        generator = script()
        generator.author({"name": "The desk", "email": "desk@report.example"})
        generator.rights("© Report")
        generator.logo("https://report.example/logo.png")
        generator.link(href="https://hub.example/", rel="hub")
        feed = from_feedgen(generator)
        assert [(author.name, author.email) for author in feed.authors] == [
            ("The desk", "desk@report.example")
        ]
        assert (feed.site.rights, feed.site.logo, feed.site.hub) == (
            "© Report",
            "https://report.example/logo.png",
            "https://hub.example/",
        )

    def test_can_belong_to_a_site_of_yours(self) -> None:
        site = Site(title="Report", url="https://report.example/", languages=["en"], trusted_html=True)
        feed = from_feedgen(script(lambda entry: entry.content("<p style='x'>1</p>")), site=site)
        assert feed.site is site
        assert feed.entries[0].content == "<p style='x'>1</p>"

    def test_needs_a_language(self) -> None:
        with pytest.raises(InvalidValue, match='from_feedgen\\(generator, language="en"\\)'):
            from_feedgen(script(language=None))
        assert from_feedgen(script(language=None), language="az").language == "az"

    def test_needs_a_front_page(self) -> None:
        generator = FeedGenerator()
        with pytest.raises(InvalidValue, match="no link to the site's front page"):
            from_feedgen(generator, language="en")

    def test_is_in_order_newest_first_whatever_feedgen_was_told(self) -> None:
        """feedgen puts each new entry before the others, so a script that adds the newest first shows it last."""
        generator = script(lambda entry: entry.published(LATER), lambda entry: entry.published(NOON))
        generator.add_entry(generator.entry().pop(0), order="append")
        assert [entry.published for entry in from_feedgen(generator).entries] == [LATER, NOON]

    def test_leaves_the_generator_as_it_is(self) -> None:
        generator = script(lambda entry: entry.content("<p>x</p>"))
        before = generator.rss_str(), generator.atom_str()
        from_feedgen(generator)
        assert (generator.rss_str(), generator.atom_str()) == before


class TestIds:
    @pytest.mark.parametrize(
        "name",
        [
            "12345",
            "http://Report.example/snow/",
            "https://report.example/?p=17",
            "tag:report.example,2025-12-19:/snow",
            "urn:uuid:60A76C80-D399-11D9-B93C-0003939E0AF6",
            "https://report.example/qış",
            "a b",
        ],
    )
    def test_are_kept_letter_for_letter(self, name: str) -> None:
        assert the_entry(lambda entry: entry.id(name)).id == name
        assert the_entry(lambda entry: entry.guid(name, permalink=True)).id == name

    def test_are_the_link_where_there_is_none_as_readers_take_it(self) -> None:
        generator = script()
        generator.add_entry().link(href="https://report.example/snow")
        (entry,) = from_feedgen(generator).entries
        assert entry.id == "https://report.example/snow"


class TestLinks:
    def test_the_last_alternate_is_the_headline_as_in_feedgens_rss(self) -> None:
        entry = the_entry(lambda entry: entry.link(href="https://report.example/last"))
        assert entry.url == "https://report.example/last"

    def test_an_id_that_is_an_address_is_the_headline_where_there_is_no_link(self) -> None:
        generator = script()
        generator.add_entry().guid("https://report.example/snow", permalink=True)
        assert from_feedgen(generator).entries[0].url == "https://report.example/snow"

    def test_entries_without_any_are_told_all_at_once(self) -> None:
        generator = script()
        generator.add_entry().id("1")
        generator.add_entry().id("2")
        with pytest.raises(InvalidRecord) as caught:
            from_feedgen(generator)
        assert [problem.field for problem in caught.value.problems] == ["entry[0].link", "entry[1].link"]

    def test_an_address_that_is_none_is_told_with_its_place(self) -> None:
        generator = script(lambda entry: entry.author(name="Leyla", uri="/leyla"))
        with pytest.raises(InvalidRecord, match=r"entry\[0\].author\[0\].url: '/leyla' isn't a full address"):
            from_feedgen(generator)

    def test_enclosures_are_files(self) -> None:
        entry = the_entry(lambda entry: entry.enclosure("https://report.example/1.mp3", 1200, "audio/mpeg"))
        assert [(file.url, file.type, file.length) for file in entry.media] == [
            ("https://report.example/1.mp3", "audio/mpeg", 1200)
        ]

    def test_a_length_that_nobody_knows_is_none(self) -> None:
        entry = the_entry(lambda entry: entry.enclosure("https://report.example/1.mp3"))
        assert [(file.type, file.length) for file in entry.media] == [("audio/mpeg", None)]

    def test_the_story_in_other_languages(self) -> None:
        entry = the_entry(
            lambda entry: entry.link(
                href="https://report.example/az", rel="related", hreflang="az", title="Bakıda qar"
            )
        )
        assert [(it.language, it.url, it.title) for it in entry.translations] == [
            ("az", "https://report.example/az", "Bakıda qar")
        ]


class TestTexts:
    @pytest.mark.parametrize(
        ("fill", "summary", "content"),
        [
            (lambda entry: entry.description("Ten centimetres"), "Ten centimetres", "Ten centimetres"),
            (lambda entry: entry.description("a < b", isSummary=True), "a < b", None),
            (lambda entry: entry.description("<p>a &lt; b</p>"), "a < b", "<p>a &lt; b</p>"),
            (lambda entry: entry.summary("a &amp; b"), "a & b", None),
            (lambda entry: entry.summary("a &amp; b", type="text"), "a &amp; b", None),
            (lambda entry: entry.summary("<b>a</b>", type="html"), "a", None),
            (lambda entry: entry.content("<p>x</p>", type="CDATA"), "x", "<p>x</p>"),
            (lambda entry: entry.content("1 < 2", type="text"), "1 < 2", "1 &lt; 2"),
            (lambda entry: entry.content("<p onclick='go()'>x</p>"), "x", "<p>x</p>"),
            (lambda entry: (entry.summary("s"), entry.content("<p>x</p>")), "s", "<p>x</p>"),
            (lambda entry: (entry.content("<p>x</p>"), entry.description("d")), "d", "<p>x</p>"),
            (lambda entry: (entry.description("d"), entry.content("<p>x</p>")), "d", "<p>x</p>"),
            (lambda entry: entry.content(src="https://report.example/x.pdf"), None, None),
            (lambda _: None, None, None),
        ],
    )
    def test_what_is_summary_and_what_content(self, fill: Fill, summary: str, content: str) -> None:
        entry = the_entry(fill)
        assert (entry.summary, entry.content) == (summary, content)

    def test_an_entry_without_a_title_has_the_beginning_of_its_text(self) -> None:
        generator = script()
        entry = generator.add_entry()
        entry.link(href="https://report.example/snow")
        entry.description("Snow fell in Baku. " * 20)
        entry = from_feedgen(generator).entries[0]
        assert (entry.title, entry.headline[:18]) == ("", "Snow fell in Baku.")

    def test_controls_are_left_out(self) -> None:
        generator = script(lambda entry: entry.title("Snow\x08 in Baku"))
        assert from_feedgen(generator).entries[0].title == "Snow in Baku"


class TestDates:
    def test_an_entry_that_never_had_updated_set_isnt_updated_at_every_run(self) -> None:
        """feedgen fills it from the clock."""
        entry = the_entry(lambda entry: entry.published(NOON))
        assert (entry.published, entry.updated) == (NOON, NOON)

    def test_both(self) -> None:
        entry = the_entry(lambda entry: entry.updated(LATER))
        assert (entry.published, entry.updated) == (NOON, LATER)

    def test_updated_alone_is_when_it_was_published(self) -> None:
        generator = script()
        entry = generator.add_entry()
        entry.link(href="https://report.example/snow")
        entry.updated(LATER)
        assert from_feedgen(generator).entries[0].published == LATER


def test_categories() -> None:
    entry = the_entry(
        lambda entry: entry.category(
            [
                {"term": "weather", "label": "Weather", "scheme": "https://report.example/terms"},
                {"term": "snow"},
            ]
        )
    )
    assert [(tag.term, tag.label, tag.scheme) for tag in entry.tags] == [
        ("weather", "Weather", "https://report.example/terms"),
        ("snow", "snow", ""),
    ]


def test_source() -> None:
    entry = the_entry(lambda entry: entry.source("https://other.example/snow", "Other"))
    assert entry.source is not None
    assert (entry.source.url, entry.source.title) == ("https://other.example/snow", "Other")


_NAMES = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)
_IDS = st.one_of(
    _NAMES.map("https://report.example/{}/".format),
    _NAMES.map("tag:report.example,2025:{}".format),
    st.uuids().map("urn:uuid:{}".format),
    st.integers(1, 10**12).map(str),
    st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20),
)


@pytest.mark.slow
@given(rows=st.lists(st.tuples(_IDS, _NAMES, st.booleans()), max_size=5))
def test_no_reader_takes_old_news_for_new(rows: list[tuple[str, str, bool]]) -> None:
    """What the script wrote and what the feed writes have the same ids and the same links, to feedparser's eyes."""
    generator = script()
    for name, path, permalink in rows:
        entry = generator.add_entry()
        entry.guid(name, permalink=permalink)
        entry.title("Snow")
        entry.link(href=f"https://report.example/{path}")
        entry.published(NOON)
        entry.content("<p>x</p>")
    feed = from_feedgen(generator)
    for before, after in ((generator.rss_str(), feed.rss()), (generator.atom_str(), feed.atom())):
        read = [
            [(entry.id, entry.link) for entry in feedparser.parse(data).entries] for data in (before, after)
        ]
        assert read[0] == read[1]


def kept(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": entry.published,
        "updated": entry.updated,
        "language": entry.language,
        "authors": entry.authors,
        "tags": [(tag.kind, tag.term, tag.label, tag.scheme) for tag in entry.tags],
        "summary": entry.summary or entry.title,
        "content": entry.content,
        "rights": entry.rights,
        "source": entry.source,
        "translations": entry.translations,
        "files": [(file.url, file.type, file.length, file.width, file.credit) for file in entry.media],
    }


@pytest.mark.slow
@pytest.mark.parametrize("site", [PLAIN_SITE, RICH_SITE, SUMMARY_SITE, TRUSTING_SITE])
@given(made=many_articles)
def test_there_and_back(site: Site, made: list[Article]) -> None:
    feed = Newsroom(site, made, as_of=AS_OF).feed(f"{made[0].language}/all")
    back = from_feedgen(feed.to_feedgen(), site=site)
    assert (back.id, back.title, back.language, back.home) == (feed.id, feed.title, feed.language, feed.home)
    content = {} if feed.content == "full" else {"content": None}
    assert [kept(entry) for entry in back.entries] == [kept(entry) | content for entry in feed.entries]


@pytest.mark.slow
@given(made=many_articles)
def test_there_and_back_without_naming_the_site(made: list[Article]) -> None:
    feed = Newsroom(RICH_SITE, made, as_of=AS_OF).feed(f"{made[0].language}/all")
    back = from_feedgen(feed.to_feedgen())
    assert [kept(entry) for entry in back.entries] == [kept(entry) for entry in feed.entries]
    assert (back.authors, back.home, back.site.hub) == (feed.authors, feed.home, feed.site.hub)
