"""Slugs: names of topics and authors as readable path segments.

Latin letters lose their marks as readers of each language expect, Cyrillic is written in Latin letters after the
standard of each language (`romanisation.py`), and other scripts keep their letters, which browsers show.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256

from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.romanisation import Romanisation, romanisation

__all__ = ["fitting", "may_have_digest", "same_file", "segment", "slug", "told_apart", "with_digest"]

_LONGEST = 80
_LONGEST_BYTES = 200
_DIGEST = 8
#: The longest name in file systems, 255 bytes, less a suffix, that of a compressed copy, and a digest.
_LONGEST_NAME = 225

#: The combining marks of Latin, Greek and Cyrillic letters without a precomposed character.
_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"

_PLAIN_SEGMENT = lazy_pattern(r"[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*")

_ENDS_WITH_DIGEST = lazy_pattern(r"-(?:[0-9a-f]{8})+(?:/|$)")
_WORD_IN_ASCII = lazy_pattern("[a-z0-9]+")

#: Latin letters that are neither plain letters nor plain letters with a mark.
_LATIN = {
    "ə": "e",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ŋ": "n",
}

#: The Unicode names of Latin letters with a stroke, a hook or the like, which NFKD doesn't decompose.
_LATIN_WITH = lazy_pattern(r"LATIN SMALL LETTER ([A-Z]) WITH ")

#: What German adds.
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}


@lru_cache(maxsize=4096)
def slug(text: str, language: str | None = None, *, earlier: bool = False) -> str:
    """Return a name as a path segment.

    Args:
        text: The name of a topic or an author.
        language: The language of the name, a BCP 47 tag, if known.
        earlier: Whether to write Cyrillic as slugs did before each language had its own standard.

    Returns:
        Lower-case letters and digits with single hyphens between them, and nothing that could leave a folder. A name
        without letters or digits becomes a digest, and a name that is too long ends in one. The slug of a slug is the
        same slug in every language.

    >>> slug("İlham Əliyev"), slug("Внутренняя политика"), slug("Öl & Güter", "de"), slug("C++")
    ('ilham-eliyev', 'vnutrennyaya-politika', 'oel-gueter', 'c')
    >>> slug("Київ", "uk"), slug("Київ", "uk", earlier=True), slug("България", "bg")
    ('kyiv', 'kyyiv', 'balgaria')
    """
    composed = unicodedata.normalize("NFC", text)
    name = "-".join(_words_in_ascii(text) if text.isascii() else _words(composed, language, earlier=earlier))
    if not name:
        return f"x-{_digest(composed)}"
    if len(name) <= _LONGEST and len(name.encode()) <= _LONGEST_BYTES:
        return name
    return f"{_cut(name)}-{_digest(composed)}"


def segment(term: str) -> str:
    """Return a category's term as a path segment: the term itself if it is safe in a path, or its slug.

    >>> segment("other_countries"), segment("../etc"), segment("Siyasət")
    ('other_countries', 'etc', 'siyaset')
    """
    return term if _PLAIN_SEGMENT.fullmatch(term) and len(term) <= _LONGEST_BYTES else slug(term)


def told_apart(terms: Iterable[str], segment_of: Callable[[str], str]) -> dict[str, str]:
    """Return a distinct segment for each term, ignoring letter case.

    Args:
        terms: The terms, the oldest first: the first term with a segment gets it unchanged, later ones get a digest added.
        segment_of: Returns the segment of a term.

    Returns:
        The segments by term.

    >>> told_apart(["C++", "C#", "Go"], slug)
    {'C++': 'c', 'C#': 'c-04022884', 'Go': 'go'}
    """
    segments: dict[str, str] = {}
    taken: set[str] = set()
    for term in dict.fromkeys(terms):
        plain = chosen = segment_of(term)
        length = _DIGEST
        while same_file(chosen) in taken:
            chosen = f"{plain}-{_digest(term, length)}"
            length += _DIGEST
        taken.add(same_file(chosen))
        segments[term] = chosen
    return segments


def with_digest(path: str, text: str, attempt: int = 1) -> str:
    """Return a path that differs from one that is taken, by a digest of its subject.

    >>> with_digest("en/all", "All")
    'en/all-a52ace42'
    """
    return f"{path}-{_digest(text, attempt * _DIGEST)}"


def may_have_digest(path: str) -> bool:
    """Return whether a name in a path may end with a digest that tells it from another.

    >>> may_have_digest("c-04022884/all"), may_have_digest("en/snow-2025")
    (True, False)
    """
    return _ENDS_WITH_DIGEST.search(path) is not None


def fitting(path: str) -> str:
    """Shorten the names in a path that are too long for a file system; each gets a digest of the whole name at its end.

    >>> fitting("en/snow")
    'en/snow'
    >>> len(fitting("x" * 300))
    225
    """
    return "/".join([_fitting_name(name) for name in path.split("/")])


def _fitting_name(name: str) -> str:
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    short = name.encode()[: _LONGEST_NAME - _DIGEST - 1].decode("utf-8", "ignore")
    return f"{short}-{_digest(name)}"


@lru_cache(maxsize=256)
def _letters_of(language: str, *, earlier: bool) -> tuple[Romanisation, dict[str, str]]:
    """Return how a language is written in Latin letters, and its table of letters."""
    standard = romanisation(language, earlier=earlier)
    german = _GERMAN if language == "de" else {}
    return standard, {**_LATIN, **german, **standard.letters}


def _words(composed: str, language: str | None, *, earlier: bool = False) -> list[str]:
    standard, letters = _letters_of((language or "").partition("-")[0].lower(), earlier=earlier)
    small = unicodedata.normalize("NFC", composed.replace("I", "i").replace("İ", "i").lower())
    small = standard.prepared(small)
    plain = "".join(letters[letter] if letter in letters else _bare(letter, letters) for letter in small)
    return _only_letters(unicodedata.normalize("NFC", plain)).split()


def _words_in_ascii(text: str) -> list[str]:
    """Return the same words as `_words` for every language, in a tenth of the time."""
    return _WORD_IN_ASCII.findall(text.lower())


def _bare(letter: str, letters: dict[str, str]) -> str:
    """Remove the marks of a Latin, Greek or Cyrillic letter; in other scripts they are part of the letter."""
    if letter.isascii():
        return letter
    apart = unicodedata.normalize("NFKD", letter).lower()
    if _FIRST_MARK <= letter <= _LAST_MARK or _is_modifier(apart):
        return ""
    parts = [part for part in apart if not unicodedata.combining(part) and not _is_modifier(part)]
    script = unicodedata.name(parts[0], "").partition(" ")[0] if parts else ""
    if script in {"LATIN", "GREEK", "CYRILLIC", "DIGIT"} or apart.isascii():
        return "".join(letters.get(part, _latin(part)) for part in parts)
    return letter


def _is_modifier(text: str) -> bool:
    """Return whether a text is a sign that only modifies a letter, such as the comma in Uzbek oʻ."""
    return len(text) == 1 and unicodedata.name(text, "").startswith("MODIFIER LETTER ")


def _latin(letter: str) -> str:
    named = _LATIN_WITH.match(unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


def _only_letters(text: str) -> str:
    """Keep letters, digits and the marks that scripts without vowel letters need, and replace the rest with spaces."""
    return "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in text)


def _cut(name: str) -> str:
    room = _LONGEST - _DIGEST - 1
    short = name[:room]
    while len(short.encode()) > _LONGEST_BYTES - _DIGEST - 1:
        short = short[:-1]
    return short.rpartition("-")[0] or short


def same_file(path: str) -> str:
    """Return a key that is equal for paths that are the same in a file system that ignores letter case.

    >>> same_file("en/Topic") == same_file("EN/topic")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _digest(text: str, length: int = _DIGEST) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
