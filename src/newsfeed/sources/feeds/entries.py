"""Entries of RSS and Atom feeds, as feedparser gives them, as articles."""

from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.content_folders.written_values import people
from newsfeed.sources.feeds.entry_values import as_html, distinct_media, plain, seconds, unescaped_once
from newsfeed.sources.site_languages import default_language, site_language
from newsfeed.sources.term_sorter import TermSorter
from newsfeed.text.html.addresses import with_absolute_addresses
from newsfeed.text.html.notation import looks_like_markup
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["entry_values"]

#: How dates of RFC 822 and RFC 3339 end.
_ZONE = lazy_pattern(r"(?:[A-Za-z]|[+-][0-9]{2}:?[0-9]{2}|\))\s*\Z")
_MAILBOX = lazy_pattern(r"(?P<email>[^\s@()]+@[^\s@()]+)\s*\((?P<name>[^()]+)\)")


def entry_values(
    entry: Mapping[str, Any], feed: Mapping[str, Any], words: TermSorter, source: ArticleSource, site: Site
) -> dict[str, object]:
    """Return an article's values by field.

    Args:
        entry: The entry, with its `id` as it stands in the feed.
        feed: What the feed says of itself.
        words: Sorts its categories.
        source: The source.
        site: The site.
    """
    published = _date(entry, "published") or _date(entry, "updated")
    updated = _date(entry, "updated")
    categories, topics = words.sorted(_words(entry))
    summary, content = _texts(entry)
    values: dict[str, object] = {
        "id": _text(entry, "id"),
        "url": _url(entry),
        "title": plain(_text(entry, "title")),
        "published": published,
        "updated": updated,
        "summary": summary,
        "content": content,
        "language": _language(entry, feed, source, site),
        "categories": categories,
        "topics": topics,
        "authors": list(_authors(entry)),
        "media": list(distinct_media(_media(entry))),
        "rights": plain(_text(entry, "rights")),
        "source": _source(entry),
    }
    return {field: value for field, value in values.items() if value not in ("", [], None)}


def _text(entry: Mapping[str, Any], key: str) -> str:
    # feedparser's own access would give one date for another, with a warning
    value = dict.get(entry, key) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _list(entry: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = dict.get(entry, key) if isinstance(entry, dict) else None
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _url(entry: Mapping[str, Any]) -> str:
    """Return the article's page: the link, or an id that is a permalink."""
    links = (link for link in _list(entry, "links") if link.get("rel", "alternate") == "alternate")
    html = [str(link["href"]) for link in links if link.get("href")]
    return (html[0] if html else _text(entry, "link")) or _text(entry, "feedburner_origlink")


def _date(entry: Mapping[str, Any], key: str) -> object:
    """Return a date; as a text if it has no time zone, which is the source's then, or if feedparser can't read it."""
    written = _text(entry, key)
    parsed = dict.get(entry, f"{key}_parsed") if isinstance(entry, dict) else None
    if parsed is not None and ":" in written:
        try:
            moment = datetime.fromtimestamp(timegm(parsed), UTC)
        except (OverflowError, ValueError, OSError):
            return written
        return moment if _ZONE.search(written) else moment.replace(tzinfo=None).isoformat()
    return written


def _words(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in _list(entry, "tags"):
        yield plain(str(tag.get("label") or tag.get("term") or ""))


def _texts(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the summary in plain text, and the content in HTML.

    A description is the content where there's no other and it has markup, as in most feeds with whole texts. Where
    nothing else says anything, what describes a file describes the entry, as in feeds of videos.
    """
    written = [detail for detail in _list(entry, "content") if str(detail.get("value") or "").strip()]
    content = max((_html(detail, entry) for detail in written), key=len, default="")
    detail = dict.get(entry, "summary_detail") if isinstance(entry, dict) else None
    description = _html(detail, entry) if isinstance(detail, Mapping) else _text(entry, "summary")
    if not content and not description:
        return plain(_text(entry, "media_caption")), ""
    if content and content != description:
        return plain(description), content
    if content or looks_like_markup(description):
        return "", content or description
    return plain(description), ""


def _html(detail: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "").strip()
    if detail.get("type") == "text/plain" and not looks_like_markup(value):
        return as_html(value) if "content" in entry and detail in _list(entry, "content") else value
    value = unescaped_once(value)
    base = str(detail.get("base") or "")
    return (
        with_absolute_addresses(value, page=base) or value
        if base.startswith(("http://", "https://"))
        else value
    )


def _language(
    entry: Mapping[str, Any], feed: Mapping[str, Any], source: ArticleSource, site: Site
) -> str | None:
    title = dict.get(entry, "title_detail") if isinstance(entry, dict) else None
    said = _text(entry, "language") or (title.get("language") if isinstance(title, Mapping) else None)
    own = _text(feed, "language")
    return site_language(said or own, site) or default_language(source, site)


def _authors(entry: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    if mailbox := _MAILBOX.fullmatch(_text(entry, "author")):  # RSS 2.0; feedparser knows only short domains
        yield {"name": plain(mailbox["name"]), "email": mailbox["email"]}
        return
    found = [author for author in _list(entry, "authors") if author]
    if not found and _text(entry, "author"):
        found = [{"name": _text(entry, "author")}]
    for author in found:
        email, url = str(author.get("email") or ""), str(author.get("href") or "")
        named = people(plain(str(author.get("name") or ""))) or ([{"name": email}] if email else [])
        for person in named:
            if len(named) == 1 and "@" in email:
                person["email"] = email
            if len(named) == 1 and url.startswith(("http://", "https://")):
                person["url"] = url
            yield person


def _media(entry: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    credit = plain(_text(entry, "media_credit")) or next(
        (plain(str(each.get("content") or "")) for each in _list(entry, "media_credit")), ""
    )
    media = _list(entry, "media_content")
    # feedparser keeps one of each entry, which with several files could be another's
    caption = plain(_text(entry, "media_caption")) if len(media) == 1 else ""
    files: list[dict[str, object]] = [
        {
            "url": file.get("url"),
            "type": file.get("type"),
            "length": _number(file.get("filesize")),
            "width": _number(file.get("width")),
            "height": _number(file.get("height")),
            "duration": seconds(file.get("duration")),
            "credit": credit,
            "description": caption,
        }
        for file in media
    ]
    for file in (link for link in _list(entry, "links") if link.get("rel") == "enclosure"):
        kind = str(file.get("type") or "")
        duration = seconds(_text(entry, "itunes_duration")) if kind.startswith(("audio/", "video/")) else None
        files.append(
            {
                "url": file.get("href"),
                "type": kind if "/" in kind else "",
                "length": _number(file.get("length")),
                "duration": duration,
            }
        )
    yield from files
    if not any(str(file.get("type") or "image/").startswith("image/") for file in files):
        image = dict.get(entry, "image") if isinstance(entry, dict) else None
        yield from ({"url": each.get("url")} for each in _list(entry, "media_thumbnail")[:1])
        yield {"url": image.get("href") if isinstance(image, Mapping) else None}


def _number(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) < 16 else None  # noqa: PLR2004 - no file is larger


def _source(entry: Mapping[str, Any]) -> dict[str, object] | None:
    """Return the feed that an entry was taken from."""
    source = dict.get(entry, "source") if isinstance(entry, dict) else None
    if not isinstance(source, Mapping):
        return None
    url = str(source.get("href") or source.get("link") or "")
    title = plain(str(source.get("title") or ""))
    if not url.startswith(("http://", "https://")):
        return None
    return {"url": url, **({"title": title} if title else {})}
