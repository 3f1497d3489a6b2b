"""Encodings of documents that aren't written in Unicode, as they were before it, and still are."""

import codecs

__all__ = ["in_utf8"]

#: Those that browsers read (Encoding Standard §4.2), as Python calls them. Python knows more, but some of them are no
#: encodings of text, and none of the others is met in feeds.
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


def in_utf8(data: bytes, encoding: str) -> bytes:
    """Write a document in UTF-8.

    Args:
        data: The document.
        encoding: The encoding that it is in, by a name of the IANA's registry.

    Returns:
        The document, without a change of what its declaration says.

    Raises:
        LookupError: If no browser knows the encoding.
        UnicodeDecodeError: If the document isn't in it.

    >>> in_utf8("qış".encode("iso-8859-9"), "ISO-8859-9").decode()
    'qış'
    """
    if codecs.lookup(encoding).name not in _KNOWN:
        raise LookupError(encoding)
    return data.decode(encoding).encode()
