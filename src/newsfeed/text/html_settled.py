"""HTML that cleaning leaves letter for letter, told without a parser.

Most editors deliver such HTML: paragraphs, headings, lists, pictures and whole addresses, tidily nested. To parse it,
only to write it down again as it was, is most of the work of reading a newsroom. What is recognised here is a small
language, whose texts no parser can take for anything else:

- Tags are in lower case, as a serialiser writes them, and close in order. None stands where HTML's tree construction
  (§13.2.6) would close something else first, move it, or add a tag: headings and `p` hold words, `li` stands in a
  list, no `a` in an `a`. Tables, `pre`, `ruby`, players and whatever is rare are not known.
- Attributes are those that stay by `newsfeed.text.html_allowed`, each once, in double quotes. Addresses are absolute,
  with plain host names and only what a URI may hold, so that no rule for addresses has anything to do.
- In the text, `<`, `>`, `&` and no-break spaces are written as a serialiser writes them; there is no carriage return.

Everything else is left to the parser, clean or not.
"""

import re
from functools import cache
from typing import Final, TypeAlias

from newsfeed.text.html_allowed import ATTRIBUTES, TAGS
from newsfeed.text.html_links import LINKS, RESOURCES

__all__ = ["is_settled"]

_VOID: Final = frozenset({"br", "hr", "img", "wbr"})
_PHRASES: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
_LINES: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
_SECTIONS: Final = frozenset({"article", "aside", "blockquote", "div", "figcaption", "figure", "section"})
_ITEMS: Final = frozenset({"dd", "dt", "li"})
_LISTS: Final = {"dl": frozenset({"dd", "dt"}), "ol": frozenset({"li"}), "ul": frozenset({"li"})}

_WORDS: Final = (_PHRASES | _VOID) - {"hr"}
_ANYTHING: Final = _WORDS | {"hr"} | _LINES | _SECTIONS | _LISTS.keys()

#: The elements that may stand directly inside another; text may stand in each. The fragment is the element "".
_CONTENT: Final = {
    "": _ANYTHING,
    **dict.fromkeys(_PHRASES | _LINES, _WORDS),
    **dict.fromkeys(_SECTIONS | _ITEMS, _ANYTHING),
    **_LISTS,
}

_KNOWN: Final = (_CONTENT.keys() | _VOID) & TAGS

_TAG: Final = re.compile(r"<[^>]*>?")
_OTHER_REFERENCE: Final = re.compile(r"&(?!(?:amp|gt|lt|nbsp);)")

_VALUE: Final = r'[^"&<>]*+(?:&(?:amp|nbsp|quot);[^"&<>]*+)*'
# no `--`, as punycode has it, and no number at the end, as IP addresses have it: both may be wrong
_HOST: Final = r"(?![a-z0-9.-]{64})(?:[a-z0-9]++[.-])+[a-z]{2,}+"
_MARKS: Final = r".~!$'()*+;=:@/?-"
_ENCODED: Final = r"&amp;|%[0-9A-Fa-f][0-9A-Fa-f]"
_REST: Final = rf"(?:[A-Za-z0-9_,{_MARKS}]++|{_ENCODED})*"
_WEB: Final = rf"https?://{_HOST}(?:[/?]{_REST})?(?:\#{_REST})?"
_LINK: Final = rf"(?:{_WEB}|mailto:[A-Za-z0-9_.+-]++@{_HOST}|tel:\+?[0-9-]++)"
# no comma, which may be the end of a candidate
_CANDIDATE: Final = rf"https?://{_HOST}(?:[/?](?:[A-Za-z0-9_{_MARKS}]++|{_ENCODED})*)?(?: [0-9]++[wx])?"
_CANDIDATES: Final = rf"{_CANDIDATE}(?:, {_CANDIDATE})*"

#: Where in a fragment one is: each tag that may come next, and where one is after it. A void element leaves one where
#: one `_STAYS`; the end of the element leads `_OUT` of it.
_Place: TypeAlias = "dict[str, _Place]"
_STAYS: Final[_Place] = {}
_OUT: Final[_Place] = {}


def is_settled(html: str) -> bool:
    """Tell whether cleaning would surely give back a fragment as it is, whatever its page.

    Args:
        html: An HTML fragment without the characters that `newsfeed.text.xml_characters` removes, and not too heavy for
            a parser (see `newsfeed.text.html_weight`).

    Returns:
        True if so. False if not, and also where only a parser can tell.

    >>> is_settled('<p>Snow &amp; <a href="https://report.example/ice">ice</a></p>')
    True
    >>> is_settled('<p>Snow &amp; <a href="/ice">ice</a></p>'), is_settled("<p>Snow<p>Ice")
    (False, False)
    """
    # parsers drop a byte order mark
    if "\xa0" in html or "\r" in html or html.startswith("\ufeff"):
        return False
    tags = _TAG.findall(html)
    if html.count(">") != len(tags):
        return False
    # what stands in a tag is looked at with the tag
    if _OTHER_REFERENCE.search(html) and _OTHER_REFERENCE.search(_TAG.sub(" ", html)):
        return False
    place = _FRAGMENT
    around: list[_Place] = []
    for tag in tags:
        after = place.get(tag)
        if after is None:
            after = place.get(_without_attributes(tag))
            if after is None:
                return False
        if after is _OUT:
            place = around.pop()
        elif after is not _STAYS:
            around.append(place)
            place = after
    return not around


def _without_attributes(tag: str) -> str:
    """Give a start tag bare; nothing if its attributes are not known to stay as they are."""
    name = tag[1:].partition(" ")[0]
    return f"<{name}>" if name in _KNOWN and _start_tag(name).fullmatch(tag) else ""


def _fragment() -> _Place:
    """Draw the map of all places: one inside each element, and another where a link is around it."""
    places: dict[tuple[str, bool], _Place] = {
        (element, linked): {f"</{element}>": _OUT} if element else {}
        for element in _CONTENT
        for linked in (False, True)
    }
    for (element, linked), place in places.items():
        for child in _CONTENT[element] & _KNOWN:
            if child in _VOID:
                place[f"<{child}>"] = _STAYS
            elif not (linked and child == "a"):
                place[f"<{child}>"] = places[child, linked or child == "a"]
    return places["", False]


@cache
def _start_tag(element: str) -> re.Pattern[str]:
    """Describe a start tag with some of the attributes that its element keeps, each once, in any order."""
    names = sorted(ATTRIBUTES["*"] | ATTRIBUTES.get(element, frozenset()))
    attributes = (
        rf'{name}="(?({number})(?!))({_value(element, name)})"' for number, name in enumerate(names, start=1)
    )
    return re.compile(rf"<{element}(?: (?:{'|'.join(attributes)}))+>")


def _value(element: str, attribute: str) -> str:
    if (element, attribute) in LINKS:
        return _LINK
    if (element, attribute) in RESOURCES:
        return _WEB
    return _CANDIDATES if attribute == "srcset" else _VALUE


_FRAGMENT: Final = _fragment()
