"""Elements that feeds don't carry, written as the nearest that they do, so that words stay apart and players can be used."""

import re
from typing import Final

__all__ = ["with_known_elements"]

#: Elements that end a line, by what takes their place.
_RENAMED: Final = {
    **dict.fromkeys(("center", "dialog", "fieldset", "form", "legend", "marquee", "search"), "div"),
    **dict.fromkeys(("dir", "menu"), "ul"),
}
_REST: Final = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""


def _in_any_case(pattern: str) -> str:
    return re.sub(r"[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", pattern)


_TAG: Final = re.compile(
    rf"<(?:(/?)({_in_any_case('|'.join(_RENAMED))})(?=[\s/>]){_REST}>"
    rf"|({_in_any_case('audio|video')})(?=[\s>])(?![^<>]*?\s{_in_any_case('controls')}[\s=/>]))"
)


def with_known_elements(html: str) -> str:
    """Rename the elements that would leave their words behind, run together; give players the controls that scripts would.

    Args:
        html: An HTML fragment, however broken.

    Returns:
        The fragment, else letter for letter the same.

    >>> with_known_elements('<center class="a">One</center><center>Two</center><audio src="/a.mp3"></audio>')
    '<div>One</div><div>Two</div><audio controls src="/a.mp3"></audio>'
    """
    return _TAG.sub(_written, html)


def _written(tag: re.Match[str]) -> str:
    closes, name, player = tag.groups()
    return f"<{player} controls" if player else f"<{closes}{_RENAMED[name.lower()]}>"
