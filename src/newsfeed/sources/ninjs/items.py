"""The items of a ninjs document, whatever wraps them, with names that are the same in every version.

`versioncreated` became `versionCreated`, `body_html` an entry of `bodies`, a table of associations a list. Here keys are
in lower case, without underscores, and texts that have roles are lists.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsfeed.model.limits import DEEPEST
from newsfeed.model.record import TABLES

__all__ = ["NinjsItem", "Text", "items_in"]

#: Keys that only an item has, as they are here.
_OF_ITEMS = frozenset({"uri", "headline", "headlines", "versioncreated", "pubstatus", "bodies"})
#: What a text of each kind is called: a key of its own for each form in 1.x, a list in 2.x and 3.x.
_PLURALS = {"headline": "headlines", "description": "descriptions", "body": "bodies"}
_HTML = ("html", "xhtml")


class Text(NamedTuple):
    """A headline, a description or a body."""

    role: str
    #: Whether it is HTML, plain text, or something else.
    form: str
    value: str


class NinjsItem:
    """An item of ninjs.

    Args:
        written: The item as it is written.
    """

    def __init__(self, written: Mapping[str, object]) -> None:
        self.written = written
        self._values = {_plain(key): value for key, value in written.items()}

    def get(self, *names: str) -> object:
        """Return the first value that there is under some names."""
        return next((self._values[name] for name in names if self._values.get(name) not in (None, "")), None)

    def text(self, *names: str) -> str | None:
        """Return the first text that there is under some names."""
        value = self.get(*names)
        return value.strip() or None if isinstance(value, str) else None

    def texts(self, kind: str) -> list[Text]:
        """Return the texts of a kind: `headline`, `description` or `body`."""
        found: list[Text] = []
        listed = self._values.get(_PLURALS[kind])
        for each in listed if isinstance(listed, list) else ():
            part = NinjsItem(each if isinstance(each, TABLES) else {})
            words = part.text("value")
            if words is not None:
                form = _form(part.text("contenttype", "mimetype") or "", words)
                found.append(Text(part.text("role") or "", form, words))
        for key, value in self.written.items():
            name, _, rest = key.lower().partition("_")
            if name == kind and isinstance(value, str) and value.strip():
                role, _, ending = rest.rpartition("_")
                form = "html" if ending in _HTML else "text" if ending == "text" else _form("", value)
                found.append(Text(role, form, value.strip()))
        return found

    def parts(self, *names: str) -> Iterator["NinjsItem"]:
        """Yield the items of a list, or of a table in which each has a name."""
        value = self.get(*names)
        if isinstance(value, TABLES):
            for name, each in value.items():
                if isinstance(each, TABLES):
                    yield NinjsItem({"name": name, **each})
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from (NinjsItem(each) for each in value if isinstance(each, TABLES))


def items_in(document: object, depth: int = 0) -> Iterator[NinjsItem]:
    """Yield the items of a document: it is one, or a list of them, or they are somewhere in it.

    >>> [
    ...     item.text("uri")
    ...     for item in items_in({"data": [{"item": {"uri": "urn:1"}}, {"item": {"uri": "urn:2"}}]})
    ... ]
    ['urn:1', 'urn:2']
    """
    if isinstance(document, TABLES):
        if any(_plain(str(key)) in _OF_ITEMS for key in document):
            yield NinjsItem(document)
            return
        inner: Sequence[object] = list(document.values())
    else:
        inner = document if isinstance(document, list) else ()
    if depth < DEEPEST:
        for each in inner:
            if isinstance(each, list | dict):
                yield from items_in(each, depth + 1)


def _plain(key: str) -> str:
    return key.lower().replace("_", "").replace("$", "")


def _form(media_type: str, value: str) -> str:
    if "html" in media_type or (not media_type and value.lstrip().startswith("<")):
        return "html"
    return "text" if not media_type or media_type.startswith("text/plain") else "other"
