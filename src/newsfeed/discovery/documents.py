"""All documents that help people, programs and search engines to find the feeds and the articles."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

import msgspec

from newsfeed.discovery import feed_stylesheet, feeds_json, opml, subscribe_page
from newsfeed.discovery.directory import Directory, listed_languages
from newsfeed.model.list_paths import FEEDS_JSON, OPML, list_paths, page_path
from newsfeed.model.site import STYLESHEET, Site
from newsfeed.plan.plan import Plan
from newsfeed.sitemaps import is_sitemap, sitemaps
from newsfeed.sitemaps.languages import parts_in_order
from newsfeed.text.slugs import same_file

__all__ = ["SiteDocument", "SiteScope", "may_be_site_document", "site_documents"]


class SiteDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document beside the feeds."""

    #: Its path below the output folder.
    path: str
    media_type: str
    #: Whether it depends only on the site and its plan, so that no article changes it.
    lists_feeds: bool = True
    #: Returns its bytes; the same plan gives the same bytes.
    render: Callable[[], bytes]


class SiteScope(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents of the site a publish looks at, if not at all."""

    #: All feeds, where some are new or gone, so that lists change; None if none is.
    outline: Plan | None
    #: The months whose stories in several languages changed.
    months: Collection[str]
    #: The paths of the site's documents that are published.
    published: Collection[str]

    def has(self, path: str) -> bool:
        """Return whether a publish looks at a published document of the site."""
        if is_sitemap(path):
            return path not in parts_in_order(self.published, without=self.months)
        return self.outline is not None and path != STYLESHEET


def may_be_site_document(path: str, site: Site) -> bool:
    """Return whether a site may have a document beside its feeds at a path, without planning them."""
    return path == STYLESHEET or is_sitemap(path) or path in list_paths(site)


def site_documents(
    plan: Plan, *, feed_ids: str | None = None, scope: SiteScope | None = None
) -> Iterator[SiteDocument]:
    """Yield the documents that a site has beside its feeds, as newsroom.toml says.

    A feed's document with the same path, such as a page `index.html`, takes precedence.

    Args:
        plan: The feeds.
        feed_ids: What the ids of feeds begin with; default: the address that they are served from.
        scope: Which documents are looked at; None: all.

    Yields:
        Each document.

    Raises:
        InvalidPlan: If two planned feeds have one path.

    Example:
        >>> import newsfeed
        >>> [document.path for document in site_documents(newsfeed.open("examples/report").plan)]
        ['feeds.opml', 'feeds.json', 'index.html', 'az/index.html', 'ru/index.html']
    """
    outline = plan if scope is None else scope.outline
    taken = {same_file(path) for path in _planned(plan)}
    if outline is not None:
        taken |= {same_file(path) for path in _planned(outline)}
    for document in _wanted(plan, outline, feed_ids, scope):
        if same_file(document.path) not in taken:
            yield document


def _wanted(
    plan: Plan, outline: Plan | None, feed_ids: str | None, scope: SiteScope | None
) -> Iterator[SiteDocument]:
    site = plan.site
    if site.discovery and outline is not None and listed_languages(outline):
        yield from _lists(outline, feed_ids)
    if site.stylesheet and scope is None:
        yield SiteDocument(
            path=STYLESHEET, media_type="text/css", render=partial(feed_stylesheet.write, site)
        )
    months, published = (None, ()) if scope is None else (scope.months, scope.published)
    for sitemap in sitemaps(plan.catalog, months=months, published=published):
        yield SiteDocument(
            path=sitemap.path, media_type="application/xml", lists_feeds=False, render=sitemap.render
        )


def _lists(plan: Plan, feed_ids: str | None) -> Iterator[SiteDocument]:
    site = plan.site
    directory = Directory(plan)
    yield SiteDocument(path=OPML, media_type="text/x-opml", render=partial(opml.write, directory))
    yield SiteDocument(
        path=FEEDS_JSON,
        media_type="application/json",
        render=partial(feeds_json.write, directory, feed_ids=feed_ids),
    )
    for language in subscribe_page.languages_of(plan):
        yield SiteDocument(
            path=page_path(language, site),
            media_type="text/html",
            render=partial(subscribe_page.write, directory, language),
        )


def _planned(plan: Plan) -> Iterator[str]:
    for planned in plan.by_terms.values():
        for name in planned.rule.formats:
            yield planned.document(name)
