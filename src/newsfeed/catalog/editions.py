"""Editions: which live editions the stories of some articles have in other languages.

Most of them are carried by feeds themselves. Where there may be others, the articles are read
once more for all of them together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from hashlib import blake2b

import msgspec

from newsfeed.catalog.article_reader import ArticleReader
from newsfeed.catalog.candidates import ArticleHead
from newsfeed.model.feed import Translation
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.text.urls import ascii_uri

__all__ = ["Editions", "digest_of_editions"]

_ENCODER = msgspec.json.Encoder()
_SIZE = 16


class _Found:
    """Live editions of stories, found among articles.

    Args:
        wanted: The stories and languages that are looked for.
    """

    def __init__(self, wanted: Collection[tuple[str, str]]) -> None:
        self._wanted = wanted
        self.editions: defaultdict[str, dict[str, Translation]] = defaultdict(dict)

    def take(self, sourced: SourcedArticle, *, is_live: bool) -> None:
        article = sourced.article
        if is_live and article.story and (article.story, article.language) in self._wanted:
            self.editions[article.story][article.language] = _translation(article)

    def end(self) -> None:
        """Do nothing: all is known."""

    def merge(self, other: "_Found") -> None:
        for story, editions in other.editions.items():
            self.editions[story] |= editions


class Editions:
    """The editions of stories, as far as they were asked for."""

    def __init__(self, reader: ArticleReader, site: Site) -> None:
        self._reader = reader
        self._site = site
        self._known: dict[str, dict[str, Translation]] = {}
        self._digests: dict[str, bytes] = {}

    def learn(self, articles: Iterable[ArticleHead]) -> None:
        """Find all editions of the stories that some live articles tell.

        Args:
            articles: The articles; where several tell a story, it is best to ask for them together.
        """
        found: dict[str, dict[str, Translation]] = {}
        for article in articles:
            if article.story and article.story not in self._known:
                found.setdefault(article.story, {})[article.language] = _translation(article)
        languages = frozenset(self._site.languages)
        missing = {
            (story, language)
            for story, editions in found.items()
            if len(editions) < len(languages)
            for language in languages.difference(editions)
            if self._reader.may_have_edition(story, language)
        }
        if missing:
            others = self._reader.collect(partial(_Found, missing), {story for story, _ in missing})
            for story, editions in others.editions.items():
                found[story] |= editions
        self._known |= found

    def digest(self, article: ArticleHead) -> bytes:
        """Return a digest of all editions of an article's story, which were learned; zeros for one without a story."""
        story = article.story
        if not story:
            return digest_of_editions(())
        digest = self._digests.get(story)
        if digest is None:
            editions = self._known[story]
            told = [editions[language] for language in self._site.languages if language in editions]
            digest = self._digests[story] = digest_of_editions(told)
        return digest

    def others(self, article: ArticleHead) -> list[Translation]:
        """Return the editions of an article's story in other languages, in the site's order.

        Args:
            article: A live article.
        """
        if not article.story:
            return []
        if article.story not in self._known:
            self.learn([article])
        editions = self._known[article.story]
        return [
            editions[language]
            for language in self._site.languages
            if language in editions and language != article.language
        ]


def digest_of_editions(editions: Sequence[Translation]) -> bytes:
    """Return a digest of the editions of a story, in the site's order; zeros if there is no story."""
    return blake2b(_ENCODER.encode(editions), digest_size=_SIZE).digest() if editions else bytes(_SIZE)


def _translation(edition: ArticleHead) -> Translation:
    """Describe an edition as the other editions of its story do."""
    return Translation(language=edition.language, url=ascii_uri(edition.url or ""), title=edition.headline)
