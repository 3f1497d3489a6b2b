"""Formulas as text: their TeX where the markup has it, else what a person would read aloud from the MathML."""

import re
from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["formula_text"]

#: Deeper than this, a formula is only its letters.
_DEEPEST: Final = 40
_DISPLAY_STYLE: Final = re.compile(r"\{\\(?:display|text)style\s+(.*)\}", re.DOTALL)
_SPACED: Final = frozenset("=<>≤≥≠≈±+−-→⇒∈×·≡∼∝")
_SIMPLE: Final = re.compile(r"[\w.,∞′]+")


def formula_text(math: LexborNode) -> str:
    r"""Write a `math` element as text.

    Returns:
        Its TeX (an annotation, or `alttext`), else its parts in reading order, `1/3` for a fraction.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> html = "<math><mfrac><mn>1</mn><mn>3</mn></mfrac><mo>=</mo><msup><mi>e</mi><mi>k</mi></msup></math>"
    >>> formula_text(LexborHTMLParser(html, is_fragment=True).css_first("math"))
    '1/3 = e^k'
    """
    given = math.attributes
    tex = _annotation(math) or given.get("alttext") or ""
    text = " ".join(tex.split()) or " ".join(_read(math, 0).split()) or given.get("aria-label") or ""
    style = _DISPLAY_STYLE.fullmatch(text)
    return style[1].strip() if style else text


def _annotation(math: LexborNode) -> str:
    for node in math.traverse():
        if node.tag == "annotation" and "tex" in (node.attributes.get("encoding") or "").lower():
            return node.text()
    return ""


def _read(node: LexborNode, depth: int) -> str:
    tag = node.tag
    if tag == "-text":
        return node.text()
    if tag in {"annotation", "annotation-xml", "mphantom", "-comment"}:
        return ""
    if depth == _DEEPEST:
        return node.text()
    parts = [text for child in node.iter(include_text=True) if (text := _read(child, depth + 1).strip())]
    return _joined(tag or "", parts)


def _joined(tag: str, parts: list[str]) -> str:
    match tag, parts:
        case "mfrac", [over, under]:
            return f"{_group(over)}/{_group(under)}"
        case "msup" | "mover", [base, above]:
            return f"{_group(base)}^{_group(above)}"
        case "msub" | "munder", [base, below]:
            return f"{_group(base)}_{_group(below)}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{_group(base)}_{_group(below)}^{_group(above)}"
        case "mroot", [base, degree]:
            return f"{_group(degree)}√{_group(base)}"
        case "msqrt", _:
            return f"√{_group(_in_a_row(parts))}"
        case "mfenced", _:
            return f"({', '.join(parts)})"
        case "mtable", _:
            return "; ".join(parts)
        case "mtr", _:
            return ", ".join(parts)
        case "mspace", _:
            return " "
        case "mtext", _:
            return f" {' '.join(parts)} "
    return _in_a_row(parts)


def _in_a_row(parts: list[str]) -> str:
    return "".join(f" {part} " if part in _SPACED and len(parts) > 1 else part for part in parts)


def _group(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
