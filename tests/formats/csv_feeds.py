"""A format that a test adds: one function."""

from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import FeedData

__all__ = ["write", "write_text"]


def write(feed: FeedData, cache: RenderCache) -> bytes:  # noqa: ARG001 - as all writers have it
    """Write a line for each entry."""
    return "".join(f"{entry.url},{entry.title}\n" for entry in feed.entries).encode()


def write_text(feed: FeedData, cache: RenderCache) -> str:
    """Write what no format may return."""
    return write(feed, cache).decode()
