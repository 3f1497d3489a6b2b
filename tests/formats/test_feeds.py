"""RSS 2.0, Atom 1.0 and JSON Feed 1.1: where each thing that an article holds arrives."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree

from newsfeed import Article, Feed, FeedRule, Media, Person, Source

Make = Callable[..., Any]

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}


def rich(article: Make, noon: datetime, **values: Any) -> Article:
    everything: dict[str, Any] = {
        "id": "urn:report:1",
        "story": "s",
        "title": "Snow <b> in Baku & Shaki",
        "summary": "It snowed & <froze>.",
        "content": '<p>It snowed. <a href="/az">More</a></p>',
        "updated": noon + timedelta(hours=2),
        "categories": ["politics"],
        "topics": ["Snow"],
        "flags": ["photo"],
        "authors": [
            Person(name="Leyla", email="leyla@report.example", url="https://report.example/ləyla"),
            Person(name="Rauf"),
        ],
        "media": [
            Media(
                url="https://report.example/qar.jpg",
                length=48200,
                width=1280,
                height=720,
                credit="Rauf & Co",
                description='Snow "today"',
            ),
            Media(url="https://report.example/qar.mp3", type="audio/mpeg", duration=95.5),
        ],
        "rights": "© Report",
        "source": Source(title="Other <Paper>", url="https://other.example/snow"),
    }
    made: Article = article("snow", **everything | values)
    return made


@pytest.fixture
def feed(newsroom: Make, article: Make, site: Make, noon: datetime) -> Feed:
    own = site(
        hub="https://hub.example/",
        rights="© 2025 Report",
        logo="https://report.example/logo.png",
        icon="https://report.example/icon.png",
    )
    room = newsroom(rich(article, noon), article("qar", language="az", title="Qar", story="s"), site=own)
    made: Feed = room.feed("en/all")
    return made


class Document:
    """A feed parsed back."""

    def __init__(self, source: bytes) -> None:
        self.root = etree.fromstring(source)

    def found(self, path: str) -> list[Any]:
        result: Any = self.root.xpath(path, namespaces=NAMES)
        return list(result)

    def all(self, path: str) -> list[str]:
        return [found if isinstance(found, str) else found.text or "" for found in self.found(path)]

    def attributes(self, path: str) -> list[dict[str, str]]:
        return [dict(element.attrib) for element in self.found(path)]


@pytest.fixture
def rss(feed: Feed) -> Document:
    return Document(feed.rss())


@pytest.fixture
def atom(feed: Feed) -> Document:
    return Document(feed.atom())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("channel/title", ["Report"]),
        ("channel/link", ["https://report.example/"]),
        ("channel/description", ["Report"]),
        ("channel/language", ["en"]),
        ("channel/@xml:lang", ["en"]),
        ("channel/copyright", ["© 2025 Report"]),
        ("channel/lastBuildDate", ["Fri, 19 Dec 2025 14:00:00 GMT"]),
        ("channel/docs", ["http://www.rssboard.org/rss-specification"]),
        ("channel/image/*", ["https://report.example/logo.png", "Report", "https://report.example/"]),
        ("channel/pubDate", []),
        ("channel/item/title", ["Snow <b> in Baku & Shaki"]),
        ("channel/item/link", ["https://report.example/en/snow"]),
        ("channel/item/guid", ["urn:report:1"]),
        ("channel/item/guid/@isPermaLink", ["false"]),
        ("channel/item/description", ["It snowed &amp; &lt;froze&gt;."]),
        ("channel/item/content:encoded", ['<p>It snowed. <a href="https://report.example/az">More</a></p>']),
        ("channel/item/dc:creator", ["Leyla", "Rauf"]),
        ("channel/item/author", []),
        ("channel/item/pubDate", ["Fri, 19 Dec 2025 12:00:00 GMT"]),
        ("channel/item/dcterms:modified", ["2025-12-19T14:00:00Z"]),
        ("channel/item/dc:language", ["en"]),
        ("channel/item/dc:rights", ["© Report"]),
        ("channel/item/source", ["Other <Paper>"]),
        ("channel/item/source/@url", ["https://other.example/snow"]),
        ("channel/item/category", ["Politics", "Snow", "Photo"]),
        (
            "channel/item/category/@domain",
            [
                "https://report.example/categories/",
                "https://report.example/topics/",
                "https://report.example/flags/",
            ],
        ),
        ("channel/item/media:content/media:credit", ["Rauf & Co"]),
        ("channel/item/media:content/media:description", ['Snow "today"']),
        ("channel/item/media:group", []),
    ],
)
def test_rss_text(path: str, expected: list[str], rss: Document) -> None:
    assert rss.all(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "channel/item/enclosure",
            [{"url": "https://report.example/qar.mp3", "length": "0", "type": "audio/mpeg"}],
        ),
        (
            "channel/item/media:content",
            [
                {
                    "url": "https://report.example/qar.jpg",
                    "fileSize": "48200",
                    "type": "image/jpeg",
                    "medium": "image",
                    "height": "720",
                    "width": "1280",
                },
                {
                    "url": "https://report.example/qar.mp3",
                    "type": "audio/mpeg",
                    "medium": "audio",
                    "duration": "96",
                },
            ],
        ),
        (
            "channel/item/a:link",
            [
                {
                    "href": "https://report.example/az/qar",
                    "rel": "related",
                    "type": "text/html",
                    "hreflang": "az",
                    "title": "Qar",
                }
            ],
        ),
        (
            "channel/a:link",
            [
                {
                    "href": "https://report.example/feeds/en/all.rss",
                    "rel": "self",
                    "type": "application/rss+xml",
                    "hreflang": "en",
                    "title": "Report",
                },
                {"href": "https://hub.example/", "rel": "hub"},
                {
                    "href": "https://report.example/feeds/en/all.atom",
                    "rel": "related",
                    "type": "application/atom+xml",
                    "hreflang": "en",
                    "title": "Report",
                },
                {
                    "href": "https://report.example/feeds/en/all.json",
                    "rel": "related",
                    "type": "application/feed+json",
                    "hreflang": "en",
                    "title": "Report",
                },
                {
                    "href": "https://report.example/feeds/az/all.rss",
                    "rel": "related",
                    "type": "application/rss+xml",
                    "hreflang": "az",
                    "title": "Report",
                },
            ],
        ),
    ],
)
def test_rss_attributes(path: str, expected: list[dict[str, str]], rss: Document) -> None:
    assert rss.attributes(path) == expected


def test_rss_order(rss: Document) -> None:
    channel = [etree.QName(child).localname for child in rss.root[0]]
    assert channel.index("item") == len(channel) - 1, "all metadata stands before the first item"
    item = [etree.QName(child).localname for child in rss.found("channel/item/*")]
    assert item.index("description") < item.index("encoded")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a:id", ["https://report.example/feeds/en/all"]),
        ("a:title", ["Report"]),
        ("a:updated", ["2025-12-19T14:00:00Z"]),
        ("@xml:lang", ["en"]),
        ("a:author/a:name", ["Report"]),
        ("a:rights", ["© 2025 Report"]),
        ("a:logo", ["https://report.example/logo.png"]),
        ("a:icon", ["https://report.example/icon.png"]),
        ("a:entry/@xml:lang", ["en"]),
        ("a:entry/a:id", ["urn:report:1"]),
        ("a:entry/a:title", ["Snow <b> in Baku & Shaki"]),
        ("a:entry/a:title/@type", []),
        ("a:entry/a:summary", ["It snowed &amp; &lt;froze&gt;."]),
        ("a:entry/a:summary/@type", ["html"]),
        ("a:entry/a:content", ['<p>It snowed. <a href="https://report.example/az">More</a></p>']),
        ("a:entry/a:content/@type", ["html"]),
        ("a:entry/a:published", ["2025-12-19T12:00:00Z"]),
        ("a:entry/a:updated", ["2025-12-19T14:00:00Z"]),
        ("a:entry/a:author/a:name", ["Leyla", "Rauf"]),
        ("a:entry/a:author/a:email", ["leyla@report.example"]),
        ("a:entry/a:author/a:uri", ["https://report.example/l%C9%99yla"]),
        ("a:entry/a:category/@term", ["politics", "Snow", "photo"]),
        ("a:entry/a:category/@label", ["Politics", "Snow", "Photo"]),
        ("a:entry/a:rights", ["© Report"]),
        ("a:entry/a:source", []),
        ("a:entry/media:content/media:credit", ["Rauf & Co"]),
    ],
)
def test_atom_text(path: str, expected: list[str], atom: Document) -> None:
    assert atom.all(path) == expected


def test_atom_entry_links(atom: Document) -> None:
    assert atom.attributes("a:entry/a:link") == [
        {"href": "https://report.example/en/snow", "rel": "alternate", "type": "text/html", "hreflang": "en"},
        {
            "href": "https://report.example/az/qar",
            "rel": "related",
            "type": "text/html",
            "hreflang": "az",
            "title": "Qar",
        },
        {
            "href": "https://report.example/qar.jpg",
            "rel": "enclosure",
            "type": "image/jpeg",
            "length": "48200",
            "title": 'Snow "today"',
        },
        {"href": "https://report.example/qar.mp3", "rel": "enclosure", "type": "audio/mpeg"},
        {"href": "https://other.example/snow", "rel": "via", "title": "Other <Paper>"},
    ]


def test_atom_feed_links(atom: Document) -> None:
    links = [(link["rel"], link["href"]) for link in atom.attributes("a:link")]
    assert links == [
        ("alternate", "https://report.example/"),
        ("self", "https://report.example/feeds/en/all.atom"),
        ("hub", "https://hub.example/"),
        ("related", "https://report.example/feeds/en/all.rss"),
        ("related", "https://report.example/feeds/en/all.json"),
        ("related", "https://report.example/feeds/az/all.atom"),
    ]


def test_json_feed(feed: Feed) -> None:
    document = json.loads(feed.json())
    (item,) = document.pop("items")
    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Report",
        "home_page_url": "https://report.example/",
        "feed_url": "https://report.example/feeds/en/all.json",
        "description": "Report",
        "icon": "https://report.example/logo.png",
        "favicon": "https://report.example/icon.png",
        "authors": [{"name": "Report", "url": "https://report.example/"}],
        "language": "en",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "_newsfeed": {
            "id": "https://report.example/feeds/en/all",
            "updated": "2025-12-19T14:00:00Z",
            "rights": "© 2025 Report",
            "related": [
                {
                    "url": "https://report.example/feeds/en/all.rss",
                    "type": "application/rss+xml",
                    "title": "Report",
                    "language": "en",
                },
                {
                    "url": "https://report.example/feeds/en/all.atom",
                    "type": "application/atom+xml",
                    "title": "Report",
                    "language": "en",
                },
                {
                    "url": "https://report.example/feeds/az/all.json",
                    "type": "application/feed+json",
                    "title": "Report",
                    "language": "az",
                },
            ],
        },
    }
    assert item == {
        "id": "urn:report:1",
        "url": "https://report.example/en/snow",
        "title": "Snow <b> in Baku & Shaki",
        "content_html": '<p>It snowed. <a href="https://report.example/az">More</a></p>',
        "summary": "It snowed & <froze>.",
        "image": "https://report.example/qar.jpg",
        "date_published": "2025-12-19T12:00:00Z",
        "date_modified": "2025-12-19T14:00:00Z",
        "authors": [{"name": "Leyla", "url": "https://report.example/l%C9%99yla"}, {"name": "Rauf"}],
        "tags": ["Politics", "Snow", "Photo"],
        "language": "en",
        "attachments": [
            {
                "url": "https://report.example/qar.jpg",
                "mime_type": "image/jpeg",
                "title": 'Snow "today"',
                "size_in_bytes": 48200,
                "_newsfeed": {"credit": "Rauf & Co", "width": 1280, "height": 720},
            },
            {"url": "https://report.example/qar.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 96},
        ],
        "_newsfeed": {
            "story": "s",
            "rights": "© Report",
            "source": {"title": "Other <Paper>", "url": "https://other.example/snow"},
            "categories": [
                {"term": "politics", "label": "Politics", "scheme": "https://report.example/categories/"},
                {"term": "Snow", "label": "Snow", "scheme": "https://report.example/topics/"},
                {"term": "photo", "label": "Photo", "scheme": "https://report.example/flags/"},
            ],
            "authors": [{"name": "Leyla", "email": "leyla@report.example"}],
            "translations": [{"language": "az", "url": "https://report.example/az/qar", "title": "Qar"}],
        },
    }


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
def test_entries_stand_on_lines_of_their_own(name: str, newsroom: Make, article: Make) -> None:
    document = newsroom(article("a"), article("b")).feed("en/all").render(name).decode()
    starts = {"rss": "<item>", "atom": "<entry ", "json": '{"id":'}
    assert sum(line.startswith(starts[name]) for line in document.split("\n")) == 2


class TestAnEmptyFeed:
    def test_rss(self, newsroom: Make) -> None:
        document = Document(newsroom().feed("en/all").rss())
        assert document.all("channel/lastBuildDate") == []
        assert document.all("channel/title") == ["Report"]

    def test_atom(self, newsroom: Make) -> None:
        document = Document(newsroom().feed("en/all").atom())
        assert document.all("a:updated") == ["2000-01-01T00:00:00Z"]

    def test_json(self, newsroom: Make) -> None:
        assert json.loads(newsroom().feed("en/all").json())["items"] == []


class TestAnArticleWithATitleOnly:
    """It has its title as summary, for RSS and Atom want something to show."""

    def test_rss(self, newsroom: Make, article: Make) -> None:
        document = Document(newsroom(article(title="A & <B>")).feed("en/all").rss())
        assert document.all("channel/item/description") == ["A &amp; &lt;B&gt;"]
        assert document.all("channel/item/guid/@isPermaLink") == ["true"]

    def test_atom(self, newsroom: Make, article: Make) -> None:
        assert Document(newsroom(article(title="A & <B>")).feed("en/all").atom()).all(
            "a:entry/a:summary"
        ) == ["A &amp; &lt;B&gt;"]

    def test_json(self, newsroom: Make, article: Make) -> None:
        (item,) = json.loads(newsroom(article(title="A & <B>")).feed("en/all").json())["items"]
        assert (item["content_text"], "content_html" in item, "summary" in item) == ("A & <B>", False, False)


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
def test_moments_and_durations_are_in_whole_seconds(
    name: str, newsroom: Make, article: Make, noon: datetime
) -> None:
    recording = Media(url="https://report.example/qar.mp3", duration=95.5)
    told = article(published=noon.replace(microsecond=987654), media=[recording])
    document = newsroom(told).feed("en/all").render(name)
    assert b"987" not in document
    assert b"95.5" not in document
    assert b"96" in document


def test_a_summary_left_out_is_made_from_the_content(newsroom: Make, article: Make) -> None:
    feed = newsroom(article(content="<p>One &amp; two.</p><p>Three.</p>")).feed("en/all")
    assert feed.entries[0].summary == "One & two. Three."


class TestSummaryProfile:
    @pytest.fixture
    def short(self, newsroom: Make, article: Make, site: Make, noon: datetime) -> Feed:
        made: Feed = newsroom(
            rich(article, noon), site=site(feeds=[FeedRule(path="x", content="summary")])
        ).feed("x")
        return made

    def test_rss(self, short: Feed) -> None:
        assert Document(short.rss()).all("channel/item/content:encoded") == []

    def test_atom(self, short: Feed) -> None:
        assert Document(short.atom()).all("a:entry/a:content") == []

    def test_json(self, short: Feed) -> None:
        (item,) = json.loads(short.json())["items"]
        assert (item.get("content_html"), item["content_text"]) == (None, "It snowed & <froze>.")


@pytest.mark.parametrize(
    ("summary", "content", "rule", "shown"),
    [
        # what the content says: RSS, Atom, JSON Feed
        (None, "<p>It snowed.</p>", "full", ("It snowed.", None, None)),
        (None, "<p>It snowed.</p>", "summary", ("It snowed.", "It snowed.", "It snowed.")),
        (None, "<h2>Weather</h2><p>It snowed.</p>", "full", ("It snowed.", "It snowed.", "It snowed.")),
        (None, f"<p>It snowed.</p><p>{'word ' * 99}", "full", (f"It snowed. {('word ' * 58).strip()}…",) * 3),
        ("It snowed.", "<p>It snowed.</p>", "full", ("It snowed.", "It snowed.", "It snowed.")),
    ],
)
def test_a_made_summary_that_says_all_of_the_content(
    summary: str | None,
    content: str,
    rule: str,
    shown: tuple[str | None, ...],
    newsroom: Make,
    article: Make,
    site: Make,
) -> None:
    own = site(feeds=[FeedRule(path="{language}/all", content=rule)])
    feed = newsroom(article("snow", summary=summary, content=content), site=own).feed("en/all")
    assert (
        etree.fromstring(feed.rss()).findtext(".//item/description"),
        etree.fromstring(feed.atom()).findtext("a:entry/a:summary", namespaces=NAMES),
        json.loads(feed.json())["items"][0].get("summary"),
    ) == shown


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("5 < 6", b"5 &#x3C; 6"),
        ("Why the <b> element & a List<T> stay", b"Why the &#x3C;b&gt; element &amp; a List&#x3C;T&gt; stay"),
        ("R&D, AT&T, Q&A", b"R&amp;D, AT&amp;T, Q&amp;A"),
        ("Say &ampersand; twice", b"Say &#x26;ampersand; twice"),
        ("&copy 2026", b"&#x26;copy 2026"),
    ],
)
def test_rss_titles_that_look_like_markup(
    title: str, written: bytes, newsroom: Make, article: Make, site: Make
) -> None:
    own = site(title=title, logo="https://report.example/logo.png")
    feed = newsroom(article("snow", title=title), site=own).feed("en/all")
    rss = feed.rss()
    assert rss.count(b"<title>" + written) == 3  # of the channel, its picture and the item
    assert [element.text for element in etree.fromstring(rss).iterfind(".//item/title")] == [title]
    assert feed.to_feedgen().rss_str() == rss
    assert b"&#x" not in feed.atom()


def test_translations_are_alternates_where_the_site_says_so(
    newsroom: Make, article: Make, site: Make
) -> None:
    room = newsroom(
        article(story="s"), article("qar", language="az", story="s"), site=site(translations="alternate")
    )
    atom = Document(room.feed("en/all").atom())
    assert [(link["rel"], link["hreflang"]) for link in atom.attributes("a:entry/a:link")] == [
        ("alternate", "en"),
        ("alternate", "az"),
    ]


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_addresses_leave_as_uris(name: str, newsroom: Make, article: Make, site: Make) -> None:
    own = site(url="https://сайт.example/новости", feeds_url="https://сайт.example/ленты")
    hostile = article(
        url='https://сайт.example/статья "1"?q=ə',
        media=[Media(url="https://сайт.example/şəkil.jpg")],
        source=Source(url="https://başqa.example/ə"),
        content='<a href="/şəkil">x</a>',
    )
    document = newsroom(hostile, site=own).feed("en/all").render(name).decode()
    assert "https://xn--80aswg.example/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F%20%221%22?q=%C9%99" in document
    assert "сайт" not in document
    assert "şəkil" not in document
    assert "başqa" not in document


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_feedparser_reads_it(name: str, feed: Feed) -> None:
    parsed = feedparser.parse(feed.render(name))
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert entry.link == "https://report.example/en/snow"
    assert entry.id == "urn:report:1"
    first = {"rss": "https://report.example/qar.mp3"}.get(name, "https://report.example/qar.jpg")
    assert entry.enclosures[0].href == first
    assert [tag.label or tag.term for tag in entry.tags] == ["Politics", "Snow", "Photo"]


class TestReproducible:
    """Bytes do not depend on what the machine or the input happens to be like."""

    @pytest.mark.parametrize("name", ["rss", "atom", "json", "html", "text"])
    def test_order_of_the_input(self, name: str, newsroom: Make, article: Make) -> None:
        articles = [article(letter, topics=[letter], story=letter) for letter in "abcd"]
        assert newsroom(*articles).feed("en/all").render(name) == newsroom(*articles[::-1]).feed(
            "en/all"
        ).render(name)
