"""Patterns that find what `newsfeed.text.html.replacing` replaces, without reading the rest tag by tag."""

import re
from functools import cache
from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "EMPTY_PARAGRAPH",
    "LINK",
    "RENAMED",
    "REST_OF_TAG",
    "has_marked_elements",
    "is_left",
    "up_to_mark",
]

#: Elements that end a line, by those that take their place.
RENAMED: Final = {
    **dict.fromkeys(("center", "dialog", "fieldset", "form", "legend", "marquee", "search"), "div"),
    **dict.fromkeys(("dir", "menu"), "ul"),
}
#: What stands behind a tag's name, up to its end.
REST_OF_TAG: Final = (
    r"""[^>"'=]*+(?:="[^"]*+"[^>"'=]*+)*+(?:>|(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+(?:>|\Z))"""
)

# Patterns that look for a sign which is rare, and then back, are the fastest that `re` has.
_WITH_ADDRESS: Final = r"(?:[^<>=]++=)+?(?<=\shref=)[\"']?+\s*+(?:https?:[/\\]{2}[^\s/?\#\\\"'>]++[/?\#\\\"'>]|mailto:|tel:|[/?\#]|[^\s:&\"'>]*+[\s\"'>])"
#: The start of a link that seems to lead somewhere.
LINK: Final = rf"a(?=[\s>])(?={_WITH_ADDRESS})"
_SIGN: Final = r"[^<>\#]*+\#[^<>]*+>\s*+[\#¶§🔗∞⚓<&]"
_EMPTY_LINK: Final = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>(?:\s++|&nbsp;)*+</a\b"""
_LAZY: Final = r"(?:[^<>-]++|-(?!{0}))*+-(?:{0})".format(
    "src|original|actualsrc|cfsrc|echo|lazy|ezsrc|breeze|image=|fallbacksrc|poster|SRC"
)
_SOURCE: Final = r"(?:[^<>=]++=)+?(?<=\ssrc=)[\"']?+\s*+(?!data:|about:|file:|blob:|cid:)[^\s\"'>\#]"
_CONTROLS: Final = r"[^<>]*?\scontrols[\s=/>]"
_TEXT_ONLY: Final = "script|style|textarea|title|noembed|noframes"
_CLOSED: Final = r"""(?=(?:\s++[^\s"'<>/=]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'))?+)*+\s*/>)"""
#: The start tags of elements that may have to be replaced, the usual ones first: a link without an address or words or
#: that may be a permalink sign, a picture without one or that waits for a script; text that is closed in itself, which would swallow
#: what follows.
_ELEMENTS: Final = rf"""
    a (?: (?=[\s>]) (?: (?!{_WITH_ADDRESS}) | (?={_SIGN}) | (?={_EMPTY_LINK}) ) | rea\b | mp- | udio\b (?: (?!{_CONTROLS}) | (?={_LAZY}) | {_CLOSED} ) )
  | i (?: mg\b (?: (?!{_SOURCE}) | (?={_LAZY}) ) | frame\b | nput (?=[^<>]*?checkbox) | mage\b )
  | s (?: vg\b | ource (?={_LAZY}) | cript (?: (?=\s[^<>]*?math/) | {_CLOSED} ) | tyle{_CLOSED} )
  | div (?=[^<>]*?\sdata-(?:href|oembed-url))
  | o (?: bject | embed ) \b
  | embed\b
  | no (?: script\b | (?:embed|frames){_CLOSED} )
  | m (?: ath\b | jx-container )
  | video\b (?: (?!{_CONTROLS}) | (?={_LAZY}) | {_CLOSED} )
  | button\b
  | t (?: extarea | itle ) {_CLOSED}
  | l (?: isting\b | ite- )
  | xmp\b
  | canvas{_CLOSED}
  | plaintext\b
  | (?=[cdflms]) (?:{"|".join(RENAMED)}) (?=[\s/>])
"""
_ATTRIBUTE: Final = (
    r"-(?:tex|latex|weight(?<=font-weight)|style(?<=font-style)|decoration(?<=text-decoration)|align(?<=vertical-align)"
    r"|WEIGHT(?<=FONT-WEIGHT)|STYLE(?<=FONT-STYLE)|DECORATION(?<=TEXT-DECORATION)|select(?<=user-select)"
    r"|list(?<=mso-list):\s*+[Ii]gnore)"
)
_CLASS: Final = (
    r"""class\s*+=\s*+["']?+\s*+(?:[^\s"'<>]++\s++)*?(?:katex|[Mm]ath[Jj]ax|mwe-math|lnt|ln\b|lineno|line-?number|hljs-ln"""
    r"|gutter|rouge-gutter|blob-num|kg-(?:audio|video)-player)"
)
# Each begins with letters that `re` finds fast.
_MARKS: Final = lazy_pattern(_ATTRIBUTE), lazy_pattern(_CLASS)

#: A paragraph in which there is nothing to see.
_EMPTY: Final = (
    r"p(?:\s[^<>]*+)?+>(?=[\s&<]|\Z)((?:\s++|&nbsp;|&\#160;|</?(?:a|b|em|font|i|o:p|small|span|strong|sub|sup|u|del|ins|bdi)\b[^<>]*+>"
    r"|<br\b[^<>]*+>|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->|<(?:script|style)\b[^<>]*+>[^<]*+</(?:script|style)\s*+>)*+)"
    r"(?:</p\s*+>|(?=<p[\s>]|\Z))"
)
EMPTY_PARAGRAPH: Final = lazy_pattern(f"<{_EMPTY}")
#: What may have to be replaced in a fragment that a sanitiser has written.
_LEFT: Final = lazy_pattern(
    rf"""<(?:a(?=[ >])(?:(?![^<>]*? href="[^"])|(?={_SIGN})|(?={_EMPTY_LINK}))|img(?![^<>]*? src="[^"\#])|{_EMPTY})"""
)

#: A capital letter before an equals sign, and an attribute's name up to there; marks are compared in lower case.
_CAPITALS: Final = lazy_pattern("=(?<=[A-Z]=)")
_NAME_BEFORE: Final = lazy_pattern(r"\s[A-Za-z-]++\Z")
_LONGEST_NAME: Final = 50
_TAG: Final = lazy_pattern(r"<[A-Za-z][^<>]*+>")
_ATTRIBUTE_OF_TAG: Final = lazy_pattern(r"""(\s[A-Za-z-]++=)("[^"]*+"|'[^']*+'|[^\s>"']*+)""")


def has_marked_elements(html: str) -> bool:
    """Return whether an attribute of any element may say that it has to be replaced; False is certain."""
    return _MARKS[0].search(html) is not None or _MARKS[1].search(html) is not None


def is_left(html: str) -> bool:
    """Return whether there may be something to replace in a fragment that a sanitiser has written."""
    return _LEFT.search(html) is not None


@cache
def up_to_mark(*, with_attributes: bool) -> re.Pattern[str]:
    """Return a pattern for a text up to the next start tag that may have to be replaced.

    Args:
        with_attributes: Whether to check the attributes of every element.

    Returns:
        A pattern to match from a place outside of any tag; its groups are the tag and the element's name.

    >>> up_to_mark(with_attributes=False).match('<p>Snow</p><img src="/a.jpg" alt="<svg>"><svg>').groups()
    ('<svg>', 'svg')
    """
    # names that aren't in lower case are found, too
    marks = rf"[A-Z] | {_ELEMENTS}"
    if with_attributes:
        marks += rf"| [a-z][^\s/>]*+\s (?= (?: [^<>c-]++ | (?!{_ATTRIBUTE})- | (?!{_CLASS})c )*+ [c-] )"
    return re.compile(
        rf"""
        [^<]*+
        (?: < (?: /[^>]*+(?:>|\Z)
                | (?!{marks})(?:
                      (?:{_TEXT_ONLY})(?![^\s/>])[^>]*+(?:>|\Z) [^<]*+(?:<(?!/(?:{_TEXT_ONLY})\b)[^<]*+)*+
                    | [a-z]{REST_OF_TAG}
                    | !(?: --(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z)) | (?!--)[^>]*+(?:>|\Z) )
                    | \?[^>]*+(?:>|\Z)
                    | (?![a-z!/?])
                  )
              )
            [^<]*+
        )*+
        (<([a-zA-Z][^\s/>]*+){REST_OF_TAG})
        """,
        re.VERBOSE,
    )


def with_lower_case_attributes(html: str) -> str:
    """Return a fragment with its attributes' names, and its classes, in lower case.

    >>> with_lower_case_attributes('<P CLASS="Lead">A=B</P>')
    '<P class="lead">A=B</P>'
    """
    if not any(_ends_name(html, found.start()) for found in _CAPITALS.finditer(html)):
        return html
    return _TAG.sub(lambda tag: _ATTRIBUTE_OF_TAG.sub(_in_lower_case, tag[0]), html)


def _ends_name(html: str, position: int) -> bool:
    """Return whether an attribute's name seems to end at a position."""
    return _NAME_BEFORE.search(html, max(0, position - _LONGEST_NAME), position) is not None and html.rfind(
        "<", 0, position
    ) > html.rfind(">", 0, position)


def _in_lower_case(attribute: re.Match[str]) -> str:
    name, value = attribute[1].lower(), attribute[2]
    return name + (value.lower() if name.strip() == "class=" else value)
