"""Facets: what a feed chooses its articles by, and what an article has on each axis."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from newsfeed.errors import InvalidValue
from newsfeed.model.article import Article
from newsfeed.model.axes import AXES
from newsfeed.model.shown_values import is_a
from newsfeed.model.site import Site
from newsfeed.model.value_rules import items_of
from newsfeed.text.nearest import did_you_mean

__all__ = [
    "NO_CONDITIONS",
    "Conditions",
    "Facets",
    "checked_conditions",
    "combinations",
    "facets_of",
    "fits",
    "known_terms",
    "label_of",
]

#: The terms of an article by axis: `{"language": ("en",), "category": ("media",), …}`.
Facets = Mapping[str, tuple[str, ...]]
#: The terms that are wanted, or excluded, by axis.
Conditions = Mapping[str, Sequence[str]]
NO_CONDITIONS: Conditions = {}


def facets_of(article: Article, site: Site, axes: Iterable[str] = AXES) -> dict[str, tuple[str, ...]]:
    """Return what an article has on some axes; its year and month are those of the site's time zone.

    Args:
        article: The article.
        site: Its site.
        axes: The names of the axes that matter.

    >>> from datetime import UTC, datetime
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="Asia/Baku")
    >>> new_year = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
    >>> article = Article(language="en", title="Midnight", url="https://report.example/1", published=new_year)
    >>> facets_of(article, site, ["language", "year"])
    {'language': ('en',), 'year': ('2026',)}
    """
    return {axis: AXES[axis].terms(article, site) for axis in axes}


def fits(facets: Facets, conditions: Conditions, excluded: Conditions = NO_CONDITIONS) -> bool:
    """Return whether an article has one of the wanted terms on every axis that is asked for, and no excluded one."""
    return all(
        any(term in wanted for term in facets[axis]) for axis, wanted in conditions.items()
    ) and not any(term in unwanted for axis, unwanted in excluded.items() for term in facets[axis])


def combinations(
    facets: Facets, axes: Sequence[str], conditions: Conditions, excluded: Conditions = NO_CONDITIONS
) -> Iterable[tuple[str, ...]]:
    """Return the feeds of a rule that an article belongs to, by their terms: one on each axis of the rule.

    Args:
        facets: What the article has.
        axes: The rule's axes.
        conditions: The terms that it asks for, by facet.
        excluded: The terms of which it has no article, by facet.

    >>> facets = {"language": ("en",), "topic": ("Snow", "Ice"), "flag": ()}
    >>> list(combinations(facets, ["language", "topic"], {"topic": ["Ice", "Rain"]}))
    [('en', 'Ice')]
    >>> list(combinations(facets, ["language", "topic"], {}, {"topic": ["Ice"]}))
    []
    """
    if not (conditions or excluded):
        return product(*[facets[axis] for axis in axes])
    if not fits(facets, conditions, excluded):
        return ()
    terms = [
        [term for term in facets[axis] if term in conditions[axis]] if axis in conditions else facets[axis]
        for axis in axes
    ]
    return product(*terms)


def known_terms(axis: str, site: Site) -> Collection[str] | None:
    """Return the terms of an axis that the site defines, in its order; None where articles bring them."""
    known = AXES[axis].known
    return None if known is None else known(site)


def checked_conditions(asked: Mapping[str, str | Iterable[str]], site: Site) -> dict[str, tuple[str, ...]]:
    """Return what is asked for as the site writes it, without axes on which nothing is asked for.

    Raises:
        InvalidValue: If there is no such axis, or the site has no such language, category or flag. `field` names the
            axis, and the remedy the nearest known term.

    >>> site = Site(title="Report", url="https://report.example/", languages=["pt-BR"])
    >>> checked_conditions({"language": "PT-br", "topic": ["Oil"], "flag": ()}, site)
    {'language': ('pt-BR',), 'topic': ('Oil',)}
    """
    conditions: dict[str, tuple[str, ...]] = {}
    for axis, wanted in asked.items():
        if terms := _terms(axis, wanted):
            conditions[axis] = tuple(_checked(axis, term, site) for term in terms)
    return conditions


def _terms(axis: str, wanted: object) -> tuple[str, ...]:
    """Return the terms that are asked for on an axis; a number is a term, because a year is."""
    if wanted is None:
        return ()
    items = items_of(wanted)
    terms = [wanted] if items is None else list(items)
    terms = [str(term) if isinstance(term, int) and not isinstance(term, bool) else term for term in terms]
    for term in terms:
        if not isinstance(term, str):
            raise InvalidValue(is_a(term), f'write text, {axis}="…", or a list of texts', field=axis)
    return tuple(term for term in terms if isinstance(term, str) and term)


def _checked(axis: str, term: str, site: Site) -> str:
    if axis not in AXES:
        raise InvalidValue(f"there is no facet {axis!r}", did_you_mean(axis, AXES), field=axis)
    canonical = AXES[axis].canonical
    if canonical is not None:
        try:
            term = canonical(term)
        except InvalidValue as problem:
            raise problem.at(axis) from None
    known = known_terms(axis, site)
    if known is not None and term not in known:
        raise InvalidValue(f"the site has no {axis} {term!r}", did_you_mean(term, known), field=axis)
    return term


def label_of(axis: str, term: str, site: Site, language: str) -> str:
    """Return the name of a term for people, in a language."""
    label = AXES[axis].label
    return term if label is None else label(term, site, language)
