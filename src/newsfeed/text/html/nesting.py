"""Whether parsing a serialised fragment gives the tree that it was written from.

It doesn't always: where a sanitiser unwraps an element, `<p>` may be left inside `<p>`, or `<li>` inside `<li>`, and the
next parser closes the outer one first (HTML §13.2.6.4.7). A second parse would show it, but takes as long as the first;
for most fragments, checking the tags is enough.
"""

import re
from typing import Final

from newsfeed.text.html.allowed import BLOCKS, TAGS
from newsfeed.text.html.patterns import any_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["parses_alike"]

#: Elements of which it matters where they stand, other than blocks inside paragraphs, headings and links.
_CAPTIONED: Final = frozenset("a caption col colgroup p rp rt ruby".split())  # noqa: SIM905
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS: Final = frozenset("dd dl dt li ol table tbody td tfoot th thead tr ul".split())  # noqa: SIM905
_FLOW: Final = (BLOCKS | {"br"}) - _CAPTIONED - _HEADINGS - _PARTS
_PHRASING: Final = (TAGS - BLOCKS | {"br"}) - _CAPTIONED

_END: Final = r"(?:[ ][^<>]*+)?>"
_SPACE: Final = r"[ \t\n\f]*+"
_RUBY: Final = rf"<ruby{_END}[^<]*+(?:<r[pt]{_END}[^<]*+</r[pt]>[^<]*+)*+</ruby>"
_INLINE: Final = rf"[^<]++|</?{any_of(_PHRASING)}{_END}|{_RUBY}"
_LINK: Final = rf"<a{_END}(?:{_INLINE})*+</a>"
_WORDS: Final = rf"(?:{_INLINE}|{_LINK})*+"
#: What a tag may be followed by, directly or behind white space, for elements that stand in certain others only.
_STRUCTURE: Final = rf"""
    (?: <[ou]l{_END} | </li> ) {_SPACE} (?: <li{_END} )?+
  | </[ou]l>
  | (?: <dl{_END} | </d[dt]> ) {_SPACE} (?: <d[dt]{_END} )?+
  | </dl>
  | <table{_END} {_SPACE} (?: <caption{_END} {_WORDS} </caption> {_SPACE} )?+
    (?: <colgroup{_END} {_SPACE} (?: <col{_END} {_SPACE} )*+ </colgroup> {_SPACE} )*+ (?= <t[bfh] | </table> )
  | <t(?:body|foot|head){_END} {_SPACE} (?= <tr | </t )
  | <tr{_END} {_SPACE} (?= <t[dh] | </tr )
  | <t[dh]{_END}
  | </t[dh]> {_SPACE} (?= <t[dh][ >] | </tr> )
  | </tr> {_SPACE} (?= <tr | </t(?:body|foot|head)> )
  | </t(?:body|foot|head)> {_SPACE} (?= <t[bfh] | </table> )
  | </table>
"""
_ALIKE: Final = lazy_pattern(
    rf"""
    (?: [^<]++
      | < (?: p{_END} {_WORDS} </p> | h[1-6]{_END} {_WORDS} </h[1-6]> )
      | </?{any_of(_PHRASING | _FLOW)}{_END}
      | {_LINK}
      | {_STRUCTURE}
      | {_RUBY}
    )*+
    """,
    re.VERBOSE,
)


def parses_alike(html: str) -> bool:
    """Return whether parsing and serialising a fragment surely gives back the same text.

    Args:
        html: A fragment that was serialised from a tree of elements from `newsfeed.text.html.allowed`.

    Returns:
        True if so; False also where only a parser can tell.

    >>> parses_alike("<ul><li><p>One</p></li></ul>"), parses_alike("<p><p>One</p></p>")
    (True, False)
    """
    # parsers read a carriage return as a line feed
    return _ALIKE.fullmatch(html) is not None and "\r" not in html
