"""Formulas as text: their TeX where the markup has it, else what a person would read aloud from the MathML."""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsfeed.text.html_tree import Attributes, Tree, beside, first_inside, label_of, on_one_line

__all__ = ["formula_text", "replace_container", "replace_formula", "replace_rendered", "replace_tex"]

_RENDERED: Final = re.compile(r"(?:^|\s)(?:katex(?!-)|mathjax|mwe-math-element)", re.IGNORECASE)
_DISPLAY_STYLE: Final = re.compile(r"\{\\(?:display|text)style\s+(.*)\}", re.DOTALL)
#: Deeper than this, a formula is only its letters.
_DEEPEST: Final = 40
_SPACED: Final = frozenset("=<>≤≥≠≈±+−-→⇒∈×·≡∼∝")
_SIMPLE: Final = re.compile(r"[\w.,∞′]+")
#: How elements with a fixed number of parts are read; each part is grouped where it has to be.
_PATTERNS: Final = {
    ("mfrac", 2): "{0}/{1}",
    ("mover", 2): "{0}^{1}",
    ("mroot", 2): "{1}√{0}",
    ("msub", 2): "{0}_{1}",
    ("msubsup", 3): "{0}_{1}^{2}",
    ("msup", 2): "{0}^{1}",
    ("munder", 2): "{0}_{1}",
    ("munderover", 3): "{0}_{1}^{2}",
}
_SEPARATORS: Final = {"mfenced": ", ", "mtable": "; ", "mtr": ", "}


def replace_formula(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put its text in the place of a `math` element."""
    if attributes.get("display") == "block":
        tree.replace(node, formula_text(node))
    else:
        node.replace_with(formula_text(node))


def replace_tex(tree: Tree, node: LexborNode, attributes: Attributes) -> None:
    """Put the TeX that MathJax 2 keeps in a script in its place, and take away what it drew from it."""
    del tree
    if not _is_tex(node, attributes):
        return
    drawn = beside(node, before=True)
    while drawn is not None and _is_rendered(drawn):
        before = beside(drawn, before=True)
        drawn.decompose()
        drawn = before
    node.replace_with(on_one_line(node.text()))


def replace_rendered(node: LexborNode, attributes: Attributes) -> bool:
    """Put its text in the place of a formula that KaTeX, MathJax or Wikipedia drew. Return whether it is gone."""
    tex = attributes.get("data-tex") or attributes.get("data-latex")
    if tex and node.tag != "img" and (not node.text().strip() or node.css_first("math, svg, .katex")):
        node.replace_with(on_one_line(tex))
        return True
    if node.tag == "math" or not _RENDERED.search(attributes.get("class") or ""):
        return False
    if _is_followed_by_tex(node):
        node.decompose()
        return True
    math = first_inside(node, "math") or _math_in(attributes.get("data-mathml") or "")
    text = formula_text(math) if math is not None else ""
    if text:
        node.replace_with(text)
    return bool(text)


def replace_container(node: LexborNode, attributes: Attributes) -> None:
    """Put its text in the place of what MathJax 3 drew."""
    math = first_inside(node, "math")
    text = formula_text(math) if math is not None else label_of(attributes)
    if text:
        node.replace_with(text)


def formula_text(math: LexborNode) -> str:
    r"""Write a `math` element as text.

    Returns:
        Its TeX (an annotation, or `alttext`), else its parts in reading order, `1/3` for a fraction.

    >>> html = "<math><mfrac><mn>1</mn><mn>3</mn></mfrac><mo>=</mo><msup><mi>e</mi><mi>k</mi></msup></math>"
    >>> formula_text(LexborHTMLParser(html, is_fragment=True).css_first("math"))
    '1/3 = e^k'
    """
    given = math.attributes
    tex = on_one_line(_annotation(math) or given.get("alttext") or "")
    text = tex or on_one_line(_read(math, 0)) or label_of(given)
    style = _DISPLAY_STYLE.fullmatch(text)
    return style[1].strip() if style else text


def _math_in(mathml: str) -> LexborNode | None:
    return LexborHTMLParser(mathml, is_fragment=True).css_first("math") if "<math" in mathml else None


def _is_tex(node: LexborNode, attributes: Attributes) -> bool:
    return node.tag == "script" and (attributes.get("type") or "").lower().startswith("math/")


def _is_rendered(node: LexborNode) -> bool:
    return _RENDERED.search(node.attributes.get("class") or "") is not None


def _is_followed_by_tex(node: LexborNode) -> bool:
    after = beside(node, before=False)
    while after is not None and _is_rendered(after):
        after = beside(after, before=False)
    return after is not None and _is_tex(after, after.attributes)


def _annotation(math: LexborNode) -> str:
    for node in math.traverse():
        if node.tag == "annotation" and "tex" in (node.attributes.get("encoding") or "").lower():
            return node.text()
    return ""


def _read(node: LexborNode, depth: int) -> str:
    tag = node.tag or ""
    if tag == "-text" or depth == _DEEPEST:
        return node.text()
    if tag in {"annotation", "annotation-xml", "mphantom", "-comment"}:
        return ""
    parts = [text for child in node.iter(include_text=True) if (text := _read(child, depth + 1).strip())]
    pattern = _PATTERNS.get((tag, len(parts)))
    if pattern:
        return pattern.format(*map(_group, parts))
    joined = _SEPARATORS[tag].join(parts) if tag in _SEPARATORS else _in_a_row(parts)
    return {"msqrt": f"√{_group(joined)}", "mfenced": f"({joined})", "mtext": f" {joined} "}.get(tag, joined)


def _in_a_row(parts: list[str]) -> str:
    return "".join(f" {part} " if part in _SPACED and len(parts) > 1 else part for part in parts)


def _group(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
