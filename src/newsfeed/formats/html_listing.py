"""The listing as an HTML page, from the template `listing.html`: newsfeed's own, or the site's."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from markupsafe import Markup

from newsfeed.formats.listing import Day, days_of
from newsfeed.formats.page_templates import render_page
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import FeedData, Link
from newsfeed.model.formats import FORMATS, format_of
from newsfeed.text.languages import direction, own_name
from newsfeed.text.one_line import one_line
from newsfeed.text.relative_links import relative_link
from newsfeed.text.urls import ascii_uri

__all__ = ["OfferedFeed", "write"]

_PAGE = FORMATS["html"].media_type


class OfferedFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to subscribe to, in one or several formats."""

    title: str
    #: The names of formats, and the documents.
    documents: tuple[tuple[str, Link], ...]


def write(feed: FeedData, cache: RenderCache | None = None) -> bytes:  # noqa: ARG001 - as all writers have it
    """Write a feed as a listing, an HTML page that loads nothing else: no pictures, fonts or scripts.

    The template is `listing.html` in the site's folder of templates, if it exists. It can use:

    - `feed` and `site`, as in Python; `language` and `direction` of the page; `label(name)`, a word of
      listings;
    - `days`, as `newsfeed.formats.listing` lays them out;
    - `title` and `site_title`; `topics`, the trending ones, each with the link to its feed, or None;
    - `canonical`, the page's own address, or None; `editions`, links to it in other languages; `own_name(language)`;
    - `alternates`, links to every feed; `offered_feeds`, the same by title;
    - `href(address)`, an address as seen from the page: relative for the site's feeds and pages of feeds;
    - `item_list`, the articles for search engines as `ItemList` of schema.org, JSON-LD that is safe in a `script`.

    Args:
        feed: The feed.
        cache: Not used: rows are cheap to write.

    Returns:
        The page in UTF-8.

    Raises:
        InvalidTemplate: The site's own template can't be used.

    Example:
        >>> import newsfeed
        >>> write(newsfeed.open("examples/report").latest("en")).splitlines()[1]
        b'<html lang="en" dir="ltr">'
    """
    site, language = feed.site, feed.language
    days = days_of(feed)
    pages = feed.links("html")
    alternates = tuple(_alternates(feed, pages))
    feeds_of_topics = {link.title: link for link in feed.trending}
    base = ascii_uri(site.feeds_url)
    canonical = next((link.url for link in pages if link.rel == "self"), None)
    values = {
        "feed": feed,
        "site": site,
        "language": language,
        "direction": direction(language),
        "label": lambda name: one_line(site.label(name, language)),
        "days": days,
        "title": one_line(feed.title),
        "site_title": one_line(site.text(site.title, language)),
        "topics": tuple(
            (one_line(topic), feeds_of_topics.get(topic)) for topic in site.trending_in(language)
        ),
        "canonical": canonical,
        "editions": tuple(link for link in pages if _is_edition(link)),
        "own_name": own_name,
        "alternates": alternates,
        "offered_feeds": tuple(_offered(alternates)),
        "href": lambda address: relative_link(address, canonical or "", base),
        "item_list": _item_list(feed, days),
    }
    return render_page("listing.html", values, folder=site.templates).encode()


def _is_edition(link: Link) -> bool:
    return link.rel == "related" and link.type == _PAGE


def _alternates(feed: FeedData, pages: Iterable[Link]) -> Iterator[Link]:
    """Yield the feeds with the page's articles, then the site's other feeds, each once; of topics, only the trending ones."""
    own = [link for link in pages if link.rel == "related" and link.type != _PAGE]
    for link in {link.url: link for link in [*own, *feed.siblings, *feed.trending]}.values():
        yield msgspec.structs.replace(link, title=one_line(link.title or link.url))


def _offered(links: Iterable[Link]) -> Iterator[OfferedFeed]:
    for title, documents in groupby(links, key=lambda link: link.title):
        named = tuple((form.label if (form := format_of(link.url)) else link.url, link) for link in documents)
        yield OfferedFeed(title=title or "", documents=named)


def _item_list(feed: FeedData, days: Iterable[Day]) -> Markup:
    """Describe the articles for search engines (https://schema.org/ItemList, JSON-LD 1.1)."""
    rows = [row for day in days for row in day.rows]
    described = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": one_line(feed.title),
        "numberOfItems": len(rows),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": row.entry.url, "name": row.title}
            for position, row in enumerate(rows, start=1)
        ],
    }
    written = json.dumps(described, ensure_ascii=False, indent=1)
    return Markup(written.translate(_SAFE_IN_SCRIPT))  # noqa: S704 - it has no HTML syntax left


#: Escapes (RFC 8259 §7) for what could end a script element, or a line in it.
_SAFE_IN_SCRIPT = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
