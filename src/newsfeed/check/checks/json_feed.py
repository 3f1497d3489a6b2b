"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): its members and their values."""

from collections.abc import Iterator

from newsfeed.check.addresses import JSON_ADDRESSES
from newsfeed.check.dates import is_in_future, rfc3339_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.grammars.json_feed import JSON_OBJECTS
from newsfeed.check.json_reading import JsonValue
from newsfeed.check.json_structure import objects_of
from newsfeed.check.values import address_problem, language_problem, mime_type_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("json")

_VERSIONS = ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1")
_SPECIFICATION = "JSON Feed 1.1"


def _feed(document: ParsedDocument) -> JsonValue:
    assert document.json is not None  # noqa: S101 - checks see only documents of their kind
    return document.json


def _listed(value: JsonValue, name: str) -> list[JsonValue]:
    member = value.get(name)
    return [] if member is None else member.items


def _items(document: ParsedDocument) -> list[JsonValue]:
    return _listed(_feed(document), "items")


def _text(value: JsonValue, name: str) -> tuple[JsonValue, str] | None:
    member = value.get(name)
    return (member, member.value) if member is not None and isinstance(member.value, str) else None


CHECKS.error(
    "NF400",
    "A feed has a version, a title and items; an item has an id; an attachment has a url and a mime_type.",
    why="Readers refuse a feed or an item without them.",
    fix="add the missing member",
    specification=f"{_SPECIFICATION}, Top-level, Items, Attachments, Hubs",
)


@CHECKS.error(
    "NF401",
    "Every member has the type that JSON Feed specifies; an id is a string, not a number.",
    why="Readers in typed languages refuse the whole feed.",
    fix="write a value of that type; leave out the member instead of writing null",
    specification=f"{_SPECIFICATION}, Top-level, Items",
)
def types(document: ParsedDocument) -> Iterator[Problem]:
    """Find tags with other types."""
    for item in _items(document):
        for tag in _listed(item, "tags"):
            if tag.type != "string":
                yield at(tag, f"a tag is of type {tag.type}, not string")


CHECKS.warning(
    "NF402",
    "Members are those of JSON Feed, or begin with _.",
    why="Readers ignore the others, and a later version may give them a meaning.",
    fix="correct the name, or put the member into an object whose name begins with _",
    specification=f"{_SPECIFICATION}, Extensions",
)


@CHECKS.error(
    "NF403",
    "The version is the address of JSON Feed 1.1.",
    why="Readers recognize a JSON Feed by it.",
    fix='write "https://jsonfeed.org/version/1.1"',
    specification=f"{_SPECIFICATION}, Top-level",
)
def version(document: ParsedDocument) -> Iterator[Problem]:
    """Find other versions."""
    found = _text(_feed(document), "version")
    if found is not None and found[1] not in _VERSIONS:
        yield at(found[0], f"the version {found[1][:60]!r} doesn't exist")


@CHECKS.error(
    "NF404",
    "An item has content_html or content_text.",
    why="Without either, there is nothing to read.",
    fix="add content_text, even if it only repeats the title",
    specification=f"{_SPECIFICATION}, Items",
)
def content(document: ParsedDocument) -> Iterator[Problem]:
    """Find items with neither."""
    for item in _items(document):
        if item.type == "object" and item.get("content_html") is None and item.get("content_text") is None:
            yield at(item, "content_html and content_text are both missing")


