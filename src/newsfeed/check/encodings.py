"""Encodings other than Unicode, which some feeds still use."""

import codecs

__all__ = ["to_utf8"]

#: The encodings that browsers support (Encoding Standard §4.2), as Python calls them. Python knows others, but they
#: aren't encodings of text, or aren't used in feeds.
_KNOWN = {
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
    "koi8-r",
    "koi8-u",
    "mac-cyrillic",
    "mac-roman",
    "shift_jis",
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in range(1, 17)),
}


def to_utf8(data: bytes, encoding: str) -> bytes:
    """Convert a document to UTF-8.

    Args:
        data: The document.
        encoding: Its encoding, by a name from the IANA's registry.

    Returns:
        The document in UTF-8; its XML declaration isn't changed.

    Raises:
        LookupError: If browsers don't support the encoding.
        UnicodeDecodeError: If the document isn't in this encoding.

    >>> to_utf8("qış".encode("iso-8859-9"), "ISO-8859-9").decode()
    'qış'
    """
    if codecs.lookup(encoding).name not in _KNOWN:
        raise LookupError(encoding)
    return data.decode(encoding).encode()
