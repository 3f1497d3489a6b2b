"""The mapping from a feed and its entries to feedgen's objects.

RSS and Atom are written from the same objects. What feedgen writes correctly is set here, through its setters. Our
extension adds what it can't write, or gets wrong: feedgen calls it at the end of each feed's head and of each entry, with
the lxml element so far, and `rss.py` or `atom.py` completes it. It is registered after the user's, so that the elements of
their extensions also come before the first entry.

The mapping reads the render model (`render_model.py`) and nothing else, so that it can be traced (`tracing.py`).
"""

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator

from newsfeed.errors import InvalidValue
from newsfeed.formats import atom as atom_elements
from newsfeed.formats import rss as rss_elements
from newsfeed.formats.elements import NAMESPACES, SOME_DATE
from newsfeed.formats.lead_images import content_of
from newsfeed.formats.render_model import (
    AuthorModel,
    EntryModel,
    EscapedContent,
    FeedModel,
    entry_model,
    feed_model,
)
from newsfeed.model.feed import ContentProfile, Entry, Extension, FeedData
from newsfeed.text.nearest import nearest

__all__ = ["add_entry", "fill_entry", "fill_head", "generator_of", "register"]

#: feedgen's own extensions.
_OWN = ("dc", "geo", "media", "podcast", "syndication", "torrent")


def generator_of(feed: FeedData) -> FeedGenerator:
    """Return a feedgen generator filled with a feed.

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
    """Add an entry for users who continue with feedgen: with dates that they can read, and by their callables."""
    filled = generator.add_entry(order="append")
    shown = content_of(entry, profile)
    content = EscapedContent(shown) if shown else None
    fill_entry(filled, entry_model(entry, content, profile))
    filled.published(entry.published)
    filled.updated(entry.updated)
    _forget(filled, "_FeedEntry__rss_pubDate")
    for extension in profile.extensions:
        if extension.entry is not None:
            extension.entry(filled, entry)


def register(generator: FeedGenerator, extensions: tuple[Extension, ...]) -> None:
    """Register the user's extensions, and then ours.

    Raises:
        InvalidValue: feedgen has no extension with that name.
    """
    for extension in extensions:
        _register(generator, extension)
    generator.register_extension("newsfeed", _FeedExtension, _EntryExtension)


def _register(generator: FeedGenerator, extension: Extension) -> None:
    if extension.feed_class is None and extension.entry_class is None:
        try:
            generator.load_extension(extension.name, atom=extension.atom, rss=extension.rss)
        except (ImportError, AttributeError) as error:
            has_own_name = isinstance(error, ImportError) and not nearest(extension.name, _OWN, likeness=0.8)
            if has_own_name and (extension.feed is not None or extension.entry is not None):
                return  # a function that sets what feedgen has anyway
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
    """Set what a feed's head says.

    Args:
        generator: An empty generator with our extension.
        rss: What RSS says about the feed.
        atom: What Atom says about it; only the links differ.
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
    """Set what an entry says.

    Args:
        filled: An empty entry of a generator that has our extension.
        entry: What both formats say about it.
    """
    filled.guid(entry.guid, permalink=entry.is_permalink)
    filled._FeedEntry__atom_id = entry.id  # noqa: SLF001 - feedgen takes one text for both
    filled.title(entry.title)
    if entry.is_untitled:
        _forget(filled, "_FeedEntry__rss_title")  # Atom needs one, RSS doesn't
    filled.link(href=entry.external_url or entry.url, rel="alternate")
    if entry.comments_url is not None:
        filled.comments(entry.comments_url)
    if entry.summary_repeats_content:
        filled.description(entry.summary)  # RSS needs one before content:encoded; Atom doesn't
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
    """Return a person without the e-mail address, which would make feedgen write `author` beside `dc:creator` in RSS."""
    return {"name": author.name} | ({"uri": author.url} if author.url else {})


def _forget(filled: Any, private_field: str) -> None:  # noqa: ANN401 - feedgen ships no types
    """Clear what feedgen would write: the title of a note in RSS, and dates through `setlocale`, which affects the process.

    Our extension writes the dates. The setters ignore `None`, so this can't be done publicly.
    """
    if not hasattr(filled, private_field):
        raise AttributeError(
            f"this version of feedgen keeps {private_field} elsewhere; newsfeed needs feedgen 1.x"
        )
    setattr(filled, private_field, None)


class _FeedExtension(BaseExtension):  # type: ignore[misc] # feedgen ships no types
    """Completes the head of a feed."""

    #: What RSS says about the feed, and what Atom says.
    rss: FeedModel
    atom: FeedModel

    def extend_ns(self) -> dict[str, str]:
        """Declare the same namespaces in every feed, so that entries can be moved between feeds as they are."""
        return dict(NAMESPACES)

    def extend_rss(self, root: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `channel`."""
        rss_elements.complete_channel(root[0], self.rss)
        return root

    def extend_atom(self, root: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `feed`."""
        atom_elements.complete_feed(root, self.atom)
        return root


class _EntryExtension(BaseEntryExtension):  # type: ignore[misc] # feedgen ships no types
    """Completes an entry. An entry that the user added to a filled generator is left as it is."""

    entry: EntryModel | None = None

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `item`."""
        if self.entry is not None:
            rss_elements.complete_item(item, self.entry)
        return item

    def extend_atom(self, element: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Complete `entry`."""
        if self.entry is not None:
            atom_elements.complete_entry(element, self.entry)
        return element
