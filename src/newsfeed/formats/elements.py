"""XML namespaces, and the elements that RSS and Atom share: links, and Media RSS."""

from lxml import etree

from newsfeed.model.article import Media
from newsfeed.model.feed import Entry, Link
from newsfeed.model.media_types import medium_of

__all__ = [
    "ATOM",
    "DC",
    "DCTERMS",
    "MEDIA",
    "NAMESPACES",
    "XML",
    "add",
    "add_link",
    "add_media",
    "add_translations",
]

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML = "{http://www.w3.org/XML/1998/namespace}"

#: What every feed declares; feedgen adds `atom` and `content` to RSS.
NAMESPACES = {"dc": DC[1:-1], "dcterms": DCTERMS[1:-1], "media": MEDIA[1:-1]}


def add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    """Add an element, with those attributes that have a value."""
    element = etree.SubElement(
        parent, name, {key: value for key, value in attributes.items() if value is not None}
    )
    element.text = text
    return element


def add_link(parent: etree._Element, name: str, link: Link) -> None:
    """Add a link (RFC 4287 §4.2.7) under the name that the format gives it."""
    add(parent, name, href=link.url, rel=link.rel, type=link.type, hreflang=link.language, title=link.title)


def add_translations(parent: etree._Element, name: str, entry: Entry, rel: str) -> None:
    """Add the links to the same story in other languages; as `alternate`, many readers take the last for the headline."""
    for edition in entry.translations:
        add_link(
            parent,
            name,
            Link(rel=rel, url=edition.url, type="text/html", language=edition.language, title=edition.title),
        )


def add_media(parent: etree._Element, entry: Entry) -> None:
    """Add Media RSS for every file of an entry, straight in the entry: a group of one is an error (Media RSS 1.5.1)."""
    for media in entry.media:
        content = add(
            parent,
            f"{MEDIA}content",
            url=media.url,
            fileSize=_decimal(media.length),
            type=media.type,
            medium=medium_of(media.type),
            duration=_whole_seconds(media),
            height=_decimal(media.height),
            width=_decimal(media.width),
        )
        if media.description is not None:
            add(content, f"{MEDIA}description", media.description, type="plain")
        if media.credit is not None:
            add(content, f"{MEDIA}credit", media.credit)


def _decimal(number: int | None) -> str | None:
    return None if number is None else str(number)


def _whole_seconds(media: Media) -> str | None:
    return None if media.duration is None else str(round(media.duration))
