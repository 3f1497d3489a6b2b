"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1).

Data that JSON Feed has no member for is in `_newsfeed`, in the feed, its items and their attachments.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from newsfeed.formats.lead_images import content_of
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.article import Comments, Media, Person
from newsfeed.model.feed import ContentProfile, Entry, FeedData, Link
from newsfeed.text.dates import rfc3339
from newsfeed.text.url_parameters import with_parameters
from newsfeed.text.urls import ascii_uri

__all__ = ["write", "write_entry"]

#: Where the older articles are: on the next page, or in the previous archive.
_OLDER = ("next", "prev-archive")
_HISTORY = (*_OLDER, "first", "previous", "last", "current", "next-archive")


def write(feed: FeedData, cache: RenderCache) -> bytes:
    """Write a feed as JSON Feed 1.1.

    Args:
        feed: The feed.
        cache: Where its rendered items are kept.

    Returns:
        The document in UTF-8, each item on a line of its own.
    """
    head = msgspec.json.encode(_head(feed))
    profile = feed.content_profile
    items = b",\n".join([write_entry(entry, profile, cache) for entry in feed.entries])
    lines = [head[:-1], b',"items":[', b"\n" + items + b"\n" if items else b"", b"]}"]
    return b"".join(lines)


def _head(feed: FeedData) -> dict[str, Any]:
    site, links = feed.site, feed.links("json")
    return _present(
        version="https://jsonfeed.org/version/1.1",
        title=feed.title,
        home_page_url=feed.home,
        feed_url=next((link.url for link in links if link.rel == "self"), None),
        description=feed.description,
        next_url=next((link.url for link in links if link.rel in _OLDER), None),
        icon=ascii_uri(site.logo) if site.logo else None,
        favicon=ascii_uri(site.icon) if site.icon else None,
        authors=[_author(person) for person in feed.authors],
        language=feed.language,
        hubs=[{"type": "WebSub", "url": link.url} for link in links if link.rel == "hub"],
        _newsfeed=_present(
            id=feed.id,
            updated=rfc3339(feed.updated) if feed.updated else None,
            rights=site.text(site.rights, feed.language) if site.rights else None,
            license=feed.license,
            related=[_link(link) for link in links if link.rel == "related"],
            history=[{"rel": link.rel, "url": link.url} for link in links if link.rel in _HISTORY],
            archive=feed.mark == "archive" or None,
            complete=feed.mark == "complete" or None,
        ),
    )


def write_entry(entry: Entry, profile: ContentProfile, cache: RenderCache) -> bytes:
    """Write an item, once for all feeds that show it alike."""
    rendered = cache.rendered(entry)
    key = ("json", profile.content, profile.utm, profile.lead_image, profile.json_extra)
    item: bytes | None = rendered.get(key)
    if item is None:
        item = rendered[key] = msgspec.json.encode(_item(entry, profile))
    return item


def _item(entry: Entry, profile: ContentProfile) -> dict[str, Any]:
    content = content_of(entry, profile)
    return _present(
        id=entry.guid,
        url=with_parameters(entry.url, profile.utm),
        external_url=entry.external_url,
        title=entry.title or None,
        content_html=content,
        content_text=(entry.summary or entry.headline) if content is None else None,
        summary=None if content is not None and entry.summary_repeats_content else entry.summary,
        image=entry.image,
        date_published=rfc3339(entry.published),
        date_modified=rfc3339(entry.updated),
        authors=[_author(person) for person in entry.authors],
        tags=list(dict.fromkeys(tag.label for tag in entry.tags)),
        language=entry.language,
        attachments=[attachment for media in entry.media for attachment in _attachments(media)],
        _newsfeed=_present(
            story=entry.story,
            rights=entry.rights,
            source=_present(title=entry.source.title, url=entry.source.url) if entry.source else None,
            comments=_comments(entry.comments) if entry.comments else None,
            categories=[{"term": tag.term, "label": tag.label, "scheme": tag.scheme} for tag in entry.tags],
            authors=[
                {"name": person.name, "email": person.email} for person in entry.authors if person.email
            ],
            translations=[
                {"language": edition.language, "url": edition.url, "title": edition.title}
                for edition in entry.translations
            ],
        ),
        _site=_present(**{key: entry.extra.get(key) for key in profile.json_extra}),
    )


def _author(person: Person) -> dict[str, Any]:
    return _present(name=person.name, url=person.url, avatar=person.avatar)


def _comments(comments: Comments) -> dict[str, Any]:
    return _present(url=comments.url, feed=comments.feed, count=comments.count)


def _attachments(media: Media) -> Iterator[dict[str, Any]]:
    """Yield a file and its renditions. Attachments with the same title are the same thing (JSON Feed 1.1, `attachments`)."""
    title = media.title or media.description
    yield _attachment(media, title)
    for rendition in media.renditions:
        yield _attachment(rendition, title)


def _attachment(media: Media, title: str | None) -> dict[str, Any]:
    return _present(
        url=media.url,
        mime_type=media.type,
        title=title,
        size_in_bytes=media.length,
        duration_in_seconds=None if media.duration is None else round(media.duration),
        _newsfeed=_present(
            credit=media.credit,
            description=media.description if media.description != title else None,
            thumbnail=media.thumbnail,
            width=media.width,
            height=media.height,
        ),
    )


def _link(link: Link) -> dict[str, Any]:
    return _present(url=link.url, type=link.type, title=link.title, language=link.language)


def _present(**members: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    """Return the members that have a value, in their order."""
    return {name: value for name, value in members.items() if value not in (None, [], {})}
