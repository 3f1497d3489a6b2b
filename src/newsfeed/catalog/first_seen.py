"""In which order topics and authors were first published, so that a new one never takes another's path."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from newsfeed.catalog.candidates import Rank

__all__ = ["NEVER", "FirstSeen"]

#: When each term was first published: the moment, the article's id, and the term's place in it.
_First: TypeAlias = dict[str, tuple[float, str, int]]
#: The key of a term that was never published.
NEVER = (float("inf"), "", 0)


class FirstSeen:
    """When each term of a facet was first published: anywhere, and in each language.

    What has expired or was withdrawn since counts as well.

    >>> first_seen = FirstSeen()
    >>> first_seen.note("topic", ["Snow", "Rain"], "en", (-5.0, "b"))
    >>> first_seen.note("topic", ["Hail", "Snow"], "az", (-3.0, "a"))
    >>> list(first_seen.terms("topic", None)), list(first_seen.terms("topic", "en"))
    (['Hail', 'Snow', 'Rain'], ['Snow', 'Rain'])
    """

    def __init__(self) -> None:
        self._first: defaultdict[tuple[str, str | None], _First] = defaultdict(dict)

    def note(self, facet: str, terms: Sequence[str], language: str, rank: Rank) -> None:
        """Note the terms of an article whose time has come.

        Args:
            facet: `topic` or `author`.
            terms: The article's terms, in its order.
            language: Its language.
            rank: Its place in the order of feeds.
        """
        first = self._first[facet, language]
        when = -rank[0]
        for position, term in enumerate(terms):
            known = first.get(term)
            if known is not None and known[0] < when:  # nearly always, and then it is known anywhere as well
                continue
            for scope in (first, self._first[facet, None]):
                scope[term] = min((when, rank[1], position), scope.get(term, NEVER))

    def merge(self, other: "FirstSeen") -> None:
        """Note what another one has noted."""
        for scope, terms in other._first.items():
            first = self._first[scope]
            for term, when in terms.items():
                first[term] = min(when, first.get(term, NEVER))

    def terms(self, facet: str, language: str | None) -> list[str]:
        """Return the terms of a facet, those published first at the front.

        Args:
            facet: `topic` or `author`.
            language: The language in which they were published; None for any.
        """
        first = self._first.get((facet, language), {})
        return sorted(first, key=first.__getitem__)

    def first(self, facet: str, term: str, language: str | None) -> tuple[float, str, int]:
        """Return when a term was first published: a key that sorts the earliest first.

        Args:
            facet: `topic` or `author`.
            term: The term.
            language: The language in which it was published; None for any.
        """
        return self._first.get((facet, language), {}).get(term, NEVER)
