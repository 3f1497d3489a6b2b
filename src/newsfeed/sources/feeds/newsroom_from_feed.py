"""A newsroom.toml for a feed that exists, so that a newsroom can be tried within a minute."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from newsfeed.errors import InvalidNewsroom, InvalidValue
from newsfeed.model.limits import RESPONSE
from newsfeed.model.site import Site
from newsfeed.sources.feeds.entry_values import plain
from newsfeed.sources.feeds.reading import ParsedFeed, parse_feed
from newsfeed.sources.fetching import Fetcher
from newsfeed.sources.proposing import proposed_categories
from newsfeed.sources.site_languages import language_code
from newsfeed.sources.text_files import content_of
from newsfeed.text.html.tags import attributes_of
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.shown_addresses import shown_address
from newsfeed.text.urls import is_web_address

__all__ = ["feed_named_in", "newsroom_from_feed", "not_fetched"]

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, text/html;q=0.5, */*;q=0.1"
_LINK = lazy_pattern(r"(?is)<link\b[^<>]*>")
#: Characters of a page that are searched for links.
_BEGINNING = 1_000_000
_SITE = "https://site.invalid/"


class _Found(NamedTuple):
    feed: ParsedFeed
    #: Its address, or its file as the newsroom names it.
    where: str
    is_file: bool


def newsroom_from_feed(
    where: str,
    folder: Path,
    *,
    title: str | None = None,
    url: str | None = None,
    languages: Sequence[str] = (),
    timezone: str | None = None,
) -> str:
    """Return the newsroom.toml of a newsroom whose articles are those of a feed.

    Args:
        where: The feed's file or address, or the address of a page that names its feed.
        folder: The newsroom's folder, which needn't exist yet.
        title: The site's title; default: the feed's.
        url: The site's address; default: where the feed leads.
        languages: The site's languages; default: those that the feed and its entries say.
        timezone: The site's time zone; default: none is written.

    Returns:
        The file's text.

    Raises:
        InvalidNewsroom: If there is no feed.
        SourceError: If the address can't be fetched.
        MissingExtra: If a package of the extra `feed` or `http` is missing.
    """
    if "://" in where and not is_web_address(where):
        raise not_fetched(where)
    found = _fetched(where) if is_web_address(where) else _in_file(where, folder)
    head = found.feed.head
    title = title or plain(head.get("title")) or "News"
    site = url or _first_address([head.get("home_page_url"), head.get("link"), _origin(where)])
    languages = list(languages or _languages(found.feed)) or ["en"]
    lines = [
        "[site]",
        f"title = {_quoted(title)}",
        f"url = {_quoted(site or 'https://www.example/')}",
        f"languages = {json.dumps(languages)}",
        *([f"timezone = {_quoted(timezone)}"] if timezone else []),
        "",
        "[[sources]]",
        'name = "feed"',
        'kind = "feed"',
        f"files = [{_quoted(found.where)}]" if found.is_file else f"url = {_quoted(found.where)}",
    ]
    for term, label in proposed_categories(map(_words_of, found.feed.entries)):
        lines += ["", "[[categories]]", f"term = {_quoted(term)}", f"label = {_quoted(label)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text in TOML: a JSON string without control characters is one, too."""
    return json.dumps("".join(letter for letter in text if letter.isprintable()), ensure_ascii=False)


def _in_file(where: str, folder: Path) -> _Found:
    file = Path(where)
    data, problem = content_of(file, most=RESPONSE)
    if problem is not None:
        raise InvalidNewsroom(
            f"{where}: {problem.reason}. Name the file of a feed, or the address of a feed or a page."
        )
    try:
        feed = parse_feed(data)
    except InvalidValue as wrong:
        raise InvalidNewsroom(f"{where}: {wrong}") from wrong
    try:
        name = Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # on another drive of Windows
        name = file.absolute().as_posix()
    return _Found(feed, name, is_file=True)


def _fetched(where: str) -> _Found:
    site = Site(title="newsfeed", url=_origin(where) or _SITE, languages=["en"])
    with Fetcher("feed", site) as fetcher:
        data = fetcher.get(where, accept=_ACCEPT).content
        try:
            return _Found(parse_feed(data), where, is_file=False)
        except InvalidValue as wrong:
            address = feed_named_in(data.decode("utf-8", "replace"), where)
            if address is None:
                raise InvalidNewsroom(
                    f"{shown_address(where)}: {wrong.reason}, and it names none. Give the address of the feed."
                ) from wrong
        try:
            return _Found(parse_feed(fetcher.get(address, accept=_ACCEPT).content), address, is_file=False)
        except InvalidValue as wrong:
            raise InvalidNewsroom(f"{shown_address(address)}: {wrong}") from wrong


def not_fetched(where: str) -> InvalidNewsroom:
    """Return the error about an address that isn't a web address."""
    return InvalidNewsroom(
        f"{shown_address(where)}: only addresses that begin with https:// or http:// and have a valid host and port"
        " can be fetched. Give such an address, or the name of a file."
    )


def feed_named_in(page: str, where: str) -> str | None:
    """Return the address of the first feed that a page names."""
    for tag in _LINK.findall(page[:_BEGINNING]):
        link = attributes_of(tag, "link")
        is_feed = (
            "alternate" in (link.get("rel") or "").lower().split()
            and (link.get("type") or "").lower() in _TYPES
        )
        if is_feed and link.get("href") and "wp-json" not in str(link["href"]):
            return urljoin(where, str(link["href"]))
    return None


def _origin(where: str) -> str:
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/" if is_web_address(where) else ""


def _first_address(addresses: Iterable[object]) -> str:
    return next(
        (address for address in addresses if isinstance(address, str) and is_web_address(address)), ""
    )


def _languages(feed: ParsedFeed) -> Iterator[str]:
    """Yield the languages that the feed and its entries say, each once."""
    said = [feed.head.get("language"), *(_language_of(entry) for entry in feed.entries)]
    seen: set[str] = set()
    for word in said:
        code = language_code(word)
        first = (code or "").partition("-")[0]
        if code and first not in seen:
            seen.add(first)
            yield code


def _language_of(entry: Mapping[str, Any]) -> object:
    title = dict.get(dict(entry), "title_detail")
    return dict(entry).get("language") or (title.get("language") if isinstance(title, Mapping) else None)


def _words_of(entry: Mapping[str, Any]) -> Iterator[str]:
    tags = dict(entry).get("tags") or ()
    named = (tag if isinstance(tag, str) else tag.get("label") or tag.get("term") for tag in tags if tag)
    yield from (plain(word) for word in named if word)
