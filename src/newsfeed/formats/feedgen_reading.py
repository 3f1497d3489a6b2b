"""From feedgen to newsfeed: a FeedGenerator and its entries, taken into a feed.

What feedgen's getters give is read. Two things have none and are read from its private fields: whether a script ever
set an entry's `updated` (feedgen fills it from the clock, so that it differs at each run), and the content that RSS
carries where `description()` was called after `content()`. What our own extension knows of a generator that
`Feed.to_feedgen` made is read as well, as far as feedgen itself doesn't know it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.formats.feedgen_texts import html_of, plain_text_of, shown
from newsfeed.model.article import Media, Person, Source
from newsfeed.model.feed import Entry, FeedData, Tag, Translation, site_authors
from newsfeed.model.site import Site
from newsfeed.model.value_rules import each, nested
from newsfeed.text.excerpts import excerpt
from newsfeed.text.html import clean, plain_text, resolve
from newsfeed.text.html.summary.lead import lead
from newsfeed.text.languages import canonical_language
from newsfeed.text.urls import ascii_uri, check_web_address

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

__all__ = ["read_generator"]

#: Letters of a title that is made from the text of an entry without one.
_TITLE = 100
#: feedgen's `enclosure()` writes "None" for a length that it isn't told.
_LENGTH = re.compile(r"[0-9]{1,18}")

_Made = TypeVar("_Made")


def read_generator(
    generator: "FeedGenerator", *, site: Site | None = None, language: str | None = None
) -> FeedData:
    """Take a feedgen generator and its entries into a feed: see `newsfeed.from_feedgen`."""
    spoken = _language(generator, language)
    home = _home(generator)
    owner = site if site is not None else _site_of(generator, home, spoken)
    title = shown(generator.title() or "") or owner.text(owner.title, spoken)
    return FeedData(
        site=owner,
        id=shown(generator.id() or "") or _first(_links(generator), "self") or home,
        path="",
        title=title,
        description=shown(generator.description() or "") or title,
        language=spoken,
        entries=_entries(generator, owner, spoken),
    )


def _entries(generator: "FeedGenerator", site: Site, language: str) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    problems: list[InvalidValue] = []
    for index, filled in enumerate(generator.entry()):
        place = f"entry[{index}]"
        try:
            entries.append(_entry(filled, site, language))
        except InvalidValue as problem:
            problems.append(problem.at(place))
        except InvalidRecord as wrong:
            problems += [problem.at(place) for problem in wrong.problems]
    if problems:
        noun = "FeedGenerator"
        raise InvalidRecord(noun, problems)
    return tuple(sorted(entries, key=lambda entry: entry.published, reverse=True))


def _entry(filled: "FeedEntry", site: Site, language: str) -> Entry:
    own = _own(filled, "entry")
    spoken = own.language if own else language
    page = _page(filled)
    content = _content(filled, site, page)
    summary, title = _summary(filled), shown(filled.title() or "")
    repeats = own is not None and own.summary_repeats_content
    if summary is None and content:
        made = lead(content, language=spoken, title=title)
        summary, repeats = (made.text, made.is_whole) if made else (None, False)
    elif summary == title and not (content and plain_text(content)):
        summary = None  # a title stands in for a summary where there is none
    published, updated = _moments(filled)
    return Entry(
        id=shown(filled.id() or "") or page,
        url=page,
        title=title or excerpt(summary or page, language=spoken, limit=_TITLE),
        summary=summary,
        content=content,
        published=published,
        updated=updated,
        language=spoken,
        authors=_people(filled.author(), own) or site_authors(site, spoken),
        tags=tuple(_tags(filled.category() or (), site)),
        media=_media(filled, own),
        rights=shown(filled.rights() or "") or None,
        source=_source(filled, own),
        translations=tuple(_translations(filled, own, spoken, title)),
        summary_repeats_content=repeats,
    )


def _language(generator: "FeedGenerator", language: str | None) -> str:
    said = language or generator.language()
    if not said:
        raise InvalidValue(
            "the generator names no language", 'hand it over, from_feedgen(generator, language="en")'
        )
    return canonical_language(said)


def _home(generator: "FeedGenerator") -> str:
    """Give the front page: feedgen's own RSS has the last link of any kind for it, often the feed's own address."""
    links = _links(generator)
    address = _first(links, "alternate") or (links[-1]["href"] if links else None)
    if address is None:
        raise InvalidValue(
            "the generator has no link to the site's front page",
            'give it one, generator.link(href="https://…/")',
        )
    return ascii_uri(check_web_address(address))


def _site_of(generator: "FeedGenerator", home: str, language: str) -> Site:
    """Make the site of a generator; its front page stays as it is, where newsroom.toml's ends in a slash."""
    parts = urlsplit(home)
    own = _own(generator, "atom")
    links = [
        *_links(generator),
        *({"href": link.href, "rel": link.rel} for link in (own.links if own else ())),
    ]
    site = Site(
        title=shown(generator.title() or "") or parts.netloc,
        url=f"{parts.scheme}://{parts.netloc}/",
        languages=[language],
        description=shown(generator.description() or "") or None,
        authors=_people(generator.author(), own),
        rights=shown(generator.rights() or "") or None,
        logo=generator.logo(),
        icon=generator.icon(),
        hub=_first(links, "hub"),
    )
    return site.with_kept(url=home)


