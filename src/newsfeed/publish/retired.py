"""Feeds that are no longer planned, kept for those who still ask for them: empty, and with a pointer onwards."""

from functools import partial

from newsfeed.discovery import feeds_json
from newsfeed.formats.writing import render
from newsfeed.model.feed import FeedData, Link
from newsfeed.model.formats import format_of
from newsfeed.plan.plan import Plan
from newsfeed.publish.documents import Document
from newsfeed.text.urls import ascii_uri

__all__ = ["retired_document"]


def retired_document(plan: Plan, path: str, feed_ids: str) -> Document | None:
    """Return the document that stands for a feed that has ended.

    Args:
        plan: The plan of what is published.
        path: The document's path below the output folder.
        feed_ids: Where the ids of feeds begin.

    Returns:
        A feed without entries, whose description and related link are the address where its subscribers may go on;
        None for a document that isn't meant for feed readers.
    """
    form = format_of(path)
    if form is None or not form.is_feed or path == feeds_json.PATH:
        return None
    ended = path.removesuffix(form.suffix)
    onwards = _onwards(plan, ended)
    site, language = plan.site, plan.site.default_language
    feed = FeedData(
        site=site,
        id=ascii_uri(feed_ids + ended),
        path=ended,
        title=site.text(site.title, language),
        description=f"{onwards}{form.suffix}",
        language=language,
        entries=(),
        formats=(form.name,),
        editions=(Link(url=onwards, title=site.label("all", language), language=language),),
    )
    return Document(
        path=path, media_type=form.media_type, made_of="", render=partial(render, feed, form.name)
    )


def _onwards(plan: Plan, ended: str) -> str:
    """Return where to go on: where the site says that the feed has moved, else to the feed of everything."""
    site = plan.site
    moved = site.moved.get(ended)
    if moved is None:
        everything = plan.all_news.get(site.default_language)
        planned = next(iter(plan.feeds), "")
        moved = (
            everything.url.removeprefix(ascii_uri(site.feeds_url)).rpartition(".")[0]
            if everything
            else planned
        )
    return ascii_uri(site.feeds_url + moved)
