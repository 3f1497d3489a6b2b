"""Laws of the formats, for any article: what is written is well-formed, and says what the article said."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsfeed import Article, Feed, Media, Newsroom, Person, Site, Source
from newsfeed.text.dates import rfc3339
from newsfeed.text.urls import ascii_uri
from newsfeed.text.xml_characters import without_forbidden

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SITE = Site(title="Report", url="https://report.example/", languages=["en", "ar"])
AS_OF = datetime(2101, 1, 1, tzinfo=UTC)

words = st.text(st.characters(), max_size=30)
visible = words.map(lambda text: f"x{text}")
paths = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=10)
urls = paths.map(lambda path: f"https://report.example/{path}x")
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
people = st.builds(Person, name=visible, url=st.none() | urls)
media = st.builds(
    Media,
    url=urls,
    type=st.sampled_from(["image/jpeg", "video/mp4", "application/pdf"]),
    length=st.none() | st.integers(0, 2**40),
    duration=st.none() | st.floats(0, 1e6),
    credit=st.none() | words,
    description=st.none() | words,
)
articles = st.builds(
    Article,
    id=st.none() | visible,
    language=st.sampled_from(["en", "ar"]),
    title=visible,
    url=urls,
    published=moments,
    updated=st.none() | moments,
    summary=st.none() | words,
    content=st.none() | words,
    topics=st.lists(words, max_size=3),
    authors=st.lists(people, max_size=2),
    flags=st.lists(st.sampled_from(["photo", "video"]), max_size=2),
    media=st.lists(media, max_size=2),
    rights=st.none() | words,
    source=st.none() | st.builds(Source, url=urls, title=st.none() | words),
    story=st.none() | st.sampled_from(["a", "b"]),
)


def feed_of(*made: Article) -> Feed:
    return Newsroom(SITE, made, as_of=AS_OF).select(limit=10)


def read_back(text: str) -> str:
    """What an XML parser makes of a text."""
    return without_forbidden(text)


@given(articles)
def test_atom_says_what_the_article_said(article: Article) -> None:
    entry = etree.fromstring(feed_of(article).atom()).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == read_back(article.title)
    assert entry.findtext(f"{ATOM}published") == rfc3339(article.published)
    assert entry.findtext(f"{ATOM}updated") == rfc3339(
        max(article.published, article.updated or article.published)
    )
    assert entry.get(f"{XML}lang") == article.language
    links = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert [link.get("href") for link in links] == [ascii_uri(article.url or "")]
    enclosures = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert [link.get("type") for link in enclosures] == [medium.type for medium in article.media]
    authors = [author.findtext(f"{ATOM}name") for author in entry.findall(f"{ATOM}author")]
    assert authors == [read_back(author.name) for author in article.authors] or authors == ["Report"]


@given(articles)
def test_rss_says_what_the_article_said(article: Article) -> None:
    item = etree.fromstring(feed_of(article).rss()).find("channel/item")
    assert item is not None
    assert item.findtext("title") == read_back(article.title)
    assert item.findtext("link") == ascii_uri(article.url or "")
    assert item.findtext("{http://purl.org/dc/elements/1.1/}language") == article.language
    assert len(item.findall("enclosure")) == min(len(article.media), 1)
    assert item.findtext("guid", "").isascii()
    assert item.find("description") is not None


@given(articles)
def test_json_feed_says_what_the_article_said(article: Article) -> None:
    (item,) = json.loads(feed_of(article).json())["items"]
    assert item["title"] == without_forbidden(article.title)
    assert item["url"] == ascii_uri(article.url or "")
    assert ("content_html" in item) is not ("content_text" in item)
    assert len(item.get("attachments", [])) == len(article.media)


@pytest.mark.parametrize("name", ["rss", "atom", "json", "html", "text"])
@given(data=st.data())
def test_the_order_of_the_input_does_not_matter(name: str, data: Any) -> None:
    made = data.draw(st.lists(articles, min_size=2, max_size=4))
    turned = data.draw(st.permutations(made))
    assert feed_of(*made).render(name) == feed_of(*turned).render(name)
