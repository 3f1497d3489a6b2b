"""Articles of hostile size: each is published, valid and whole, and its neighbours are as they were without it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree
from tests.formats.reading_back import READERS, Said

from newsfeed import Article, Category, Feed, FeedRule, Newsroom, Site
from newsfeed.check import check_document
from newsfeed.model.limits import CATEGORIES, TITLE, TOPICS

pytestmark = pytest.mark.slow

CENTURY_END = datetime(2101, 1, 1, tzinfo=UTC)
#: Findings that are the truth about an article; see test_validity.py.
STANDING = {"NF224", "NF314"}
FORMATS = ("rss", "atom", "json")

TEN_MEGABYTES = 10_000_000
PARAGRAPH = "<p>" + "Snow fell on Baku &amp; the Caspian; ‘ağ’ said everybody. " * 40 + "</p>\n"
TERMS = [f"term-{number}" for number in range(min(CATEGORIES, TOPICS))]


def site(**values: Any) -> Site:
    rules = [FeedRule(path="{language}/all", formats=FORMATS)]
    return Site(
        **{"title": "Report", "url": "https://report.example/", "languages": ["en"], "feeds": rules} | values
    )


def article(name: str, **values: Any) -> Article:
    made: dict[str, Any] = {
        "language": "en",
        "title": f"About {name}",
        "url": f"https://report.example/en/{name}",
        "published": datetime(2025, 12, 19, 12, 0, tzinfo=UTC),
        "content": f"<p>All about {name}.</p>",
    }
    return Article(**made | values)


NEIGHBOURS = [
    article("before", published=datetime(2025, 12, 18, tzinfo=UTC)),
    article("after", published=datetime(2025, 12, 20, tzinfo=UTC)),
]


def feed_of(*articles: Article, **values: Any) -> Feed:
    newsroom = Newsroom(site(**values), articles, as_of=CENTURY_END)
    assert newsroom.findings == ()
    return newsroom.feed("en/all")


def written(hostile: Article, **values: Any) -> dict[str, Said]:
    """What each format says of a hostile article between its neighbours; those are as they were without it."""
    alone, together = feed_of(*NEIGHBOURS, **values), feed_of(hostile, *NEIGHBOURS, **values)
    found: dict[str, Said] = {}
    for name in FORMATS:
        document = together.render(name)
        said = READERS[name](document)
        (found[name],) = [one for one in said if one.id == hostile.url]
        assert [one for one in said if one.id != hostile.url] == READERS[name](alone.render(name))
        faults = check_document(document, name=name, as_of=CENTURY_END)
        assert [str(fault) for fault in faults if fault.code not in STANDING] == []
    return found


def test_a_body_of_eight_megabytes() -> None:
    """The longest, as feeds write it, that all readers take."""
    body = PARAGRAPH * (8_000_000 // len(PARAGRAPH.encode()))
    for said in written(article("long", content=body)).values():
        assert said.content == body
        assert said.summary is not None
        assert len(said.summary) < 1_000


@pytest.mark.parametrize("form", FORMATS)
def test_a_body_of_ten_megabytes_is_left_out_and_told_of(form: str) -> None:
    body = PARAGRAPH * (TEN_MEGABYTES // len(PARAGRAPH.encode()) + 1)
    newsroom = Newsroom(site(), [article("long", content=body), *NEIGHBOURS], as_of=CENTURY_END)
    (finding,) = newsroom.findings
    assert str(finding).partition(": ")[2] == (
        "NF118 content: it takes 10.7 MB in a feed, and many readers refuse a whole feed with a text of "
        "over 10 MB; left out. Shorten it, or split the article into several."
    )
    document = newsroom.feed("en/all").render(form)
    if form != "json":
        etree.fromstring(document, etree.XMLParser(huge_tree=False))
    said = {one.id: one for one in READERS[form](document)}
    assert len(said) == 3
    told = said["https://report.example/en/long"]
    assert told.content is None
    assert "Snow fell on Baku &amp; the Caspian" in str(told.summary)


def test_as_many_categories_as_there_may_be() -> None:
    categories = [Category(term=term, label={"en": f"Label of {term}"}) for term in TERMS]
    expected = [("https://report.example/categories/", f"Label of {term}") for term in TERMS]
    for said in written(article("filed", categories=TERMS), categories=categories).values():
        assert said.categories == expected


def test_as_many_topics_as_there_may_be() -> None:
    expected = [("https://report.example/topics/", term) for term in TERMS]
    for said in written(article("tagged", topics=TERMS)).values():
        assert said.categories == expected


def test_the_longest_title() -> None:
    title = ("Çox uzun başlıq & " * TITLE)[:TITLE]
    for said in written(article("titled", title=title)).values():
        assert said.title == title


@pytest.mark.parametrize(
    "deep",
    [
        pytest.param(lambda depth: "<div>" * depth + "deep" + "</div>" * depth, id="closed"),
        pytest.param(lambda depth: "<b><i>" * (depth // 2) + "deep", id="left open"),
        pytest.param(lambda depth: "<ul><li>" * (depth // 2) + "deep", id="lists"),
    ],
)
def test_a_thousand_nested_elements(deep: Callable[[int], str]) -> None:
    for name, said in written(article("deep", content=deep(1_000))).items():
        assert said.content is not None
        assert "deep" in said.content
        assert said.content.count("<") == 2_000
        assert said.summary == ("deep" if name == "rss" else None)  # where it would only repeat the content


@pytest.mark.parametrize(
    ("moment", "pub_date", "stamp"),
    [
        (datetime(1900, 1, 1, tzinfo=UTC), "Mon, 01 Jan 1900 00:00:00 GMT", "1900-01-01T00:00:00Z"),
        (
            datetime(2100, 12, 31, 23, 59, 59, tzinfo=UTC),
            "Fri, 31 Dec 2100 23:59:59 GMT",
            "2100-12-31T23:59:59Z",
        ),
    ],
    ids=["1900", "2100"],
)
def test_dates_of_other_centuries(moment: datetime, pub_date: str, stamp: str) -> None:
    dated = article("dated", published=moment)
    assert {said.published for said in written(dated).values()} == {moment}
    feed = feed_of(dated)
    assert etree.fromstring(feed.rss()).findtext("channel/item/pubDate") == pub_date
    assert etree.fromstring(feed.atom()).findtext("{*}entry/{*}published") == stamp
    assert json.loads(feed.json())["items"][0]["date_published"] == stamp


def test_a_document_is_no_longer_than_what_it_says() -> None:
    """Escaping is what makes a document longer than its article; nothing is said twice."""
    body = "<p>" + "snow " * 200_000 + "</p>"
    for name in FORMATS:
        assert len(feed_of(article("long", content=body)).render(name)) < len(body) + 10_000
