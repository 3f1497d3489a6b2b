"""Where sentences end, in the scripts that news is written in."""

import re
from collections.abc import Iterator
from typing import Final

from newsfeed.text.graphemes import is_boundary

__all__ = ["sentence_ends"]

#: Words that a full stop shortens, as they stand before it, by language. Single letters ("A."), initials ("U.S.",
#: "т.е."), Roman numerals and numbers of one or two digits ("II. Dünya Savaşı", "5. Cadde") need no entry.
_ABBREVIATIONS: Final = {
    "az": "akad bax cən dos əl küç məh məs mln mlrd prof red sev şək tel ünv",
    "en": "adm approx apr aug ave blvd bros brig capt cmdr co col corp dec dept dr esp feb fr gen gov hon inc jan jr lt"
    " ltd maj messrs mr mrs ms mt nov oct ph.d pres prof rep reps rev sen sens sept sgt sr st supt vs",
    "ru": "акад бул вв гг гл гр дол др жит зам им ин-т корп кв коп млн млрд наб напр нач обл оз пер пл пом пос пр просп"
    " проф рис руб св сек см ср ст стр табл тел тыс ул экз",
    "tr": "alb apt av bkz bşk bul cad doç dr gen hz kor krş ltd mah müh opr ord org örn prof sn sok şti tel uzm vb vd vs"
    " yrd yüzb",
}

_CLOSING: Final = "\"'”’»›)\\]}」』）】》〉"
_END: Final = re.compile(rf"(?P<mark>[.!?…‽؟۔।॥։።။៕]+|[。．！？｡]+)[{_CLOSING}]*")
_NEXT: Final = re.compile(r"[\s\"'“„‘‚«‹(\[{¿¡–—-]*(.)")
_WORD_BEFORE: Final = re.compile(rf"[^\s{_CLOSING}(\[{{\"“„«‹‘/]*\Z")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_ORDINAL: Final = re.compile(r"[0-9]{1,2}|[IVXLC]+")


def sentence_ends(text: str, *, language: str, upto: int) -> Iterator[int]:
    """Find where the sentences at the beginning of a text end.

    A sentence ends with a mark such as `.`, `?`, `؟`, `।` or `。`, and with the quotation marks and brackets that close
    after it. In scripts with spaces, a space must follow and no lower-case letter. A full stop before a number, and
    one after an abbreviation, a single letter or a short number, doesn't count: "No. 5", "Dr. Aliyev".

    Args:
        text: Plain text.
        language: The text's language, a BCP 47 tag; it tells which abbreviations to expect.
        upto: The last index of interest.

    Yields:
        Indexes behind the ends, in ascending order.

    >>> text = "Dr. Aliyev spoke. Did J. R. Smith? Yes"
    >>> [text[:end] for end in sentence_ends(text, language="en", upto=len(text))]
    ['Dr. Aliyev spoke.', 'Dr. Aliyev spoke. Did J. R. Smith?']
    """
    abbreviations = frozenset(_ABBREVIATIONS.get(language.lower().split("-")[0], "").split())
    for end in _END.finditer(text, 0, upto + 1):
        if end.end() <= upto and is_boundary(text, end.end()) and _ends(text, end, abbreviations):
            yield end.end()


def _ends(text: str, end: re.Match[str], abbreviations: frozenset[str]) -> bool:
    if end["mark"][0] in "。．！？｡":
        return True
    if end.end() < len(text) and not text[end.end()].isspace():
        return False
    following = _NEXT.match(text, end.end())
    if following and _is_lower(following[1]):
        return False
    if end["mark"] != ".":
        return True
    before_number = bool(following and following[1].isdigit())
    return not before_number and not _shortens(text, end.start(), abbreviations)


def _shortens(text: str, stop: int, abbreviations: frozenset[str]) -> bool:
    """Tell whether the full stop at an index belongs to the word before it."""
    word = _WORD_BEFORE.search(text[max(0, stop - 20) : stop])
    written = word[0] if word else ""
    return bool(
        _INITIALS.fullmatch(written) or _ORDINAL.fullmatch(written) or written.lower() in abbreviations
    )


def _is_lower(character: str) -> bool:
    """Tell whether a letter has a capital that a sentence would start with; Georgian letters have none."""
    return character.islower() and character.title() != character
