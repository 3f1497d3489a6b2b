"""Text that people see, in one language or in several."""

from collections.abc import Mapping
from typing import TypeAlias

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.value_rules import needed_text
from newsfeed.text.languages import canonical_language

__all__ = ["LocalText", "exactly_in", "in_language", "local_text"]

#: One text for all languages, or one for each: `{"en": "Politics", "az": "Siyasət"}`.
LocalText: TypeAlias = str | Mapping[str, str]


def local_text(value: object) -> LocalText:
    """Check a text that may be one string, or a table of strings by language.

    Args:
        value: The string, or the mapping from BCP 47 tags to strings.

    Returns:
        The same, with canonical tags.

    Raises:
        InvalidValue: For anything else, or an empty text.
        InvalidRecord: For a table, with every bad text in it.
    """
    if not isinstance(value, Mapping):
        return needed_text(value)
    if not value:
        raise InvalidValue("the table is empty", 'write a text for each language, { en = "…" }')
    kept: dict[str, str] = {}
    problems: list[InvalidValue] = []
    for language, words in value.items():
        try:
            kept[canonical_language(language)] = needed_text(words)
        except InvalidValue as problem:
            problems.append(problem.at(str(language)))
    if problems:
        noun = "text"
        raise InvalidRecord(noun, problems)
    return kept


def in_language(words: LocalText, language: str, default: str) -> str:
    """Return the text for a language, by the lookup of RFC 4647 §3.4.

    Args:
        words: The text, or the texts by language.
        language: The wanted tag; if it has no text, shorter forms of it are tried.
        default: The tag to fall back on; if it has no text, the first text is used.

    Returns:
        The text.

    >>> in_language({"en": "Politics", "az": "Siyasət"}, "az-Latn-AZ", default="en")
    'Siyasət'
    >>> in_language({"en": "Politics", "az": "Siyasət"}, "tr", default="en")
    'Politics'
    """
    if isinstance(words, str):
        return words
    return exactly_in(words, language) or exactly_in(words, default) or next(iter(words.values()))


def exactly_in(words: Mapping[str, str], language: str) -> str | None:
    """Return the text for a language or a shorter form of its tag; None if there is none."""
    while language:
        if language in words:
            return words[language]
        language = language.rpartition("-")[0]
    return None
