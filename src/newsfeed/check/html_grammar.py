"""Check the syntax of HTML: elements are closed and nested, and tags and references are complete.

Only errors that readers show differently are reported, so this is less strict than the HTML standard.
"""

import re
import sys
from collections.abc import Iterator
from html.entities import html5 as _NAMED_CHARACTERS  # noqa: N812 - it is a constant
from typing import Final

from newsfeed.check.html_names import ELEMENTS
from newsfeed.check.words import words
from newsfeed.text.html.allowed import BLOCKS
from newsfeed.text.html.tags import HtmlTag, tags
from newsfeed.text.html.weight import is_too_heavy

__all__ = ["syntax_errors", "unclosed"]

_MAX_SHOWN = 60
_REFERENCE: Final = re.compile(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*)(;?)")
_MAX_DIGITS: Final = 8
_SPACE, _DELETE, _NO_BREAK_SPACE = 0x20, 0x7F, 0xA0
_NEEDS_QUOTES: Final = re.compile("[\"'<=`]")
_STRAY_SIGN: Final = re.compile(r"<(?![A-Za-z!/?])")

#: Elements whose content isn't HTML.
_UNREAD: Final = words("iframe noembed noframes script style textarea title xmp")
_VOID: Final = words("area base br col embed hr img input link meta param source track wbr")
_CANNOT_CLOSE_ITSELF: Final = ELEMENTS - _VOID
#: Elements whose end tag may be left out (HTML §13.1.2.4).
_LEFT_OPEN: Final = words(
    """
    body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr
    """
)
#: Elements that end an open paragraph, and those where the search for one stops (HTML §13.1.2.4, §13.2.4.2).
_ENDS_PARAGRAPH: Final = BLOCKS - words("br caption col colgroup tbody td tfoot th thead tr") | words(
    "center dialog dir fieldset form menu search"
)
_PARAGRAPH_STOPS: Final = words("button caption object table td template th")

_IN_TABLES: Final = words("caption col colgroup tbody td tfoot th thead tr")
_TABLE_FRAMES: Final = words("table tbody tfoot thead tr")
_ANYWHERE: Final = words("form input script style table template")
_NOT_IN_ITSELF: Final = words("a button form nobr")
_BORDERS: Final = words("applet caption object td template th")
_FOREIGN: Final = frozenset(["math", "svg"])
#: Parts of drawings and formulas whose content is HTML again (HTML §13.2.4).
_HOLDS_HTML: Final = words("annotation-xml desc foreignobject mi mn mo ms mtext title")
_CHANGES_RULES: Final = _FOREIGN | _HOLDS_HTML
_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_CELLS: Final = (frozenset(["td", "th"]), frozenset(["table", "tr"]))
_ROWS: Final = (frozenset(["tr"]), frozenset(["table"]))
_ROW_GROUPS: Final = (frozenset(["colgroup", "tbody", "tfoot", "thead"]), frozenset(["table"]))
_TERMS: Final = (frozenset(["dd", "dt"]), frozenset(["dl"]))
_READINGS: Final = (frozenset(["rp", "rt"]), frozenset(["ruby"]))
#: The elements that a start tag ends, and those where the search for them stops (HTML §13.2.6.4).
_ENDS: Final = {
    "dd": _TERMS,
    "dt": _TERMS,
    "li": (frozenset(["li"]), frozenset(["menu", "ol", "ul"])),
    "option": (frozenset(["option"]), frozenset(["datalist", "optgroup", "select"])),
    "p": (frozenset(["p"]), _PARAGRAPH_STOPS),
    "rp": _READINGS,
    "rt": _READINGS,
    "tbody": _ROW_GROUPS,
    "td": _CELLS,
    "tfoot": _ROW_GROUPS,
    "th": _CELLS,
    "thead": _ROW_GROUPS,
    "tr": _ROWS,
}


def unclosed(html: str) -> list[str]:
    """Find elements that aren't closed, and end tags of elements that aren't open (HTML §13.1.2).

    Args:
        html: An HTML fragment.

    Returns:
        What is wrong, one message for each problem.

    >>> unclosed("<ul><li>One<li>Two</ul>")
    []
    >>> unclosed("<p><b>One</p></i>")
    ["<b> isn't closed", '</i> has no start tag']
    """
    if is_too_heavy(html):
        return ["it is nested so deeply that programs stop reading"]
    nesting = _Nesting()
    for tag in tags(html):
        if tag.closes:
            nesting.end(tag.name)
        elif tag.name:
            nesting.start(tag.name, closes_itself=html.endswith("/>", tag.start, tag.end))
    return nesting.finished()


