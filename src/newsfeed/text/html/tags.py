"""The tags of an HTML text and where they stand in it, letter by letter.

A parser returns a tree, and writing a tree changes the text. To change three letters inside one tag, or
to count tags before parsing, needs positions: they are here. The rules are those of the HTML
standard's tokenizer (HTML §13.2.5), without its error messages. Reading is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5 as _NAMED_CHARACTERS  # noqa: N812 - it is a constant
from typing import NamedTuple

from newsfeed.text.html.patterns import any_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "TEXT_ONLY",
    "Attribute",
    "HtmlTag",
    "attributes_of",
    "some_attributes",
    "start_tag_at",
    "start_tags",
    "tag_at",
    "tags",
    "text_after",
    "value_of",
]

#: Elements whose content is text, whatever it looks like. `noscript` is missing on purpose: feed readers run no
#: scripts, so its content is markup for them.
TEXT_ONLY = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})

_MARKUP = lazy_pattern(r"<(?=[A-Za-z!/?])")
_NAME = lazy_pattern(r"</?([A-Za-z][^ \t\n\f\r/>]*+)")
_ATTRIBUTE_NAME = r"[ \t\n\f\r/]*+ ([^ \t\n\f\r/>] [^ \t\n\f\r/>=]*+)"
_EQUALS = r"[ \t\n\f\r]*+ = [ \t\n\f\r]*+"
_VALUE = r""""[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^ \t\n\f\r>]*+"""
#: An attribute, or the end of the tag.
_ATTRIBUTE = lazy_pattern(rf"{_ATTRIBUTE_NAME} (?: {_EQUALS} ({_VALUE}) )?+ | [ \t\n\f\r/]*+ >", re.VERBOSE)
#: The same, with the value, without its quotes, in one of three groups.
_ATTRIBUTE_OF_TAG = lazy_pattern(
    r"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"""
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\f\r>]*+)))?+"""
)
_REST_OF_TAG = (
    rf"(?: {_ATTRIBUTE_NAME.replace('(', '(?:')} (?: {_EQUALS} (?: {_VALUE} ) )?+ )*+ [ \t\n\f\r/]*+ >"
)
_START_TAG = lazy_pattern(rf"<([A-Za-z][^ \t\n\f\r/>]*+) {_REST_OF_TAG}", re.VERBOSE)
_RAW = "|".join(sorted(TEXT_ONLY))
#: Whole pieces of markup and of text, one after the other. At a place inside markup it stops before that.
_PIECES = lazy_pattern(
    rf"""
    [^<]*+
    (?: < (?: /? (?! (?=[instx]) (?:{_RAW}) [ \t\n\f\r/>] ) [a-z] [^ \t\n\f\r/>]*+ (?: > | {_REST_OF_TAG} )
            | (?![a-z!/?])
            | !-- (?: -?> | [^-]*+ (?: -(?!-!?>) [^-]*+ )*+ --!?> )
            | (?-i:!\[CDATA\[) (?: [^\]]++ | \](?!\]>) )*+ \]\]>
            | (?: ! (?!--|(?-i:\[CDATA\[)) | \? | / (?![a-z]) ) [^>]*+ >
            | / [a-z] [^ \t\n\f\r/>]*+ {_REST_OF_TAG}
            | (?P<text>{_RAW}) (?=[ \t\n\f\r/>]) {_REST_OF_TAG} (?: [^<]++ | <(?!/(?P=text)[ \t\n\f\r/>]) )*+ (?=<)
          )
      [^<]*+
    )*+
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_COMMENT_CUT_SHORT = lazy_pattern(r"<!---?>")
_COMMENT_END = lazy_pattern(r"--!?>")
_CHARACTER_REFERENCE = lazy_pattern(
    r"&(?:#(?:[0-9]{1,20}|[xX][0-9A-Fa-f]{1,20});?|[A-Za-z][A-Za-z0-9]*+;?)(=?)"
)


class Attribute(NamedTuple):
    """An attribute and where its value stands.

    Attributes:
        name: The name, in lower case.
        value: The value, with character references read; empty where there is none.
        start: Where the value starts in the text, its quote included.
        end: Where the value ends, its quote included.
    """

    name: str
    value: str
    start: int
    end: int


