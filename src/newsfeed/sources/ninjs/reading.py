"""From the items of ninjs to the values of articles."""

import html
from collections.abc import Iterator, Mapping
from datetime import datetime

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.json_files import records_in_json
from newsfeed.sources.ninjs.items import NinjsItem, Text, items_in
from newsfeed.sources.ninjs.media import media_of, page_of
from newsfeed.sources.records import finding, moment_in
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.text_files import Meter
from newsfeed.text.html.teasers import for_everybody
from newsfeed.text.html.words import plain_text
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.slugs import slug

__all__ = ["read"]

#: Types of items that are no articles; a composite is one if it has a text of its own.
_NO_ARTICLES = frozenset(
    {"picture", "graphic", "video", "audio", "animation", "event", "planning", "component"}
)
_COLLECTIONS = frozenset({"composite", "package", "collection"})
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
_BODY = lazy_pattern(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", 18)  # IGNORECASE | DOTALL
#: What bylines begin with, beside "by".
_BY = {
    "da": "af",
    "de": "von",
    "es": "por",
    "fr": "par",
    "it": "di",
    "nb": "av",
    "nl": "door",
    "no": "av",
    "pt": "por",
    "sv": "av",
}
_EMBARGO = lazy_pattern(r"embargo|sperrfrist|not for (?:publication|release)", 2)
_LIFTED = lazy_pattern(r"(?:embargo|sperrfrist)\w*\s+(?:lifted|over|aufgehoben|ist abgelaufen)|no embargo", 2)
_PARAGRAPHS = lazy_pattern(r"\n\s*\n")


def read(
    file: ArticleFile, source: ArticleSource, site: Site, meter: Meter | None = None
) -> Iterator[SourceRecord | Finding]:
    """Read the articles of a ninjs document: of several versions of an item only the latest.

    Args:
        file: The document.
        source: The source.
        site: The site, whose categories are known.
        meter: Counts the bytes that are read.
    """
    latest: dict[str, tuple[NinjsItem, int]] = {}
    number = 0
    for found in records_in_json(file, source, site, meter):
        if isinstance(found, Finding):
            yield found
            continue
        count = number
        for item in items_in(found.values):
            number += 1
            name = item.text("uri") or f"{number}"
            if name not in latest or _version(item, site) >= _version(latest[name][0], site):
                latest[name] = item, number
        if number == count:
            number += 1
            problem = InvalidValue("it has no ninjs item", "give each item a uri and a headline")
            yield finding(problem, Place(file=file.name, record=number), code="NF101")
    for item, number in latest.values():
        if _is_article(item):
            yield _record(item, Place(file=file.name, record=number), source, site)


def _is_article(item: NinjsItem) -> bool:
    kind = (item.text("type") or "text").lower()
    return kind not in _NO_ARTICLES and (kind not in _COLLECTIONS or bool(item.texts("body")))


def _version(item: NinjsItem, site: Site) -> tuple[float, float]:
    version = str(item.get("version") or "")
    number = float(version) if version.isdecimal() and len(version) < 16 else 0.0  # noqa: PLR2004 - exact as a float
    moment = _moment(item.get("versioncreated"), site)
    return number, moment.timestamp() if moment is not None else 0.0


def _moment(written: object, site: Site) -> datetime | None:
    if isinstance(written, Mapping):
        written = written.get("$date")
    try:
        return None if written is None else moment_in(written, site).moment
    except InvalidValue:
        return None


def _record(item: NinjsItem, place: Place, source: ArticleSource, site: Site) -> SourceRecord | Finding:
    note = item.text("ednote") or ""
    embargoed = item.get("embargoed")
    if embargoed is None and _EMBARGO.search(note) and not _LIFTED.search(note):
        reason = "the note to editors speaks of an embargo, so the article may not be public yet"
        problem = InvalidValue(reason, "write the date until which it holds as embargoed", field="ednote")
        return finding(problem, place, code="NF107")
    values: dict[str, object] = {
        "id": item.text("uri"),
        "url": page_of(item),
        "slug": slug(item.text("slugline") or _title(item) or ""),
        "language": item.get("language"),
        "title": _title(item),
        "summary": _summary(item.texts("description")),
        "content": _content(item.texts("body")),
        "published": _published(item, embargoed, site),
        "updated": item.get("versioncreated"),
        "expires": item.get("expires"),
        "authors": list(_authors(item)),
        "media": media_of(item),
        "rights": " ".join(_rights(item)) or None,
        "withdrawn": (item.text("pubstatus") or "").lower() in _WITHDRAWN,
    }
    values["categories"], values["topics"] = _categories_and_topics(item, source, site)
    return SourceRecord(values, place, item.written)


def _title(item: NinjsItem) -> str | None:
    headlines = item.texts("headline")
    main = next(
        (text for text in headlines if text.role in {"main", ""}), headlines[0] if headlines else None
    )
    if main is None:
        return item.text("title")
    return plain_text(for_everybody(main.value)) if main.form == "html" else main.value


def _summary(texts: list[Text]) -> str | None:
    chosen = next((text for text in texts if text.form == "text"), None)
    chosen = chosen or next((text for text in texts if text.form == "html"), None)
    if chosen is None:
        return None
    return plain_text(for_everybody(chosen.value)) if chosen.form == "html" else chosen.value


def _content(texts: list[Text]) -> str | None:
    """Return the first body in HTML, which may be a whole document, or else the text as paragraphs."""
    markup = next((text.value for text in texts if text.form == "html"), None)
    if markup is not None:
        body = _BODY.search(markup)
        return body[1].strip() if body else markup
    plain = next((text.value for text in texts if text.form == "text"), None)
    if plain is None:
        return None
    lines = _PARAGRAPHS.split(plain) if _PARAGRAPHS.search(plain) else plain.splitlines()
    return "".join(
        f"<p>{html.escape(' '.join(line.split()), quote=False)}</p>" for line in lines if line.strip()
    )


def _published(item: NinjsItem, embargoed: object, site: Site) -> object:
    """Return when it is published: when it was made, or when its embargo ends."""
    made = item.get("firstcreated", "contentcreated", "versioncreated")
    if embargoed is None:
        return made
    end, begin = _moment(embargoed, site), _moment(made, site)
    return embargoed if end is None or begin is None or end > begin else made


def _authors(item: NinjsItem) -> Iterator[dict[str, object]]:
    byline = item.text("byline", "by")
    if byline is not None:
        language = str(item.get("language") or "")[:2].lower()
        first, _, rest = byline.partition(" ")
        is_phrase = first.lower().rstrip(":") in {"by", _BY.get(language)}
        yield {"name": plain_text(rest if is_phrase and rest else byline)}
        return
    for author in item.parts("authors"):
        if (name := author.text("name")) is not None:
            yield {"name": name}


def _rights(item: NinjsItem) -> Iterator[str]:
    notice = item.text("copyrightnotice")
    holder = item.text("copyrightholder")
    if notice or holder:
        yield notice or f"© {holder}"
    if (terms := item.text("usageterms")) is not None:
        yield plain_text(for_everybody(terms))


def _categories_and_topics(item: NinjsItem, source: ArticleSource, site: Site) -> tuple[list[str], list[str]]:
    """Return what the site calls its subjects, genres and editions, and the other subjects."""
    categories: list[str] = []
    topics: list[str] = []
    for kind in ("editions", "subjects", "genres"):
        for each in item.parts(kind, kind.removesuffix("s")):
            names = [each.text("code"), each.text("literal"), each.text("uri"), each.text("name")]
            known = next((name for name in names if name and _is_known(name, source, site)), None)
            if known is not None:
                categories.append(known)
            elif kind == "subjects" and (name := each.text("name")) is not None:
                topics.append(name)
    keywords = item.get("keywords")
    topics += [word for word in keywords if isinstance(word, str)] if isinstance(keywords, list) else []
    return categories, topics


def _is_known(name: str, source: ArticleSource, site: Site) -> bool:
    return (
        name in source.categories or name in site.categories_by_term or name.casefold() in site.terms_by_name
    )
