"""All documents that help people, programs and search engines to find the feeds and the articles."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from newsfeed.discovery import feed_stylesheet, feeds_json, opml, subscribe_page
from newsfeed.discovery.directory import Directory, listed_languages
from newsfeed.model.formats import FORMATS
from newsfeed.model.site import STYLESHEET
from newsfeed.plan.plan import Plan
from newsfeed.sitemaps import sitemaps
from newsfeed.text.slugs import same_file

__all__ = ["SiteDocument", "site_documents"]


class SiteDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document beside the feeds."""

    #: Its path below the output folder.
    path: str
    media_type: str
    #: Whether it depends only on the site and its plan, so that no article changes it.
    lists_feeds: bool = True
    #: Returns its bytes; the same plan gives the same bytes.
    render: Callable[[], bytes]


def site_documents(plan: Plan, *, feed_ids: str | None = None) -> Iterator[SiteDocument]:
    """Yield the documents that a site has beside its feeds, as newsroom.toml says.

    A feed's document with the same path, such as a page `index.html`, takes precedence.

    Args:
        plan: The feeds. The articles are read again if the site has sitemaps.
        feed_ids: What the ids of feeds begin with; default: the address that they are served from.

    Yields:
        Each document.

    Raises:
        InvalidPlan: If two planned feeds have one path.

    Example:
        >>> import newsfeed
        >>> [document.path for document in site_documents(newsfeed.open("examples/report").plan)]
        ['feeds.opml', 'feeds.json', 'index.html', 'az/index.html', 'ru/index.html']
    """
    taken = {same_file(path) for path in _planned(plan)}
    for document in _wanted(plan, feed_ids):
        if same_file(document.path) not in taken:
            yield document


def _wanted(plan: Plan, feed_ids: str | None) -> Iterator[SiteDocument]:
    site = plan.site
    if site.discovery and listed_languages(plan):
        yield from _lists(plan, feed_ids)
    if site.stylesheet:
        yield SiteDocument(
            path=STYLESHEET, media_type="text/css", render=partial(feed_stylesheet.write, site)
        )
    for sitemap in sitemaps(plan.catalog):
        yield SiteDocument(
            path=sitemap.path, media_type="application/xml", lists_feeds=False, render=sitemap.render
        )


def _lists(plan: Plan, feed_ids: str | None) -> Iterator[SiteDocument]:
    site = plan.site
    directory = Directory(plan)
    yield SiteDocument(path="feeds.opml", media_type="text/x-opml", render=partial(opml.write, directory))
    yield SiteDocument(
        path=feeds_json.PATH,
        media_type="application/json",
        render=partial(feeds_json.write, directory, feed_ids=feed_ids),
    )
    for language in subscribe_page.languages_of(plan):
        yield SiteDocument(
            path=subscribe_page.page_path(language, site),
            media_type="text/html",
            render=partial(subscribe_page.write, directory, language),
        )


def _planned(plan: Plan) -> Iterator[str]:
    for path, planned in plan.feeds.items():
        for name in planned.rule.formats:
            yield path + FORMATS[name].suffix
