"""Candidates whose articles stay in their files: a few hundred bytes each, and the article when it is asked for."""

import pickle
from datetime import datetime
from typing import BinaryIO

import msgspec

from newsfeed.catalog.accepting import accepted
from newsfeed.catalog.candidates import Candidate, Rank, ReadCandidate, digest_of_source
from newsfeed.findings import Place
from newsfeed.model.article import Article
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import Location, SourcedArticle
from newsfeed.sources.parts import ReadAgain, changed

__all__ = ["PlacedArticle", "PlacedCandidate", "candidate_of"]


class _Head(msgspec.Struct, frozen=True, gc=False):
    """What plans and records say of an article."""

    id: str | None
    url: str | None
    story: str | None
    language: str
    title: str
    headline: str
    published: datetime
    updated: datetime | None


class PlacedArticle(msgspec.Struct, gc=False):
    """An article that can be read where it is: small, and picklable."""

    location: Location
    place: Place
    #: A digest of all that its editor wrote.
    digest: bytes
    #: The article, until it was put into a file; it isn't pickled.
    kept: Article | None = None

    def __reduce__(self) -> tuple[type["PlacedArticle"], tuple[object, ...]]:
        """Pickle it without the article."""
        return PlacedArticle, (self.location, self.place, self.digest)

    def put_into(self, file: BinaryIO) -> None:
        """Put the article into a file, from which it is read faster than from its source."""
        data = pickle.dumps(self.kept, protocol=5)
        self.location = Location(file.name, file.tell(), len(data), is_pickled=True)
        file.write(data)
        self.kept = None

    def read(self, files: ReadAgain) -> Article:
        """Read it.

        Args:
            files: Read it again.

        Raises:
            InvalidNewsroom: If its file has changed since.
        """
        if self.location.is_pickled:
            kept: Article = pickle.loads(files.bytes_at(self.location))  # noqa: S301 - workers of this reading wrote it
            return kept
        sourced = files.article(self.location, self.place)
        article, _ = accepted(sourced, files.site, tell_losses=False)
        if article is None or digest_of_source(sourced) != self.digest:
            raise changed(self.place)
        return article.article


class PlacedCandidate(msgspec.Struct, frozen=True, gc=False):
    """A candidate whose article is read when it is asked for."""

    rank: Rank
    head: _Head
    placed: PlacedArticle
    site: Site
    row: None = None

    @property
    def digest(self) -> bytes:
        """A digest of all that its editor wrote."""
        return self.placed.digest

    @property
    def article(self) -> Article:
        """The article, read again."""
        with ReadAgain(self.site) as files:
            return self.placed.read(files)


def candidate_of(
    sourced: SourcedArticle, rank: Rank, site: Site, *, keeps_article: bool = False
) -> Candidate:
    """Make the candidate of an article: one that reads it again, if it can be, else one that keeps it.

    Args:
        sourced: The article.
        rank: Its place in the order of feeds.
        site: Its site.
        keeps_article: Whether to keep the article even if it can be read again, until it is put into a file.
    """
    article, digest = sourced.article, digest_of_source(sourced)
    if sourced.location is None:
        return ReadCandidate(rank, article, digest)
    head = _Head(
        article.id,
        article.url,
        article.story,
        article.language,
        article.title,
        article.headline,
        article.published,
        article.updated,
    )
    placed = PlacedArticle(sourced.location, sourced.place, digest, article if keeps_article else None)
    return PlacedCandidate(rank, head, placed, site)
