"""The values in elements of other vocabularies: dates, languages, numbers, addresses."""

from collections.abc import Callable, Iterator
from typing import Final

from newsfeed.check.dates import is_in_future, rfc822_problem, rfc3339_problem, w3cdtf_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.namespaces import prefixed
from newsfeed.check.values import address_problem, integer_problem, language_problem, uri_problem

__all__ = ["CHECKS", "IN_RSS"]

CHECKS = CheckGroup("rss", "atom")
IN_RSS = CheckGroup("rss")

_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_W3C_DATES = ("dc:date", "dcterms:created", "dcterms:issued", "dcterms:modified", "sy:updateBase")
_MORE_W3C_DATES = ("ag:timestamp", "conversationsNetwork:ratingTimestamp", "ev:enddate", "ev:startdate")
_DATES: Final[dict[str, Callable[[str], str | None]]] = {
    **dict.fromkeys((*_W3C_DATES, *_MORE_W3C_DATES), w3cdtf_problem),
    **dict.fromkeys(("itunes:pubDate", "opml:dateCreated", "opml:dateModified"), rfc822_problem),
    "app:edited": rfc3339_problem,
}
_ATOM_DATES = {"atom:published", "atom:updated"}
_PERIODS = {"hourly", "daily", "weekly", "monthly", "yearly"}
#: Elements that contain a whole number, with its minimum.
_NUMBERS: Final = {
    "conversationsNetwork:introMilliseconds": 0,
    "conversationsNetwork:ratingCount": 0,
    "dcterms:extent": 1,
    "georss:floor": -1_000_000,
    "itunes:episode": 1,
    "itunes:season": 1,
    "opensearch10:itemsPerPage": 0,
    "opensearch10:startIndex": -1_000_000,
    "opensearch10:totalResults": 0,
    "opensearch:itemsPerPage": 0,
    "opensearch:startIndex": -1_000_000,
    "opensearch:totalResults": 0,
    "slash:comments": 0,
    "sy:updateFrequency": 1,
    "thr:total": 0,
}
#: Elements that contain an address.
_ADDRESSES: Final = {
    "ag:sourceURL",
    "blogChannel:blink",
    "blogChannel:blogRoll",
    "blogChannel:changes",
    "blogChannel:mySubscriptions",
    "conversationsNetwork:image",
    "creativeCommons:license",
    "feedburner:awareness",
    "feedburner:feedburnerHostname",
    "feedburner:origEnclosureLink",
    "feedburner:origLink",
    "itunes:new-feed-url",
    "opml:ownerId",
    "trackback:about",
    "trackback:ping",
    "wfw:comment",
    "wfw:commentRSS",
    "wfw:commentRss",
}
#: The RSS element with the same meaning, in a channel and in an item.
_TWINS: Final = {
    "channel": {
        "admin:generatorAgent": "generator",
        "dc:creator": "managingEditor",
        "dc:date": "pubDate",
        "dc:language": "language",
        "dc:publisher": "webMaster",
        "dc:rights": "copyright",
        "dc:subject": "category",
        "dcterms:modified": "lastBuildDate",
    },
    "item": {
        "atom:id": "guid",
        "atom:published": "pubDate",
        "dc:creator": "author",
        "dc:date": "pubDate",
        "dc:source": "source",
        "dc:subject": "category",
    },
}
_DESCRIBING = ("atom:content", "atom:rights", "atom:subtitle", "atom:title", "xhtml:body")


@IN_RSS.warning(
    "NF260",
    "Nothing is stated twice, in RSS and in another vocabulary.",
    why="Readers show both, or the first one.",
    fix="keep one of the two; prefer dc:creator to author, and pubDate to dc:date",
    specification="Best Practices Profile, Namespace elements",
)
def said_once(document: ParsedDocument) -> Iterator[Problem]:
    """Find elements with an RSS equivalent beside them, and licenses in two vocabularies."""
    for _, parent in document.called(_TWINS):
        twins = _TWINS[parent.name]
        names = {prefixed(child) for child in parent}
        for element in parent:
            twin = twins.get(prefixed(element))
            if twin is not None and twin in names:
                yield at(element, f"{element.shown} has the same meaning as {twin}")
            elif prefixed(element) == "cc:license" and "creativeCommons:license" in names:
                yield at(element, "creativeCommons:license has the same meaning")


@IN_RSS.warning(
    "NF251",
    "RSS items and channels are described by RSS elements.",
    why="Readers show both, or the first one.",
    fix="write title, description, copyright or content:encoded instead",
    specification="Best Practices Profile, description; W3C Feed Validation Service, DuplicateDescriptionSemantics",
)
def described_in_rss(document: ParsedDocument) -> Iterator[Problem]:
    """Find Atom's texts and XHTML's body."""
    for _, element in document.called(_DESCRIBING):
        parent = element.parent
        is_here = parent is not None and not parent.space and parent.name in {"channel", "item"}
        if is_here and element.get("src") is None:
            yield at(element, f"RSS has its own elements for {element.shown}")


