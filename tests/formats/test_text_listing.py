"""The listing in plain text."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed import Category, Site
from newsfeed.formats import text_listing
from newsfeed.formats.listing import days_of
from newsfeed.model.feed import FeedData
from newsfeed.text.one_line import one_line

Make = Callable[..., Any]


def write(feed: FeedData) -> str:
    return text_listing.write(feed).decode()


def test_one_datum_a_line_in_the_order_of_time_flags_title_and_categories(
    newsroom: Make, article: Make, noon: datetime
) -> None:
    room = newsroom(
        article("aid", title="Norway approves aid", categories=["politics"]),
        article("visit", title="Students visit", flags=["photo", "video"], categories=["media", "politics"],
                published=noon - timedelta(minutes=46)),
        article("bare", title="No category", published=noon - timedelta(hours=3)),
        as_of=noon,
    )  # fmt: skip
    assert write(room.latest("en")) == (
        "Latest News\n"
        "\n"
        "16:00\n"
        "    Norway approves aid\n"
        "    Politics\n"
        "\n"
        "15:14\n"
        "    Photo, Video\n"
        "    Students visit\n"
        "    Media, Politics\n"
        "\n"
        "13:00\n"
        "    No category\n"
        "\n"
        "All News Feed\n"
        "https://report.example/feeds/en/all.rss\n"
    )


def test_days_are_named_where_the_listing_spans_several_in_the_sites_time_zone(
    newsroom: Make, article: Make, site: Make, noon: datetime
) -> None:
    room = newsroom(
        article("late", published=noon + timedelta(hours=8)),  # 20:00 UTC is midnight in Baku
        article("early"),
        site=site(date_format="d MMMM, y"),
    )
    assert write(room.latest("en")) == (
        "Latest News\n"
        "\n"
        "20 December, 2025\n"
        "\n"
        "00:00\n"
        "    About late\n"
        "\n"
        "19 December, 2025\n"
        "\n"
        "16:00\n"
        "    About early\n"
        "\n"
        "All News Feed\n"
        "https://report.example/feeds/en/all.rss\n"
    )


NOON = datetime(2025, 12, 19, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("as_of", "headings"),
    [
        pytest.param(NOON, [], id="today"),
        pytest.param(NOON + timedelta(hours=7, minutes=59), [], id="till midnight in Baku"),
        pytest.param(NOON + timedelta(hours=8), ["December 19, 2025"], id="yesterday"),
        pytest.param(NOON + timedelta(days=365), ["December 19, 2025"], id="a year ago"),
    ],
)
def test_a_day_that_is_not_today_is_named(
    newsroom: Make, article: Make, as_of: datetime, headings: list[str]
) -> None:
    listing = newsroom(
        article("snow"), article("rain", published=NOON - timedelta(hours=1)), as_of=as_of
    ).latest()
    assert write(listing).split("\n\n")[1:-1] == [*headings, "16:00\n    About snow", "15:00\n    About rain"]


def test_what_is_published_names_its_day_because_it_may_be_read_later(
    newsroom: Make, article: Make, site: Make
) -> None:
    own = site(feeds=[{"path": "latest", "formats": ["text", "html"]}])
    feed = newsroom(article(), site=own, as_of=NOON).feed("latest")
    assert write(feed).split("\n\n")[1] == "December 19, 2025"
    assert '<h2 class="day"><time datetime="2025-12-19">December 19, 2025</time></h2>' in feed.html()


@pytest.mark.parametrize(
    ("language", "date_format", "heading"),
    [
        ("en", None, "December 19, 2025"),
        ("az", None, "19 dekabr 2025"),
        ("ru", None, "19 декабря 2025 г."),
        ("tr", None, "19 Aralık 2025"),
        ("az", "d MMMM, y", "19 dekabr, 2025"),
        ("ru", "d MMMM, y", "19 декабря, 2025"),
    ],
)
def test_a_day_is_written_as_the_site_asks_or_as_the_language_does(
    newsroom: Make,
    article: Make,
    site: Make,
    noon: datetime,
    language: str,
    date_format: str | None,
    heading: str,
) -> None:
    room = newsroom(
        article("today", language=language),
        article("yesterday", language=language, published=noon - timedelta(days=1)),
        site=site(languages=[language], date_format=date_format),
    )
    assert write(room.latest()).split("\n\n")[1] == heading


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "No articles yet"),
        ("az", "Hələ ki xəbər yoxdur"),
        ("ru", "Новостей пока нет"),
        ("tr", "Henüz haber yok"),
        ("ar", "لا توجد أخبار بعد"),
    ],
)
def test_a_listing_without_articles_says_so(newsroom: Make, site: Make, language: str, sentence: str) -> None:
    listing = newsroom(site=site(languages=[language])).latest()
    assert write(listing).split("\n\n")[1:] == [
        sentence,
        f"{listing.all_news.title}\nhttps://report.example/feeds/{language}/all.rss\n",
    ]


def test_a_feed_that_knows_of_no_feed_of_everything_ends_with_its_articles(
    newsroom: Make, article: Make
) -> None:
    assert write(newsroom(article()).select(language="en")) == (
        "Report\n\nDecember 19, 2025\n\n16:00\n    About snow\n"
    )


def test_titles_and_labels_stay_on_their_line(newsroom: Make, article: Make, site: Make) -> None:
    own: Site = site(
        languages=["en"],
        categories=[Category(term="media", label="Me\ndia")],
        labels={"photo": "Pho\u2028to"},
    )
    room = newsroom(
        article(title="  Snow\n\n16:01\n    in\u2028Baku \x9b31m", categories=["media"], flags=["photo"]),
        site=own,
        as_of=NOON,
    )
    assert write(room.latest()) == (
        "Latest News\n"
        "\n"
        "16:00\n"
        "    Pho to\n"
        "    Snow 16:01 in Baku ›31m\n"
        "    Me dia\n"
        "\n"
        "All News Feed\n"
        "https://report.example/feeds/en/all.rss\n"
    )


def test_a_title_with_nothing_to_see_gives_way_to_its_address(newsroom: Make, article: Make) -> None:
    entry = msgspec.structs.replace(newsroom(article()).latest("en").entries[0], title="\x9b \x85")
    listing = msgspec.structs.replace(newsroom(article()).latest("en"), entries=(entry,))
    assert write(listing).splitlines()[5] == "    https://report.example/en/snow"


LRE, RLO, PDF, RLI, FSI, PDI = "\u202a", "\u202e", "\u202c", "\u2067", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("Snow in Baku", "Snow in Baku", id="plain"),
        pytest.param(" Snow \t in\r\nBaku ", "Snow in Baku", id="white space"),
        pytest.param("a\x00b\x1bc\x7fd\x80e\x9ff", "a b c d e f", id="controls"),
        pytest.param("a\u2028b\u2029c\x85d", "a b c d", id="line separators"),
        pytest.param("a\u00a0b", "a b", id="no-break space"),
        pytest.param(f"{RLO}abc", f"{RLO}abc{PDF}", id="override left open"),
        pytest.param(f"{RLO}abc{PDF}", f"{RLO}abc{PDF}", id="override closed"),
        pytest.param(f"{FSI}abc", f"{FSI}abc{PDI}", id="isolate left open"),
        pytest.param(f"{LRE}a{RLI}b", f"{LRE}a{RLI}b{PDI}{PDF}", id="closed from the inside out"),
        pytest.param(f"{RLI}a{LRE}b{PDI}", f"{RLI}a{LRE}b{PDI}", id="an isolate's end ends what is within"),
        pytest.param(f"{LRE}a{PDI}", f"{LRE}a{PDI}{PDF}", id="an end without a beginning closes nothing"),
        pytest.param(f"{RLI}a{PDF}", f"{RLI}a{PDF}{PDI}", id="an embedding's end leaves an isolate open"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text(alphabet=st.sampled_from(["a", " ", "\n", "\x9b", "\u2029", LRE, RLO, PDF, RLI, FSI, PDI])))
def test_a_line_is_one_line_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", line)


def test_a_time_of_long_ago_is_one_that_html_knows(newsroom: Make, article: Make) -> None:
    old = article(published=datetime.fromisoformat("1900-01-01T00:00:00+00:00"))
    [day] = days_of(newsroom(old).latest("en"))
    assert (day.machine_date, day.rows[0].time, day.rows[0].machine_time) == (
        "1900-01-01",
        "03:19",  # Baku's local mean time was 3:19:24 ahead
        "1900-01-01T00:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("language", "title", "direction"),
    [
        ("en", "Snow in Baku", "ltr"),
        ("ar", "أخبار", "rtl"),
        ("ar", "WUF13: أخبار", "rtl"),
        ("ar", "Qarabag FC 3:1 Ajax", "ltr"),
        ("en", "أخبار", "rtl"),
        ("en", "2025: 100 %", "ltr"),
        ("ar", "2025: 100 %", "rtl"),
    ],
)
def test_a_title_runs_as_its_language_does_unless_none_of_its_letters_do(
    newsroom: Make, article: Make, site: Make, language: str, title: str, direction: str
) -> None:
    listing = newsroom(article(language=language, title=title), site=site(languages=[language])).latest()
    assert days_of(listing)[0].rows[0].direction == direction


@pytest.mark.parametrize(
    ("language", "flags"), [("fa", "فوری، عکس"), ("ja", "速報、写真"), ("de", "Eilmeldung, Foto")]
)
def test_a_list_has_the_commas_of_its_language(
    language: str, flags: str, newsroom: Make, article: Make, site: Make
) -> None:
    room = newsroom(article(language=language, flags=["breaking", "photo"]), site=site(languages=[language]))
    assert f"    {flags}\n" in write(room.latest(language))
