"""Ids for ever: an article that was published keeps the id that it had, even if its own id changes.

Readers know an article by its id, and a changed id makes it new to every subscriber. So if the record knows an article
under another id (see `matching`), that one stays published, and a finding says so. Only `accept` publishes the new one.
The same goes for a site that moves to another address: ids that were made from the old address stay. An article that
was withdrawn, embargoed again or expired, and comes back, gets its id again, too (see `seals`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

import msgspec

from newsfeed.catalog.candidates import ArticleHead
from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.cached_property import cached_property
from newsfeed.model.feed import Tombstone
from newsfeed.model.site import Site
from newsfeed.plan.plan import Plan
from newsfeed.publish.matching import after_move, has_moved, match_articles, match_keys, published_article
from newsfeed.publish.record import PublishedArticle, PublishRecord, SealedArticle
from newsfeed.publish.seals import open_seals
from newsfeed.text.dates import rfc3339
from newsfeed.text.urls import uri_of_id

__all__ = ["Identities", "has_tombstone", "identities_of", "is_held_back", "is_live"]


class Identities(msgspec.Struct, frozen=True):
    """The ids under which articles are published, and findings about articles that changed."""

    #: The published id by the article's own, where they differ.
    kept: Mapping[str, str] = {}
    #: Ids that were replaced by new ones with `accept`.
    replaced: frozenset[str] = frozenset()
    #: Seals of articles that came back or have a tombstone, each with the id under which the article was published.
    opened: tuple[tuple[SealedArticle, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    #: Articles that were ever published, are neither live nor held back now, and that nobody withdrew or removed.
    vanished: tuple[PublishedArticle, ...] = ()
    #: How many articles were published before; 0 if nothing has changed.
    published: int = 0

    @property
    def lost(self) -> tuple[PublishedArticle, ...]:
        """Those of the vanished articles that were published until now."""
        return tuple(known for known in self.vanished if not known.departed)

    def published_id(self, own_id: str) -> str:
        """Return the id under which an article is published."""
        return self.kept.get(own_id, own_id)

    def of_tombstones(self, tombstones: tuple[Tombstone, ...]) -> tuple[Tombstone, ...]:
        """Return tombstones with published ids; the same object if these are the articles' own."""
        if not any(gone.id in self.kept for gone in tombstones):
            return tombstones
        return tuple(msgspec.structs.replace(gone, id=self.published_id(gone.id)) for gone in tombstones)


def identities_of(plan: Plan, record: PublishRecord, lines: Sequence[bytes], *, accept: bool) -> Identities:
    """Compare the articles that are about to be published with those that were.

    Args:
        plan: The plan of what is published.
        record: What was published before.
        lines: The line of each carried article in the record, if those that have a kept id keep it.
        accept: Whether changes are intended, so that new ids may replace known ones.

    Returns:
        The ids to publish under, and a warning for each change. If the whole site moved, one stands for all.
    """
    comparison = _Comparison(plan, record, lines)
    known = comparison.kept_before() | dict(comparison.kept_ids())
    kept, replaced = ({}, frozenset(known.values())) if accept else (known, frozenset[str]())
    vanished = tuple(comparison.vanished(kept, replaced))
    return Identities(
        kept,
        replaced,
        tuple(comparison.open_seals(known.values())),
        findings=(*comparison.findings(kept), *comparison.missing(vanished)),
        vanished=vanished,
        published=comparison.published,
    )


def is_held_back(known: PublishedArticle, plan: Plan) -> bool:
    """Return whether an article that was published is held back now, even if its id has changed since."""
    own_id = known.own_id or known.article
    if plan.catalog.has_article(own_id):
        return plan.catalog.is_held_back(own_id)
    return plan.catalog.has_page_held_back(known.url, known.story, known.language)


def is_live(own_id: str, plan: Plan) -> bool:
    """Return whether an article is published, given its own id."""
    is_out = plan.catalog.is_held_back(own_id) or plan.catalog.is_set_aside(own_id)
    return plan.catalog.has_article(own_id) and not is_out


def has_tombstone(own_id: str, plan: Plan) -> bool:
    """Return whether a feed says that an article was withdrawn, so that it isn't secret."""
    return any(gone.id == own_id for feed in plan.feeds.values() for gone in feed.tombstones)


