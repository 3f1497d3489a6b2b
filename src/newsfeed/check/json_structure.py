"""The structure of a JSON Feed: one check of all its objects against the tables of `newsfeed.check.grammars`."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from newsfeed.check.grammars.json_feed import JSON_OBJECTS, JSON_TYPES
from newsfeed.check.json_reading import JsonValue
from newsfeed.check.problems import Problem, at
from newsfeed.check.structure import Structure
from newsfeed.check.values import suggestion

__all__ = ["json_structure_of", "objects_of"]

_MISSING: Final = "NF400"
_WRONG_TYPE: Final = "NF401"
_UNKNOWN: Final = "NF402"


def objects_of(feed: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """Visit every object that JSON Feed defines, with the name of the member that contains it; empty for the feed."""
    waiting = [("", feed)]
    while waiting:
        name, value = waiting.pop()
        yield name, value
        if value.type == "object":
            for member, inner in reversed(value.members.items()):
                if member in JSON_OBJECTS and member in JSON_OBJECTS[name].children:
                    inside = [inner] if inner.type == "object" else inner.items
                    waiting += [(member, found) for found in reversed(inside)]


def json_structure_of(feed: JsonValue) -> Structure:
    """Check the structure of a JSON Feed.

    >>> from newsfeed.check.json_reading import read_json
    >>> found = json_structure_of(read_json(b'{"version": 1.1, "title": "Report"}')).problems
    >>> [problem.reason for problem in [*found["NF400"], *found["NF401"]]]
    ['items is missing', 'version is of type number, not string']
    """
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    for name, value in objects_of(feed):
        if value.type != "object":
            problems[_WRONG_TYPE].append(at(value, f"it is of type {value.type}, not object"))
            continue
        row = JSON_OBJECTS[name]
        problems[_MISSING] += [
            at(value, f"{member} is missing")
            for member, sign in row.children.items()
            if not sign and member not in value.members
        ]
        for member, inner in value.members.items():
            wanted = JSON_TYPES.get(member, "string")
            if member in row.children:
                if inner.type != wanted:
                    reason = f"{member} is of type {inner.type}, not {wanted}"
                    problems[_WRONG_TYPE].append(at(inner, reason))
            elif not member.startswith("_"):
                reason = f"JSON Feed has no member {member} here{suggestion(member, row.children)}"
                problems[_UNKNOWN].append(at(inner, reason))
    return Structure(problems, ())
