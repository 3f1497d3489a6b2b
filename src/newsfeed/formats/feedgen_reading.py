"""From feedgen to newsfeed: converts a FeedGenerator and its entries to a feed.

Values are read through feedgen's getters. Two have none and are read from its private fields: whether a script ever set
an entry's `updated` (feedgen fills it from the clock, so it differs in each run), and the content of RSS if
`description()` was called after `content()`. For a generator from `Feed.to_feedgen`, our extension has what feedgen
itself doesn't keep.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from html import unescape
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.article import Comments, Media, Person, Source
from newsfeed.model.feed import Entry, FeedData, Tag, Translation, site_authors
from newsfeed.model.site import Site
from newsfeed.model.value_rules import each, nested
from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.summary.lead import lead
from newsfeed.text.html.trusted import resolve
from newsfeed.text.html.words import escape, plain_text
from newsfeed.text.languages import canonical_language
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.urls import ascii_uri, check_web_address
from newsfeed.text.xml_characters import without_forbidden

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

__all__ = ["read_generator"]

#: feedgen's `enclosure()` writes "None" for an unknown length.
_LENGTH = lazy_pattern(r"[0-9]{1,18}")
#: Signs that a text without a type is HTML. It would be plain text in Atom (RFC 4287 §3.1.1), and HTML to readers of RSS.
_TAG = lazy_pattern(r"</?[A-Za-z][^<]*>|<!--")
_REFERENCE = lazy_pattern(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")

_Made = TypeVar("_Made")


def read_generator(
    generator: "FeedGenerator", *, site: Site | None = None, language: str | None = None
) -> FeedData:
    """Convert a feedgen generator and its entries to a feed: see `newsfeed.from_feedgen`."""
    spoken = _language(generator, language)
    home = _home(generator)
    owner = site if site is not None else _site_of(generator, home, spoken)
    title = without_forbidden(generator.title() or "") or owner.text(owner.title, spoken)
    return FeedData(
        site=owner,
        id=without_forbidden(generator.id() or "") or _first(_links(generator), "self") or home,
        path="",
        title=title,
        description=without_forbidden(generator.description() or "") or title,
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
    page = own.url if own and own.external_url else _page(filled)
    content = _content(filled, site, page)
    is_untitled = own is not None and own.is_untitled
    summary, title = _summary(filled), "" if is_untitled else without_forbidden(filled.title() or "")
    repeats = own is not None and own.summary_repeats_content
    if summary is None and content:
        made = lead(content, language=spoken, title=title)
        summary, repeats = (made.text, made.is_whole) if made else (None, False)
    elif summary == title and not (content and plain_text(content)):
        summary = None  # feedgen had no summary and used the title
    published, updated = _moments(filled)
    return Entry(
        id=without_forbidden(filled.id() or "") or page,
        url=page,
        title=title,
        summary=summary,
        content=content,
        published=published,
        updated=updated,
        language=spoken,
        authors=_people(filled.author(), own) or site_authors(site, spoken),
        tags=tuple(_tags(filled.category() or (), site)),
        media=_media(filled, own),
        rights=without_forbidden(filled.rights() or "") or None,
        source=_source(filled, own),
        comments=_comments(filled, own),
        external_url=own.external_url if own else None,
        translations=tuple(_translations(filled, own, spoken, title)),
        summary_repeats_content=repeats,
    )


def _language(generator: "FeedGenerator", language: str | None) -> str:
    said = language or generator.language()
    if not said:
        raise InvalidValue(
            "the generator has no language", 'pass it, as in from_feedgen(generator, language="en")'
        )
    return canonical_language(said)


def _home(generator: "FeedGenerator") -> str:
    """Return the front page. In feedgen's own RSS it is the last link of any kind, often the feed's own address."""
    links = _links(generator)
    address = _first(links, "alternate") or (links[-1]["href"] if links else None)
    if address is None:
        raise InvalidValue(
            "the generator has no link to the site's front page",
            'add one with generator.link(href="https://…/")',
        )
    return ascii_uri(check_web_address(address))


def _site_of(generator: "FeedGenerator", home: str, language: str) -> Site:
    """Return the site of a generator. Its front page stays unchanged, without the slash that newsroom.toml's ends in."""
    parts = urlsplit(home)
    own = _own(generator, "atom")
    links = [
        *_links(generator),
        *({"href": link.href, "rel": link.rel} for link in (own.links if own else ())),
    ]
    site = Site(
        title=without_forbidden(generator.title() or "") or parts.netloc,
        url=f"{parts.scheme}://{parts.netloc}/",
        languages=[language],
        description=without_forbidden(generator.description() or "") or None,
        authors=_people(generator.author(), own),
        rights=without_forbidden(generator.rights() or "") or None,
        logo=generator.logo(),
        icon=generator.icon(),
        hub=_first(links, "hub"),
    )
    return site.with_kept(url=home)


