"""Loss: what a build would take from subscribers without anybody having said so, and whether that is too much.

An export that breaks off, an empty file, an error page in its place, a key that makes every record invalid: the
articles that were published are then neither there nor withdrawn. Publishing that would empty feeds, and readers would
take the articles for gone. A few may go missing on any day, so a site says which share is suspicious, `max_loss`.
"""

from collections.abc import Iterable, Mapping

import msgspec

from newsfeed.plan.plan import Plan
from newsfeed.publish.documents import Document
from newsfeed.publish.ended_feeds import ended_feeds
from newsfeed.publish.identities import Identities
from newsfeed.publish.record import Record
from newsfeed.publish.target import OpenTarget

__all__ = ["Loss", "loss_of"]

#: Fewer than this many articles may always go missing, unless they are all that were published; or feeds of a rule.
_SUSPICIOUS = 10


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """The published articles that a build would lose: they are neither live, embargoed, expired nor withdrawn.

    And the feeds that it would end because of what articles say now; see `ended_feeds`.
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

        >>> loss = Loss(lost=("https://report.example/1",) * 12, published=100, shrunk={"a.json": (100, 88)})
        >>> loss.is_more_than(0.2), loss.is_more_than(0.1)
        (False, True)
        """
        count = len(self.lost)
        if any(now == 0 for _, now in self.shrunk.values()) or 0 < count == self.published:
            return True
        shares = ((count, self.published), *self.ended.values())
        return any(lost >= _SUSPICIOUS and lost > max_loss * published for lost, published in shares)

    def __str__(self) -> str:
        r"""Say what would be lost, where it came from, and what to do.

        >>> print(Loss(lost=("https://report.example/1",), published=1, shrunk={"a.json": (1, 0)}))
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


def loss_of(
    plan: Plan,
    before: Record,
    identities: Identities,
    output: OpenTarget,
    documents: Iterable[Document],
) -> Loss:
    """Compare what was published with what a newsroom has.

    Args:
        plan: The plan of what is published.
        before: The record of what was published.
        identities: What was found out about the articles that changed since.
        output: Where the documents lie.
        documents: The documents that are planned.
    """
    now = plan.catalog.sources
    planned = frozenset(document.path for document in documents)
    return Loss(
        lost=tuple([known.url or known.article for known in identities.lost]),
        published=identities.published,
        shrunk={
            name: (count, now[name]) for name, count in before.sources.items() if now.get(name, count) < count
        },
        ended=ended_feeds(plan, identities, output, before, planned, at_least=_SUSPICIOUS),
    )


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
        f"{ended:,} of {_counted(published, 'feed')} of {path} would end: no article belongs to them any longer, "
        "although articles that they carried are still published. Nothing was written."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
