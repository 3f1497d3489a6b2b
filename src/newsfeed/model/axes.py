"""The axes that feeds can vary over, and the facets that articles are chosen by: a row for each.

An axis is added as a row; everything that depends on one finds it here (CONTRIBUTING.md shows how).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import tzinfo
from typing import Literal, NamedTuple, Protocol

from newsfeed.model.article import FLAGS, Article, Person
from newsfeed.text.languages import canonical_language, own_name

__all__ = ["AXES", "Axis", "SiteFacts"]


class SiteFacts(Protocol):
    """What an axis may ask of a site: see `Site`."""

    @property
    def languages(self) -> Collection[str]:
        """The languages."""

    @property
    def authors(self) -> Collection[Person]:
        """Who wrote the articles that name nobody."""

    @property
    def categories_by_term(self) -> Mapping[str, object]:
        """The categories."""

    @property
    def zone(self) -> tzinfo:
        """The time zone of years and months."""

    def trending_in(self, language: str) -> tuple[str, ...]:
        """Return the topics to show first in a language."""

    def category_label(self, term: str, language: str) -> str:
        """Return the label of a category."""

    def label(self, name: str, language: str) -> str:
        """Return a word of listings, or the name of a flag."""


class Axis(NamedTuple):
    """A placeholder of paths, `{category}`, and a key of `where`."""

    name: str
    #: Returns the terms that an article has on the axis.
    terms: Callable[[Article, SiteFacts], tuple[str, ...]]
    #: Returns the terms that the site defines, in its order; None where articles bring them.
    known: Callable[[SiteFacts], Collection[str]] | None = None
    #: Returns terms that have a feed in a language before any article has them.
    planned: Callable[[SiteFacts, str], tuple[str, ...]] | None = None
    #: Puts a term into the form in which the site keeps it.
    canonical: Callable[[str], str] | None = None
    #: Names a term for people, in a language; None: the term itself.
    label: Callable[[str, SiteFacts, str], str] | None = None
    #: What stands in paths: the `term`, its `segment`, or the `slug` of a name that anybody may have written.
    in_paths: Literal["term", "segment", "slug"] = "slug"
    #: What heads the feeds of its terms on the page of feeds: a word of listings (`LABELS`), which is translated, or any
    #: other text, which isn't. Default: its name.
    heading: str = ""
    #: An axis that must be in the path as well, as a month needs its year.
    needs: str = ""
    #: Whether its terms are periods of time, which head archives.
    is_period: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the site defines its terms, so that each has a feed even while no article fits."""
        return self.known is not None

    @property
    def is_named_freely(self) -> bool:
        """Whether articles bring its terms, and two of them may want one path."""
        return not self.is_closed and self.in_paths != "term"


def _authors(article: Article, site: SiteFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys([author.name for author in article.authors or site.authors]))


_ROWS = (
    Axis(
        name="language",
        terms=lambda article, _: (article.language,),
        known=lambda site: site.languages,
        canonical=canonical_language,
        label=lambda term, _site, _language: own_name(term),
        in_paths="term",
    ),
    Axis(
        name="category",
        terms=lambda article, _: tuple(article.categories),
        known=lambda site: site.categories_by_term,
        label=lambda term, site, language: site.category_label(term, language),
        in_paths="segment",
        heading="categories",
    ),
    Axis(
        name="topic",
        terms=lambda article, _: tuple(article.topics),
        planned=lambda site, language: site.trending_in(language),
        heading="all_topics",
    ),
    Axis(name="author", terms=_authors, heading="authors"),
    Axis(
        name="flag",
        terms=lambda article, _: tuple(article.flags),
        known=lambda _: FLAGS,
        label=lambda term, site, language: site.label(term, language),
        in_paths="term",
        heading="flags",
    ),
    Axis(
        name="year",
        terms=lambda article, site: (f"{article.published.astimezone(site.zone).year:04}",),
        in_paths="term",
        is_period=True,
    ),
    Axis(
        name="month",
        terms=lambda article, site: (f"{article.published.astimezone(site.zone).month:02}",),
        in_paths="term",
        needs="year",
        is_period=True,
    ),
)

#: All axes by name, in the order in which titles and queries name them.
AXES: dict[str, Axis] = {axis.name: axis for axis in _ROWS}
