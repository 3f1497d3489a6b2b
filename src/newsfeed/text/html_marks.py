"""Whether a fragment has anything that `newsfeed.text.html_replacements` replaces, told without a parser."""

import re
from typing import Final

__all__ = ["has_marked_elements", "may_need_replacing"]


def _in_any_case(pattern: str) -> str:
    """Let letters match in either case; `re` is slower at that when a flag says it."""
    return re.sub(r"(?<!\\)[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", pattern)


_LINK_WITHOUT_ADDRESS: Final = (
    r"a(?=[\s>])(?![^<>]*?\shref\s*=\s*[\"']?+\s*(?:https?:|mailto:|tel:|[^\s:\"'>]*+[\s\"'>]))"
)
_PICTURE_WITHOUT_ADDRESS: Final = (
    r"img\b(?![^<>]*?\ssrc\s*=\s*[\"']?+\s*+(?!data:|about:|file:|blob:|cid:)[^\s\"'>#])"
)
_EMPTY_PARAGRAPH: Final = (
    r"p(?:\s[^<>]*+)?>(?:\s++|&nbsp;|&#160;|</?(?:a|b|em|i|o:p|span|strong|u)\b[^<>]*+>|<br[^<>]*+>)*+"
    r"(?:</p|<p\b|\Z)"
)
_ELEMENTS: Final = (
    r"iframe|input|object|oembed|embed|math|mjx-|svg|script\s[^<>]*?math/|noscript|area|amp-|xmp|listing|lite-|plaintext"
    r"|button"
)
_ELEMENT: Final = re.compile(
    f"<(?:{_in_any_case(f'{_LINK_WITHOUT_ADDRESS}|{_EMPTY_PARAGRAPH}|{_PICTURE_WITHOUT_ADDRESS}|{_ELEMENTS}')})"
)
# Each begins with letters that `re` finds fast.
_ATTRIBUTE: Final = re.compile(
    r"-(?:src|original|actualsrc|cfsrc|echo|lazy|SRC|tex|latex|href|oembed-url|(?<=font-)(?:weight|style)"
    r"|(?<=text-)decoration|(?<=vertical-)align|(?<=FONT-)(?:WEIGHT|STYLE)|(?<=TEXT-)DECORATION)"
)
_CLASS: Final = re.compile(
    r"""class\s*+=\s*+["']?+\s*+(?:[^\s"'<>]++\s++)*?(?:katex|[Mm]ath[Jj]ax|mwe-math|header-?link|permalink|anchor"""
    r"""|head(?:er|ing)-anchor|lnt|ln\b|lineno|line-?number|hljs-ln|gutter|rouge-gutter|blob-num)"""
)


def may_need_replacing(html: str) -> bool:
    """Return whether something in a fragment may have to be replaced.

    >>> may_need_replacing('<p>Snow</p><img src="/a.jpg">'), may_need_replacing("<p>Snow</p><p></p>")
    (False, True)
    """
    return _ELEMENT.search(html) is not None or has_marked_elements(html)


def has_marked_elements(html: str) -> bool:
    """Return whether an attribute of any element may say that it has to be replaced."""
    return _ATTRIBUTE.search(html) is not None or _CLASS.search(html) is not None
