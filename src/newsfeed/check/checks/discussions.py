"""Answers to entries, drafts, and who may index: small vocabularies that lend attributes as well as elements."""

from collections.abc import Iterator

from newsfeed.check.dates import rfc3339_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import Element
from newsfeed.check.namespaces import prefixed
from newsfeed.check.values import integer_problem, is_absolute, mime_type_problem, uri_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_THREADING = "http://purl.org/syndication/thread/1.0"
_INDEXING = "urn:atom-extension:indexing"
_ROBOTS = {"all", "none", "index", "noindex", "follow", "nofollow"}
_MOST_WORDS = 2


@CHECKS.error(
    "NF276",
    "An answer names the id of the entry that it answers, and a link to answers counts them.",
    why="Readers put answers below the entry by that id.",
    fix='write thr:in-reply-to with ref, an id as in the other entry; thr:count and thr:updated on rel="replies"',
    specification="RFC 4685 §3, §4",
)
def answers(document: ParsedDocument) -> Iterator[Problem]:
    """Find what is wrong with thr:in-reply-to, and with thr's attributes on links."""
    for element in document.elements:
        if element.space == _THREADING and element.name == "in-reply-to":
            yield from (at(element, problem) for problem in _wrong_in_reply(element))
        elif element.space == ATOM and element.name == "link":
            yield from (at(element, problem) for problem in _wrong_on_link(element))


def _wrong_in_reply(element: Element) -> Iterator[str]:
    ref = element.get("ref")
    if ref is not None and (problem := uri_problem(ref, iri=True)):
        yield problem
    elif ref is not None and not is_absolute(ref):
        yield f"the ref {ref!r} is no entry's id"
    for name in ("href", "source"):
        value = element.get(name)
        if value is not None and (problem := uri_problem(value, iri=True)):
            yield problem
    if (kind := element.get("type")) is not None and (problem := mime_type_problem(kind)):
        yield problem


def _wrong_on_link(link: Element) -> Iterator[str]:
    count, updated, when = (link.get(f"{{{_THREADING}}}{name}") for name in ("count", "updated", "when"))
    if when is not None:
        yield "thr:when became thr:updated"
    if link.get("rel") != "replies":
        yield from (
            f"thr:{name} stands on a link to no answers"
            for name, value in (("count", count), ("updated", updated))
            if value is not None
        )
    if count is not None and (integer_problem(count) or int(count) < 0):
        yield f"thr:count {count[:60]!r} is no number of answers"
    if updated is not None and (problem := rfc3339_problem(updated)):
        yield problem


@CHECKS.error(
    "NF279",
    "What tells programs how to treat a feed or an entry has the values that they know.",
    why="A draft may be shown, and a feed indexed or hidden, against what was meant.",
    fix="write yes or no; for access:restriction allow or deny; for robots words such as noindex,follow",
    specification="RFC 5023 §13.1.1; Feed Access Control 1.0; HTML 4.01 Appendix B.4.1",
)
def treatment(document: ParsedDocument) -> Iterator[Problem]:
    """Find other values of drafts, of indexing, of restrictions and of robots."""
    for element in document.elements:
        name = prefixed(element)
        index = element.get(f"{{{_INDEXING}}}index")
        if index not in {None, "yes", "no"}:
            yield at(element, f"index is {index!r}")
        if name == "app:draft" and element.text.strip() not in {"yes", "no"}:
            yield at(element, f"a draft is {element.text.strip()[:60]!r}")
        elif name == "access:restriction" and element.get("relationship") not in {"allow", "deny"}:
            yield at(element, f"the relationship is {element.get('relationship')!r}")
        elif name == "xhtml:meta" and element.parent is document.feed:
            yield from (at(element, problem) for problem in _wrong_robots(element))


def _wrong_robots(meta: Element) -> Iterator[str]:
    if (meta.get("name") or "").lower() != "robots":
        yield f"the name is {meta.get('name')!r}, not robots"
    words = (meta.get("content") or "").lower().split(",")
    if len(words) > _MOST_WORDS or not set(words) <= _ROBOTS:
        yield f"the content is {meta.get('content')!r}"
