"""What a person reads in a line of HTML; dropping the tags alone would change its meaning."""

import re
from functools import cache
from typing import Final

from newsfeed.text.html.notation import unescaped
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.shortcodes import without_shortcodes
from newsfeed.text.xml_characters import without_forbidden

__all__ = [
    "ATTRIBUTES",
    "formula_inside",
    "formula_text",
    "inline_text",
    "is_all",
    "is_links",
    "without_last_link",
]

#: The attributes of a tag and its end, as a pattern; a tag that never ends reaches to the end of the text.
ATTRIBUTES: Final = r"""((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)(?:>|\Z)"""

_FLAGS: Final = re.IGNORECASE | re.DOTALL
_TAG: Final = lazy_pattern(rf"<(?:!--(?:-?>|.*?--!?>|.*\Z)|[!?/][^>]*+(?:>|\Z)|[a-z]{ATTRIBUTES})", _FLAGS)
_USUAL_TAG: Final = lazy_pattern(r"</?[a-z][^<>]*+>")


def _element(names: str) -> str:
    """Return a pattern for an element that doesn't contain another of its kind."""
    return rf"<({names})(?![^\s/>])[^<>]*+>([^<]*+(?:<(?!/?\1(?![^\s/>]))[^<]*+)*+)</\1\s*+>"


@cache
def _elements(names: str) -> re.Pattern[str]:
    return re.compile(_element(names), _FLAGS)


#: Deleted words, and how a word is pronounced.
_GONE: Final = lazy_pattern(_element("del|rp|rt|s|strike"), _FLAGS)
_RAISED: Final = lazy_pattern(_element("sup|sub"), _FLAGS)
_QUOTED: Final = lazy_pattern(_element("q"), _FLAGS)
_LINKS: Final = lazy_pattern(_element("a"), _FLAGS)
_LINK_TO_NOTE: Final = lazy_pattern(
    r"""<a\s[^<>]*?href\s*+=\s*+["']?[^"'\s<>\#]*+\#[^<>]*+>
    (?:\s|<[^<>a/][^<>]*+>)*+ [\[(]? (?:[0-9]{1,3}|[a-z]|[*†‡§¶↑↩⤴^¹²³⁰-⁹\ufe0e]+) [\])]? (?:\s|</[^<>a][^<>]*+>)*+ </a\s*+>""",
    re.IGNORECASE | re.VERBOSE,
)
_EMOJI: Final = lazy_pattern(
    r"""<img\s(?=[^<>]*?(?:class\s*+=\s*+["']?[^"'<>]*?(?:emoji|smiley|latex|formula)|equation\?tex=|latex\.php))[^<>]*?\balt\s*+=\s*+["']([^"'<>]*+)["'][^<>]*+>""",
    re.IGNORECASE,
)
_SIGN: Final = lazy_pattern("emoji|smiley|latex|formula|equation")
_NOTE: Final = lazy_pattern(r"<a\s|\[", re.IGNORECASE)
_RAISED_SIGNS: Final = {
    "sup": str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_DIGITS: Final = lazy_pattern(r"[0-9+−=()-]*[0-9][0-9+−=()-]*|[0-9n]+")
_SPACES: Final = lazy_pattern(r"\s{2,}|[\t-\r\x1c-\x1f\x85\u2028\u2029]")
_WORD: Final = lazy_pattern(r"\w")
#: The last letter, digit or colon.
_LAST_SIGN: Final = lazy_pattern(r".*([\w:：])", re.DOTALL)
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "؟", "۔", "।", "。", "！", "？", "”", "»", '"', "」")
_NOTE_MARKS: Final = frozenset("*†‡§¶")

_TEX: Final = lazy_pattern(r"<annotation\s[^<>]*?tex[^<>]*+>([^<]*+)</annotation", re.IGNORECASE)
_ALTTEXT: Final = lazy_pattern(r"""\salttext\s*+=\s*+(?:"([^"<>]*+)"|'([^'<>]*+)')""", re.IGNORECASE)
_MATH: Final = lazy_pattern(r"<math\b([^<>]*+)>(.*?)</math", re.IGNORECASE | re.DOTALL)
_STYLE: Final = lazy_pattern(r"\{\\(?:display|text)style\s+([^<>]*)\}")
#: Elements whose parts would mean something else if they were read one after the other.
_TWO_STOREYED: Final = lazy_pattern(
    r"<m(?:frac|sup|sub|subsup|root|sqrt|over|under|underover|table|multiscripts)\b", re.IGNORECASE
)