def _own(filled: Any, form: str) -> Any:  # noqa: ANN401 - feedgen ships no types
    """Give what our extension knows of a generator or an entry; None for one that `Feed.to_feedgen` didn't make."""
    return getattr(getattr(filled, "newsfeed", None), form, None)


def _links(filled: Any) -> list[dict[str, str]]:  # noqa: ANN401 - feedgen ships no types
    return list(filled.link() or ())


def _first(links: Iterable[Mapping[str, str]], rel: str) -> str | None:
    return next((link["href"] for link in links if link.get("rel", "alternate") == rel), None)


def _page(filled: "FeedEntry") -> str:
    """Give the headline link: the last alternate, as in feedgen's RSS; else an id that is a web address."""
    alternates = [link["href"] for link in _links(filled) if link.get("rel") == "alternate"]
    address = alternates[-1] if alternates else filled.id()
    if not alternates and not (address or "").lower().startswith(("http://", "https://")):
        raise InvalidValue(
            "it has no link, and its id is no web address",
            'give it one, entry.link(href="https://…")',
            field="link",
        )
    try:
        return ascii_uri(shown(check_web_address(address)))
    except InvalidValue as problem:
        raise problem.at("link") from None


def _content(filled: "FeedEntry", site: Site, page: str) -> str | None:
    said = vars(filled).get("_FeedEntry__rss_content") or filled.content()
    if not said or not said.get("content"):
        return None
    html = html_of(said["content"], said.get("type"))
    return (resolve(html, page=page) if site.trusted_html else clean(html, page=page)) or None


def _summary(filled: "FeedEntry") -> str | None:
    """Give the summary; a description counts as one where it isn't the whole content."""
    said = filled.summary()
    if said and said.get("summary"):
        return plain_text_of(said["summary"], said.get("type")) or None
    description = filled.description()
    content = vars(filled).get("_FeedEntry__rss_content") or filled.content() or {}
    if description and description != content.get("content"):
        return plain_text_of(description, None) or None
    return None


def _moments(filled: "FeedEntry") -> tuple[datetime, datetime]:
    """Give when an entry was published and when updated, the clock being asked only if neither was ever said."""
    was_set = hasattr(filled, "_FeedEntry__rss_lastBuildDate")
    published = filled.published() or filled.updated()
    updated = max(published, filled.updated()) if was_set else published
    return published.replace(microsecond=0), updated.replace(microsecond=0)


