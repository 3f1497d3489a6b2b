"""The mapping: what feedgen is told of a feed and its entries.

RSS and Atom come from the same filled objects. What feedgen says right is said here, through its setters; what it
can't say, or says wrongly, is said by our extension (`feedgen_extension.py`), which is registered after those of the
user, so that the elements of users' extensions stand before the first entry as well.

The mapping reads the render model (`render_model.py`) and nothing else, so that it can be traced (`tracing.py`).
"""

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator

from newsfeed.errors import InvalidValue
from newsfeed.formats.elements import SOME_DATE
from newsfeed.formats.feedgen_extension import NewsfeedEntryExtension, NewsfeedExtension
from newsfeed.formats.render_model import (
    AuthorModel,
    EntryModel,
    EscapedContent,
    FeedModel,
    entry_model,
    feed_model,
)
from newsfeed.model.feed import ContentProfile, Entry, Extension, FeedData

__all__ = ["add_entry", "fill_entry", "fill_head", "generator_of", "register"]


def generator_of(feed: FeedData) -> FeedGenerator:
    """Fill a feedgen generator with a feed.

    Returns:
        A generator whose `rss_str()` and `atom_str()` are the documents.
    """
    generator = FeedGenerator()
    register(generator, feed.extensions)
    fill_head(generator, rss=feed_model(feed, "rss"), atom=feed_model(feed, "atom"))
    if feed.updated is not None:
        generator.updated(feed.updated)
        _forget(generator, "_FeedGenerator__rss_lastBuildDate")
    for entry in feed.entries:
        add_entry(generator, entry, feed.content_profile)
    for extension in feed.extensions:
        if extension.feed is not None:
            extension.feed(generator, feed)
    return generator


def add_entry(generator: FeedGenerator, entry: Entry, profile: ContentProfile) -> None:
    """Fill an entry for those who go on with feedgen: with dates that can be read, and by the user's callables."""
    filled = generator.add_entry(order="append")
    content = EscapedContent(entry.content) if entry.content and profile.content == "full" else None
    fill_entry(filled, entry_model(entry, content, translations=profile.translations))
    filled.published(entry.published)
    filled.updated(entry.updated)
    _forget(filled, "_FeedEntry__rss_pubDate")
    for extension in profile.extensions:
        if extension.entry is not None:
            extension.entry(filled, entry)


def register(generator: FeedGenerator, extensions: tuple[Extension, ...]) -> None:
    """Register users' extensions, and then ours.

    Raises:
        InvalidValue: If feedgen has no extension of a name.
    """
    for extension in extensions:
        _register(generator, extension)
    generator.register_extension("newsfeed", NewsfeedExtension, NewsfeedEntryExtension)


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


def fill_head(generator: FeedGenerator, *, rss: FeedModel, atom: FeedModel) -> None:
    """Say what a feed is.

    Args:
        generator: An empty generator with our extension.
        rss: What RSS says of the feed.
        atom: What Atom says of it; only the links differ.
    """
    generator.id(atom.id)
    generator.title(atom.title)
    generator.description(atom.description)
    generator.language(atom.language)
    generator.link(href=atom.home, rel="alternate", type="text/html")
    generator.generator("newsfeed")
    generator.author([_author(author) for author in atom.authors])
    if atom.rights is not None:
        generator.rights(atom.rights)
    if atom.logo is not None:
        generator.logo(atom.logo)
    if atom.icon is not None:
        generator.icon(atom.icon)
    generator.updated(SOME_DATE)
    _forget(generator, "_FeedGenerator__rss_lastBuildDate")
    generator.newsfeed.rss = rss
    generator.newsfeed.atom = atom


def fill_entry(filled: FeedEntry, entry: EntryModel) -> None:
    """Say what an entry is.

    Args:
        filled: An empty entry of a generator that has our extension.
        entry: What both formats say of it.
    """
    filled.guid(entry.id, permalink=entry.is_permalink)
    filled.title(entry.title)
    filled.link(href=entry.url, rel="alternate")
    if entry.summary_repeats_content:
        filled.description(entry.summary)  # RSS wants one before content:encoded; Atom goes without
    else:
        filled.summary(entry.summary, type="html")
    if entry.content is not None:
        filled.content(entry.content.plain, type="html")
    filled.author([_author(author) for author in entry.authors])
    filled.category(
        [{"term": tag.term, "label": tag.label, "scheme": tag.scheme} for tag in entry.categories]
    )
    if entry.rights is not None:
        filled.rights(entry.rights)
    filled.published(SOME_DATE)
    filled.updated(SOME_DATE)
    _forget(filled, "_FeedEntry__rss_pubDate")
    filled.newsfeed.entry = entry


def _author(author: AuthorModel) -> dict[str, str]:
    """Give feedgen a person without the e-mail address, which would make it write RSS's `author` beside `dc:creator`."""
    return {"name": author.name} | ({"uri": author.url} if author.url else {})


def _forget(filled: Any, private_field: str) -> None:  # noqa: ANN401 - feedgen ships no types
    """Clear a date that feedgen would write through `setlocale`, which changes the whole process; the extension writes it.

    There is no public way: the setters ignore `None`.
    """
    if not hasattr(filled, private_field):
        raise AttributeError(
            f"this version of feedgen keeps {private_field} elsewhere; newsfeed needs feedgen 1.x"
        )
    setattr(filled, private_field, None)
