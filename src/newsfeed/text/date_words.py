"""The words of dates in other languages than English: months, weekdays, and what stands between them (Unicode's CLDR)."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["DateWords", "date_words", "folded", "in_western_signs"]

_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: Words of dates that CLDR's patterns don't have.
_OTHERS = {
    "ar": ("الساعة",),
    "az": ("il", "saat"),
    "de": ("um", "uhr"),
    "es": ("a", "las", "del"),
    "fr": ("à", "le"),
    "it": ("alle", "ore"),
    "pt": ("às",),
    "ru": ("года", "в"),
    "tr": ("saat",),
    "uk": ("року", "р", "о"),
}
#: 2025年12月19日, in Chinese, Japanese and Korean.
_IN_HAN = lazy_pattern(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日號号일]")
_LITERAL = lazy_pattern(r"'([^']+)'|([^\W\d_]{2,})")
_WORD = lazy_pattern(r"[^\W\d_]+")


class DateWords(NamedTuple):
    """The words of dates in some languages, as `folded` has them."""

    #: For each word the short English names of what it means; none for a word without meaning.
    meanings: Mapping[str, Sequence[str]]
    #: Names of several words, the longest first.
    phrases: Sequence[str]


def folded(word: str) -> str:
    """Return a word in the form in which words of dates are compared, whatever its letter case in any language.

    >>> folded("İyun"), folded("ARALIK"), folded("Aralık")
    ('iyun', 'aralik', 'aralik')
    """
    return word.casefold().replace("\u0307", "").replace("ı", "i")


def in_western_signs(text: str) -> str:
    """Return a date with the digits and separators of English, as far as they are those of another script.

    >>> in_western_signs("١٩ ديسمبر، ٢٠٢٥"), in_western_signs("2025年12月19日")
    ('19 ديسمبر, 2025', '2025-12-19')
    """
    if text.isascii():
        return text
    signs = [
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in text.replace("،", ",")
        if unicodedata.category(sign) != "Cf"  # marks that turn the direction
    ]
    return _IN_HAN.sub(r"\1-\2-\3", "".join(signs))


@lru_cache(maxsize=16)
def date_words(languages: tuple[str, ...]) -> DateWords:
    """Return the words of dates in some languages.

    Args:
        languages: BCP 47 tags.

    >>> words = date_words(("ru", "cs", "hr")).meanings
    >>> words["декабря"], words["г"], words["listopad"]
    (('Dec',), (), ('Nov', 'Oct'))
    """
    meanings: dict[str, tuple[str, ...]] = {}
    for language in languages:
        for name, meaning in _names(language):
            known = meanings.setdefault(name, ())
            if meaning and meaning not in known:
                meanings[name] = tuple(sorted((*known, meaning)))
    phrases = [name for name in meanings if not _WORD.fullmatch(name)]
    return DateWords(meanings, sorted(phrases, key=len, reverse=True))


def _names(language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a language, each with its meaning; empty for words without one."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                yield folded(name.strip().rstrip(".")), _SHORT_MONTHS[number - 1]
            for number, name in locale.days[context][width].items():
                yield folded(name.strip().rstrip(".")), _SHORT_WEEKDAYS[number]
    dates = [locale.date_formats[width] for width in ("full", "long", "medium")]
    words = [_literals(str(pattern)) for pattern in (*dates, *locale.datetime_formats.values())]
    for word in (*chain.from_iterable(words), *_OTHERS.get(locale.language, ())):
        yield folded(word), ""


def _literals(pattern: str) -> Iterator[str]:
    """Yield the words of a pattern: those in quotation marks, and those that can't be its fields, which are in ASCII."""
    for quoted, bare in _LITERAL.findall(pattern):
        yield from _WORD.findall(quoted)
        if bare and not bare.isascii():
            yield bare
