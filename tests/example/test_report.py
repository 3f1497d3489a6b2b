"""examples/report: the newsroom of one page, compared with that page's text where it is at hand."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest

import newsfeed
from newsfeed import Newsroom
from newsfeed.text.shown_dates import day_text

Make = Callable[..., Any]

SEED = Path(__file__).parents[3] / "shared" / "seed" / "000_804e9eb6cc9b56c6.txt"
EDITIONS = [
    "Azərbaycan-Türkiyə media münasibətləri müzakirə edilib",
    "Азербайджан и Турция обсудили перспективы медиасотрудничества",
]


class Row(NamedTuple):
    time: str
    flags: tuple[str, ...]
    title: str
    category: str


def rows(listing: str) -> list[Row]:
    """Read the rows between the heading and the line that closes the listing."""
    lines = [line.strip() for line in listing.splitlines() if line.strip()]
    lines = lines[lines.index("Latest News") + 1 : lines.index("All News Feed")]
    starts = [number for number, line in enumerate(lines) if re.fullmatch(r"\d\d:\d\d", line)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        time, *flags, title, category = lines[start:end]
        found.append(Row(time, tuple(flags), title, category))
    return found


@pytest.fixture
def page() -> str:
    if not SEED.exists():
        pytest.skip("the page that the example was made from is not part of a clone")
    return SEED.read_text(encoding="utf-8")


@pytest.fixture
def room(example: Path) -> Newsroom:
    return newsfeed.open(example)


def test_there_is_nothing_to_report(room: Newsroom) -> None:
    assert (room.findings, room.plan.findings) == ((), ())


def test_the_listing_is_that_of_the_page(room: Newsroom, page: str) -> None:
    printed = rows(page)
    assert len(printed) == 9
    assert rows(room.latest("en", limit=9).text()) == printed


def test_the_listing_closes_with_the_feed_of_everything(room: Newsroom) -> None:
    assert room.latest("en", limit=9).text().splitlines()[-2:] == [
        "All News Feed",
        "https://report.example/feeds/en/all.rss",
    ]


def test_the_main_article_is_that_of_the_page(room: Newsroom, page: str) -> None:
    (entry,) = room.feed("en/category/media").entries
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    body = lines[lines.index("Latest News") - 8 : lines.index("Latest News") - 4]
    assert entry.content == "".join(f"<p>{paragraph}</p>" for paragraph in body)
    assert " ".join(tag.label for tag in entry.tags_of("topic")) in lines
    day = day_text(entry.published, language="en", timezone=room.site.zone, pattern=room.site.date_format)
    assert f"• {day}" in lines
    assert [edition.title for edition in entry.translations] == EDITIONS
    assert all(title in lines for title in EDITIONS)


def test_the_trending_topics_are_those_of_the_page(room: Newsroom, page: str) -> None:
    assert " ".join(room.site.trending_in("en")) == page.splitlines()[0]


def test_an_article_may_have_a_picture_and_no_flag(room: Newsroom) -> None:
    (entry,) = room.feed("en/category/media").entries
    assert entry.picture is not None
    assert entry.tags_of("flag") == ()


@pytest.mark.parametrize(
    ("language", "day"), [("en", "19 December, 2025"), ("az", "19 dekabr, 2025"), ("ru", "19 декабря, 2025")]
)
def test_dates_speak_every_language(language: str, day: str, room: Newsroom) -> None:
    published = room.articles[0].published
    assert (
        day_text(published, language=language, timezone=room.site.zone, pattern=room.site.date_format) == day
    )


@pytest.mark.parametrize("language", ["en", "az", "ru"])
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_every_feed_in_a_reader(language: str, name: str, room: Newsroom) -> None:
    read = 0
    for path in room.plan.feeds:
        feed = room.feed(path)
        if feed.language != language or name not in feed.formats:
            continue
        parsed = feedparser.parse(feed.render(name))
        assert not parsed.bozo, path
        assert parsed.feed.language == language
        assert [entry.link for entry in parsed.entries] == [entry.url for entry in feed.entries]
        for seen, entry in zip(parsed.entries, feed.entries, strict=True):
            assert seen.id == entry.id
            assert seen.title == entry.title
            assert [tag.label or tag.term for tag in seen.tags] == [tag.label for tag in entry.tags]
            assert [enclosure.href for enclosure in seen.enclosures] == [media.url for media in entry.media]
            assert (seen.get("language") or seen.title_detail.language) == entry.language
            assert seen.author == "Report"
            read += 1
    assert read
