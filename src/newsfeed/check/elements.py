"""XML elements that know their positions, as checks see a document."""

from collections import defaultdict
from collections.abc import Iterator

__all__ = ["XmlElement"]

#: Characters of a name in a path.
_MAX_SHOWN = 60
_XML = "{http://www.w3.org/XML/1998/namespace}"


class XmlElement:
    """One element, with its attributes, its content, and its position in the file.

    >>> title = XmlElement("", "title", line=3, column=5)
    >>> title.nodes.append("Report")
    >>> (title.name, title.text, title.shown)
    ('title', 'Report', 'title')
    """

    __slots__ = (
        "_numbers",
        "attributes",
        "column",
        "line",
        "name",
        "nodes",
        "parent",
        "prefix",
        "space",
    )

    def __init__(self, space: str, name: str, *, prefix: str = "", line: int = 0, column: int = 0) -> None:
        #: The namespace's URI; empty for none.
        self.space = space
        #: The name without prefix.
        self.name = name
        #: The prefix as written; empty for none.
        self.prefix = prefix
        #: The line of its start tag, from 1.
        self.line = line
        #: The column of its start tag, from 1.
        self.column = column
        #: The attributes; a name in a namespace is `{uri}name`.
        self.attributes: dict[str, str] = {}
        #: Elements and text, in order.
        self.nodes: list[XmlElement | str] = []
        self.parent: XmlElement | None = None
        self._numbers: dict[XmlElement, str] | None = None

    def __iter__(self) -> Iterator["XmlElement"]:
        return iter([node for node in self.nodes if not isinstance(node, str)] if self.nodes else ())

    def __repr__(self) -> str:
        return f"<{self.shown} at {self.line}:{self.column}>"

    @property
    def shown(self) -> str:
        """The name as in the file, including the prefix."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        if not self.nodes:
            return ""
        return "".join([node for node in self.nodes if isinstance(node, str)])

    @property
    def path(self) -> str:
        """Its path below the root's child: `item[3]/pubDate`."""
        steps = []
        element = self
        while element.parent is not None and element.parent.parent is not None:
            steps.append(element.shown[:_MAX_SHOWN] + element.parent.number_of(element))
            element = element.parent
        return "/".join(reversed(steps)) or self.shown[:_MAX_SHOWN]

    def number_of(self, child: "XmlElement") -> str:
        """Return a child's number among those of the same name, `[3]`; empty for the only one. All children must be there."""
        if self._numbers is None:
            twins: defaultdict[tuple[str, str], list[XmlElement]] = defaultdict(list)
            for element in self:
                twins[element.space, element.name].append(element)
            self._numbers = {
                element: f"[{number}]" if len(same) > 1 else ""
                for same in twins.values()
                for number, element in enumerate(same, start=1)
            }
        return self._numbers[child]

    def get(self, name: str) -> str | None:
        """Return an attribute's value, or None."""
        return self.attributes.get(name)

    def find(self, name: str, space: str | None = None) -> "XmlElement | None":
        """Return the first child with this name, in the element's own namespace unless another is given."""
        if not self.nodes:
            return None
        wanted = self.space if space is None else space
        return next((child for child in self if child.name == name and child.space == wanted), None)

    def all(self, name: str, space: str | None = None) -> list["XmlElement"]:
        """Return the children with this name, in the element's own namespace unless another is given."""
        if not self.nodes:
            return []
        wanted = self.space if space is None else space
        return [child for child in self if child.name == name and child.space == wanted]

    def walk(self) -> Iterator["XmlElement"]:
        """Visit this element and everything in it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            if element.nodes:
                waiting.extend(reversed(list(element)))

    def inherited(self, name: str) -> str | None:
        """Return the `xml:lang` or `xml:base` (by its local name) that applies here (XML 1.0 §2.12)."""
        element: XmlElement | None = self
        while element is not None:
            if (value := element.attributes.get(_XML + name)) is not None:
                return value
            element = element.parent
        return None
