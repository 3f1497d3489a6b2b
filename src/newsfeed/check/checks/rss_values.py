"""The values in an RSS 2.0 document: dates, addresses, people, languages, numbers."""

from collections.abc import Iterator
from urllib.parse import unquote

from newsfeed.check.dates import rfc822_oddity, rfc822_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.value_checks import early_dates, future_dates, texts
from newsfeed.check.values import address_problem, email_problem, integer_problem, language_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss")

_DATES = "pubDate lastBuildDate"
_PEOPLE = "author managingEditor webMaster"
_ADDRESSES = {"comments", "docs", "link", "url"}
_DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
_HOURS = {str(hour) for hour in range(24)} | {f"0{hour}" for hour in range(10)}
_KINDS = {
    "day": ("a day", "write the English name of a day, such as Saturday"),
    "hour": ("an hour", "write an hour from 0 to 23"),
}
_DOCS = {
    "http://www.rssboard.org/rss-specification",
    "https://www.rssboard.org/rss-specification",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
    "https://cyber.harvard.edu/rss/rss.html",
    "http://cyber.law.harvard.edu/rss/rss.html",
}
_WIDEST, _HIGHEST = 144, 400
_LARGEST_PORT = 65535
_PICTURES = (".gif", ".jpeg", ".jpg", ".png")


def _filled(document: ParsedDocument, names: set[str]) -> Iterator[tuple[XmlElement, str]]:
    """Visit RSS's own elements with these names, unless they are empty."""
    for _, element in document.called(sorted(names)):
        if not element.space and (text := element.text.strip()):
            yield element, text


def _oddity(date: str) -> str | None:
    return None if rfc822_problem(date) else rfc822_oddity(date)


def _address_in(person: str) -> str:
    """Return the address of a person; it may be written as a mailto: URI."""
    if person.startswith("mailto:"):
        person = unquote(person.removeprefix("mailto:"))
    return person.partition(" (")[0] if person.endswith(")") else person


def _nameless(person: str) -> str | None:
    """Return the problem of an address without a name; None for other problems."""
    is_nameless = "@" in person and not person.endswith(")") and not email_problem(_address_in(person))
    return f"{person!r} has no name" if is_nameless else None


def _other_docs(address: str) -> str | None:
    return None if address in _DOCS else f"{address!r} isn't the specification's address"


CHECKS.error(
    "NF221",
    "Dates are in the format of RFC 822, with English names, and the weekday is correct.",
    why="Parsers in Ruby, Perl, Go and Java ignore any other date, or refuse the feed.",
    fix="write it like Sat, 07 Sep 2002 00:00:01 GMT",
    specification="RSS 2.0, <pubDate>; RFC 822 §5",
)(texts(_DATES, rfc822_problem))


CHECKS.warning(
    "NF222",
    "A date has a four-digit year and a time zone that every parser knows.",
    why="Parsers read other dates differently, some by hours or centuries.",
    fix="write it like Sat, 07 Sep 2002 00:00:01 GMT",
    specification="Best Practices Profile, Date and time; RFC 2822 §4.3",
)(texts(_DATES, _oddity))


CHECKS.warning(
    "NF223",
    "No date is in the future.",
    why="Readers hide such an item until then, or keep it at the top.",
    fix="publish the item when it is due; check the time zone",
    specification="RSS 2.0, <pubDate>; Best Practices Profile, pubDate",
)(future_dates(_DATES, rfc822_problem))


CHECKS.note(
    "NF224",
    "No date is before 1990.",
    why="Such a date is more often an empty database field than correct.",
    fix="check the date; leave it if it is correct",
    specification="RSS 2.0, <pubDate>",
)(early_dates(_DATES, rfc822_problem))


CHECKS.error(
    "NF225",
    "A person is an e-mail address with the name in parentheses.",
    why="Readers use it as an e-mail address, and a name isn't one.",
    fix="write editor@example.com (Editor), or put the name into dc:creator",
    specification="RSS 2.0, <author>, <managingEditor>, <webMaster>",
)(texts(_PEOPLE, lambda person: email_problem(_address_in(person))))


CHECKS.warning(
    "NF236",
    "A person's name follows the address.",
    why="Without a name, readers show the address, and spammers collect it.",
    fix="write editor@example.com (Editor), or put only the name into dc:creator",
    specification="Best Practices Profile, E-mail addresses",
)(texts(_PEOPLE, _nameless))


@CHECKS.error(
    "NF226",
    "A link is an absolute address, written as a URI.",
    why="Readers can't resolve relative addresses, and many open the address as it is.",
    fix="write the complete address, and percent-encode spaces and non-ASCII characters",
    specification="RSS 2.0, Comments; RFC 3986 §4.3",
)
def addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative and invalid addresses."""
    for element, text in _filled(document, _ADDRESSES):
        if problem := address_problem(text, element.name):
            yield at(element, problem)
    for element in [*document.named("source"), *document.named("enclosure")]:
        url = element.get("url")
        if url is not None and (problem := address_problem(url, "url")):
            yield at(element, problem)


CHECKS.error(
    "NF227",
    "A language is a code such as en or en-us.",
    why="Readers choose fonts, text direction and dictionaries by it.",
    fix="write the language's code",
    specification="RSS 2.0, <language>; RFC 5646",
)(texts("language", language_problem))


@CHECKS.error(
    "NF228",
    "ttl is a positive number of minutes.",
    why="Readers wait this long before they fetch the feed again.",
    fix="write a whole number, such as 60",
    specification="RSS 2.0, <ttl>",
)
def ttl(document: ParsedDocument) -> Iterator[Problem]:
    """Find values that aren't a number of minutes."""
    for element in document.named("ttl"):
        text = element.text.strip()
        if problem := integer_problem(text):
            yield at(element, problem)
        elif int(text) < 1:
            yield at(element, f"{text} isn't a positive number of minutes")


