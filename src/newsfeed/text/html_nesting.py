"""Whether a parser builds the tree from a serialised fragment that it was written from.

It doesn't always: where a sanitiser unwraps an element, `<p>` may be left inside `<p>`, or `<li>` inside `<li>`, and the
next parser closes the outer one first (HTML §13.2.6.4.7). A second parse finds out, but takes as long as the first; for
most fragments a look at the tags is enough.
"""

import re
from typing import Final

from newsfeed.text.html_allowed import TAGS

__all__ = ["parses_alike"]

_TAG: Final = re.compile(r"<(/?[a-z0-9]+)")
#: Words directly in a table or a row: parsers move them out.
_LOOSE_TABLE_TEXT: Final = re.compile(
    r"<(?:table|tbody|thead|tfoot|tr|colgroup|/(?:tr|tbody|thead|tfoot|caption|colgroup|td|th))(?: [^>]*+)?>"
    r"[ \t\n\f]*+(?!<)"
)

# Where an element stands: inside (at any depth) a paragraph, link or heading, or directly inside one of the others.
_P, _A, _HEADING, _LIST, _DL, _RUBY, _TABLE, _ROWS, _ROW, _COLUMNS = (1 << bit for bit in range(10))
_ANY_DEPTH: Final = _P | _A | _HEADING
_TABLE_PARTS: Final = _TABLE | _ROWS | _ROW | _COLUMNS

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLOSES_P: Final = _HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hgroup",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
_VOID: Final = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})
_OPENS: Final = {
    "a": _A,
    "p": _P,
    **dict.fromkeys(_HEADINGS, _HEADING),
    "ol": _LIST,
    "ul": _LIST,
    "dl": _DL,
    "ruby": _RUBY,
    "table": _TABLE,
    **dict.fromkeys(("tbody", "thead", "tfoot"), _ROWS),
    "tr": _ROW,
    "colgroup": _COLUMNS,
}
_ONLY_IN: Final = {
    "li": _LIST,
    **dict.fromkeys(("dd", "dt"), _DL),
    **dict.fromkeys(("rp", "rt"), _RUBY),
    **dict.fromkeys(("caption", "colgroup", "tbody", "thead", "tfoot"), _TABLE),
    "tr": _ROWS,
    **dict.fromkeys(("td", "th"), _ROW),
    "col": _COLUMNS,
}


def _not_in(name: str) -> int:
    if name in _ONLY_IN:
        return _P if name in {"li", "dd", "dt"} else 0
    closes_p = _P if name in _CLOSES_P else 0
    return _TABLE_PARTS | closes_p | (_HEADING if name in _HEADINGS else 0) | (_A if name == "a" else 0)


#: For each element: where it can't stand, where it has to stand, what its content is inside of.
_RULES: Final = {name: (_not_in(name), _ONLY_IN.get(name, 0), _OPENS.get(name, 0)) for name in TAGS}


def parses_alike(html: str) -> bool:
    """Return whether parsing and serialising a fragment surely gives back the same text.

    Args:
        html: A fragment that was serialised from a tree of elements from `newsfeed.text.html_allowed`.

    Returns:
        True if so; False also where only a parser can tell.

    >>> parses_alike("<ul><li><p>One</p></li></ul>"), parses_alike("<p><p>One</p></p>")
    (True, False)
    """
    # parsers drop a byte order mark, and read a carriage return as a line feed
    if "\r" in html or html.startswith("\ufeff"):
        return False
    if "<table" in html and _LOOSE_TABLE_TEXT.search(html):
        return False
    place = 0
    around: list[int] = []
    for name in _TAG.findall(html):
        rule = _RULES.get(name)
        if rule is None:
            if name[0] != "/":
                return False
            place = around.pop()
            continue
        not_in, only_in, opens = rule
        if place & not_in or only_in & ~place:
            return False
        if name not in _VOID:
            around.append(place)
            place = place & _ANY_DEPTH | opens
    return True
