"""What entries of all formats have in common: texts, categories, media."""

from collections.abc import Iterable, Iterator
from html import unescape

from newsfeed.text.html.notation import looks_like_markup
from newsfeed.text.html.teasers import for_everybody
from newsfeed.text.html.words import escape, plain_text
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["as_html", "distinct_media", "plain", "seconds", "unescaped_once"]

_ESCAPED_TAG = lazy_pattern(
    r"&lt;/?(?:p|br|a|b|i|em|strong|div|span|img|ul|li|h[1-6]|blockquote)\b", 2
)  # re.IGNORECASE
_TAG = lazy_pattern(r"<[a-zA-Z/!]")
_BLANK_LINES = lazy_pattern(r"\n\s*\n")
_MOST_PARTS = 3


def plain(text: object) -> str:
    """Return a title or another short text as plain text, up to its mark, even if it was escaped once too often.

    >>> plain("Tom &amp; Jerry"), plain("a < b"), plain("<b>Snow</b>")
    ('Tom & Jerry', 'a < b', 'Snow')
    """
    if not isinstance(text, str):
        return ""
    text = for_everybody(text)
    return plain_text(text) if looks_like_markup(text) or "&" in text else " ".join(text.split())


def unescaped_once(html: str) -> str:
    """Return HTML that was escaped once too often as it was meant.

    >>> unescaped_once("&lt;p&gt;Snow&lt;/p&gt;"), unescaped_once("<p>a &lt;b&gt;</p>")
    ('<p>Snow</p>', '<p>a &lt;b&gt;</p>')
    """
    return unescape(html) if _ESCAPED_TAG.search(html) and not _TAG.search(html) else html


def as_html(text: str) -> str:
    r"""Return plain text as HTML, a paragraph for each part between blank lines.

    >>> as_html("Snow < ice\n\nRain")
    '<p>Snow &lt; ice</p><p>Rain</p>'
    """
    parts = (part.strip() for part in _BLANK_LINES.split(text))
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def distinct_media(files: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Yield files with an address, each once, without values that say nothing."""
    seen: set[object] = set()
    for file in files:
        kept = {field: value for field, value in file.items() if value not in (None, "", 0)}
        if kept.get("url") and kept["url"] not in seen:
            seen.add(kept["url"])
            yield kept


def seconds(value: object) -> float | None:
    """Return a duration in seconds: `3723`, `1:02:03`, `62:03`.

    >>> seconds("1:02:03"), seconds("90"), seconds("long")
    (3723.0, 90.0, None)
    """
    parts = str(value or "").strip().split(":")
    if len(parts) > _MOST_PARTS or not all(part.replace(".", "", 1).isdecimal() for part in parts):
        return None
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return total
