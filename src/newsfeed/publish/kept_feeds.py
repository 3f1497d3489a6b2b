"""Feeds that `retired = "keep"` leaves as they are, as long as everything that they carry is still published.

Such a feed isn't written again, so an article that is withdrawn, embargoed again or expired would be served for ever.
Therefore the record names the articles in the feed, and the feed is emptied when one of them isn't live any more, isn't
for everybody, or has vanished from its source. A listing doesn't say which articles it shows; it stays as long as a feed beside it.
"""

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from newsfeed.findings import Finding, Place
from newsfeed.model.formats import feed_suffixes, format_of
from newsfeed.plan.plan import Plan
from newsfeed.publish.identities import is_live
from newsfeed.publish.matching import address_after_move
from newsfeed.publish.published_feeds import feed_path, published_feed
from newsfeed.publish.record import PublishedDocument, PublishRecord, digest_of

__all__ = ["emptied_finding", "kept_document"]


def kept_document(
    known: PublishedDocument,
    read: Callable[[str], bytes | None],
    plan: Plan,
    kept_ids: Mapping[str, str],
    before: PublishRecord,
) -> PublishedDocument | None:
    """Return the record of a document that isn't planned any more and stays.

    Args:
        known: The document.
        read: Reads it, if it wasn't kept before.
        plan: The plan of what is published.
        kept_ids: The published ids of articles by their own, where they differ.
        before: What was published before.

    Returns:
        The document; None if it carries what isn't published any more, or its articles are unknown.
    """
    ids = known.carries
    if ids is None:
        ids = _ids_in(known.document, read, before)
    if ids is None:
        return None
    own_ids = {published_id: own_id for own_id, published_id in kept_ids.items()}
    current_ids = tuple(map(partial(_current_id, plan=plan, own_ids=own_ids, before=before), ids))
    if not all(_is_open(own_ids.get(published_id, published_id), plan) for published_id in current_ids):
        return None
    return msgspec.structs.replace(known, retired=True, carries=current_ids)


def emptied_finding(path: str) -> Finding:
    """Return the finding that a feed isn't kept any longer."""
    return Finding(
        code="NF126",
        severity="warning",
        place=Place(file=path),
        field="site.retired",
        reason="this feed was kept, but some of its articles are no longer published, or not for everybody, "
        "so it is now empty and names the feed that replaces it",
        remedy='name another feed under [site.moved] if that one is wrong, or write retired = "remove"',
    )


def _is_open(own_id: str, plan: Plan) -> bool:
    """Return whether an article is published, for everybody and as a whole."""
    return is_live(own_id, plan) and not plan.catalog.is_closed(own_id)


def _ids_in(path: str, read: Callable[[str], bytes | None], before: PublishRecord) -> tuple[str, ...] | None:
    """Return the articles of a document's feed; None if none of its documents names them."""
    feeds = [feed_path(path) + suffix for suffix in feed_suffixes()]
    is_feed = path in feeds or format_of(path) is None  # at a path of its own
    documents = [path] if is_feed else [each for each in feeds if each in before.documents]
    found: set[str] | None = None
    for document in documents:
        data = read(document) or b""
        recorded = before.documents.get(document)
        feed = published_feed(document, data)
        if feed is not None and (recorded is None or digest_of(data) == recorded.digest):
            found = (found or set()) | feed.ids
    return None if found is None else tuple(sorted(found))


def _current_id(published_id: str, plan: Plan, own_ids: Mapping[str, str], before: PublishRecord) -> str:
    """Return an article's id after a move of the whole site, if nothing else is known of the article."""
    if published_id in own_ids or plan.catalog.has_article(published_id):
        return published_id
    return address_after_move(published_id, plan.catalog, before)
