"""A fragment's source while things in it are replaced: no tree, but positions, and what is around them.

A sanitising parser reads the result; so what is misjudged here, in badly broken markup, costs a paragraph's
tags at most. What is put in (titles, labels, addresses) is escaped, so it can't become markup. All searches together
take time in proportion to the length of the fragment.
"""

import re
from functools import lru_cache
from html import escape
from operator import itemgetter
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from newsfeed.text.html.allowed import ATTRIBUTES, BLOCKS
from newsfeed.text.html.notation import unescaped
from newsfeed.text.html.replacements.marks import LINK, RENAMED, REST_OF_TAG
from newsfeed.text.html.tags import attributes_of
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.url_references import absolute

__all__ = [
    "Element",
    "HtmlSource",
    "PlayerLink",
    "is_empty",
    "label_of",
    "on_one_line",
    "start_tag",
    "words_of",
]

#: Elements in which what replaces something is a paragraph of its own, unless it stands among words.
_CONTAINERS: Final = frozenset(
    "address article aside blockquote center dd dialog div fieldset figure footer form header legend li main marquee search section td".split()  # noqa: SIM905
)
_AMONG_WORDS: Final = frozenset("a b code em font i s small span strong sub sup u".split())  # noqa: SIM905
_VOID: Final = frozenset("br embed hr img input link meta param source track wbr".split())  # noqa: SIM905
#: Elements that their first end tag closes, whatever they hold.
_NOT_NESTING: Final = frozenset(
    {"iframe", "math", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"}
)
#: Whatever holds one of these holds blocks.
_AMONG_BLOCKS: Final = (BLOCKS | RENAMED.keys()) - frozenset(
    ["br", "caption", "col", "colgroup", "dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr"]
)
#: Words that need no space before, or after, what takes an element's place.
_ENDS_APART: Final = frozenset(" \t\n\f\r\xa0([{«„“‘「『（【")
_BEGINS_APART: Final = frozenset(" \t\n\f\r\xa0.,;:!?…)]}»”’،؛؟。，、！？；：）」』】")
_POSTERS: Final = ("poster", "data-poster", "data-thumbnail")
#: How many tags are looked at to find what stands around an element, and how often a text is read in all.
_MOST_SIBLINGS: Final = 50
_READINGS: Final = 50

_START_TAG: Final = lazy_pattern(rf"<([a-z][^\s/>]*+){REST_OF_TAG}")
_NAME: Final = lazy_pattern(r"<(/?)([a-z][^\s/>]*+)")
_TAG: Final = lazy_pattern(r"<(?:!--.*?-->|[a-z/!?][^>]*+>)", re.DOTALL | re.IGNORECASE)
_NEXT: Final = lazy_pattern(r"([^<]*+)(?:<(/?)([a-z][^\s/>]*+)?)?")
_END_OF_PARAGRAPH: Final = lazy_pattern(
    rf"</p\s*+>|(?=</?(?:{'|'.join(sorted((BLOCKS | RENAMED.keys()) - {'br'}))})[\s/>])|\Z"
)
_NOTHING: Final = lazy_pattern(
    r"(?:\s++|&nbsp;|&#160;|<(?!/?(?:audio|hr|iframe|img|input|object|picture|svg|video)\b)[^<>]*+>)*+"
)
_CLOSED_IN_ITSELF: Final = lazy_pattern(
    r"""<[^\s/]++(?:\s++[^\s"'<>/=]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'))?+)*+\s*/>"""
)
_LINK_TAG: Final = lazy_pattern(rf"<(?:(/)a[\s>]|{LINK})")


class Element(NamedTuple):
    """The start tag of an element, and where it stands."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


class PlayerLink(NamedTuple):
    """A link as HTML, and what of it may stand inside another link."""

    html: str
    inside_link: str


class HtmlSource:
    """A fragment's source, and what is to be changed in it.

    Attributes:
        html: The fragment; names of elements are in lower case.
        page: The address of the page.
        position: Everything before it is decided.
        pictures: The addresses of the pictures outside of `noscript`, once they are known.
        copies: Where each `noscript` ends whose picture was taken for the copy of another, by where it starts.
        copy: The attributes of a copy that stands before its picture.
    """

    def __init__(self, html: str, *, page: str) -> None:
        self.html = html
        self.page = page
        self.position = 0
        self.pictures: set[str | None] | None = None
        self.copies: dict[int, int] = {}
        self.copy: dict[str, str] = {}
        self._changes: list[tuple[int, int, str]] = []
        self._depths: dict[re.Pattern[str], tuple[int, int]] = {}
        self._found: dict[str, int] = {}
        self._unread = _READINGS * len(html)

    def changed(self) -> str:
        """Return the fragment with all changes; of two that overlap the first holds."""
        if not self._changes:
            return self.html
        pieces: list[str] = []
        position = 0
        for start, end, new in sorted(self._changes, key=itemgetter(0)):
            if start >= position:
                pieces += (self.html[position:start], new)
                position = end
        return "".join([*pieces, self.html[position:]])

    def replace(self, start: int, end: int, new: str) -> None:
        """Put HTML in the place of a stretch, and go on behind it."""
        self.replace_later(start, end, new)
        self.position = max(self.position, end)

    def replace_later(self, start: int, end: int, new: str) -> None:
        """Put HTML in the place of a stretch further on, between which and here there may be more to do."""
        self._changes.append((start, end, new))

    def put(self, start: int, end: int, new: PlayerLink | str) -> None:
        """Put a link or words in the place of an element, apart from what stands beside it; nothing where it is empty."""
        if isinstance(new, PlayerLink):
            html = new.inside_link if self.is_in_link(start) else new.html
        else:
            html = escape(new, quote=False)
        self.replace(start, end, self._set_apart(start, end, html) if html else "")

    def address(self, value: str | None) -> str | None:
        """Return the absolute http(s) address that a value means on the page; None if it is none."""
        return absolute(value, page=self.page) if value and value.strip() else None

    def link(self, address: str | None, words: str, attributes: dict[str, str]) -> PlayerLink | str:
        """Return a link, with the poster that the attributes name; only the words if there is no address."""
        if address is None:
            return words
        words = words or urlsplit(address).hostname or address
        html = escape(words, quote=False)
        picture = ""
        if attributes.get("type", "").startswith("image/"):
            picture, inside = start_tag("img", {"src": address, "alt": words}), ""
        else:
            poster = self.address(next((value for name in _POSTERS if (value := attributes.get(name))), None))
            picture = start_tag("img", {"src": poster, "alt": ""}) if poster else ""
            inside = f"<br>{html}" if picture else html
        return PlayerLink(f'<a href="{escape(address)}">{picture}{inside}</a>', picture or html)

    def element_at(self, position: int) -> Element | None:
        """Read the start tag that stands at a position."""
        tag = _START_TAG.match(self.html, position)
        if tag is None or tag[0][-1] != ">":
            return None
        return Element(tag[1], attributes_of(tag[0], tag[1]), tag.start(), tag.end())

    def end_tag(self, element: Element) -> tuple[int, int]:
        """Return where an element's end tag begins and ends; right behind the start tag if there is none."""
        if self._unread < 0:
            return element.end, element.end
        if element.name == "p":
            return self._end_of_paragraph(element.end)
        depth = 1
        for tag in _tags_of(element.name).finditer(self.html, element.end):
            depth += -1 if tag[1] else 1
            if not depth or (tag[1] and element.name in _NOT_NESTING):
                self._unread -= tag.end() - element.end
                return tag.span()
        self._unread -= len(self.html) - element.end
        return element.end, element.end

    def end(self, element: Element) -> tuple[int, int]:
        """Return where an element's end tag begins and ends; if there is none, where its line of text ends."""
        found = self.end_tag(element)
        return found if found[1] > element.end else (self._end_of_paragraph(element.end)[0],) * 2

    def _end_of_paragraph(self, position: int) -> tuple[int, int]:
        end = _END_OF_PARAGRAPH.search(self.html, position) if self._unread >= 0 else None
        found = end.span() if end else (position, position)
        self._unread -= found[0] - position
        return found

    def is_closed_in_itself(self, element: Element) -> bool:
        """Return whether a tag is self-closing as in XHTML; HTML ignores that."""
        return (
            self.html.startswith("/", element.end - 2)
            and _CLOSED_IN_ITSELF.fullmatch(self.html, element.start, element.end) is not None
        )

    def find(self, text: str, position: int) -> int:
        """Find a text behind a position that only grows; -1 if there is none."""
        found = self._found.get(text, 0)
        if 0 <= found < position:
            found = self._found[text] = self.html.find(text, position)
        return found

    def is_in_link(self, position: int) -> bool:
        """Return whether a link with an address is open at a position that only grows."""
        seen, depth = self._depths.get(_LINK_TAG, (0, 0))
        if not depth and self.html.find("<a", seen, position) < 0:  # much faster than a pattern
            self._depths[_LINK_TAG] = (max(seen, position), 0)
            return False
        return self._depth(_LINK_TAG, position, most=1) > 0

    def is_inside(self, names: str, position: int) -> bool:
        """Return whether one of some elements, named by a pattern, is open at a position that only grows."""
        return self._depth(_tags_of(names), position) > 0

    def _depth(self, tags: re.Pattern[str], position: int, most: int = 1_000) -> int:
        seen, depth = self._depths.get(tags, (0, 0))
        for closes in tags.findall(self.html, seen, position):
            depth = max(0, depth - 1) if closes else min(depth + 1, most)
        self._depths[tags] = (max(seen, position), depth)
        return depth

    def _set_apart(self, start: int, end: int, new: str) -> str:
        """Return what replaces an element as a paragraph if it is alone among blocks, else with spaces around it."""
        before = self.html.rfind(">", 0, start) + 1
        words_before = self.html[before:start]
        tag = _NAME.match(self.html, self.html.rfind("<", 0, before)) if before else None
        is_behind_tag = not words_before and tag is not None
        is_first = not words_before and (
            not start or (tag is not None and not tag[1] and tag[2] not in _VOID)
        )
        after = _NEXT.match(self.html, end)
        words_after, closes, name = after.groups() if after else ("", "", None)
        is_among_words = (
            words_before.strip()
            or (is_behind_tag and not is_first and tag is not None and tag[2] in _AMONG_WORDS)
            or (words_after or "").strip()
            or (not words_after and not closes and name in _AMONG_WORDS)
        )
        if not is_among_words and self._is_among_blocks(start):
            return f"<p>{new}</p>"
        is_last = not words_after and (closes or end == len(self.html))
        needs_none_before = is_first or words_before[-1:] in _ENDS_APART
        needs_none_behind = is_last or (words_after or "")[:1] in _BEGINS_APART
        return f"{'' if needs_none_before else ' '}{new}{'' if needs_none_behind else ' '}"

    def _is_among_blocks(self, position: int) -> bool:
        ended: list[str] = []
        for _ in range(_MOST_SIBLINGS):
            position = self.html.rfind("<", 0, position)
            if position < 0:
                break
            tag = _NAME.match(self.html, position)
            if tag is None:
                continue
            closes, name = tag.groups()
            if closes:
                if not ended and name in _AMONG_BLOCKS:
                    break
                ended.append(name)
            elif ended:
                if ended[-1] == name:
                    ended.pop()
            elif name not in _VOID:
                return name in _CONTAINERS
        return True


def start_tag(name: str, attributes: dict[str, str]) -> str:
    """Write a start tag with those of some attributes that may stay.

    >>> start_tag("img", {"src": "/a.jpg", "alt": 'R&D "x"', "onerror": "go()"})
    '<img src="/a.jpg" alt="R&amp;D &quot;x&quot;">'
    """
    kept = ATTRIBUTES["*"] | ATTRIBUTES.get(name, frozenset())
    written = [f' {key}="{escape(value)}"' for key, value in attributes.items() if key in kept]
    return f"<{name}{''.join(written)}>"


def label_of(attributes: dict[str, str]) -> str:
    """Return an element's title or label, on one line."""
    return on_one_line(attributes.get("title") or attributes.get("aria-label") or "")


def on_one_line(text: str) -> str:
    """Write each run of white space as one space."""
    return " ".join(text.split())


def words_of(html: str) -> str:
    """Return the words of a stretch of HTML."""
    return unescaped(_TAG.sub("", html)).strip()


def is_empty(html: str) -> bool:
    """Return whether there is nothing to see in a stretch of HTML."""
    return _NOTHING.fullmatch(html) is not None


@lru_cache(maxsize=64)
def _tags_of(names: str) -> re.Pattern[str]:
    """Return a pattern for the tags of some elements; the first group is the slash of end tags."""
    return re.compile(rf"<(/?)(?:{names})(?![^\s/>])[^>]*+>")
