"""The ends of sentences, in the scripts of news."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from newsfeed.text.graphemes import is_boundary
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["sentence_ends"]

#: Abbreviations before a full stop, by language. Single letters ("A."), initials ("U.S.",
#: "т.е."), Roman numerals and numbers of one or two digits ("II. Dünya Savaşı", "5. Cadde") need no entry.
_ABBREVIATIONS: Final = {
    "az": "akad bax cən dos əl küç məh məs mln mlrd red sev şək tel ünv",
    "de": "abs bd bzw ca dez dipl evtl feb frl geb gem gen ggf hl hr hrsg inkl ing jan kap max mind mio mrd nov okt sep sept"
    " sog str tel u.a usw vgl zzgl",
    "en": "adm al approx apr assn atty aug ave blvd bros brig capt cmdr col cpl dec dept dist esp est etc feb fig fr ft gen"
    " gov hon intl jan lt maj max messrs mgr min mt natl nov oct ph.d pp pres pt pvt rep reps rev sen sens sept sgt supt univ"
    " vol",
    "es": "admón av avda dña dpto dra ee.uu gral lic pág prov sra sres tel ud uds",
    "fr": "adj apr av boul bd chap dir env ét éd fig hab max min mlle mm mme mmes mgr ste tél vol",
    "id": "drs hal ir jl kab kec kel kol no pt rp tbk tel",
    "it": "art avv dott ecc fig geom gen ing mons on pag prov sig sigg tel",
    "nl": "bijv blz ca dhr dhrn drs enz ing mevr mr nl sgt tel",
    "pl": "dyw gen godz hab im inż ks mgr mjr min mln mld np os płk pl pkt red sp św tel tys ul woj wyd zł",
    "pt": "av dra eng exmo pág sra sto tel",
    "ru": "акад бул вв гг гл гос гр дол др жит зам им ин-т каф корп кв коп макс мин млн млрд наб напр нач обл оз пер пл пом"
    " пос пр просп проф рис руб св сек см ср ст стр табл тел тов тыс ул чел экз",
    "tr": "alb apt av bkz bşk bul cad doç gen hz kor krş mah müh opr ord org örn sn sok şti tel uzm vb vd yrd yüzb",
    "uk": "акад бул вул грн гр ім інж кв млн млрд напр обл пл просп проф пров рр рис руб см ст стор тел тис",
}
#: Abbreviations with names, in any language.
_EVERYWHERE: Final = frozenset("co corp dr inc jr ltd mr mrs ms no nr op ph.d prof sr st vs".split())  # noqa: SIM905

_CLOSING: Final = "\"'”’»›)\\]}」』）】》〉"
_END: Final = lazy_pattern(rf"(?P<mark>[.!?…‽؟۔।॥։።။៕]+|[。．！？｡]+)[{_CLOSING}]*")
_NEXT: Final = lazy_pattern(r"[\s\"'“„‘‚«‹(\[{¿¡–—-]*(.)")
_WORD_BEFORE: Final = lazy_pattern(rf"[^\s{_CLOSING}(\[{{\"“„«‹‘/]*\Z")
_INITIALS: Final = lazy_pattern(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_ORDINAL: Final = lazy_pattern(r"[0-9]{1,2}|[IVXLC]+")


def sentence_ends(text: str, *, language: str, upto: int) -> Iterator[int]:
    """Find the ends of the sentences at the beginning of a text.

    A sentence ends with a mark such as `.`, `?`, `؟`, `।` or `。`, and any closing quotation marks and brackets after
    it. In scripts with spaces, a space must follow, but not a lower-case letter; in those without, no letter may
    follow a quotation mark. A full stop before a number, and one after an abbreviation, a single letter or a short
    number, doesn't count: "No. 5", "Dr. Aliyev".

    Args:
        text: Plain text.
        language: The text's language, a BCP 47 tag; it decides which abbreviations are known.
        upto: The last index of interest.

    Yields:
        The indexes after the ends, in ascending order.

    >>> text = "Dr. Aliyev spoke. Did J. R. Smith? Yes"
    >>> [text[:end] for end in sentence_ends(text, language="en", upto=len(text))]
    ['Dr. Aliyev spoke.', 'Dr. Aliyev spoke. Did J. R. Smith?']
    """
    abbreviations = _abbreviations(language.lower().split("-")[0])
    for end in _END.finditer(text, 0, upto + 1):
        if end.end() <= upto and is_boundary(text, end.end()) and _ends(text, end, abbreviations):
            yield end.end()


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return _EVERYWHERE | frozenset(_ABBREVIATIONS.get(language, "").split())


def _ends(text: str, end: re.Match[str], abbreviations: frozenset[str]) -> bool:
    if end["mark"][0] in "。．！？｡":
        # after a quotation the sentence continues: 「行く。」と言った
        return end.end() == end.end("mark") or end.end() == len(text) or not text[end.end()].isalnum()
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
    """Return whether the full stop at an index is part of the word before it."""
    word = _WORD_BEFORE.search(text[max(0, stop - 20) : stop])
    written = word[0] if word else ""
    return bool(
        _INITIALS.fullmatch(written) or _ORDINAL.fullmatch(written) or written.lower() in abbreviations
    )


def _is_lower(character: str) -> bool:
    """Return whether a letter has a capital for the start of a sentence; Georgian letters have none."""
    return character.islower() and character.title() != character
