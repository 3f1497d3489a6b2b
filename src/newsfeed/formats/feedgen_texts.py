"""Texts of feedgen entries: HTML or plain text?

feedgen writes one text into both formats. Without a type, it is plain text in Atom (RFC 4287 §3.1.1), and HTML to readers
of RSS, so the text itself has to show what the author meant.
"""

import re
from html import unescape

from newsfeed.text.html.words import escape, plain_text
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["html_of", "plain_text_of"]

_TAG = re.compile(r"</?[A-Za-z][^<]*>|<!--")
_REFERENCE = re.compile(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")


def html_of(text: str, type_: str | None) -> str:
    """Return an entry's text as HTML.

    Args:
        text: The text that feedgen has.
        type_: Its type in feedgen; None if the script set none.

    Returns:
        The text, escaped if it is plain.

    >>> html_of("<p>1 &lt; 2</p>", None), html_of("1 < 2 & 3", None), html_of("<b>", "text")
    ('<p>1 &lt; 2</p>', '1 &lt; 2 &amp; 3', '&lt;b&gt;')
    """
    return text if _is_html(text, type_) else escape(text)


def plain_text_of(text: str, type_: str | None) -> str:
    """Return an entry's text as plain text.

    Args:
        text: The text that feedgen has.
        type_: Its type in feedgen; None if the script set none.

    Returns:
        The text without tags and character references.

    >>> plain_text_of("Tom &amp; <b>Jerry</b>", "html"), plain_text_of("Tom & Jerry", None)
    ('Tom & Jerry', 'Tom & Jerry')
    """
    if not _is_html(text, type_):
        return without_forbidden(text)
    return plain_text(text) if _TAG.search(text) else without_forbidden(unescape(text))


def _is_html(text: str, type_: str | None) -> bool:
    if type_ is None:
        return _TAG.search(text) is not None or _REFERENCE.search(text) is not None
    return type_ not in {"text", "text/plain"}
