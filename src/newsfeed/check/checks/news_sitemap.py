"""Sitemaps (sitemaps.org), and the requirements of Google News."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from newsfeed.check.dates import moment_of, w3cdtf_problem
from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import SITEMAP, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.values import address_problem, language_problem, uri_problem

__all__ = ["CHECKS"]

CHECKS = CheckGroup("sitemap")

_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_XHTML = "http://www.w3.org/1999/xhtml"
_MAX_URLS = 50_000
_MAX_NEWS = 1_000
_LARGEST = 50 * 1024 * 1024
_TWO_DAYS = timedelta(days=2)
_FREQUENCIES = {"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"}
_SPECIFICATION = "Sitemaps protocol 0.9"
_GOOGLE = "Google Search Central, Create a news sitemap"


def _entries(document: ParsedDocument) -> list[XmlElement]:
    return [*document.root.all("url"), *document.root.all("sitemap")]


def _text_of(element: XmlElement, *names: str) -> str:
    found: XmlElement | None = element
    for name in names:
        found = found.find(name) if found is not None else None
    return found.text.strip() if found is not None else ""


@CHECKS.error(
    "NF600",
    "Each entry has a loc: an absolute address, written as a URI.",
    why="Search engines ignore other entries.",
    fix="write the page's complete address",
    specification=f"{_SPECIFICATION}, <loc>",
)
def locations(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid addresses."""
    for entry in _entries(document):
        loc = entry.find("loc")
        if loc is not None and (problem := address_problem(loc.text.strip())):
            yield at(loc, problem)


@CHECKS.error(
    "NF601",
    "All addresses have the same host.",
    why="Search engines trust a sitemap only for its own host.",
    fix="write a separate sitemap for each host",
    specification=f"{_SPECIFICATION}, Sitemap file location",
)
def one_host(document: ParsedDocument) -> Iterator[Problem]:
    """Find addresses whose host differs from the first one's."""
    first = ""
    for loc in document.named("loc", SITEMAP):
        text = loc.text.strip()
        host = "" if uri_problem(text) else urlsplit(text).netloc.lower()
        first = first or host
        if host and host != first:
            yield at(loc, f"the host is {host}, not {first}")


@CHECKS.error(
    "NF602",
    "A sitemap has at most 50,000 addresses, 1,000 news articles, and 50 MB.",
    why="Search engines ignore the rest.",
    fix="write several sitemaps, and a sitemap index",
    specification=f"{_SPECIFICATION}, Sitemap index; {_GOOGLE}",
)
def not_too_many(document: ParsedDocument) -> Iterator[Problem]:
    """Find sitemaps that are too large."""
    entries = _entries(document)
    news = [entry for entry in entries if entry.find("news", _NEWS) is not None]
    if len(entries) > _MAX_URLS:
        yield at(entries[_MAX_URLS], f"there are {len(entries):,} addresses")
    if len(news) > _MAX_NEWS:
        yield at(news[_MAX_NEWS], f"there are {len(news):,} articles")
    if len(document.data) > _LARGEST:
        yield at(document.root, f"there are {len(document.data):,} bytes")


@CHECKS.error(
    "NF603",
    "Dates are in the W3C date format.",
    why="Search engines ignore other dates, or the whole entry.",
    fix="write it like 2025-12-19T14:24:00Z",
    specification=f"{_SPECIFICATION}, <lastmod>; {_GOOGLE}",
)
def dates(document: ParsedDocument) -> Iterator[Problem]:
    """Find dates in other formats."""
    for element in [*document.named("lastmod", SITEMAP), *document.named("publication_date", _NEWS)]:
        if problem := w3cdtf_problem(element.text.strip()):
            yield at(element, problem)


CHECKS.error(
    "NF604",
    "An article has a publication with a name and a language, a date and a title.",
    why="Google News ignores an article without them.",
    fix="add the missing element",
    specification=_GOOGLE,
)


@CHECKS.error(
    "NF605",
    "A language is a code of two or three letters, or zh-cn or zh-tw.",
    why="Google News uses it to choose the readers of the article.",
    fix="write the language's code, such as az",
    specification=_GOOGLE,
)
def news_language(document: ParsedDocument) -> Iterator[Problem]:
    """Find other codes."""
    for element in document.named("language", _NEWS):
        text = element.text.strip()
        short = text.isascii() and text.isalpha() and len(text) in {2, 3}
        if text and not short and text not in {"zh-cn", "zh-tw"}:
            yield at(element, f"{text!r} isn't a code that Google News accepts")


@CHECKS.warning(
    "NF606",
    "A news sitemap lists only articles from the last two days.",
    why="Google News ignores older ones.",
    fix="remove the article; it stays in Google News for thirty days",
    specification=_GOOGLE,
)
def recent_news(document: ParsedDocument) -> Iterator[Problem]:
    """Find articles older than two days."""
    for element in document.named("publication_date", _NEWS):
        moment = moment_of(element.text.strip())
        # a date without a time may mean the end of its day
        slack = timedelta(days=1) if "T" not in element.text else timedelta()
        if moment is not None and moment + slack < document.as_of - _TWO_DAYS:
            yield at(element, f"{element.text.strip()} is more than two days ago")


@CHECKS.error(
    "NF607",
    "Elements in the sitemap's namespace are those of the protocol, with valid values.",
    why="Search engines refuse the file.",
    fix="correct the name or the value, or remove the element",
    specification=f"{_SPECIFICATION}, XML tag definitions",
)
def values(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid frequencies and priorities."""
    for element in document.named("changefreq", SITEMAP):
        if (text := element.text.strip()) not in _FREQUENCIES:
            yield at(element, f"{text!r} isn't a frequency")
    for element in document.named("priority", SITEMAP):
        if not _is_priority(text := element.text.strip()):
            yield at(element, f"{text!r} isn't between 0.0 and 1.0")


def _is_priority(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


@CHECKS.error(
    "NF608",
    "Pictures and other editions have absolute addresses; an edition has a language.",
    why="Search engines ignore the others.",
    fix="write complete addresses, and a language code or x-default as hreflang",
    specification="Google Search Central, Image sitemaps, Localized versions",
)
def related(document: ParsedDocument) -> Iterator[Problem]:
    """Find pictures and editions without a valid address, and editions without a language."""
    for image in document.named("image", _IMAGE):
        address = _text_of(image, "loc")
        if problem := address_problem(address):
            yield at(image, problem, "write the picture's complete address")
    for link in document.named("link", _XHTML):
        href, language = link.get("href") or "", link.get("hreflang") or ""
        if problem := address_problem(href):
            yield at(link, problem, "write the edition's complete address")
        if language != "x-default" and language_problem(language):
            yield at(link, f"hreflang is {language!r}", "write the edition's language code, or x-default")


@CHECKS.error(
    "NF609",
    "A sitemap lists at least one address, and a sitemap index at least one sitemap.",
    why="Search Console reports a missing XML tag.",
    fix="while there is nothing to list, leave out the file, and its address in the index",
    specification=f"{_SPECIFICATION}, XML schemas for sitemaps and for index files",
)
def not_empty(document: ParsedDocument) -> Iterator[Problem]:
    """Find empty sitemaps and indexes."""
    if not _entries(document):
        kind = "sitemap" if document.root.name == "sitemapindex" else "url"
        yield at(document.root, f"it contains no {kind}")
