"""Feeds whose articles vanished from their source. Nobody ended them, so they stay, empty, until articles return.

A feed that is removed answers 404 or 410, and readers stop asking for it. That is right for a feed that somebody ended:
its rule is gone, or its last article was withdrawn, has expired or was edited out of it. It is wrong for one whose
articles are missing, because most often they come back.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.formats.writing import render
from newsfeed.model.facets import known_terms
from newsfeed.model.feed import FeedData
from newsfeed.model.formats import format_of
from newsfeed.model.rule import FeedRule, filled
from newsfeed.model.site import Site
from newsfeed.plan.plan import Plan
from newsfeed.plan.segments import Segments
from newsfeed.publish.documents import Document
from newsfeed.publish.published_feeds import PublishedFeed
from newsfeed.text.urls import ascii_uri

__all__ = ["empty_document", "feed_path", "not_ended", "pattern_of", "unseen_feed"]

#: Stand for an axis while a path becomes a pattern; no path of a rule has such characters.
_MARKS = 0xE000


def feed_path(path: str) -> str:
    """Return the path of a document's feed, without the suffix.

    >>> feed_path("en/topic/snow.rss")
    'en/topic/snow'
    """
    form = format_of(path)
    return path.removesuffix(form.suffix) if form else path


def not_ended(paths: Iterable[str], site: Site) -> list[str]:
    """Return those feeds, among feeds that aren't planned any more, that the site still could plan.

    Args:
        paths: The paths of the feeds, without a suffix.
        site: The site; a feed that has `moved`, or that none of its rules can have, was ended by somebody.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> not_ended(["en/topic/snow", "az/topic/qar", "old"], site)
    ['en/topic/snow']
    """
    patterns = [pattern_of(rule, site) for rule in site.plan]
    return [
        path
        for path in paths
        if path not in site.moved and any(pattern.fullmatch(path) for pattern in patterns)
    ]


def unseen_feed(path: str, site: Site) -> PublishedFeed:
    """Stand in for a feed whose last document isn't there to be read, because the output began empty.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en", "az"])
    >>> unseen_feed("az/topic/qar.rss", site)
    PublishedFeed(title='Report', language='az', ids=frozenset())
    """
    folder = path.partition("/")[0]
    language = folder if folder in site.languages else site.default_language
    return PublishedFeed(site.text(site.title, language), language)


def empty_document(plan: Plan, path: str, feed_ids: str, feed: PublishedFeed) -> Document:
    """Make the document of a feed that has no articles for now.

    Args:
        plan: The plan of what is published.
        path: The document's path.
        feed_ids: Where the ids of feeds begin.
        feed: The feed as it was published.
    """
    form = format_of(path)
    if form is None:
        raise ValueError(f"{path} isn't the document of a feed")
    site = plan.site
    language = feed.language if feed.language in site.languages else site.default_language
    empty = FeedData(
        site=site,
        id=ascii_uri(feed_ids + feed_path(path)),
        path=feed_path(path),
        title=feed.title,
        description=site.text(site.description or site.title, language),
        language=language,
        entries=(),
        formats=(form.name,),
        siblings=plan.siblings[language],
        all_news=plan.all_news.get(language),
    )
    return Document(
        path=path, media_type=form.media_type, made_of="", render=partial(render, empty, form.name)
    )


def pattern_of(rule: FeedRule, site: Site) -> re.Pattern[str]:
    """Make the pattern of the paths that a rule can give to feeds: any segment for axes that articles fill."""
    marks = {axis: chr(_MARKS + number) for number, axis in enumerate(rule.axes)}
    pattern = re.escape(filled(rule.path, marks))
    for axis, mark in marks.items():
        pattern = pattern.replace(mark, _segments(axis, rule.conditions, site))
    return re.compile(pattern)


def _segments(axis: str, conditions: Mapping[str, tuple[str, ...]], site: Site) -> str:
    known = known_terms(axis, site)
    if known is None:
        return "[^/]+"
    segments = Segments(site, FirstSeen())
    terms = [term for term in known if term in conditions.get(axis, (term,))]
    names = [re.escape(segments.of(axis, term, None)) for term in terms]
    return f"(?:{'|'.join(names)})" if names else "(?!)"
