"""Article bodies: HTML fragments that are safe and complete wherever a feed carries them.

`clean` is for every site, `resolve` for one that trusts its own HTML (`trusted_html = true`); both make addresses
absolute. `plain_text` is what a person reads in a fragment, and `escape` goes the other way.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape as _escape
from typing import Final

from newsfeed.text.html_allowed import ATTRIBUTES, BLOCKS, HIDDEN, SCHEMES, TAGS
from newsfeed.text.html_filled import with_frames
from newsfeed.text.html_links import with_absolute_addresses
from newsfeed.text.html_marks import is_left
from newsfeed.text.html_nesting import parses_alike
from newsfeed.text.html_notation import unescaped
from newsfeed.text.html_renamed import has_empty_links, with_known_elements
from newsfeed.text.html_replacements import with_replacements, without_impossible_addresses
from newsfeed.text.html_tags import tags
from newsfeed.text.html_trusted import resolve
from newsfeed.text.html_weight import is_too_heavy
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["clean", "escape", "plain_text", "resolve"]

#: A fragment changes at most so often before it stays as it is; real ones do after one round.
_ROUNDS: Final = 6

_PREFORMATTED: Final = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n')
_WRITTEN_TAG: Final = re.compile(r"<[^>]*>")
_SPACES: Final = re.compile(r"\s{2,}|[ \t\n\f\r\x85\u2028\u2029]")


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


def clean(html: str, *, page: str, can_be_carried: bool = False) -> str:
    """Leave in a fragment what is safe to show, with addresses that hold everywhere.

    What stays is listed in `newsfeed.text.html_allowed`, what is replaced in `newsfeed.text.html_replacements`. The
    last thing that touches the markup is a sanitising parse; after it, only values of addresses change. The result is
    stable: cleaning it again changes nothing, so what a reader's browser builds from it is what was checked here. It
    never raises. A text that would keep a parser busy for minutes (see `newsfeed.text.html_weight`) comes back as its
    words alone.

    Args:
        html: An HTML fragment, however broken.
        page: The article's own absolute http(s) address; relative addresses are resolved against it, whatever a
            `base` element in the fragment says.
        can_be_carried: Whether it is known that feeds can carry each character (`newsfeed.text.xml_characters`).

    Returns:
        A safe, well-formed fragment (HTML §13.3), without characters that XML 1.0 §2.2 forbids.

    >>> clean(
    ...     '<p onclick="go()">See <a href="#note1">note 1</a><script>track()</script>',
    ...     page="https://a.example/1",
    ... )
    '<p>See <a href="https://a.example/1#note1">note 1</a></p>'
    """
    if not can_be_carried:
        html = without_forbidden(html)
    html = with_frames(html)
    for _ in range(_ROUNDS):
        if is_too_heavy(html):
            break
        sanitised = _sanitised(with_replacements(with_known_elements(html), page=page))
        cleaned = with_absolute_addresses(sanitised, page=page)
        if cleaned is None:
            html = without_impossible_addresses(sanitised, page=page)
        elif cleaned == html or (
            not (is_left(cleaned) or has_empty_links(cleaned)) and parses_alike(cleaned)
        ):
            return cleaned
        else:
            html = cleaned
    return _words_alone(html)


def plain_text(html: str) -> str:
    r"""Give the words that a person reads in a fragment, on one line.

    Args:
        html: An HTML fragment, however broken.

    Returns:
        Plain text: a space where a line or a block ends, runs of white space as one space, and nothing of scripts,
        styles, comments or controls.

    >>> plain_text("<h2>Trade</h2><p>Up <b>5</b>&nbsp;% &amp; rising<br>since May")
    'Trade Up 5\xa0% & rising since May'
    """
    html = without_forbidden(html)
    marked = _words_alone(html) if is_too_heavy(html) else _blocks_alone()(html)
    return _on_one_line(unescaped(_WRITTEN_TAG.sub(" ", marked)))


@lru_cache(maxsize=1)
def _sanitiser() -> Callable[[str], str]:
    """Give nh3's cleaner; to make one takes as long as to clean an article. Threads may share it."""
    import nh3

    return nh3.Cleaner(
        tags=TAGS, clean_content_tags=HIDDEN, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    ).clean


def _sanitised(html: str) -> str:
    """Sanitise, with two repairs of what nh3 writes.

    It reads `&#1;` as U+0001; and it writes a line break at the start of `pre` as it is, where parsers skip it.
    """
    sanitised = _sanitiser()(html)
    if "&#" in html:
        sanitised = without_forbidden(sanitised)
    return _PREFORMATTED.sub(r"\1\n\n", sanitised) if "<pre" in sanitised else sanitised


def _words_alone(html: str) -> str:
    """Give a fragment's text without its tags, as HTML and without a parser."""
    words = []
    position = 0
    for tag in tags(html):
        words.append(html[position : tag.start])
        position = tag.end
    text = unescaped(" ".join([*words, html[position:]]))
    return escape(_on_one_line(text)).replace("\xa0", "&nbsp;")


def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", without_forbidden(text)).strip()


@lru_cache(maxsize=1)
def _blocks_alone() -> Callable[[str], str]:
    """Give what leaves nothing of a fragment but its words and the tags that end a line. Threads may share it."""
    import nh3

    hidden = HIDDEN | {"audio", "video"}
    return nh3.Cleaner(
        tags=BLOCKS, clean_content_tags=hidden, attributes={"*": frozenset()}, link_rel=None
    ).clean