class _Nesting:
    """The stack of open elements while the tags of a text are read."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.problems: list[str] = []

    def start(self, name: str, *, closes_itself: bool = False) -> None:
        if self.is_foreign():
            # no start tag ends another there, and each may close itself (HTML §13.1.2)
            if not closes_itself:
                self.open.append(name)
            return
        self.find_misplaced(name)
        if closes_itself and name in _FOREIGN:
            return
        if name in _ENDS_PARAGRAPH:
            self.end_nearest(*_ENDS["p"])
        if name in _ENDS:
            self.end_nearest(*_ENDS[name])
        if name not in _VOID:
            self.open.append(name)

    def is_foreign(self) -> bool:
        """Return whether the innermost open element is (part of) a drawing or formula that contains no HTML."""
        around = next((element for element in reversed(self.open) if element in _CHANGES_RULES), "")
        return around in _FOREIGN

    def find_misplaced(self, name: str) -> None:
        """Find elements that can't start here: parts of a table outside one, links in links, and the like."""
        innermost = self.open[-1] if self.open else ""
        if name in _IN_TABLES and "table" not in self.open:
            self.problems.append(f"<{name}> is outside a table")
        elif innermost in _TABLE_FRAMES and name not in _IN_TABLES | _ANYWHERE:
            self.problems.append(f"<{name[:_MAX_SHOWN]}> is between the cells of a table")
        elif name in _NOT_IN_ITSELF and self.is_around(name):
            self.problems.append(f"<{name}> is inside <{name}>")
        elif name in _HEADINGS and innermost in _HEADINGS:
            self.problems.append(f"<{name}> is inside <{innermost}>")

    def is_around(self, name: str) -> bool:
        """Return whether an element is open inside the innermost open cell or object."""
        for element in reversed(self.open):
            if element == name or element in _BORDERS:
                return element == name
        return False

    def end(self, name: str) -> None:
        if name in self.open:
            self.end_nearest(frozenset([name]), frozenset())
        else:
            self.problems.append(f"</{name[:_MAX_SHOWN]}> has no start tag")

    def end_nearest(self, names: frozenset[str], stops: frozenset[str]) -> None:
        for position in range(len(self.open) - 1, -1, -1):
            if self.open[position] in names:
                self.close_down_to(position + 1)
                self.open.pop()
                return
            if self.open[position] in stops:
                return

    def close_down_to(self, position: int) -> None:
        left = [name for name in reversed(self.open[position:]) if name not in _LEFT_OPEN]
        self.problems += [f"<{name[:_MAX_SHOWN]}> isn't closed" for name in left]
        del self.open[position:]

    def finished(self) -> list[str]:
        """Return all problems, at the end of the text."""
        self.close_down_to(0)
        return self.problems


def syntax_errors(html: str) -> Iterator[str]:
    """Find unfinished tags and comments, stray characters, and invalid character references (HTML §13.1, §13.5).

    Args:
        html: An HTML fragment.

    Yields:
        What is wrong, one message for each problem.

    >>> list(syntax_errors("<p>1 &lt; 2 &amp; 3 &gt; 2</p>"))
    []
    >>> list(syntax_errors("<p>1 < 2 &nosuch; <a href=x"))
    ["a < isn't part of a tag", "&nosuch; isn't a valid character reference", "'<a href=x' isn't an HTML tag"]
    """
    position = drawings = 0
    is_read = True
    for tag in tags(html):
        if tag.name in _FOREIGN:
            drawings += -1 if tag.closes else 1
        if is_read:
            yield from _errors_in_text(html[position : tag.start])
            yield from _errors_in_tag(html, tag)
            if drawings <= 0:
                yield from _error_at_end(html, tag)
        is_read = tag.closes or tag.name not in _UNREAD
        position = tag.end
    yield from _errors_in_text(html[position:])


def _errors_in_text(text: str) -> Iterator[str]:
    if _STRAY_SIGN.search(text):
        yield "a < isn't part of a tag"
    yield from _errors_in_references(text)


def _errors_in_references(text: str) -> Iterator[str]:
    for name, semicolon in _REFERENCE.findall(text):
        is_known = _is_character(name) if name.startswith("#") else name + semicolon in _NAMED_CHARACTERS
        if not semicolon or not is_known:
            yield f"&{name[:_MAX_SHOWN]}{semicolon} isn't a valid character reference"


def _is_character(number: str) -> bool:
    """Return whether a numeric reference is to a character that HTML allows (HTML §13.1.4)."""
    digits = number[2:] if number[1] in "xX" else number[1:]
    if len(digits) > _MAX_DIGITS:
        return False
    code = int(digits, 16 if number[1] in "xX" else 10)
    is_control = (code < _SPACE and code not in {9, 10, 12}) or _DELETE <= code < _NO_BREAK_SPACE
    is_never = code in range(0xD800, 0xE000) or code in range(0xFDD0, 0xFDF0) or code & 0xFFFE == 0xFFFE  # noqa: PLR2004
    return not is_control and not is_never and code <= sys.maxunicode


def _errors_in_tag(html: str, tag: HtmlTag) -> Iterator[str]:
    written = html[tag.start : tag.end]
    if written.startswith("<!--"):
        if not written.endswith("-->"):
            yield "a comment isn't closed"
    elif not tag.name:
        yield f"{written[:_MAX_SHOWN]!r} isn't an HTML tag"
    yield from _errors_in_references(" ".join(html[a.start : a.end] for a in tag.attributes))
    for attribute in tag.attributes:
        value = html[attribute.start : attribute.end]
        is_quoted = value[:1] in {'"', "'"}
        if (not value and html[attribute.start - 1] == "=") or (
            not is_quoted and _NEEDS_QUOTES.search(value)
        ):
            yield f"the value of {attribute.name[:_MAX_SHOWN]} has no quotes"
    names = [attribute.name for attribute in tag.attributes]
    if len(set(names)) < len(names):
        yield f"<{tag.name[:_MAX_SHOWN]}> has a repeated attribute"


def _error_at_end(html: str, tag: HtmlTag) -> Iterator[str]:
    """Find start tags that seem to close themselves. In a drawing or formula they do."""
    rest = tag.attributes[-1].end if tag.attributes else tag.start + 1 + len(tag.name)
    if tag.name in _CANNOT_CLOSE_ITSELF and not tag.closes and "/" in html[rest : tag.end]:
        yield f"<{tag.name[:_MAX_SHOWN]}/> doesn't close the element"
