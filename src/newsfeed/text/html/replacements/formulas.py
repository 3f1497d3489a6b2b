"""Formulas as text: their TeX where the markup has it, else what a person would read aloud from the MathML."""

import re
from html import escape
from typing import Final

from newsfeed.text.html.notation import unescaped
from newsfeed.text.html.replacements.source import Element, HtmlSource, is_empty, label_of, on_one_line
from newsfeed.text.html.tags import tags
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["formula_text", "replace_container", "replace_formula", "replace_rendered", "replace_tex"]

_RENDERED: Final = lazy_pattern(r"(?:^|\s)(?:katex(?!-)|mathjax|mwe-math-element)", re.IGNORECASE)
_DISPLAY_STYLE: Final = lazy_pattern(r"\{\\(?:display|text)style\s+(.*)\}", re.DOTALL)
_TEX: Final = lazy_pattern(r"<annotation\s[^<>]*?[tT][eE][xX][^<>]*+>([^<]*+)</annotation")
_MATH: Final = lazy_pattern(r"<math(?![^\s/>])")
_DRAWN: Final = lazy_pattern(r"""<(?:math|svg)\b|class\s*+=\s*+["'][^"'<>]*?\bkatex\b""")
_BETWEEN: Final = lazy_pattern(r"(?:\s++|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->)*+")
#: Deeper than this, a formula is only its letters.
_DEEPEST: Final = 40
#: MathJax 2 draws a preview and the formula itself.
_MOST_DRAWN: Final = 3
_SPACED: Final = frozenset("=<>≤≥≠≈±+−-→⇒∈×·≡∼∝")
_SIMPLE: Final = lazy_pattern(r"[\w.,∞′]+")
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
_UNREAD: Final = frozenset({"annotation", "annotation-xml", "mphantom"})


def replace_formula(source: HtmlSource, math: Element) -> None:
    """Replace a `math` element with its text."""
    content_end, end = source.end(math)
    text = formula_text(math, source.html[math.end : content_end])
    if math.attributes.get("display") == "block":
        source.put(math.start, end, text)
    else:
        source.replace(math.start, end, escape(text, quote=False))


def replace_tex(source: HtmlSource, script: Element) -> None:
    """Replace a script in which MathJax 2 keeps TeX with the TeX."""
    content_end, end = source.end_tag(script)
    tex = on_one_line(source.html[script.end : content_end])
    if "display" in script.attributes.get("type", ""):
        source.put(script.start, end, tex)
    else:
        source.replace(script.start, end, escape(tex, quote=False))


def replace_rendered(source: HtmlSource, element: Element) -> bool:
    """Replace a formula that KaTeX, MathJax or Wikipedia drew with its text. Return whether it was one."""
    attributes = element.attributes
    tex = attributes.get("data-tex") or attributes.get("data-latex") or ""
    is_drawn = _is_drawn(element)
    if not (tex or is_drawn) or element.name in {"img", "math"}:
        return False
    content_end, end = source.end_tag(element)
    content = source.html[element.end : content_end]
    text = ""
    if tex and (is_empty(content) or _DRAWN.search(content)):
        text = on_one_line(tex)
    elif is_drawn and not _is_followed_by_tex(source, end):
        text = _formula_in(content) or _formula_in(attributes.get("data-mathml", ""))
        if not text:
            return False
    elif not is_drawn:
        return False
    if element.name == "div":
        source.put(element.start, end, text)
    else:
        source.replace(element.start, end, escape(text, quote=False))
    return True


def replace_container(source: HtmlSource, element: Element) -> None:
    """Replace what MathJax 3 drew with its text."""
    content_end, end = source.end_tag(element)
    text = _formula_in(source.html[element.end : content_end]) or label_of(element.attributes)
    if text:
        source.replace(element.start, end, escape(text, quote=False))


def formula_text(math: Element, content: str) -> str:
    r"""Write a `math` element as text.

    Args:
        math: The element.
        content: What it holds.

    Returns:
        Its TeX (an annotation, or `alttext`), else its parts in reading order, `1/3` for a fraction.

    >>> content = "<mfrac><mn>1</mn><mn>3</mn></mfrac><mo>=</mo><msup><mi>e</mi><mi>k</mi></msup>"
    >>> formula_text(Element("math", {}, 0, 0), content)
    '1/3 = e^k'
    """
    annotation = _TEX.search(content)
    tex = on_one_line((annotation and unescaped(annotation[1])) or math.attributes.get("alttext") or "")
    text = tex or on_one_line(_read(content)) or label_of(math.attributes)
    style = _DISPLAY_STYLE.fullmatch(text)
    return style[1].strip() if style else text


def _formula_in(html: str) -> str:
    """Write the first `math` element of a stretch of HTML as text; empty where there is none."""
    found = _MATH.search(html)
    source = HtmlSource(html, page="")
    math = source.element_at(found.start()) if found else None
    return formula_text(math, html[math.end : source.end_tag(math)[0]]) if math else ""


def _is_drawn(element: Element) -> bool:
    return _RENDERED.search(element.attributes.get("class", "")) is not None


def _is_followed_by_tex(source: HtmlSource, position: int) -> bool:
    """Return whether the TeX that MathJax 2 drew an element from follows it, behind whatever else it drew."""
    for _ in range(_MOST_DRAWN):
        between = _BETWEEN.match(source.html, position)
        element = source.element_at(between.end() if between else position)
        if element is None:
            return False
        if not _is_drawn(element):
            return element.name == "script" and element.attributes.get("type", "").lower().startswith("math/")
        position = source.end_tag(element)[1]
    return False


def _read(content: str) -> str:
    """Read the parts of a formula, the innermost first."""
    around: list[tuple[str, list[str]]] = [("math", [])]

    def add(text: str) -> None:
        if text := text.strip():
            around[-1][1].append(text)

    position = 0
    for tag in tags(content):
        add(unescaped(content[position : tag.start]))
        position = tag.end
        if not tag.name:
            continue
        if not tag.closes and len(around) < _DEEPEST:
            around.append((tag.name, []))
        if (tag.closes or content[tag.end - 2] == "/") and any(name == tag.name for name, _ in around[1:]):
            while (closed := around.pop())[0] != tag.name:
                add(_joined(*closed))
            add(_joined(*closed))
    add(unescaped(content[position:]))
    while len(around) > 1:
        add(_joined(*around.pop()))
    return _joined(*around[0])


def _joined(name: str, parts: list[str]) -> str:
    if name in _UNREAD:
        return ""
    pattern = _PATTERNS.get((name, len(parts)))
    if pattern:
        return pattern.format(*map(_group, parts))
    joined = _SEPARATORS[name].join(parts) if name in _SEPARATORS else _in_a_row(parts)
    return {"msqrt": f"√{_group(joined)}", "mfenced": f"({joined})"}.get(name, joined)


def _in_a_row(parts: list[str]) -> str:
    return "".join(f" {part} " if part in _SPACED and len(parts) > 1 else part for part in parts)


def _group(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
