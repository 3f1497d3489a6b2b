"""The bytes of a feed's document, cut to what its partner accepts."""

from typing import NamedTuple

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.size_budget import Fitted, fit
from newsfeed.formats.writing import render
from newsfeed.model.feed import FeedData
from newsfeed.model.formats import FORMATS

__all__ = ["RenderedDocument", "rendered_document"]


class RenderedDocument(NamedTuple):
    """The bytes of a document, and what was left out of it."""

    data: bytes
    #: A finding for entries that didn't fit.
    shortened: tuple[Finding, ...] = ()


def rendered_document(feed: FeedData, name: str, limit: int | None, cache: RenderCache) -> RenderedDocument:
    """Render a document of a feed.

    Args:
        feed: The feed.
        name: The name of the format.
        limit: The most bytes, if there is a limit.
        cache: What was rendered of its entries.
    """
    if limit is None:
        return RenderedDocument(render(feed, name, cache))
    fitted = fit(feed, name, limit, cache)
    path = dict(feed.documents).get(name) or feed.path + FORMATS[name].suffix
    return RenderedDocument(fitted.document, (_shortened(path, fitted, limit),) if fitted.left_out else ())


def _shortened(path: str, fitted: Fitted, limit: int) -> Finding:
    count = len(fitted.left_out)
    reason = f"{count} of its articles don't fit into {limit:,} bytes; the oldest are left out"
    problem = InvalidValue(reason, 'lower the rule\'s limit, or set content to "summary"', field="max_bytes")
    return Finding.of(problem, place=Place(file=path), code="NF131", severity="warning")
