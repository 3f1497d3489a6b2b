"""What cleaning removes from an article or replaces, found in its source without parsing it.

Only what a person would see or hear on the page counts. Scripts, styles, comments, classes, ids, permalink
signs and line numbers aren't reported, nor what only looks different: a lazily loaded picture is the picture.
"""

import re
from typing import Final, NamedTuple

from newsfeed.text.html.replacements.filled import with_frames
from newsfeed.text.html.replacements.marks import with_lower_case_attributes
from newsfeed.text.html.weight import is_too_heavy
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.shortcodes import has_shortcodes

__all__ = ["SHORTCODES", "Loss", "losses", "shortcodes"]


class Loss(NamedTuple):
    """One kind of thing that cleaning removes from an article or replaces."""

    code: str
    reason: str
    remedy: str


_KINDS: Final = {
    "player": Loss(
        "NF160",
        "a player or an embedded page (iframe, object, embed) can't be in a feed; a link to it takes its place",
        "give each iframe a title: it becomes the words of the link",
    ),
    "formula": Loss(
        "NF161",
        "a formula (MathML, KaTeX, MathJax) can't be in a feed; its TeX or its text takes its place",
        "if it reads well, do nothing; otherwise write it as a picture with an alt text",
    ),
    "drawing": Loss(
        "NF162",
        "a drawing (svg, canvas) can't be in a feed; its title, description or label takes its place, if it has one",
        "publish it as a picture, or give it a title; mark mere decoration with aria-hidden",
    ),
    "form": Loss(
        "NF163",
        "a form or a button can't be used in a feed; left out, except for the words beside it",
        "link to the page that has the form",
    ),
    "picture": Loss(
        "NF164",
        "a picture has no address on the web (data:, file:, or none); its alt text takes its place",
        "put the file on a server and write its address",
    ),
    "link": Loss(
        "NF165",
        "a link has an address that feeds don't carry (only http, https, mailto and tel); its words stay",
        "link to a page, or leave the link out",
    ),
    "embed": Loss(
        "NF168",
        "an element that a script or CMS should have filled is empty; left out",
        "export what it shows, or write a link to it",
    ),
}
_CHARACTER: Final = Loss(
    "NF166",
    "a number in the text means no character (&#0; or one that doesn't exist); it becomes U+FFFD or is left out",
    "write the character itself",
)
_TOO_HEAVY: Final = Loss(
    "NF169",
    "the HTML would keep a parser busy for minutes (thousands of elements are open at once, for example); only its words stay",
    "close the elements, and publish very long articles in parts",
)
SHORTCODES: Final = Loss(
    "NF167",
    "the text has shortcodes or template tags of a CMS that weren't filled in ([gallery], {% … %}, [^1]); published as they are",
    "export the article as the CMS shows it",
)

