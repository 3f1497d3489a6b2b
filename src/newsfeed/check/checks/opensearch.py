"""OpenSearch 1.1: the search that a feed is the result of."""

import codecs
from collections.abc import Iterator
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import integer_problem, language_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_OPENSEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
_ROLES: Final = {"correction", "example", "related", "request", "subset", "superset"}
_NUMBERS: Final = ("count", "startIndex", "startPage", "totalResults")
_NOT_NEGATIVE: Final = {"count", "totalResults"}


@CHECKS.error(
    "NF259",
    "An opensearch:Query has a role, and its other attributes are valid.",
    why="Programs repeat the search, or offer a related one, by these values.",
    fix='write role="request" for the search that gave this feed, whole numbers, and a language code',
    specification="OpenSearch 1.1, The Query element",
)
def queries(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid roles, numbers, languages and encodings."""
    declared = {prefix for prefix, *_ in document.xml.namespaces} if document.xml is not None else set[str]()
    for query in document.named("Query", _OPENSEARCH):
        yield from (at(query, problem) for problem in _wrong_in(query, declared))


def _wrong_in(query: XmlElement, declared: set[str]) -> Iterator[str]:
    role, language = query.get("role"), query.get("language")
    prefix, colon, _ = (role or "").partition(":")
    if colon and prefix not in declared:
        yield f"the prefix of the role {(role or '')[:60]!r} isn't declared"
    elif role is not None and role not in _ROLES and not colon:
        yield f"the role {role[:60]!r} isn't one of {', '.join(sorted(_ROLES))}"
    for name in _NUMBERS:
        value = query.get(name)
        if value is not None and (problem := integer_problem(value)):
            yield f"{name} {problem}"
        elif value is not None and name in _NOT_NEGATIVE and int(value) < 0:
            yield f"{name} {value} is negative"
    if language not in {None, "*"} and (problem := language_problem(language or "")):
        yield problem
    for name in ("inputEncoding", "outputEncoding"):
        encoding = query.get(name)
        if encoding is not None and not _is_encoding(encoding):
            yield f"{name} {encoding[:60]!r} isn't an encoding"


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True
