"""Which documents of a target a web application doesn't name, or tells shared caches and other sites nothing of."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from newsfeed.model.formats import FORMATS
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.publish.record import FOLDER
from newsfeed.publish.rule_documents import path_pattern
from newsfeed.publish.target import OpenTarget

__all__ = ["UNLISTED_PATH", "UnlistedDocuments", "put_unlisted"]

#: Patterns of the paths of these documents.
UNLISTED_PATH = f"{FOLDER}/unlisted.json"
_PART = "(?:/(?:archive|page)/[^/]+)?"


class _Patterns(msgspec.Struct, frozen=True):
    unlisted: list[str]
    private: list[str]


class UnlistedDocuments:
    """The documents that belong to feeds that aren't listed, and those that belong to feeds for some people only.

    Args:
        written: What `put_unlisted` wrote; None for nothing.

    >>> documents = UnlistedDocuments(b'{"unlisted": ["desk.rss"], "private": ["members.rss"]}')
    >>> documents.has("desk.rss"), documents.is_private("desk.rss"), documents.is_private("members.rss")
    (True, False, True)
    """

    def __init__(self, written: bytes | None = None) -> None:
        try:
            patterns = msgspec.json.decode(written, type=_Patterns) if written else _Patterns([], [])
            self._unlisted, self._private = _joined(patterns.unlisted), _joined(patterns.private)
        except (msgspec.MsgspecError, re.error):
            self._unlisted = self._private = None

    def has(self, path: str) -> bool:
        """Return whether a document isn't listed."""
        return self._unlisted is not None and self._unlisted.fullmatch(path) is not None

    def is_private(self, path: str) -> bool:
        """Return whether a document isn't for everybody."""
        return self._private is not None and self._private.fullmatch(path) is not None


def put_unlisted(site: Site, output: OpenTarget) -> None:
    """Put the patterns into a target, or remove those of a site whose feeds are all listed and for everybody."""
    patterns = _Patterns(
        list(_patterns((rule for rule in site.feed_rules if not rule.is_listed), site)),
        list(_patterns((rule for rule in site.feed_rules if rule.access), site)),
    )
    if patterns.unlisted or patterns.private:
        written = msgspec.json.encode(patterns)
        if output.read(UNLISTED_PATH) != written:
            output.put(UNLISTED_PATH, written, "application/json")
    elif output.stamp(UNLISTED_PATH) is not None:
        output.remove(UNLISTED_PATH)


def _joined(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


def _patterns(rules: Iterable[FeedRule], site: Site) -> Iterator[str]:
    for rule in rules:
        suffixes = "|".join(re.escape(FORMATS[name].suffix) for name in rule.formats)
        yield f"(?:{path_pattern(rule.path, rule, site)}){_PART}(?:{suffixes})"
        for template in rule.paths.values():
            yield path_pattern(template, rule, site)
