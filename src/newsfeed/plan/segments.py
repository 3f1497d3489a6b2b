"""Segments: what stands in paths for categories, topics and authors."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import chain

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.findings import Finding, Place
from newsfeed.model.axes import AXES
from newsfeed.model.facets import known_terms
from newsfeed.model.site import Site
from newsfeed.text.slugs import segment, slug, told_apart

__all__ = ["Segments"]


class Segments:
    """The path segment of each term. Of terms that would share one, the term published first has it unchanged.

    Args:
        site: The site.
        first_seen: In which order its topics and authors were first published.
    """

    def __init__(self, site: Site, first_seen: FirstSeen) -> None:
        self._site = site
        self._first_seen = first_seen
        self._tables: dict[tuple[str, str | None], dict[str, str]] = {}

    def of(self, axis: str, term: str, language: str | None) -> str:
        """Return the segment of a term, in the paths of a language or (`None`) in paths without one."""
        if AXES[axis].in_paths == "term":
            return term
        scope = (axis, language if AXES[axis].is_named_freely else None)
        if scope not in self._tables:
            self._tables[scope] = told_apart(self._by_first_seen(*scope), self._plain(*scope))
        return self._tables[scope][term]

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each term whose path got a suffix, because another has the plain one."""
        for scope, table in self._tables.items():
            plain = self._plain(*scope)
            for term, assigned in table.items():
                if assigned != plain(term):
                    axis = scope[0]
                    reason = f"the {axis} {term!r} would have the path of another, {plain(term)!r}; it has {assigned!r}"
                    remedy = "if both are the same, spell them alike; otherwise give one a name with different letters"
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
        return segment if AXES[axis].in_paths == "segment" else partial(slug, language=language)

    def _by_first_seen(self, name: str, language: str | None) -> Collection[str]:
        """Return the terms in the order in which they were first published, so that a new one never takes a path."""
        axis, site = AXES[name], self._site
        known = known_terms(name, site)
        if known is not None:
            return known
        languages = site.languages if language is None else [language]
        planned = [axis.planned(site, spoken) for spoken in languages] if axis.planned else []
        return dict.fromkeys([*self._first_seen.terms(name, language), *chain.from_iterable(planned)])
