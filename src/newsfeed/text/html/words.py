"""Plain text and HTML: `plain_text` reads the words of a fragment, `escape` writes words as HTML."""

from collections.abc import Callable
from functools import lru_cache
from html import escape as _escape
from typing import Final

from newsfeed.text.html.allowed import BLOCKS, HIDDEN
from newsfeed.text.html.notation import unescaped
from newsfeed.text.html.tags import tags
from newsfeed.text.html.weight import is_too_heavy
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["escape", "plain_text", "words_alone"]

_WRITTEN_TAG: Final = lazy_pattern(r"<[^>]*>")
_SPACES: Final = lazy_pattern(r"\s{2,}|[ \t\n\f\r\x85\u2028\u2029]")


def escape(text: str) -> str:
    """Write plain text as HTML.

    Quotes stay as they are, so that the text stays readable: use the result between tags, not inside one.

    Args:
        text: Plain text.

    Returns:
        The text with `&`, `<` and `>` as character references.

    >>> escape('Tom & Jerry say "1 < 2"')
    'Tom &amp; Jerry say "1 &lt; 2"'
    """
    return _escape(text, quote=False)


def plain_text(html: str) -> str:
    r"""Return the words that a person reads in a fragment, on one line.

    Args:
        html: An HTML fragment, however broken.

    Returns:
        Plain text: a space where a line or a block ends, runs of white space as one space, and nothing of scripts,
        styles, comments or controls.

    >>> plain_text("<h2>Trade</h2><p>Up <b>5</b>&nbsp;% &amp; rising<br>since May")
    'Trade Up 5\xa0% & rising since May'
    """
    html = without_forbidden(html)
    marked = words_alone(html) if is_too_heavy(html) else _blocks_alone()(html)
    return _on_one_line(unescaped(_WRITTEN_TAG.sub(" ", marked)))


def words_alone(html: str) -> str:
    """Return a fragment's text without its tags, as HTML and without a parser."""
    words = []
    position = 0
    for tag in tags(html):
        words.append(html[position : tag.start])
        position = tag.end
    text = unescaped(" ".join([*words, html[position:]]))
    return escape(_on_one_line(text)).replace("\xa0", "&nbsp;")


def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", without_forbidden(text).replace("\ufeff", "")).strip()


@lru_cache(maxsize=1)
def _blocks_alone() -> Callable[[str], str]:
    """Return a function that keeps a fragment's words and the tags that end a line. Threads may share it."""
    import nh3

    hidden = HIDDEN | {"audio", "video"}
    return nh3.Cleaner(
        tags=BLOCKS, clean_content_tags=hidden, attributes={"*": frozenset()}, link_rel=None
    ).clean
