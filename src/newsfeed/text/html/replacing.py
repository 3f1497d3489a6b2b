"""Replaces what feeds can't carry with something that they can; docs/reference/html.md has the whole list.

A link stands for a player, its TeX for a formula, the picture for a lazily loaded one. It happens in the source, before
the fragment is sanitised.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from newsfeed.text.html.addresses import allowed, with_candidates
from newsfeed.text.html.replacements.code import replace_line_number, replace_old_code
from newsfeed.text.html.replacements.emphasis import keep_emphasis
from newsfeed.text.html.replacements.formulas import (
    replace_container,
    replace_formula,
    replace_rendered,
    replace_tex,
)
from newsfeed.text.html.replacements.links import replace_link
from newsfeed.text.html.replacements.marks import (
    EMPTY_PARAGRAPH,
    RENAMED,
    has_marked_elements,
    up_to_mark,
    with_lower_case_attributes,
)
from newsfeed.text.html.replacements.pictures import load_media, replace_noscript, replace_picture
from newsfeed.text.html.replacements.players import (
    replace_area,
    replace_drawing,
    replace_filled,
    replace_object,
    replace_player,
)
from newsfeed.text.html.replacements.source import Element, HtmlSource, is_empty, start_tag
from newsfeed.text.html.tags import attributes_of, start_tags
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["with_replacements", "without_impossible_addresses"]

_UPPER_CASE: Final = lazy_pattern(r"</?[A-Z]")
_NAME: Final = lazy_pattern(r"</?[A-Za-z][^\s/>]*+")
_INLINE_TAG: Final = lazy_pattern(r"<(/?)(?!br)[a-z]", re.IGNORECASE)

_PLAYERS_OF_AMP: Final = frozenset({"amp-audio", "amp-iframe", "amp-video"})
_HEADINGS: Final = "h[1-6]"
#: Beside a player, Ghost writes buttons and times of its own: `0:00 / 62.6`.
_BUTTONS_OF_GHOST: Final = frozenset({"kg-audio-player", "kg-video-player"})
#: What of a form feeds don't carry; the box of a task is a character.
_FIELD: Final = lazy_pattern(
    r"<(button|datalist|select|textarea)\b(?![^<>]*?\saria-)[^<>]*+>(?:[^<]++|<(?!/?\1\b))*+</\1\s*+>"
    r"|<input\b(?![^<>]*?checkbox)[^<>]*+>"
)
#: What may be left of a form in which there is nothing to see.
_NOTHING: Final = lazy_pattern(
    r"(?:\s++|&nbsp;|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->"
    r"|</?(?:br|div|fieldset|label|legend|li|ol|p|small|span|ul)\b(?![^<>]*?data-)[^<>]*+>)*+"
)
#: Word marks a list's bullet or number, with the spaces behind it.
_BULLET_OF_WORD: Final = lazy_pattern(r"mso-list:\s*ignore", re.IGNORECASE)
_ADDRESSED: Final = frozenset(
    {"a", "audio", "blockquote", "del", "img", "ins", "q", "source", "track", "video"}
)


def with_replacements(html: str, *, page: str) -> str:
    """Replace what feeds can't carry with something that they can.

    Args:
        html: An HTML fragment that `newsfeed.text.html.weight` doesn't refuse.
        page: The article's own address.

    Returns:
        The fragment, else letter for letter the same. It is not sanitised.

    >>> with_replacements('<iframe src="https://video.example/1" title="Snow"/>', page="https://a.example/")
    '<p><a href="https://video.example/1">Snow</a></p>'
    """
    html = with_lower_case_attributes(html)
    is_marked = has_marked_elements(html)
    up_to_next = up_to_mark(with_attributes=is_marked)
    found = up_to_next.match(html)
    if found:
        if _UPPER_CASE.search(html):
            html = _NAME.sub(lambda name: name[0].lower(), html)
            found = up_to_next.match(html)
        source = HtmlSource(html, page=page)
        while found:
            tag, name = found.groups()
            source.position = found.end()
            if tag[-1] == ">":
                element = Element(name, attributes_of(tag, name), found.start(1), found.end())
                _replace(source, element, is_marked=is_marked and has_marked_elements(tag))
            found = up_to_next.match(html, source.position)
        html = source.changed()
    return EMPTY_PARAGRAPH.sub(_nothing_or_unclosed, html)


def without_impossible_addresses(html: str, *, page: str) -> str:
    """Remove the addresses that can't be made absolute from a sanitised fragment, and what is nothing without one.

    >>> without_impossible_addresses(
    ...     '<p><a href="http://">a</a> <img src="http://" alt="b"></p>', page="https://a.example/"
    ... )
    '<p>a</a> b</p>'
    """
    source = HtmlSource(html, page=page)
    for tag in start_tags(html, _ADDRESSED):
        attributes = attributes_of(html[tag.start : tag.end], tag.name)
        element = Element(tag.name, dict(attributes), tag.start, tag.end)
        if tag.name == "a":
            if not allowed("a", "href", attributes.get("href", ""), page=page):
                source.replace(tag.start, tag.end, "")
            continue
        if attributes.get("srcset"):
            attributes["srcset"] = with_candidates(attributes["srcset"], source.address)
        for name in ("src", "srcset", "poster", "cite"):
            if name in attributes and not (
                attributes[name] if name == "srcset" else source.address(attributes[name])
            ):
                del attributes[name]
        if tag.name == "img" and "src" not in attributes:
            replace_picture(source, element._replace(attributes=attributes))
        elif attributes != element.attributes:
            source.replace(tag.start, tag.end, start_tag(tag.name, attributes))
    return source.changed()


def _replace(source: HtmlSource, element: Element, *, is_marked: bool) -> None:
    """Replace an element if necessary; its content may be replaced later."""
    if is_marked and _replace_marked(source, element):
        return
    name = element.name
    action = _ACTIONS.get(name) or (_replace_custom if "-" in name else None)
    if action:
        action(source, element)
    elif name == "canvas" or name in _TEXT_ONLY:
        _close(source, element)


def _replace_marked(source: HtmlSource, element: Element) -> bool:
    """Act on the attributes that any element may have. Return whether it was replaced."""
    if style := element.attributes.get("style"):
        if _BULLET_OF_WORD.search(style):
            source.replace(element.start, source.end_tag(element)[1], "")
            return True
        keep_emphasis(source, element)
    if replace_rendered(source, element):
        return True
    if not _BUTTONS_OF_GHOST.isdisjoint(element.attributes.get("class", "").split()):
        source.replace(element.start, source.end_tag(element)[1], "")
        return True
    return replace_line_number(source, element)


def _replace_button(source: HtmlSource, element: Element) -> None:
    """Keep the words of a button that opens and closes what follows it: they are a heading."""
    opens = "aria-expanded" in element.attributes or "aria-controls" in element.attributes
    if opens or source.is_inside(f"summary|dt|{_HEADINGS}", element.start):
        source.replace(element.start, element.end, "")
        source.replace_later(*source.end_tag(element), "")


def _replace_box(source: HtmlSource, element: Element) -> None:
    """Write the box of a list of tasks as a character."""
    if element.attributes.get("type", "").lower() == "checkbox" and source.is_inside("li", element.start):
        source.replace(element.start, element.end, "☑ " if "checked" in element.attributes else "☐ ")


def _rename(source: HtmlSource, element: Element) -> None:
    """Rename a block that would leave its words behind, run together; remove a form without words."""
    name = RENAMED[element.name]
    end_start, end = source.end_tag(element)
    if element.name == "form" and end > element.end:
        content = _FIELD.sub("", source.html[element.end : end_start])
        if _NOTHING.fullmatch(content):
            source.replace(element.start, end, "")
            return
    source.replace(element.start, element.end, f"<{name}>")
    if end > element.end:
        source.replace_later(end_start, end, f"</{name}>")


def _replace_custom(source: HtmlSource, element: Element) -> None:
    """Replace a custom element."""
    name = element.name
    if name in {"amp-img", "amp-anim"}:
        replace_picture(source, element)
    elif name == "mjx-container":
        replace_container(source, element)
    elif name.startswith(("amp-", "lite-")) and name != "amp-pixel":
        content_end, end = source.end_tag(element)
        content = source.html[element.end : content_end]
        has_address = name in _PLAYERS_OF_AMP and "src" in element.attributes
        if has_address or (is_empty(content) and "<amp-img" not in content):
            replace_player(source, element, end)


def _close(source: HtmlSource, element: Element) -> None:
    """Write the end tag of a self-closing element."""
    if source.is_closed_in_itself(element):
        source.replace(element.end, element.end, f"</{element.name}>")


def _load_media(source: HtmlSource, element: Element) -> None:
    load_media(source, element)
    if element.name != "source":
        _close(source, element)


def _replace_script(source: HtmlSource, element: Element) -> None:
    if element.attributes.get("type", "").lower().startswith("math/"):
        replace_tex(source, element)
    else:
        _close(source, element)


def _nothing_or_unclosed(paragraph: re.Match[str]) -> str:
    """Return a paragraph if its elements go on behind it, else nothing."""
    ends = _INLINE_TAG.findall(paragraph[1])
    return "" if ends.count("/") * 2 == len(ends) else paragraph[0]


_TEXT_ONLY: Final = frozenset({"noembed", "noframes", "style", "textarea", "title"})

_ACTIONS: Final[Mapping[str, Callable[[HtmlSource, Element], None]]] = {
    **dict.fromkeys(RENAMED, _rename),
    "a": replace_link,
    "area": replace_area,
    "audio": _load_media,
    "button": _replace_button,
    "div": replace_filled,
    "embed": replace_player,
    "iframe": replace_player,
    "image": replace_picture,
    "img": replace_picture,
    "input": _replace_box,
    "listing": replace_old_code,
    "math": replace_formula,
    "noscript": replace_noscript,
    "object": replace_object,
    "oembed": replace_player,
    "plaintext": replace_old_code,
    "script": _replace_script,
    "source": _load_media,
    "svg": replace_drawing,
    "video": _load_media,
    "xmp": replace_old_code,
}
