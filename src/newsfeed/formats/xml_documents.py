"""RSS and Atom documents: a head, and entries that are each written once for all feeds.

A document is a join. Its head is written for the feed. An entry's element depends on its article and on the feed's
content profile, but on nothing else of the feed, so it is kept in a cache. Both are traced (`tracing.py`).

What a user's feedgen extension touches is written by feedgen itself, because an extension can depend on anything: an
entry, if there is an `entry` callable or a class for entries; the whole document, if there is a `feed` callable, which
is given all entries.
"""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from feedgen.feed import FeedGenerator
from lxml import etree

from newsfeed.formats.feedgen_mapping import add_entry, fill_entry, fill_head, generator_of, register
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.render_model import EntryModel, EscapedContent, FeedModel, entry_model, feed_model
from newsfeed.formats.tracing import Tracer
from newsfeed.model.feed import ContentProfile, Entry, Extension, FeedData
from newsfeed.model.site import STYLESHEET
from newsfeed.text.relative_links import relative_link
from newsfeed.text.urls import ascii_uri
from newsfeed.text.xml_escapes import escaped_text, for_quotes

__all__ = [
    "XmlFormat",
    "untraced",
    "write_atom",
    "write_atom_entry",
    "write_rss",
    "write_rss_entry",
]

XmlFormat = Literal["rss", "atom"]


#: How a document ends.
_END = {"rss": "</channel></rss>", "atom": "</feed>"}
#: The head of documents that are written for one entry only.
_SOME_HEAD = FeedModel(
    id="some:id",
    title="some title",
    description="some description",
    language="en",
    home="some:home",
    rights=None,
    logo=None,
    icon=None,
    updated="some date",
    last_build_date=None,
    authors=(),
    links=(),
    tombstones=(),
)


def write_rss(feed: FeedData, cache: RenderCache) -> bytes:
    """Write a feed as RSS 2.0.

    Args:
        feed: The feed.
        cache: Where its rendered items are kept.

    Returns:
        The document in UTF-8, each item on a line of its own.
    """
    return _document(feed, "rss", cache)


def write_atom(feed: FeedData, cache: RenderCache) -> bytes:
    """Write a feed as Atom 1.0 (RFC 4287).

    Args:
        feed: The feed.
        cache: Where its rendered entries are kept.

    Returns:
        The document in UTF-8, each entry on a line of its own.
    """
    return _document(feed, "atom", cache)


def write_rss_entry(entry: Entry, profile: ContentProfile, cache: RenderCache) -> Sequence[bytes]:
    """Write an item of RSS, once for all feeds that show it alike.

    Returns:
        Its element in chunks.
    """
    return _entry(entry, profile, "rss", cache)


def write_atom_entry(entry: Entry, profile: ContentProfile, cache: RenderCache) -> Sequence[bytes]:
    """Write an entry of Atom, once for all feeds that show it alike.

    Returns:
        Its element in chunks.
    """
    return _entry(entry, profile, "atom", cache)


def _document(feed: FeedData, form: XmlFormat, cache: RenderCache) -> bytes:
    if any(extension.feed is not None for extension in feed.extensions):
        return _with_stylesheet(untraced(feed, form), feed)
    profile = feed.content_profile
    chunks: list[bytes] = []
    for entry in feed.entries:
        chunks += _entry(entry, profile, form, cache)
    head, end = _with_stylesheet(_head(feed, form), feed), _END[form].encode()
    return b"".join([head.removesuffix(end), *chunks, end])


def untraced(feed: FeedData, form: XmlFormat) -> bytes:
    """Write a feed with feedgen alone: without tracing, and without a stylesheet, which feedgen doesn't support."""
    return _serialised(_tree(generator_of(feed), form)).encode()


def _with_stylesheet(document: bytes, feed: FeedData) -> bytes:
    """Name the stylesheet for browsers after the XML declaration, if the site has one (Associating Style Sheets §4).

    The link is relative, so that it works before the folder is published.
    """
    if not feed.site.stylesheet:
        return document
    base = ascii_uri(feed.site.feeds_url)
    address = base + STYLESHEET
    declaration, line_break, rest = document.partition(b"?>\n")
    href = for_quotes(escaped_text(relative_link(address, feed.address, base) if feed.path else address))
    instruction = b'<?xml-stylesheet type="text/css" href="' + href + b'"?>\n'
    return declaration + line_break + instruction + rest


