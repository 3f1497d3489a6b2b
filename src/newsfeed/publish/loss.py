"""What a build would take from subscribers without anybody having said so, and whether that is too much.

An export that breaks off, an empty file, an error page in its place, a key that makes every record invalid: the
articles that were published are then neither there nor withdrawn. Publishing that would empty feeds, and readers would
think that the articles are gone. When the CMS renames the field of the topics, or gives every article the same language,
no article is lost, but every feed of a rule would end, and its subscribers would be told that it is gone for good.

A few articles may go missing on any day, and editors end a few feeds now and then. The site says which share is
suspicious, `max_loss`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from newsfeed.model.formats import FORMATS
from newsfeed.model.loss import SUSPICIOUS_LOSS, is_suspicious
from newsfeed.plan.plan import Plan
from newsfeed.publish.documents import OutputDocument
from newsfeed.publish.identities import Identities, is_live
from newsfeed.publish.published_feeds import published_feed
from newsfeed.publish.record import PublishRecord, articles_in
from newsfeed.publish.rule_documents import RuleDocuments
from newsfeed.publish.target import OpenTarget

__all__ = ["BuildLoss", "build_loss"]


class BuildLoss(msgspec.Struct, frozen=True, kw_only=True):
    """The published articles that a build would lose: they are neither live, embargoed, expired nor withdrawn.

    And the feeds that it would end because of what articles say now, though the articles are still published.
    """

    #: The addresses of the lost articles.
    lost: tuple[str, ...]
    #: How many articles the last build had published.
    published: int
    #: How many articles each source gave last time and gives now, of those that give fewer.
    shrunk: Mapping[str, tuple[int, int]]
    #: How many feeds of a rule, by its path, would end though their articles are there, and how many were published.
    ended: Mapping[str, tuple[int, int]] = {}

    def is_more_than(self, max_loss: float) -> bool:
        """Return whether the loss has to be confirmed by a person.

        Args:
            max_loss: The share of published articles that may go missing, and of a rule's feeds that may end.

        >>> loss = BuildLoss(
        ...     lost=("https://report.example/1",) * 12, published=100, shrunk={"a.json": (100, 88)}
        ... )
        >>> loss.is_more_than(0.2), loss.is_more_than(0.1)
        (False, True)
        """
        count = len(self.lost)
        if any(now == 0 for _, now in self.shrunk.values()) or 0 < count == self.published:
            return True
        shares = ((count, self.published), *self.ended.values())
        return any(is_suspicious(lost, published, max_loss) for lost, published in shares)

    def __str__(self) -> str:
        r"""The message: what would be lost, where it came from, and what to do.

        >>> print(BuildLoss(lost=("https://report.example/1",), published=1, shrunk={"a.json": (1, 0)}))
        1 of 1 published article would be lost: it is neither among the usable articles nor withdrawn. Nothing was written.
        a.json had 1 article last time, and has none now.
        Fix the source and build again. If this is right, let them go with --accept-loss (accept_loss=True in Python).
        """
        is_about_articles = self.lost or any(now == 0 for _, now in self.shrunk.values())
        lines = [_what_is_lost(len(self.lost), self.published)] if is_about_articles else []
        lines += [_what_it_gave(name, *counts) for name, counts in self.shrunk.items()]
        lines += [_what_would_end(path, *counts) for path, counts in self.ended.items()]
        lines.append(
            "Fix the source and build again. "
            "If this is right, let them go with --accept-loss (accept_loss=True in Python)."
        )
        return "\n".join(lines)


def build_loss(
    plan: Plan,
    before: PublishRecord,
    identities: Identities,
    output: OpenTarget,
    documents: Iterable[OutputDocument],
    count_feeds: Callable[[int, int], int] = lambda _, known: known,
) -> BuildLoss:
    """Return what a build would lose of what was published.

    Args:
        plan: The plan of what is published.
        before: The record of what was published.
        identities: The ids to publish under, and the articles that are lost.
        output: The target.
        documents: The documents that are planned.
        count_feeds: Returns how many feeds of a rule were published, given its number, and how many the record has.
    """
    now = plan.catalog.sources
    # a source that the site no longer has was removed on purpose, unless the store that had its articles is another
    planned = frozenset(document.path for document in documents)
    return BuildLoss(
        lost=tuple([known.url or known.article for known in identities.lost]),
        published=identities.published,
        shrunk={
            name: (count, left)
            for name, count in before.sources.items()
            if (left := now.get(name, 0 if before.store else count)) < count
        },
        ended=_ended_feeds(plan, identities, output, before, planned, count_feeds),
    )


def _ended_feeds(
    plan: Plan,
    identities: Identities,
    output: OpenTarget,
    before: PublishRecord,
    planned: Collection[str],
    count_feeds: Callable[[int, int], int],
) -> Mapping[str, tuple[int, int]]:
    """Return how many feeds would end though an article in them is still published, and how many were published.

    They are counted by the path of their rule. Feeds that the site ended, by its rules or by `moved`, don't count.
    """
    documents = [path for path, known in before.documents.items() if not known.retired]
    if sum(path not in planned for path in documents) < SUSPICIOUS_LOSS:
        return {}
    site = plan.site
    of_rules = RuleDocuments(site)
    published = [
        (document, path)
        for path in documents
        for document in of_rules.at(path)
        if FORMATS[document.format].is_feed
    ]
    contents = _PublishedContents(plan, identities, output, before)
    counts: dict[str, tuple[int, int]] = {}
    for number, rule in enumerate(site.feed_rules):
        paths = {document.feed: path for document, path in published if document.rule == rule}
        candidates = [
            path
            for feed, path in paths.items()
            if feed not in plan.feeds and feed not in site.moved and path not in planned
        ]
        if len(candidates) < SUSPICIOUS_LOSS:
            continue
        count = sum(map(contents.has_live_article, candidates))
        if count >= SUSPICIOUS_LOSS:
            counts[rule.path] = (count, count_feeds(number, len(paths)))
    return counts


class _PublishedContents:
    """What is in documents that were published."""

    def __init__(self, plan: Plan, identities: Identities, output: OpenTarget, before: PublishRecord) -> None:
        self._plan = plan
        self._output = output
        self._before = before
        self._own_ids = {published_id: own_id for own_id, published_id in identities.kept.items()}

    def has_live_article(self, path: str) -> bool:
        """Return whether a document carries one; if the document isn't there, whether all published articles are live."""
        document = self._output.read(path)
        if document is None:
            carried = (known for known in articles_in(self._before.articles) if not known.departed)
            return all(self._is_live(known.article) for known in carried)
        feed = published_feed(path, document)
        return feed is not None and any(map(self._is_live, feed.ids))

    def _is_live(self, published_id: str) -> bool:
        return is_live(self._own_ids.get(published_id, published_id), self._plan)


def _what_is_lost(count: int, published: int) -> str:
    if not count:
        return "A source no longer has any articles. Nothing was written."
    what = f"{count:,} of {_counted(published, 'published article')} would be lost"
    they = "it is" if count == 1 else "they are"
    return f"{what}: {they} neither among the usable articles nor withdrawn. Nothing was written."


def _what_it_gave(source: str, before: int, now: int) -> str:
    name = source or "The list of articles"
    return f"{name} had {_counted(before, 'article')} last time, and has {f'{now:,}' if now else 'none'} now."


def _what_would_end(path: str, ended: int, published: int) -> str:
    return (
        f"{ended:,} of {_counted(published, 'feed')} of {path} would end: too few articles belong to them now, "
        "although articles that they carried are still published. Nothing was written."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
