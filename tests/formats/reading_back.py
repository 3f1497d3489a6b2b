"""What a written feed says of each entry, whatever its format: read with a plain parser, none of newsfeed's code."""

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

__all__ = ["READERS", "File", "Said", "in_atom", "in_json", "in_rss"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class File:
    """A file that goes with an entry."""

    url: str | None
    type: str | None
    length: int | None
    width: int | None
    height: int | None
    #: In whole seconds.
    duration: int | None
    credit: str | None
    description: str | None


@dataclass(frozen=True)
class Said:
    """An entry."""

    id: str | None
    title: str | None
    url: str | None
    language: str | None
    #: To the second, for RSS knows no fractions.
    published: datetime
    updated: datetime
    #: HTML in RSS and Atom; what JSON Feed has as plain text is escaped.
    summary: str | None
    content: str | None
    authors: list[str | None]
    #: Scheme and label.
    categories: list[tuple[str | None, str | None]]
    files: list[File]
    rights: str | None
    #: Address and title.
    source: tuple[str | None, str | None] | None
    #: Language, address and title.
    translations: list[tuple[str | None, str | None, str | None]]


def in_rss(document: bytes) -> list[Said]:
    return [_item(item) for item in _parsed(document).iterfind("channel/item")]


def in_atom(document: bytes) -> list[Said]:
    return [_entry(entry) for entry in _parsed(document).iterfind(f"{_ATOM}entry")]


def in_json(document: bytes) -> list[Said]:
    return [_json_item(item) for item in json.loads(document)["items"]]


READERS = {"rss": in_rss, "atom": in_atom, "json": in_json}


def _parsed(document: bytes) -> etree._Element:
    # libxml2 refuses a text of more than ten million bytes otherwise; XML has no such limit.
    return etree.fromstring(document, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _item(item: etree._Element) -> Said:
    published = parsedate_to_datetime(_needed(item, "pubDate"))
    modified = item.findtext(f"{_DCTERMS}modified")
    source = item.find("source")
    return Said(
        id=item.findtext("guid"),
        title=item.findtext("title"),
        url=item.findtext("link"),
        language=item.findtext(f"{_DC}language"),
        published=published,
        updated=_to_the_second(modified) if modified else published,
        summary=item.findtext("description"),
        content=item.findtext(f"{_CONTENT}encoded"),
        authors=[creator.text for creator in item.iterfind(f"{_DC}creator")],
        categories=[(category.get("domain"), category.text) for category in item.iterfind("category")],
        files=_files(item),
        rights=item.findtext(f"{_DC}rights"),
        source=None if source is None else (source.get("url"), source.text),
        translations=_translations(item.iterfind(f"{_ATOM}link")),
    )


def _entry(entry: etree._Element) -> Said:
    links: dict[str, list[etree._Element]] = {}
    for link in entry.iterfind(f"{_ATOM}link"):
        links.setdefault(link.get("rel", ""), []).append(link)
    via = links.get("via")
    return Said(
        id=entry.findtext(f"{_ATOM}id"),
        title=entry.findtext(f"{_ATOM}title"),
        url=links["alternate"][0].get("href"),
        language=entry.get(_LANG),
        published=_to_the_second(_needed(entry, f"{_ATOM}published")),
        updated=_to_the_second(_needed(entry, f"{_ATOM}updated")),
        summary=entry.findtext(f"{_ATOM}summary"),
        content=entry.findtext(f"{_ATOM}content"),
        authors=[author.findtext(f"{_ATOM}name") for author in entry.iterfind(f"{_ATOM}author")],
        categories=[(tag.get("scheme"), tag.get("label")) for tag in entry.iterfind(f"{_ATOM}category")],
        files=_files(entry),
        rights=entry.findtext(f"{_ATOM}rights"),
        source=(via[0].get("href"), via[0].get("title")) if via else None,
        translations=_translations([*links["alternate"][1:], *links.get("related", [])]),
    )


def _json_item(item: dict[str, Any]) -> Said:
    ours = item.get("_newsfeed", {})
    source = ours.get("source")
    return Said(
        id=item["id"],
        title=item.get("title"),
        url=item["url"],
        language=item["language"],
        published=_to_the_second(item["date_published"]),
        updated=_to_the_second(item["date_modified"]),
        summary=_escaped(item.get("summary", item.get("content_text"))),
        content=item.get("content_html"),
        authors=[author["name"] for author in item["authors"]],
        categories=[(tag["scheme"], tag["label"]) for tag in ours.get("categories", [])],
        files=[_attachment(attachment) for attachment in item.get("attachments", [])],
        rights=ours.get("rights"),
        source=(source["url"], source.get("title")) if source else None,
        translations=[
            (edition["language"], edition["url"], edition["title"])
            for edition in ours.get("translations", [])
        ],
    )


def _needed(element: etree._Element, name: str) -> str:
    text = element.findtext(name)
    assert text is not None
    return text


def _to_the_second(date: str) -> datetime:
    assert date.endswith("Z")
    return datetime.fromisoformat(date).replace(microsecond=0)


def _files(element: etree._Element) -> list[File]:
    return [
        File(
            url=content.get("url"),
            type=content.get("type"),
            length=_number(content.get("fileSize")),
            width=_number(content.get("width")),
            height=_number(content.get("height")),
            duration=_number(content.get("duration")),
            credit=content.findtext(f"{_MEDIA}credit"),
            description=content.findtext(f"{_MEDIA}description"),
        )
        for content in element.iterfind(f"{_MEDIA}content")
    ]


def _attachment(attachment: dict[str, Any]) -> File:
    ours = attachment.get("_newsfeed", {})
    duration = attachment.get("duration_in_seconds")
    return File(
        url=attachment["url"],
        type=attachment["mime_type"],
        length=attachment.get("size_in_bytes"),
        width=ours.get("width"),
        height=ours.get("height"),
        duration=None if duration is None else round(duration),
        credit=ours.get("credit"),
        description=attachment.get("title"),
    )


def _translations(links: Any) -> list[tuple[str | None, str | None, str | None]]:
    return [(link.get("hreflang"), link.get("href"), link.get("title")) for link in links]


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _escaped(text: str | None) -> str | None:
    return None if text is None else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
