"""Editions: which live editions the stories of some articles have in other languages.

Most of them are carried by feeds themselves. Where the census says that there may be others, the archive is read once
more for all of them together.
"""

from collections.abc import Iterable

from newsfeed.entries import translation_of
from newsfeed.intake.archive import Archive
from newsfeed.model.article import Article
from newsfeed.model.feed import Translation
from newsfeed.model.site import Site

__all__ = ["Editions"]


class Editions:
    """The editions of stories, as far as somebody has asked for them."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self._archive = archive
        self._site = site
        self._known: dict[str, dict[str, Translation]] = {}

    def learn(self, articles: Iterable[Article]) -> None:
        """Find all editions of the stories that some live articles tell.

        Args:
            articles: The articles; where several tell a story, it is best to ask for them together.
        """
        found: dict[str, dict[str, Translation]] = {}
        for article in articles:
            if article.story and article.story not in self._known:
                found.setdefault(article.story, {})[article.language] = translation_of(article)
        missing = {
            (story, language)
            for story, editions in found.items()
            for language in self._site.languages
            if language not in editions and self._archive.may_have_edition(story, language)
        }
        if missing:
            for located, is_live in self._archive.read({story for story, _ in missing}):
                article = located.article
                if is_live and article.story and (article.story, article.language) in missing:
                    found[article.story][article.language] = translation_of(article)
        self._known |= found

    def others(self, article: Article) -> list[Translation]:
        """Give the editions of an article's story in other languages.

        Args:
            article: A live article.
        """
        if not article.story:
            return []
        if article.story not in self._known:
            self.learn([article])
        editions = self._known[article.story]
        return [edition for language, edition in editions.items() if language != article.language]
