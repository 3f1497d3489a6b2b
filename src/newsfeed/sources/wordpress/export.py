"""WordPress's export file (WXR, an RSS document): read as a stream, whatever its version.

It is read twice: attached pictures may come after the posts that show them. What ends in the middle is told, and an
item that isn't closed is never published.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import TYPE_CHECKING, Any

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.limits import RECORD, size_shown
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.left_out import left_out
from newsfeed.sources.records import finding
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.text_files import Meter, TooLarge, chunks_of, code_of
from newsfeed.sources.wordpress.export_items import Export, ExportItem, values_of, why_left_out
from newsfeed.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_export"]

_REMEDY = "export it again in WordPress: Tools, Export, All content"
#: Errors of the parser after which elements stand in other ones than they should.
_STRUCTURAL = frozenset({"ERR_TAG_NAME_MISMATCH", "ERR_GT_REQUIRED", "ERR_LTSLASH_REQUIRED"})
#: Bytes between the ends of two items.
_LARGEST_ITEM = 4 * RECORD
#: Attached files and authors that are remembered.
_MOST_REMEMBERED = 1_000_000
#: Characters of the beginning, in which the first element stands, and of the end.
_HEAD, _TAIL = 16_384, 100
_FIRST_ELEMENT = lazy_pattern(r"<(?P<name>[A-Za-z][\w:.-]*)")
_ENTITY = lazy_pattern(r"&(?!(?:amp|lt|gt|quot|apos);)(?P<name>[A-Za-z][A-Za-z0-9]{0,31});")
_OPEN_ENTITY = lazy_pattern(r"&[A-Za-z0-9#]{0,32}\Z")
_DECLARED = lazy_pattern(r"""\A\s*<\?xml[^>]*encoding=["'](?P<name>[\w.-]+)["']""")
_ENCODING = lazy_pattern(r"""(?<=[ \t\n])encoding=["'][\w.-]+["']""")
#: Characters that XML 1.0 forbids (§2.2).
_FORBIDDEN = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD_NAMES = ("language", "base_site_url", "base_blog_url", "wxr_version")


def read_export(
    file: ArticleFile, source: ArticleSource, site: Site, meter: Meter | None = None
) -> Iterator[SourceRecord | Finding]:
    """Read the posts of an export file.

    Args:
        file: The file; gzipped if its name ends in `.gz`.
        source: The source.
        site: The site.
        meter: Counts the bytes that are read.

    Yields:
        Each public post, a note for each other item, and what is wrong with the file as a whole.
    """
    export = Export({}, {}, {}, set())
    if (problem := _not_an_export(file)) is not None:
        yield finding(problem, Place(file=file.name), code=code_of(problem))
        return
    for element in _Items(file, None):
        _remember(element, export)
    items = _Items(file, meter)
    number = 0
    for element in items:
        if element.tag != "item":
            continue
        number += 1
        item, place = ExportItem.of(element), Place(file=file.name, record=number)
        if not item.text("post_type"):
            damaged = InvalidValue("the item has no post_type, so it may be damaged", _REMEDY)
            yield finding(damaged, place, code="NF101")
        elif why := why_left_out(item):
            yield left_out(why, place)
        else:
            yield SourceRecord(values_of(item, export, source, site), place, raw=item.raw())
    if items.problem is not None:
        were = "item was read" if number == 1 else "items were read"
        read = f"{number} {were}" if number else "nothing in it was read"
        problem = InvalidValue(f"{items.problem.reason}; {read}", items.problem.remedy)
        yield finding(problem, Place(file=file.name), code=code_of(items.problem))
    elif not number:
        yield finding(InvalidValue("the export has no items", _REMEDY), Place(file=file.name), code="NF101")


def _remember(element: "_Element", export: Export) -> None:
    """Remember what posts refer to: attached files, the names of authors, what the head says."""
    if element.tag == "item":
        item = ExportItem.of(element)
        url = " ".join(item.text("attachment_url").split())
        if url and len(export.attachments) < _MOST_REMEMBERED:
            export.attachments[item.text("post_id")] = url
        return
    texts = {_local(child): (child.text or "").strip() for child in element}
    if login := texts.get("author_login"):
        if len(export.authors) < _MOST_REMEMBERED:
            export.authors[login] = texts.get("author_display_name") or login
    elif (name := _local(element)) in _HEAD_NAMES:
        export.head.setdefault(name, (element.text or "").strip())


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _not_an_export(file: ArticleFile) -> InvalidValue | None:
    """Return why a file can't be an export, as far as its beginning shows; None if it may be one."""
    try:
        beginning = next(iter(chunks_of(file.path)), b"")[:_HEAD].decode("utf-8", "replace")
    except InvalidValue as problem:
        return problem
    if not beginning.strip():
        return InvalidValue("the file is empty", _REMEDY)
    first = _FIRST_ELEMENT.search(beginning)
    name = first["name"] if first else ""
    if name.lower() == "html":
        return InvalidValue("this is an HTML page, not an export", _REMEDY)
    if name != "rss":
        what = f"its first element is {name}, not rss" if name else "it isn't XML"
        return InvalidValue(f"this isn't a WordPress export: {what}", _REMEDY)
    if "wordpress.org/export" not in beginning:
        remedy = 'export the site in WordPress, or write kind = "feed"'
        return InvalidValue("this is a feed, not a WordPress export", remedy)
    return None


class _Items:
    """The items of an export, and the authors and texts of its head, one by one.

    Attributes:
        problem: Why the file couldn't be read to its end; None if it could.
    """

    def __init__(self, file: ArticleFile, meter: Meter | None) -> None:
        self._file = file
        self._meter = meter
        self.problem: InvalidValue | None = None

    def __iter__(self) -> "Iterator[_Element]":
        """Yield each element whose end stands in the file; it is emptied afterwards."""
        from lxml.etree import XMLPullParser, XMLSyntaxError

        names = ("item", "{*}author", "language", *(f"{{*}}{name}" for name in _HEAD_NAMES))
        parser = XMLPullParser(
            ("end",),
            tag=names,
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,  # texts of over 10 MB would be left out without a word; items are bounded here
        )
        text = _Text()
        size = 0
        try:
            for chunk in chunks_of(self._file.path, self._meter):
                parser.feed(text.fed(chunk))
                size += len(chunk)
                for element in _ended(parser):
                    size = 0
                    yield element
                if size > _LARGEST_ITEM:
                    raise TooLarge(f"an item is larger than {size_shown(_LARGEST_ITEM)}", _REMEDY)
        except InvalidValue as problem:
            self.problem = problem
        except XMLSyntaxError as error:
            self.problem = InvalidValue(f"this isn't valid XML: {error}", _REMEDY)
        else:
            if not text.is_whole:
                self.problem = InvalidValue("the file ends before </rss>, so it was cut off", _REMEDY)
            elif (damage := _damage_of(parser)) is not None:
                self.problem = damage


def _damage_of(parser: Any) -> InvalidValue | None:  # noqa: ANN401 - lxml's stubs lack the class
    """Return the first place where elements aren't closed as they were opened, so that items may be lost; None if all are."""
    for error in parser.feed_error_log:
        if error.type_name in _STRUCTURAL:
            what = f"{error.message[:1].lower()}{error.message[1:]}"
            return InvalidValue(
                f"the XML isn't well-formed at line {error.line} ({what}), and posts may be missing", _REMEDY
            )
    return None


def _ended(parser: Any) -> "Iterator[_Element]":  # noqa: ANN401 - lxml's stubs lack the class
    for _, element in parser.read_events():
        parent = element.getparent()
        if element.tag == "item" or (parent is not None and parent.tag == "channel"):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]