def _people(said: Iterable[Mapping[str, str]] | None, own: Any) -> tuple[Person, ...]:  # noqa: ANN401 - a part of the render model
    """Read authors; their addresses for mail are known to our extension alone, where it wrote them."""
    emails = [(author.name, author.email) for author in own.authors] if own else []
    rows = [
        {
            "name": shown(person.get("name") or person.get("email") or ""),
            "email": person.get("email") or (email if name == person.get("name") else None),
            "url": ascii_uri(person["uri"]) if person.get("uri") else None,
        }
        for person, (name, email) in zip(said or (), chain(emails, repeat((None, None))), strict=False)
    ]
    return _placed("author", each(nested(Person)), rows)


def _tags(said: Iterable[Mapping[str, str]], site: Site) -> Iterator[Tag]:
    home = ascii_uri(site.url)
    kinds = {f"{home}topics/": "topic", f"{home}flags/": "flag"}
    for category in said:
        scheme = category.get("scheme") or ""
        term = shown(category["term"])
        label = shown(category.get("label") or term)
        yield Tag(kind=kinds.get(scheme, "category"), term=term, label=label, scheme=scheme)


def _media(filled: "FeedEntry", own: Any) -> tuple[Media, ...]:  # noqa: ANN401 - a part of the render model
    """Read the files of an entry: those of our extension, and feedgen's enclosures that aren't among them."""
    rows = [_row_of(file) for file in own.files] if own else []
    known = {row["url"] for row in rows}
    for link in _links(filled):
        if link.get("rel") == "enclosure" and link["href"] not in known:
            length = link.get("length") or ""
            rows.append(
                {
                    "url": ascii_uri(link["href"]),
                    "type": link.get("type") or "",
                    "length": int(length) if _LENGTH.fullmatch(length) else None,
                }
            )
    return _placed("enclosure", each(nested(Media)), rows)


def _row_of(file: Any) -> dict[str, Any]:  # noqa: ANN401 - a part of the render model
    numbers = {
        name: None if value is None else int(value)
        for name, value in (
            ("length", file.size),
            ("width", file.width),
            ("height", file.height),
            ("duration", file.duration),
        )
    }
    texts = {"credit": file.credit, "description": file.description}
    return {"url": file.url, "type": file.type} | numbers | texts


def _source(filled: "FeedEntry", own: Any) -> Source | None:  # noqa: ANN401 - a part of the render model
    """Read where a story was taken from: feedgen's `source`, a link `via`, or what our extension knows."""
    said = filled.source()
    if said:
        row: dict[str, str | None] = {"url": ascii_uri(said["url"]), "title": shown(said["title"])}
    elif own and own.source_url:
        row = {"url": own.source_url, "title": own.source_title}
    elif via := next((link for link in _links(filled) if link.get("rel") == "via"), None):
        row = {"url": ascii_uri(via["href"]), "title": via.get("title")}
    else:
        return None
    return _placed("source", nested(Source), row)


def _translations(
    filled: "FeedEntry",
    own: Any,  # noqa: ANN401 - a part of the render model
    language: str,
    title: str,
) -> Iterator[Translation]:
    """Read the links to the same story in other languages: all that have a language of their own."""
    if own:
        for link in own.translations:
            yield Translation(language=link.hreflang, url=link.href, title=link.title)
    page = _page(filled)
    for link in _links(filled):
        spoken, address = link.get("hreflang"), ascii_uri(link["href"])
        is_edition = link.get("rel") in {"alternate", "related"} and spoken and address != page
        if is_edition and spoken != language:
            yield Translation(language=str(spoken), url=address, title=shown(link.get("title") or title))


def _placed(field: str, rule: Callable[[object], _Made], value: object) -> _Made:
    """Put a value into the form of a record, and say which field of the entry it is where it can't be."""
    try:
        return rule(value)
    except InvalidRecord as wrong:
        raise InvalidRecord(wrong.noun, [problem.at(field) for problem in wrong.problems]) from None
