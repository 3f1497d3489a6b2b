"""HTML that readers don't show as it was meant: pictures without an address, and markup that is escaped twice."""

import re
from collections.abc import Iterator
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.html_texts import StartTag

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom", "json")

#: Where scripts of lazily loading pages find a picture's address.
_LAZY: Final = re.compile(r"data-(?:lazy-|orig(?:inal)?-?)?src(?:set)?|data-original|data-lazy")
_BLOCK: Final = "a|blockquote|div|em|figure|h[1-6]|img|li|ol|p|span|strong|table|ul"
#: Escaped markup at the beginning of a text, and an escaped end tag anywhere.
_BEGINS: Final = re.compile(rf"\s*+&lt;(?:{_BLOCK}|br)\b[^<>]{{0,2000}}?&gt;", re.IGNORECASE)
_ENDS: Final = re.compile(rf"&lt;/(?:{_BLOCK})\s*&gt;", re.IGNORECASE)


@CHECKS.warning(
    "NF723",
    "A picture in HTML has its address in src.",
    why="Readers run no scripts, so a picture that a script loads never appears.",
    fix="write the picture's address into src",
    specification="HTML §4.8.3",
)
def pictures(document: ParsedDocument) -> Iterator[Problem]:
    """Find pictures without an address, and with a placeholder in its place; one problem for each text."""
    for text in document.html:
        reasons = [
            reason for start in text.starts if start.name == "img" and (reason := _without_source(start))
        ]
        if reasons:
            more = f", and {len(reasons) - 1} more" if len(reasons) > 1 else ""
            yield at(text.where, reasons[0] + more)


def _without_source(picture: StartTag) -> str | None:
    values = dict(picture.attributes)
    source = values.get("src", "").strip()
    lazy = next((name for name, value in picture.attributes if value and _LAZY.fullmatch(name)), None)
    if lazy is not None and (not source or source.lower().startswith("data:")):
        return f"a picture has its address in {lazy}, not in src"
    return None if source or values.get("srcset", "").strip() else "a picture has no src"


@CHECKS.warning(
    "NF724",
    "HTML is escaped only once.",
    why="Readers show the tags themselves, such as <p>, instead of a paragraph.",
    fix="escape the HTML once, or put it into a CDATA section unescaped",
    specification="RSS 2.0, Elements of <item>; RFC 4287 §3.1.1.2; JSON Feed 1.1, Items",
)
def escaped_once(document: ParsedDocument) -> Iterator[Problem]:
    """Find texts without tags, but with escaped ones."""
    for text in document.html:
        is_plain = text.xhtml is None and "&lt;" in text.html and not text.starts
        if is_plain and (found := _BEGINS.match(text.html) or _ENDS.search(text.html)):
            yield at(text.where, f"it contains {found[0].strip()[:60]!r}, which readers show as text")
