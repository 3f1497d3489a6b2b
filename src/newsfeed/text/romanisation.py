"""Cyrillic in Latin letters, for slugs: each language by its own standard, without the marks that slugs don't keep.

A standard is a table of letters, and of patterns that are replaced before them: what depends on a letter's neighbours.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["EARLIER", "Romanisation", "romanisation"]

_SIMPLE: Final = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
_SOFT_LATIN: Final = {
    **dict(zip("абвгдежзијклмнопрстуфхцчш", "abvgdezzijklmnoprstufhccs", strict=True)),
    "љ": "lj",
    "њ": "nj",
    "џ": "dz",
}

#: Russian, BGN/PCGN 1947; letters of other languages in Cyrillic after BGN/PCGN for each.
_RUSSIAN: Final = {
    **_SIMPLE,
    "ё": "yo",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "і": "i",
    "ї": "yi",
    "ґ": "g",
    "ў": "w",
    "ђ": "dj",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
    "ѓ": "gj",
    "ќ": "kj",
    "ѕ": "dz",
    "ә": "a",
    "ғ": "gh",
    "қ": "q",
    "ң": "ng",
    "ө": "o",
    "ұ": "u",
    "ү": "u",
    "һ": "h",
    "ҳ": "h",
    "ҷ": "j",
    "җ": "j",
    "ҹ": "j",
    "ҝ": "g",
}

#: Apostrophes between letters, which part them in Ukrainian and Belarusian.
_APOSTROPHE: Final = r"(?<=[Ѐ-ӿ])['’ʼ`](?=[Ѐ-ӿ])"


class Romanisation(NamedTuple):
    """How a language is written in Latin letters."""

    #: What its letters become, the marks of Latin letters left out.
    letters: Mapping[str, str]
    #: Patterns in lower case, and what replaces them before the letters.
    patterns: tuple[tuple[str, str], ...] = ()

    def prepared(self, text: str) -> str:
        """Return a text in lower case in which the patterns are replaced."""
        for pattern, instead in self.patterns:
            text = re.sub(pattern, instead, text)
        return text


#: By language. Others are written as Russian is.
_STANDARDS: Final[Mapping[str, Romanisation]] = {
    # the alphabet of 1991, by which Cyrillic was replaced
    "az": Romanisation(
        {"ә": "e", "ғ": "g", "х": "x", "ч": "c", "ш": "s", "ж": "j", "ц": "s", "җ": "c", "ј": "y"}
    ),
    # the instruction on geographical names of 2007 (UN 2012)
    "be": Romanisation(
        {
            "г": "h",
            "е": "je",
            "ё": "jo",
            "ж": "z",
            "й": "j",
            "ў": "u",
            "х": "ch",
            "ц": "c",
            "ч": "c",
            "ш": "s",
            "ю": "ju",
            "я": "ja",
        },
        (
            *(
                (rf"(?<=[бвгджзклмнпрстфхцчш]){letter}", f"i{vowel}")
                for letter, vowel in zip("еёюя", "eoua", strict=True)
            ),
            (_APOSTROPHE, ""),
        ),
    ),
    # the Transliteration Act of 2009
    "bg": Romanisation({"щ": "sht", "ъ": "a", "х": "h", "й": "y", "ь": "y"}, ((r"ия\b", "ia"),)),
    # the Latin alphabet of 2021, with sh for ş
    "kk": Romanisation(
        {
            "ғ": "g",
            "ж": "j",
            "и": "i",
            "й": "i",
            "ң": "n",
            "ө": "o",
            "х": "h",
            "ю": "iu",
            "я": "ia",
            "ё": "io",
            "щ": "sh",
        }
    ),
    # BGN/PCGN 1979
    "ky": Romanisation({"ж": "j"}),
    # the orthography of 2017
    "mk": Romanisation({**_SOFT_LATIN, "ѓ": "gj", "ќ": "kj", "ѕ": "dz"}),
    # MNS 5217:2012
    "mn": Romanisation({"е": "ye", "ж": "j", "й": "i", "ь": "i", "щ": "sh"}),
    # Gaj's alphabet; đ is dj without its mark
    "sr": Romanisation({**_SOFT_LATIN, "ђ": "dj", "ћ": "c", "đ": "dj"}),
    # the Cabinet of Ministers' resolution 55 of 2010
    "uk": Romanisation(
        {
            "г": "h",
            "є": "ie",
            "и": "y",
            "й": "i",
            "ї": "i",
            "ю": "iu",
            "я": "ia",
        },
        (
            (_APOSTROPHE, ""),
            ("зг", "zgh"),
            *(
                (rf"\b{letter}", vowel)
                for letter, vowel in zip("єїйюя", ("ye", "yi", "y", "yu", "ya"), strict=True)
            ),
        ),
    ),
    # the Latin alphabet of 1995
    "uz": Romanisation(
        {"е": "ye", "ғ": "g", "ж": "j", "ў": "o", "х": "x"},
        ((r"(?<=[бвгджзйклмнпрстфхцчшқғҳ])е", "e"),),
    ),
}

#: How these languages were written before they had standards, in what was published then.
EARLIER: Final[Mapping[str, Romanisation]] = {
    "bg": Romanisation({"щ": "sht", "ъ": "a", "х": "h", "й": "y"}),
    "mk": Romanisation({"х": "h", "ц": "c", "ж": "z", "ч": "c", "ш": "s"}),
    "sr": Romanisation({"х": "h", "ц": "c", "ж": "z", "ч": "c", "ш": "s"}),
    "uk": Romanisation({"г": "h", "и": "y", "й": "i", "х": "kh"}),
    **dict.fromkeys(("be", "kk", "ky", "mn", "uz"), Romanisation({})),
}


@lru_cache(maxsize=64)
def romanisation(language: str, *, earlier: bool = False) -> Romanisation:
    """Return how a language is written in Latin letters, Russian for languages without a standard.

    Args:
        language: Its code, such as `uk`.
        earlier: Whether to ask how slugs were made before.
    """
    standard = _STANDARDS.get(language, Romanisation({}))
    if earlier:
        standard = EARLIER.get(language, standard)
    return Romanisation({**_RUSSIAN, **standard.letters}, standard.patterns)
