"""Markdown as HTML: CommonMark 0.31 with tables and strikethrough, by markdown-it-py (the extra `markdown`)."""

from collections.abc import Callable
from functools import cache

from newsfeed.errors import MissingExtra
from newsfeed.model.limits import BRACKETS
from newsfeed.sources.text_files import TooLarge

__all__ = ["check_installed", "html_of"]


def check_installed() -> None:
    """Raise MissingExtra if markdown-it-py isn't installed, even if there is nothing to convert."""
    _renderer()


def html_of(text: str) -> str:
    """Convert a text to HTML.

    Raises:
        TooLarge: If it has so many brackets that markdown-it-py would be very slow.
        MissingExtra: If markdown-it-py isn't installed.
    """
    render = _renderer()
    if text.count("[") > BRACKETS:
        raise TooLarge(f"the text has over {BRACKETS:,} brackets", "split the article into several")
    return render(text)


@cache
def _renderer() -> Callable[[str], str]:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        purpose = "Markdown articles"
        extra = "markdown"
        raise MissingExtra(purpose, extra) from error
    # HTML in the text is kept, because all content is cleaned when it is published.
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    markdown.render("*Its rules are put together at its first use, before other threads can see it.*")
    return markdown.render
