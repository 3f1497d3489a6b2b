"""Article bodies: HTML fragments that are safe and complete wherever a feed carries them.

`clean` is for every site, `resolve` for one that trusts its own HTML (`trusted_html = true`); both make addresses
absolute. `plain_text` is what a person reads in a fragment, and `escape` goes the other way.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from html import escape as _escape
from html import unescape
from threading import local
from typing import Final

from newsfeed.text.html_allowed import ATTRIBUTES, BLOCKS, HIDDEN, SCHEMES, TAGS
from newsfeed.text.html_links import (
    LINKS,
    RESOURCES,
    absolute,
    allowed,
    is_relative,
    may_hold_relative,
    with_candidates,
)
from newsfeed.text.html_settled import is_settled
from newsfeed.text.html_tags import Attribute, tags
from newsfeed.text.html_weight import is_too_heavy
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["clean", "escape", "plain_text", "resolve"]

#: A fragment changes at most so often before it stays as it is; real ones do after one round.
_ROUNDS: Final = 6

_PREFORMATTED: Final = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n')
_WRITTEN_TAG: Final = re.compile(r"<[^>]*>")
_SPACES: Final = re.compile(r"\s{2,}|[ \t\n\f\r\x85\u2028\u2029]")

#: A number that is no character; Python refuses to read one of more than 4,300 digits.
_ENDLESS_NUMBER: Final = re.compile(r"&#[0-9]{20,};?")


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

    What stays is listed in `newsfeed.text.html_allowed`. The result is stable: cleaning it again changes nothing, so
    what a reader's browser builds from it is what was checked here. It never raises. A usual article takes
    less than a millisecond (much less if `newsfeed.text.html_settled` knows it for clean), ten megabytes take six
    seconds, and a text that would keep a parser busy for minutes (see `newsfeed.text.html_weight`) comes back as its
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
    return html if _is_stable(html) else _parsed(html, page)


def resolve(html: str, *, page: str, can_be_carried: bool = False) -> str:
    r"""Make the relative addresses of a trusted fragment absolute, and change nothing else.

    Every other letter stays, comments and scripts included; so do addresses that are absolute already, whatever
    their scheme. Only characters that XML 1.0 §2.2 forbids are removed.

    Args:
        html: An HTML fragment from a source that is trusted.
        page: The article's own absolute http(s) address.
        can_be_carried: As for `clean`.

    Returns:
        The fragment with absolute addresses.

    >>> resolve("<IMG src=/a.jpg onload='go()'>", page="https://a.example/1")
    '<IMG src="https://a.example/a.jpg" onload=\'go()\'>'
    """
    if not can_be_carried:
        html = without_forbidden(html)
    if not may_hold_relative(html):
        return html
    pieces = []
    position = 0
    for tag in tags(html):
        for attribute in tag.attributes:
            if attribute.start == attribute.end:
                continue
            value = _resolved(tag.name, attribute, page)
            if value != attribute.value:
                pieces += [html[position : attribute.start], f'"{_escape(value)}"']
                position = attribute.end
    return "".join([*pieces, html[position:]])


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
    return _on_one_line(unescape(_WRITTEN_TAG.sub(" ", marked)))


def _is_stable(html: str) -> bool:
    """Tell whether cleaning would surely change nothing."""
    return is_settled(html) and not is_too_heavy(html)


def _parsed(html: str, page: str) -> str:
    """Clean a fragment, which `without_forbidden` has seen, by parsing it until nothing changes any more."""
    cleaner = _cleaner()
    cleaner.page = page
    for _ in range(_ROUNDS):
        if is_too_heavy(html):
            break
        cleaned = _cleaned_once(html, cleaner.clean)
        if cleaned == html or _is_stable(cleaned):
            return cleaned
        html = cleaned
    return _words_alone(html)


def _cleaned_once(html: str, nh3_clean: Callable[[str], str]) -> str:
    """Clean, with two repairs of what nh3 writes.

    It reads `&#1;` as U+0001; and it writes a line break at the start of `pre` as it is, where parsers skip it.
    """
    return _PREFORMATTED.sub(r"\1\n\n", without_forbidden(nh3_clean(html)))


class _Cleaner(local):
    """nh3's cleaner, one for each thread. To make one takes as long as to clean an article."""

    def __init__(self) -> None:
        import nh3

        #: The page of what is cleaned.
        self.page = ""
        self.clean = nh3.Cleaner(
            tags=TAGS,
            clean_content_tags=HIDDEN,
            attributes=ATTRIBUTES,
            attribute_filter=self._checked,
            url_schemes=SCHEMES,
            link_rel=None,
        ).clean

    def _checked(self, element: str, attribute: str, value: str) -> str | None:
        """Give an attribute's value as it may leave, or None. nh3 swallows exceptions, so there must be none."""
        if (element, attribute) in LINKS or (element, attribute) in RESOURCES:
            return allowed(element, attribute, value, page=self.page)
        if attribute == "srcset":
            return with_candidates(value, partial(absolute, page=self.page)) or None
        return value


@cache
def _cleaner() -> _Cleaner:
    return _Cleaner()


def _resolved(element: str, attribute: Attribute, page: str) -> str:
    def resolved(address: str) -> str:
        return (absolute(address, page=page) or address) if is_relative(address) else address

    if (element, attribute.name) in LINKS:
        return resolved(attribute.value)
    if (element, attribute.name) in RESOURCES:
        return resolved(attribute.value) if attribute.value.strip() else attribute.value
    if attribute.name == "srcset":
        changed = with_candidates(attribute.value, resolved)
        return changed if changed != with_candidates(attribute.value, str) else attribute.value
    return attribute.value


def _words_alone(html: str) -> str:
    """Give a fragment's text without its tags, as HTML and without a parser."""
    words = []
    position = 0
    for tag in tags(html):
        words.append(html[position : tag.start])
        position = tag.end
    text = unescape(_ENDLESS_NUMBER.sub("\ufffd", " ".join([*words, html[position:]])))
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
