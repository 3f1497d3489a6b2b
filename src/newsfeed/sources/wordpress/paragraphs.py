"""Paragraphs: WordPress stores the text of its classic editor with blank lines, and makes `<p>` of them on the page.

So do we (as `wpautop`): a blank line ends a paragraph, a line break is a `<br>`, and blocks stay blocks.
"""

from re import DOTALL, IGNORECASE

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["with_paragraphs"]

#: Elements that hold paragraphs, and elements that hold other text; the former may stand around either.
_HOLD_PARAGRAPHS = (
    "div|section|article|blockquote|main|aside|header|footer|details|center|form|fieldset|noscript"
)
_HOLD_TEXT = (
    "p|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|colgroup|pre|figure|figcaption|address|script|style|"
    "textarea|svg|math|iframe|object|video|audio|select|summary|map|picture"
)
_VOID = "hr|col|area|source|track|param|embed"
_BLOCK = lazy_pattern(
    rf"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>{_HOLD_PARAGRAPHS}|{_HOLD_TEXT}|{_VOID})(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>",
    IGNORECASE | DOTALL,
)
_BLANK_LINES = lazy_pattern(r"\n[ \t]*(?:\n[ \t]*)+")
_HOLDS_PARAGRAPHS = lazy_pattern(_HOLD_PARAGRAPHS, IGNORECASE)
_IS_VOID = lazy_pattern(_VOID, IGNORECASE)
#: What the block editor writes before each block; it has its paragraphs already.
_BLOCK_EDITOR = "<!-- wp:"
#: Elements that are open at once, of which account is kept.
_DEEPEST = 100
_RAW = frozenset({"pre", "script", "style", "textarea", "svg", "math", "iframe", "object"})
_LINES = frozenset({"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "address"})


def with_paragraphs(text: str) -> str:
    r"""Return a post's text as WordPress shows it: with paragraphs and line breaks.

    Args:
        text: The text as it is stored.

    Returns:
        HTML; text of the block editor as it is.

    >>> with_paragraphs("It snowed.\n\nBuses stood\nstill.")
    '<p>It snowed.</p>\n<p>Buses stood<br />\nstill.</p>\n'
    >>> with_paragraphs("<h2>Snow</h2>\nIt snowed.\n<ul>\n<li>a</li>\n</ul>")
    '<h2>Snow</h2>\n<p>It snowed.</p>\n<ul>\n<li>a</li>\n</ul>'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _BLOCK_EDITOR in text or "\n" not in text.strip():
        return (
            text if "<p" in text or _BLOCK_EDITOR in text or _BLOCK.match(text.strip()) else _paragraphs(text)
        )
    written: list[str] = []
    around: list[str] = []
    position = 0
    for found in _BLOCK.finditer(text):
        name = (found["name"] or "").lower()
        if found["name"] is None:  # a comment stands where it is
            continue
        if around and around[-1] in _RAW and not (found["end"] and name == around[-1]):
            continue
        written += (_between(text[position : found.start()], around), found[0])
        position = found.end()
        if found["end"]:
            if name in around:
                del around[len(around) - 1 - around[::-1].index(name) :]
        elif len(around) < _DEEPEST and not _IS_VOID.fullmatch(name) and not found[0].endswith("/>"):
            around.append(name)
    written.append(_between(text[position:], around))
    return "".join(written)


def _between(text: str, around: list[str]) -> str:
    """Return a text between blocks, given the elements around it."""
    if not text.strip():
        return "\n" if "\n" in text else text
    if all(_HOLDS_PARAGRAPHS.fullmatch(name) for name in around):
        return _paragraphs(text)
    if around[-1] in _LINES and not _RAW.intersection(around):
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return text[:start] + text[start:end].replace("\n", "<br />\n") + text[end:]
    return text


def _paragraphs(text: str) -> str:
    kept = [part.strip() for part in _BLANK_LINES.split(text) if part.strip()]
    before = "\n" if text[:1] == "\n" else ""
    return before + "".join(
        f"{part}\n" if _is_comment(part) else f"<p>{part.replace(chr(10), '<br />' + chr(10))}</p>\n"
        for part in kept
    )


def _is_comment(part: str) -> bool:
    return part.startswith("<!--") and part.endswith("-->") and part.count("<!--") == 1
