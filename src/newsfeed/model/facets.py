"""Facets: the criteria by which a feed chooses articles, and the terms of an article for each."""

from collections.abc import Collection, Mapping, Sequence

from newsfeed.errors import InvalidValue
from newsfeed.model.article import FLAGS, Article
from newsfeed.model.site import Site
from newsfeed.text.languages import canonical_language, own_name
from newsfeed.text.nearest import did_you_mean

__all__ = [
    "Facets",
    "canonical_conditions",
    "check_conditions",
    "facets_of",
    "fits",
    "known_terms",
    "label_of",
]

#: The terms of an article by facet: `{"language": ("en",), "category": ("media",), …}`.
Facets = Mapping[str, tuple[str, ...]]


def facets_of(article: Article, site: Site, *, with_dates: bool = True) -> dict[str, tuple[str, ...]]:
    """Return the terms of an article for each facet; its year and month are in the site's time zone.

    Args:
        article: The article.
        site: Its site.
        with_dates: Whether to include the year and the month, which take as long as the rest.

    Returns:
        The article's terms by facet.

    >>> from datetime import UTC, datetime
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="Asia/Baku")
    >>> new_year = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
    >>> article = Article(language="en", title="Midnight", url="https://report.example/1", published=new_year)
    >>> facets_of(article, site)["year"]
    ('2026',)
    """
    authors = article.authors or site.authors
    facets: dict[str, tuple[str, ...]] = {
        "language": (article.language,),
        "category": tuple(article.categories),
        "topic": tuple(article.topics),
        "author": tuple(dict.fromkeys([author.name for author in authors])) if authors else (),
        "flag": tuple(article.flags),
    }
    if with_dates:
        there = article.published.astimezone(site.zone)
        facets |= {"year": (f"{there.year:04}",), "month": (f"{there.month:02}",)}
    return facets


def fits(facets: Facets, conditions: Mapping[str, Sequence[str]]) -> bool:
    """Return whether an article has one of the wanted terms for every wanted facet."""
    return all(any(term in wanted for term in facets[facet]) for facet, wanted in conditions.items())


def known_terms(site: Site) -> dict[str, Collection[str]]:
    """Return the terms of the facets that are known before articles are read, in the site's order."""
    return {
        "language": site.languages,
        "category": site.categories_by_term,
        "flag": FLAGS,
    }


def canonical_conditions(conditions: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return conditions with their language tags in canonical form.

    Raises:
        InvalidValue: If one isn't a language tag.

    >>> canonical_conditions({"language": ("PT-br",), "topic": ("Oil",)})
    {'language': ('pt-BR',), 'topic': ('Oil',)}
    """
    if "language" not in conditions:
        return dict(conditions)
    try:
        tags = tuple(canonical_language(tag) for tag in conditions["language"])
    except InvalidValue as problem:
        raise problem.at("language") from None
    return {**conditions, "language": tags}


def check_conditions(conditions: Mapping[str, Sequence[str]], site: Site) -> None:
    """Check that the site has the languages, categories and flags of some conditions.

    Raises:
        InvalidValue: With the facet in `field`, and the nearest known term.
    """
    known = known_terms(site)
    for facet, wanted in conditions.items():
        for term in wanted:
            if facet in known and term not in known[facet]:
                reason = f"the site has no {facet} {term!r}"
                raise InvalidValue(reason, did_you_mean(term, known[facet]), field=facet)


def label_of(facet: str, term: str, site: Site, language: str) -> str:
    """Return the label of a term in a language."""
    match facet:
        case "language":
            return own_name(term)
        case "category":
            return site.category_label(term, language)
        case "flag":
            return site.label(term, language)
        case _:
            return term
