"""Empty feeds that stand for feeds that are no longer planned.

A feed that somebody ended says where its subscribers may go on. A feed whose articles vanished from their source keeps
its title and waits for them.
"""

from collections.abc import Callable
from itertools import chain

import msgspec

from newsfeed.formats.writing import render
from newsfeed.model.feed import FeedData, Link
from newsfeed.model.formats import FORMATS, Format, format_in, format_of
from newsfeed.model.list_paths import FEEDS_JSON
from newsfeed.model.site import Site
from newsfeed.plan.plan import Plan
from newsfeed.publish.document_rendering import RenderedDocument
from newsfeed.publish.documents import OutputDocument
from newsfeed.publish.published_feeds import PublishedFeed
from newsfeed.publish.rule_documents import RuleDocument
from newsfeed.text.urls import ascii_uri

__all__ = ["retired_document", "unseen_feed", "vanished_document"]


def retired_document(
    plan: Plan, path: str, feed_ids: str, read: Callable[[str], bytes | None], *, is_listed: bool
) -> OutputDocument | None:
    """Return the document that stands for a feed that has ended.

    Args:
        plan: The plan of what is published.
        path: The document's path below the output folder.
        feed_ids: What the ids of feeds begin with.
        read: Reads the last document of the feed, if its path doesn't tell the format.
        is_listed: Whether it names the hub.

    Returns:
        A feed without entries, whose description and related link are the address where its subscribers may go on;
        None for a document that isn't meant for feed readers.
    """
    form = format_of(path) or format_in(path, read(path) or b"")
    if form is None or not form.is_feed or path == FEEDS_JSON:
        return None
    has_own_path = not path.endswith(form.suffix)
    ended = path.rpartition(".")[0] if has_own_path else path.removesuffix(form.suffix)
    successor = _successor(plan, ended, form)
    site, language = plan.site, plan.site.default_language
    feed = FeedData(
        site=site,
        id=ascii_uri(feed_ids + ended),
        path=ended,
        title=site.text(site.title, language),
        description=_address(successor, form, site) if successor else ascii_uri(site.feeds_url),
        language=language,
        entries=(),
        is_listed=is_listed,
        formats=(form.name,),
        documents=((form.name, path),) if has_own_path else (),
        editions=(msgspec.structs.replace(successor, title=site.label("all", language), language=language),)
        if successor
        else (),
    )
    return _document(path, feed, form)


def vanished_document(
    plan: Plan, path: str, feed_ids: str, feed: PublishedFeed, document: RuleDocument
) -> OutputDocument:
    """Return the document of a feed that has no articles for now.

    Args:
        plan: The plan of what is published.
        path: The document's path.
        feed_ids: What the ids of feeds begin with.
        feed: The feed as it was published.
        document: What the site's rules give at the path.
    """
    form, site = FORMATS[document.format], plan.site
    language = feed.language if feed.language in site.languages else site.default_language
    empty = FeedData(
        site=site,
        id=ascii_uri(feed_ids + document.feed),
        path=document.feed,
        title=feed.title,
        description=site.text(site.description or site.title, language),
        language=language,
        entries=(),
        is_listed=document.rule.is_listed,
        formats=(form.name,),
        documents=((form.name, path),) if document.has_own_path else (),
        siblings=plan.siblings[language],
        all_news=plan.all_news.get(language),
    )
    return _document(path, empty, form)


def unseen_feed(path: str, site: Site) -> PublishedFeed:
    """Return a stand-in for a feed whose last document can't be read, because the output began empty.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en", "az"])
    >>> unseen_feed("az/topic/qar.rss", site)
    PublishedFeed(title='Report', language='az', ids=frozenset())
    """
    folder = path.partition("/")[0]
    language = folder if folder in site.languages else site.default_language
    return PublishedFeed(site.text(site.title, language), language)


def _document(path: str, feed: FeedData, form: Format) -> OutputDocument:
    return OutputDocument(
        path=path,
        media_type=form.media_type,
        fingerprint="",
        render=lambda: RenderedDocument(render(feed, form.name)),
    )


def _successor(plan: Plan, ended: str, form: Format) -> Link | None:
    """Return a link to the feed that the site names under `moved`, else to the feed of everything.

    Where there is none, it is the first feed that is there whatever is published, because any other would change with
    the articles; None if there is none of these either.
    """
    site = plan.site
    if ended in site.moved:
        return Link(url=ascii_uri(site.feeds_url + site.moved[ended]))
    languages = (site.default_language, *site.languages)
    defined = chain.from_iterable(plan.siblings.get(language, ()) for language in languages)
    onwards = plan.all_news.get(site.default_language) or next(defined, None)
    if onwards is None:
        return None
    for feed in plan.by_terms.values():
        if any(ascii_uri(site.feeds_url + path) == onwards.url for _, path in feed.documents):
            document = feed.document(form.name if form.name in feed.formats else feed.formats[0])
            return Link(url=ascii_uri(site.feeds_url + feed.path), documents=((form.name, document),))
    return Link(url=onwards.url.rpartition(".")[0])


def _address(feed: Link, form: Format, site: Site) -> str:
    path = dict(feed.documents).get(form.name)
    return feed.url + form.suffix if path is None else ascii_uri(site.feeds_url + path)
