"""Pictures, and their lazily loaded and `noscript` twins: each picture once, with an address."""

import re
from collections.abc import Iterator
from typing import Final

from newsfeed.text.html.addresses import first_candidate
from newsfeed.text.html.lazy import ADDRESSES, CANDIDATES, waiting
from newsfeed.text.html.pixels import is_pixel
from newsfeed.text.html.replacements.marks import REST_OF_TAG
from newsfeed.text.html.replacements.source import Element, HtmlSource, on_one_line, start_tag, words_of
from newsfeed.text.html.tags import attributes_of, start_tags
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["load_media", "replace_noscript", "replace_picture"]

_LAZY: Final = frozenset({*ADDRESSES, *CANDIDATES, "data-poster"})
_PICTURE_ATTRIBUTES: Final = ("src", "srcset", "alt", "width", "height", "sizes")
_SOURCE: Final = frozenset({"source"})
_NEAR: Final = 5_000
_SHOWN: Final = lazy_pattern(r"<(?:a|audio|embed|iframe|object|video)[\s>]")
#: Words that ask people to turn scripts on.
_ABOUT_SCRIPTS: Final = lazy_pattern(r"\b(?:java)?scripts?\b|скрипт", re.IGNORECASE)
_HIDES: Final = lazy_pattern(r"(?:\A|[\s_-])(?:hide|hidden)(?:\Z|\s)")
_IMAGE: Final = lazy_pattern(rf"<img(?=[\s/>]){REST_OF_TAG}")
_NOSCRIPT: Final = lazy_pattern(r"<noscript\b[^<>]*+>[^<]*+(?:<(?!/noscript)[^<]*+)*+")
#: What may stand between a picture that waits for a script and its copy, and around the copy.
_BETWEEN: Final = (
    r"(?:\s++|</?(?:a|div|figure|picture|source|span)\b[^<>]*+>|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->)*+"
)
_COPY: Final = lazy_pattern(
    rf"{_BETWEEN}(<noscript\b[^<>]*+>{_BETWEEN}(<img(?=[\s/>]){REST_OF_TAG}){_BETWEEN}</noscript\s*+>)"
)
_BEHIND: Final = lazy_pattern(rf"{_BETWEEN}(<img(?=[\s/>]){REST_OF_TAG})")


def load_media(source: HtmlSource, element: Element) -> None:
    """Load what a source, an audio or a video waits for a script to load; give players controls."""
    attributes = element.attributes
    if element.name != "source" and "controls" not in attributes:
        attributes = {"controls": "", **attributes}
    if not _LAZY.isdisjoint(attributes):
        attributes = _loaded(source, attributes)
    if attributes is not element.attributes:
        source.replace(element.start, element.end, start_tag(element.name, attributes))


def replace_picture(source: HtmlSource, element: Element) -> None:
    """Write an `img` with its address; without one, its alternative text takes its place."""
    loaded = _loaded(source, element.attributes)
    address = next((value for value in _addresses(source, element, loaded) if source.address(value)), None)
    end = element.end if element.name in {"img", "image"} else source.end_tag(element)[1]
    if address is None:
        is_hidden = _HIDES.search(loaded.get("class", "")) is not None
        source.put(element.start, end, "" if is_hidden else on_one_line(loaded.get("alt", "")))
        return
    loaded["src"] = address
    copy = _copy_beside(source, element) if _waits(element.attributes) else {}
    if not waiting(
        element.attributes, ADDRESSES
    ):  # what it has is a placeholder, if the picture itself waits
        real = (copy.get("src", ""), first_candidate(waiting(element.attributes, CANDIDATES)))
        loaded["src"] = next((value for value in real if source.address(value)), address)
    for name in _PICTURE_ATTRIBUTES[1:]:
        if copy.get(name) and not loaded.get(name):
            loaded[name] = copy[name]
    source.replace(element.start, end, start_tag("img", loaded))