_KIND: Final = lazy_pattern(
    r"""
    < (?:
      !-- [^-]*+ (?: - (?!->) [^-]*+ )*+ (?: --> | \Z )
    | (?: script\b (?![^<>]*?math/) | style\b ) [^<]*+ (?: <(?!/(?:script|style)) [^<]*+ )*+
    | (?P<player> [iI][fF][rR][aA][mM][eE]\b (?![^<>]*(?:googletagmanager|display:\s*none))
                | [oO][bB][jJ][eE][cC][tT]\b | [eE][mM][bB][eE][dD]\b | oembed\b
                | amp-(?:iframe|video|audio|youtube|vimeo|twitter|instagram|facebook)\b | lite-[a-z]+ )
    | (?P<formula> [mM][aA][tT][hH]\b | mjx-container | script\s[^<>]*?["']?math/ | [sS][pP][aA][nN]\s[^<>]*?class=["']?[Mm]ath[Jj]ax
                 | (?:div|span)\s[^<>]*?data-(?:tex|latex)\s*= )
    | (?P<drawing> [sS][vV][gG]\b (?! [^<>]*? (?: aria-hidden=["']?true | role=["']?(?:presentation|none) ) ) | canvas\b )
    | (?P<form> [fF][oO][rR][mM]\b | input\b (?![^<>]*? type=["']?(?:hidden|checkbox)) | select\b | textarea\b
              | button\b (?! [^<>]*? aria-(?:expanded|controls)) )
    | (?P<picture> [iI][mM][gG]\b (?! [^<>]*? \s(?:data-[a-z-]*(?:src|original|lazy|echo)[a-z]*|nitro-lazy-src|srcset)\s*= )
                   (?: [^<>]*? \ssrc\s*=\s* ["']? \s* (?:data|file|blob|cid|about): | (?! [^<>]*? \ssrc\s*=\s*["']?[^\s"'>] ) ) )
    | (?P<link> [aA]\s (?=[^<>]*?\s?[hH][rR][eE][fF]\s*=\s*["']?\s*
                     (?!(?:https?|mailto|tel):)[a-zA-Z][a-zA-Z0-9+.-]*: ) )
    | (?P<embed> (?!amp-(?:img|anim|pixel)) (?P<name>[a-z][a-z0-9]*-[a-z0-9-]*)\b [^<>]*+ > \s*+ </(?P=name)
               | div\s (?= [^<>]*?[\s"'](?:apester-media|opinary|playbuzz|powa|qzzr_quiz|riddle2?-wrapper|(?i:vk)-post)[\s"'] )
                 [^<>]*+ > \s*+ </div )
    )
    """,
    re.VERBOSE,
)
_SUSPECT_NUMBER: Final = lazy_pattern(r"&#(?:[xX]([0-9a-fA-F]{1,20})|([0-9]{1,20}))")
_LAST_CHARACTER: Final = 0x10FFFF

_CODE_OR_TAG: Final = lazy_pattern(
    r"<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    r"|<(/?)(?:(pre|code|kbd|samp|script|style|textarea|math|svg)\b)?[^<>]*+>",
    re.IGNORECASE,
)


def losses(html: str) -> list[Loss]:
    """Return what cleaning a fragment removes or replaces.

    Args:
        html: An HTML fragment, however broken.

    Returns:
        Each kind once, in the order of their codes.

    >>> [
    ...     loss.code
    ...     for loss in losses('<p>Watch: <iframe src="https://video.example/1"></iframe><form></form></p>')
    ... ]
    ['NF160', 'NF163']
    """
    if is_too_heavy(html):
        return [_TOO_HEAVY, *shortcodes(html)]
    html = with_frames(with_lower_case_attributes(html))
    kinds = {found.lastgroup for found in _KIND.finditer(html)}
    found = [loss for kind, loss in _KINDS.items() if kind in kinds]
    if "&#" in html and any(map(_means_nothing, _SUSPECT_NUMBER.findall(html))):
        found.append(_CHARACTER)
    return sorted([*found, *shortcodes(html)])


def shortcodes(html: str) -> list[Loss]:
    """Return whether a fragment's words, other than code, contain instructions to a CMS.

    >>> [loss.code for loss in shortcodes("<p>[gallery ids='1,2']</p><p>He [sic] said so.</p>")]
    ['NF167']
    >>> shortcodes("<pre>{{ title }}</pre>")
    []
    """
    if "]" not in html and "}" not in html:
        return []
    is_told = has_shortcodes(html) and has_shortcodes(_without_code(html))
    return [SHORTCODES] if is_told else []


def _without_code(html: str) -> str:
    """Return the words that are neither in code nor in a tag."""
    words = []
    position = depth = 0
    for tag in _CODE_OR_TAG.finditer(html):
        if not depth:
            words.append(html[position : tag.start()])
        position = tag.end()
        if tag[2]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
    words.append("" if depth else html[position:])
    return "\n".join(words)


def _means_nothing(number: tuple[str, str]) -> bool:
    hexadecimal, decimal = number
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode says so
    is_control = code < 0x20 and code not in {9, 10, 12, 13}  # noqa: PLR2004 - likewise
    return is_control or is_surrogate or code > _LAST_CHARACTER
