"""The lines of an HTML text: what a person reads on each, and what kind of text it is.

The beginning of an article is all that its summary needs, so reading is lazy, and no tree is built: a parser takes as
long to make an empty one as a usual beginning takes here. Reading a whole text is linear in its length.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from newsfeed.text.html.patterns import any_of
from newsfeed.text.html.summary.asides import ELEMENTS, LABEL, NEVER, PROSE, VOID, rank_of
from newsfeed.text.html.summary.inline import (
    ATTRIBUTES,
    formula_inside,
    formula_text,
    inline_text,
    is_all,
    is_links,
    without_last_link,
)
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["Line", "lines"]


class Line(NamedTuple):
    """A line of text, or a gap where something was left out.

    Attributes:
        text: Plain text, in one line; empty for a gap.
        begins: What the line begins: `p` for a paragraph or another block, `li`, `dt` or `dd` for an item of a list,
            `br` for a further line of a block; `ul` for a gap that was a list, `more` for the mark that ends a teaser.
        rank: What stands there, or was left out; `NEVER` for a gap without words, such as a picture.
        end: Where it ends in the HTML.
    """

    text: str
    begins: str
    rank: int
    end: int


#: A tag that ends a line, or may be left out with its content; with the comments before it.
_MARKUP: Final = lazy_pattern(
    rf"""
    <(?: !--(?!\s*+more\b) (?:-?>|.*?--!?>) \s*+ < )*+
    (?:
        (/?) ({any_of(ELEMENTS)}) (?![^\s/>]) ([^>]*+) (?:>|\Z)
      | (?!{any_of(VOID)}\s) ([a-z][^\s/<>]*+) (\s[^<>c]*+ (?:c(?!lass=)[^<>c]*+)*+ class=[^>]*+) >
      | !-- \s*+ (more\b)? (?:-?>|.*?--!?>|.*\Z)
    )
    """,
    re.DOTALL | re.VERBOSE,
)
_WHOLE_TAG: Final = lazy_pattern(rf"[a-z][^\s/>]*+{ATTRIBUTES}")
_UPPER_CASE: Final = lazy_pattern(r"</?[A-Z]")
_TEX_IN_ATTRIBUTE: Final = lazy_pattern(
    r"""<(?:div|span)\s[^<>]*?data-(?:la)?tex="([^"<>]*+)"[^<>]*+>(?=</)"""
)
_NAME: Final = lazy_pattern(r"</?[A-Za-z0-9]+")
#: Elements whose content is text until their end tag, whatever it looks like.
_RAW: Final = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title"})
#: Elements without words that a sentence may speak of.
_SHOWN: Final = frozenset({"audio", "embed", "iframe", "object", "video"})
_LISTS: Final = frozenset({"ol", "ul"})
_ITEMS: Final = frozenset({"dd", "dt", "li"})
_BULLETS: Final = "•·▪▫◦‣● \xa0"
_BLOCKS: Final = any_of(name for name, rank in ELEMENTS.items() if rank < NEVER and name != "br")
#: What ends a paragraph: its end tag, or another block.
_END_OF_PARAGRAPH: Final = lazy_pattern(rf"</p\s*+>|(?=</?{_BLOCKS}(?![^\s/>]))|\Z")
#: What MathJax 2 keeps behind each formula that it drew.
_TEX_FOLLOWS: Final = lazy_pattern(r"(?:\s*+</span>)*+\s*+<script[^<>]*?math/tex")
_BEHIND_TAG: Final = lazy_pattern(r">\s*+[^<\s]")
_WORD: Final = lazy_pattern(r"\w")

