"""Segments: what stands in paths for categories, topics and authors."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.findings import Finding, Place
from newsfeed.model.site import Site
from newsfeed.text.slugs import segment, slug, told_apart

__all__ = ["Segments"]


class Segments:
    """The path segment of each term; terms that would share one are told apart, the senior keeps it plain.

    Args:
        site: The site.
        seniority: In which order its topics and authors were first published.
    """

    def __init__(self, site: Site, seniority: FirstSeen) -> None:
        self._site = site
        self._seniority = seniority
        self._tables: dict[tuple[str, str | None], dict[str, str]] = {}

    def of(self, axis: str, term: str, language: str | None) -> str:
        """Give the segment of a term, in the paths of a language or (`None`) in paths without one."""
        if axis in {"language", "flag", "year", "month"}:
            return term
        scope = (axis, None if axis == "category" else language)
        if scope not in self._tables:
            self._tables[scope] = told_apart(self._by_seniority(*scope), self._plain(*scope))
        return self._tables[scope][term]

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each term that was told apart."""
        for scope, table in self._tables.items():
            plain = self._plain(*scope)
            for term, assigned in table.items():
                if assigned != plain(term):
                    axis = scope[0]
                    reason = f"the {axis} {term!r} would have the path of another, {plain(term)!r}; it has {assigned!r}"
                    remedy = "if both are the same, write them alike; else give one a name that differs in its letters"
                    yield Finding(
                        code="NF117",
                        severity="warning",
                        place=Place(),
                        field=axis,
                        reason=reason,
                        remedy=remedy,
                    )

    @staticmethod
    def _plain(axis: str, language: str | None) -> Callable[[str], str]:
        return segment if axis == "category" else partial(slug, language=language)

    def _by_seniority(self, axis: str, language: str | None) -> Iterable[str]:
        """Give the terms in the order in which they were first published, so that a new one never takes a path."""
        site = self._site
        if axis == "category":
            return site.categories_by_term
        used = self._seniority.terms(axis, language)
        languages = site.languages if language is None else [language]
        trending = (
            [topic for spoken in languages for topic in site.trending_in(spoken)] if axis == "topic" else []
        )
        return dict.fromkeys([*used, *trending])
