"""The lead of an article: how its text begins, for articles that come without a summary."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from newsfeed.text.excerpts import excerpt
from newsfeed.text.html.summary.asides import ASIDE, LABEL, NEVER, PROSE
from newsfeed.text.html.summary.lines import Line, lines
from newsfeed.text.html.words import plain_text
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.sentences import sentence_ends

__all__ = ["Lead", "lead"]

_LIMIT: Final = 300
#: A summary of this length doesn't begin another paragraph; half is enough in scripts whose characters say more.
_ENOUGH: Final = 120
_DENSE: Final = frozenset({"ja", "ko", "wuu", "yue", "zh"})

#: What ends a sentence where a block of text has no full stop of its own, by language, and what stands between items.
_FULL_STOPS: Final = {
    **dict.fromkeys(("ja", "wuu", "yue", "zh"), "。"),
    **dict.fromkeys(("as", "bn", "hi", "mr", "ne", "or", "pa", "sa"), "। "),
    **dict.fromkeys(("lo", "th"), " "),
    "hy": "։ ",
    "my": "။ ",
    "km": "។ ",
    "ur": "۔ ",
}
_SEMICOLONS: Final = {
    **dict.fromkeys(("ja", "wuu", "yue", "zh"), "；"),
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "ug", "ur"), "؛ "),
    "el": " · ",
}
#: What may stand behind the end of a sentence, signs that need nothing more behind them, and those that bring their space.
_CLOSING: Final = "\"'”’»›)]}」』）】》〉"
_ENDS: Final = frozenset(".!?…‽؟۔।॥։。៕．！？｡,;:؛،：；、，–—-")
_WIDE: Final = frozenset("。．！？｡：；、，」』）】》〉")
_LONGEST_HEADING: Final = 60
_OPEN: Final = (":", "：")
_WORDS_FOLLOW: Final = lazy_pattern(r">[^<]*?\w")
_WORD: Final = lazy_pattern(r"\w+")
_NOT_A_LETTER: Final = lazy_pattern(r"[\W_]+")
#: How many characters a line may have beside a title or name that it repeats.
_MOST_BESIDE: Final = 30


class Lead(NamedTuple):
    """The beginning of an article.

    Attributes:
        text: Plain text, at most 300 characters and an ellipsis.
        is_whole: Whether it is all that the article says.
    """

    text: str
    is_whole: bool


def lead(html: str, *, language: str, title: str = "", authors: Iterable[str] = ()) -> Lead | None:
    """Make a summary of how an article begins.

    It has whole paragraphs and sentences as far as they fit. Headings, captions, contents lists, tables and the like
    (`newsfeed.text.html.summary.asides`) are left out, unless there is nothing else; so is what only repeats the title or
    names an author.

    Args:
        html: The article's content, before it is cleaned: by then, classes that tell a caption from prose are gone.
            Feeds can carry each of its characters (`newsfeed.text.xml_characters`).
        language: Its language, a BCP 47 tag.
        title: Its headline.
        authors: The names of its authors.

    Returns:
        None if there are no words.

    >>> lead("<h2>Background</h2><p>The council met <b>today</b></p><p>Prices rose.</p>", language="en")
    Lead(text='The council met today. Prices rose.', is_whole=False)
    """
    labels = _Labels(title, authors)
    for most in (PROSE, ASIDE, LABEL):
        begun = _begin(
            html, most, labels if most < LABEL else _Labels("", ()), language.lower().split("-")[0]
        )
        if begun is not None:
            text = excerpt(begun.text, language=language, limit=_LIMIT)
            return Lead(text, begun.is_whole and text == begun.text)
    text = excerpt(plain_text(html), language=language, limit=_LIMIT)
    return Lead(text, is_whole=False) if text else None


class _Labels:
    """An article's title and authors, which its text may repeat.

    Args:
        title: Its headline.
        authors: The names of its authors.
    """

    def __init__(self, title: str, authors: Iterable[str]) -> None:
        self._title = title
        self._names = [name.casefold() for name in authors if name]
        self._longest = max(len(title), *map(len, self._names), 0) + _MOST_BESIDE
        first = _WORD.search(title.casefold())
        self._first_word = first[0] if first else title

    def repeats(self, text: str) -> bool:
        """Return whether a line says nothing but the title or an author's name."""
        if len(text) > self._longest:
            return False
        said = text.casefold()
        if self._first_word in said and _letters(text) == _letters(self._title):
            return True
        return not _is_ended(text) and any(
            name in said and len(said) <= len(name) + _MOST_BESIDE for name in self._names
        )


def _is_ended(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _ENDS


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", text.casefold()).strip()


def _begin(html: str, most: int, labels: _Labels, language: str) -> Lead | None:
    """Join the first lines of an article, until there are enough."""
    text = before = ""
    enough = _ENOUGH // 2 if language in _DENSE else _ENOUGH
    last, is_whole, gap = Line("", "p", PROSE, 0), True, False
    for line in lines(html, most=most):
        if line.begins == "more":
            is_whole = is_whole and not text
            if text:
                break
        elif not line.text or labels.repeats(line.text):
            is_whole = is_whole and not line.text and line.rank == NEVER
            gap = True
            if line.begins == "ul" and len(last.text) <= _LONGEST_HEADING and not _is_ended(last.text):
                text, last = before, Line("", "p", PROSE, 0)  # a heading of the list that is left out
        else:
            if gap and text.endswith(_OPEN):
                text, is_whole = _finished(text, language), False
            before = text
            text += _between(text, last, line, language) + line.text
            last, gap = line, False
            if len(text) >= enough and not text.endswith(_OPEN) and _WORDS_FOLLOW.search(html, line.end - 1):
                return Lead(text, is_whole=False)
    if text.endswith(_OPEN) and not is_whole:
        text = _finished(text, language) or text
    return Lead(text, is_whole) if text else None


def _between(text: str, last: Line, line: Line, language: str) -> str:
    """Return what to put between a text and the line that follows it."""
    if not text:
        return ""
    if _is_ended(text):
        return "" if text[-1] in _WIDE else " "
    if line.begins == "br":
        return " "
    if last.begins == "dt":
        return ": "
    if last.begins == line.begins == "li":
        return _SEMICOLONS.get(language, "; ")
    return _FULL_STOPS.get(language, ". ")


def _finished(text: str, language: str) -> str:
    """Remove a last sentence that promises what isn't there: `The results:`."""
    return text[: max(sentence_ends(text, language=language, upto=len(text) - 1), default=0)]