#: Lines that aren't sentences: addresses, a credit, and a field such as `Date: 5 May`.
_ADDRESS: Final = lazy_pattern(r"(?:https?://\S+\s?)+")
_CREDIT: Final = lazy_pattern(
    r"©|courtesy |(?:foto|graphic|illustration|image|photo|photograph|picture) (?:by|courtesy|de|di|par|von)\b"
    r"|.*\b(?:afp|ap photo|epa|getty images|reuters|shutterstock) ?/",
    re.IGNORECASE,
)
#: What WordPress adds to each article in its own feeds.
_FEED_FOOTER: Final = lazy_pattern(
    r"(?:appeared first on|erschien zuerst auf|est apparu en premier sur|(?:aparece|se publicó) primero en|ilk önce"
    r"|появил[аио]сь сначала на|originally published (?:in|on))\s"
)
#: Lines that pages have between paragraphs.
_BETWEEN_PARAGRAPHS: Final = frozenset(
    [
        "ad",
        "advertisement",
        "advertisement - scroll to continue",
        "also read",
        "continue reading",
        "loading",
        "read also",
        "read more",
        "related",
        "share",
        "share this",
        "story continues below advertisement",
        "see also",
        "reklam",
        "devamını oku",
        "ayrıca okuyun",
        "ətraflı",
        "davamı",
        "həmçinin oxuyun",
        "oxşar xəbərlər",
        "реклама",
        "читать далее",
        "читайте также",
        "подробнее",
        "поделиться",
        "إعلان",
        "اقرأ أيضا",
        "اقرأ أيضًا",
        "اقرأ المزيد",
        "ادامه مطلب",
        "بیشتر بخوانید",
        "انتهای پیام",
        "広告",
        "続きを読む",
        "あわせて読みたい",
        "广告",
        "阅读更多",
        "相关阅读",
        "anzeige",
        "werbung",
        "weiterlesen",
        "lesen sie auch",
        "publicité",
        "lire aussi",
        "lire la suite",
        "publicidad",
        "leer más",
        "lea también",
        "pubblicità",
        "leggi anche",
        "publicidade",
        "leia também",
        "leia mais",
    ]
)
_BEHIND_WORDS: Final = " .:：…»›>→"
#: What a line of names begins with, and small words between them.
_BY: Final = frozenset("By BY Von Par Por Di Door Av Yazan Автор بقلم".split())  # noqa: SIM905
_BETWEEN_NAMES: Final = frozenset("and da de del der di e et la le of og ten und van ve von y и".split())  # noqa: SIM905
_YEAR: Final = lazy_pattern(r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d\d\b")
_CLOCK_TIME: Final = lazy_pattern(r"\b\d{1,2}:\d\d\b")
_MOST_OTHER_WORDS: Final = 2
_FIELD: Final = lazy_pattern(r"(?:[^\s:：]+\s){0,2}[^\s:：]+ ?(?::\s|：).*[^.!?…؟۔।。！？:：»”\"']")
_LONGEST_FIELD, _LONGEST_HEADING, _LONGEST_LINK = 80, 60, 200
_ENDS: Final = (".", "!", "?", "…", "؟", "۔", "।", "。", "！", "？", ":", "：", ",", ";")


def lines(html: str, *, most: int) -> Iterator[Line]:
    """Read the lines of an HTML text.

    Args:
        html: Any text; tags may be missing or wrong.
        most: The highest rank that is read; what is above leaves a gap.

    Yields:
        The lines that have words, and a gap where others are.

    >>> [line.text for line in lines("<h2>Trade</h2><p>Up <b>5</b>%<br>since May", most=PROSE)]
    ['', 'Up 5%', 'since May']
    """
    if _UPPER_CASE.search(html):
        html = _NAME.sub(lambda name: name[0].lower(), html)
    if "data-latex" in html or "data-tex" in html:
        html = _TEX_IN_ATTRIBUTE.sub(r"\g<0>\1", html)
    return _Reader(html, most).lines()


#: What a tag says: one line, two where a line ends in a gap, or none.
_Lines: TypeAlias = tuple[()] | tuple[Line] | tuple[Line, Line]


class _Reader:
    """Reads the lines of a text whose tags are written in lower case."""

    def __init__(self, html: str, most: int) -> None:
        self._html = html
        self._most = most
        #: Where reading goes on, and where the line begins, or goes on after what was left out of it.
        self._position = self._start = 0
        #: What the line begins, and what of it stands before `_start`.
        self._begins = "p"
        self._pieces: list[str] = []
        #: Whether a picture stands before the line.
        self._is_below_picture = False
        #: The end of the last list that was looked at, and elements that are never closed from here on.
        self._list_end = 0
        self._unclosed: set[str] = set()

    def lines(self) -> Iterator[Line]:
        html = self._html
        while mark := _MARKUP.search(html, self._position):
            self._position = mark.end()
            closes, block, attributes, inline, telling, more = mark.groups()
            if closes:
                yield from self._boundary(block, mark.start(), is_end=True)
            elif block:
                yield from self._block(block, attributes, mark)
            elif inline:
                self._inline(inline, telling, mark)
            elif more:
                yield from self._line(mark.start())
                yield Line("", "more", NEVER, self._position)
        self._position = len(html)
        yield from self._line(len(html))

    def _block(self, name: str, attributes: str, mark: re.Match[str]) -> _Lines:
        """Read the start tag of an element that ends a line, or whose content isn't prose."""
        rank = ELEMENTS[name]
        if attributes:
            attributes = self._whole(attributes, mark.start(2))
            rank = max(rank, rank_of(attributes))
        if name in _LISTS and rank <= self._most and self._is_of_links(name):
            rank = LABEL
        if rank <= self._most:
            return self._boundary(name, mark.start(), is_end=False)
        inner = self._left_out(name, attributes)
        if rank == NEVER and name not in _SHOWN:
            self._pieces.append(self._html[self._start : mark.start()])
            if name == "math":
                self._pieces.append(formula_text(attributes, inner))
            elif name == "script" and "math/tex" in attributes:
                self._pieces.append(inner)
            self._start = self._position
            return ()
        gap = Line(
            "",
            "ul" if name in _LISTS else "p",
            rank if rank < NEVER and _has_text(inner) else NEVER,
            self._position,
        )
        return (*self._line(mark.start()), gap)

    def _inline(self, name: str, attributes: str, mark: re.Match[str]) -> None:
        """Read the start tag of an element inside a line, which has a class."""
        attributes = self._whole(attributes, mark.start(4))
        rank = rank_of(attributes)
        if rank > self._most:
            inner = self._left_out(name, attributes)
            self._pieces.append(self._html[self._start : mark.start()])
            if rank == NEVER and not _TEX_FOLLOWS.match(self._html, self._position):
                self._pieces.append(formula_inside(attributes, inner))
            self._start = self._position

    def _whole(self, attributes: str, start: int) -> str:
        """Return all attributes of the tag that was just read; a `>` inside one doesn't end it."""
        if attributes.count('"') % 2 or attributes.count("'") % 2:
            whole = _WHOLE_TAG.match(self._html, start)
            if whole:
                self._position = whole.end()
                return whole[1]
        return attributes

    def _is_of_links(self, name: str) -> bool:
        """Return whether a list that has just begun consists of links; nested lists aren't checked."""
        start = self._position
        end = self._end(name) if start > self._list_end else None
        if end is None:
            return False
        self._list_end = end.start()
        inner = self._html[start : end.start()]
        return "<a" in inner and is_links(inner, inner)

    def _boundary(self, name: str, start: int, *, is_end: bool) -> _Lines:
        """End a line at a tag and note what the next one begins."""
        begins = self._begins
        is_empty = not self._pieces and (self._start == start or self._html[self._start : start].isspace())
        line = () if is_empty else self._line(start)
        self._start = self._position
        if name == "br":
            self._begins = ("p" if begins == "br" else begins) if is_empty else "br"
        elif name in _ITEMS and not is_end:
            self._begins = name
        elif not (is_empty and not is_end and begins in _ITEMS):  # as the first paragraph of an item is
            self._begins = "p"
        return line

    def _left_out(self, name: str, attributes: str) -> str:
        """Skip an element that has just begun and return its content; without an end tag, skip its start tag only."""
        if name in VOID or attributes.endswith("/"):
            return ""
        start, end = self._position, self._end(name)
        if end is not None:
            self._position = end.end()
            return self._html[start : end.start()]
        if name in _RAW:
            self._position = len(self._html)
        return ""

    def _end(self, name: str) -> re.Match[str] | None:
        """Find the end tag of an element that has just begun; None if there is none."""
        if name == "p":
            return _END_OF_PARAGRAPH.search(self._html, self._position)
        if name in self._unclosed:
            return None
        depth = 1
        for tag in _tags_of(name).finditer(self._html, self._position):
            depth += -1 if tag[1] else 1
            if depth == 0 or (tag[1] and name in _RAW):
                return tag
        self._unclosed.add(name)
        return None

    def _line(self, end: int) -> _Lines:
        """Return the line that ends at an index, if it has words, and begin another."""
        html, begins = self._html[self._start : end], self._begins
        if self._pieces:
            html = "".join([*self._pieces, html])
            self._pieces.clear()
        self._start, self._begins = self._position, "p"
        is_below_picture = self._is_below_picture or "<img" in html
        text = inline_text(html) if "<" not in html or _has_text(html) else ""
        text = text.lstrip(_BULLETS)
        if not _WORD.search(text):
            self._is_below_picture = is_below_picture
            return ()
        self._is_below_picture = False
        rank = LABEL if is_below_picture and is_all(html, "em|i|small") else _rank_of_line(html, text, begins)
        if html.rstrip().endswith("</a>"):
            text = without_last_link(html, text)
        return (Line(text if rank <= self._most else "", begins, rank, self._position),)


def _has_text(html: str) -> bool:
    """Return whether there is anything but tags and white space."""
    beginning = html.lstrip()[:1]
    return beginning not in {"", "<"} or _BEHIND_TAG.search(html) is not None


def _rank_of_line(html: str, text: str, begins: str) -> int:
    """Return whether a line is prose or a label: links, a bold heading, an address, a field."""
    if "<a" in html and (_FEED_FOOTER.search(text) or (len(text) <= _LONGEST_LINK and is_links(html, text))):
        return LABEL
    if text.startswith("http") and _ADDRESS.fullmatch(text):
        return LABEL
    if len(text) > _LONGEST_FIELD or text.endswith(_ENDS):
        return PROSE
    if begins in _ITEMS:
        return PROSE
    if _CREDIT.match(text) or _is_byline(text) or _is_date(text) or _is_between_paragraphs(text):
        return LABEL
    is_heading = len(text) <= _LONGEST_HEADING and "<" in html and is_all(html, "b|strong|time")
    is_field = (":" in text or "：" in text) and _FIELD.fullmatch(text)
    return LABEL if is_heading or is_field else PROSE


def _is_between_paragraphs(text: str) -> bool:
    return text.rstrip(_BEHIND_WORDS).casefold() in _BETWEEN_PARAGRAPHS


def _is_byline(text: str) -> bool:
    """Return whether a line names authors, such as `By Ann Lee and A. Moore, Wire`."""
    by, _, names = text.partition(" ")
    return by.rstrip(":") in _BY and all(
        not name[0].islower() or name.rstrip(",") in _BETWEEN_NAMES for name in names.split()
    )


def _is_date(text: str) -> bool:
    """Return whether a line is a date, such as `Updated 5 May 2026, 14:00`."""
    if not _YEAR.search(text):
        return False
    others = [word for word in text.split() if word[0].isalpha()]
    return len(others) <= _MOST_OTHER_WORDS or _CLOCK_TIME.search(text) is not None


@cache
def _tags_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){re.escape(name)}(?![^\s/>])[^>]*+>")
