"""RSS 2.0: its elements and attributes, and Atom's elements that have a meaning in it."""

from dataclasses import replace
from typing import Final

from newsfeed.check.grammars.atom import ATOM_ROWS
from newsfeed.check.structure import Grammar, element, occurrences

__all__ = ["ATOM_IN_RSS", "RSS"]

_TEXT: Final = element(content="text")
_FILLED: Final = element(content="text", filled=True)

RSS: Final = Grammar(
    codes={
        "missing": "NF213",
        "repeated": "NF214",
        "unknown": "NF215",
        "misplaced": "NF215",
        "attribute": "NF216",
        "text": "NF217",
        "empty": "NF218",
    },
    elements={
        "rss": element("channel*", "version?"),
        "channel": element(
            "title link description category* cloud? copyright? docs? generator? image? item* language?"
            " lastBuildDate? managingEditor? pubDate? rating? skipDays? skipHours? textInput? ttl? webMaster?"
        ),
        "item": element(
            "author? category* comments? description? enclosure* guid? link? pubDate? source? title?"
        ),
        "image": element("url title link description? height? width?"),
        "textInput": element("title description name link"),
        "skipHours": element("hour*"),
        "skipDays": element("day*"),
        "author": _FILLED,
        "category": element("", "domain?", "text", filled=True),
        "cloud": element(
            "", "domain port path registerProcedure protocol", codes={"missing attribute": "NF233"}
        ),
        "comments": _FILLED,
        "copyright": _TEXT,
        "day": _TEXT,
        "description": _TEXT,
        "docs": _FILLED,
        "enclosure": element("", "url length type", codes={"missing attribute": "NF246"}),
        "generator": _TEXT,
        "guid": element("", "isPermaLink?", "text", filled=True),
        "height": _TEXT,
        "hour": _TEXT,
        "language": _FILLED,
        "lastBuildDate": _FILLED,
        "link": _FILLED,
        "managingEditor": _FILLED,
        "name": _FILLED,
        "pubDate": _FILLED,
        "rating": _TEXT,
        "source": element("", "url", "text", codes={"missing attribute": "NF249"}),
        "title": _FILLED,
        "ttl": _TEXT,
        "url": _FILLED,
        "webMaster": _FILLED,
        "width": _TEXT,
    },
    inside={"channel": {"category": element("", "domain?", "text")}},
    is_complete=True,
)
#: Atom's elements that have a meaning in RSS. Its texts have their equivalents there, which another check is about.
ATOM_IN_RSS: Final = Grammar(
    codes={
        "repeated": "NF266",
        "unknown": "NF265",
        "misplaced": "NF278",
        "no namespace": "NF269",
        "attribute": "NF258",
        "empty": "NF218",
    },
    elements={
        name: replace(row, codes={**row.codes, "misplaced": "NF265"}) for name, row in ATOM_ROWS.items()
    },
    hosts={
        "channel": occurrences(
            "author* category* contributor* generator? icon? id? link* logo? rights? subtitle? title? updated?"
        ),
        "item": occurrences("author? content? contributor* id? link* published? summary? title? updated?"),
    },
    is_complete=True,
)
