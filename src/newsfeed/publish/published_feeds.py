"""Feeds that were published: what their documents say, and which of them the site's rules can still give."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.model.facets import known_terms
from newsfeed.model.formats import format_in, format_of
from newsfeed.model.rule import FeedRule
from newsfeed.model.rule_paths import filled
from newsfeed.model.site import Site
from newsfeed.plan.segments import Segments

__all__ = [
    "PublishedFeed",
    "entries_in",
    "feed_path",
    "feeds_of_rules",
    "path_pattern",
    "published_feed",
    "xml_root",
]

#: Stand for the axes while a path becomes a pattern; no path of a rule has such characters.
_MARKS = 0xE000


class PublishedFeed(msgspec.Struct, frozen=True):
    """A feed as it was published."""

    title: str
    language: str
    #: The ids of its entries.
    ids: frozenset[str] = frozenset()


def published_feed(path: str, document: bytes) -> PublishedFeed | None:
    """Read a feed document that newsfeed wrote.

    Args:
        path: Its path; the suffix tells the format.
        document: Its bytes.

    Returns:
        The feed; None for other documents, and for one that was damaged.

    >>> published_feed("all.json", b'{"title": "Report", "language": "en", "items": [{"id": "a:1"}]}')
    PublishedFeed(title='Report', language='en', ids=frozenset({'a:1'}))
    """
    form = format_in(path, document)
    if form is None or form.vocabulary is None:
        return None
    try:
        return _json_feed(document) if form.vocabulary == "json" else _xml_feed(document)
    except (ValueError, TypeError, KeyError):
        return None


def xml_root(document: bytes) -> Any:  # noqa: ANN401 - lxml's elements have no public type
    """Parse an XML document that was published.

    Raises:
        ValueError: If it isn't well-formed, because it was damaged.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def entries_in(feed: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - as above
    """Return the entries of an RSS or Atom feed, each with its id."""
    entries = feed.iter("item", "{*}entry")
    return [(entry.findtext("guid") or entry.findtext("{*}id") or "", entry) for entry in entries]


def feed_path(path: str) -> str:
    """Return the path of a document's feed, without the suffix.

    >>> feed_path("en/topic/snow.rss")
    'en/topic/snow'
    """
    form = format_of(path)
    return path.removesuffix(form.suffix) if form else path


def feeds_of_rules(paths: Iterable[str], site: Site) -> list[str]:
    """Return those feeds that the site's rules can still give, so that nobody ended them.

    Args:
        paths: The paths of feeds that are no longer planned, without a suffix.
        site: The site. A feed that it has `moved` was ended.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> feeds_of_rules(["en/topic/snow", "az/topic/qar", "old"], site)
    ['en/topic/snow']
    """
    patterns = [path_pattern(rule, site) for rule in site.feed_rules]
    return [
        path
        for path in paths
        if path not in site.moved and any(pattern.fullmatch(path) for pattern in patterns)
    ]


def path_pattern(rule: FeedRule, site: Site) -> re.Pattern[str]:
    """Return the pattern of the paths that a rule can give to feeds: any segment for axes that articles fill."""
    marks = {axis: chr(_MARKS + number) for number, axis in enumerate(rule.axes)}
    pattern = re.escape(filled(rule.path, marks))
    for axis, mark in marks.items():
        pattern = pattern.replace(mark, _segments(axis, rule, site))
    return re.compile(pattern)


def _segments(axis: str, rule: FeedRule, site: Site) -> str:
    known = known_terms(axis, site)
    if known is None:
        return "[^/]+"
    segments = Segments(site, FirstSeen())
    wanted, excluded = rule.conditions, rule.excluded.get(axis, ())
    terms = [term for term in known if term in wanted.get(axis, (term,)) and term not in excluded]
    names = [re.escape(segments.of(axis, term, None)) for term in terms]
    return f"(?:{'|'.join(names)})" if names else "(?!)"


def _json_feed(document: bytes) -> PublishedFeed:
    feed = msgspec.json.decode(document, type=dict[str, Any])
    ids = frozenset(str(item["id"]) for item in feed["items"])
    return PublishedFeed(str(feed["title"]), str(feed.get("language", "")), ids)


def _xml_feed(document: bytes) -> PublishedFeed:
    root = xml_root(document)
    feed = root.find("channel") if root.tag == "rss" else root
    if feed is None:
        reason = "an RSS document without a channel"
        raise ValueError(reason)
    language = feed.findtext("language") or feed.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    title = feed.findtext("title") or feed.findtext("{*}title") or ""
    return PublishedFeed(title, language, frozenset(name for name, _ in entries_in(feed)))
