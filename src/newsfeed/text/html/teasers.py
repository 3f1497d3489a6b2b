"""The marks in an article's HTML: where its teaser ends, and where that begins which only some readers get."""

import re

from newsfeed.text.html.tags import tags
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["before_any_mark", "before_members_only", "for_everybody", "with_ends"]

#: Characters that nobody sees, which editors and converters leave behind.
_UNSEEN = r"[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]*+"
_HYPHEN = r"[-_\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"
_REFERENCE = r"&(?:amp;)*+(?:nbsp|shy|[nm]?dash|hyphen|minus|zwn?j|\#[0-9]{1,7}|\#x[0-9a-f]{1,6});"
_GAP = rf"(?: {_HYPHEN} | \s | {_UNSEEN[:-2]} | {_REFERENCE} )*+"
_WORDS = rf"{_GAP} {_UNSEEN.join('member')} {_UNSEEN} s?+ {_GAP} {_UNSEEN.join('only')} (?! {_HYPHEN}?\w )"
_LESS_THAN = r"&(?:amp;)*+(?:lt|\#0*+60|\#x0*+3c);"
_FLAGS = re.VERBOSE | re.IGNORECASE
#: Written in any of the ways in which a mark survives an editor: `<!---members-only--->`, `<!– Members only`. An
#: escaped one counts where it follows a tag, because a text may speak of it.
_MEMBERS_ONLY_PATTERN = rf"(?: <! | (?<=>) (?<!<code>) {_LESS_THAN}! ) {_WORDS}"
_MEMBERS_ONLY = lazy_pattern(_MEMBERS_ONLY_PATTERN, _FLAGS)
_ANY = lazy_pattern(rf"{_MEMBERS_ONLY_PATTERN} | <!--\s*+more(?![-_]?\w)", _FLAGS)
#: The same in a text of which all markup is escaped.
_ESCAPED = lazy_pattern(rf"{_LESS_THAN}! {_WORDS}", _FLAGS)
_ESCAPED_TAG = lazy_pattern(r"&(?:amp;)*+lt;/?[a-z][a-z0-9]*+(?:\s|/?&(?:amp;)*+gt;)", re.IGNORECASE)
_WRITTEN_TAG = lazy_pattern(r"<[a-zA-Z/!]")
#: A tag or a comment that reaches to the end of a text, where no other markup does.
_BROKEN_OFF = lazy_pattern(r"</?[A-Za-z]|<!--(?!.*-->\Z)", re.DOTALL)
#: Elements without content and end tag (HTML §13.1.2).
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


def before_members_only(html: str) -> str | None:
    """Return what stands before the mark `<!--members-only-->`; None if there is none.

    However the mark is written or ends, and wherever it is, what follows is closed.

    >>> before_members_only("<p>Open</p><!-- Members-only --><p>Closed</p>")
    '<p>Open</p>'
    """
    return _before(html, _MEMBERS_ONLY)


def for_everybody(text: str) -> str:
    """Return what everybody may read of a short text that may hold markup: what stands before its mark, or all of it.

    A text may speak of the mark, in backticks.

    >>> for_everybody("Open <!--members-only--> Closed"), for_everybody("Why `<!--members-only-->`?")
    ('Open', 'Why `<!--members-only-->`?')
    """
    before = before_members_only(text)
    return text if before is None or before.endswith("`") else before.rstrip()


def before_any_mark(html: str) -> str | None:
    """Return what stands before the first `<!--more-->` or `<!--members-only-->`; None if there is neither.

    >>> before_any_mark("<p>Teaser</p><!--more Read on--><p>Text</p>"), before_any_mark("<p>Text</p>")
    ('<p>Teaser</p>', None)
    """
    return _before(html, _ANY)


def _before(html: str, mark: re.Pattern[str]) -> str | None:
    if ";!" in html and _ESCAPED_TAG.search(html) and not _WRITTEN_TAG.search(html):
        mark = _ESCAPED
    elif "<!" not in html and ";!" not in html:
        return None
    found = mark.search(html)
    return None if found is None else html[: found.start()]


def with_ends(html: str) -> str:
    """Return the beginning of a text with the end tags that it lacks, and without a tag that it breaks off in.

    >>> with_ends("<div><p>Snow <b>and <br>ice</b> <a hre")
    '<div><p>Snow <b>and <br>ice</b> </p></div>'
    """
    open_elements: list[str] = []
    for tag in tags(html):
        if not tag.name:
            if tag.end == len(html) and _BROKEN_OFF.match(html, tag.start):
                html = html[: tag.start]
        elif not tag.closes:
            if tag.name == "p" and open_elements[-1:] == ["p"]:
                open_elements.pop()
            if tag.name not in _VOID:
                open_elements.append(tag.name)
        elif tag.name in open_elements:
            while open_elements.pop() != tag.name:
                pass
    return html + "".join(f"</{name}>" for name in reversed(open_elements))