def _own(filled: Any, form: str) -> Any:  # noqa: ANN401 - feedgen ships no types
    """Return what our extension keeps of a generator or an entry; None if it isn't from `Feed.to_feedgen`."""
    return getattr(getattr(filled, "newsfeed", None), form, None)


def _links(filled: Any) -> list[dict[str, str]]:  # noqa: ANN401 - feedgen ships no types
    return list(filled.link() or ())


def _first(links: Iterable[Mapping[str, str]], rel: str) -> str | None:
    return next((link["href"] for link in links if link.get("rel", "alternate") == rel), None)


def _page(filled: "FeedEntry") -> str:
    """Return the headline link: the last alternate, as in feedgen's RSS, or an id that is a web address."""
    alternates = [link["href"] for link in _links(filled) if link.get("rel") == "alternate"]
    address = alternates[-1] if alternates else filled.id()
    if not alternates and not (address or "").lower().startswith(("http://", "https://")):
        raise InvalidValue(
            "it has no link, and its id isn't a web address",
            'add one with entry.link(href="https://…")',
            field="link",
        )
    try:
        return ascii_uri(without_forbidden(check_web_address(address)))
    except InvalidValue as problem:
        raise problem.at("link") from None


def _content(filled: "FeedEntry", site: Site, page: str) -> str | None:
    said = vars(filled).get("_FeedEntry__rss_content") or filled.content()
    if not said or not said.get("content"):
        return None
    html = _html_of(said["content"], said.get("type"))
    return (resolve(html, page=page) if site.trusted_html else clean(html, page=page)) or None


def _summary(filled: "FeedEntry") -> str | None:
    """Return the summary, or a description that isn't the whole content."""
    said = filled.summary()
    if said and said.get("summary"):
        return _plain_text_of(said["summary"], said.get("type")) or None
    description = filled.description()
    content = vars(filled).get("_FeedEntry__rss_content") or filled.content() or {}
    if description and description != content.get("content"):
        return _plain_text_of(description, None) or None
    return None


def _moments(filled: "FeedEntry") -> tuple[datetime, datetime]:
    """Return when an entry was published and when it was updated; the current time only if neither was ever set."""
    was_set = hasattr(filled, "_FeedEntry__rss_lastBuildDate")
    published = filled.published() or filled.updated()
    updated = max(published, filled.updated()) if was_set else published
    return published.replace(microsecond=0), updated.replace(microsecond=0)


def _people(said: Iterable[Mapping[str, str]] | None, own: Any) -> tuple[Person, ...]:  # noqa: ANN401 - a part of the render model
    """Read the authors; only our extension knows their e-mail addresses and pictures."""
    known = [(author.name, author.email, author.avatar) for author in own.authors] if own else []
    rows = [
        {
            "name": without_forbidden(person.get("name") or person.get("email") or ""),
            "email": person.get("email") or (email if name == person.get("name") else None),
            "url": ascii_uri(person["uri"]) if person.get("uri") else None,
            "avatar": avatar if name == person.get("name") else None,
        }
        for person, (name, email, avatar) in zip(
            said or (), chain(known, repeat((None, None, None))), strict=False
        )
    ]
    return _placed("author", each(nested(Person)), rows)


