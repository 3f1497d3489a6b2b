"""An article as a source gives it: with the place where it stands."""

import msgspec

from newsfeed.findings import Place
from newsfeed.model.article import Article

__all__ = ["SourcedArticle"]


class SourcedArticle(msgspec.Struct, frozen=True):
    """An article and where it stands."""

    article: Article
    place: Place
    #: The JSON that the article was read from, byte for byte; empty if there is none.
    source: bytes = b""
    #: Whether every text in it is known to hold only what feeds can carry.
    is_clean: bool = False
