"""Sort the words of a record into the site's categories and free topics, so that none is lost."""

from collections.abc import Iterable, Mapping

from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site

__all__ = ["TermSorter"]


class TermSorter:
    """Sorts words: those that name a category of the site, by its term or a label, are categories; all others, topics.

    Args:
        source: The source; what its `categories` name is a category, too.
        site: The site.

    >>> site = Site(
    ...     title="Report",
    ...     url="https://report.example/",
    ...     languages=["az"],
    ...     categories=[{"term": "politics", "label": {"az": "Siyasət"}}],
    ... )
    >>> cms = ArticleSource(name="cms", kind="json", files=["a.json"], categories={"Hava": "weather"})
    >>> TermSorter(cms, site).sorted(["siyasət", "Hava", "Snow", " "])
    (['politics', 'Hava'], ['Snow'])
    """

    def __init__(self, source: ArticleSource, site: Site) -> None:
        self._known: dict[str, str] = {}
        for category in site.categories:
            labels = (
                category.label.values() if isinstance(category.label, Mapping) else [category.label or ""]
            )
            for word in (*labels, category.term):
                self._known[word.casefold()] = category.term
        self._mapped = {word.casefold(): word for word in source.categories}

    def sorted(self, words: Iterable[str | tuple[str, str]]) -> tuple[list[str], list[str]]:
        """Return the categories and the topics among some words.

        Args:
            words: The words; or pairs of a term and a label, of which either may be known.
        """
        categories, topics = [], []
        for word in words:
            names = [word] if isinstance(word, str) else [word[1], word[0]]
            if (known := self._category(names)) is not None:
                categories.append(known)
            elif label := next((name.strip() for name in names if name.strip()), ""):
                topics.append(label)
        return list(dict.fromkeys(categories)), list(dict.fromkeys(topics))

    def _category(self, names: Iterable[str]) -> str | None:
        said = [name.casefold() for name in names]
        found = (self._mapped.get(name) or self._known.get(name) for name in said)
        return next((term for term in found if term), None)
