"""A file with articles."""

from pathlib import Path
from typing import NamedTuple

from newsfeed.model.article_source import ArticleSource

__all__ = ["ArticleFile"]


class ArticleFile(NamedTuple):
    """A file with articles."""

    path: Path
    #: Its name in findings, with slashes; relative to the newsroom's folder if it is inside.
    name: str
    #: The name of its source: of a `[[sources]]` table, or the first pattern of `site.articles` that names it.
    source: str
    #: The table of its source; None if `site.articles` names it.
    settings: ArticleSource | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether it stands for a source that isn't in files of the newsroom."""
        return self.settings is not None and not self.settings.files
