"""A feed by feedgen alone: the loop that somebody writes who has read its documentation and knows the formats.

It loads the extensions that help, hands over aware dates and absolute addresses, names every link's relation, keeps
the order, and says everything that feedgen has a setter for. It touches nothing private.
"""

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from newsfeed import Entry, Feed, Media, Person
from newsfeed.model.media_types import medium_of
from newsfeed.text.html.words import escape
from newsfeed.text.urls import ascii_uri

__all__ = ["document"]


def document(feed: Feed, name: str) -> bytes:
    """Write a feed with feedgen alone, as `rss` or `atom`: one generator for each, since `self` differs."""
    generator = _generator_of(feed, name)
    written: bytes = generator.rss_str() if name == "rss" else generator.atom_str()
    return written


def _generator_of(feed: Feed, name: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("media")
    if name == "rss":
        generator.load_extension("dc")
    _fill_head(generator, feed, name)
    for entry in feed.entries:
        _fill_entry(generator.add_entry(order="append"), entry, name, content=feed.content == "full")
    return generator


def _fill_head(generator: FeedGenerator, feed: Feed, name: str) -> None:
    site, language = feed.site, feed.language
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.description)
    generator.language(language)
    generator.generator("newsfeed")
    generator.author([_person(author) for author in feed.authors])
    home = {"href": feed.home, "rel": "alternate", "type": "text/html"}
    links = [
        _present(href=link.url, rel=link.rel, type=link.type, hreflang=link.language, title=link.title)
        for link in feed.links(name)
    ]
    # The last link of all becomes the channel's in RSS.
    generator.link([*links, home] if name == "rss" else [home, *links])
    if site.rights is not None:
        generator.rights(site.text(site.rights, language))
    if site.logo is not None:
        generator.logo(ascii_uri(site.logo))
    if site.icon is not None:
        generator.icon(ascii_uri(site.icon))
    generator.updated(feed.updated)


def _fill_entry(filled: FeedEntry, entry: Entry, name: str, *, content: bool) -> None:
    filled.guid(entry.id, permalink=entry.id == entry.url)
    filled.title(entry.headline if name == "atom" else entry.title)
    filled.link(href=entry.url, rel="alternate", type="text/html", hreflang=entry.language)
    summary = escape(entry.summary or entry.title)
    if content and entry.content is not None:
        filled.content(entry.content, type="html")
        if name == "atom" and entry.summary_repeats_content:
            summary = ""
    if summary:
        filled.summary(summary, type="html")
    filled.author([_person(author) for author in entry.authors])
    filled.category([{"term": tag.term, "label": tag.label, "scheme": tag.scheme} for tag in entry.tags])
    filled.published(entry.published)
    filled.updated(entry.updated)
    if entry.rights is not None:
        filled.rights(entry.rights)
    filled.link(
        [
            _present(
                href=edition.url,
                rel="related",
                type="text/html",
                hreflang=edition.language,
                title=edition.title,
            )
            for edition in entry.translations
        ]
    )
    filled.link(
        [
            _present(
                href=media.url,
                rel="enclosure",
                type=media.type,
                length=_decimal(media.length),
                title=media.description,
            )
            for media in entry.media
        ]
    )
    if entry.source is not None:
        filled.source(url=entry.source.url, title=entry.source.title or entry.source.url)
    for number, media in enumerate(entry.media):
        # Files that are not the same in another form each need a group of their own.
        filled.media.content(_media_content(media), group=str(number))
    if name == "rss":
        filled.dc.dc_creator([author.name for author in entry.authors])
        filled.dc.dc_language(entry.language)
        if entry.rights is not None:
            filled.dc.dc_rights(entry.rights)


def _person(person: Person) -> dict[str, str]:
    return _present(name=person.name, email=person.email, uri=person.url)


def _media_content(media: Media) -> dict[str, str]:
    return _present(
        url=media.url,
        fileSize=_decimal(media.length),
        type=media.type,
        medium=medium_of(media.type),
        duration=None if media.duration is None else str(round(media.duration)),
        height=_decimal(media.height),
        width=_decimal(media.width),
    )


def _decimal(number: int | None) -> str | None:
    return None if number is None else str(number)


def _present(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
