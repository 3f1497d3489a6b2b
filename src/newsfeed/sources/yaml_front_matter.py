"""Front matter in YAML, with the values that editors mean.

PyYAML reads `no` as false and `18:24` as 1104, and converts dates by its own rules. So only its parser is used here.
Values are text unless JSON would understand them: `true`, `false`, `null`, and decimal numbers without leading zeros,
as in YAML 1.2.2 §10.2. Dates are read later, as everywhere.
"""

import yaml

from newsfeed.errors import InvalidValue
from newsfeed.model.limits import DEEPEST
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["InvalidYaml", "read_yaml"]

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE_NUMBER = lazy_pattern(r"-?(?:0|[1-9][0-9]{0,300})")
_NUMBER = lazy_pattern(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_TEXT_TAG = "tag:yaml.org,2002:str"
_OWN_TAG = "!"


class _Loader(yaml.SafeLoader):
    """PyYAML's loader, without its quadratic time for nested lists."""

    def fetch_flow_collection_start(self, token_class: type[yaml.Token]) -> None:
        if self.flow_level >= DEEPEST:
            raise RecursionError
        super().fetch_flow_collection_start(token_class)


class InvalidYaml(Exception):
    """A text isn't valid YAML, or uses features that front matter doesn't need.

    Attributes:
        line: The line, from 1.
        problem: What is wrong, and what to do.
    """

    def __init__(self, line: int, problem: InvalidValue) -> None:
        self.line = line
        self.problem = problem
        super().__init__(line, problem)


def read_yaml(text: str) -> object:
    r"""Decode a YAML document.

    Args:
        text: The document.

    Returns:
        Its content; `None` for an empty document.

    Raises:
        InvalidYaml: If it isn't valid YAML, has a key twice, or uses an alias or a custom tag.
        RecursionError: If lists and mappings are nested too deeply.

    >>> read_yaml("language: no\npublished: 2025-12-19 18:24\nwithdrawn: false")
    {'language': 'no', 'published': '2025-12-19 18:24', 'withdrawn': False}
    """
    node = _node(text)
    return None if node is None else _value(node, set())


def _node(text: str) -> yaml.Node | None:
    """Parse a text."""
    loader = None
    try:
        loader = _Loader(text)
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "it can't be understood"
        raise _invalid(
            f"this isn't valid YAML: {what}", "text with a colon or a # in it needs quotes", mark
        ) from error
    except yaml.reader.ReaderError as error:
        problem = InvalidValue(f"YAML can't hold the character U+{int(error.character):04X}", "remove it")
        raise InvalidYaml(text.count("\n", 0, error.position) + 1, problem) from error
    except (
        OverflowError,
        ValueError,
    ) as error:  # PyYAML's own words for "\\UFFFFFFFF", and for endless versions
        mark = loader.get_mark() if loader is not None else None
        raise _invalid("this isn't valid YAML: a number is too large", "remove it", mark) from error
    return node


def _value(node: yaml.Node, seen: set[yaml.Node]) -> object:
    if node in seen:
        raise _invalid("an alias repeats an earlier value", "write it out again", node.start_mark)
    if node.tag.startswith(_OWN_TAG):
        raise _invalid(f"the tag {node.tag} isn't supported here", "remove it", node.start_mark)
    seen.add(node)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, seen) for item in node.value]
    is_plain = isinstance(node, yaml.ScalarNode) and node.style is None and node.tag != _TEXT_TAG
    return _plain(node.value) if is_plain else node.value


def _mapping(node: yaml.MappingNode, seen: set[yaml.Node]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _invalid("a key isn't text", "write key: value", key.start_mark)
        if key.value in values:
            raise _invalid(f"the key {key.value!r} appears twice", "remove one", key.start_mark)
        values[key.value] = _value(value, seen)
    return values


def _plain(word: str) -> object:
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if _WHOLE_NUMBER.fullmatch(word):
        return int(word)
    return float(word) if _NUMBER.fullmatch(word) else word


def _invalid(reason: str, remedy: str, mark: yaml.Mark | None) -> InvalidYaml:
    column = f" (column {mark.column + 1})" if mark else ""
    return InvalidYaml(mark.line + 1 if mark else 1, InvalidValue(reason + column, remedy))
