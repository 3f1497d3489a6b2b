"""What is derived of one stored row: the article that it is read as, and what it contributes to a catalog."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Final, NamedTuple, TypeAlias

import msgspec

from newsfeed.catalog.accepting import accepted
from newsfeed.catalog.candidates import rank_of
from newsfeed.catalog.conflicts import standing
from newsfeed.catalog.stored.database.moments import MICROSECOND, microseconds
from newsfeed.catalog.stored.database.packing import unpacked
from newsfeed.catalog.stored.index.indexed_rules import ages_by_update
from newsfeed.catalog.stored.rows.records import place_of
from newsfeed.catalog.timing import is_live, moments_of_change
from newsfeed.catalog.tombstones import end_of_tombstone
from newsfeed.findings import Finding, Place
from newsfeed.model.article import Article
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.json_values import decoded
from newsfeed.sources.records import article_or_findings

__all__ = [
    "EMBARGOED",
    "EXPIRED",
    "LIVE",
    "LOSER",
    "NO_PARTS",
    "REFUSED",
    "SET_ASIDE",
    "WITHDRAWN",
    "ArticleRow",
    "Parts",
    "StoredRow",
    "decoded_parts",
    "encoded_parts",
]

#: The row can't be used.
REFUSED: Final = "refused"
#: Another row has its id, and wins.
LOSER: Final = "loser"
#: Its time hasn't come.
EMBARGOED: Final = "embargoed"
#: It is published.
LIVE: Final = "live"
#: Another live edition of its story in its language wins.
SET_ASIDE: Final = "set aside"
#: It has expired.
EXPIRED: Final = "expired"
#: It was withdrawn, whether its time has come or not.
WITHDRAWN: Final = "withdrawn"

#: A moment at which a row changes something, and whether it counts for those who ask when something is next due.
Due: TypeAlias = tuple[int, bool]


class StoredRow:
    """A stored row, read as the site's settings say.

    Args:
        number: Its number.
        source: Its source.
        key: Its key.
        record: Its JSON, packed; None once it was removed.
        changed: The number of its last change.
        site: The site.
        tell_losses: As for `repaired`.
    """

    __slots__ = ("_site", "article", "changed", "findings", "is_removed", "number", "source", "sourced")

    def __init__(
        self,
        number: int,
        source: str,
        key: str,
        record: bytes | None,
        changed: int,
        site: Site,
        *,
        tell_losses: bool = True,
    ) -> None:
        self.number = number
        self.source = source
        self.changed = changed
        self.is_removed = record is None
        #: The article with its place, repaired; None if the row can't be used.
        self.sourced: SourcedArticle | None = None
        #: What was found in it.
        self.findings: list[Finding] = []
        self._site = site
        for found in _read(source, key, record, site):
            if isinstance(found, Finding):
                self.findings.append(found)
            else:
                self.sourced, repairs = accepted(found, site, tell_losses=tell_losses)
                self.findings += repairs
        self.article: Article | None = None if self.sourced is None else self.sourced.article

    @property
    def own_id(self) -> str | None:
        """The article's id."""
        return None if self.article is None else self.article.id

    @property
    def edition(self) -> tuple[str, str] | None:
        """The story and the language of an article that tells one."""
        article = self.article
        return (article.story, article.language) if article is not None and article.story else None

    @property
    def stands(self) -> float:
        """The first part of `standing`."""
        article = self.article
        return float("-inf") if article is None else (article.updated or article.published).timestamp()

    @property
    def standing(self) -> tuple[float, bytes, Place]:
        """What decides about articles in conflict; see `conflicts.standing`."""
        return (self.stands, b"", Place()) if self.sourced is None else standing(self.sourced)

    def state(self, clock: datetime, *, is_winner: bool) -> str:
        """Return the row's state, as far as it doesn't depend on other editions.

        Args:
            clock: The moment.
            is_winner: Whether no other row with its id wins.
        """
        if self.article is None:
            return REFUSED
        if not is_winner:
            return LOSER
        if self.article.withdrawn:
            return WITHDRAWN
        if self.article.published > clock:
            return EMBARGOED
        return LIVE if is_live(self.article, clock) else EXPIRED

    def tombstone(self, clock: datetime) -> float | None:
        """Return the rank of a withdrawn article among tombstones; None if it has none at the moment."""
        article = self.article
        if article is None or article.published > clock:
            return None
        when, until = article.updated or article.published, end_of_tombstone(article, self._site)
        return -when.timestamp() if until is not None and when <= clock < until else None

    def due(self, clock: datetime) -> set[Due]:
        """Return the moments after now at which the row changes something."""
        if self.article is None:
            return set()
        reported = {
            microseconds(moment) for moment in moments_of_change(self.article, self._site) if moment > clock
        }
        others = {
            microseconds(moment) for moment in _other_moments(self.article, self._site) if moment > clock
        }
        return {(moment, True) for moment in reported} | {(moment, False) for moment in others - reported}

    def row(self, state: str, clock: datetime, parts: "Parts") -> "ArticleRow":
        """Return the row of the table `article`.

        Args:
            state: Its final state.
            clock: The moment.
            parts: What it contributes.
        """
        article, sourced = self.article, self.sourced
        if article is None or sourced is None:
            return ArticleRow(number=self.number, state=state, changed=self.changed)
        return ArticleRow(
            number=self.number,
            state=state,
            is_held_back=int(not is_live(article, clock)),
            own_id=article.id,
            story=article.story,
            language=article.language,
            url=article.url,
            title=article.headline,
            rank=rank_of(article)[0],
            stands=self.stands,
            digest=blake2b(sourced.source, digest_size=16).digest(),
            parts=encoded_parts(parts),
            changed=self.changed,
        )