def _touches_entries(extension: Extension) -> bool:
    by_name = extension.feed_class is None and extension.entry_class is None
    return extension.entry is not None or extension.entry_class is not None or by_name


def _entry(entry: Entry, profile: ContentProfile, form: XmlFormat, cache: RenderCache) -> Sequence[bytes]:
    """Return an entry's element in chunks, from the cache if it is there."""
    rendered = cache.rendered(entry)
    key = (form, profile)
    chunks: Sequence[bytes] | None = rendered.get(key)
    if chunks is None:
        if any(map(_touches_entries, profile.extensions)):
            chunks = (_entry_with_extensions(entry, profile, form),)
        else:
            content = _content(entry, cache) if profile.content == "full" else None
            model = entry_model(entry, content, translations=profile.translations)
            chunks = _ENTRIES[form].write(model)
        rendered[key] = chunks
    return chunks


def _content(entry: Entry, cache: RenderCache) -> EscapedContent | None:
    """Return an entry's content. RSS and Atom share it, because it is most of what the cache holds."""
    shared = cache.shared(entry)
    if entry.content and "content" not in shared:
        shared["content"] = EscapedContent(entry.content)
    content: EscapedContent | None = shared.get("content")
    return content


def _entry_with_extensions(entry: Entry, profile: ContentProfile, form: XmlFormat) -> bytes:
    """Write an entry with the user's extensions with feedgen, in a separate document."""
    generator = _some_generator(profile.extensions)
    empty = _serialised(_tree(generator, form))
    add_entry(generator, entry, profile)
    return _between(empty, _serialised(_tree(generator, form)), form).encode()


def _head(feed: FeedData, form: XmlFormat) -> bytes:
    """Write the document that the feed would be without its entries."""
    model = feed_model(feed, form)
    if not feed.extensions:
        return b"".join(_HEADS[form].write(model))
    generator = FeedGenerator()
    register(generator, feed.extensions)
    fill_head(generator, rss=model, atom=model)
    return _serialised(_tree(generator, form)).encode()


def _head_by_feedgen(model: FeedModel, separator: str, *, form: XmlFormat) -> str:
    generator = FeedGenerator()
    register(generator, ())
    fill_head(generator, rss=model, atom=model)
    root = _tree(generator, form)
    _separate_children(root[0] if form == "rss" else root, separator)
    return _serialised(root)


def _entry_by_feedgen(model: EntryModel, separator: str, *, form: XmlFormat) -> str:
    generator = _some_generator()
    empty = _serialised(_tree(generator, form))
    fill_entry(generator.add_entry(), model)
    root = _tree(generator, form)
    _separate_children((root[0] if form == "rss" else root)[-1], separator)
    return _between(empty, _serialised(root), form)


_FORMATS: tuple[XmlFormat, ...] = ("rss", "atom")
_HEADS = {form: Tracer(partial(_head_by_feedgen, form=form), FeedModel) for form in _FORMATS}
_ENTRIES = {form: Tracer(partial(_entry_by_feedgen, form=form), EntryModel) for form in _FORMATS}


def _some_generator(extensions: tuple[Extension, ...] = ()) -> FeedGenerator:
    generator = FeedGenerator()
    register(generator, extensions)
    fill_head(generator, rss=_SOME_HEAD, atom=_SOME_HEAD)
    return generator


def _tree(generator: FeedGenerator, form: XmlFormat) -> etree._Element:
    root, _ = generator._create_rss() if form == "rss" else generator._create_atom()  # noqa: SLF001 - what rss_str and atom_str serialise
    tree: etree._Element = root
    return tree


def _serialised(root: etree._Element) -> str:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()


def _separate_children(element: etree._Element, separator: str) -> None:
    element.text = separator + (element.text or "")
    for child in element:
        child.tail = separator + (child.tail or "")  # what follows the last child isn't part of it


def _between(empty: str, document: str, form: XmlFormat) -> str:
    """Return the entry of a document with one entry.

    Args:
        empty: The document without that entry.
        document: The document.
        form: Its format.
    """
    end = _END[form]
    return document[len(empty) - len(end) : -len(end)]
