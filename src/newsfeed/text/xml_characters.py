"""The characters that feeds can carry: those that XML 1.0 allows and doesn't discourage (fifth edition, §2.2).

XML forbids most control characters, which make readers refuse the whole feed. It discourages DEL, the controls U+0080 to U+009F and
the noncharacters of Unicode; HTML calls each of them an error (HTML §13.2.3.5), and readers show a box, or nothing.
The controls from U+0080 on are the remains of quotation marks and dashes that were decoded with the wrong encoding, so
they are read as windows-1252, as browsers read their numbers (HTML §13.2.5.80).
"""

import re

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["json_is_clean", "names_of_forbidden", "names_of_mistaken", "without_forbidden"]

#: The printable characters of windows-1252 from 0x80 to 0x9F; five of these bytes are undefined.
_MEANT = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_MISTAKEN = lazy_pattern("[" + "".join(map(chr, _MEANT)) + "]")
_LAST_OF_PLANES = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_FORBIDDEN = lazy_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ud800-\udfff\ufdd0-\ufdef" + _LAST_OF_PLANES + "]"
)
_SURROGATE = lazy_pattern("[\ud800-\udfff]")
_SURROGATE_PAIR = lazy_pattern("[\ud800-\udbff][\udc00-\udfff]")
_MOST_NAMED = 5

#: The characters that `without_forbidden` would change, in UTF-8. Each pattern begins with a single byte, which `re`
#: finds fifty times faster than a class of characters in a `str`.
_IN_UTF8 = {
    0xC2: lazy_pattern(rb"\xc2[\x80-\x9f]"),
    0xEF: lazy_pattern(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
    **{
        lead: lazy_pattern(re.escape(bytes([lead])) + rb"[\x80-\xbf]\xbf[\xbe\xbf]")
        for lead in range(0xF0, 0xF5)
    },
}
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_LEADS = bytes(_IN_UTF8)
_UNSUSPECTED = bytes({*range(0x20, 0x7F), *range(0x80, 0x100), *b"\t\n\r"} - _IN_UTF8.keys())
_TELLING_ESCAPE = lazy_pattern(rb"\\[ubf]")
_BACKSLASH, _DEL = b"\\\x7f"


def without_forbidden(text: str) -> str:
    r"""Remove characters that feeds shouldn't have, and replace U+0080 to U+009F with what was meant.

    A surrogate pair becomes its character; a lone surrogate is removed.

    Args:
        text: Any text.

    Returns:
        The text; the same object if nothing had to change.

    >>> without_forbidden("a\x08b\ufffe"), without_forbidden("\ud83d\ude00") == "\N{GRINNING FACE}"
    ('ab', True)
    >>> without_forbidden("\x93snow\x94")
    '“snow”'
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half a character
        text = _SURROGATE.sub("", _SURROGATE_PAIR.sub(_joined, text))
        data = text.encode()
    if _utf8_is_clean(data):
        return text
    data = data.translate(None, _CONTROLS)
    for pattern in _suspects(data):
        data = pattern.sub(_meant, data)
    return data.decode()


def names_of_forbidden(text: str) -> str:
    r"""Return the names of the first five distinct characters that `without_forbidden` would remove.

    >>> names_of_forbidden("\x01a\x00b\x01")
    'U+0001, U+0000'
    """
    return _names(_FORBIDDEN, _SURROGATE_PAIR.sub("", text))


def names_of_mistaken(text: str) -> str:
    r"""Return the names of the first five distinct characters that `without_forbidden` would read as windows-1252.

    >>> names_of_mistaken("\x93snow\x94")
    'U+0093, U+0094'
    """
    return _names(_MISTAKEN, text)


def json_is_clean(data: bytes) -> bool:
    r"""Return quickly whether `without_forbidden` would leave every text in some JSON unchanged.

    Args:
        data: Well-formed JSON in UTF-8 (RFC 8259), so without control characters except between values.

    Returns:
        True if so. False if not, or if it isn't certain, as with any `\u` escape.

    >>> json_is_clean('{"title": "«Qış» \\"1\\""}'.encode()), json_is_clean(rb'{"title": "Snow\u0008"}')
    (True, False)
    """
    if _DEL in data or (_BACKSLASH in data and _TELLING_ESCAPE.search(data)):
        return False
    return data.isascii() or not _any_found(data)


def _utf8_is_clean(data: bytes) -> bool:
    suspects = data.translate(None, _UNSUSPECTED)
    if not suspects:
        return True
    if suspects.translate(None, _LEADS):  # a control is left
        return False
    return not _any_found(data)


def _any_found(data: bytes) -> bool:
    return any(pattern.search(data) for pattern in _suspects(data))


def _suspects(data: bytes) -> list[re.Pattern[bytes]]:
    return [pattern for lead, pattern in _IN_UTF8.items() if lead in data]


def _names(characters: re.Pattern[str], text: str) -> str:
    names = list(dict.fromkeys(f"U+{ord(found):04X}" for found in characters.findall(text)))
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _meant(found: re.Match[bytes]) -> bytes:
    return _MEANT.get(ord(found[0].decode()), "").encode()


def _joined(pair: re.Match[str]) -> str:
    joined = pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return "" if _FORBIDDEN.match(joined) else joined
