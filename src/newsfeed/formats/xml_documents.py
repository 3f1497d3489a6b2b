"""RSS and Atom documents: a head, and entries that are each written once for all feeds.

A document is a join. Its head is written for the feed. An entry's element depends on its article and on the feed's
content profile, but on nothing else of the feed, so it is kept in a cache. Both are traced (`tracing.py`).

What a user's feedgen extension touches is written by feedgen itself, because an extension can depend on anything: an
entry, if there is an `entry` callable or a class for entries; the whole document, if there is a `feed` callable, which
is given all entries.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from newsfeed.formats.flat_records import FlatRecord
from newsfeed.formats.lead_images import content_of
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.render_model import (
    ENDS,
    EntryModel,
    EscapedContent,
    FeedModel,
    XmlFormat,
    entry_model,
    feed_model,
)
from newsfeed.formats.trace_patterns import TracedShapes
from newsfeed.formats.tracing import Tracer
from newsfeed.model.feed import ContentProfile, Entry, Extension, FeedData
from newsfeed.model.site import STYLESHEET
from newsfeed.text.relative_links import relative_link
from newsfeed.text.urls import ascii_uri
from newsfeed.text.xml_escapes import escaped_text, for_quotes

__all__ = [
    "count_shapes",
    "learn_shapes",
    "traced_shapes",
    "write_atom",
    "write_atom_entry",
    "write_rss",
    "write_rss_entry",
]


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
    return _entry(entry, profile, ("rss",), cache)


def write_atom_entry(entry: Entry, profile: ContentProfile, cache: RenderCache) -> Sequence[bytes]:
    """Write an entry of Atom, once for all feeds that show it alike.

    Returns:
        Its element in chunks.
    """
    return _entry(entry, profile, ("atom",), cache)


def _document(feed: FeedData, form: XmlFormat, cache: RenderCache) -> bytes:
    if any(extension.feed is not None for extension in feed.extensions):
        from newsfeed.formats.feedgen_documents import untraced

        return _with_stylesheet(untraced(feed, form), feed)
    profile = feed.content_profile
    forms = (form, *[other for other in _FORMATS if other != form and other in feed.formats])
    chunks: list[bytes] = []
    for entry in feed.entries:
        chunks += _entry(entry, profile, forms, cache)
    head, end = _with_stylesheet(_head(feed, form), feed), ENDS[form].encode()
    return b"".join([head.removesuffix(end), *chunks, end])


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


def _entry(
    entry: Entry, profile: ContentProfile, forms: Sequence[XmlFormat], cache: RenderCache
) -> Sequence[bytes]:
    """Return an entry's element in chunks, from the cache if it is there.

    Args:
        entry: The entry.
        profile: How much of it is wanted.
        forms: The wanted format first, and then others that the feed is published in: what is laid out for the first is
            kept until these are written.
        cache: Where the elements are kept.
    """
    rendered = cache.rendered(entry)
    wanted = forms[0], profile
    if wanted not in rendered:
        if any(map(_touches_entries, profile.extensions)):
            from newsfeed.formats.feedgen_documents import write_extended_entry

            rendered[wanted] = (write_extended_entry(entry, profile, forms[0]),)
        else:
            shared = cache.shared(entry)
            record = shared.pop(profile, None)
            if record is None:
                record = FlatRecord(entry_model(entry, _content(entry, profile, cache), profile))
            rendered[wanted] = _ENTRIES[forms[0]].write(record)
            if not all((form, profile) in rendered for form in forms):
                shared[profile] = record
    chunks: Sequence[bytes] = rendered[wanted]
    return chunks


def _content(entry: Entry, profile: ContentProfile, cache: RenderCache) -> EscapedContent | None:
    """Return an entry's content. RSS and Atom share it, because it is most of what the cache holds."""
    if profile.content == "summary" or not entry.content:
        return None
    shared = cache.shared(entry)
    key = "content", profile.lead_image
    if key not in shared:
        shared[key] = EscapedContent(content_of(entry, profile) or entry.content)
    content: EscapedContent = shared[key]
    return content


def _head(feed: FeedData, form: XmlFormat) -> bytes:
    """Write the document that the feed would be without its entries."""
    if feed.extensions:
        from newsfeed.formats.feedgen_documents import write_extended_head

        return write_extended_head(feed, form)
    return b"".join(_HEADS[form].write(FlatRecord(feed_model(feed, form))))


def _head_by_feedgen(model: FeedModel, separator: str, *, form: XmlFormat) -> str:
    from newsfeed.formats.feedgen_documents import write_head

    return write_head(model, separator, form=form)


def _entry_by_feedgen(model: EntryModel, separator: str, *, form: XmlFormat) -> str:
    from newsfeed.formats.feedgen_documents import write_entry

    return write_entry(model, separator, form=form)


def count_shapes() -> int:
    """Return how much was traced until now."""
    return sum(tracer.count for tracer in _tracers().values())


def traced_shapes() -> bytes:
    """Return what was traced until now, for `learn_shapes` in another process that has the same program."""
    return msgspec.json.encode({name: tracer.shapes() for name, tracer in _tracers().items()})


def learn_shapes(traced: bytes) -> None:
    """Take over what another process has traced, instead of importing feedgen and tracing it again."""
    shapes = _SHAPES.decode(traced)
    for name, tracer in _tracers().items():
        tracer.learn(shapes.get(name, TracedShapes()))


_FORMATS: tuple[XmlFormat, ...] = ("rss", "atom")
_HEADS = {form: Tracer(partial(_head_by_feedgen, form=form), FeedModel) for form in _FORMATS}
_ENTRIES = {form: Tracer(partial(_entry_by_feedgen, form=form), EntryModel) for form in _FORMATS}

_SHAPES = msgspec.json.Decoder(dict[str, TracedShapes])


def _tracers() -> Mapping[str, Tracer[FeedModel] | Tracer[EntryModel]]:
    heads = {f"{form} head": _HEADS[form] for form in _FORMATS}
    return heads | {f"{form} entry": _ENTRIES[form] for form in _FORMATS}
