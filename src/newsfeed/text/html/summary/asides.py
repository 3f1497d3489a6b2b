"""What stands beside the prose of an article, as a table: captions, contents lists, bylines, quotations, tables.

| rank    | what                                                                     | when a summary may be made of it        |
| ------- | ------------------------------------------------------------------------ | --------------------------------------- |
| `NEVER` | code, controls, what no reader sees                                      | never                                   |
| `LABEL` | headings, captions, credits, bylines, dates, contents lists, "read more" | where there is nothing else             |
| `ASIDE` | quotations, tables, preformatted text, embedded posts, boxes             | where there is no prose                 |

An element is known by its name, or by a word in its `class`, `id`, `role`, `itemprop` or `rel`. Words are compared
between spaces, hyphens and underscores, so that `byline` is found in `article__byline` and in `post-byline`.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["ASIDE", "ELEMENTS", "LABEL", "NEVER", "PROSE", "VOID", "rank_of"]

PROSE: Final = 0
ASIDE: Final = 1
LABEL: Final = 2
NEVER: Final = 3

_NAMES: Final = {
    NEVER: "audio button canvas datalist embed head iframe map math noembed noframes noscript object script select style"
    " svg template textarea title video",
    LABEL: "caption dialog fieldset figcaption form h1 h2 h3 h4 h5 h6 legend menu nav",
    ASIDE: "address aside blockquote details figure footer pre table",
    PROSE: "article body br center dd div dl dt header hgroup hr html li listing main ol p section summary tbody td tfoot"
    " th thead tr ul",
}
#: The rank of each element that ends a line, or whose content isn't prose.
ELEMENTS: Final = {name: rank for rank, names in _NAMES.items() for name in names.split()}

#: Elements without content.
VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)

_WORDS: Final = {
    NEVER: "gutter katex-html linenodiv lineno linenos lnt mathjax rouge-gutter screen-reader sr-only visually-hidden",
    LABEL: "author authors breadcrumb breadcrumbs byline caption captions contents-list continue-reading copyright credit"
    " credits dateline endnotes footnote footnotes headerlink headline image-desc image-description img-desc img-descr kicker meta more-link"
    " navigation newsletter permalink photographer pic-desc post-date pubdate read-more readmore related share sharing social"
    " subscribe of-contents tags timestamp toc",
    ASIDE: "embed fb-post infobox instagram-media pullquote sidebar tiktok-embed twitter-tweet twitter-video",
}
_RANKS: Final = {word: rank for rank, words in _WORDS.items() for word in words.split()}
#: `has-toc` says of an element that there is one in it.
_OF_A_WRAPPER: Final = frozenset({"has", "is", "no", "with", "without"})
_TELLING: Final = frozenset({"class", "id", "itemprop", "rel", "role"})
_ATTRIBUTE: Final = lazy_pattern(r"""([^\s=/>"']++)\s*+(?:=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_NOT_DISPLAYED: Final = lazy_pattern(r"display\s*+:\s*+none", re.IGNORECASE)
_BETWEEN_WORDS: Final = lazy_pattern(r"[\s_-]+")
_USUAL_LENGTH: Final = 200


def rank_of(attributes: str) -> int:
    """Return the rank of an element by its attributes.

    Args:
        attributes: All that its start tag holds behind its name.

    Returns:
        `PROSE` if the attributes say nothing about it.

    >>> rank_of(' class="post-byline" id=x') == LABEL
    True
    >>> rank_of(' class="has-toc"') == PROSE
    True
    """
    return _usual_rank(attributes) if len(attributes) <= _USUAL_LENGTH else _rank(attributes)


def _rank(attributes: str) -> int:
    words = []
    for written, value in _ATTRIBUTE.findall(attributes):
        name = written.lower()
        if name in _TELLING:
            words += ["", *_BETWEEN_WORDS.split(value.strip("\"'").lower())]
        elif (
            name == "hidden"
            or (name == "aria-hidden" and value.strip("\"'").lower() == "true")
            or (name == "style" and _NOT_DISPLAYED.search(value))
        ):
            return NEVER
    ranks = [
        _RANKS.get(word) or _RANKS.get(f"{before}-{word}", PROSE)
        for before, word in pairwise(words)
        if before not in _OF_A_WRAPPER
    ]
    return max(ranks, default=PROSE)


_usual_rank = lru_cache(maxsize=4_096)(_rank)
