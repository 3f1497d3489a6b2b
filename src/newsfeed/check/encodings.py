"""The encoding of an XML document: which one it has, which one it declares, and its text in UTF-8 (XML 1.0, Appendix F)."""

import codecs
import re
from typing import Final, NamedTuple

from newsfeed.check.unreadable import Unreadable

__all__ = ["Utf8Xml", "encoding_of", "in_utf_8"]

#: Byte order marks, the longer ones first, and the encodings that they announce.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How `<` is written in these encodings, at the beginning of a file without a mark.
_FIRST_BYTES: Final = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
#: The encodings that expat reads itself, as it calls them.
_EXPATS: Final = {"utf-8", "iso-8859-1", "us-ascii"}
#: The encodings that browsers support (Encoding Standard §4.2), as Python calls them, and those of Unicode. Python
#: knows others, but they aren't encodings of text, or aren't used in feeds.
_SUPPORTED: Final = {
    *(
        "ascii",
        "big5",
        "big5hkscs",
        "cp866",
        "cp874",
        "euc_jp",
        "euc_kr",
        "gb18030",
        "gb2312",
        "gbk",
        "iso2022_jp",
    ),
    *("koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "shift_jis", "utf-8"),
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in range(1, 17)),
}
_DECLARED: Final = re.compile(
    r"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,60})["']"""
)
_HEAD: Final = 1_000


class Utf8Xml(NamedTuple):
    """A document that expat can read.

    Attributes:
        data: Its bytes.
        is_recoded: Whether they are UTF-8 now, so that the declared encoding no longer applies.
        problem: How its encoding differs from the one that it declares; empty if it doesn't.
        encoding: The encoding that it has, if it is neither declared nor one that expat finds.
    """

    data: bytes
    is_recoded: bool = False
    problem: str = ""
    encoding: str | None = None


def encoding_of(data: bytes) -> tuple[str | None, int]:
    """Return the encoding that the first bytes show, and the length of its mark; None for one like ASCII.

    >>> (
    ...     encoding_of(b"<rss/>"),
    ...     encoding_of("<rss/>".encode("utf-16-le")),
    ...     encoding_of(codecs.BOM_UTF8 + b"<rss/>"),
    ... )
    ((None, 0), ('utf-16-le', 0), ('utf-8', 3))
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return next((encoding for first, encoding in _FIRST_BYTES if data.startswith(first)), None), 0


def in_utf_8(data: bytes) -> Utf8Xml:
    """Convert a document to UTF-8, unless expat can read it as it is.

    Raises:
        Unreadable: If it isn't in its encoding, or the encoding is unknown.

    >>> in_utf_8('<?xml version="1.0" encoding="utf-16"?><r/>'.encode("utf-16-le")).problem
    'it is UTF-16 without a byte order mark'
    """
    found, length = encoding_of(data)
    head = data[length : length + _HEAD].decode(found or "latin-1", "replace")
    match = _DECLARED.match(head)
    declared = match[1] if match is not None else None
    if found is not None:
        text = _decoded(data[length:], found)
        return Utf8Xml(
            text.encode(), is_recoded=True, problem=_difference(found, length, declared), encoding=found
        )
    if declared is None or declared.lower().startswith("utf-16"):
        return Utf8Xml(data)
    if _python_name(declared) == "ascii" and not data.isascii() and _is_utf_8(data):
        return Utf8Xml(
            data, is_recoded=True, problem=f"it declares {declared}, but contains characters in UTF-8"
        )
    if declared.lower() in _EXPATS and (declared.lower() != "us-ascii" or data.isascii()):
        return Utf8Xml(data)
    if _python_name(declared) not in _SUPPORTED:
        raise Unreadable("NF202", f"the encoding {declared!r} is unknown", 1, 1)
    return Utf8Xml(_decoded(data, declared).encode(), is_recoded=True)


def _difference(found: str, length: int, declared: str | None) -> str:
    family = found[:6].upper().rstrip("-")
    if declared is not None and not _python_name(declared).startswith(found[:6].rstrip("-")):
        how = f"it begins with the byte order mark of {family}" if length else f"it is {family}"
        return f"{how}, but declares {declared}"
    return "it is UTF-16 without a byte order mark" if found.startswith("utf-16") and not length else ""


def _python_name(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise Unreadable(
            "NF202", f"the byte 0x{data[error.start]:02x} isn't {encoding}", line, column
        ) from None
