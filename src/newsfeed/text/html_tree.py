"""A fragment as an HTML5 tree (lexbor), in which elements are replaced.

What is put in, titles, labels and addresses, enters as text or as the value of an attribute; so it can't become markup.
"""

import re
from collections.abc import Mapping
from threading import local
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from newsfeed.text.html_links import absolute, allowed

__all__ = [
    "HEADINGS",
    "Attributes",
    "Tree",
    "beside",
    "children",
    "first_inside",
    "is_empty",
    "is_inside",
    "label_of",
    "on_one_line",
    "set_attributes",
]

Attributes: TypeAlias = Mapping[str, str | None]

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_WITHOUT_EVENTS: Final = int(LexborDocumentOptions.WO_EVENTS)
_USES: Final = 50
#: Elements in which a replacement is a paragraph of its own, unless it stands among words.
_CONTAINERS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "figure",
        "footer",
        "form",
        "header",
        "li",
        "main",
        "section",
        "td",
    ]
)
_AMONG_WORDS: Final = frozenset(
    ["a", "b", "code", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u"]
)
_VISIBLE: Final = frozenset(["audio", "hr", "iframe", "img", "input", "object", "picture", "svg", "video"])
#: Words that need no space before, or after, what takes an element's place.
_ENDS_APART: Final = re.compile(r"[\s(\[{«„“‘「『（【]\Z")
_BEGINS_APART: Final = re.compile(r"[\s.,;:!?…)\]}»”’،؛؟。，、！？；：）」』】]")
_POSTERS: Final = ("poster", "data-poster", "data-thumbnail")


class _Workplace(local):
    """A document, one for each thread, whose body holds one fragment after the other.

    To make a document takes longer than to parse an article. What was removed from one stays in its memory, so that it
    is replaced now and then. A fragment of its own won't do: its topmost nodes have no parent, as those removed.
    """

    def __init__(self) -> None:
        self._uses = 0

    def take(self) -> tuple[LexborHTMLParser, LexborNode]:
        if self._uses % _USES == 0:
            self._document = LexborHTMLParser("<!DOCTYPE html><body>", options=_WITHOUT_EVENTS)
            self._body = self._document.body or self._document.create_node("body")
        self._uses += 1
        return self._document, self._body


_workplace = _Workplace()


class Tree:
    """A fragment while things are replaced in it.

    Attributes:
        document: The parser's document.
        body: What stands for the fragment.
        is_strict: Whether every address that can't be resolved has to go.
    """

    def __init__(self, html: str, *, page: str, is_strict: bool = False) -> None:
        self.document, self.body = _workplace.take()
        self.body.inner_html = html
        self.is_strict = is_strict
        self._page = page

    @property
    def html(self) -> str:
        """The fragment, serialised."""
        return self.body.inner_html or ""

    def address(self, value: str | None) -> str | None:
        """Return the absolute http(s) address that a value means on the page; None if it is none."""
        return absolute(value, page=self._page) if value and value.strip() else None

    def link_address(self, value: str) -> str | None:
        """Return where a link leads, absolute; None if feeds don't carry such an address."""
        return allowed("a", "href", value, page=self._page)

    def link(self, address: str | None, words: str, attributes: Attributes | None = None) -> LexborNode | str:
        """Make a link, with the poster that the attributes name; only words where there is no address."""
        if address is None:
            return words
        words = words or urlsplit(address).hostname or address
        attributes = attributes or {}
        link = self.document.create_node("a")
        link.attrs["href"] = address
        is_picture = (attributes.get("type") or "").startswith("image/")
        poster = next((value for name in _POSTERS if (value := attributes.get(name))), None)
        source = address if is_picture else self.address(poster)
        if source:
            image = self.document.create_node("img")
            set_attributes(image, {"src": source, "alt": words if is_picture else ""}, {})
            link.insert_child(image, move=True)
        if source and not is_picture:
            link.insert_child(self.document.create_node("br"), move=True)
        if not is_picture:
            link.insert_child(words)
        return link

    def replace(self, node: LexborNode, new: LexborNode | str) -> None:
        """Put a link, a picture or words in the place of an element; nothing where they are empty."""
        if new:
            self._put_before(node, new)
        node.decompose()

    def _put_before(self, node: LexborNode, new: LexborNode | str) -> None:
        if isinstance(new, LexborNode) and is_inside(node, "a"):
            image = first_inside(new, "img")
            new = new.text() if image is None else image
        stands_alone = not any(map(_is_among_words, (node.prev, node.next)))
        if node.parent is not None and node.parent.tag in _CONTAINERS and stands_alone:
            paragraph = self.document.create_node("p")
            paragraph.insert_child(new, move=not isinstance(new, str))
            node.insert_before(paragraph, move=True)
            return
        if node.prev is not None and not _ENDS_APART.search(node.prev.text() or ""):
            node.insert_before(" ")
        node.insert_before(new, move=not isinstance(new, str))
        if node.next is not None and not _BEGINS_APART.match(node.next.text() or ""):
            node.insert_before(" ")


def set_attributes(node: LexborNode, changed: Attributes, before: Attributes) -> None:
    """Give an element the attributes `changed` in the place of `before`."""
    for name, value in changed.items():
        if name not in before or value != before[name]:
            node.attrs[name] = value
    for name in before.keys() - changed.keys():
        del node.attrs[name]


def label_of(attributes: Attributes) -> str:
    """Return an element's title or label, on one line."""
    return on_one_line(attributes.get("title") or attributes.get("aria-label") or "")


def on_one_line(text: str) -> str:
    """Write each run of white space as one space."""
    return " ".join(text.split())


def children(node: LexborNode) -> list[LexborNode]:
    """Return an element's children, words included."""
    return [child for child in node.iter(include_text=True) if child.tag != "-comment"]


def first_inside(node: LexborNode, *names: str) -> LexborNode | None:
    """Return the first of some elements in a node; a selector of CSS takes ten times as long."""
    return next(
        (inner for inner in node.traverse() if inner.tag in names and inner.mem_id != node.mem_id), None
    )


def is_inside(node: LexborNode, *names: str) -> bool:
    """Return whether one of some elements is around a node."""
    parent = node.parent
    while parent is not None:
        if parent.tag in names:
            return True
        parent = parent.parent
    return False


def beside(node: LexborNode, *, before: bool) -> LexborNode | None:
    """Return the element right before or after a node, over white space and comments; None if words are there."""
    found = node.prev if before else node.next
    while found is not None and (found.tag == "-comment" or _is_blank(found)):
        found = found.prev if before else found.next
    return None if found is None or found.tag == "-text" else found


def is_empty(node: LexborNode) -> bool:
    """Return whether there is nothing to see in an element."""
    if node.first_child is None:
        return True
    if node.text().strip():
        return False
    return not any(inner.tag in _VISIBLE for inner in node.traverse())


def _is_blank(node: LexborNode) -> bool:
    return node.tag == "-text" and not node.text().strip()


def _is_among_words(neighbour: LexborNode | None) -> bool:
    if neighbour is None:
        return False
    return neighbour.tag in _AMONG_WORDS or (neighbour.tag == "-text" and not _is_blank(neighbour))
