"""The characters that XML 1.0 can carry (fifth edition, §2.2): all of Unicode but most controls and noncharacters."""

import re

__all__ = ["names_of_forbidden", "without_forbidden"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_MOST_NAMED = 5


def without_forbidden(text: str) -> str:
    r"""Remove what no XML document can hold.

    Two surrogates that together mean one character become that character; a surrogate alone means nothing.

    Args:
        text: Any text.

    Returns:
        The same object where nothing is forbidden.

    >>> without_forbidden("a\x08b\ufffe"), without_forbidden("\ud83d\ude00") == "\N{GRINNING FACE}"
    ('ab', True)
    """
    if not _FORBIDDEN.search(text):
        return text
    return _FORBIDDEN.sub("", _SURROGATE_PAIR.sub(_joined, text))


def names_of_forbidden(text: str) -> str:
    r"""Name what `without_forbidden` would remove, each once, in order; the first five.

    >>> names_of_forbidden("\x01a\x00b\x01")
    'U+0001, U+0000'
    """
    names = list(
        dict.fromkeys(f"U+{ord(found):04X}" for found in _FORBIDDEN.findall(_SURROGATE_PAIR.sub("", text)))
    )
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
