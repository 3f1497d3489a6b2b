"""Ids for ever: an article that was published keeps the id that it had, whatever it calls itself now.

Readers know an article by its id. One that comes with another is news to every subscriber; so where the record knows
the story, or the page, under another id, that one is published on, and the person is told. It takes somebody's word
(`accept`) to let the new one out. The same goes for a whole site that moves to another address: ids that were made of
the old one stay.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.article import Article
from newsfeed.model.feed import Tombstone
from newsfeed.model.finding import Finding, Place
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.publish.record import PublishedArticle, Record
from newsfeed.text.dates import rfc3339
from newsfeed.text.urls import uri_of_id

__all__ = ["Identities", "address_after_move", "has_moved", "identities_of", "own_id_after_move"]


class Identities(msgspec.Struct, frozen=True):
    """Which ids are published, and what was found out about articles that changed."""

    #: The published id by the article's own, where they differ.
    kept: Mapping[str, str] = {}
    #: Ids that somebody has let others take the place of.
    replaced: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    def of(self, own_id: str) -> str:
        """Give the id under which an article is published."""
        return self.kept.get(own_id, own_id)

    def of_tombstones(self, tombstones: tuple[Tombstone, ...]) -> tuple[Tombstone, ...]:
        """Give tombstones under published ids; the same object where they are the articles' own."""
        if not any(gone.id in self.kept for gone in tombstones):
            return tombstones
        return tuple(msgspec.structs.replace(gone, id=self.of(gone.id)) for gone in tombstones)


def identities_of(newsroom: Newsroom, record: Record, lines: Sequence[bytes], *, accept: bool) -> Identities:
    """Compare the articles that are about to be published with those that were.

    Args:
        newsroom: The newsroom.
        record: What was published before.
        lines: What would be recorded of each carried article if those that have a kept id keep it.
        accept: Whether changes are meant, so that new ids may take the place of known ones.

    Returns:
        The ids to publish under, and a warning for each change. Where the whole site moved, one stands for all.
    """
    comparison = _Comparison(newsroom, record, lines)
    known = comparison.kept_before() | dict(comparison.kept_ids())
    kept, replaced = ({}, frozenset(known.values())) if accept else (known, frozenset[str]())
    return Identities(kept, replaced, tuple(comparison.findings(kept, replaced)))


def may_be_named(own_id: str, newsroom: Newsroom) -> bool:
    """Tell whether the record may speak of an article: it is no secret, or a tombstone names it anyway."""
    if not newsroom.is_held_back(own_id):
        return True
    return any(gone.id == own_id for feed in newsroom.plan.feeds.values() for gone in feed.tombstones)


def has_moved(site: Site, record: Record) -> bool:
    """Tell whether a site has another address than when it was published."""
    return not record.is_new and record.site_url != site.url


def address_after_move(address: str, site: Site, record: Record) -> str:
    """Give the address that a page has now, if the whole site has moved since it was recorded."""
    if has_moved(site, record) and address.startswith(record.site_url):
        return site.url + address.removeprefix(record.site_url)
    return address


def own_id_after_move(known: PublishedArticle, newsroom: Newsroom, record: Record) -> str:
    """Give the id that an article calls itself by now: one that was made of its address moves with the site."""
    own_id = known.own_id or known.article
    if newsroom.has_article(own_id):
        return own_id
    # earlier versions published some ids that break the rules of their scheme
    valid = uri_of_id(own_id, newsroom.site.ids_url)
    return valid if valid != own_id else address_after_move(own_id, newsroom.site, record)


