"""Code: line numbers are removed, and elements that were once for code become `pre`."""

from html import escape
from typing import Final

from newsfeed.text.html.replacements.source import Element, HtmlSource, words_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["replace_line_number", "replace_old_code"]

_LINE_NUMBERS: Final = frozenset(
    [
        "blob-num",
        "gutter",
        "hljs-ln-numbers",
        "line-number",
        "line-numbers",
        "lineno",
        "linenodiv",
        "linenos",
        "linenumber",
        "linenumbers",
        "ln",
        "lnt",
        "lntd",
        "rouge-gutter",
    ]
)
_NUMBERS: Final = lazy_pattern(r"[\d\s]*")
#: How Hugo and others keep the numbers out of what readers copy.
_NOT_SELECTED: Final = lazy_pattern(r"user-select\s*:\s*none")
_SHELL: Final = lazy_pattern(r"<(?:code|div|pre|span|td)(?:\s[^<>]*+)?+>\s*+")


def replace_line_number(source: HtmlSource, element: Element) -> bool:
    """Remove a line number of code, and elements that contain nothing else. Return whether it was one."""
    classes = element.attributes.get("class", "").split()
    if _LINE_NUMBERS.isdisjoint(classes) and not _NOT_SELECTED.search(element.attributes.get("style", "")):
        return False
    content_end, end = source.end_tag(element)
    if not _is_number(source, element, content_end) or not source.is_inside(
        "code|figure|pre|table", element.start
    ):
        return False
    start = element.start
    while shell := _SHELL.fullmatch(source.html, source.html.rfind("<", 0, start), start):
        around = source.element_at(shell.start())
        if around is None:
            break
        content_end, end_around = source.end_tag(around)
        if end_around < end or not _is_number(source, around, content_end):
            break
        start, end = around.start, end_around
    source.replace(start, end, "")
    return True


def _is_number(source: HtmlSource, element: Element, content_end: int) -> bool:
    return _NUMBERS.fullmatch(words_of(source.html[element.end : content_end])) is not None


def replace_old_code(source: HtmlSource, element: Element) -> None:
    """Write an element that was once for code as `pre`."""
    if element.name == "listing":
        source.replace(element.start, element.end, "<pre>")
        source.replace_later(*source.end_tag(element), "</pre>")
        return
    content_end, end = source.end_tag(element) if element.name == "xmp" else (len(source.html),) * 2
    code = escape(source.html[element.end : content_end], quote=False)
    source.replace(element.start, end, f"<pre>{code}</pre>")