@CHECKS.error(
    "NF405",
    "Each item has its own id, which isn't empty.",
    why="Readers show only one of them.",
    fix="give each item its own id, such as its address",
    specification=f"{_SPECIFICATION}, Items",
)
def unique_ids(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty and repeated ids."""
    seen: dict[str, int] = {}
    for item in _items(document):
        found = _text(item, "id")
        if found is None:
            continue
        if not found[1].strip():
            yield at(found[0], "the id is empty")
        elif found[1] in seen:
            yield at(found[0], f"the item on line {seen[found[1]]} has the same id {found[1]!r}")
        seen.setdefault(found[1], item.line)


@CHECKS.error(
    "NF406",
    "Dates are in the format of RFC 3339, with a time and a time zone.",
    why="Readers ignore any other date.",
    fix="write it like 2010-02-07T14:04:00Z",
    specification=f"{_SPECIFICATION}, Items; RFC 3339 §5.6",
)
def dates(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates in other formats."""
    for item in _items(document):
        for name in ("date_published", "date_modified"):
            found = _text(item, name)
            if found is not None and (problem := rfc3339_problem(found[1])):
                yield at(found[0], problem)


@CHECKS.warning(
    "NF407",
    "No date is in the future.",
    why="Readers hide such an item until then, or keep it at the top.",
    fix="publish the item when it is due; check the time zone",
    specification=f"{_SPECIFICATION}, Items",
)
def not_in_the_future(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates later than the check."""
    for item in _items(document):
        for name in ("date_published", "date_modified"):
            found = _text(item, name)
            if found is not None and is_in_future(found[1], document.as_of):
                yield at(found[0], f"{found[1]} is in the future")


@CHECKS.error(
    "NF408",
    "Addresses are absolute, and written as URIs.",
    why="Readers can't resolve relative addresses.",
    fix="write the complete address, and percent-encode spaces and non-ASCII characters",
    specification=f"{_SPECIFICATION}, Top-level, Items; RFC 3986 §4.3",
)
def addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative and invalid addresses."""
    for _, value in objects_of(_feed(document)):
        for name in value.members:
            found = _text(value, name) if name in JSON_ADDRESSES else None
            if found is not None and (problem := address_problem(found[1], name)):
                yield at(found[0], problem)


@CHECKS.error(
    "NF409",
    "A language is a code such as en or en-US.",
    why="Readers choose fonts, text direction and dictionaries by it.",
    fix="write the language's code",
    specification=f"{_SPECIFICATION}, Top-level, Items; RFC 5646",
)
def languages(document: ParsedDocument) -> Iterator[Problem]:
    """Find languages that aren't codes."""
    for value in (_feed(document), *_items(document)):
        found = _text(value, "language")
        if found is not None and (problem := language_problem(found[1])):
            yield at(found[0], problem)


@CHECKS.error(
    "NF410",
    "An author has a name, a url or an avatar.",
    why="An empty author doesn't identify anyone.",
    fix="add a name, a url or an avatar, or leave out the author",
    specification=f"{_SPECIFICATION}, Authors",
)
def authors(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty authors."""
    for name, value in objects_of(_feed(document)):
        is_author = name in {"author", "authors"} and value.type == "object"
        if is_author and not value.members.keys() & JSON_OBJECTS[name].children.keys():
            yield at(value, "the author has no name, url or avatar")


@CHECKS.warning(
    "NF411",
    "Authors are in the list authors.",
    why="The member author is from version 1; newer readers look for authors.",
    fix="add authors; author may remain for old readers",
    specification=f"{_SPECIFICATION}, Changes",
)
def list_of_authors(document: ParsedDocument) -> Iterator[Problem]:
    """Find author without authors."""
    for value in (_feed(document), *_items(document)):
        author = value.get("author")
        if author is not None and value.get("authors") is None:
            yield at(author, "there is author, but not authors")


@CHECKS.error(
    "NF412",
    "An attachment's type is a media type.",
    why="Programs use it to decide whether to fetch the file.",
    fix="write a type such as audio/mpeg",
    specification=f"{_SPECIFICATION}, Attachments",
)
def attachments(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types."""
    for item in _items(document):
        for attachment in _listed(item, "attachments"):
            found = _text(attachment, "mime_type")
            if found is not None and (problem := mime_type_problem(found[1])):
                yield at(found[0], problem)


@CHECKS.error(
    "NF413",
    "Names in an object are unique.",
    why="Some readers use the first, others the last, and some refuse the feed.",
    fix="keep only one of them",
    specification="RFC 8259 §4",
)
def names_once(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated names."""
    waiting = [_feed(document)]
    while waiting:
        value = waiting.pop()
        yield from (at(value, f"{name} is repeated") for name in dict.fromkeys(value.repeated))
        waiting += [*value.members.values(), *value.items]


@CHECKS.error(
    "NF414",
    "The next page isn't this one.",
    why="Otherwise readers loop forever.",
    fix="write the address of the next page, or leave out next_url",
    specification=f"{_SPECIFICATION}, Top-level",
)
def next_page(document: ParsedDocument) -> Iterator[Problem]:
    """Find a next page that is this page."""
    here, there = _text(_feed(document), "feed_url"), _text(_feed(document), "next_url")
    if there is not None and there[1] in {here[1] if here else "", document.address} - {""}:
        yield at(there[0], "this is the address of this page itself")


@CHECKS.warning(
    "NF415",
    "feed_url is exactly the address that the feed is fetched from.",
    why="Readers move the subscription to this address.",
    fix="write the address that the feed is served from",
    specification=f"{_SPECIFICATION}, Top-level",
)
def where_it_is(document: ParsedDocument) -> Iterator[Problem]:
    """Find other addresses."""
    found = _text(_feed(document), "feed_url")
    if found is not None and document.address and found[1] != document.address:
        yield at(found[0], f"it says {found[1]}, but the feed is served from {document.address}")
