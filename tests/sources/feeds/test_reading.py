"""Feeds as sources: RSS 2.0 and 1.0, Atom, JSON Feed, with ids letter for letter, and what is wrong with others."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.cms import Source

from newsfeed import Media, Newsroom, Person, Site
from newsfeed import Source as Original
from newsfeed.model.article_source import ArticleSource
from newsfeed.sources.site_articles import read_articles
from newsfeed.text.urls import is_uri

REMEDY = "Check what the file or the address holds; a feed is RSS, Atom or JSON Feed."
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
ITEM = """\
<item><title>Tom &amp;amp; Jerry</title><link>https://paper.example/a?b=1&amp;c=2</link>
<guid isPermaLink="false">  ABC:Def//12 </guid><pubDate>Fri, 19 Dec 2025 18:24:00 +0400</pubDate>
<dc:creator>Leyla Abbasova and Rauf Aliyev</dc:creator><category>Siyasət</category><category><![CDATA[Snow & ice]]></category>
<description>In &amp;lt;b&amp;gt;Baku&amp;lt;/b&amp;gt;</description>
<content:encoded><![CDATA[<p>Before.</p><iframe src="https://video.example/1"/><p>After.</p>]]></content:encoded>
<media:content url="https://paper.example/p.jpg" medium="image" width="10" height="20"/>
<enclosure url="https://paper.example/p.jpg" length="0" type="image/jpeg"/>
<enclosure url="https://paper.example/p.mp3" length="1234" type="audio/mpeg"/><itunes:duration>1:02</itunes:duration>
<source url="https://wire.example/rss">Wire</source></item>
"""
SHORT = """\
<item><title>Ice</title><guid>https://paper.example/Ice</guid><pubDate>Sat, 20 Dec 2025 06:00:00 GMT</pubDate>
<author>desk@paper.example (Night Desk)</author><description>&lt;p&gt;It &lt;i&gt;froze&lt;/i&gt;.&lt;/p&gt;</description></item>
"""


def rss(*items: str) -> str:
    head = "<title>Paper</title><link>https://paper.example/</link><language>en-us</language>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {NAMESPACES}><channel>{head}{"".join(items)}</channel></rss>'


@pytest.fixture
def feed(tmp_path: Path) -> Source:
    return Source(tmp_path, kind="feed", files=["feed.xml"])


def test_an_item_of_rss_is_an_article(feed: Source) -> None:
    politics = {"term": "politics", "label": {"en": "Politics", "az": "Siyasət"}}
    read = feed.read({"feed.xml": rss(ITEM)}, categories=[politics])
    assert read.problems == []
    article = read.articles["a"]
    assert (article.id, article.url) == ("ABC:Def//12", "https://paper.example/a?b=1&c=2")
    assert (article.title, article.summary, article.language) == ("Tom & Jerry", "In Baku", "en")
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
    assert (article.categories, article.topics) == (("politics",), ("Snow & ice",))
    assert article.authors == (Person(name="Leyla Abbasova"), Person(name="Rauf Aliyev"))
    assert article.content == '<p>Before.</p><iframe src="https://video.example/1"/><p>After.</p>'
    assert article.media == (
        Media(url="https://paper.example/p.jpg", width=10, height=20),
        Media(url="https://paper.example/p.mp3", type="audio/mpeg", length=1234, duration=62.0),
    )
    assert article.source == Original(url="https://wire.example/rss", title="Wire")


def test_a_description_with_markup_is_the_content(feed: Source) -> None:
    article = feed.read({"feed.xml": rss(SHORT)}).articles["Ice"]
    assert (article.id, article.url) == ("https://paper.example/Ice", "https://paper.example/Ice")
    assert (article.summary, article.content) == (None, "<p>It <i>froze</i>.</p>")
    assert article.authors == (Person(name="Night Desk", email="desk@paper.example"),)


FILE = '<media:content url="https://paper.example/p.jpg" medium="image">{}</media:content>{}'
CAPTION = "<media:description>A man in the snow.</media:description>"


@pytest.mark.parametrize("media", [FILE.format(CAPTION, ""), FILE.format("", CAPTION)])
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    ("description", "summary", "content"),
    [
        ("It snows.", "It snows.", None),
        ("&lt;p&gt;It &lt;b&gt;snows&lt;/b&gt;.&lt;/p&gt;", None, "<p>It <b>snows</b>.</p>"),
    ],
)
def test_a_caption_describes_the_picture_and_not_the_article(
    feed: Source, media: str, description: str, summary: str | None, content: str | None, *, is_first: bool
) -> None:
    begin = "<item><title>Snow</title><link>https://paper.example/a</link><pubDate>Fri, 19 Dec 2025 18:24:00 GMT</pubDate>"
    description = f"<description>{description}</description>"
    item = f"{begin}{media}{description}</item>" if is_first else f"{begin}{description}{media}</item>"
    article = feed.read({"feed.xml": rss(item)}).articles["a"]
    assert (article.summary, article.content) == (summary, content)
    assert [picture.description for picture in article.media] == ["A man in the snow."]


def test_a_video_without_another_text_is_described_by_its_own(feed: Source) -> None:
    item = f"<item><title>Snow</title><link>https://paper.example/a</link><pubDate>Fri, 19 Dec 2025 18:24:00 GMT</pubDate><media:group>{FILE.format(CAPTION, '')}</media:group></item>"
    assert feed.read({"feed.xml": rss(item)}).articles["a"].summary == "A man in the snow."


@pytest.mark.parametrize(
    "written", ["Fri, 19 Dec 2025 18:24:00", "2025-12-19 18:24:00", "2025-12-19T18:24:00"]
)
def test_a_date_without_a_time_zone_is_the_sites(feed: Source, written: str) -> None:
    item = f"<item><title>Snow</title><link>https://paper.example/a</link><pubDate>{written}</pubDate></item>"
    article = feed.read({"feed.xml": rss(item)}).articles["a"]
    assert article.published.astimezone(UTC) == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)


def test_an_entry_of_atom(feed: Source) -> None:
    text = """\
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="az"><title>Paper</title><id>urn:x</id><updated>2025-12-20T06:00:00Z</updated>
<entry><title type="html">A &amp;lt; b</title><id>tag:Paper.example,2025:A</id><updated>2025-12-20T06:00:00Z</updated>
<published>2025-12-19T18:24:00+04:00</published><link rel="self" href="https://paper.example/self"/><link href="https://paper.example/a"/>
<author><name>Leyla</name><uri>https://paper.example/leyla</uri></author><category term="snow" label="Snow"/><summary>In Baku</summary>
<content type="xhtml" xml:base="https://base.example/d/"><div xmlns="http://www.w3.org/1999/xhtml"><p>See <a href="z">z</a>.</p></div></content>
<rights>© Paper</rights></entry></feed>"""
    read = feed.read({"feed.xml": text})
    assert read.problems == []
    article = read.articles["a"]
    assert (article.id, article.url) == ("tag:Paper.example,2025:A", "https://paper.example/a")
    assert (article.title, article.language, article.topics) == ("A < b", "az", ("Snow",))
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
    assert article.updated == datetime(2025, 12, 20, 6, tzinfo=UTC)
    assert article.content == '<p>See <a href="https://base.example/d/z">z</a>.</p>'
    assert article.authors == (Person(name="Leyla", url="https://paper.example/leyla"),)
    assert (article.summary, article.rights) == ("In Baku", "© Paper")


def test_an_item_of_json_feed(feed: Source) -> None:
    text = """\
{"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "language": "az", "authors": [{"name": "Desk"}], "items": [
{"id": "Https://Paper.example/A", "url": "https://paper.example/a", "external_url": "https://else.example/", "title": "Ice", "content_text": "It froze.\\n\\nAll of it.",
 "date_published": "2025-12-19T18:24:00+04:00", "tags": ["ice"], "image": "https://paper.example/p.png",
 "attachments": [{"url": "https://paper.example/p.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 5, "duration_in_seconds": 62}]}]}"""
    read = feed.read({"feed.xml": text})
    assert read.problems == []
    article = read.articles["a"]
    assert (article.id, article.language, article.topics) == ("Https://Paper.example/A", "az", ("ice",))
    assert article.content == "<p>It froze.</p><p>All of it.</p>"
    assert article.external_url == "https://else.example/"
    assert article.authors == (Person(name="Desk"),)
    assert [each.url for each in article.media] == [
        "https://paper.example/p.png",
        "https://paper.example/p.mp3",
    ]


def test_an_item_of_rss_1(feed: Source) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><title>Paper</title></channel>'
        '<item rdf:about="https://paper.example/one"><title>One</title><link>https://paper.example/one</link>'
        "<dc:date>2025-12-19T18:24:00+04:00</dc:date><description>In Baku</description></item></rdf:RDF>"
    )
    article = feed.read({"feed.xml": text}).articles["one"]
    assert (article.id, article.summary) == ("https://paper.example/one", "In Baku")
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)


def test_a_feed_that_breaks_off_gives_the_whole_entries_before(feed: Source) -> None:
    whole = rss(ITEM, SHORT)
    read = feed.read({"feed.xml": whole[: whole.index("froze")]})
    assert list(read.articles) == ["a"]
    assert read.problems == [
        "feed.xml: NF101 the feed breaks off in the middle; 1 entry before it can be read. Fetch or export it again."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the feed is empty"),
        ("<!DOCTYPE html><html><body>Log in", "this is an HTML page, not a feed"),
        ("hello", "this isn't a feed"),
        ("<posts><post/></posts>", "this isn't a feed"),
        ('{"posts": []}', "this is JSON, but not a JSON Feed: it has no list of items"),
        ("[1", "this isn't valid JSON: expecting ',' delimiter at column 3"),
    ],
)
def test_what_is_no_feed_is_told(feed: Source, text: str, said: str) -> None:
    assert feed.read({"feed.xml": text}) == ({}, [f"feed.xml: NF101 {said}. {REMEDY}"], [])


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_can_be(feed: Source) -> None:
    read = feed.read(
        {"feed.xml": rss(ITEM.replace("Tom &amp;amp; Jerry", "Tom & Jerry&nbsp;&rsquo;s"), SHORT)}
    )
    assert {name: article.title for name, article in read.articles.items()} == {
        "a": "Tom & Jerry\xa0’s",
        "Ice": "Ice",
    }
    assert read.problems == [
        (
            "feed.xml: NF101 the feed isn't well-formed XML at line 2 (not well-formed (invalid token)); it is read as far "
            "as it can be understood. Correct what writes the feed."
        )
    ]


@pytest.mark.parametrize(
    "guid", ["Paper-12", "12 at https://paper.example", "0b7f6c5e-1111-4222-8333-944445555666", "ABC:Def//12"]
)
def test_a_guid_that_is_no_uri_stays_letter_for_letter_where_it_may(feed: Source, guid: str) -> None:
    feed.write({"feed.xml": rss(ITEM.replace("ABC:Def//12", guid))})
    site = Site(
        title="Paper",
        url="https://paper.example/",
        languages=["en"],
        sources=[ArticleSource(name="old", kind="feed", files=["feed.xml"])],
    )
    articles, findings = read_articles(site, feed.root)
    assert findings == []
    published = Newsroom(site, [each.article for each in articles]).feed("en/all")
    assert f'<guid isPermaLink="false">{guid}</guid>'.encode() in published.rss()
    assert json.loads(published.json())["items"][0]["id"] == guid
    (entry,) = published.entries
    assert f"<id>{entry.id}</id>".encode() in published.atom()
    assert is_uri(entry.id)
