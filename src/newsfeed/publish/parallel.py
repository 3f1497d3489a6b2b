"""Entries made by an executor: by other processes of this machine, or by other machines.

Most of a build's work goes into entries: HTML is cleaned, and each entry is written in each format. No entry needs
another one, so they are made in batches, by whatever executor there is. Documents are joined where the build runs;
each as soon as its entries are there, while the next ones are being made.
"""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from itertools import filterfalse
from typing import Any, NamedTuple, TypeAlias

from newsfeed.entries import entry_of
from newsfeed.errors import PublishError
from newsfeed.formats import render
from newsfeed.formats.xml_documents import forget_wordings
from newsfeed.model.article import Article
from newsfeed.model.feed import Entry, Feed, Translation
from newsfeed.model.rule import DEFAULT_FORMATS
from newsfeed.model.site import Site
from newsfeed.newsroom import Newsroom
from newsfeed.publish.documents import Document

__all__ = ["Order", "made", "with_entries"]

#: A batch has so many articles, or fewer with so many characters of content.
_MOST_ARTICLES = 200
_MOST_CHARACTERS = 1_000_000
#: So many batches are under way at a time, each in a few megabytes of memory.
_MOST_UNDER_WAY = 32

#: What an entry is written for: `full` or `summary`, and a format.
Profile: TypeAlias = tuple[str, str]
#: An entry, and what was written of it: copying an entry from process to process leaves that out.
MadeEntry: TypeAlias = tuple[Entry, dict[Hashable, Any]]


class Order(NamedTuple):
    """An article whose entry is wanted."""

    article: Article
    #: The live editions of its story in other languages.
    translations: tuple[Translation, ...]
    profiles: frozenset[Profile]


def with_entries(
    newsroom: Newsroom,
    documents: Sequence[Document],
    executor: Executor,
    *,
    is_as_before: Callable[[Document], bool],
) -> Iterator[Document]:
    """Let an executor make the entries of documents.

    Where there are so few that one batch has them all, and with extensions, which may be anything, the entries are
    left to whoever renders the documents.

    Args:
        newsroom: The newsroom; it keeps the entries.
        documents: All documents.
        executor: Who makes them.
        is_as_before: Tells whether a document need not be rendered.

    Yields:
        The documents in their order, each when the entries that it needs are made.

    Raises:
        PublishError: If the executor fails.
    """
    batches = _batches(_orders(newsroom, filterfalse(is_as_before, documents)))
    if len(batches) < 2 or newsroom.extensions:  # noqa: PLR2004 - one batch alone is made here as fast
        yield from documents
        return
    last_batch = _last_batches(newsroom, batches)
    arriving = enumerate(_made_by(executor, newsroom.site, batches))
    arrived = -1
    for document in documents:
        while arrived < last_batch.get(document.feed, -1):
            arrived, entries = next(arriving)
            newsroom.adopt(entries)
        yield document


def made(site: Site, orders: Sequence[Order]) -> list[MadeEntry]:
    """Make the entries of articles, and write them; this is what executors are given to do.

    Args:
        site: Their site.
        orders: The articles.

    Returns:
        The entries in their order.
    """
    entries = [entry_of(order.article, site, order.translations) for order in orders]
    for content, name in sorted({profile for order in orders for profile in order.profiles}):
        wanted = [
            entry for entry, order in zip(entries, orders, strict=True) if (content, name) in order.profiles
        ]
        render(_some_feed(site, content, wanted), name)  # what counts is what it leaves in `entry.written`
    forget_wordings(entries)
    return [(entry, entry.written) for entry in entries]


def _some_feed(site: Site, content: str, entries: Iterable[Entry]) -> Feed:
    return Feed(
        site=site,
        id="some:id",
        path="",
        title="some title",
        description="some description",
        language=site.default_language,
        entries=tuple(entries),
        content=content,
    )


def _orders(newsroom: Newsroom, documents: Iterable[Document]) -> list[Order]:
    """List what has to be made for some documents, in the order in which they need it."""
    feeds = newsroom.plan.with_parts
    articles: dict[str | None, Article] = {}
    profiles: dict[str | None, set[Profile]] = {}
    for path in dict.fromkeys(document.feed for document in documents if document.feed in feeds):
        rule = feeds[path].rule
        written = {(rule.content, name) for name in rule.formats if name in DEFAULT_FORMATS}
        for article in newsroom.without_entry(feeds[path].carried):
            articles[article.id] = article
            profiles.setdefault(article.id, set()).update(written)
    return [
        Order(article, newsroom.translations(article), frozenset(profiles[name]))
        for name, article in articles.items()
    ]


def _batches(orders: Iterable[Order]) -> list[list[Order]]:
    batches: list[list[Order]] = []
    room = 0
    for order in orders:
        weight = len(order.article.content or "")
        if not batches or room < weight or len(batches[-1]) == _MOST_ARTICLES:
            batches.append([])
            room = max(_MOST_CHARACTERS, weight)
        batches[-1].append(order)
        room -= weight
    return batches


def _last_batches(newsroom: Newsroom, batches: Iterable[Collection[Order]]) -> Mapping[str, int]:
    """Tell which batch is the last that each feed waits for."""
    batch_of = {order.article.id: number for number, batch in enumerate(batches) for order in batch}
    return {
        path: max((batch_of.get(carried.article.id, -1) for carried in planned.carried), default=-1)
        for path, planned in newsroom.plan.with_parts.items()
    }


def _made_by(executor: Executor, site: Site, batches: Sequence[Sequence[Order]]) -> Iterator[list[MadeEntry]]:
    """Yield what the executor makes of each batch, in order, with only so many under way."""
    under_way: deque[Future[list[MadeEntry]]] = deque()
    try:
        for batch in batches:
            under_way.append(executor.submit(made, site, batch))
            if len(under_way) == _MOST_UNDER_WAY:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except Exception as error:
        raise PublishError(
            f"the executor failed to render entries: {type(error).__name__}: {error}; nothing was written; "
            "fix the executor, or publish without one"
        ) from error
    finally:
        for future in under_way:
            future.cancel()
