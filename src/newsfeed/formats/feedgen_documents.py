"""RSS and Atom as feedgen and lxml write them: slowly, but right. `xml_documents.py` traces what is here.

Importing feedgen takes as long as writing a thousand entries, so it is imported by those who need it.
"""

from feedgen.feed import FeedGenerator
from lxml import etree

from newsfeed.formats.feedgen_mapping import add_entry, fill_entry, fill_head, generator_of, register
from newsfeed.formats.render_model import ENDS, EntryModel, FeedModel, XmlFormat, feed_model
from newsfeed.model.feed import ContentProfile, Entry, Extension, FeedData

__all__ = ["untraced", "write_entry", "write_extended_entry", "write_extended_head", "write_head"]

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


def untraced(feed: FeedData, form: XmlFormat) -> bytes:
    """Write a feed with feedgen alone: without tracing, and without a stylesheet, which feedgen doesn't support."""
    return _serialised(_tree(generator_of(feed), form)).encode()


def write_head(model: FeedModel, separator: str, *, form: XmlFormat) -> str:
    """Write the document that a feed would be without its entries; see `Tracer`."""
    generator = FeedGenerator()
    register(generator, ())
    fill_head(generator, rss=model, atom=model)
    root = _tree(generator, form)
    _separate_children(root[0] if form == "rss" else root, separator)
    return _serialised(root)


def write_extended_head(feed: FeedData, form: XmlFormat) -> bytes:
    """Write the document that a feed with extensions would be without its entries."""
    model = feed_model(feed, form)
    generator = FeedGenerator()
    register(generator, feed.extensions)
    fill_head(generator, rss=model, atom=model)
    return _serialised(_tree(generator, form)).encode()


def write_entry(model: EntryModel, separator: str, *, form: XmlFormat) -> str:
    """Write an entry; see `Tracer`."""
    generator = _some_generator()
    empty = _serialised(_tree(generator, form))
    fill_entry(generator.add_entry(), model)
    root = _tree(generator, form)
    _separate_children((root[0] if form == "rss" else root)[-1], separator)
    return _between(empty, _serialised(root), form)


def write_extended_entry(entry: Entry, profile: ContentProfile, form: XmlFormat) -> bytes:
    """Write an entry with the user's extensions, in a separate document."""
    generator = _some_generator(profile.extensions)
    empty = _serialised(_tree(generator, form))
    add_entry(generator, entry, profile)
    return _between(empty, _serialised(_tree(generator, form)), form).encode()


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
    end = ENDS[form]
    return document[len(empty) - len(end) : -len(end)]
