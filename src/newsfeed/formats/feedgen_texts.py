"""Texts of feedgen entries: what is HTML in them, and what plain text.

feedgen writes one text into both formats. Where its type isn't said, Atom takes it for plain text (RFC 4287 §3.1.1)
and readers of RSS take it for HTML, so that what the author meant has to be told from the text.
"""

import re
from html import unescape

from newsfeed.text.html import escape, plain_text
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["html_of", "plain_text_of", "shown"]

_TAG = re.compile(r"</?[A-Za-z][^<]*>|<!--")
_REFERENCE = re.compile(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")


def shown(text: str) -> str:
    """Give what a feed can carry of a text: all but the characters that XML forbids."""
    return without_forbidden(text)


def html_of(text: str, type_: str | None) -> str:
    """Give an entry's text as HTML.

    Args:
        text: What was handed to feedgen.
        type_: Its type there; None where the script named none.

    Returns:
        The text, or what HTML says for it where it is plain.

    >>> html_of("<p>1 &lt; 2</p>", None), html_of("1 < 2 & 3", None), html_of("<b>", "text")
    ('<p>1 &lt; 2</p>', '1 &lt; 2 &amp; 3', '&lt;b&gt;')
    """
    return text if _is_html(text, type_) else escape(text)


def plain_text_of(text: str, type_: str | None) -> str:
    """Give what a person reads in an entry's text.

    Args:
        text: What was handed to feedgen.
        type_: Its type there; None where the script named none.

    Returns:
        The text without tags and character references.

    >>> plain_text_of("Tom &amp; <b>Jerry</b>", "html"), plain_text_of("Tom & Jerry", None)
    ('Tom & Jerry', 'Tom & Jerry')
    """
    if not _is_html(text, type_):
        return shown(text)
    return plain_text(text) if _TAG.search(text) else shown(unescape(text))


def _is_html(text: str, type_: str | None) -> bool:
    if type_ is None:
        return _TAG.search(text) is not None or _REFERENCE.search(text) is not None
    return type_ not in {"text", "text/plain"}