class HtmlTag(NamedTuple):
    """A piece of markup: a start tag, an end tag, or something that is neither.

    Attributes:
        name: The element's name, in lower case; empty for comments, declarations, CDATA sections and the content of
            elements such as `script`.
        closes: Whether it is an end tag.
        start: Where it starts in the text.
        end: Where it ends.
        attributes: The attributes, in order.
    """

    name: str
    closes: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()


def tags(html: str) -> Iterator[HtmlTag]:
    """Find the markup of a text; what lies between is what people read.

    Args:
        html: Any text.

    Yields:
        Every piece of markup, in order. One that the text breaks off in reaches to the end of the text and has no
        name: browsers show nothing of it.

    >>> [(tag.name, tag.closes) for tag in tags("<p>One<br/><!-- <b> --></p>")]
    [('p', False), ('br', False), ('', False), ('p', True)]
    >>> [attribute.value for tag in tags("<a href='?a=1&amp;b=2' title=x>") for attribute in tag.attributes]
    ['?a=1&b=2', 'x']
    """
    position = 0
    while markup := _MARKUP.search(html, position):
        tag = tag_at(html, markup.start())
        yield tag
        position = tag.end
        if tag.name in TEXT_ONLY and not tag.closes:
            content = HtmlTag("", closes=False, start=position, end=_end_of_text(html, tag.name, position))
            yield content
            position = content.end


def start_tags(html: str, elements: frozenset[str]) -> Iterator[HtmlTag]:
    """Find the start tags of some elements, much faster than `tags` finds all.

    Args:
        html: Any text.
        elements: The elements' names, in lower case.

    Yields:
        Their tags, in order.

    >>> [tag.name for tag in start_tags("<p><IMG src=a><!-- <img> --></p>", frozenset({"img"}))]
    ['img']
    """
    position = 0
    for found in _beginnings(elements).finditer(html):
        if found.start() >= position:
            position = _markup_around(html, position, found.end())
            if position < found.end():
                tag = tag_at(html, position)
                position = tag.end if tag.closes else text_after(html, tag.name, tag.end)
                if tag.name in elements and not tag.closes:
                    yield tag


def _markup_around(html: str, position: int, place: int) -> int:
    """Return where the piece of markup begins that a place is inside of; the place itself if it is in the text.

    Args:
        html: Any text.
        position: Where to begin to read, before the place: in the text or at the beginning of a piece of markup.
        place: An index.
    """
    before = _PIECES.match(html, position, place)
    return before.end() if before else place


def tag_at(html: str, start: int) -> HtmlTag:
    """Read the piece of markup that begins at an index; see `tags`."""
    name = _NAME.match(html, start)
    return _named(html, name) if name else _unnamed(html, start)


def start_tag_at(html: str, start: int) -> tuple[str, str] | None:
    """Return the start tag that begins at an index, as it is written, and its element's name; None if none does.

    >>> start_tag_at("<p><IMG alt='>'>", 3)
    ("<IMG alt='>'>", 'img')
    """
    found = _START_TAG.match(html, start)
    return (found[0], found[1].lower()) if found else None


def text_after(html: str, name: str, end: int) -> int:
    """Return where to read on behind the start tag of an element: of some, the content is text until the end tag."""
    return _end_of_text(html, name, end) if name in TEXT_ONLY else end


def attributes_of(tag: str, name: str) -> dict[str, str]:
    """Read the attributes of one start tag, several times faster than `tags` does.

    Args:
        tag: The whole tag, as it is written.
        name: The element's name.

    Returns:
        The values by name, in order; of two attributes with one name the first counts (HTML §13.2.5.33).

    >>> attributes_of("<IMG src=a.jpg SRC=b.jpg alt='R&amp;D'>", "img")
    {'src': 'a.jpg', 'alt': 'R&D'}
    """
    attributes: dict[str, str] = {}
    for written, double, single, bare in _ATTRIBUTE_OF_TAG.findall(tag, 1 + len(name)):
        value = double or single or bare
        if "&" in value:
            value = _CHARACTER_REFERENCE.sub(_character, value)
        attributes.setdefault(written.lower(), value)
    return attributes


