"""What an item of an RSS 2.0 channel must have, and what must be right of its guid, enclosure and source."""

from collections.abc import Iterator

from newsfeed.check.documents import Document
from newsfeed.check.rule import Fault, Rules, at
from newsfeed.check.values import integer_fault, is_absolute, mime_type_fault, uri_fault

__all__ = ["RULES"]

RULES = Rules("rss")

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
#: A number of fewer digits is another site's number as well.
_FEW_DIGITS = 9
_WEB = ("http://", "https://")


@RULES.error(
    "NF240",
    "An item has a title or a description.",
    why="Without either there is nothing to show.",
    mend="add a title or a description",
    specification="RSS 2.0, Elements of <item>",
)
def title_or_description(document: Document) -> Iterator[Fault]:
    """Find items with neither."""
    for item in document.entries:
        if item.find("title") is None and item.find("description") is None:
            yield at(item, "title and description are both missing")


@RULES.warning(
    "NF241",
    "An item has a guid.",
    why="Without it readers guess by title, link and date which items are new, and show changed ones twice.",
    mend="add a guid that never changes",
    specification="Best Practices Profile, guid",
)
def has_guid(document: Document) -> Iterator[Fault]:
    """Find items without a guid."""
    # RSS before 2.0 has no guid
    if (document.root.get("version") or "2.0").startswith("2."):
        yield from (at(item, "guid is missing") for item in document.entries if item.find("guid") is None)


@RULES.error(
    "NF242",
    "A guid that is a permalink is a web address.",
    why="Readers open it instead of the link.",
    mend='write the whole http or https address, or isPermaLink="false"',
    specification="RSS 2.0, <guid>",
)
def permalink(document: Document) -> Iterator[Fault]:
    """Find permalinks that can't be opened."""
    for guid in document.named("guid"):
        text = guid.text.strip()
        if text and guid.get("isPermaLink") in {None, "true"}:
            if fault := uri_fault(text):
                yield at(guid, fault)
            elif not text.lower().startswith(_WEB):
                yield at(guid, f"{text!r} isn't a web address")


@RULES.error(
    "NF243",
    "isPermaLink is true or false.",
    why="Readers take anything else for either.",
    mend="write true or false, in small letters",
    specification="RSS 2.0, <guid>",
)
def permalink_flag(document: Document) -> Iterator[Fault]:
    """Find other values."""
    for guid in document.named("guid"):
        value = guid.get("isPermaLink")
        if value not in {None, "true", "false"}:
            yield at(guid, f"isPermaLink is {value!r}")


@RULES.warning(
    "NF244",
    "A guid is one in the whole world.",
    why="Readers that keep many feeds take another site's item of the same number for this one.",
    mend="put the site's address before the number, or use the item's own address",
    specification="Best Practices Profile, guid; RSS 2.0, <guid>",
)
def unique_everywhere(document: Document) -> Iterator[Fault]:
    """Find guids that are small numbers."""
    for guid in document.named("guid"):
        text = guid.text.strip()
        if guid.get("isPermaLink") == "false" and text.isdigit() and len(text) < _FEW_DIGITS:
            yield at(guid, f"{text} is a number that other sites use as well")


@RULES.error(
    "NF245",
    "No two items have one guid.",
    why="Readers show only one of them.",
    mend="give each item a guid of its own",
    specification="RSS 2.0, <guid>",
)
def unique_here(document: Document) -> Iterator[Fault]:
    """Find a guid that an item before has."""
    seen: dict[str, int] = {}
    for guid in document.named("guid"):
        text = guid.text.strip()
        if text and text in seen:
            yield at(guid, f"the item of line {seen[text]} has the guid {text!r} as well")
        seen.setdefault(text, guid.line)


@RULES.error(
    "NF246",
    "An enclosure has a url, a length and a type.",
    why="Podcast programs and Ruby's parser refuse one without; others can't tell whether to fetch it.",
    mend='give all three; write length="0" if the length isn\'t known',
    specification="RSS 2.0, <enclosure>",
)
def enclosure_complete(document: Document) -> Iterator[Fault]:
    """Find attributes that are missing."""
    for enclosure in document.named("enclosure"):
        missing = [name for name in ("url", "length", "type") if enclosure.get(name) is None]
        yield from (at(enclosure, f"{name} is missing") for name in missing)


@RULES.error(
    "NF247",
    "An enclosure's length is a number of bytes, its type a media type, its url a web address.",
    why="Programs decide by them whether and how to fetch the file.",
    mend='write a whole number, 0 if it isn\'t known, a type such as "audio/mpeg", and an http or https address',
    specification="RSS 2.0, <enclosure>; Best Practices Profile, enclosure",
)
def enclosure_right(document: Document) -> Iterator[Fault]:
    """Find attributes that are wrong."""
    for enclosure in document.named("enclosure"):
        length, kind, url = (enclosure.get(name) for name in ("length", "type", "url"))
        if length is not None and (integer_fault(length) or int(length) < 0):
            yield at(enclosure, f"the length {length!r} isn't a number of bytes")
        if kind is not None and (fault := mime_type_fault(kind)):
            yield at(enclosure, fault)
        if url is not None and not uri_fault(url) and is_absolute(url) and not url.lower().startswith(_WEB):
            yield at(enclosure, f"the url {url!r} isn't a web address")


@RULES.warning(
    "NF248",
    "An item has one enclosure.",
    why="Readers take the first, the last, or all.",
    mend="keep the main file, and put the others into media:content",
    specification="Best Practices Profile, enclosure",
)
def one_enclosure(document: Document) -> Iterator[Fault]:
    """Find the second enclosure of an item."""
    for item in document.entries:
        for number, enclosure in enumerate(item.all("enclosure")[1:], start=2):
            yield at(enclosure, f"this is enclosure number {number} of its item")


@RULES.error(
    "NF249",
    "A source has the url of the feed that the item came from.",
    why="It is what makes the source reachable.",
    mend="add the attribute url, or leave the source out",
    specification="RSS 2.0, <source>",
)
def source_url(document: Document) -> Iterator[Fault]:
    """Find sources without one."""
    yield from (
        at(source, "url is missing") for source in document.named("source") if source.get("url") is None
    )


@RULES.warning(
    "NF250",
    "The description stands before content:encoded.",
    why="Some readers take whichever comes last for the text of the item, and others show nothing in their lists.",
    mend="write a description, and put it before content:encoded",
    specification="Best Practices Profile, content:encoded",
)
def description_first(document: Document) -> Iterator[Fault]:
    """Find content before which there is no description."""
    for item in document.entries:
        described = False
        for child in item:
            described = described or (not child.space and child.name == "description")
            if (child.space, child.name) == (_CONTENT, "encoded") and not described:
                yield at(child, "no description stands before it")
