"""Where in a JSON document the records are: `data.posts`, found without decoding what stands before and after them."""

from collections.abc import Mapping, Sequence
from json import JSONDecodeError

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.field_names import finder
from newsfeed.model.shown_values import kind, shown
from newsfeed.sources.json_values import PATIENT
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["NoRecords", "after_space", "at_expression", "part_at", "start_of"]

_SPACE = lazy_pattern(r"[ \t\n\r]*")
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
#: So many keys are named where another was looked for.
_MOST_KEYS = 12


class NoRecords(InvalidValue):
    """A document has no records where they should be."""


def part_at(data: bytes, steps: Sequence[str]) -> bytes:
    """Return the part of a document at a dotted name.

    Args:
        data: The document.
        steps: The names.

    Raises:
        msgspec.DecodeError: If what leads there isn't valid JSON.
        NoRecords: If there is nothing.

    >>> part_at(b'{"data": {"posts": [1, 2]}}', ["data", "posts"])
    b'[1, 2]'
    """
    for number, step in enumerate(steps):
        try:
            around = _OBJECT.decode(data)
        except msgspec.ValidationError:
            raise _nothing_at(steps, number, msgspec.json.decode(data)) from None
        part = around.get(step)
        if part is None:
            raise _nothing_at(steps, number, around)
        data = bytes(part)
    if steps and not data.startswith((b"[", b"{")):
        raise _no_list(".".join(steps), msgspec.json.decode(data))
    return data


def start_of(text: str, steps: Sequence[str]) -> int:
    """Return where the part of a document at a dotted name starts, even if the document is damaged behind that place.

    Args:
        text: The document.
        steps: The names.

    Raises:
        JSONDecodeError: If it is damaged before that place.
        NoRecords: If there is nothing.

    >>> start_of('{"next": null, "data": {"posts": [1, 2', ["data", "posts"])
    33
    """
    position = after_space(text, 0)
    for number, step in enumerate(steps):
        position = _start_of_value(text, position, step, _nothing_at(steps, number, {}))
    return position


def at_expression(document: object, written: str) -> Sequence[object]:
    """Return the records that an expression finds in a document.

    Args:
        document: The document, decoded.
        written: A dotted name or JMESPath.

    Raises:
        NoRecords: If it finds none.

    >>> at_expression({"days": [{"posts": [1, 2]}, {"posts": [3]}]}, "days[].posts[]")
    [1, 2, 3]
    """
    found = finder(written)(document)
    if isinstance(found, list):
        return found
    if isinstance(found, Mapping):
        return [found]
    if found is None:
        raise _nothing_at([written], 0, document)
    raise _no_list(written, found)


def after_space(text: str, at: int) -> int:
    """Return the position of the next character that isn't white space."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _start_of_value(text: str, position: int, key: str, nothing: NoRecords) -> int:
    """Return where the value of a key starts, in the object that starts at a position."""
    if not text.startswith("{", position):
        raise nothing
    position = after_space(text, position + 1)
    while not text.startswith("}", position):
        name, end = PATIENT.raw_decode(text, position)
        position = after_space(text, end)
        if not text.startswith(":", position):
            raise JSONDecodeError("Expecting ':' delimiter", text, position)
        position = after_space(text, position + 1)
        if name == key:
            return position
        _, end = PATIENT.raw_decode(text, position)
        position = after_space(text, end)
        if text.startswith(",", position):
            position = after_space(text, position + 1)
        elif not text.startswith("}", position):
            raise JSONDecodeError("Expecting ',' or '}'", text, position)
    raise nothing


def _nothing_at(steps: Sequence[str], number: int, around: object) -> NoRecords:
    written = shown(".".join(steps))
    where = f"in {shown('.'.join(steps[:number]))!r}" if number else "in the document"
    if isinstance(around, Mapping) and around:
        keys = ", ".join(shown(str(key), 30) for key in list(around)[:_MOST_KEYS])
        what = f"{where} there are only the keys {keys}"
    elif isinstance(around, Mapping):
        what = f"{where} there is no such key"
    else:
        what = f"{where} there is {kind(around)}"
    return NoRecords(f"there are no records at {written!r}: {what}", "correct records in newsroom.toml")


def _no_list(written: str, found: object) -> NoRecords:
    reason = f"there are no records at {shown(written)!r}: {shown(found)} is {kind(found)}, not a list"
    return NoRecords(reason, "correct records in newsroom.toml")
