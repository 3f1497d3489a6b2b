"""Differences that several programs have in common."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from tests.readers.program import Difference
from tests.readers.shown import ATOM, JSON, RSS, Enclosure, Page, words

from newsfeed import Entry

__all__ = [
    "EVERY",
    "UPDATED_IS_PUBLISHED",
    "XML",
    "all_files",
    "content_or_summary",
    "decoded",
    "first_author",
    "hidden",
    "in_place_of",
    "last_author",
    "shows_terms",
    "without_length",
    "without_tags",
]

EVERY = (RSS, ATOM, JSON)
XML = (RSS, ATOM)


def hidden(formats: Sequence[str], *features: str) -> list[Difference]:
    """What a program has no field for."""
    return [Difference(feature, formats, "") for feature in features]


def in_place_of(table: dict[Any, Any]) -> Any:
    """Make the rule that shows some values as others, and the rest as they are."""
    return lambda _, said: table.get(said, said)


def first_author(formats: Sequence[str]) -> Difference:
    return Difference("author", formats, "shows the first author alone", lambda _, said: said[:1])


def last_author(formats: Sequence[str]) -> Difference:
    return Difference("author", formats, "shows the last author alone", lambda _, said: said[-1:])


def shows_terms(formats: Sequence[str]) -> Difference:
    """The terms of categories, which are the same in every language; topics are their own terms."""
    return Difference(
        "categories",
        formats,
        "shows the terms of categories, not their labels",
        lambda entry, _: tuple(tag.term for tag in entry.tags),
    )


def without_length(formats: Sequence[str]) -> Difference:
    return Difference(
        "enclosures",
        formats,
        "does not say how long files are",
        lambda _, said: tuple(file._replace(length=None) for file in said),
    )


def _content_or_summary(entry: Entry, said: Page | None) -> Page:
    return said or Page(words(entry.summary or entry.title))


def content_or_summary(formats: Sequence[str]) -> Difference:
    return Difference(
        "content", formats, "shows the summary as content where there is none", _content_or_summary
    )


UPDATED_IS_PUBLISHED = Difference(
    "updated",
    (RSS,),
    "takes when an entry was published for when it was updated",
    lambda entry, _: entry.published.replace(microsecond=0),
)


def without_tags(text: str) -> str:
    return words(re.sub(r"<[^>]*>", "", text))


def decoded(text: str) -> str:
    return words(unescape(text))


def all_files(entry: Entry) -> tuple[Enclosure, ...]:
    return tuple(Enclosure(media.url, media.type, media.length) for media in entry.media)
