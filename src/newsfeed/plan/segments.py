"""Segments: what stands in paths for categories, topics and authors."""

from collections.abc import Iterable, Iterator, Mapping

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.catalog.indexed_catalog import IndexedCatalog
from newsfeed.findings import Finding, Place
from newsfeed.model.axes import AXES
from newsfeed.model.facets import known_terms
from newsfeed.model.plain_paths import plain_segment
from newsfeed.model.site import Site
from newsfeed.text.slugs import same_file, told_apart

__all__ = ["IndexedSegments", "Segments"]


class Segments:
    """The path segment of each term. Of terms that would share one, the term published first has it unchanged.

    Args:
        site: The site.
        first_seen: In which order its topics and authors were first published.
    """

    def __init__(self, site: Site, first_seen: FirstSeen) -> None:
        self._site = site
        self._first_seen = first_seen
        self._tables: dict[tuple[str, str | None, str], Mapping[str, str]] = {}
        #: Terms whose segment got a suffix: their axis, the plain segment, and the one that they have.
        self._suffixed: list[tuple[str, str, str, str]] = []

    def of(self, axis: str, term: str, language: str | None) -> str:
        """Return the segment of a term, in the paths of a language or (`None`) in paths without one."""
        if AXES[axis].in_paths == "term":
            return term
        return self._table(axis, term, language if AXES[axis].is_named_freely else None)[term]

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each term whose path got a suffix, because another has the plain one."""
        for axis, term, plain, assigned in self._suffixed:
            yield Finding(
                code="NF117",
                severity="warning",
                place=Place(),
                field=axis,
                reason=f"the {axis} {term!r} would have the path of another, {plain!r}; it has {assigned!r}",
                remedy="if both are the same, spell them alike; otherwise give one a name with different letters",
            )

    def _table(self, axis: str, term: str, language: str | None) -> Mapping[str, str]:  # noqa: ARG002 - a part asks by term
        """Return the segments of the terms of an axis."""
        key = axis, language, ""
        if key not in self._tables:
            terms = known_terms(axis, self._site)
            if terms is None:
                terms = [*self._first_seen.terms(axis, language), *planned_terms(axis, language, self._site)]
            self._tables[key] = self._told_apart(axis, terms, language)
        return self._tables[key]

    def _told_apart(self, axis: str, terms: Iterable[str], language: str | None) -> Mapping[str, str]:
        """Return the segment of each term; those at the front have the plain ones."""
        plain = {term: plain_segment(axis, term, language) for term in terms}
        assigned = told_apart(plain, plain.__getitem__)
        self._suffixed += [
            (axis, term, plain[term], segment) for term, segment in assigned.items() if segment != plain[term]
        ]
        return assigned


class IndexedSegments(Segments):
    """The same segments, found without looking at terms that are spelled otherwise.

    Args:
        site: The site.
        catalog: Its articles.
    """

    def __init__(self, site: Site, catalog: IndexedCatalog) -> None:
        super().__init__(site, catalog.first_seen)
        self._catalog = catalog

    def alike(self, axis: str, term: str, language: str | None) -> list[str]:
        """Return the terms that would have the same segment, the first to be published at the front."""
        folded = same_file(plain_segment(axis, term, language))
        planned = [
            each
            for each in planned_terms(axis, language, self._site)
            if same_file(plain_segment(axis, each, language)) == folded
        ]
        return list(dict.fromkeys([*self._catalog.terms_alike(axis, language, folded), *planned]))

    def _table(self, axis: str, term: str, language: str | None) -> Mapping[str, str]:
        if not AXES[axis].is_named_freely:
            return super()._table(axis, term, language)
        key = axis, language, same_file(plain_segment(axis, term, language))
        if key not in self._tables:
            self._tables[key] = self._told_apart(axis, self.alike(axis, term, language), language)
        return self._tables[key]


def planned_terms(name: str, language: str | None, site: Site) -> Iterator[str]:
    """Yield the terms of an axis that have feeds before an article names them, in a language or in all."""
    planned = AXES[name].planned
    if planned is not None:
        for spoken in site.languages if language is None else [language]:
            yield from planned(site, spoken)
