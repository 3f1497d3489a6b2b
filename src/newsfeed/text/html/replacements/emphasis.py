"""Bold, italics and the like that are written as `style`, which is removed: elements take its place."""

from typing import Final

from newsfeed.text.html.allowed import BLOCKS
from newsfeed.text.html.replacements.marks import RENAMED
from newsfeed.text.html.replacements.source import Element, HtmlSource
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["keep_emphasis"]

_DECLARATION: Final = lazy_pattern(
    r"(?:^|;)\s*(font-(?:weight|style)|text-decoration(?:-line)?|vertical-align)\s*:\s*([^;]*)"
)
#: The element for a declaration of style, and the elements that look so without it.
_STYLES: Final = (
    (
        "b",
        "font-weight",
        lazy_pattern("bold|[6-9]00"),
        {"b", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "th"},
    ),
    ("i", "font-style", lazy_pattern("italic|oblique"), {"cite", "em", "i"}),
    ("u", "text-decoration", lazy_pattern(".*underline"), {"a", "ins", "u"}),
    ("s", "text-decoration", lazy_pattern(".*line-through"), {"del", "s"}),
    ("sup", "vertical-align", lazy_pattern("super"), {"sup"}),
    ("sub", "vertical-align", lazy_pattern(r"sub\b"), {"sub"}),
)
_NOT_BOLD: Final = ("font-weight", lazy_pattern("normal|[1-5]00"))
_NOT_ITALIC: Final = ("font-style", lazy_pattern("normal"))
#: Google Docs wraps whole articles in a `b` that isn't bold.
_UNDONE: Final = {"b": _NOT_BOLD, "strong": _NOT_BOLD, "em": _NOT_ITALIC, "i": _NOT_ITALIC}
_BLOCK: Final = lazy_pattern(rf"<(?:{'|'.join(sorted((BLOCKS | RENAMED.keys()) - {'br'}))})[\s/>]")


def keep_emphasis(source: HtmlSource, element: Element) -> None:
    """Write an element's style as elements; remove elements that their style undoes."""
    style = dict(_DECLARATION.findall(element.attributes["style"].lower()))
    if "text-decoration-line" in style:
        style["text-decoration"] = style["text-decoration-line"]
    if element.name in _UNDONE:
        name, pattern = _UNDONE[element.name]
        if pattern.match(style.get(name, "")):
            source.replace(element.start, element.end, "")
            source.replace_later(*source.end_tag(element), "")
            return
    names = [
        element_name
        for element_name, name, pattern, looks_so in _STYLES
        if name in style and element.name not in looks_so and pattern.match(style[name])
    ]
    if not names:
        return
    content_end, _ = source.end(element)
    if element.end < content_end and not _BLOCK.search(source.html, element.end, content_end):
        source.replace_later(element.end, element.end, "".join(f"<{name}>" for name in reversed(names)))
        source.replace_later(content_end, content_end, "".join(f"</{name}>" for name in names))
