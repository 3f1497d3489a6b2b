"""The list of all feeds for programs, `feeds.json`.

It has no date, so it changes only when the feeds do.
"""

from collections.abc import Mapping, Sequence

import msgspec

from newsfeed.discovery.directory import Directory, FeedDocument, ListedFeed, Page, Section
from newsfeed.model.site import Site
from newsfeed.text.one_line import one_line
from newsfeed.text.urls import ascii_uri

__all__ = ["VERSION", "FeedList", "write"]

#: Members may be added to a version; what a member means never changes, and none is removed.
VERSION = 1


class FeedOfList(msgspec.Struct, frozen=True, kw_only=True):
    """A feed."""

    id: str
    path: str
    title: str
    label: str
    kind: str
    terms: Mapping[str, Sequence[str]]
    documents: Sequence[FeedDocument]


class LanguageOfList(msgspec.Struct, frozen=True, kw_only=True):
    """The feeds in a language."""

    language: str
    name: str
    direction: str
    title: str
    pages: Sequence[Page]
    feeds: Sequence[FeedOfList]


class FeedList(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The document."""

    version: int
    title: str
    home_page_url: str
    hub: str | None = None
    languages: Sequence[LanguageOfList]


def write(directory: Directory, *, feed_ids: str | None = None) -> bytes:
    """Write the list of all feeds of a site, in all their formats.

    Args:
        directory: The feeds, by language.
        feed_ids: What the ids of feeds begin with; default: the address that they are served from.

    Returns:
        The document in UTF-8, as docs/reference/feeds-json.md describes it, each feed on a line of its own.

    Example:
        >>> import newsfeed
        >>> directory = Directory(newsfeed.open("examples/report").plan)
        >>> found = msgspec.json.decode(write(directory), type=FeedList)
        >>> found.version, [section.language for section in found.languages]
        (1, ['en', 'az', 'ru'])
    """
    site = directory.site
    listed = FeedList(
        version=VERSION,
        title=one_line(site.text(site.title, site.default_language)),
        home_page_url=ascii_uri(site.url),
        hub=ascii_uri(site.hub) if site.hub else None,
        languages=[_language(section, site, feed_ids or site.feeds_url) for section in directory.sections],
    )
    # each feed on a line of its own; indented, the document would be half as large again
    return msgspec.json.encode(listed).replace(b'{"id":', b'\n{"id":') + b"\n"


def _language(section: Section, site: Site, feed_ids: str) -> LanguageOfList:
    return LanguageOfList(
        language=section.language,
        name=section.name,
        direction=section.direction,
        title=one_line(site.text(site.title, section.language)),
        pages=section.pages,
        feeds=[_feed(feed, feed_ids) for group in section.groups for feed in group.feeds],
    )


def _feed(feed: ListedFeed, feed_ids: str) -> FeedOfList:
    return FeedOfList(
        id=ascii_uri(feed_ids + feed.path),
        path=feed.path,
        title=feed.title,
        label=feed.label,
        kind=feed.kind,
        terms=feed.terms,
        documents=feed.documents,
    )
