"""Players, embedded pages and drawings: links, and words."""

from typing import Final

from newsfeed.text.html.lazy import ADDRESSES, waiting
from newsfeed.text.html.pixels import is_pixel
from newsfeed.text.html.replacements.source import (
    Element,
    HtmlSource,
    is_empty,
    label_of,
    on_one_line,
    words_of,
)
from newsfeed.text.html.tags import attributes_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["replace_area", "replace_drawing", "replace_filled", "replace_object", "replace_player"]

_SOURCES: Final = ("src", "data", "url", "data-href", "data-oembed-url")
_SOURCE_PARAMETERS: Final = frozenset({"filename", "movie", "src", "url"})
_IN_OBJECT: Final = lazy_pattern(r"<(?:(param|embed|iframe)\b[^<>]*+>|/?(?:object|embed|iframe)\b[^<>]*+>)")
_NAME_OF_DRAWING: Final = lazy_pattern(r"<(?:title|desc)\b[^<>]*+>([^<]*+)</")
_WORDS_OF_DRAWING: Final = lazy_pattern(r"<text\b[^<>]*+>((?:[^<]++|<(?!/text)[^<]*+)*+)</text")
_LINK_BEFORE: Final = lazy_pattern(r"<(?:a|button)(?:\s[^<>]*+)?>(?:(?!<a[\s>]|<button)[\s\S])*\Z")
_LINK_BEHIND: Final = lazy_pattern(r"(?:[^<]++|<(?!/(?:a|button)\b))*+")
_NEAR: Final = 500


def replace_player(source: HtmlSource, element: Element, end: int | None = None) -> None:
    """Replace a frame or a player with a link; remove a hidden one."""
    if end is None:
        end = _end_of_frame(source, element) if element.name == "iframe" else source.end_tag(element)[1]
    attributes = element.attributes
    lazy = waiting(attributes, ADDRESSES)
    if not lazy and is_pixel(attributes):
        source.replace(element.start, end, "")
        return
    address = _first_address(source, [lazy, *(attributes.get(name) for name in _SOURCES)])
    source.put(element.start, end, source.link(address, label_of(attributes), attributes))


def _end_of_frame(source: HtmlSource, frame: Element) -> int:
    """Return where a frame ends: behind its start tag if that is self-closing or has no end tag."""
    if source.is_closed_in_itself(frame):
        return frame.end
    end, another = source.find("</iframe", frame.end), source.find("<iframe", frame.end)
    if end < 0 or 0 <= another < end:
        return frame.end
    return source.html.find(">", end) + 1 or len(source.html)


def replace_object(source: HtmlSource, element: Element) -> None:
    """Replace an `object` and the players inside it with one link; the rest of its content stays."""
    attributes = element.attributes
    content_end, end = source.end_tag(element)
    inside = list(_IN_OBJECT.finditer(source.html, element.end, content_end))
    addresses = [attributes.get("data")]
    for tag in inside:
        given = attributes_of(tag[0], tag[1]) if tag[1] else {}
        if tag[1] != "param":
            addresses.append(given.get("src"))
        elif given.get("name", "").lower() in _SOURCE_PARAMETERS:
            addresses.append(given.get("value"))
    content = _IN_OBJECT.sub("", source.html[element.end : content_end])
    label = label_of(attributes)
    if "<" not in content:
        label, element = label or on_one_line(words_of(content)), element._replace(end=end)
    source.put(element.start, element.end, source.link(_first_address(source, addresses), label, attributes))
    for tag in inside:
        source.replace_later(*tag.span(), "")
    source.replace_later(content_end, end, "")


def _first_address(source: HtmlSource, values: list[str | None]) -> str | None:
    return next((address for value in values if (address := source.address(value))), None)


def replace_filled(source: HtmlSource, element: Element) -> None:
    """Replace an element that a script fills with a link, if its attributes have the address."""
    if not (element.attributes.get("data-href") or element.attributes.get("data-oembed-url")):
        return
    content_end, end = source.end_tag(element)
    if is_empty(source.html[element.end : content_end]):
        replace_player(source, element, end)


def replace_area(source: HtmlSource, element: Element) -> None:
    """Replace an area of a map with a link."""
    attributes = element.attributes
    address = source.address(attributes.get("href"))
    alternative = on_one_line(attributes.get("alt", "")) or label_of(attributes)
    source.put(element.start, element.end, source.link(address, alternative, attributes) if address else "")


def replace_drawing(source: HtmlSource, element: Element) -> None:
    """Replace a drawing with its name."""
    content_end, end = source.end_tag(element)
    name = _name_of_drawing(element.attributes, source.html[element.end : content_end])
    if name and (source.is_in_link(element.start) or source.is_inside("button", element.start)):
        before = _LINK_BEFORE.search(source.html, max(0, element.start - _NEAR), element.start)
        behind = _LINK_BEHIND.match(source.html, end, end + _NEAR)
        if name in words_of((before[0] if before else "") + (behind[0] if behind else "")):
            name = ""
    source.put(element.start, end, name)


def _name_of_drawing(attributes: dict[str, str], content: str) -> str:
    """Return its label, title or description, else its words; nothing for mere decoration."""
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in {"presentation", "none"}:
        return ""
    named = _NAME_OF_DRAWING.search(content.split("<g", 1)[0])
    label = label_of(attributes) or (on_one_line(words_of(named[1])) if named else "")
    return label or on_one_line(" ".join(map(words_of, _WORDS_OF_DRAWING.findall(content))))
