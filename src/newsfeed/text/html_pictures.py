"""Pictures, and their lazily loaded and `noscript` twins: each picture once, with an address."""

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from newsfeed.text.html_lazy import ADDRESSES, CANDIDATES, waiting
from newsfeed.text.html_links import first_candidate, may_be_carried
from newsfeed.text.html_pixels import is_pixel
from newsfeed.text.html_tree import (
    Attributes,
    Tree,
    beside,
    first_inside,
    is_inside,
    on_one_line,
    set_attributes,
)

__all__ = ["load_media", "replace_noscript", "replace_picture"]

_LAZY: Final = frozenset({*ADDRESSES, *CANDIDATES, "data-poster"})
_PICTURE_ATTRIBUTES: Final = ("src", "srcset", "alt", "width", "height", "sizes")
_MAY_HOLD_A_PICTURE: Final = frozenset({"a", "div", "figure", "img", "picture", "span"})


def load_media(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Give a source, an audio or a video the address that waits for a script."""
    if not _LAZY.isdisjoint(attributes):
        set_attributes(node, _loaded(tree, attributes), attributes)


def replace_picture(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Give an `img` its address; where there is none, its alternative text takes its place."""
    source = (attributes.get("src") or "").strip()
    if (
        source
        and source[0] != "#"
        and node.tag == "img"
        and not tree.is_strict
        and may_be_carried(source)
        and _LAZY.isdisjoint(attributes)
    ):
        return
    loaded = _loaded(tree, attributes)
    address = next((value for value in _addresses(node, loaded) if tree.address(value)), None)
    if address is None:
        tree.replace(node, on_one_line(attributes.get("alt") or ""))
        return
    loaded["src"] = address
    if node.tag == "img":
        set_attributes(node, loaded, attributes)
    else:
        image = tree.document.create_node("img")
        set_attributes(image, {name: loaded[name] for name in _PICTURE_ATTRIBUTES if loaded.get(name)}, {})
        node.replace_with(image, move=True)


def _loaded(tree: Tree, attributes: Attributes) -> dict[str, str | None]:
    """Return the attributes as they are once scripts have loaded the picture."""
    loaded = dict(attributes)
    address = waiting(attributes, ADDRESSES)
    if tree.address(address):
        loaded["src"] = address
        if (attributes.get("srcset") or "").lstrip().startswith("data:"):
            del loaded["srcset"]
    candidates = waiting(attributes, CANDIDATES)
    if candidates:
        loaded["srcset"] = candidates
        sizes = attributes.get("data-sizes") or attributes.get("data-lazy-sizes")
        if sizes and sizes != "auto":
            loaded["sizes"] = sizes
    if attributes.get("data-poster") and not attributes.get("poster"):
        loaded["poster"] = attributes["data-poster"]
    return loaded


def _addresses(node: LexborNode, attributes: Attributes) -> Iterator[str]:
    """Visit the addresses that a picture may have, the best first."""
    source = (attributes.get("src") or "").strip()
    if not source.startswith("#"):
        yield source
    yield first_candidate(attributes.get("srcset") or "")
    if node.parent is not None and node.parent.tag == "picture":
        for source_element in node.parent.css("source"):
            yield first_candidate(source_element.attributes.get("srcset") or "")


def replace_noscript(tree: Tree, node: LexborNode) -> None:
    """Unwrap what readers without scripts are meant to see; the copy of a picture goes."""
    for image in [inner for inner in node.traverse() if inner.tag == "img"]:
        if is_pixel({name: value or "" for name, value in image.attributes.items()}):
            image.decompose()
    if first_inside(node, "img", "a", "audio", "video") is None:
        node.decompose()
        return
    shown = first_inside(node, "img")
    original = None if shown is None else _original(tree, shown, node)
    if shown is None or original is None:
        node.unwrap()
        return
    given, lacking = shown.attributes, original.attributes
    for name in _PICTURE_ATTRIBUTES[1:]:
        if given.get(name) and not lacking.get(name):
            original.attrs[name] = given[name]
    node.decompose()


def _original(tree: Tree, copy: LexborNode, noscript: LexborNode) -> LexborNode | None:
    """Find the picture outside of a `noscript` that one inside repeats."""
    address = tree.address(copy.attributes.get("src"))
    for neighbour in (beside(noscript, before=True), beside(noscript, before=False)):
        if neighbour is not None and neighbour.tag in _MAY_HOLD_A_PICTURE:
            image = neighbour if neighbour.tag == "img" else first_inside(neighbour, "img")
            if image is not None and waiting(image.attributes, ADDRESSES):
                return image
    images = (image for image in tree.body.css("img") if not is_inside(image, "noscript"))
    return next((image for image in images if tree.address(image.attributes.get("src")) == address), None)