def _waits(attributes: dict[str, str]) -> bool:
    """Return whether a picture waits for a script to load it."""
    return bool(waiting(attributes, ADDRESSES) or waiting(attributes, CANDIDATES))


def _loaded(source: HtmlSource, attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes as they are once scripts have loaded the picture."""
    loaded = dict(attributes)
    address = waiting(attributes, ADDRESSES)
    if source.address(address):
        loaded["src"] = address
        if attributes.get("srcset", "").lstrip().startswith("data:"):
            del loaded["srcset"]
    candidates = waiting(attributes, CANDIDATES)
    if candidates:
        loaded["srcset"] = candidates
        sizes = attributes.get("data-sizes") or attributes.get("data-lazy-sizes")
        if sizes and sizes != "auto":
            loaded["sizes"] = sizes
    if attributes.get("data-poster") and not source.address(attributes.get("poster")):
        loaded["poster"] = attributes["data-poster"]
    return loaded


def _addresses(source: HtmlSource, element: Element, attributes: dict[str, str]) -> Iterator[str]:
    """Yield the addresses that a picture may have, the best first."""
    given = attributes.get("src", "").strip()
    if not given.startswith("#"):
        yield given
    yield first_candidate(attributes.get("srcset", ""))
    before = source.html[max(0, element.start - _NEAR) : element.start]
    picture = before.rfind("<picture")
    if picture > before.rfind("</picture"):
        for tag in start_tags(before[picture:], _SOURCE):
            values = {attribute.name: attribute.value for attribute in reversed(tag.attributes)}
            yield first_candidate(waiting(values, CANDIDATES) or values.get("srcset", ""))


def _copy_beside(source: HtmlSource, element: Element) -> dict[str, str]:
    """Remove the copy of a picture in a `noscript` beside it, and return the copy's attributes."""
    found = _COPY.match(source.html, element.end)
    if found:
        source.replace_later(*found.span(1), "")
        source.copies[found.start(1)] = found.end()
        return attributes_of(found[2], "img")
    copy, source.copy = source.copy, {}
    return copy


def replace_noscript(source: HtmlSource, element: Element) -> None:
    """Unwrap a `noscript`; remove one that only repeats a picture."""
    if element.start in source.copies:
        source.position = source.copies[element.start]
        return
    content_end, end = source.end_tag(element)
    images = [
        Element("img", attributes_of(image[0], "img"), *image.span())
        for image in _IMAGE.finditer(source.html, element.end, content_end)
    ]
    shown = [image for image in images if not is_pixel(image.attributes)]
    content = source.html[element.end : content_end]
    has_more = len(shown) > 1 or _SHOWN.search(content) or (not images and words_of(content))
    if not shown and _ABOUT_SCRIPTS.search(words_of(content)):
        has_more = False
    if not has_more and (not shown or _is_copy(source, shown[0], end)):
        source.replace(element.start, end, "")
        return
    source.replace(element.start, element.end, "")
    for image in images:
        if image not in shown or _is_known(source, image):
            source.replace_later(image.start, image.end, "")
    source.replace_later(content_end, end, "")


def _is_copy(source: HtmlSource, image: Element, end: int) -> bool:
    """Return whether a picture inside a `noscript` repeats one outside of it."""
    behind = _BEHIND.match(source.html, end)
    if behind and _waits(attributes_of(behind[1], "img")):
        source.copy = image.attributes
        return True
    return _is_known(source, image)


def _is_known(source: HtmlSource, image: Element) -> bool:
    """Return whether a picture is also outside of any `noscript`."""
    if source.pictures is None:
        found = [attributes_of(image[0], "img") for image in _IMAGE.finditer(_NOSCRIPT.sub("", source.html))]
        source.pictures = {
            source.address(waiting(image, ADDRESSES) or image.get("src")) for image in found
        } - {None}
    return source.address(image.attributes.get("src")) in source.pictures