class _Text:
    """The text of an export for an XML parser: in UTF-8, without characters that XML forbids and names that it lacks."""

    def __init__(self) -> None:
        self._decoder: Callable[[bytes], str] | None = None
        self._kept = ""
        self._end = ""

    @property
    def is_whole(self) -> bool:
        """Whether the end of the document was there."""
        return "</rss" in self._end

    def fed(self, chunk: bytes) -> bytes:
        if self._decoder is None:
            self._decoder = _decoder_for(chunk)
            text = _ENCODING.sub("", self._decoder(chunk), count=1)
        else:
            text = self._kept + self._decoder(chunk)
        self._end = (self._end + text)[-_TAIL:]
        cut = _OPEN_ENTITY.search(text)
        text, self._kept = (text[: cut.start()], cut[0]) if cut else (text, "")
        text = _FORBIDDEN.sub("", text)
        return _ENTITY.sub(_as_number, text).encode("utf-8")


def _decoder_for(beginning: bytes) -> Callable[[bytes], str]:
    declared = _DECLARED.match(beginning[:_HEAD].decode("ascii", "replace"))
    name = declared["name"] if declared else "utf-8"
    try:
        b"".decode(name)
        return codecs.getincrementaldecoder(name)("replace").decode
    except LookupError:
        return codecs.getincrementaldecoder("utf-8")("replace").decode


def _as_number(entity: re.Match[str]) -> str:
    """Return a name of HTML as a number, which XML knows as well; in CDATA it means the same in HTML."""
    characters = html5.get(f"{entity['name']};")
    if characters is None:
        return f"&amp;{entity['name']};"
    return "".join(f"&#{ord(character)};" for character in characters)
