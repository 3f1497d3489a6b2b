"""Whether an HTML text would keep a parser busy for minutes.

HTML's own parsing rules look through all open elements at many tags, compare each attribute of a tag with those
before it, and so on: a text of one megabyte that opens `<div>` after `<div>` and closes none takes a minute, where an
article of that size takes a tenth of a second. Such texts come from broken programs, or from people who mean harm, and
they are recognised here before a parser sees them, in linear time.
"""

from collections import Counter
from typing import Final

from newsfeed.text.html.tags import tags

__all__ = ["is_too_heavy"]

#: A text with less of each can't take long, and isn't checked.
_LIGHT_LENGTH: Final = 100_000
_LIGHT_TAGS: Final = 2_000

#: How many open elements and attributes a parser may look at in all: a base, and more for each tag (articles need below 20).
_STEPS: Final = 1_000_000
_STEPS_PER_TAG: Final = 50

#: Character references in one stretch of text; each makes the parser copy what it has of the stretch.
_REFERENCES: Final = 20_000

#: Elements that never hold anything, or that the next of their kind closes, as `<li>` does.
_NOT_NESTING: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "colgroup",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "rb",
        "rp",
        "rt",
        "rtc",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)


def is_too_heavy(html: str) -> bool:
    """Return whether parsing would take time out of all proportion to the text's length.

    Args:
        html: Any text.

    Returns:
        True for a text that should not be parsed.

    >>> is_too_heavy("<p>One. <b>Two.</b></p>" * 10_000)
    False
    >>> is_too_heavy("<div>" * 10_000)
    True
    """
    marks = html.count("<")
    if len(html) < _LIGHT_LENGTH and marks < _LIGHT_TAGS:
        return False
    if max(stretch.count("&") for stretch in html.split("<")) > _REFERENCES:
        return True
    steps = _STEPS + _STEPS_PER_TAG * marks
    unclosed: Counter[str] = Counter()
    depth = 0
    for tag in tags(html):
        steps -= depth + len(tag.attributes) ** 2
        if steps < 0:
            return True
        if tag.name in _NOT_NESTING or not tag.name:
            continue
        if not tag.closes:
            unclosed[tag.name] += 1
            depth += 1
        elif unclosed[tag.name]:
            unclosed[tag.name] -= 1
            depth -= 1
    return False