class _Comparison:
    """The articles as they are and as they were. Those that are recorded as they would be again need no look."""

    def __init__(self, newsroom: Newsroom, record: Record, lines: Sequence[bytes]) -> None:
        self._newsroom = newsroom
        #: Articles that are carried, or of which a tombstone tells.
        self._own_ids = {article.id or "" for article in newsroom.intake.withdrawn}
        self._own_ids.update(each.rank[1] for each in newsroom.carried)
        changed = (
            each.article
            for each, line in zip(newsroom.carried, lines, strict=True)
            if line not in record.articles
        )
        self._articles = {article.id or "": article for article in chain(newsroom.intake.withdrawn, changed)}
        self._record = record
        self._known = record.articles_but(frozenset(lines))
        self._site = newsroom.site
        self._has_moved = has_moved(newsroom.site, record)
        self._by_own_id: dict[str, PublishedArticle] = {}
        self._by_story: dict[tuple[str, str], PublishedArticle] = {}
        self._by_url: dict[str, PublishedArticle] = {}
        for known in sorted(self._known, key=attrgetter("departed")):
            own_id = own_id_after_move(known, newsroom, record)
            self._by_own_id.setdefault(own_id, known)
            if newsroom.has_article(own_id):
                continue  # nobody else is this article, also if it was withdrawn
            self._by_url.setdefault(address_after_move(known.url, newsroom.site, record), known)
            if known.story:
                self._by_story.setdefault((known.story, known.language), known)

    def kept_before(self) -> dict[str, str]:
        """Give the ids that were kept before, of articles that still are, in whatever feed or none."""
        return {
            own_id: published_id
            for own_id, published_id in self._record.kept_ids.items()
            if may_be_named(own_id, self._newsroom)
            and self._newsroom.has_article(own_id)
            and published_id not in self._own_ids
        }

    def kept_ids(self) -> Iterator[tuple[str, str]]:
        """Yield the own id and the published id of each article that has two."""
        taken = self._own_ids | set(self.kept_before().values())
        for own_id in self._articles:
            known = self._known_as(own_id)
            if known is not None and known.article not in taken and known.article != own_id:
                taken.add(known.article)
                yield own_id, known.article

    def findings(self, kept: Mapping[str, str], replaced: Collection[str]) -> Iterator[Finding]:
        """Yield what changed since the articles were published."""
        if self._has_moved:
            yield self._move(len(kept))
        present = {kept.get(own_id, own_id) for own_id in self._own_ids}
        for own_id, article in self._articles.items():
            known = self._known_as(own_id)
            if known is None:
                continue
            if own_id not in {known.article, known.own_id} and not self._has_moved:
                yield _changed_id(article, known, self._site, is_kept=own_id in kept)
            if known.published != article.published:
                yield _changed_date(article, known)
            if not self._has_moved and known.url != (article.url or ""):
                yield _changed_url(article, known)
        for known in self._known:
            if known.departed or known.article in present or known.article in replaced:
                continue
            if not self._newsroom.has_article(own_id_after_move(known, self._newsroom, self._record)):
                yield _finding(
                    "NF124",
                    "id",
                    f"{known.url} was published, and is not among the articles any more",
                    'bring it back; an article that is taken back says "withdrawn": true',
                )

    def _known_as(self, own_id: str) -> PublishedArticle | None:
        """Find what was published of an article: under its id, as its story in its language, at its address."""
        article = self._articles[own_id]
        known = self._by_own_id.get(own_id)
        if known is None and article.story:
            known = self._by_story.get((article.story, article.language))
        return known or self._by_url.get(article.url or "")

    def _move(self, kept: int) -> Finding:
        before, after = self._record.site_url, self._site.url
        reason = f"the site has moved from {before} to {after}; {kept} articles keep the ids that they had"
        remedy = (
            f'write ids_url = "{before}" in newsroom.toml, so that builds into an empty folder keep them too'
        )
        return _finding("NF125", "site.url", reason, remedy)


def _changed_id(article: Article, known: PublishedArticle, site: Site, *, is_kept: bool) -> Finding:
    if uri_of_id(known.article, site.ids_url) == article.id:
        return _repaired_id(article, known, is_kept=is_kept)
    outcome = "stays" if is_kept else "was"
    return _finding(
        "NF121",
        "id",
        f"{article.url} has a new id, {article.id}; readers know it under another, which {outcome} {known.article}",
        f'write "id": "{known.article}"; or --accept the new one, and every subscriber sees the article as news',
    )


def _repaired_id(article: Article, known: PublishedArticle, *, is_kept: bool) -> Finding:
    outcome = "keeps" if is_kept else "no longer has"
    return _finding(
        "NF121",
        "id",
        f"{article.url} {outcome} the id that readers know, {known.article}, which breaks the rules of its scheme",
        f"leave it; or --accept {article.id} in its place, and every subscriber sees the article as news",
    )


def _changed_date(article: Article, known: PublishedArticle) -> Finding:
    before, after = rfc3339(known.published), rfc3339(article.published)
    return _finding(
        "NF123",
        "published",
        f"{article.url} was published on {before}, and says {after} now; readers sort by it",
        "leave published as it was, and say in updated when the article changed",
    )


def _changed_url(article: Article, known: PublishedArticle) -> Finding:
    return _finding(
        "NF122",
        "url",
        f"{article.id} was published at {known.url}, and is at {article.url} now",
        "see that the old address leads to the new one: readers have kept it",
    )


def _finding(code: str, field: str, reason: str, remedy: str) -> Finding:
    problem = InvalidValue(reason, remedy, field=field)
    return Finding.of(problem, place=Place(), code=code, severity="warning")
