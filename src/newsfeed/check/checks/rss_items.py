"""The items of an RSS 2.0 channel: what they need, and their guid, enclosure and source."""

from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.values import integer_problem, is_absolute, mime_type_problem, uri_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss")

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
#: Shorter numbers are likely to be used by other sites too.
_FEW_DIGITS = 9
_WEB = ("http://", "https://")


@CHECKS.error(
    "NF240",
    "An item has a title or a description.",
    why="Without either, there is nothing to show.",
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
    why="Without it, readers guess by title, link and date which items are new, and show changed items twice.",
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
    fix='write a complete http or https address, or isPermaLink="false"',
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
    why="Readers may take any other value for either.",
    fix="write true or false, in lower case",
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
    "A guid is globally unique.",
    why="Readers with many feeds confuse this item with another site's item of the same number.",
    fix="put the site's address before the number, or use the item's address",
    specification="Best Practices Profile, guid; RSS 2.0, <guid>",
)
def unique_everywhere(document: ParsedDocument) -> Iterator[Problem]:
    """Find guids that are small numbers."""
    for guid in document.named("guid"):
        text = guid.text.strip()
        if guid.get("isPermaLink") == "false" and text.isdigit() and len(text) < _FEW_DIGITS:
            yield at(guid, f"other sites are likely to use the number {text} too")


@CHECKS.error(
    "NF245",
    "No two items have the same guid.",
    why="Readers show only one of them.",
    fix="give each item its own guid",
    specification="RSS 2.0, <guid>",
)
def unique_here(document: ParsedDocument) -> Iterator[Problem]:
    """Find repeated guids."""
    seen: dict[str, int] = {}
    for guid in document.named("guid"):
        text = guid.text.strip()
        if text and text in seen:
            yield at(guid, f"the item on line {seen[text]} has the same guid {text!r}")
        seen.setdefault(text, guid.line)


CHECKS.error(
    "NF246",
    "An enclosure has a url, a length and a type.",
    why="Podcast apps and Ruby's parser refuse an enclosure without them; others can't decide whether to fetch it.",
    fix="add url, length (in bytes, or 0 if unknown) and type",
    specification="RSS 2.0, <enclosure>",
)


@CHECKS.error(
    "NF247",
    "An enclosure's length is a number of bytes, its type is a media type, and its url is a web address.",
    why="Programs use them to decide whether and how to fetch the file.",
    fix='write a whole number (0 if unknown), a type such as "audio/mpeg", and an http or https address',
    specification="RSS 2.0, <enclosure>; Best Practices Profile, enclosure",
)
def enclosure_right(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid attributes."""
    for enclosure in document.named("enclosure"):
        length, kind, url = (enclosure.get(name) for name in ("length", "type", "url"))
        if length is not None and (integer_problem(length) or int(length) < 0):
            fix = "write a whole number of bytes, or 0 if it is unknown"
            yield at(enclosure, f"the length {length!r} isn't a number of bytes", fix)
        if kind is not None and (problem := mime_type_problem(kind)):
            yield at(enclosure, problem, "write a media type such as audio/mpeg")
        if url is not None and not uri_problem(url) and is_absolute(url) and not url.lower().startswith(_WEB):
            fix = "write a complete http or https address"
            yield at(enclosure, f"the url {url!r} isn't a web address", fix)


@CHECKS.warning(
    "NF248",
    "An item has at most one enclosure.",
    why="Some readers use the first, some the last, and some all.",
    fix="keep the main file, and list the others as media:content",
    specification="Best Practices Profile, enclosure",
)
def one_enclosure(document: ParsedDocument) -> Iterator[Problem]:
    """Find items with several enclosures."""
    for item in document.entries:
        for number, enclosure in enumerate(item.all("enclosure")[1:], start=2):
            yield at(enclosure, f"this is enclosure number {number} in its item")


CHECKS.error(
    "NF249",
    "A source has the url of the feed that the item comes from.",
    why="Without it, the source can't be opened.",
    fix="add the attribute url, or leave out the source",
    specification="RSS 2.0, <source>",
)


@CHECKS.warning(
    "NF250",
    "The description comes before content:encoded.",
    why="Some readers use the last of the two as the item's text, and others show nothing in their lists.",
    fix="add a description before content:encoded",
    specification="Best Practices Profile, content:encoded",
)
def description_first(document: ParsedDocument) -> Iterator[Problem]:
    """Find content without a description before it."""
    for item in document.entries:
        described = False
        for child in item:
            described = described or (not child.space and child.name == "description")
            if (child.space, child.name) == (_CONTENT, "encoded") and not described:
                yield at(child, "there is no description before it")
