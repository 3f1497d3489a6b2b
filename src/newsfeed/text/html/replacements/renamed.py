"""Elements that feeds don't carry, written as the nearest that they do, so that words stay apart and players can be used."""

import re
from typing import Final

__all__ = ["has_empty_links", "with_known_elements"]

#: Elements that end a line, by what takes their place.
_RENAMED: Final = {
    **dict.fromkeys(("center", "dialog", "fieldset", "form", "legend", "marquee", "search"), "div"),
    **dict.fromkeys(("dir", "menu"), "ul"),
}
_REST: Final = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""


def _in_any_case(pattern: str) -> str:
    return re.sub(r"[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", pattern)


_TAG: Final = re.compile(
    rf"<(?:(/?)(?=[cdflmsCDFLMS])({_in_any_case('|'.join(_RENAMED))})(?=[\s/>]){_REST}>"
    rf"|(?=[avAV])({_in_any_case('audio|video')})(?=[\s>])(?![^<>]*?\s{_in_any_case('controls')}[\s=/>]))"
)


#: A link in which there is nothing to see, unless a script puts something there.
_EMPTY_LINK: Final = re.compile(rf"<[aA](?=\s)({_REST})>(?:\s++|&nbsp;)*+</[aA]\s*+>")
_LABEL: Final = re.compile(r"""\s(?:title|aria-label)=(?:"([^"<>]*+)"|'([^'<>]*+)')""")
_CARD: Final = re.compile(r"""\sdata-pin-do=|\sclass=["']?[^"'<>]*?(?:-card|-embed|-timeline|-tweet)\b""")
_HOST: Final = re.compile(r"""\shref=["']?https?://([^/?#"'\s<>]++)""")


def with_known_elements(html: str) -> str:
    """Rename the elements that would leave their words behind, run together; give players controls, and links words.

    A link without words goes, unless it has a label, or a script would put a card into it.

    Args:
        html: An HTML fragment, however broken.

    Returns:
        The fragment, else letter for letter the same.

    >>> with_known_elements('<center class="a">One</center><center>Two</center><audio src="/a.mp3"></audio>')
    '<div>One</div><div>Two</div><audio controls src="/a.mp3"></audio>'
    """
    return _EMPTY_LINK.sub(_named, _TAG.sub(_written, html))


def has_empty_links(html: str) -> bool:
    """Return whether there is a link without words that has to go, as a parser may make out of broken HTML."""
    return "</a>" in html and _EMPTY_LINK.search(html) is not None


def _written(tag: re.Match[str]) -> str:
    closes, name, player = tag.groups()
    return f"<{player} controls" if player else f"<{closes}{_RENAMED[name.lower()]}>"


def _named(link: re.Match[str]) -> str:
    attributes = link[1]
    label = _LABEL.search(attributes) if "#" not in attributes else None
    words = label and (label[1] or label[2])
    if not words and _CARD.search(attributes):
        host = _HOST.search(attributes)
        words = host and host[1]
    return f"<a{attributes}>{words}</a>" if words else ""
