"""Feeds that are no longer planned, kept for those who still ask for them: empty, and with a pointer onwards."""

from functools import partial

from newsfeed.discovery import feeds_json
from newsfeed.model.feed import Feed, Link
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS
from newsfeed.newsroom import Newsroom
from newsfeed.publish.documents import Document
from newsfeed.text.urls import ascii_uri

__all__ = ["retired_document"]


def retired_document(newsroom: Newsroom, path: str, feed_ids: str) -> Document | None:
    """Make the document that stands for a feed that has ended.

    Args:
        newsroom: The newsroom.
        path: The document's path below the output folder.
        feed_ids: Where the ids of feeds begin.

    Returns:
        A feed without entries, whose description and related link are the address where its subscribers may go on;
        None for a document that isn't meant for feed readers.
    """
    name = next((name for name in DEFAULT_FORMATS if path.endswith(FORMATS[name].suffix)), None)
    if name is None or path == feeds_json.PATH:
        return None
    ended = path.removesuffix(FORMATS[name].suffix)
    onwards = _onwards(newsroom, ended)
    site, language = newsroom.site, newsroom.site.default_language
    feed = Feed(
        site=site,
        id=ascii_uri(feed_ids + ended),
        path=ended,
        title=site.text(site.title, language),
        description=f"{onwards}{FORMATS[name].suffix}",
        language=language,
        entries=(),
        formats=(name,),
        editions=(Link(url=onwards, title=site.label("all", language), language=language),),
    )
    return Document(
        path=path, media_type=FORMATS[name].media_type, made_of="", render=partial(feed.render, name)
    )


def _onwards(newsroom: Newsroom, ended: str) -> str:
    """Tell where to go on: where the site says that the feed has moved, else to the feed of everything."""
    site = newsroom.site
    moved = site.moved.get(ended)
    if moved is None:
        everything = newsroom.plan.all_news.get(site.default_language)
        planned = next(iter(newsroom.plan.feeds), "")
        moved = (
            everything.url.removeprefix(ascii_uri(site.feeds_url)).rpartition(".")[0]
            if everything
            else planned
        )
    return ascii_uri(site.feeds_url + moved)
