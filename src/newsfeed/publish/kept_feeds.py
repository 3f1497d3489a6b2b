"""Feeds that `retired = "keep"` leaves as they are, as long as everything that they carry is still published.

Nobody writes such a feed anew, so what was withdrawn, embargoed anew or expired since would be served for ever.
Therefore the record names the articles in it, and the feed is emptied when one of them isn't live any more, or has
vanished from its source. A listing doesn't say which articles it shows; it stays while a feed beside it does.
"""

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from newsfeed.findings import Finding, Place
from newsfeed.model.formats import FORMATS
from newsfeed.plan.plan import Plan
from newsfeed.publish.identities import is_live
from newsfeed.publish.published_feeds import published_feed
from newsfeed.publish.recognition import address_after_move
from newsfeed.publish.record import PublishedDocument, Record, digest_of
from newsfeed.publish.vanished import feed_path

__all__ = ["emptied", "kept_document"]


def kept_document(
    known: PublishedDocument,
    read: Callable[[str], bytes | None],
    plan: Plan,
    kept_ids: Mapping[str, str],
    before: Record,
) -> PublishedDocument | None:
    """Describe a document that isn't planned any more as it stays.

    Args:
        known: The document.
        read: Reads it, if it wasn't kept before.
        plan: The plan of what is published.
        kept_ids: The published ids of articles by their own, where they differ.
        before: What was published before.

    Returns:
        The document; None if it carries what isn't published any more, or nobody can tell.
    """
    ids = known.carries
    if ids is None:
        ids = _ids_in(known.document, read, before)
    if ids is None:
        return None
    own_ids = {published_id: own_id for own_id, published_id in kept_ids.items()}
    as_now = tuple(map(partial(_as_now, plan=plan, own_ids=own_ids, before=before), ids))
    if not all(is_live(own_ids.get(published_id, published_id), plan) for published_id in as_now):
        return None
    return msgspec.structs.replace(known, retired=True, carries=as_now)


def emptied(path: str) -> Finding:
    """Tell that a feed isn't kept any longer."""
    return Finding(
        code="NF126",
        severity="warning",
        place=Place(file=path),
        field="site.retired",
        reason="this feed was kept, but some of its articles are no longer published, "
        "so it is now empty and names the feed that replaces it",
        remedy='name another feed under [site.moved] if that one is wrong, or write retired = "remove"',
    )


def _ids_in(path: str, read: Callable[[str], bytes | None], before: Record) -> tuple[str, ...] | None:
    """List the articles of a document's feed; None where no document of it tells."""
    found: set[str] = set()
    feeds = [feed_path(path) + form.suffix for form in FORMATS.own.values() if form.vocabulary]
    documents = [path] if path in feeds else [each for each in feeds if each in before.documents]
    told = False
    for document in documents:
        data = read(document) or b""
        recorded = before.documents.get(document)
        feed = published_feed(document, data)
        if feed is not None and (recorded is None or digest_of(data) == recorded.digest):
            told = True
            found |= feed.ids
    return tuple(sorted(found)) if told else None


def _as_now(published_id: str, plan: Plan, own_ids: Mapping[str, str], before: Record) -> str:
    """Give an article's id as it is after a move of the whole site, if nothing else is known of the article."""
    if published_id in own_ids or plan.catalog.has_article(published_id):
        return published_id
    return address_after_move(published_id, plan.catalog, before)
