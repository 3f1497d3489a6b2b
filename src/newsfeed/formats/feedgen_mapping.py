"""The mapping: from Feed and Entry to feedgen's generator and entries.

RSS and Atom come from the same filled objects. What feedgen says right is said here, through its setters; what it
can't say, or says wrongly, is said by our extension (`feedgen_extension.py`), which is registered last, so that the
elements of users' extensions stand before the first entry as well.
"""

from datetime import UTC, datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator

from newsfeed.errors import InvalidValue
from newsfeed.formats.feedgen_extension import NewsfeedEntryExtension, NewsfeedExtension
from newsfeed.model.article import Person
from newsfeed.model.feed import Entry, Extension, Feed
from newsfeed.text.html import escape
from newsfeed.text.urls import ascii_uri

__all__ = ["generator_of"]

#: `updated` of a feed without entries: Atom needs one, and the clock would change the file at every build.
_EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)


def generator_of(feed: Feed) -> FeedGenerator:
    """Fill a feedgen generator with a feed.

    Returns:
        A generator whose `rss_str()` and `atom_str()` are the documents.
    """
    generator = FeedGenerator()
    for extension in feed.extensions:
        _register(generator, extension)
    generator.register_extension("newsfeed", NewsfeedExtension, NewsfeedEntryExtension)
    _fill_head(generator, feed)
    for entry in feed.entries:
        filled = generator.add_entry(order="append")
        _fill_entry(filled, entry, feed)
        for extension in feed.extensions:
            if extension.entry is not None:
                extension.entry(filled, entry)
    for extension in feed.extensions:
        if extension.feed is not None:
            extension.feed(generator, feed)
    return generator


def _register(generator: FeedGenerator, extension: Extension) -> None:
    if extension.feed_class is None and extension.entry_class is None:
        try:
            generator.load_extension(extension.name, atom=extension.atom, rss=extension.rss)
        except (ImportError, AttributeError) as error:
            raise InvalidValue(
                f"feedgen can't load an extension {extension.name!r}: {error}",
                "name one of its own (dc, geo, media, podcast, syndication, torrent), each once, or give feed_class",
                field="extensions",
            ) from error
    else:
        generator.register_extension(
            extension.name,
            extension.feed_class or BaseExtension,
            extension.entry_class,
            atom=extension.atom,
            rss=extension.rss,
        )


def _fill_head(generator: FeedGenerator, feed: Feed) -> None:
    site, language = feed.site, feed.language
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.language(language)
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.generator("newsfeed")
    generator.author([_author(person) for person in feed.authors])
    if site.rights is not None:
        generator.rights(site.text(site.rights, language))
    if site.logo is not None:
        generator.logo(ascii_uri(site.logo))
    if site.icon is not None:
        generator.icon(ascii_uri(site.icon))
    generator.updated(feed.updated or _EMPTY_SINCE)
    _forget(generator, "_FeedGenerator__rss_lastBuildDate")
    generator.newsfeed.feed = feed


def _fill_entry(filled: FeedEntry, entry: Entry, feed: Feed) -> None:
    filled.guid(entry.id, permalink=entry.id == entry.url)
    filled.title(entry.title)
    filled.link(href=entry.url, rel="alternate")
    filled.summary(escape(entry.summary or entry.title), type="html")
    if entry.content is not None and feed.content == "full":
        filled.content(entry.content, type="html")
    filled.author([_author(person) for person in entry.authors])
    filled.category([{"term": tag.term, "label": tag.label, "scheme": tag.scheme} for tag in entry.tags])
    if entry.rights is not None:
        filled.rights(entry.rights)
    filled.published(entry.published)
    filled.updated(entry.updated)
    _forget(filled, "_FeedEntry__rss_pubDate")
    filled.newsfeed.entry = entry
    filled.newsfeed.translations = feed.site.translations


def _author(person: Person) -> dict[str, str]:
    """Give feedgen a person without the e-mail address, which would make it write RSS's `author` beside `dc:creator`."""
    return {"name": person.name} | ({"uri": person.url} if person.url else {})


def _forget(filled: Any, private_field: str) -> None:  # noqa: ANN401 - feedgen ships no types
    """Clear a date that feedgen would write through `setlocale`, which changes the whole process; the extension writes it.

    There is no public way: the setters ignore `None`.
    """
    if not hasattr(filled, private_field):
        raise AttributeError(
            f"this version of feedgen keeps {private_field} elsewhere; newsfeed needs feedgen 1.x"
        )
    setattr(filled, private_field, None)
