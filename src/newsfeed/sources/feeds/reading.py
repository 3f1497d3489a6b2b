"""Read a feed: RSS and Atom through feedparser (the extra `feed`), JSON Feed by itself. Ids stay letter for letter."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax import SAXParseException

from newsfeed.errors import InvalidValue, MissingExtra
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.limits import RESPONSE
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.feeds.entries import entry_values
from newsfeed.sources.feeds.json_feed import item_values
from newsfeed.sources.json_values import REFUSED, decoded, problem_of
from newsfeed.sources.records import finding
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.term_sorter import TermSorter
from newsfeed.sources.text_files import Meter, code_of, content_of
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.urls import uri_of_id

__all__ = ["ParsedFeed", "parse_feed", "read_feed"]

_REMEDY = "check what the file or the address holds; a feed is RSS, Atom or JSON Feed"
_FIRST_ELEMENT = lazy_pattern(rb"<(?P<name>[A-Za-z][\w:.-]*)")
#: What describes a picture, which feedparser would take for what describes the entry; under this name it doesn't.
_CAPTION_TAG = lazy_pattern(rb"(</?)media:description\b")
_ENDS = (b"</rss", b"</feed", b":feed>", b"</rdf:rdf", b"</channel")
_HEAD, _TAIL = 4_096, 500


class ParsedFeed(NamedTuple):
    """A feed that was read."""

    #: What it says of itself: `title`, `link`, `language`.
    head: Mapping[str, Any]
    entries: list[Mapping[str, Any]]
    is_json: bool
    #: What is wrong with it as a whole, if anything: it broke off.
    problem: InvalidValue | None = None
    #: What was overlooked to read it, if anything: it isn't well-formed.
    repair: InvalidValue | None = None


def read_feed(
    file: ArticleFile, source: ArticleSource, site: Site, meter: Meter | None = None
) -> Iterator[SourceRecord | Finding]:
    """Read the entries of a feed.

    Args:
        file: The feed.
        source: The source.
        site: The site.
        meter: Counts the bytes that are read.

    Yields:
        Each entry, and what is wrong with the feed as a whole.

    Raises:
        MissingExtra: If feedparser isn't installed.
    """
    data, problem = content_of(file.path, meter, most=RESPONSE)
    place = Place(file=file.name)
    if problem is not None:
        yield finding(problem, place, code=code_of(problem))
        return
    try:
        feed = parse_feed(data)
    except InvalidValue as wrong:
        yield finding(wrong, place, code="NF101")
        return
    words = TermSorter(source, site)
    values_of = item_values if feed.is_json else entry_values
    for number, entry in enumerate(feed.entries, start=1):
        values = _with_uri(values_of(entry, feed.head, words, source, site), site)
        yield SourceRecord(values, Place(file=file.name, record=number), raw=entry)
    if feed.problem is not None:
        yield finding(feed.problem, place, code="NF101")
    elif feed.repair is not None:
        yield finding(feed.repair, place, code="NF101", severity="warning")


def _with_uri(values: dict[str, object], site: Site) -> dict[str, object]:
    """Return the values with an id that is a URI. Where the feed's isn't, RSS and JSON Feed go on writing that."""
    written = str(values.get("id") or "")
    uri = uri_of_id(written, site.ids_url) if written else ""
    return values if uri == written else {**values, "id": uri, "extra": {"guid": written}}


def parse_feed(data: bytes) -> ParsedFeed:
    """Parse a feed.

    Args:
        data: The document.

    Returns:
        The feed. If it broke off, the entry in which it did is missing.

    Raises:
        InvalidValue: If it isn't a feed.
        MissingExtra: If feedparser isn't installed.
    """
    beginning = data[:_HEAD].lstrip()
    if not beginning:
        raise InvalidValue("the feed is empty", _REMEDY)
    if beginning.startswith((b"{", b"[")):
        return _json_feed(data)
    first = _FIRST_ELEMENT.search(data[:_HEAD])
    if first is None:
        raise InvalidValue("this isn't a feed", _REMEDY)
    if first["name"].lower() == b"html":
        raise InvalidValue("this is an HTML page, not a feed", _REMEDY)
    return _xml_feed(data)


def _json_feed(data: bytes) -> ParsedFeed:
    try:
        feed = decoded(data)
    except REFUSED as error:
        problem = problem_of(error, _REMEDY)
        raise InvalidValue(problem.reason, problem.remedy) from error
    items = feed.get("items") if isinstance(feed, Mapping) else None
    if not isinstance(feed, Mapping) or not isinstance(items, list):
        raise InvalidValue("this is JSON, but not a JSON Feed: it has no list of items", _REMEDY)
    return ParsedFeed(feed, [item for item in items if isinstance(item, Mapping)], is_json=True)


def _xml_feed(data: bytes) -> ParsedFeed:
    try:
        import feedparser
    except ImportError as error:
        purpose = "Feeds as sources"
        extra = "feed"
        raise MissingExtra(purpose, extra) from error
    # what is unsafe goes when it is published, and feedparser's own sanitiser would lose players and embeds
    parsed = feedparser.parse(
        BytesIO(_CAPTION_TAG.sub(rb"\1media:caption", data)),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml"},
    )
    entries = [dict(entry) for entry in parsed.entries]
    if not parsed.version and not entries:
        raise InvalidValue("this isn't a feed", _REMEDY)
    problem = None
    if not any(end in data[-_TAIL:].lower() for end in _ENDS):
        entries = entries[:-1]
        read = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'} before it"
        problem = InvalidValue(
            f"the feed breaks off in the middle; {read} can be read", "fetch or export it again"
        )
    for entry, written in zip(entries, _written_ids(data, len(entries)), strict=False):
        entry["id"] = written or entry.get("id", "")
    repair = None
    if isinstance(wrong := parsed.get("bozo_exception"), SAXParseException):
        reason = f"the feed isn't well-formed XML at line {wrong.getLineNumber()} ({wrong.getMessage()})"
        repair = InvalidValue(
            f"{reason}; it is read as far as it can be understood", "correct what writes the feed"
        )
    return ParsedFeed(dict(parsed.feed), list(entries), is_json=False, problem=problem, repair=repair)


def _written_ids(data: bytes, number: int) -> list[str]:
    """Return the ids of the entries as they stand in the feed, or nothing if they can't be told apart."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    parser = XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = fromstring(data, parser)
    except (XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    items = [
        each
        for each in root.iter("{*}item", "{*}entry")
        if str(each.tag).rpartition("}")[2] in {"item", "entry"}
    ]
    ids = [
        next((child.text or "" for child in item.iterchildren("{*}guid", "{*}id")), "").strip()
        for item in items
    ]
    return ids if len(ids) >= number else []
