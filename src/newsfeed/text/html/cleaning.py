"""Cleaning: what is safe to show in a feed stays, what can't be carried is replaced, addresses become absolute."""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Final

from newsfeed.text.html.addresses import with_absolute_addresses
from newsfeed.text.html.allowed import ATTRIBUTES, HIDDEN, SCHEMES, TAGS
from newsfeed.text.html.nesting import parses_alike
from newsfeed.text.html.replacements.filled import with_frames
from newsfeed.text.html.replacements.marks import is_left
from newsfeed.text.html.replacing import with_replacements, without_impossible_addresses
from newsfeed.text.html.weight import is_too_heavy
from newsfeed.text.html.words import words_alone
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["clean"]

#: At most this many rounds; real fragments don't change after the first.
_ROUNDS: Final = 6

#: What is cleaned first in a process is sanitised twice at once: the patterns that tell whether that is necessary take as long
#: to compile. It doesn't change the result.
_FIRST: Final = 20
_cleaned_before: Final = count()

_PREFORMATTED: Final = lazy_pattern(r'(<(?=pre)pre(?: [a-z]+="[^"]*")*>)\n')


def clean(html: str, *, page: str, can_be_carried: bool = False) -> str:
    """Return what is safe to show of a fragment, with absolute addresses.

    What stays is listed in `newsfeed.text.html.allowed`, what is replaced in `newsfeed.text.html.replacing`. The
    last thing that touches the markup is a sanitising parse; after it, only values of addresses change. The result is
    stable: cleaning it again changes nothing, so what a reader's browser builds from it is what was checked here. It
    never raises. A text that would keep a parser busy for minutes (see `newsfeed.text.html.weight`) comes back as its
    words alone.

    Args:
        html: An HTML fragment, however broken.
        page: The article's own absolute http(s) address; relative addresses are resolved against it, whatever a
            `base` element in the fragment says.
        can_be_carried: Whether the fragment is known to have no characters that XML forbids.

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
    is_among_first = next(_cleaned_before) < _FIRST
    for number in range(_ROUNDS):
        if is_too_heavy(html):
            break
        sanitised = _sanitised(with_replacements(html, page=page))
        cleaned = with_absolute_addresses(sanitised, page=page)
        if cleaned is None:
            html = without_impossible_addresses(sanitised, page=page)
        elif cleaned == html or (
            (number or not is_among_first) and not is_left(cleaned) and parses_alike(cleaned)
        ):
            return cleaned
        else:
            html = cleaned
    return words_alone(html)


@lru_cache(maxsize=1)
def _sanitiser() -> Callable[[str], str]:
    """Return nh3's cleaner. Making one takes as long as cleaning an article; threads may share it."""
    import nh3

    return nh3.Cleaner(
        tags=TAGS, clean_content_tags=HIDDEN, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    ).clean


def _sanitised(html: str) -> str:
    """Sanitise, remove byte order marks, which editors leave where the cursor was, and fix two things that nh3 writes.

    It reads `&#1;` as U+0001; and it writes a line break at the start of `pre` as it is, where parsers skip it.
    """
    sanitised = _sanitiser()(html)
    if "\ufeff" in sanitised:
        sanitised = sanitised.replace("\ufeff", "")
    if "&#" in html:
        sanitised = without_forbidden(sanitised)
    return _PREFORMATTED.sub(r"\1\n\n", sanitised) if "<pre" in sanitised else sanitised
