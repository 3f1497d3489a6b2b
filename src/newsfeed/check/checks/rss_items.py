"""What an item of an RSS 2.0 channel must have, and what must be right of its guid, enclosure and source."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.values import integer_problem, is_absolute, mime_type_problem, uri_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss")

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
#: A number of fewer digits is another site's number as well.
_FEW_DIGITS = 9
_WEB = ("http://", "https://")


@CHECKS.error(
    "NF240",
    "An item has a title or a description.",
    why="Without either there is nothing to show.",
    fix="add a title or a description",
    specification="RSS 2.0, Elements of <item>",
)
def title_or_description(document: ParsedDocument) -> Iterator[Problem]:
    """Find items with neither."""
    for item in document.entries:
        if item.find("title") is None and item.find("description") is None:
            yield at(item, "title and description are both missing")


@CHECKS.warning(
    "NF241",
    "An item has a guid.",
    why="Without it readers guess by title, link and date which items are new, and show changed ones twice.",
    fix="add a guid that never changes",
    specification="Best Practices Profile, guid",
)
def has_guid(document: ParsedDocument) -> Iterator[Problem]:
    """Find items without a guid."""
    # RSS before 2.0 has no guid
    if (document.root.get("version") or "2.0").startswith("2."):
        yield from (at(item, "guid is missing") for item in document.entries if item.find("guid") is None)


@CHECKS.error(
    "NF242",
    "A guid that is a permalink is a web address.",
    why="Readers open it instead of the link.",
    fix='write the whole http or https address, or isPermaLink="false"',
    specification="RSS 2.0, <guid>",
)
def permalink(document: ParsedDocument) -> Iterator[Problem]:
    """Find permalinks that can't be opened."""
    for guid in document.named("guid"):
        text = guid.text.strip()
        if text and guid.get("isPermaLink") in {None, "true"}:
            if problem := uri_problem(text):
                yield at(guid, problem)
            elif not text.lower().startswith(_WEB):
                yield at(guid, f"{text!r} isn't a web address")


@CHECKS.error(
    "NF243",
    "isPermaLink is true or false.",
    why="Readers take anything else for either.",
    fix="write true or false, in small letters",
    specification="RSS 2.0, <guid>",
)
def permalink_flag(document: ParsedDocument) -> Iterator[Problem]:
    """Find other values."""
    for guid in document.named("guid"):
        value = guid.get("isPermaLink")
        if value not in {None, "true", "false"}:
            yield at(guid, f"isPermaLink is {value!r}")


@CHECKS.warning(
    "NF244",
    "A guid is one in the whole world.",
    why="Readers that keep many feeds take another site's item of the same number for this one.",
    fix="put the site's address before the number, or use the item's own address",
    specification="Best Practices Profile, guid; RSS 2.0, <guid>",
)
def unique_everywhere(document: ParsedDocument) -> Iterator[Problem]:
    """Find guids that are small numbers."""
    for guid in document.named("guid"):
        text = guid.text.strip()
        if guid.get("isPermaLink") == "false" and text.isdigit() and len(text) < _FEW_DIGITS:
            yield at(guid, f"{text} is a number that other sites use as well")


@CHECKS.error(
    "NF245",
    "No two items have one guid.",
    why="Readers show only one of them.",
    fix="give each item a guid of its own",
    specification="RSS 2.0, <guid>",
)
def unique_here(document: ParsedDocument) -> Iterator[Problem]:
    """Find a guid that an item before has."""
    seen: dict[str, int] = {}
    for guid in document.named("guid"):
        text = guid.text.strip()
        if text and text in seen:
            yield at(guid, f"the item of line {seen[text]} has the guid {text!r} as well")
        seen.setdefault(text, guid.line)


@CHECKS.error(
    "NF246",
    "An enclosure has a url, a length and a type.",
    why="Podcast programs and Ruby's parser refuse one without; others can't tell whether to fetch it.",
    fix='give all three; write length="0" if the length isn\'t known',
    specification="RSS 2.0, <enclosure>",
)
def enclosure_complete(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes that are missing."""
    for enclosure in document.named("enclosure"):
        missing = [name for name in ("url", "length", "type") if enclosure.get(name) is None]
        yield from (at(enclosure, f"{name} is missing") for name in missing)


@CHECKS.error(
    "NF247",
    "An enclosure's length is a number of bytes, its type a media type, its url a web address.",
    why="Programs decide by them whether and how to fetch the file.",
    fix='write a whole number, 0 if it isn\'t known, a type such as "audio/mpeg", and an http or https address',
    specification="RSS 2.0, <enclosure>; Best Practices Profile, enclosure",
)
def enclosure_right(document: ParsedDocument) -> Iterator[Problem]:
    """Find attributes that are wrong."""
    for enclosure in document.named("enclosure"):
        length, kind, url = (enclosure.get(name) for name in ("length", "type", "url"))
        if length is not None and (integer_problem(length) or int(length) < 0):
            yield at(enclosure, f"the length {length!r} isn't a number of bytes")
        if kind is not None and (problem := mime_type_problem(kind)):
            yield at(enclosure, problem)
        if url is not None and not uri_problem(url) and is_absolute(url) and not url.lower().startswith(_WEB):
            yield at(enclosure, f"the url {url!r} isn't a web address")


@CHECKS.warning(
    "NF248",
    "An item has one enclosure.",
    why="Readers take the first, the last, or all.",
    fix="keep the main file, and put the others into media:content",
    specification="Best Practices Profile, enclosure",
)
def one_enclosure(document: ParsedDocument) -> Iterator[Problem]:
    """Find the second enclosure of an item."""
    for item in document.entries:
        for number, enclosure in enumerate(item.all("enclosure")[1:], start=2):
            yield at(enclosure, f"this is enclosure number {number} of its item")


@CHECKS.error(
    "NF249",
    "A source has the url of the feed that the item came from.",
    why="It is what makes the source reachable.",
    fix="add the attribute url, or leave the source out",
    specification="RSS 2.0, <source>",
)
def source_url(document: ParsedDocument) -> Iterator[Problem]:
    """Find sources without one."""
    yield from (
        at(source, "url is missing") for source in document.named("source") if source.get("url") is None
    )


@CHECKS.warning(
    "NF250",
    "The description stands before content:encoded.",
    why="Some readers take whichever comes last for the text of the item, and others show nothing in their lists.",
    fix="write a description, and put it before content:encoded",
    specification="Best Practices Profile, content:encoded",
)
def description_first(document: ParsedDocument) -> Iterator[Problem]:
    """Find content before which there is no description."""
    for item in document.entries:
        described = False
        for child in item:
            described = described or (not child.space and child.name == "description")
            if (child.space, child.name) == (_CONTENT, "encoded") and not described:
                yield at(child, "no description stands before it")