def _tags(said: Iterable[Mapping[str, str]], site: Site) -> Iterator[Tag]:
    home = ascii_uri(site.url)
    kinds = {f"{home}topics/": "topic", f"{home}flags/": "flag"}
    for category in said:
        scheme = category.get("scheme") or ""
        term = without_forbidden(category["term"])
        label = without_forbidden(category.get("label") or term)
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
    others = {
        "credit": file.credit,
        "title": file.title,
        "description": file.description,
        "thumbnail": file.thumbnail,
        "renditions": [_row_of(rendition) for rendition in file.renditions],
    }
    return {"url": file.url, "type": file.type} | numbers | others


def _comments(filled: "FeedEntry", own: Any) -> Comments | None:  # noqa: ANN401 - a part of the render model
    """Read where an entry is discussed: feedgen's `comments`, and the rest of our extension."""
    address = filled.comments()
    if not address:
        return None
    count = own.comments_count if own else None
    row = {
        "url": ascii_uri(address),
        "feed": own.comments_feed if own else None,
        "count": int(count) if count else None,
    }
    return _placed("comments", nested(Comments), row)


def _source(filled: "FeedEntry", own: Any) -> Source | None:  # noqa: ANN401 - a part of the render model
    """Read where a story was taken from: feedgen's `source`, a link `via`, or our extension's."""
    said = filled.source()
    if said:
        row: dict[str, str | None] = {
            "url": ascii_uri(said["url"]),
            "title": without_forbidden(said["title"]),
        }
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
    """Read the links to the same story in other languages: those with another language."""
    if own:
        for link in own.translations:
            yield Translation(language=link.hreflang, url=link.href, title=link.title)
    page = _page(filled)
    for link in _links(filled):
        spoken, address = link.get("hreflang"), ascii_uri(link["href"])
        is_edition = link.get("rel") in {"alternate", "related"} and spoken and address != page
        if is_edition and spoken != language:
            yield Translation(
                language=str(spoken), url=address, title=without_forbidden(link.get("title") or title)
            )


def _placed(field: str, rule: Callable[[object], _Made], value: object) -> _Made:
    """Return a value in the form of a record; an error names the field of the entry."""
    try:
        return rule(value)
    except InvalidRecord as wrong:
        raise InvalidRecord(wrong.noun, [problem.at(field) for problem in wrong.problems]) from None


def _html_of(text: str, type_: str | None) -> str:
    """Return an entry's text as HTML.

    Args:
        text: The text that feedgen has.
        type_: Its type in feedgen; None if the script set none.

    Returns:
        The text, escaped if it is plain.

    >>> _html_of("<p>1 &lt; 2</p>", None), _html_of("1 < 2 & 3", None), _html_of("<b>", "text")
    ('<p>1 &lt; 2</p>', '1 &lt; 2 &amp; 3', '&lt;b&gt;')
    """
    return text if _is_html(text, type_) else escape(text)


def _plain_text_of(text: str, type_: str | None) -> str:
    """Return an entry's text as plain text.

    Args:
        text: The text that feedgen has.
        type_: Its type in feedgen; None if the script set none.

    Returns:
        The text without tags and character references.

    >>> _plain_text_of("Tom &amp; <b>Jerry</b>", "html"), _plain_text_of("Tom & Jerry", None)
    ('Tom & Jerry', 'Tom & Jerry')
    """
    if not _is_html(text, type_):
        return without_forbidden(text)
    return plain_text(text) if _TAG.search(text) else without_forbidden(unescape(text))


def _is_html(text: str, type_: str | None) -> bool:
    if type_ is None:
        return _TAG.search(text) is not None or _REFERENCE.search(text) is not None
    return type_ not in {"text", "text/plain"}
