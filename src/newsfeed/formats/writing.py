"""How a feed is written: the function that writes it is found through the row of its format."""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from newsfeed.errors import InvalidPlugin
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import ContentProfile, Entry, FeedData
from newsfeed.model.formats import FORMATS, Format
from newsfeed.model.value_rules import one_of

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
        InvalidValue: There is no such format.
        InvalidPlugin: A plug-in's format can't be used.
    """
    form = FORMATS[one_of(FORMATS)(name)]
    document: object = _function(form, form.writer)(feed, RenderCache() if kept is None else kept)
    if not isinstance(document, bytes):
        raise InvalidPlugin(
            f"{form.writer}, which writes the format {name!r}, returned {type(document).__name__}, not bytes. "
            "Return the document in UTF-8."
        )
    return document


def render_entry(entry: Entry, profile: ContentProfile, name: str, kept: RenderCache) -> None:
    """Write an entry in the format of that name, where the format writes entries once for all feeds.

    Args:
        entry: The entry.
        profile: How much of it is wanted.
        name: The format's name.
        kept: Where the rendered entry is kept.
    """
    form = FORMATS[name]
    if form.entry_writer:
        _function(form, form.entry_writer)(entry, profile, kept)


@cache
def _function(form: Format, dotted: str) -> Callable[..., object]:
    """Import a function of a format by its dotted name, `package.module:function`."""
    module, _, name = dotted.partition(":")
    try:
        function: Callable[..., object] = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise InvalidPlugin(
            f"the format {form.name!r} can't be written, because {dotted} can't be imported: {error}. "
            "Correct its row, or upgrade the plug-in."
        ) from error
    return function