def some_attributes(tag: str, names: frozenset[str]) -> list[tuple[str, str, int, int]]:
    """Read some attributes of a start tag.

    Args:
        tag: The whole tag, as it is written.
        names: The attributes' names, in lower case.

    Returns:
        Each one's name in lower case, its value, and where that starts and ends in the tag, quotes included.

    >>> some_attributes("<img alt=b SRC='a.jpg'>", frozenset({"src"}))
    [('src', 'a.jpg', 15, 22)]
    """
    attributes = []
    for found in _attributes_of(names).finditer(tag):
        name, value = found.groups()
        if value:
            attributes.append((name.lower(), value_of(value), *found.span(2)))
        elif name:
            attributes.append((name.lower(), "", found.end(), found.end()))
    return attributes


@lru_cache(maxsize=8)
def _attributes_of(names: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for the next of some attributes, or all up to the end of the tag."""
    name = rf"(?i:{any_of(names)}) (?=[ \t\n\f\r/>=])"
    return re.compile(
        rf"""
        (?: <[^ \t\n\f\r/>]++ )?+
        (?: (?! [ \t\n\f\r/]*+ {name} ) {_ATTRIBUTE_NAME.replace("(", "(?:")} (?: {_EQUALS} (?:{_VALUE}) )?+ )*+
        [ \t\n\f\r/]*+ (?: > | ({name}) (?: {_EQUALS} ({_VALUE}) )?+ )
        """,
        re.VERBOSE | re.ASCII,
    )


@lru_cache(maxsize=8)
def _beginnings(elements: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"<(?:{'|'.join(sorted(elements))})(?=[ \t\n\f\r/>])", re.IGNORECASE | re.ASCII)


def _end_of_text(html: str, name: str, start: int) -> int:
    """Return where the content of an element ends that is text until its end tag."""
    end = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(html, start)
    return end.start() if end else len(html)


def _named(html: str, name: re.Match[str]) -> HtmlTag:
    """Read a start tag or an end tag."""
    attributes: list[Attribute] = []
    for found in _ATTRIBUTE.finditer(html, name.end()):
        written, value = found.groups()
        if written is None:
            closes = html.startswith("</", name.start())
            return HtmlTag(name[1].lower(), closes, name.start(), found.end(), tuple(attributes))
        start, end = (found.end(), found.end()) if value is None else found.span(2)
        attributes.append(Attribute(written.lower(), value_of(value) if value else "", start, end))
    return HtmlTag("", closes=False, start=name.start(), end=len(html))


def _unnamed(html: str, start: int) -> HtmlTag:
    """Read a comment, a CDATA section, a declaration, a processing instruction or a stray `</`."""
    if html.startswith("<!--", start):
        closed = _COMMENT_CUT_SHORT.match(html, start) or _COMMENT_END.search(html, start + 4)
        end = closed.end() if closed else len(html)
    else:
        closing = "]]>" if html.startswith("<![CDATA[", start) else ">"
        found = html.find(closing, start)
        end = found + len(closing) if found >= 0 else len(html)
    return HtmlTag("", closes=False, start=start, end=end)


def value_of(written: str) -> str:
    """Return an attribute's value as it stands in a text, without its quotes and with character references read."""
    quote = written[:1]
    if quote in {'"', "'"}:
        written = written[1:-1] if written[-1] == quote and len(written) > 1 else written[1:]
    if "&" not in written:
        return written
    if written.count("&") == written.count("&amp;"):
        return written.replace("&amp;", "&")
    return _CHARACTER_REFERENCE.sub(_character, written)


def _character(reference: re.Match[str]) -> str:
    """Read a character reference as attributes do: `?a=1&copy=2` has none (HTML §13.2.5.73)."""
    written, equals = reference[0].removesuffix("="), reference[1]
    known = written.startswith("&#") or written[1:] in _NAMED_CHARACTERS
    ambiguous = bool(equals) and not written.endswith(";") and not written.startswith("&#")
    return unescape(written) + equals if known and not ambiguous else reference[0]