@CHECKS.error(
    "NF261",
    "Dates in other vocabularies have the format that these specify.",
    why="Readers misread or ignore other dates.",
    fix="write it like 2002-09-07T00:00:01Z; in iTunes and OPML, like Sat, 07 Sep 2002 00:00:01 GMT",
    specification="W3C NOTE-datetime; RFC 3339; RDF Site Summary 1.0 Modules",
)
def dates(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates in other formats."""
    atoms = _ATOM_DATES if document.kind == "rss" else {}
    for name, element in document.called([*_DATES, *atoms]):
        problem_in = _DATES.get(name, rfc3339_problem)
        if problem := problem_in(element.text.strip()):
            yield at(element, problem)


@CHECKS.error(
    "NF262",
    "dc:language is a code such as en or en-us.",
    why="Readers choose fonts, text direction and dictionaries by it.",
    fix="write the language's code",
    specification="Dublin Core, language; RFC 5646",
)
def language(document: ParsedDocument) -> Iterator[Problem]:
    """Find languages that aren't codes."""
    for _, element in document.called(["dc:language"]):
        if problem := language_problem(element.text.strip()):
            yield at(element, problem)


@CHECKS.error(
    "NF263",
    "sy:updatePeriod is hourly, daily, weekly, monthly or yearly.",
    why="With other words, readers fetch the feed as often as they like.",
    fix="write hourly, daily, weekly, monthly or yearly, in lower case",
    specification="RDF Site Summary 1.0 Modules: Syndication",
)
def update_period(document: ParsedDocument) -> Iterator[Problem]:
    """Find other words."""
    for _, element in document.called(["sy:updatePeriod"]):
        if (text := element.text.strip()) not in _PERIODS:
            yield at(element, f"{text!r} isn't a period")


@CHECKS.error(
    "NF264",
    "Numbers in other vocabularies are whole numbers, and not too small.",
    why="Readers calculate with them.",
    fix="write a whole number",
    specification="RDF Site Summary 1.0 Modules: Syndication, Slash; OpenSearch 1.1; RFC 4685 §5",
)
def numbers(document: ParsedDocument) -> Iterator[Problem]:
    """Find values that aren't such numbers."""
    for _, element in document.called(["slash:hit_parade"]):
        texts = element.text.split(",")
        problems = filter(None, (integer_problem(part.strip()) for part in texts))
        yield from (at(element, problem, "write whole numbers, separated by commas") for problem in problems)
    for name, element in document.called(_NUMBERS):
        text, least = element.text.strip(), _NUMBERS[name]
        if problem := integer_problem(text):
            yield at(element, problem)
        elif int(text) < least:
            yield at(element, f"{text} is less than {least}", f"write {least} or more")


@CHECKS.error(
    "NF270",
    "Addresses in other vocabularies are absolute, and written as URIs.",
    why="Readers can't resolve relative addresses.",
    fix="write the complete address, and percent-encode spaces and non-ASCII characters",
    specification="RFC 3986 §4.3; RDF Site Summary 1.0 Modules; Comment API",
)
def addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative and invalid addresses."""
    ids = ["atom:id"] if document.kind == "rss" else []
    for _, element in document.called([*_ADDRESSES, *ids]):
        if problem := address_problem(element.text.strip()):
            yield at(element, problem)
    for element in document.elements:
        if (resource := element.get(_RESOURCE)) is not None and (problem := uri_problem(resource)):
            yield at(element, problem)


@CHECKS.warning(
    "NF272",
    "No date in another vocabulary is in the future.",
    why="Readers that sort by it hide such an item until then, or keep it at the top.",
    fix="publish the item when it is due; check the time zone",
    specification="Dublin Core, date; W3C Feed Validation Service, ImplausibleDate",
)
def not_in_the_future(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates later than the check; dates of events may be."""
    for _, element in document.called(_W3C_DATES):
        text = element.text.strip()
        if not w3cdtf_problem(text) and is_in_future(text, document.as_of):
            yield at(element, f"{text} is in the future")


@CHECKS.warning(
    "NF274",
    "The feed of an item's comments is in wfw:commentRss.",
    why="Readers look for the name in exactly this spelling.",
    fix="write wfw:commentRss",
    specification="Comment API; W3C Feed Validation Service, CommentRSS",
)
def comment_feed(document: ParsedDocument) -> Iterator[Problem]:
    """Find the other spelling."""
    for _, element in document.called(["wfw:commentRSS"]):
        yield at(element, f"the name is {element.shown}")


@IN_RSS.warning(
    "NF275",
    "A channel whose items count their comments has a lastBuildDate.",
    why="Without it, readers can't tell which count is newer.",
    fix="add lastBuildDate to the channel, or leave out slash:comments",
    specification="Best Practices Profile, slash:comments",
)
def counted_when(document: ParsedDocument) -> Iterator[Problem]:
    """Find counts in a channel without lastBuildDate."""
    if document.feed is None or document.feed.find("lastBuildDate") is not None:
        return
    for _, count in document.called(["slash:comments"]):
        yield at(count, "the channel has no lastBuildDate")
