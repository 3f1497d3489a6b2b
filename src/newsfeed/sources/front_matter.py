"""Front matter: the fields of an article above its text.

```text
+++                          TOML between lines of +++, or YAML between lines of ---
title = "Snow in Baku"
+++
It **snowed**.               the text
```

Hugo also takes a JSON object, from `{` to the `}` that closes it, and Eleventy the name of the notation: `---json`.
"""

import re
from collections.abc import Callable, Mapping
from json import JSONDecodeError
from typing import NamedTuple

from newsfeed.errors import InvalidValue, MissingExtra
from newsfeed.model.limits import FRONT_MATTER, size_shown
from newsfeed.sources.json_values import PATIENT, problem_of
from newsfeed.sources.records import too_deep
from newsfeed.sources.text_files import TooLarge
from newsfeed.sources.toml_lines import InvalidToml, read_toml
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["FrontMatter", "InvalidFrontMatter", "split_front_matter"]

_FRONT_MATTER = lazy_pattern(
    r"(?P<fence>\+\+\+|---)(?P<notation>json|toml|yaml)?[ \t]*\n (?P<fields>.*?) ^(?P=fence)[ \t]*$ \n? (?P<body>.*)",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_JSON_REMEDY = "correct it, or write the fields between lines of +++ or ---"
_REMEDY = 'begin it with a line of +++, then title = "…" and the other fields, then another line of +++'


class FrontMatter(NamedTuple):
    """The front matter of a file, and its text."""

    #: The fields, decoded.
    fields: object
    #: The text below it.
    body: str


class InvalidFrontMatter(Exception):
    """A file has no front matter, or front matter that can't be decoded.

    Attributes:
        line: The line in the file, from 1; 0 if unknown.
        problem: What is wrong, and what to do.
    """

    def __init__(self, line: int, problem: InvalidValue) -> None:
        self.line = line
        self.problem = problem
        super().__init__(line, problem)


def split_front_matter(text: str) -> FrontMatter:
    r"""Split a file into its front matter and its text.

    Args:
        text: The whole file.

    Returns:
        The fields and the text.

    Raises:
        InvalidFrontMatter: If there is none, or it can't be decoded.
        MissingExtra: If it is YAML, and PyYAML isn't installed.

    >>> split_front_matter('+++\ntitle = "Snow"\n+++\nIt *snowed*.\n')
    FrontMatter(fields={'title': 'Snow'}, body='It *snowed*.\n')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("{"):
        return _beginning_in_json(text)
    found = _FRONT_MATTER.match(text)
    if found is None:
        fence = text[:3]
        if fence in {"+++", "---"}:
            problem = InvalidValue(
                "the front matter isn't closed", f"write a line of {fence} below its fields"
            )
            raise InvalidFrontMatter(1, problem)
        raise InvalidFrontMatter(1, InvalidValue("the file has no front matter", _REMEDY))
    if len(found["fields"]) > FRONT_MATTER:
        raise _too_large()
    read = _NOTATIONS[found["notation"] or ("toml" if found["fence"] == "+++" else "yaml")]
    try:
        fields = read(found["fields"])
    except RecursionError as error:
        raise InvalidFrontMatter(0, too_deep()) from error
    return FrontMatter({} if fields is None else fields, found["body"])


def _too_large() -> InvalidFrontMatter:
    reason = f"the front matter is larger than {size_shown(FRONT_MATTER)}"
    return InvalidFrontMatter(1, TooLarge(reason, "write the text below it, not in it"))


def _beginning_in_json(text: str) -> FrontMatter:
    """Split a file that begins with a JSON object."""
    try:
        fields, end = PATIENT.raw_decode(text[: FRONT_MATTER + 1])
    except JSONDecodeError as error:
        if error.pos >= FRONT_MATTER:
            raise _too_large() from error
        raise InvalidFrontMatter(error.lineno, problem_of(error, _JSON_REMEDY)) from error
    except RecursionError as error:
        raise InvalidFrontMatter(0, too_deep()) from error
    return FrontMatter(fields, text[end:].removeprefix("\n"))


def _fields_in_json(fields: str) -> object:
    try:
        return PATIENT.decode(fields)
    except JSONDecodeError as error:
        raise InvalidFrontMatter(error.lineno + 1, problem_of(error, _JSON_REMEDY)) from error


def _fields_in_toml(fields: str) -> object:
    try:
        return read_toml(fields)
    except InvalidToml as error:
        raise InvalidFrontMatter(error.line + 1, error.problem) from error


def _fields_in_yaml(fields: str) -> object:
    try:
        from newsfeed.sources.yaml_front_matter import InvalidYaml, read_yaml
    except ImportError as error:
        purpose = "Markdown articles"
        extra = "markdown"
        raise MissingExtra(purpose, extra) from error
    try:
        return read_yaml(fields)
    except InvalidYaml as error:
        raise InvalidFrontMatter(error.line + 1, error.problem) from error


_NOTATIONS: Mapping[str, Callable[[str], object]] = {
    "json": _fields_in_json,
    "toml": _fields_in_toml,
    "yaml": _fields_in_yaml,
}
