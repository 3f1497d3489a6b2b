"""Documents: everything that a build may write, in order, and what each is made of."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from newsfeed.model.feed import Feed
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS
from newsfeed.newsroom import Newsroom
from newsfeed.publish.fingerprints import Fingerprints

__all__ = ["Document", "documents_of"]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a build may write."""

    #: Its path below the output folder.
    path: str
    media_type: str
    #: What it is made of; empty where nobody can tell, so that it has to be made to see whether it changed.
    made_of: str
    render: Callable[[], bytes]
    #: The path of its feed; empty for a document of the site.
    feed: str = ""
    #: Whether it is meant for feed readers.
    is_feed: bool = False


def documents_of(newsroom: Newsroom) -> Iterator[Document]:
    """Yield every document of a newsroom: its feeds in the order of the plan."""
    fingerprints = Fingerprints(newsroom)
    for planned in newsroom.plan.feeds.values():
        feed = _Once(partial(newsroom.feed, planned.path))
        for name in planned.rule.formats:
            yield Document(
                path=planned.path + FORMATS[name].suffix,
                media_type=FORMATS[name].media_type,
                made_of=fingerprints.of(planned, name),
                render=partial(_rendered, feed, name),
                feed=planned.path,
                is_feed=name in DEFAULT_FORMATS,
            )


class _Once:
    """A feed that is made when the first of its documents is, and let go with the last."""

    def __init__(self, make: Callable[[], Feed]) -> None:
        self._make = make
        self._feed: Feed | None = None

    def __call__(self) -> Feed:
        if self._feed is None:
            self._feed = self._make()
        return self._feed


def _rendered(feed: _Once, name: str) -> bytes:
    return feed().render(name)
