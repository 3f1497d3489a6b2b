"""What stands in a feed for what a feed can't carry; docs/reference/html.md has the whole list.

A link stands for a player, its TeX for a formula, the picture for a lazily loaded one. It happens on a tree, before the
fragment is sanitised.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from newsfeed.text.html_allowed import BLOCKS
from newsfeed.text.html_formulas import replace_container, replace_formula, replace_rendered, replace_tex
from newsfeed.text.html_links import may_be_carried, with_candidates
from newsfeed.text.html_marks import has_marked_elements
from newsfeed.text.html_pictures import load_media, replace_noscript, replace_picture
from newsfeed.text.html_players import (
    replace_area,
    replace_drawing,
    replace_filled,
    replace_object,
    replace_player,
)
from newsfeed.text.html_tree import HEADINGS, Attributes, Tree, children, first_inside, is_empty, is_inside
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["with_replacements"]

_CLOSED_IN_ITSELF: Final = re.compile(
    r"<(iframe|script|style|textarea|title|xmp|noembed|noframes|object|video|audio|canvas)\b"
    r"""((?:\s++[^\s"'<>/=]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'))?)*+)\s*/>""",
    re.IGNORECASE,
)
_UNCLOSED_FRAME: Final = re.compile(
    r"(<iframe\b[^<>]*+>)(?=[^<]*+(?:<(?!/?iframe)[^<]*+)*+(?:<iframe|\Z))", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--[^-]*+(?:-(?!->)[^-]*+)*+-->")
_EMPTY_FIRST_LINE: Final = re.compile(r"""(<pre(?: [^\s"=>]+(?:="[^"]*")?)*>)\n""")

_PERMALINK_SIGNS: Final = frozenset({"", "#", "¶", "§", "🔗", "∞", "⚓"})
_PERMALINK_CLASSES: Final = frozenset(
    {"anchor", "anchorjs-link", "header-anchor", "headerlink", "heading-anchor", "permalink"}
)
_CODE: Final = ("code", "figure", "pre", "table")
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
_NUMBERS: Final = re.compile(r"[\d\s]*")
_SHELLS: Final = frozenset({"code", "div", "pre", "span", "td"})

_EMPHASIS: Final = re.compile(r"font-weight|font-style|decoration|vertical-align", re.IGNORECASE)
#: The element for a declaration of style, and the elements that look so without it.
_STYLES: Final = (
    (
        "b",
        re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
        HEADINGS | {"b", "strong", "th"},
    ),
    ("i", re.compile(r"(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), {"cite", "em", "i"}),
    (
        "u",
        re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE),
        {"a", "ins", "u"},
    ),
    (
        "s",
        re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE),
        {"del", "s"},
    ),
    ("sup", re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super", re.IGNORECASE), {"sup"}),
    ("sub", re.compile(r"(?:^|;)\s*vertical-align\s*:\s*sub\b", re.IGNORECASE), {"sub"}),
)
_NOT_BOLD: Final = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_NOT_ITALIC: Final = re.compile(r"(?:^|;)\s*font-style\s*:\s*normal", re.IGNORECASE)
#: Google Docs wraps whole articles in a `b` that isn't bold.
_UNDONE: Final = {"b": _NOT_BOLD, "strong": _NOT_BOLD, "em": _NOT_ITALIC, "i": _NOT_ITALIC}
_WITHOUT_WORDS: Final = frozenset(
    {"audio", "hr", "iframe", "img", "input", "object", "picture", "svg", "video"}
)


def with_replacements(html: str, *, page: str, is_strict: bool = False) -> str:
    """Put something that feeds can carry in the place of what they can't.

    Args:
        html: An HTML fragment that `newsfeed.text.html_weight` doesn't refuse.
        page: The article's own address.
        is_strict: Whether to take away every address that can't be resolved, too.

    Returns:
        The fragment, serialised. It is not sanitised.

    >>> with_replacements('<iframe src="https://video.example/1" title="Snow"/>', page="https://a.example/")
    '<p><a href="https://video.example/1">Snow</a></p>'
    """
    tree = Tree(_with_end_tags(html), page=page, is_strict=is_strict)
    _replace_all(tree, looks_at_all=is_strict or has_marked_elements(html))
    replaced = _COMMENT.sub("", tree.html)
    if "&#" in html:
        replaced = without_forbidden(replaced)
    return _EMPTY_FIRST_LINE.sub(r"\1\n\n", replaced) if "<pre" in replaced else replaced


def _with_end_tags(html: str) -> str:
    """Close what is closed in itself, as in XHTML, and frames that never are: they would swallow what follows."""
    if "/>" in html:
        html = _CLOSED_IN_ITSELF.sub(r"<\1\2></\1>", html)
    if "iframe" in html or "IFRAME" in html:
        html = _UNCLOSED_FRAME.sub(r"\1</iframe>", html)
    return html


def _replace_all(tree: Tree, *, looks_at_all: bool) -> None:
    """Replace every element that has to be; those that depend on others come last."""
    nodes = [(node, node.tag or "") for node in tree.body.traverse()]
    for node, name in nodes:
        action = _ACTIONS.get(name) or (_replace_custom if "-" in name[1:] else None)
        if (action is None and not looks_at_all) or node.parent is None:
            continue  # nothing to do, or it went with another
        attributes = node.attributes
        if looks_at_all and attributes and _replace_marked(tree, node, attributes):
            continue
        if action is not None:
            action(tree, node, attributes)
    for node, name in nodes:
        if name == "noscript" and node.parent is not None:
            replace_noscript(tree, node)
    for node, name in reversed(nodes):
        if name == "p" and node.parent is not None and is_empty(node):
            node.decompose()


def _replace_marked(tree: Tree, node: LexborNode, attributes: Attributes) -> bool:
    """Heed the attributes that any element may have. Return whether it is gone."""
    style = attributes.get("style")
    if style and _EMPHASIS.search(style):
        _keep_emphasis(tree, node, style)
    if tree.is_strict:
        _remove_impossible_addresses(tree, node, attributes)
    if replace_rendered(node, attributes):
        return True
    classes = attributes.get("class")
    if (
        classes
        and not _LINE_NUMBERS.isdisjoint(classes.split())
        and _NUMBERS.fullmatch(node.text())
        and is_inside(node, *_CODE)
    ):
        _remove_with_shell(node)
        return True
    return False


def _remove_with_shell(node: LexborNode) -> None:
    """Remove an element, and those around it that held nothing else."""
    around = node.parent
    node.decompose()
    while around is not None and around.tag in _SHELLS and around.parent is not None and is_empty(around):
        node, around = around, around.parent
        node.decompose()


def _keep_emphasis(tree: Tree, node: LexborNode, style: str) -> None:
    """Write bold, italics and the like as elements; take away those that a style undoes."""
    name = node.tag or ""
    if name in _UNDONE and _UNDONE[name].search(style):
        node.unwrap()
        return
    inside = children(node)
    if name in _WITHOUT_WORDS or not inside or any(child.tag in BLOCKS for child in inside):
        return
    for element, pattern, looks_so in _STYLES:
        if name not in looks_so and pattern.search(style):
            wrapper = tree.document.create_node(element)
            for child in inside:
                wrapper.insert_child(child, move=True)
            node.insert_child(wrapper, move=True)
            inside = [wrapper]


def _remove_impossible_addresses(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Remove the addresses that no feed can hold from what isn't a link or a picture."""
    if "srcset" in attributes:
        candidates = with_candidates(attributes["srcset"] or "", tree.address)
        node.attrs["srcset"] = candidates
        if not candidates:
            del node.attrs["srcset"]
    for name in ("src", "poster", "cite"):
        if name in attributes and node.tag != "img" and not tree.address(attributes[name]):
            del node.attrs[name]


def _replace_link(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Unwrap a link that leads nowhere; remove a permalink sign."""
    address = attributes.get("href")
    if address is not None and "#" in address and _is_permalink(node, attributes):
        node.decompose()
    elif (
        address is None or not may_be_carried(address) or (tree.is_strict and not tree.link_address(address))
    ):
        node.unwrap(delete_empty=True)


def _is_permalink(node: LexborNode, attributes: Attributes) -> bool:
    if node.text().strip() not in _PERMALINK_SIGNS or first_inside(node, "img") is not None:
        return False
    classes = (attributes.get("class") or "").lower().split()
    return not _PERMALINK_CLASSES.isdisjoint(classes) or is_inside(node, *HEADINGS)


def _replace_button(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Keep the words of a button that opens and closes what follows it: they are a heading."""
    del tree
    opens = "aria-expanded" in attributes or "aria-controls" in attributes
    if opens or is_inside(node, "summary", "dt", *HEADINGS):
        node.unwrap()


def _replace_box(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Write the box of a list of tasks as a character."""
    del tree
    if (attributes.get("type") or "").lower() == "checkbox" and is_inside(node, "li"):
        node.replace_with("☑ " if "checked" in attributes else "☐ ")


def _replace_old_code(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Write an element that was once for code as `pre`."""
    del attributes
    pre = tree.document.create_node("pre")
    pre.insert_child(node.text())
    node.replace_with(pre, move=True)


def _replace_custom(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Replace an element that a library of scripts has made up."""
    name = node.tag or ""
    if name in {"amp-img", "amp-anim"}:
        replace_picture(tree, node, attributes)
    elif name == "mjx-container":
        replace_container(node, attributes)
    elif name.startswith(("amp-", "lite-")) and name != "amp-pixel" and is_empty(node):
        replace_player(tree, node, attributes)


_ACTIONS: Final[Mapping[str, Callable[[Tree, LexborNode, Attributes], None]]] = {
    "a": _replace_link,
    "area": replace_area,
    "audio": load_media,
    "button": _replace_button,
    "div": replace_filled,
    "embed": replace_player,
    "iframe": replace_player,
    "img": replace_picture,
    "input": _replace_box,
    "listing": _replace_old_code,
    "math": replace_formula,
    "object": replace_object,
    "oembed": replace_player,
    "plaintext": _replace_old_code,
    "script": replace_tex,
    "source": load_media,
    "svg": replace_drawing,
    "video": load_media,
    "xmp": _replace_old_code,
}