@CHECKS.error(
    "NF229",
    "skipHours lists hours from 0 to 23, and skipDays lists English names of days, each once.",
    why="Readers don't fetch the feed at these times; at other values, some fail.",
    fix="list each hour or day once, and at least one",
    specification="RSS 2.0, <skipHours>, <skipDays>",
)
def times_to_skip(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid and repeated hours and days, and empty lists."""
    for parent, child in (("skipHours", "hour"), ("skipDays", "day")):
        yield from (
            at(found, f"it lists no {child}") for found in document.named(parent) if found.find(child) is None
        )
    for name, allowed in (("hour", _HOURS), ("day", _DAYS)):
        seen: set[tuple[int, str]] = set()
        for element in document.named(name):
            text = element.text.strip()
            key = (id(element.parent), str(int(text)) if name == "hour" and text in allowed else text)
            if text not in allowed:
                kind, fix = _KINDS[name]
                yield at(element, f"{text!r} isn't {kind}", fix)
            elif key in seen:
                yield at(element, f"{text} is listed twice")
            seen.add(key)


@CHECKS.error(
    "NF230",
    "An image is at most 144 pixels wide and 400 high.",
    why="Readers reserve this much space for it.",
    fix="write its real size within these limits, or leave out width and height",
    specification="RSS 2.0, <image>",
)
def image_size(document: ParsedDocument) -> Iterator[Problem]:
    """Find sizes that aren't numbers, or are too large."""
    for image in document.named("image"):
        for name, largest in (("width", _WIDEST), ("height", _HIGHEST)):
            element = image.find(name)
            if element is None:
                continue
            text = element.text.strip()
            if problem := integer_problem(text):
                yield at(element, problem)
            elif not 0 < int(text) <= largest:
                yield at(element, f"{name} {text} isn't between 1 and {largest}")


@CHECKS.warning(
    "NF231",
    "An image has the title and the link of its channel.",
    why="Readers show the image instead of the title.",
    fix="copy the channel's title and link into it",
    specification="Best Practices Profile, image",
)
def image_matches(document: ParsedDocument) -> Iterator[Problem]:
    """Find an image with another title or link."""
    image = document.feed.find("image") if document.feed is not None else None
    if image is None or document.feed is None:
        return
    for name in ("title", "link"):
        mine, theirs = image.find(name), document.feed.find(name)
        if mine is not None and theirs is not None and mine.text.strip() != theirs.text.strip():
            own, wanted = mine.text.strip()[:60], theirs.text.strip()[:60]
            yield at(mine, f"it is {own!r}, but the channel's {name} is {wanted!r}")


@CHECKS.warning(
    "NF232",
    "An image is a GIF, JPEG or PNG.",
    why="Readers don't support other formats here.",
    fix="use one of these formats",
    specification="RSS 2.0, <image>",
)
def image_kind(document: ParsedDocument) -> Iterator[Problem]:
    """Find images whose names show that they have another format."""
    for element, text in _filled(document, {"url"}):
        name = text.partition("?")[0].rpartition("/")[2].lower()
        if "." in name and not name.endswith(_PICTURES):
            yield at(element, f"{name} isn't a GIF, JPEG or PNG")


@CHECKS.error(
    "NF233",
    "A cloud has a domain, a port, a path, a procedure and a protocol.",
    why="Servers need all five to register.",
    fix="write domain, port, path, registerProcedure and protocol, or leave out the cloud",
    specification="RSS 2.0, <cloud>",
)
def cloud(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid ports."""
    for element in document.named("cloud"):
        port = element.get("port")
        if port is not None and (integer_problem(port) or not 0 < int(port) <= _LARGEST_PORT):
            reason = f"the port {port!r} isn't between 1 and {_LARGEST_PORT}"
            yield at(element, reason, "write the port as a number, such as 80")


CHECKS.note(
    "NF234",
    "docs is the address of the RSS specification.",
    why="It explains the file to people who come across it.",
    fix="write http://www.rssboard.org/rss-specification",
    specification="Best Practices Profile, docs",
)(texts("docs", _other_docs))


@CHECKS.warning(
    "NF235",
    "A channel's link is the site's page, not the feed.",
    why="Readers open it as the site's home page, and people would see the raw feed.",
    fix="write the address of the page that the feed belongs to",
    specification="RSS 2.0, Required channel elements",
)
def link_is_a_page(document: ParsedDocument) -> Iterator[Problem]:
    """Find a link to the feed itself."""
    if document.feed is None:
        return
    own = {document.address} | {
        link.get("href") or "" for link in document.feed.all("link", ATOM) if link.get("rel") == "self"
    }
    link = document.feed.find("link")
    if link is not None and link.text.strip() and link.text.strip() in own:
        yield at(link, "this is the address of the feed itself")
