"""Parse untrusted JSON into values that know their positions; the depth and number of values are bounded.

Names that an object repeats are recorded.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Literal

from newsfeed.check.unreadable import Unreadable
from newsfeed.check.xml_reading import DEEPEST, MOST

__all__ = ["JsonValue", "read_json"]

JsonType = Literal["object", "array", "string", "number", "boolean", "null"]

_WHITE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
#: Characters of a name in a path.
_MAX_SHOWN = 60
_DECODER = json.JSONDecoder()
_WORDS: dict[str, tuple[JsonType, bool | None]] = {
    "true": ("boolean", True),
    "false": ("boolean", False),
    "null": ("null", None),
}


@dataclass(slots=True)
class JsonValue:
    """One value, and its position.

    Attributes:
        type: Its type, as JSON calls it.
        value: The string, number, boolean or None; None for objects and arrays.
        line: The line where it begins, from 1.
        column: The column where it begins, from 1.
        holder: The object or array that contains it; None for the whole document.
        key: Its name in an object; its index in an array.
        members: An object's members by name; of repeated names, the last one.
        items: An array's items.
        repeated: The names that the object repeats.
    """

    type: JsonType
    value: str | float | bool | None
    line: int
    column: int
    holder: "JsonValue | None" = field(default=None, repr=False)
    key: str | int = ""
    members: dict[str, "JsonValue"] = field(default_factory=dict)
    items: list["JsonValue"] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Its path: `items[3].url`; empty for the whole document."""
        steps: list[str] = []
        value = self
        while value.holder is not None:
            steps.append(f"[{value.key}]" if isinstance(value.key, int) else f".{value.key[:_MAX_SHOWN]}")
            value = value.holder
        return "".join(reversed(steps)).removeprefix(".")

    def get(self, name: str) -> "JsonValue | None":
        """Return a member of an object, or None; a null counts as a member."""
        return self.members.get(name)


class _Reader:
    """A parser with a cursor in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.line_start = 0
        self.counted = 0
        self.seen = 0

    def refuse(self, reason: str, code: str = "NF201") -> Unreadable:
        return Unreadable(code, reason, *self.place())

    def place(self) -> tuple[int, int]:
        """Return the cursor's line and column, counting from the last call on."""
        passed = self.text.count("\n", self.counted, self.at)
        if passed:
            self.line += passed
            self.line_start = self.text.rindex("\n", 0, self.at) + 1
        self.counted = self.at
        return self.line, self.at - self.line_start + 1

    def skip(self) -> str:
        """Skip white space, and return the next character; empty at the end."""
        match = _WHITE.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return self.text[self.at : self.at + 1]

    def string(self) -> str:
        try:
            text, self.at = _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = min(error.pos, len(self.text))
            raise self.refuse(f"it isn't valid JSON: {error.msg[:1].lower()}{error.msg[1:]}") from None
        return str(text)

    def value(self, holder: JsonValue | None, key: str | int, depth: int) -> JsonValue:
        character = self.skip()
        line, column = self.place()
        self.seen += 1
        if depth > DEEPEST:
            raise self.refuse(f"values are nested more than {DEEPEST} levels deep", "NF205")
        if self.seen > MOST:
            raise self.refuse(f"it has more than {MOST:,} values", "NF205")
        if character == "{":
            return self.object(JsonValue("object", None, line, column, holder, key), depth)
        if character == "[":
            return self.array(JsonValue("array", None, line, column, holder, key), depth)
        kind, meaning = self.scalar(character)
        return JsonValue(kind, meaning, line, column, holder, key)

    def scalar(self, character: str) -> tuple[JsonType, str | float | bool | None]:
        """Parse a value that isn't an object or array."""
        if character == '"':
            return "string", self.string()
        for word, (kind, meaning) in _WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return kind, meaning
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            raise self.refuse("it isn't valid JSON: expecting a value here")
        self.at = match.end()
        return "number", float(match[0])

    def object(self, value: JsonValue, depth: int) -> JsonValue:
        self.at += 1
        if self.skip() == "}":
            self.at += 1
            return value
        while True:
            if self.skip() != '"':
                raise self.refuse("it isn't valid JSON: expecting a name in double quotes here")
            name = self.string()
            if self.skip() != ":":
                raise self.refuse("it isn't valid JSON: expecting a colon here")
            self.at += 1
            if name in value.members:
                value.repeated.append(name)
            value.members[name] = self.value(value, name, depth + 1)
            if self.is_end("}"):
                return value

    def array(self, value: JsonValue, depth: int) -> JsonValue:
        self.at += 1
        if self.skip() == "]":
            self.at += 1
            return value
        while True:
            value.items.append(self.value(value, len(value.items), depth + 1))
            if self.is_end("]"):
                return value

    def is_end(self, end: str) -> bool:
        """Skip the comma or bracket after a member; return whether it was the end."""
        character = self.skip()
        if character not in {",", end}:
            raise self.refuse(f"it isn't valid JSON: expecting a comma or {end} here")
        self.at += 1
        return character == end


def read_json(data: bytes) -> JsonValue:
    """Parse a JSON document (RFC 8259).

    Args:
        data: The whole file.

    Returns:
        Its value.

    Raises:
        Unreadable: If it isn't UTF-8 or JSON, or is nested too deeply.

    Example:
        >>> value = read_json(b'{"title": "Report"}')
        >>> (value.members["title"].value, value.members["title"].column)
        ('Report', 11)
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        reason = f"the byte 0x{data[error.start]:02x} isn't UTF-8"
        raise Unreadable("NF202", reason, line, column) from None
    reader = _Reader(text)
    value = reader.value(None, "", 0)
    if reader.skip():
        raise reader.refuse("it isn't valid JSON: there is text after its end")
    return value
