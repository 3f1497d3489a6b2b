"""CheckGroup that come before all others: the file can be read, and is a feed."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument

__all__ = ["CHECKS", "UNKNOWN", "XML"]

CHECKS = CheckGroup("unread")


def _refused(document: ParsedDocument, code: str) -> Iterator[Problem]:
    refusal = document.refusal
    if refusal is not None and refusal.code == code:
        yield Problem(refusal.line, refusal.column, "", refusal.reason)


@CHECKS.error(
    "NF201",
    "A feed is well-formed XML, or JSON.",
    why="Readers stop at the first problem and show nothing at all, or an old copy.",
    fix="write the file with an XML or JSON library, never by joining strings",
    specification="XML 1.0 §2.1, RFC 8259 §2",
)
def well_formed(document: ParsedDocument) -> Iterator[Problem]:
    """Find where reading stopped."""
    return _refused(document, "NF201")


@CHECKS.error(
    "NF202",
    "A feed is written in the encoding that it declares.",
    why="A reader that can't decode it shows nothing, or strange signs instead of letters.",
    fix="write UTF-8, and say so in the XML declaration",
    specification="XML 1.0 §4.3.3, RFC 8259 §8.1",
)
def encoded_as_declared(document: ParsedDocument) -> Iterator[Problem]:
    """Find an encoding that doesn't fit."""
    return _refused(document, "NF202")


@CHECKS.error(
    "NF203",
    "A feed declares no entities.",
    why="A few lines of entities expand to gigabytes or fetch other files, so careful readers refuse them all.",
    fix="write the text itself where the entity is used, and take the declaration out",
    specification="XML 1.0 §4.2, RFC 4287 §8.3",
)
def no_entities(document: ParsedDocument) -> Iterator[Problem]:
    """Find a declaration of an entity."""
    return _refused(document, "NF203")


@CHECKS.error(
    "NF204",
    "XML knows five named entities: amp, lt, gt, quot and apos.",
    why="HTML's names, such as &nbsp;, end the reading of the whole feed.",
    fix="write the character itself, or its number, such as &#160;",
    specification="XML 1.0 §4.6",
)
def known_entities(document: ParsedDocument) -> Iterator[Problem]:
    """Find a named entity that nothing declares."""
    return _refused(document, "NF204")


@CHECKS.error(
    "NF205",
    "A feed has a size and a depth that can be read.",
    why="Readers bound both, so that a hostile file can't stop them.",
    fix="publish fewer entries, or less in each",
    specification="RFC 4287 §8",
)
def bounded(document: ParsedDocument) -> Iterator[Problem]:
    """Find a file that is too large or nested too deep."""
    return _refused(document, "NF205")


@CHECKS.error(
    "NF206",
    "Every prefix is declared by an xmlns attribute.",
    why="Without its namespace an element means nothing, and most readers stop reading.",
    fix="declare the prefix in the outermost element",
    specification="Namespaces in XML 1.0 §2.1",
)
def declared_prefixes(document: ParsedDocument) -> Iterator[Problem]:
    """Find a prefix that nothing declares."""
    return _refused(document, "NF206")


UNKNOWN = CheckGroup("xml")


@UNKNOWN.error(
    "NF207",
    "A feed is RSS 2.0, Atom 1.0, JSON Feed 1.1, OPML or a news sitemap.",
    why="A reader that doesn't know the outermost element shows nothing.",
    fix="write one of these kinds, in its own namespace",
    specification="RSS 2.0, RFC 4287 §4.1.1",
)
def known_kind(document: ParsedDocument) -> Iterator[Problem]:
    """Find another outermost element."""
    name = f"{document.root.shown} in {document.root.space}" if document.root.space else document.root.shown
    yield at(document.root, f"the outermost element is {name}")


XML = CheckGroup("rss", "atom", "opml", "sitemap")

#: Encodings that readers know, in small letters: those of most feeds, and China's standard.
_COMMON = {
    *("euc-jp", "gb18030", "iso-8859-1", "iso-8859-15", "iso-8859-2", "iso-8859-7", "koi8-r", "shift_jis"),
    *("us-ascii", "utf-16", "utf-16be", "utf-16le", "utf-8", "windows-1250", "windows-1251", "windows-1252"),
    *("windows-1254", "windows-1255", "windows-1256"),
}
_NETSCAPE = "http://my.netscape.com/publish/formats/rss-0.91.dtd"
_RSS_091 = {_NETSCAPE, "http://www.rssboard.org/rss-0.91.dtd"}


@XML.error(
    "NF208",
    "A feed is XML 1.0.",
    why="Readers refuse XML 1.1, which hardly any parser knows.",
    fix='write <?xml version="1.0" encoding="utf-8"?>',
    specification="XML 1.0 §2.8",
)
def first_version(document: ParsedDocument) -> Iterator[Problem]:
    """Find another version."""
    version = document.xml.version if document.xml is not None else None
    if version not in {None, "1.0"}:
        yield Problem(1, 1, "", f"it is XML {version}")


@XML.warning(
    "NF209",
    "A feed's encoding is one that every reader knows.",
    why="A reader that doesn't know it shows nothing, or strange signs instead of letters.",
    fix="write UTF-8, and say so in the XML declaration",
    specification="XML 1.0 §4.3.3; W3C Feed Validation Service, ObscureEncoding",
)
def common_encoding(document: ParsedDocument) -> Iterator[Problem]:
    """Find an encoding that few readers know."""
    encoding = document.xml.encoding if document.xml is not None else None
    if encoding is not None and encoding.lower() not in _COMMON:
        yield Problem(1, 1, "", f"few readers know the encoding {encoding}")


@XML.error(
    "NF200",
    "The document type of RSS 0.91 stands in feeds of that version only, from its address of today.",
    why="Parsers that fetch it wait for a server that is gone, and take the feed for another version.",
    fix="take the line <!DOCTYPE …> out",
    specification="RSS Advisory Board, RSS 0.91; W3C Feed Validation Service, DeprecatedDTD, InvalidDoctype",
)
def document_type(document: ParsedDocument) -> Iterator[Problem]:
    """Find that document type elsewhere, and its old address."""
    system = (
        document.xml.doctype[1] if document.xml is not None and document.xml.doctype is not None else None
    )
    if system == _NETSCAPE:
        yield Problem(1, 1, "", f"{system} is gone")
    elif system in _RSS_091 and document.root.get("version") != "0.91":
        yield Problem(1, 1, "", f"{system} is for RSS 0.91")
