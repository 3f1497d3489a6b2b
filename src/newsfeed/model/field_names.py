"""Where a value stands in a record: a dotted name, `title.rendered`, or for anything more an expression of JMESPath."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from newsfeed.errors import InvalidValue, MissingExtra
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["check_expression", "finder", "steps_of"]

#: What only JMESPath understands.
_OPERATORS = lazy_pattern(r"""[\[\](){}*|&?!<>="'`,]|^@$""")


def check_expression(written: str) -> str:
    """Check a dotted name, or an expression of JMESPath (jmespath.org).

    Args:
        written: The name.

    Raises:
        InvalidValue: If it is neither.
        MissingExtra: If it is JMESPath, and the extra `jmespath` isn't installed.

    >>> check_expression("title.rendered")
    'title.rendered'
    >>> check_expression("title..rendered")
    Traceback (most recent call last):
    newsfeed.errors.InvalidValue: 'title..rendered' isn't a dotted name. Write one such as title.rendered.
    """
    finder(written)
    return written


def steps_of(written: str) -> tuple[str, ...] | None:
    """Return the names that a dotted name has; None for JMESPath.

    >>> steps_of("data.posts"), steps_of("data[0].posts")
    (('data', 'posts'), None)
    """
    return None if _OPERATORS.search(written) else tuple(written.split("."))


@lru_cache(maxsize=256)
def finder(written: str) -> Callable[[object], object]:
    """Return the function that finds a value in a record; it returns None where there is none.

    >>> finder("title.rendered")({"title": {"rendered": "Snow"}})
    'Snow'
    >>> finder("media[0].url")({"media": [{"url": "https://report.example/snow.jpg"}]})
    'https://report.example/snow.jpg'
    """
    steps = steps_of(written)
    if steps is None:
        return _jmespath_finder(written)
    if not all(step.strip() for step in steps):
        raise InvalidValue(f"{written!r} isn't a dotted name", "write one such as title.rendered")

    def find(record: object) -> object:
        for step in steps:
            if not isinstance(record, Mapping):
                return None
            record = record.get(step)
        return record

    return find


def _jmespath_finder(written: str) -> Callable[[object], object]:
    try:
        import jmespath
    except ImportError as error:
        purpose = "JMESPath expressions"
        extra = "jmespath"
        raise MissingExtra(purpose, extra) from error
    try:
        search: Callable[[object], object] = jmespath.compile(written).search
    except jmespath.exceptions.JMESPathError as error:
        why = " ".join(str(error).split())
        raise InvalidValue(
            f"{written!r} isn't valid JMESPath: {why}", "see jmespath.org, or write a dotted name"
        ) from error

    def find(record: object) -> object:
        try:
            return search(record)
        except jmespath.exceptions.JMESPathError as error:
            why = " ".join(str(error).split())
            raise InvalidValue(f"{written!r} can't be used on this record: {why}", "correct it") from error

    return find