class _Comparison:
    """The articles as they are and as they were. Those whose line in the record stays the same are skipped."""

    def __init__(self, plan: Plan, record: PublishRecord, lines: Sequence[bytes]) -> None:
        self._plan = plan
        #: Articles that are carried or have a tombstone.
        self._own_ids = {article.id or "" for article in plan.withdrawn}
        self._own_ids.update(each.rank[1] for each in plan.carried)
        changed = (
            each.head for each, line in zip(plan.carried, lines, strict=True) if line not in record.articles
        )
        self._articles: dict[str, ArticleHead] = {
            article.id or "": article for article in chain(plan.withdrawn, changed)
        }
        self._record = record
        unchanged = frozenset(lines)
        as_recorded = record.articles_except(unchanged)
        #: How many articles were carried when the record was written.
        self.published = sum(line in unchanged for line in record.articles) + sum(
            not known.departed for known in as_recorded
        )
        #: The own ids of articles when they were recorded, by their published ids.
        self._own_ids_before = {known.article: known.own_id for known in as_recorded}
        self._known = [after_move(known, plan.catalog, record) for known in as_recorded]
        self._site = plan.site
        self._has_moved = has_moved(plan.catalog, record)
        rows = {each.rank[1]: each.row for each in plan.carried}
        current = [
            published_article(article, own_id, rows.get(own_id)) for own_id, article in self._articles.items()
        ]
        self._opened = [
            (seal, after_move(known, plan.catalog, record))
            for seal, known in open_seals(
                record.sealed, map(match_keys, current), plan.catalog, record.site_url
            )
        ]
        known = [
            *sorted(self._known, key=attrgetter("departed", "article")),
            *(known for _, known in self._opened),
        ]
        self._matched = match_articles(current, known, plan.catalog)

    def kept_before(self) -> dict[str, str]:
        """Return the ids that were kept before, of articles that still exist, in a feed or not."""
        return {
            own_id: published_id
            for own_id, published_id in self._record.kept_ids.items()
            if self._plan.catalog.has_article(own_id)
            and (not self._is_held_back(own_id) or has_tombstone(own_id, self._plan))
            and published_id not in self._own_ids
        }

    def _is_held_back(self, own_id: str) -> bool:
        """Return whether an article is held back, and isn't carried in place of another one with its id that is."""
        return self._plan.catalog.is_held_back(own_id) and own_id not in self._carried

    @cached_property
    def _carried(self) -> frozenset[str]:
        feeds = self._plan.with_parts.values()
        return frozenset(each.rank[1] for feed in feeds for each in feed.carried)

    def kept_ids(self) -> Iterator[tuple[str, str]]:
        """Yield the own id and the published id of each article where they differ."""
        taken = self._own_ids | set(self.kept_before().values())
        for own_id, known in self._matched.items():
            if known.article not in taken and known.article != own_id:
                taken.add(known.article)
                yield own_id, known.article

    def open_seals(self, kept: Collection[str]) -> Iterator[tuple[SealedArticle, str]]:
        """Yield the seals of articles that are published again, and the published id in each.

        Args:
            kept: The published ids of articles whose own ids differ.
        """
        present = self._own_ids.union(kept)
        for seal, known in self._opened:
            if known.article in present:
                yield seal, known.article

    def findings(self, kept: Mapping[str, str]) -> Iterator[Finding]:
        """Yield findings about what changed in articles since they were published."""
        if self._has_moved:
            yield self._move(len(kept))
        for own_id, article in self._articles.items():
            known = self._matched.get(own_id)
            if known is None:
                continue
            known_ids = {known.article, self._own_ids_before.get(known.article)}
            if own_id not in known_ids and not self._has_moved:
                yield _changed_id(article, known, self._site, is_kept=own_id in kept)
            if known.published != article.published:
                yield _changed_date(article, known)
            if not self._has_moved and known.url != (article.url or ""):
                yield _changed_url(article, known)

    def vanished(self, kept: Mapping[str, str], replaced: Collection[str]) -> Iterator[PublishedArticle]:
        """Yield articles that were ever published and no longer exist under any id, though nobody withdrew or removed them."""
        present = {kept.get(own_id, own_id) for own_id in self._own_ids}
        for known in self._known:
            if known.article in present or known.article in replaced:
                continue
            own_id = known.own_id or known.article
            is_there = self._plan.catalog.has_article(own_id) and not self._plan.catalog.is_set_aside(own_id)
            is_gone = is_held_back(known, self._plan) or self._plan.catalog.is_removed(own_id)
            if not is_there and not is_gone:
                yield known

    def missing(self, vanished: Iterable[PublishedArticle]) -> Iterator[Finding]:
        """Yield findings about lost articles, except those that are left out, which have findings already."""
        for known in vanished:
            if not known.departed and not self._plan.catalog.has_article(known.own_id or known.article):
                yield _lost(known)

    def _move(self, kept: int) -> Finding:
        before, after = self._record.site_url, self._site.url
        reason = f"the site has moved from {before} to {after}; {kept} articles keep their ids"
        remedy = (
            f'write ids_url = "{before}" in newsroom.toml, so that builds into an empty folder keep them, too'
        )
        return _finding("NF125", "site.url", reason, remedy)


def _changed_id(article: ArticleHead, known: PublishedArticle, site: Site, *, is_kept: bool) -> Finding:
    if uri_of_id(known.article, site.ids_url) == article.id:
        return _repaired_id(article, known, is_kept=is_kept)
    outcome = "stays" if is_kept else "was"
    return _finding(
        "NF121",
        "id",
        f"{article.url} has a new id, {article.id}; readers know it under another, which {outcome} {known.article}",
        f'write "id": "{known.article}"; or --accept the new one, and every subscriber will see the article as new',
    )


def _repaired_id(article: ArticleHead, known: PublishedArticle, *, is_kept: bool) -> Finding:
    outcome = "keeps" if is_kept else "no longer has"
    return _finding(
        "NF121",
        "id",
        f"{article.url} {outcome} the id that readers know, {known.article}, which breaks the rules of its scheme",
        f"leave it; or --accept {article.id} instead, and every subscriber will see the article as new",
    )


def _changed_date(article: ArticleHead, known: PublishedArticle) -> Finding:
    before, after = rfc3339(known.published), rfc3339(article.published)
    return _finding(
        "NF123",
        "published",
        f"{article.url} was published on {before}, but now says {after}; readers sort by this date",
        "restore published, and put the time of the change in updated",
    )


def _changed_url(article: ArticleHead, known: PublishedArticle) -> Finding:
    return _finding(
        "NF122",
        "url",
        f"{article.id} was published at {known.url}, and is at {article.url} now",
        "redirect the old address to the new one, because readers have kept it",
    )


def _lost(known: PublishedArticle) -> Finding:
    problem = InvalidValue(
        "it was published, but is no longer among the articles",
        'restore it; to take an article back, write "withdrawn": true',
    )
    return Finding.of(problem, place=Place(name=known.url), code="NF124", severity="warning")


def _finding(code: str, field: str, reason: str, remedy: str) -> Finding:
    problem = InvalidValue(reason, remedy, field=field)
    return Finding.of(problem, place=Place(), code=code, severity="warning")