#: Elements that need more than dropping their tags.
_MEANING: Final = lazy_pattern(r"<(?:del|q|r[pt]|s|strike|su[bp])[\s>]")


def inline_text(html: str) -> str:
    """Return what a person reads in a stretch of HTML without blocks.

    Args:
        html: The stretch, however broken, its tags in lower case.

    Returns:
        Plain text on one line, without footnote marks, deleted words and shortcodes. Raised digits become superscripts.

    >>> inline_text('10<sup>6</sup> people<sup><a href="#fn1">1</a></sup> said <q>no</q> <s>twice</s>')
    '10⁶ people said “no”'
    """
    if "<" in html:
        if "#" in html:
            html = _LINK_TO_NOTE.sub("", html)
        if _MEANING.search(html):
            html = _QUOTED.sub(r"“\2”", _RAISED.sub(_raised, _GONE.sub("", html)))
        if "<img" in html and _SIGN.search(html):
            html = _EMOJI.sub(r"\1", html)
        html = _without_tags(html)
    if "&" in html:
        text = unescaped(html)
        html = without_forbidden(text) if "&#" in html else text
    if "\ufeff" in html:
        html = html.replace("\ufeff", "")
    if "[" in html or "{" in html:
        html = without_shortcodes(html)
    return html.strip() if html.isprintable() and "  " not in html else _SPACES.sub(" ", html).strip()


def is_links(html: str, text: str) -> bool:
    """Return whether a line consists of links, with at most a label such as `Read also:` before them.

    >>> is_links('Read also: <a href="/1">Snow</a>', "Read also: Snow")
    True
    """
    beside = unescaped(_without_tags(_LINKS.sub("", html))).strip()
    last = _LAST_SIGN.match(beside)
    return beside != text and (last is None or last[1] in ":：")


def without_last_link(html: str, text: str) -> str:
    """Return a line's text without a link that follows its last sentence.

    >>> html = 'It snowed. <a href="/1">Read more</a>'
    >>> without_last_link(html, "It snowed. Read more")
    'It snowed.'
    """
    before = inline_text(html[: html.rfind("<a")])
    link = text[len(before) :].strip()
    return before if before.endswith(_SENTENCE_ENDS) and not link.endswith(_SENTENCE_ENDS) else text


def is_all(html: str, names: str) -> bool:
    """Return whether all words of a line are inside certain elements.

    >>> (
    ...     is_all("<span><b>What</b> <strong>now?</strong></span>", "b|strong"),
    ...     is_all("<b>What</b> now?", "b|strong"),
    ... )
    (True, False)
    """
    without = _elements(names).sub("", html)
    return without != html and not _WORD.search(_without_tags(without))


def formula_text(attributes: str, html: str) -> str:
    """Return a formula as TeX if its author wrote that, else its signs, or `…` if these would mean something else.

    Args:
        attributes: The attributes of its `math` element.
        html: Its content.

    >>> (
    ...     formula_text("", "<mi>E</mi><mo>=</mo><mi>m</mi>"),
    ...     formula_text("", "<mfrac><mn>1</mn><mn>3</mn></mfrac>"),
    ... )
    ('E=m', '…')
    """
    tex = _TEX.search(html)
    if tex:
        return _without_style(tex[1])
    alternative = _ALTTEXT.search(attributes)
    if alternative:
        return _without_style(alternative[1] or alternative[2] or "")
    return "…" if _TWO_STOREYED.search(html) else _without_tags(html)


def formula_inside(attributes: str, html: str) -> str:
    """Return the formula in an element that draws one or hides its text; empty if there is none.

    >>> formula_inside(' style="display:none"', "<math><mi>x</mi></math>"), formula_inside("", "<b>x</b>")
    ('x', '')
    """
    math = _MATH.search(html)
    if math is None and "data-mathml" in attributes:
        math = _MATH.search(unescaped(attributes))
    return formula_text(math[1], math[2]) if math else ""


def _without_style(tex: str) -> str:
    style = _STYLE.fullmatch(tex.strip())
    return style[1] if style else tex


def _without_tags(html: str) -> str:
    text = _USUAL_TAG.sub("", html)
    return _TAG.sub("", html) if "<" in text or ">" in text else text


def _raised(found: re.Match[str]) -> str:
    """Return raised or lowered signs; nothing for a footnote mark."""
    name, inner = found[1].lower(), found[2]
    signs = _without_tags(inner).strip()
    if name == "sup" and (_NOTE.search(inner) or _NOTE_MARKS.issuperset(signs)):
        return ""
    return signs.translate(_RAISED_SIGNS[name]) if _DIGITS.fullmatch(signs) else signs
