"""In which order topics and authors were first published, answered by index."""

from collections.abc import Sequence

from newsfeed.catalog.first_seen import NEVER, FirstSeen
from newsfeed.catalog.stored.answers.snapshot import Snapshot

__all__ = ["StoredFirstSeen"]

_IN_ORDER = "first_moment IS NOT NULL ORDER BY first_moment, first_id, first_position"
_TERMS = f"SELECT term FROM term WHERE facet = ? AND {_IN_ORDER}"  # noqa: S608 - words of ours
_TERMS_OF_LANGUAGE = f"SELECT term FROM term WHERE facet = ? AND language = ? AND {_IN_ORDER}"  # noqa: S608
_ALIKE = f"SELECT term FROM term WHERE facet = ? AND bare_segment = ? AND {_IN_ORDER}"  # noqa: S608
_ALIKE_IN_LANGUAGE = f"SELECT term FROM term WHERE facet = ? AND segment = ? AND language = ? AND {_IN_ORDER}"  # noqa: S608
_FIRST = f"SELECT first_moment, first_id, first_position FROM term WHERE facet = ? AND term = ? AND {_IN_ORDER} LIMIT 1"  # noqa: S608
_FIRST_IN_LANGUAGE = """
SELECT first_moment, first_id, first_position FROM term
WHERE facet = ? AND term = ? AND language = ? AND first_moment IS NOT NULL
"""


class StoredFirstSeen(FirstSeen):
    """When each term of a facet was first published, as a store knows it.

    Args:
        snapshot: The store.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot

    def terms(self, facet: str, language: str | None) -> list[str]:
        """Return the terms of a facet, those published first at the front."""
        if language is None:
            return self._distinct(_TERMS, facet)
        return self._distinct(_TERMS_OF_LANGUAGE, facet, language)

    def first(self, facet: str, term: str, language: str | None) -> tuple[float, str, int]:
        """Return when a term was first published: a key that sorts the earliest first."""
        if language is None:
            found = self._snapshot.one(_FIRST, facet, term)
        else:
            found = self._snapshot.one(_FIRST_IN_LANGUAGE, facet, term, language)
        return NEVER if found is None else (found[0], found[1], found[2])

    def alike(self, facet: str, language: str | None, folded: str) -> Sequence[str]:
        """Return the terms of a facet that have one plain segment in paths, those published first at the front."""
        if language is None:
            return self._distinct(_ALIKE, facet, folded)
        return self._distinct(_ALIKE_IN_LANGUAGE, facet, folded, language)

    def _distinct(self, statement: str, *values: str) -> list[str]:
        """Return terms once, where each language may have them."""
        return list(dict.fromkeys(term for (term,) in self._snapshot.all(statement, *values)))
