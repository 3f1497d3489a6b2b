"""HTML in texts that should be plain: titles and summaries as content management systems export them.

`<p>Text. [&hellip;]</p>` is HTML; `a < b`, `<3`, `AT&T`, `List<String>` and a headline about the `<b>` element are not.
So a tag counts only if its element is known and it is used like markup: with an end tag around words, with attributes,
at the beginning of the text and touching it, and so on.
"""

import re
from html import unescape
from html.entities import html5 as _NAMED_CHARACTERS  # noqa: N812 - it is a constant
from typing import Final

from newsfeed.text.html.allowed import BLOCKS, HIDDEN, TAGS
from newsfeed.text.html.teasers import for_everybody
from newsfeed.text.html.words import plain_text
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["markup_in", "without_excerpt_mark", "without_markup"]

_ELEMENTS: Final = TAGS | HIDDEN | {"body", "center", "embed", "font", "form", "html", "object"}
_CONTROLS: Final = frozenset({"button", "datalist", "form", "select", "textarea"})
_EMPTY: Final = frozenset({"br", "embed", "hr", "img", "wbr"})

_TAG: Final = lazy_pattern(
    r"""
    (?P<code> `[^`]*+` )
    | < (?P<slash>/?) (?P<name>[A-Za-z][A-Za-z0-9]*+)
    (?P<attributes> (?: \s++ [A-Za-z_:] [\w:.-]*+ (?: \s*+ = \s*+ (?: "[^"<]*+" | '[^'<]*+' | [^\s"'=<>`]++ ) )?+ )*+ )
    \s*+ (?P<closed>/?) >
    | (?P<comment> <!-- (?: (?!<!--) . )*? --> )
    | (?P<torn> < (?P<torn_name> [A-Za-z]++ ) \s++ [A-Za-z-]++ \s*+ = [^<>]*+ \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING_QUOTE: Final = lazy_pattern("[`\"'“‘„«]")
_CLOSING_QUOTE: Final = lazy_pattern("[`\"'”’“»]")
_REFERENCE: Final = lazy_pattern("&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EXCERPT_MARK: Final = lazy_pattern(r"\[(?:…|\.\.\.)\]\s*\Z")
#: A text is unescaped at most this many times.
_ROUNDS: Final = 3


def without_markup(text: str) -> str:
    """Return a text that should be plain without the HTML in it.

    Args:
        text: A title or a summary.

    Returns:
        The text that a reader of the HTML would see, on one line, and up to the mark `<!--members-only-->`; the same
        object if it isn't HTML.

    >>> without_markup("<p>Snow in <em>Baku</em> &amp; Guba &#8211; a first</p>")
    'Snow in Baku & Guba – a first'
    >>> without_markup("Why a < b, AT&T and the <b> element"), without_markup("Snow&amp;hellip;")
    ('Why a < b, AT&T and the <b> element', 'Snow…')
    """
    shown = for_everybody(text)
    plain = _without_tags(shown) if "<" in shown and _is_html(shown) else shown
    had_tags = plain is not shown
    for _ in range(_ROUNDS):
        read = _REFERENCE.sub(_character, plain) if "&" in plain else plain
        if read == plain:
            break
        plain = _without_tags(for_everybody(read)) if not had_tags and _begins_as_html(read) else read
    return text if plain == text else without_forbidden(plain)


def markup_in(text: str) -> str:
    """Return the first piece of HTML in a text, for messages; empty if there is none."""
    tag = next(iter(_tags(text)), None) if "<" in text and _is_html(text) else None
    reference = next((found for found in _REFERENCE.finditer(text) if _character(found) != found[0]), None)
    first = min((found for found in (tag, reference) if found), key=re.Match.start, default=None)
    return first[0] if first else ""


def without_excerpt_mark(text: str) -> str:
    """Replace the mark at the end of an excerpt with an ellipsis.

    >>> without_excerpt_mark("The ministers met in […]")
    'The ministers met in …'
    """
    return _EXCERPT_MARK.sub("…", text) if text.rstrip().endswith("]") else text


def _tags(text: str) -> list[re.Match[str]]:
    """Find possible tags: those of known elements that aren't in quotes."""
    return [tag for tag in _TAG.finditer(text) if tag["comment"] or _may_be_tag(text, tag)]


def _may_be_tag(text: str, tag: re.Match[str]) -> bool:
    if (tag["name"] or tag["torn_name"] or "").lower() not in _ELEMENTS:
        return False
    if tag["attributes"] and "=" not in tag["attributes"]:  # x<b and b>c
        return False
    return not (_OPENING_QUOTE.match(text, max(tag.start() - 1, 0)) and _CLOSING_QUOTE.match(text, tag.end()))


def _is_html(text: str) -> bool:
    found = _tags(text)
    return bool(found) and (
        _begins_as_html(text)
        or _ends_as_html(text, found)
        or any(map(_is_surely_markup, found))
        or _has_words_in_tags(text, found)
    )


def _begins_as_html(text: str) -> bool:
    """Return whether a text begins with a block of HTML, which touches its first word."""
    first = _TAG.match(text.lstrip())
    if first is None or not first["name"] or first["slash"] or first["name"].lower() not in BLOCKS:
        return False
    follows = text.lstrip()[first.end() : first.end() + 1]
    return follows.strip() != ""


def _ends_as_html(text: str, found: list[re.Match[str]]) -> bool:
    """Return whether a text ends with an end tag that touches its last word, or is between two tags."""
    first, last = found[0], found[-1]
    if not last["slash"] or last.end() < len(text.rstrip()) or last.start() == 0:
        return False
    stands_between = not text[: first.start()].strip() and first["name"] == last["name"] and first is not last
    return stands_between or not text[last.start() - 1].isspace()


def _is_surely_markup(tag: re.Match[str]) -> bool:
    name = (tag["name"] or "").lower()
    if not name or tag["attributes"]:
        return name not in _CONTROLS
    if name not in _EMPTY:
        return False
    before, after = tag.string[max(tag.start() - 1, 0) : tag.start()], tag.string[tag.end() : tag.end() + 1]
    return bool(tag["closed"]) or not (before.isspace() and after.isspace())


def _has_words_in_tags(text: str, found: list[re.Match[str]]) -> bool:
    """Return whether any tag and its end tag touch the words between them."""
    begun: dict[str, int] = {}
    for tag in found:
        name = (tag["name"] or "").lower()
        if not tag["slash"]:
            begun[name] = tag.end()
        elif name in begun:
            inside = text[begun[name] : tag.start()]
            if inside[:1].strip() or inside[-1:].strip():
                return True
    return False


def _without_tags(text: str) -> str:
    """Return the text of HTML, including any < that doesn't begin a tag."""
    pieces = []
    position = 0
    for tag in _tags(text):
        pieces += [text[position : tag.start()].replace("<", "&lt;"), "" if tag["torn"] else tag[0]]
        position = tag.end()
    return plain_text("".join([*pieces, text[position:].replace("<", "&lt;")]))


def _character(reference: re.Match[str]) -> str:
    is_known = reference[0][1] == "#" or reference[0][1:] in _NAMED_CHARACTERS
    return unescape(reference[0]) if is_known else reference[0]