class Parts(msgspec.Struct, array_like=True, frozen=True):
    """What an article contributes to the derived tables."""

    #: The numbers of the feeds to which it belongs or belonged.
    feeds: list[int] = []
    #: The numbers of its topics and authors, and the place of each.
    uses: list[tuple[int, int]] = []
    #: Those of its feeds that have archives, with the periods in which it was published and updated.
    periods: list[tuple[int, str, str]] = []
    #: Its rank among the tombstones of its feeds.
    tombstone: float | None = None
    #: Those of its feeds that are in the order of updates.
    by_update: list[int] = []
    #: Those of them for which it is too old.
    outgrown: list[int] = []


NO_PARTS: Final = Parts()
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Parts)


def encoded_parts(parts: Parts) -> str:
    """Return what an article contributes as text."""
    return "" if parts == NO_PARTS else _ENCODER.encode(parts).decode()


def decoded_parts(text: str) -> Parts:
    """Return what an article contributes, read from text."""
    return _DECODER.decode(text) if text else NO_PARTS


class ArticleRow(NamedTuple):
    """A row of the table `article`."""

    number: int
    state: str
    is_held_back: int = 0
    own_id: str | None = None
    story: str | None = None
    language: str | None = None
    url: str | None = None
    title: str | None = None
    rank: float | None = None
    stands: float | None = None
    digest: bytes | None = None
    parts: str = ""
    changed: int = 0
    revision: int = 0

    @property
    def is_usable(self) -> bool:
        """Whether it is an article."""
        return self.state != REFUSED

    @property
    def edition(self) -> tuple[str, str] | None:
        """The story and the language of an article that is, or could be, its live edition."""
        if self.story and self.language is not None and self.state in {LIVE, SET_ASIDE}:
            return self.story, self.language
        return None

    @property
    def as_named_by_editions(self) -> tuple[object, ...]:
        """Return what the entries of other editions of its story say of it."""
        if not self.story or self.state != LIVE:
            return ()
        return self.story, self.language, self.url, self.title

    def differs(self, other: "ArticleRow | None") -> bool:
        """Return whether it says anything else than another, apart from when it changed."""
        return other is None or self._replace(changed=0, revision=0) != other._replace(changed=0, revision=0)


def _read(source: str, key: str, record: bytes | None, site: Site) -> Iterator[SourcedArticle | Finding]:
    if record is not None:
        content = unpacked(record)
        place = place_of(source, key)
        yield from article_or_findings(decoded(content), place=place, site=site, source=content)


def _other_moments(article: Article, site: Site) -> Iterator[datetime]:
    """Yield moments that change the state of a row, but nothing that is published, or that others report."""
    yield article.published
    if article.expires is not None:
        yield article.expires
    if article.withdrawn and article.updated is not None:
        yield article.updated
    for age in ages_by_update(site):
        try:
            yield article.published + age + MICROSECOND
        except OverflowError:  # the calendar ends before
            continue
