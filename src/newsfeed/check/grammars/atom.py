"""Atom 1.0: the elements of RFC 4287 §4, and their attributes."""

from typing import Final

from newsfeed.check.structure import Grammar, element

__all__ = ["ATOM_GRAMMAR", "ATOM_ROWS"]

_METADATA: Final = "author* category* contributor* generator? icon? link* logo? rights? subtitle?"
_PERSON: Final = element("name email? uri?")
_VALUE: Final = element(content="text", filled=True)
_TEXT: Final = element(attributes="type?", content="markup", filled=True, codes={"empty": "NF308"})

ATOM_ROWS: Final = {
    "author": _PERSON,
    "category": element(attributes="term+ label? scheme?", codes={"missing attribute": "NF316"}),
    "content": element(attributes="src? type?", content="markup"),
    "contributor": _PERSON,
    "email": _VALUE,
    "entry": element(
        "id title updated author* category* content? contributor* link* published? rights? source? summary?"
    ),
    "feed": element(f"id title updated entry* {_METADATA}"),
    "generator": element(attributes="uri? version?", content="text", filled=True),
    "icon": _VALUE,
    "id": _VALUE,
    "link": element(
        attributes="href hreflang? length? rel? title? type?",
        codes={"missing attribute": "NF340", "text": "NF348"},
    ),
    "logo": _VALUE,
    "name": _VALUE,
    "published": _VALUE,
    "rights": _TEXT,
    "source": element(f"id title updated {_METADATA}", codes={"missing": "NF336"}),
    "subtitle": _TEXT,
    "summary": _TEXT,
    "title": element(attributes="type?", content="markup", filled=True, codes={"empty": "NF307"}),
    "updated": _VALUE,
    "uri": _VALUE,
}
ATOM_GRAMMAR: Final = Grammar(
    codes={
        "missing": "NF300",
        "repeated": "NF301",
        "unknown": "NF302",
        "misplaced": "NF302",
        "no namespace": "NF302",
        "attribute": "NF303",
        "text": "NF304",
        "empty": "NF305",
    },
    elements=ATOM_ROWS,
    is_complete=True,
)
