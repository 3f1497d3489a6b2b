"""Podcasts: the elements of Apple's vocabulary, which all podcast apps read."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.podcast_categories import CATEGORIES, OLDER_CATEGORIES
from newsfeed.check.values import address_problem, email_problem, suggestion

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
#: The words that an element may contain; `explicit` and `block` are case-insensitive.
_WORDS: Final = {
    "block": {"clean", "no", "yes"},
    "episodeType": {"bonus", "full", "trailer"},
    "explicit": {"false", "true"},
    "type": {"episodic", "serial"},
}
_FIXES: Final = {
    "block": "Yes to hide it from the directory, or leave the element out",
    "episodeType": "full, trailer or bonus",
    "explicit": "true or false",
    "type": "episodic or serial",
}
_ANY_CASE: Final = {"block", "explicit"}
_DURATION: Final = re.compile(r"[0-9]+(:[0-5][0-9](:[0-5][0-9])?)?")
#: The number of characters that Apple shows.
_MAX_LENGTHS: Final = {"author": 255, "keywords": 255, "name": 255, "subtitle": 255, "summary": 4_000}
_NEEDED: Final = ("category", "explicit", "owner")
_FORMATS: Final = ("epub", "m4a", "m4v", "mov", "mp3", "mp4", "pdf")
_WEB: Final = ("http://", "https://")
_UTF_8: Final = {"", "utf-8", "utf8"}


def _itunes(document: ParsedDocument, *names: str) -> Iterator[XmlElement]:
    """Visit elements of Apple's vocabulary with these names; all of them without names."""
    return (element for element in document.from_space(_ITUNES) if not names or element.name in names)


def _is_podcast(document: ParsedDocument) -> bool:
    return next(_itunes(document), None) is not None


@CHECKS.error(
    "NF291",
    "A podcast uses valid words and durations in Apple's vocabulary.",
    why="Apps use them to decide what to show to whom; directories refuse other words.",
    fix="write one of the words or a duration that Apple specifies",
    specification="Apple, A Podcaster's Guide to RSS",
)
def words(document: ParsedDocument) -> Iterator[Problem]:
    """Find other words, and invalid durations."""
    for element in _itunes(document, "duration", *_WORDS):
        text = element.text if element.name in _ANY_CASE else element.text.strip()
        if element.name == "duration":
            if not _DURATION.fullmatch(text):
                fix = "write seconds, or hours:minutes:seconds as in 1:02:03"
                yield at(element, f"{text[:60]!r} isn't a duration", fix)
        elif (text.lower() if element.name in _ANY_CASE else text) not in _WORDS[element.name]:
            yield at(element, f"{text[:60]!r} isn't one of its words", f"write {_FIXES[element.name]}")


@CHECKS.warning(
    "NF292",
    "A podcast has a language, a category and an owner, and says whether it is explicit.",
    why="Apple's directory refuses a podcast without them.",
    fix="add the missing element to the channel",
    specification="Apple, A Podcaster's Guide to RSS",
)
def complete(document: ParsedDocument) -> Iterator[Problem]:
    """Find podcasts that lack one of them."""
    feed = document.feed
    if feed is None or not _is_podcast(document):
        return
    if feed.find("language", "") is None and not feed.inherited("lang"):
        yield at(feed, "language is missing")
    yield from (at(feed, f"itunes:{name} is missing") for name in _NEEDED if feed.find(name, _ITUNES) is None)


@CHECKS.error(
    "NF293",
    "A podcast's categories are those of Apple's directory.",
    why="The directory doesn't list the podcast under other categories.",
    fix="write a category from the directory, and a subcategory inside it",
    specification="Apple, Apple Podcasts categories",
)
def categories(document: ParsedDocument) -> Iterator[Problem]:
    """Find unknown categories."""
    for element in _itunes(document, "category"):
        text, parent = element.get("text"), element.parent
        if text is None:
            continue
        is_inner = parent is not None and parent.space == _ITUNES
        above = (parent.get("text") or "") if is_inner and parent is not None else ""
        known = CATEGORIES.get(above, frozenset()) if is_inner else CATEGORIES
        if text not in known and not (is_inner and above in OLDER_CATEGORIES):
            note = " any more" if text in OLDER_CATEGORIES else suggestion(text, known)
            yield at(element, f"the directory has no category {text!r}{note}")


@CHECKS.warning(
    "NF294",
    "A podcast's texts are short, and its keywords are separated by commas.",
    why="Apple cuts off longer texts, and treats words without commas as one keyword.",
    fix="write at most 255 characters, or 4,000 in a summary; put commas between keywords",
    specification="Apple, A Podcaster's Guide to RSS; W3C Feed Validation Service, TooLong, InvalidKeywords",
)
def lengths(document: ParsedDocument) -> Iterator[Problem]:
    """Find longer texts, and keywords without commas."""
    for element in _itunes(document, *_MAX_LENGTHS):
        text, most = element.text.strip(), _MAX_LENGTHS[element.name]
        if len(text) > most:
            yield at(element, f"it has {len(text):,} characters; Apple shows {most:,}", "shorten it")
        if element.name == "keywords" and " " in text and "," not in text:
            yield at(element, "the keywords have no commas between them", "put commas between the keywords")


@CHECKS.error(
    "NF295",
    "A podcast's owner has an e-mail address, and its image has a web address.",
    why="Apple writes to the owner to verify the podcast, and shows the image.",
    fix="add what is missing",
    specification="Apple, A Podcaster's Guide to RSS",
)
def owner_and_image(document: ParsedDocument) -> Iterator[Problem]:
    """Find owners and images with an invalid address."""
    for email in _itunes(document, "email"):
        if problem := email_problem(email.text.strip()):
            yield at(email, problem, "write an address such as editor@example.com")
    for image in _itunes(document, "image"):
        href = image.get("href")
        if href is None:
            continue
        problem = address_problem(href, "href")
        if problem is None and not href.lower().startswith(_WEB):
            problem = f"href {href[:60]!r} isn't a web address"
        if problem:
            yield at(image, problem, "write a complete http or https address into href")


@CHECKS.warning(
    "NF296",
    "A podcast's files have a format that Apple plays.",
    why="Apps list other episodes, but can't play them.",
    fix="use an mp3, m4a, mp4, m4v, mov, pdf or epub file",
    specification="Apple, A Podcaster's Guide to RSS; W3C Feed Validation Service, UnsupportedItunesFormat",
)
def playable(document: ParsedDocument) -> Iterator[Problem]:
    """Find enclosures in other formats in episodes."""
    for item in document.entries:
        if not any(child.space == _ITUNES for child in item):
            continue
        for enclosure in item.all("enclosure", ""):
            kind = _suffix(enclosure.get("url") or "")
            if kind and kind not in _FORMATS:
                yield at(enclosure, f"the file's format is {kind[:20]}")


def _suffix(url: str) -> str:
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""
    return name.rpartition(".")[2].lower() if "." in name else ""


@CHECKS.warning(
    "NF297",
    "A podcast is written in UTF-8.",
    why="Apple's directory reads other encodings unreliably.",
    fix="write UTF-8, and say so in the XML declaration",
    specification="Apple, A Podcaster's Guide to RSS; W3C Feed Validation Service, NotUTF8",
)
def in_utf_8(document: ParsedDocument) -> Iterator[Problem]:
    """Report other encodings."""
    encoding = (document.xml.encoding or "") if document.xml is not None else ""
    if encoding.lower() not in _UTF_8 and _is_podcast(document):
        yield Problem(1, 1, "", f"its encoding is {encoding}")
