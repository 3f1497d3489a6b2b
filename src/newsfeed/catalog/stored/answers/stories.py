"""The editions of stories, and what sitemaps list, answered by the index of a store."""

from collections.abc import Sequence

from newsfeed.catalog.editions import digest_of_editions
from newsfeed.catalog.listed import ListedEdition, listed_address
from newsfeed.catalog.stored.answers.snapshot import Snapshot
from newsfeed.catalog.stored.database.moments import moment_at
from newsfeed.model.feed import Translation
from newsfeed.model.site import Site
from newsfeed.text.urls import ascii_uri

__all__ = ["StoredStories"]

_EDITIONS = """
SELECT language, url, title FROM article
WHERE story = ? AND story IS NOT NULL AND state IN ('live', 'set aside') AND state = 'live'
"""
_LISTED = """
SELECT s.story, a.language, a.url, a.stands
FROM story s JOIN article a ON a.story = s.story
WHERE s.month = ? AND a.story IS NOT NULL AND a.state IN ('live', 'set aside') AND a.state = 'live'
ORDER BY s.story
"""


class StoredStories:
    """The stories of a store.

    Args:
        snapshot: The store.
        site: The site.
    """

    def __init__(self, snapshot: Snapshot, site: Site) -> None:
        self._snapshot = snapshot
        self._site = site
        self._place = {language: place for place, language in enumerate(site.languages)}
        self._digests: dict[str, bytes] = {}

    def editions(self, story: str) -> list[Translation]:
        """Return the live editions of a story, in the site's order."""
        found = self._snapshot.all(_EDITIONS, story)
        editions = [
            Translation(language=language, url=ascii_uri(url or ""), title=title)
            for language, url, title in found
        ]
        return sorted(editions, key=lambda edition: self._place[edition.language])

    def digest(self, story: str | None) -> bytes:
        """Return a digest of the live editions of a story; zeros if there is no story."""
        if not story:
            return digest_of_editions(())
        digest = self._digests.get(story)
        if digest is None:
            digest = self._digests[story] = digest_of_editions(self.editions(story))
        return digest

    def months(self) -> tuple[str, ...]:
        """Return the months in which the first edition of a story with several was published, in their order."""
        found = self._snapshot.all("SELECT DISTINCT month FROM story ORDER BY month")
        return tuple(month for (month,) in found)

    def listed(self, month: str) -> Sequence[Sequence[ListedEdition]]:
        """Return the editions of each story of a month, as sitemaps list them."""
        stories: dict[str, list[ListedEdition]] = {}
        for story, language, url, stands in self._snapshot.each(_LISTED, month):
            address = listed_address(url)
            if address is not None:
                updated = moment_at(stands)
                stories.setdefault(story, []).append(ListedEdition(address, language, updated))
        return tuple(
            tuple(sorted(editions, key=lambda edition: self._place[edition.language]))
            for editions in stories.values()
        )
