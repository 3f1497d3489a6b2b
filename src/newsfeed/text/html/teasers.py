"""The marks in an article's HTML: where its teaser ends, and where that begins which only some readers get."""

import re

from newsfeed.text.html.tags import tags
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["before_any_mark", "before_members_only", "with_ends"]

_MEMBERS_ONLY = lazy_pattern(r"<!--\s*+(?i:members-only)(?![-_]?\w)")
_ANY = lazy_pattern(r"<!--\s*+(?i:members-only|more)(?![-_]?\w)")
#: A tag or a comment that reaches to the end of a text, where no other markup does.
_BROKEN_OFF = lazy_pattern(r"</?[A-Za-z]|<!--(?!.*-->\Z)", re.DOTALL)
#: Elements without content and end tag (HTML §13.1.2).
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


def before_members_only(html: str) -> str | None:
    """Return what stands before the mark `<!--members-only-->`; None if there is none.

    However the mark ends, and wherever it is, what follows is closed.

    >>> before_members_only("<p>Open</p><!-- Members-only --><p>Closed</p>")
    '<p>Open</p>'
    """
    return _before(html, _MEMBERS_ONLY) if "<!--" in html else None


def before_any_mark(html: str) -> str | None:
    """Return what stands before the first `<!--more-->` or `<!--members-only-->`; None if there is neither.

    >>> before_any_mark("<p>Teaser</p><!--more Read on--><p>Text</p>"), before_any_mark("<p>Text</p>")
    ('<p>Teaser</p>', None)
    """
    return _before(html, _ANY) if "<!--" in html else None


def _before(html: str, mark: re.Pattern[str]) -> str | None:
    found = mark.search(html)
    return None if found is None else html[: found.start()]


def with_ends(html: str) -> str:
    """Return the beginning of a text with the end tags that it lacks, and without a tag that it breaks off in.

    >>> with_ends("<div><p>Snow <b>and <br>ice</b> <a hre")
    '<div><p>Snow <b>and <br>ice</b> </p></div>'
    """
    open_elements: list[str] = []
    for tag in tags(html):
        if not tag.name:
            if tag.end == len(html) and _BROKEN_OFF.match(html, tag.start):
                html = html[: tag.start]
        elif not tag.closes:
            if tag.name == "p" and open_elements[-1:] == ["p"]:
                open_elements.pop()
            if tag.name not in _VOID:
                open_elements.append(tag.name)
        elif tag.name in open_elements:
            while open_elements.pop() != tag.name:
                pass
    return html + "".join(f"</{name}>" for name in reversed(open_elements))
