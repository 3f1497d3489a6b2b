"""Links that lead nowhere, have no words or are permalink signs."""

from html import escape
from typing import Final

from newsfeed.text.html.addresses import may_be_carried
from newsfeed.text.html.replacements.source import Element, HtmlSource, label_of, words_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["replace_link"]

_HEADINGS: Final = "h[1-6]"
#: The end of a link in which there is nothing to see, unless a script puts something there.
_EMPTY: Final = lazy_pattern(r"(?:\s++|&nbsp;)*+(</a\s*+>)")
_CARD: Final = lazy_pattern(r"-(?:card|embed|timeline|tweet)\b")
_HOST: Final = lazy_pattern(r"https?://([^/?#\s]++)")
_PERMALINK_SIGNS: Final = frozenset({"", "#", "¶", "§", "🔗", "∞", "⚓"})
_PERMALINK_CLASSES: Final = frozenset(
    {"anchor", "anchorjs-link", "header-anchor", "headerlink", "heading-anchor", "permalink"}
)


def replace_link(source: HtmlSource, element: Element) -> None:
    """Unwrap a link that leads nowhere; remove one without content, and permalink signs."""
    address = element.attributes.get("href")
    empty = _EMPTY.match(source.html, element.end)
    if empty:
        words = escape(_words_for(element.attributes, address or ""))
        source.replace(element.end, empty.start(1), words)
        if not words:
            source.replace_later(element.start, empty.end(), "")
            return
    if address is None or not may_be_carried(address):
        source.replace(element.start, element.end, "")
    elif "#" in address and _is_permalink(source, element):
        source.replace(element.start, source.end_tag(element)[1], "")


def _words_for(attributes: dict[str, str], address: str) -> str:
    """Return words for a link that has none: its label, or the host whose card a script would put there."""
    label = label_of(attributes) if "#" not in address else ""
    if label:
        return label
    is_card = "data-pin-do" in attributes or _CARD.search(attributes.get("class", ""))
    host = _HOST.match(address) if is_card else None
    return host[1] if host else ""


def _is_permalink(source: HtmlSource, element: Element) -> bool:
    content = source.html[element.end : source.end_tag(element)[0]]
    if words_of(content) not in _PERMALINK_SIGNS or "<img" in content:
        return False
    classes = element.attributes.get("class", "").lower().split()
    return not _PERMALINK_CLASSES.isdisjoint(classes) or source.is_inside(_HEADINGS, element.start)
