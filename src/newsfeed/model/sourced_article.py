"""An article as a source gives it: with the place where it stands."""

import msgspec

from newsfeed.findings import Place
from newsfeed.model.article import Article

__all__ = ["Location", "SourcedArticle"]


class Location(msgspec.Struct, frozen=True, gc=False):
    """Some bytes of a file that hold an article: a line of a source, or the pickled article."""

    #: The absolute path of the file.
    path: str
    #: The byte at which they begin, and how many there are.
    offset: int
    length: int
    is_pickled: bool = False


class SourcedArticle(msgspec.Struct, frozen=True):
    """An article and where it stands."""

    article: Article
    place: Place
    #: The JSON that the article was read from, byte for byte; empty if there is none.
    source: bytes = b""
    #: Whether every text in it is known to hold only what feeds can carry.
    is_clean: bool = False
    #: Where it can be read again; None if it can't alone, or nobody will ask.
    location: Location | None = None
