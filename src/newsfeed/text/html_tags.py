"""The tags of an HTML text and where they stand in it, letter by letter.

A parser gives back a tree, and writing a tree changes the text. Who wants to change three letters inside one tag, or
to count tags before a parser is let near them, needs positions: they are here. The rules are those of the HTML
standard's tokenizer (HTML §13.2.5), without its error messages. Reading is linear in the length of the text.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5 as _NAMED_CHARACTERS  # noqa: N812 - it is a constant
from typing import NamedTuple

__all__ = ["Attribute", "Tag", "attributes_of", "start_tags", "tags"]

#: Elements whose content is text, whatever it looks like. `noscript` is missing on purpose: feed readers run no
#: scripts, so its content is markup for them.
_TEXT_ONLY = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})

_MARKUP = re.compile(r"<(?=[A-Za-z!/?])")
_NAME = re.compile(r"</?([A-Za-z][^ \t\n\f\r/>]*+)")
_ATTRIBUTE = re.compile(
    r"""
    [ \t\n\f\r/]*+
    (?P<name> [^ \t\n\f\r/>] [^ \t\n\f\r/>=]*+ )
    (?:
        [ \t\n\f\r]*+ = [ \t\n\f\r]*+
        (?P<value> "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^ \t\n\f\r>]*+ )
    )?+
    """,
    re.VERBOSE,
)
#: The same, with the value, without its quotes, in one of three groups.
_ATTRIBUTE_OF_TAG = re.compile(
    r"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"""
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\f\r>]*+)))?+"""
)
_TAG_END = re.compile(r"[ \t\n\f\r/]*+>")
_COMMENT_CUT_SHORT = re.compile(r"<!---?>")
_COMMENT_END = re.compile(r"--!?>")
_CHARACTER_REFERENCE = re.compile(
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


class Tag(NamedTuple):
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


def tags(html: str) -> Iterator[Tag]:
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
        name = _NAME.match(html, markup.start())
        tag = _named(html, name) if name else _unnamed(html, markup.start())
        yield tag
        position = tag.end
        if tag.name in _TEXT_ONLY and not tag.closes:
            end = re.compile(rf"</{tag.name}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(html, position)
            content = Tag("", closes=False, start=position, end=end.start() if end else len(html))
            yield content
            position = content.end


def start_tags(
    html: str, names: frozenset[str], *, where: Callable[[str], bool] | None = None
) -> Iterator[Tag]:
    """Find the start tags of some elements, much faster than `tags` finds all.

    Args:
        html: Any text.
        names: The elements' names, in lower case.
        where: Tells by a tag's text whether it is wanted.

    Yields:
        Their tags, in order.

    >>> [tag.name for tag in start_tags("<p><IMG src=a><!-- <img> --></p>", frozenset({"img"}))]
    ['img']
    """
    pattern = _up_to(names)
    position = 0
    while found := pattern.match(html, position):
        start, position = found.start("tag"), found.end()
        if where is None or where(html[start:position]):
            name = _NAME.match(html, start)
            if name is not None:
                yield _named(html, name)
        element = found["name"].lower()
        if element in _TEXT_ONLY:
            end = re.compile(rf"</{element}(?=[ \t\n\f\r/>])", re.IGNORECASE).search(html, position)
            position = end.start() if end else len(html)


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
    for written, *values in _ATTRIBUTE_OF_TAG.findall(tag, 1 + len(name)):
        value = values[0] or values[1] or values[2]
        if "&" in value:
            value = _CHARACTER_REFERENCE.sub(_character, value)
        attributes.setdefault(written.lower(), value)
    return attributes


@lru_cache(maxsize=8)
def _up_to(names: frozenset[str]) -> re.Pattern[str]:
    """Describe a text up to the end of the next start tag of one of some elements."""
    space = r"[ \t\n\f\r]"
    rest = rf"""
        (?: [ \t\n\f\r/]*+ [^ \t\n\f\r/>] [^ \t\n\f\r/>=]*+
            (?: {space}*+ = {space}*+ (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^ \t\n\f\r>]*+ ) )?+
        )*+ [ \t\n\f\r/]*+ >
    """
    wanted = "|".join(sorted(names))
    unwanted_text = "|".join(sorted(_TEXT_ONLY - names))
    return re.compile(
        rf"""
        (?: [^<]++
          | < (?: (?![A-Za-z!/?])
                | !--(?: -?> | (?s:.*?) --!?> )
                | !\[CDATA\[ (?s:.*?) \]\]>
                | (?: ! (?!--|\[CDATA\[) | \? | / (?![A-Za-z]) ) [^>]*+ >
                | / [A-Za-z] [^ \t\n\f\r/>]*+ {rest}
                | (?! (?:{wanted}|{unwanted_text}) [ \t\n\f\r/>] ) [A-Za-z] [^ \t\n\f\r/>]*+ {rest}
                | (?P<text>{unwanted_text}) (?=[ \t\n\f\r/>]) {rest} (?s:.*?) (?: (?=</(?P=text)[ \t\n\f\r/>]) | \Z )
              )
        )*+
        (?P<tag> < (?P<name>{wanted}) (?=[ \t\n\f\r/>]) {rest} )
        """,
        re.VERBOSE | re.IGNORECASE | re.ASCII,
    )


def _named(html: str, name: re.Match[str]) -> Tag:
    """Read a start tag or an end tag."""
    attributes = []
    position = name.end()
    while found := _ATTRIBUTE.match(html, position):
        position = found.end()
        start, end = found.span("value") if found["value"] is not None else (position, position)
        attributes.append(Attribute(found["name"].lower(), _unquoted(found["value"] or ""), start, end))
    end_of_tag = _TAG_END.match(html, position)
    if end_of_tag is None:
        return Tag("", closes=False, start=name.start(), end=len(html))
    closes = html.startswith("</", name.start())
    return Tag(name[1].lower(), closes, name.start(), end_of_tag.end(), tuple(attributes))


def _unnamed(html: str, start: int) -> Tag:
    """Read a comment, a CDATA section, a declaration, a processing instruction or a stray `</`."""
    if html.startswith("<!--", start):
        closed = _COMMENT_CUT_SHORT.match(html, start) or _COMMENT_END.search(html, start + 4)
        end = closed.end() if closed else len(html)
    else:
        closing = "]]>" if html.startswith("<![CDATA[", start) else ">"
        found = html.find(closing, start)
        end = found + len(closing) if found >= 0 else len(html)
    return Tag("", closes=False, start=start, end=end)


def _unquoted(value: str) -> str:
    if value[:1] in {'"', "'"}:
        value = value[1:].removesuffix(value[0])
    return _CHARACTER_REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    """Read a character reference as attributes do: `?a=1&copy=2` has none (HTML §13.2.5.73)."""
    written, equals = reference[0].removesuffix("="), reference[1]
    known = written.startswith("&#") or written[1:] in _NAMED_CHARACTERS
    ambiguous = bool(equals) and not written.endswith(";") and not written.startswith("&#")
    return unescape(written) + equals if known and not ambiguous else reference[0]
