"""Feeds that a build would end because of what articles say now, though the articles are still published.

When the CMS renames the field of the topics, or gives every article the same language, no article is lost, but every
feed of a rule would end, and its subscribers would be told that it is gone for good. Editors end a few feeds now and
then; how many at once are suspicious is for the site's `max_loss` to say.
"""

from collections.abc import Collection, Mapping

from newsfeed.model.formats import format_of
from newsfeed.plan.plan import Plan
from newsfeed.publish.identities import Identities, is_live
from newsfeed.publish.published_feeds import published_feed
from newsfeed.publish.record import Record, articles_in
from newsfeed.publish.target import OpenTarget
from newsfeed.publish.vanished import feed_path, pattern_of

__all__ = ["ended_feeds"]


def ended_feeds(
    plan: Plan,
    identities: Identities,
    output: OpenTarget,
    before: Record,
    planned: Collection[str],
    *,
    at_least: int,
) -> Mapping[str, tuple[int, int]]:
    """Count the feeds that would end though an article in them is still published.

    Feeds that the site ended, by its rules or by `moved`, don't count.

    Args:
        plan: The plan of what is published.
        identities: Under which ids its articles are published.
        output: Where the documents lie.
        before: What was published before.
        planned: The paths of documents that are planned.
        at_least: Fewer feeds of one rule are not counted.

    Returns:
        For each rule, by its path, how many feeds would end, and how many of it were published.
    """
    documents = [path for path, known in before.documents.items() if not known.retired]
    ended = {path for path in documents if _is_feed(path)}.difference(planned)
    if len(ended) < at_least:
        return {}
    site = plan.site
    published = {feed_path(path) for path in documents if _is_feed(path)}
    still_planned = {feed_path(path) for path in planned}
    unplanned = {feed_path(path): path for path in ended if feed_path(path) not in still_planned}
    carriers = _Carriers(plan, identities, output, before)
    counts: dict[str, tuple[int, int]] = {}
    for rule in site.plan:
        pattern = pattern_of(rule, site)
        candidates = [path for path in unplanned if path not in site.moved and pattern.fullmatch(path)]
        if len(candidates) < at_least:
            continue
        count = sum(carriers.has_live_article(unplanned[path]) for path in candidates)
        if count >= at_least:
            counts[rule.path] = (count, sum(pattern.fullmatch(path) is not None for path in published))
    return counts


class _Carriers:
    """Documents that were published, and whether an article in them is still published."""

    def __init__(self, plan: Plan, identities: Identities, output: OpenTarget, before: Record) -> None:
        self._plan = plan
        self._output = output
        self._before = before
        self._own_ids = {published_id: own_id for own_id, published_id in identities.kept.items()}

    def has_live_article(self, path: str) -> bool:
        """Return whether a document carries one; of a document that isn't there, whether all articles are live."""
        document = self._output.read(path)
        if document is None:
            carried = (known for known in articles_in(self._before.articles) if not known.departed)
            return all(self._is_live(known.article) for known in carried)
        feed = published_feed(path, document)
        return feed is not None and any(map(self._is_live, feed.ids))

    def _is_live(self, published_id: str) -> bool:
        return is_live(self._own_ids.get(published_id, published_id), self._plan)


def _is_feed(path: str) -> bool:
    form = format_of(path)
    return form is not None and form.is_feed
