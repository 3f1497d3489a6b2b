"""OPML 2.0 (http://opml.org/spec2.opml): its elements. An outline may have attributes of its own."""

from typing import Final

from newsfeed.check.structure import Grammar, element

__all__ = ["OPML"]

_TEXT: Final = element(content="text")
_HEAD: Final = (
    "title? dateCreated? dateModified? ownerName? ownerEmail? ownerId? docs? expansionState? vertScrollState?"
    " windowTop? windowLeft? windowBottom? windowRight?"
)

OPML: Final = Grammar(
    codes={
        "missing": "NF501",
        "repeated": "NF506",
        "unknown": "NF506",
        "misplaced": "NF506",
        "attribute": "NF506",
        "text": "NF506",
        "missing attribute": "NF502",
    },
    elements={
        "opml": element("head body", "version?", codes={"repeated": "NF501"}),
        "head": element(_HEAD),
        "body": element("outline+"),
        "outline": element("outline*", "text *"),
        **dict.fromkeys(_HEAD.replace("?", "").split(), _TEXT),
    },
    is_complete=True,
)
