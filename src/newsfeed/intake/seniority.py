"""Seniority: in which order topics and authors were first published, so that a new one never takes another's path."""

from collections.abc import Iterable

from newsfeed.intake.newest import Rank

__all__ = ["Seniority"]


class Seniority:
    """When each term of a facet was first published: anywhere, and in each language.

    What has expired or was withdrawn since counts as well.

    >>> seniority = Seniority()
    >>> seniority.note("topic", ["Snow", "Rain"], "en", (-5.0, "b"))
    >>> seniority.note("topic", ["Hail", "Snow"], "az", (-3.0, "a"))
    >>> list(seniority.terms("topic", None)), list(seniority.terms("topic", "en"))
    (['Hail', 'Snow', 'Rain'], ['Snow', 'Rain'])
    """

    def __init__(self) -> None:
        self._first: dict[tuple[str, str | None], dict[str, tuple[float, str, int]]] = {}

    def note(self, facet: str, terms: Iterable[str], language: str, rank: Rank) -> None:
        """Note the terms of an article whose time has come.

        Args:
            facet: `topic` or `author`.
            terms: The article's terms, in its order.
            language: Its language.
            rank: Its place in the order of feeds.
        """
        scopes = [self._first.setdefault((facet, scope), {}) for scope in (None, language)]
        for position, term in enumerate(terms):
            when = (-rank[0], rank[1], position)
            for first in scopes:
                if term not in first or when < first[term]:
                    first[term] = when

    def terms(self, facet: str, language: str | None) -> list[str]:
        """Give the terms of a facet, the senior first.

        Args:
            facet: `topic` or `author`.
            language: The language in which they were published; None for any.
        """
        first = self._first.get((facet, language), {})
        return sorted(first, key=first.__getitem__)
