"""rss-parser of PyPI, a parser with types."""

from pathlib import Path
from typing import Any

from tests.readers.program import python_program
from tests.readers.shown import Shown

__all__ = ["RSS_PARSER_PY"]


def entries_of(path: Path) -> list[Shown]:
    from rss_parser import AtomParser, RSSParser

    source = path.read_text(encoding="utf-8")
    if path.suffix == ".rss":
        return [_item_of_rss(tag.content) for tag in RSSParser.parse(source).channel.content.items]
    entries = AtomParser.parse(source).feed.content.entries
    return [_entry_of_atom(tag.content, tag.attributes) for tag in entries]


def _item_of_rss(item: Any) -> Shown:
    others = item.model_extra
    authors = others["dc:creator"]
    return Shown(
        id=_text(item.guid),
        title=_text(item.title),
        link=item.links[0].content,
        published=item.pub_date.content,
        updated=others.get("dcterms:modified"),
        author=authors if isinstance(authors, list) else [authors],
        summary=_text(item.description),
        content=others.get("content:encoded"),
        categories=[category.content for category in item.categories],
        enclosures=[
            (file.attributes["url"], file.attributes["type"], file.attributes["length"])
            for file in item.enclosures
        ],
        language=others["dc:language"],
    )


def _entry_of_atom(entry: Any, attributes: Any) -> Shown:
    links = [link.attributes for link in entry.links]
    return Shown(
        id=_text(entry.id),
        title=_text(entry.title),
        link=next(link["href"] for link in links if link["rel"] == "alternate"),
        published=entry.published.content,
        updated=entry.updated.content,
        author=[_text(person.content.name) for person in entry.authors],
        summary=_text(entry.summary),
        content=_text(entry.content),
        categories=[category.attributes["label"] for category in entry.categories],
        enclosures=[
            (link["href"], link["type"], link.get("length")) for link in links if link["rel"] == "enclosure"
        ],
        language=attributes["xml:lang"],
    )


def _text(tag: Any) -> str | None:
    return None if tag is None else str(tag.content)


RSS_PARSER_PY = python_program("rss-parser", entries_of, name="rss-parser (PyPI)")
