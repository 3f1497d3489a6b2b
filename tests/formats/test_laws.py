"""Laws of the formats, for any article: what is written is well-formed, and says what the article said."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from lxml import etree
from tests.articles import AS_OF, RICH_SITE, articles, feed_of, many_articles, sites
from tests.formats.feedgen_differences import main_file
from tests.formats.reading_back import READERS, File, Said, in_atom, in_json, in_rss

from newsfeed import Article, Media, Newsroom, Site
from newsfeed.text.headlines import beginning
from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.trusted import resolve
from newsfeed.text.html.words import escape, plain_text
from newsfeed.text.urls import ascii_uri, uri_of_id
from newsfeed.text.xml_characters import without_forbidden

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"


def shown(text: str | None) -> str | None:
    """What a feed can carry of a text."""
    return None if text is None else without_forbidden(text)


def uri(address: str | None) -> str:
    return ascii_uri(without_forbidden(address or ""))


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def file_of(media: Media) -> File:
    return File(
        url=uri(media.url),
        type=media.type,
        length=media.length,
        width=media.width,
        height=media.height,
        duration=None if media.duration is None else round(media.duration),
        credit=shown(media.credit),
        description=shown(media.description),
    )


def categories_of(article: Article, site: Site) -> list[tuple[str, str]]:
    labels = [site.category_label(term, article.language) for term in article.categories]
    topics = dict.fromkeys(" ".join(without_forbidden(topic).split()) for topic in article.topics)
    flags = [site.label(flag, article.language) for flag in article.flags]
    schemes = {"categories": labels, "topics": [topic for topic in topics if topic], "flags": flags}
    return [
        (f"{ascii_uri(site.url)}{scheme}/", label) for scheme, labels in schemes.items() for label in labels
    ]


def headline_of(article: Article) -> str:
    """What stands for a title in links and in Atom."""
    if article.title:
        return without_forbidden(article.title)
    return beginning([shown(article.summary)], article.language)


def said_by(article: Article, site: Site) -> Said:
    """What an article says, as far as every format can say it; without what is made from its content."""
    page = uri(article.url)
    authors = [shown(author.name) for author in article.authors]
    safe = resolve if site.trusted_html else clean
    content: str | None = safe(article.content or "", page=page)
    if not content or content.isspace():
        content = None
    summary = shown(article.summary) or (None if content and plain_text(content) else shown(article.title))
    return Said(
        id=page if article.id is None else uri_of_id(article.id, site.ids_url),
        title=shown(article.title) or None,
        url=page,
        language=article.language,
        published=whole(article.published),
        updated=whole(max(article.published, article.updated or article.published)),
        summary=None if summary is None else escape(summary),
        content=content if site.feeds[0].content == "full" else None,
        authors=authors
        or [person.name for person in site.authors]
        or [site.text(site.title, article.language)],
        categories=list(categories_of(article, site)),
        files=[file_of(media) for media in article.media],
        rights=shown(article.rights),
        source=(uri(article.source.url), shown(article.source.title)) if article.source else None,
        translations=[],
    )


def as_said_in(name: str, said: Said) -> Said:
    """What a format can say of it: an RSS source needs a title; JSON Feed needs no summary beside a content."""
    if name == "rss" and said.source is not None:
        address, title = said.source
        return replace(said, source=(address, title or address))
    if name == "json" and said.content is not None and said.summary == escape(said.title or ""):
        return replace(said, summary=None)
    return said


def expected_in(name: str, article: Article, site: Site, said: Said) -> Said:
    """What the format has to say; a summary made from the content is anything, but something.

    One that says all of a content beside it stands in RSS alone.
    """
    expected = said_by(article, site)
    if not article.title and name == "atom":
        expected = replace(expected, title=headline_of(article))
    if expected.summary is None:
        assert said.summary or (name != "rss" and said.content)
        expected = replace(expected, summary=said.summary)
    return as_said_in(name, expected)


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
@given(article=articles, site=sites)
def test_what_is_written_says_what_the_article_said(name: str, article: Article, site: Site) -> None:
    (said,) = READERS[name](feed_of(article, site=site).render(name))
    assert as_said_in(name, said) == expected_in(name, article, site, said)


@given(made=many_articles, site=sites)
def test_every_format_says_the_same_of_every_entry(made: list[Article], site: Site) -> None:
    feed = feed_of(*made, site=site)
    rss = in_rss(feed.rss())
    atom = [
        said if beside.title else replace(said, title=None)  # a note has a title in Atom alone
        for said, beside in zip(in_atom(feed.atom()), rss, strict=True)
    ]
    assert [
        replace(said, summary=None) if beside.summary is None else said
        for said, beside in zip(rss, atom, strict=True)
    ] == [as_said_in("rss", said) for said in atom]
    assert [as_said_in("json", said) for said in in_json(feed.json())] == [
        as_said_in("json", said) for said in atom
    ]


@given(made=many_articles, site=sites)
def test_each_entry_links_to_its_story_in_other_languages(made: list[Article], site: Site) -> None:
    newsroom = Newsroom(site, made, as_of=AS_OF)
    editions: dict[tuple[str | None, str], tuple[str, str, str | None]] = {
        (article.story, article.language): (article.language, uri(article.url), headline_of(article))
        for article in newsroom.articles
        if article.story
    }
    for article in newsroom.articles:
        (entry,) = [entry for entry in newsroom.select().entries if entry.id == article.id]
        others = [
            editions[article.story, language]
            for language in site.languages
            if language != article.language and (article.story, language) in editions
        ]
        assert [(link.language, link.url, link.title) for link in entry.translations] == others
        planned = newsroom.feed(f"{article.language}/all")
        for name, read in READERS.items():
            (said,) = [said for said in read(planned.render(name)) if said.id == article.id]
            assert said.translations == others


@given(articles)
def test_atom_and_json_feed_tell_who_wrote_it_and_where_they_are_found(article: Article) -> None:
    feed = feed_of(article)
    entry = etree.fromstring(feed.atom()).find(f"{ATOM}entry")
    assert entry is not None
    people = [
        (shown(author.name), author.url and uri(author.url), author.email) for author in article.authors
    ]
    people = people or [("Report", "https://report.example/", None)]
    assert [
        tuple(author.findtext(f"{ATOM}{part}") for part in ("name", "uri", "email"))
        for author in entry.iterfind(f"{ATOM}author")
    ] == people
    (item,) = json.loads(feed.json())["items"]
    assert [(author["name"], author.get("url")) for author in item["authors"]] == [
        (name, url) for name, url, _ in people
    ]
    assert [(author["name"], author["email"]) for author in item.get("_newsfeed", {}).get("authors", [])] == [
        (name, email) for name, _, email in people if email
    ]


@given(articles)
def test_files_are_enclosures(article: Article) -> None:
    feed = feed_of(article)
    files = [file_of(media) for media in article.media]
    item = etree.fromstring(feed.rss()).find("channel/item")
    entry = etree.fromstring(feed.atom()).find(f"{ATOM}entry")
    assert item is not None
    assert entry is not None
    assert [
        (enclosure.get("url"), enclosure.get("type"), enclosure.get("length"))
        for enclosure in item.iterfind("enclosure")
    ] == [
        (uri(file.url), file.type, str(file.length or 0))
        for file in article.media and [main_file(article.media)]
    ]
    assert [
        (link.get("href"), link.get("type"), link.get("length"), link.get("title"))
        for link in entry.iterfind(f"{ATOM}link")
        if link.get("rel") == "enclosure"
    ] == [
        (file.url, file.type, None if file.length is None else str(file.length), file.description)
        for file in files
    ]


@given(articles)
def test_an_id_that_is_the_page_is_a_permalink(article: Article) -> None:
    item = etree.fromstring(feed_of(article).rss()).find("channel/item")
    assert item is not None
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == ("true" if guid.text == item.findtext("link") else "false")


@given(articles)
def test_the_head_says_what_the_site_says(article: Article) -> None:
    feed = feed_of(article, site=RICH_SITE)
    channel = etree.fromstring(feed.rss())[0]
    atom = etree.fromstring(feed.atom())
    head = json.loads(feed.json())
    title = RICH_SITE.text(RICH_SITE.title, article.language)
    assert channel.findtext("title") == atom.findtext(f"{ATOM}title") == head["title"] == title
    assert channel.findtext("link") == head["home_page_url"] == "https://xn--80aswg.example/"
    assert channel.findtext("description") == atom.findtext(f"{ATOM}subtitle") == head["description"]
    assert channel.findtext("language") == head["language"] == article.language
    assert channel.findtext("copyright") == atom.findtext(f"{ATOM}rights") == "© <Report> & partners"
    assert channel.findtext("image/url") == atom.findtext(f"{ATOM}logo") == head["icon"]
