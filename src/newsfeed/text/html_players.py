"""Players, embedded pages and drawings: links, and words."""

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from newsfeed.text.html_lazy import ADDRESSES, waiting
from newsfeed.text.html_pixels import is_pixel
from newsfeed.text.html_tree import Attributes, Tree, children, is_empty, label_of, on_one_line

__all__ = ["replace_area", "replace_drawing", "replace_filled", "replace_object", "replace_player"]

_SOURCES: Final = ("src", "data", "url", "data-href", "data-oembed-url")
_SOURCE_PARAMETERS: Final = frozenset({"filename", "movie", "src", "url"})


def replace_player(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put a link in the place of a frame or a player; a hidden one goes."""
    lazy = waiting(attributes, ADDRESSES)
    if not lazy and is_pixel({name: value or "" for name, value in attributes.items()}):
        node.decompose()
        return
    address = _first_address(tree, [lazy, *(attributes.get(name) for name in _SOURCES)])
    tree.replace(node, tree.link(address, label_of(attributes), attributes))


def replace_object(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put a link in the place of an `object`, once for all elements that say the same; what it holds stays."""
    address = _first_address(tree, [attributes.get("data"), *_sources_inside(node)])
    for inner in node.css("param, embed, object, iframe"):
        if inner.mem_id != node.mem_id:
            inner.decompose()
    inside = children(node)
    label = label_of(attributes)
    if all(child.tag == "-text" for child in inside):
        label, inside = label or on_one_line(node.text()), []
    link = tree.link(address, label, attributes)
    for child in reversed(inside):
        node.insert_after(child, move=True)
    tree.replace(node, link)


def _sources_inside(node: LexborNode) -> Iterator[str | None]:
    for inner in node.css("param, embed, iframe"):
        attributes = inner.attributes
        if inner.tag != "param":
            yield attributes.get("src")
        elif (attributes.get("name") or "").lower() in _SOURCE_PARAMETERS:
            yield attributes.get("value")


def _first_address(tree: Tree, values: list[str | None]) -> str | None:
    return next((address for value in values if (address := tree.address(value))), None)


def replace_filled(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put a link in the place of an element that a script fills, if it says with what."""
    if (attributes.get("data-href") or attributes.get("data-oembed-url")) and is_empty(node):
        replace_player(tree, node, attributes)


def replace_area(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put a link in the place of an area of a map."""
    address = tree.address(attributes.get("href"))
    alternative = on_one_line(attributes.get("alt") or "") or label_of(attributes)
    tree.replace(node, tree.link(address, alternative) if address else "")


def replace_drawing(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put its name in the place of a drawing."""
    tree.replace(node, _name_of_drawing(node, attributes))


def _name_of_drawing(node: LexborNode, attributes: Attributes) -> str:
    """Return its label, title or description, else its words; nothing for mere decoration."""
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in {"presentation", "none"}:
        return ""
    names = [label_of(attributes)]
    names += [on_one_line(child.text()) for child in node.iter() if child.tag in {"title", "desc"}]
    if not any(names):
        words = (on_one_line(inner.text()) for inner in node.traverse() if inner.tag == "text")
        names = [" ".join(words).strip()]
    name = next(filter(None, names), "")
    around = node.parent
    is_told = (
        around is not None
        and around.tag in {"a", "button"}
        and around.text().count(name) > node.text().count(name)
    )
    return "" if is_told else name
