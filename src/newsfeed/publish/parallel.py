"""Entries rendered by an executor: in other processes of this machine, or on other machines.

Most of a build's work goes into entries: HTML is cleaned, and each entry is rendered in each format. Entries don't
depend on each other, so any executor can render them in batches. Documents are joined in the build's own process, each
as soon as its entries are there, while the next ones are being rendered.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from itertools import filterfalse
from typing import NamedTuple, TypeAlias

from newsfeed.errors import PublishError
from newsfeed.formats.entries import WHOLE, EntryView, entry_of, view_of
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.renderer import RenderedEntry, Renderer
from newsfeed.formats.writing import render_entry
from newsfeed.model.article import Article
from newsfeed.model.feed import ContentProfile, Translation
from newsfeed.model.site import Site
from newsfeed.plan.feed_heads import head_of
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.publish.documents import OutputDocument

__all__ = ["RenderTask", "render_batch", "with_rendered_entries"]

#: The most articles of a batch, and the most characters of their contents.
_MAX_ARTICLES = 200
_MAX_CHARACTERS = 1_000_000
#: The most batches that are being rendered at a time, each in a few megabytes of memory.
_MAX_BATCHES = 32

#: How an entry is shown, and in which format.
_Rendering: TypeAlias = tuple[ContentProfile, str]
#: An article, by its id, and what of it is shown.
_Shown: TypeAlias = tuple[str | None, EntryView]


class RenderTask(NamedTuple):
    """An article whose entry is to be rendered."""

    article: Article
    #: The live editions of its story in other languages.
    translations: tuple[Translation, ...]
    #: How the entry is shown, and in which format: each combination that some feed needs.
    renderings: frozenset[tuple[ContentProfile, str]]
    #: What of the article to show.
    view: EntryView = WHOLE


def with_rendered_entries(
    plan: Plan,
    renderer: Renderer,
    documents: Sequence[OutputDocument],
    executor: Executor,
    *,
    is_current: Callable[[OutputDocument], bool],
) -> Iterator[OutputDocument]:
    """Let an executor render the entries of documents.

    If one batch has them all, or there are users' extensions, which may not be picklable, the entries are rendered
    together with the documents.

    Args:
        plan: The feeds.
        renderer: Gets the entries.
        documents: All documents.
        executor: Renders them.
        is_current: Returns whether a document need not be rendered.

    Yields:
        The documents in their order, each when its entries are rendered.

    Raises:
        PublishError: If the executor fails.
    """
    wanted = dict.fromkeys(
        document.feed for document in filterfalse(is_current, documents) if document.feed in plan.with_parts
    )
    batches = _batches(_tasks(plan, renderer, [plan.with_parts[path] for path in wanted]))
    if len(batches) < 2 or renderer.extensions:  # noqa: PLR2004 - one batch alone is rendered here as fast
        yield from documents
        return
    last_batch = _last_batches(plan, batches)
    arriving = enumerate(_rendered_by(executor, plan.site, batches))
    arrived = -1
    for document in documents:
        while arrived < last_batch.get(document.feed, -1):
            arrived, entries = next(arriving)
            renderer.add(entries)
        yield document


def render_batch(site: Site, tasks: Sequence[RenderTask]) -> list[RenderedEntry]:
    """Make the entries of articles and render them; this is what executors are given to do.

    Args:
        site: Their site.
        tasks: The articles.

    Returns:
        The entries in their order.
    """
    return [_rendered(site, task) for task in tasks]


def _rendered(site: Site, task: RenderTask) -> RenderedEntry:
    entry = entry_of(task.article, site, task.translations, task.view)
    cache = RenderCache()
    for profile, name in sorted(task.renderings):
        render_entry(entry, profile, name, cache)
    return RenderedEntry(entry, cache.rendered(entry), task.view)


def _tasks(plan: Plan, renderer: Renderer, feeds: Iterable[PlannedFeed]) -> list[RenderTask]:
    """Return what has to be rendered for some feeds, in the order in which they need it."""
    articles: dict[_Shown, Article] = {}
    renderings: dict[_Shown, set[_Rendering]] = {}
    for planned in feeds:
        head = head_of(planned, plan)
        profile, view = head.content_profile, view_of(head)
        own = set() if planned.profile is not None else {(profile, name) for name in planned.formats}
        for candidate, shown in renderer.missing(planned.carried, view):
            key = candidate.rank[1], shown
            if key not in articles:
                articles[key] = candidate.article
            renderings.setdefault(key, set()).update(own)
    return [
        RenderTask(article, plan.catalog.translations(article), frozenset(renderings[name, view]), view)
        for (name, view), article in articles.items()
    ]


def _batches(tasks: Iterable[RenderTask]) -> list[list[RenderTask]]:
    batches: list[list[RenderTask]] = []
    room = 0
    for task in tasks:
        size = len(task.article.content or "")
        if not batches or room < size or len(batches[-1]) == _MAX_ARTICLES:
            batches.append([])
            room = max(_MAX_CHARACTERS, size)
        batches[-1].append(task)
        room -= size
    return batches


def _last_batches(plan: Plan, batches: Iterable[Collection[RenderTask]]) -> Mapping[str, int]:
    """Return the number of the last batch that each feed needs."""
    batch_of = {
        (task.article.id, task.view): number for number, batch in enumerate(batches) for task in batch
    }
    return {
        path: max(
            (
                batch_of.get((each.rank[1], view.of(each)), -1)
                for view in [view_of(head_of(planned, plan))]
                for each in planned.carried
            ),
            default=-1,
        )
        for path, planned in plan.with_parts.items()
    }


def _rendered_by(
    executor: Executor, site: Site, batches: Sequence[Sequence[RenderTask]]
) -> Iterator[list[RenderedEntry]]:
    """Yield what the executor returns for each batch, in order."""
    under_way: deque[Future[list[RenderedEntry]]] = deque()
    try:
        for batch in batches:
            under_way.append(executor.submit(render_batch, site, batch))
            if len(under_way) == _MAX_BATCHES:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except Exception as error:
        raise PublishError(
            f"the executor failed to render entries: {type(error).__name__}: {error}. Nothing was written. "
            "Fix the executor, or publish without one."
        ) from error
    finally:
        for future in under_way:
            future.cancel()
