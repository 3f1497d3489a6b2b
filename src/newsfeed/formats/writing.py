"""How a feed is written: the function that writes it is found through the row of its format."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, cast

from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import ContentProfile, Entry, FeedData
from newsfeed.model.formats import FORMATS
from newsfeed.model.record import one_of

__all__ = ["render", "render_entry"]


def render(feed: FeedData, name: str, kept: RenderCache | None = None) -> bytes:
    """Write a feed in the format of that name.

    Args:
        feed: The feed.
        name: The format's name, `rss`.
        kept: Where what is rendered of its entries is kept; None: nowhere.

    Returns:
        The document in UTF-8.

    Raises:
        InvalidValue: If there is no such format.
    """
    write = cast("Callable[[FeedData, RenderCache], bytes]", _function(FORMATS[one_of(FORMATS)(name)].writer))
    return write(feed, RenderCache() if kept is None else kept)


def render_entry(entry: Entry, profile: ContentProfile, name: str, kept: RenderCache) -> None:
    """Write an entry in the format of that name, where the format writes entries once for all feeds.

    Args:
        entry: The entry.
        profile: How much of it is wanted.
        name: The format's name.
        kept: Where the rendered entry is kept.
    """
    if writer := FORMATS[name].entry_writer:
        _function(writer)(entry, profile, kept)


@cache
def _function(dotted: str) -> Callable[..., Any]:
    """Import the function that a dotted name names: `package.module:function`."""
    module, _, name = dotted.partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), name))
