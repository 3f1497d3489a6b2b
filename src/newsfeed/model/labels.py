"""The words that listings, feeds and the page of feeds show. Each language has a file in `languages/`.

A site can override them, or add languages, under `[site.labels]`. A file is loaded when its language is first used.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newsfeed.text.languages import script

__all__ = ["LABELS", "Words", "languages_with_words", "read_words", "words_in"]

#: The names of the words. `latest` heads the listing and `all` closes it; `empty` is shown without articles; `topics`,
#: `feeds` and `languages` head parts of its page. `breaking` to `audio` are flags. What follows `empty` is on the page
#: of feeds, except `this_is_a_feed`, which heads a feed that is opened in a browser.
LABELS = (
    *(
        "latest",
        "all",
        "breaking",
        "live",
        "photo",
        "video",
        "audio",
        "topics",
        "feeds",
        "languages",
        "empty",
    ),
    *("how_to_subscribe", "filter", "none_found", "copy", "copied", "categories", "all_topics", "authors"),
    *("flags", "archive", "one_file", "this_is_a_feed"),
)

_FOLDER = Path(__file__).parent / "languages"
#: Languages whose words are in the file of another.
_SAME_AS = {"no": "nb"}


class Words(NamedTuple):
    """The words of a language."""

    #: By their names in `LABELS`.
    words: Mapping[str, str]
    #: The native speakers who have read them; none if nobody has.
    reviewed_by: tuple[str, ...]


@lru_cache(maxsize=1024)
def words_in(tag: str) -> Mapping[str, str]:
    """Return the words of a language; nothing if newsfeed has none.

    Args:
        tag: A canonical language tag. If it has no file, the file of a shorter tag in the same script is used.

    Returns:
        The words by their names.

    >>> words_in("uk")["latest"], words_in("de-AT")["all_topics"], words_in("tlh")
    ('Останні новини', 'Themen', {})
    >>> words_in("sr")["live"], words_in("sr-Latn-RS")["live"], words_in("zh-TW")["photo"]
    ('Уживо', 'Uživo', '圖片')
    """
    known = languages_with_words()
    if tag in known:
        return read_words(tag).words
    language = tag.partition("-")[0]
    shorter = tag.rpartition("-")[0]
    written_in = script(tag)
    while shorter:
        if shorter in known and script(shorter) == written_in:
            return read_words(shorter).words
        shorter = shorter.rpartition("-")[0]
    for other in (f"{language}-{written_in}", _SAME_AS.get(language)):
        if other in known:
            return read_words(other).words
    return {}


@cache
def languages_with_words() -> tuple[str, ...]:
    """Return the tags of the languages that have a file, sorted."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))


@cache
def read_words(tag: str) -> Words:
    """Read the file of a language.

    Args:
        tag: One of `languages_with_words()`.
    """
    told = tomllib.loads((_FOLDER / f"{tag}.toml").read_text("utf-8"))
    return Words(told["words"], tuple(told["reviewed_by"]))
