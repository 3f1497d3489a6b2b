"""Languages: their tags (BCP 47, which is RFC 5646), their own names, and the direction in which they are written.

Facts about languages come from the Unicode CLDR, through Babel, which is loaded when first needed.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from reprlib import repr as shortened
from typing import TYPE_CHECKING, Literal

from newsfeed.errors import InvalidValue
from newsfeed.text.language_words import LANGUAGES_CALLED, LANGUAGES_OF_COUNTRIES
from newsfeed.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:  # Babel is heavy, and a type alone should not load it
    from babel import Locale

__all__ = ["babel_locale", "canonical_language", "digits", "direction", "own_name", "script"]

#: The grammar of RFC 5646 §2.1, without what newsrooms don't need: registered names of four to eight letters (there
#: are none yet), tags that are only private use, and the grandfathered ones.
_TAG = lazy_pattern(
    r"""
    (?P<language> [a-z]{2,3} )
    (?: - [a-z]{3} ){0,3}                                   # extended language
    (?: - (?P<script> [a-z]{4} ) )?
    (?: - (?P<region> [a-z]{2} | [0-9]{3} ) )?
    (?P<variants> (?: - (?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )* )
    (?P<extensions> (?: - [a-wyz0-9] (?: - [a-z0-9]{2,8} )+ )* )
    (?: - x (?: - [a-z0-9]{1,8} )+ )?                       # private use
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_LONGEST_TAG = 100

#: The digit zero of numbering systems other than ASCII's that are some language's default in the CLDR.
_ZEROS = {
    "adlm": "\N{ADLAM DIGIT ZERO}",
    "arab": "\N{ARABIC-INDIC DIGIT ZERO}",
    "arabext": "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}",
    "beng": "\N{BENGALI DIGIT ZERO}",
    "cakm": "\N{CHAKMA DIGIT ZERO}",
    "deva": "\N{DEVANAGARI DIGIT ZERO}",
    "hmnp": "\N{NYIAKENG PUACHUE HMONG DIGIT ZERO}",
    "mtei": "\N{MEETEI MAYEK DIGIT ZERO}",
    "mymr": "\N{MYANMAR DIGIT ZERO}",
    "nkoo": "\N{NKO DIGIT ZERO}",
    "olck": "\N{OL CHIKI DIGIT ZERO}",
    "rohg": "\N{HANIFI ROHINGYA DIGIT ZERO}",
    "tibt": "\N{TIBETAN DIGIT ZERO}",
}

#: Scripts that run from right to left (ISO 15924; Bidi_Class R or AL in the Unicode Character Database).
_RIGHT_TO_LEFT = frozenset(
    {
        *(
            "Adlm",
            "Arab",
            "Aran",
            "Armi",
            "Avst",
            "Chrs",
            "Cprt",
            "Elym",
            "Gara",
            "Hatr",
            "Hebr",
            "Hung",
            "Khar",
        ),
        *(
            "Lydi",
            "Mand",
            "Mani",
            "Mend",
            "Merc",
            "Mero",
            "Narb",
            "Nbat",
            "Nkoo",
            "Orkh",
            "Ougr",
            "Palm",
            "Phli",
        ),
        *(
            "Phlp",
            "Phlv",
            "Phnx",
            "Prti",
            "Rohg",
            "Samr",
            "Sarb",
            "Sidt",
            "Sogd",
            "Sogo",
            "Syrc",
            "Syre",
            "Syrj",
        ),
        *("Syrn", "Thaa", "Todr", "Yezi"),
    }
)


def canonical_language(tag: object) -> str:
    """Check a language tag, and return it in the usual case (RFC 5646 §2.1 and §2.1.1).

    Args:
        tag: The tag, in any case.

    Returns:
        The tag: the language in lower case, the script as in Latn, the region as in AZ.

    Raises:
        InvalidValue: If it isn't a tag. The remedy names the code of a language that was written out.

    Example:
        >>> canonical_language("az-latn-az")
        'az-Latn-AZ'
        >>> canonical_language("Azerbaijani")
        Traceback (most recent call last):
        newsfeed.errors.InvalidValue: 'Azerbaijani' isn't a language tag. Write its code, "az".
    """
    if not isinstance(tag, str):
        raise InvalidValue(
            f"a language tag can't be of type {type(tag).__name__}", 'write it as text, such as "en" or "az"'
        )
    return _canonical(tag)


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return the direction in which a language is written, for HTML's `dir`.

    The script decides: the tag's own, or the likely one for its language and region in the CLDR.

    Args:
        tag: A language tag.

    Returns:
        `rtl` for right to left; `ltr` for everything else, unknown languages included.

    Raises:
        InvalidValue: If it isn't a language tag.

    Example:
        >>> direction("ar"), direction("az"), direction("az-Arab")
        ('rtl', 'ltr', 'rtl')
    """
    return "rtl" if script(canonical_language(tag)) in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=1024)
def own_name(tag: str) -> str:
    """Return a language's name in that language, as in a list of languages.

    Args:
        tag: A language tag.

    Returns:
        The CLDR's name for the tag, or for its first subtags, capitalised; the tag itself if there is none.

    Raises:
        InvalidValue: If it isn't a language tag.

    Example:
        >>> own_name("en"), own_name("az"), own_name("ru"), own_name("en-US")
        ('English', 'Azərbaycan', 'Русский', 'American English')
    """
    canonical = canonical_language(tag)
    locale = _nearest_locale(canonical)
    if locale is None:
        return canonical
    for known in (*_shorter_and_shorter(canonical), locale.language):
        if name := locale.languages.get(known.replace("-", "_")):
            # Titlecase, because Georgian has capitals that no sentence begins with.
            return str(name[:1].title() + name[1:])
    return canonical


@lru_cache(maxsize=1024)
def babel_locale(tag: str) -> "Locale":
    """Return Babel's locale for a language.

    Args:
        tag: A language tag.

    Returns:
        The locale of the tag, or of its first subtags (RFC 4647 §3.4) with their likely script; English if Babel
        doesn't know the language.

    Example:
        >>> str(babel_locale("az-Latn-AZ")), str(babel_locale("en-AZ")), str(babel_locale("zh-TW"))
        ('az_Latn_AZ', 'en', 'zh_Hant_TW')
    """
    from babel import Locale

    return _nearest_locale(tag) or Locale("en")


@lru_cache(maxsize=1024)
def digits(tag: str) -> Mapping[int, str]:
    """Return the digits of a language by those of ASCII, as `str.translate` takes them; nothing where they are the same.

    Args:
        tag: A language tag.

    Returns:
        The digits of the language's default numbering system in the CLDR.

    Example:
        >>> "19.12.2025".translate(digits("fa")), "19.12.2025".translate(digits("ur"))
        ('۱۹.۱۲.۲۰۲۵', '19.12.2025')
    """
    zero = _ZEROS.get(babel_locale(tag).default_numbering_system)
    return {} if zero is None else {ord("0") + number: chr(ord(zero) + number) for number in range(10)}


@lru_cache(maxsize=1024)
def _canonical(tag: str) -> str:
    if not _is_well_formed(tag):
        raise InvalidValue(f"{shortened(tag)} isn't a language tag", _remedy(tag))
    if language := LANGUAGES_OF_COUNTRIES.get(tag[:3].rstrip("-").lower()):
        reason = f"{shortened(tag)} begins with the code of a country, not of a language"
        raise InvalidValue(reason, f'write "{language}"')
    return _in_usual_case(tag)


def _is_well_formed(tag: str) -> bool:
    match = _TAG.fullmatch(tag) if len(tag) <= _LONGEST_TAG else None
    if match is None:
        return False
    variants = match["variants"].lower().split("-")[1:]
    singletons = re.findall(r"-(.)(?=-)", match["extensions"].lower())
    return len(variants) == len(set(variants)) and len(singletons) == len(set(singletons))


def _in_usual_case(tag: str) -> str:
    subtags = tag.lower().split("-")
    for place, subtag in enumerate(subtags[1:], start=1):
        if len(subtag) == 1:  # a singleton: what follows it stays small
            break
        if len(subtag) == len("AZ"):
            subtags[place] = subtag.upper()
        elif len(subtag) == len("Latn"):
            subtags[place] = subtag.capitalize()
    return "-".join(subtags)


def _remedy(tag: str) -> str:
    hyphenated = tag.strip().replace("_", "-")
    if _is_well_formed(hyphenated):
        return f'write "{_in_usual_case(hyphenated)}"'
    if _is_well_formed(hyphenated.partition(".")[0].partition("@")[0]):  # en_US.UTF-8
        return f'write "{_in_usual_case(hyphenated.partition(".")[0].partition("@")[0])}"'
    if len(tag) <= _LONGEST_TAG and (code := _code_of_name(tag.strip())):
        return f'write its code, "{code}"'
    return 'write a tag of BCP 47, such as "en", "az" or "pt-BR"'


def _code_of_name(name: str) -> str | None:
    wanted = name.casefold()
    return LANGUAGES_CALLED.get(wanted) or _english_names().get(wanted) or _own_names().get(wanted)


@cache
def _english_names() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").languages
    return {names[code].casefold(): code.replace("_", "-") for code in sorted(names, reverse=True)}


@cache
def _own_names() -> dict[str, str]:
    from babel import Locale
    from babel.localedata import locale_identifiers

    languages = sorted(known for known in locale_identifiers() if "_" not in known)
    names = {code: Locale(code).languages.get(code) for code in reversed(languages)}
    return {name.casefold(): code for code, name in names.items() if name}


@lru_cache(maxsize=1024)
def script(tag: str) -> str | None:
    """Return the script in which a language is written (ISO 15924): the tag's own, or the likely one in the CLDR.

    Args:
        tag: A language tag.

    Returns:
        The code of the script; None for a language that the CLDR doesn't know.

    Example:
        >>> script("sr"), script("sr-ME"), script("zh-TW"), script("az-Arab")
        ('Cyrl', 'Latn', 'Hant', 'Arab')
    """
    from babel.core import get_global

    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    if match["script"]:
        return match["script"]
    language = get_global("language_aliases").get(match["language"], match["language"])
    likely = get_global("likely_subtags")
    subtags = likely.get(f"{language}_{match['region']}") or likely.get(language) or ""
    return next((subtag for subtag in subtags.split("_") if len(subtag) == len("Latn")), None)


def _nearest_locale(tag: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    for shorter in _shorter_and_shorter(tag):
        try:
            return Locale.parse(shorter, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _shorter_and_shorter(tag: str) -> Iterator[str]:
    """Drop subtags from the right, as in the lookup of RFC 4647 §3.4."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
