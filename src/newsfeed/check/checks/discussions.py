"""Replies, drafts and indexing: small vocabularies that extend feeds with both elements and attributes."""

from collections.abc import Iterator

from newsfeed.check.dates import rfc3339_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import integer_problem, is_absolute, mime_type_problem, uri_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_THREADING = "http://purl.org/syndication/thread/1.0"
_INDEXING = "urn:atom-extension:indexing"
_ROBOTS = {"all", "none", "index", "noindex", "follow", "nofollow"}
_MAX_WORDS = 2
_YES_OR_NO = "write yes or no"


@CHECKS.error(
    "NF276",
    "A reply names the id of the entry that it replies to; only links to replies count them.",
    why="Readers use this id to put replies below the entry.",
    fix='write the other entry\'s id as ref, a media type as type, and thr:count and thr:updated only with rel="replies"',
    specification="RFC 4685 §3, §4",
)
def answers(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid thr:in-reply-to elements, and thr attributes on links."""
    for reply in document.named("in-reply-to", _THREADING):
        yield from (at(reply, problem) for problem in _wrong_in_reply(reply))
    for link in document.named("link", ATOM):
        yield from (at(link, problem) for problem in _wrong_on_link(link))


def _wrong_in_reply(element: XmlElement) -> Iterator[str]:
    ref = element.get("ref")
    if ref is None and element.get("id") is None:
        yield "ref is missing"
    if ref is not None and (problem := uri_problem(ref, iri=True)):
        yield problem
    elif ref is not None and not is_absolute(ref):
        yield f"the ref {ref!r} can't be the id of an entry"
    for name in ("href", "source"):
        value = element.get(name)
        if value is not None and (problem := uri_problem(value, iri=True)):
            yield problem
    if (kind := element.get("type")) is not None and (problem := mime_type_problem(kind)):
        yield problem


def _wrong_on_link(link: XmlElement) -> Iterator[str]:
    count, updated, when = (link.get(f"{{{_THREADING}}}{name}") for name in ("count", "updated", "when"))
    if when is not None:
        yield "thr:when was renamed to thr:updated"
    if link.get("rel") != "replies":
        yield from (
            f'thr:{name} is on a link that isn\'t rel="replies"'
            for name, value in (("count", count), ("updated", updated))
            if value is not None
        )
    if count is not None and (integer_problem(count) or int(count) < 0):
        yield f"thr:count {count[:60]!r} isn't a number of replies"
    if updated is not None and (problem := rfc3339_problem(updated)):
        yield problem


@CHECKS.error(
    "NF279",
    "Instructions to programs about drafts, indexing and access have valid values.",
    why="Otherwise a draft may be shown, or a feed indexed or hidden, by mistake.",
    fix="write one of the words that the specification lists",
    specification="RFC 5023 §13.1.1; Feed Access Control 1.0; HTML 4.01 Appendix B.4.1",
)
def treatment(document: ParsedDocument) -> Iterator[Problem]:
    """Find other values of drafts, indexing, restrictions and robots."""
    for element in document.elements:
        index = element.get(f"{{{_INDEXING}}}index")
        if index not in {None, "yes", "no"}:
            yield at(element, f"index is {index!r}, not yes or no", _YES_OR_NO)
    for name, element in document.called(["app:draft", "access:restriction", "xhtml:meta"]):
        if name == "app:draft" and element.text.strip() not in {"yes", "no"}:
            yield at(element, f"the value is {element.text.strip()[:60]!r}, not yes or no", _YES_OR_NO)
        elif name == "access:restriction" and element.get("relationship") not in {"allow", "deny"}:
            reason = f"the relationship is {element.get('relationship')!r}, not allow or deny"
            yield at(element, reason, "write allow or deny")
        elif name == "xhtml:meta" and element.parent is document.feed:
            fix = 'write name="robots", and words such as noindex,follow as content'
            yield from (at(element, problem, fix) for problem in _wrong_robots(element))


def _wrong_robots(meta: XmlElement) -> Iterator[str]:
    if (meta.get("name") or "").lower() != "robots":
        yield f"the name is {meta.get('name')!r}, not robots"
    words = (meta.get("content") or "").lower().split(",")
    if len(words) > _MAX_WORDS or not set(words) <= _ROBOTS:
        yield f"the content is {meta.get('content')!r}"
