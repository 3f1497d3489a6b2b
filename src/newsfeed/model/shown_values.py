"""Values in messages: what the user wrote, its type, and how to write another value."""

from collections.abc import Collection, Mapping
from types import UnionType

__all__ = ["is_a", "kind", "quoted", "shown", "written"]

#: The names of types for users of JSON and TOML. In Python, `bool` is an `int`, and a mapping is a collection.
_KINDS: tuple[tuple[type | UnionType, str], ...] = (
    (str, "text"),
    (bool, "true or false"),
    (int | float, "a number"),
    (bytes | bytearray, "bytes"),
    (Mapping, "a table"),
    (Collection, "a list"),
)


def shown(value: object, limit: int = 60) -> str:
    """Return a value for a message, shortened if it is long.

    >>> shown("x" * 100, limit=8)
    'xxxxxxxx…'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    words = value if isinstance(value, str) else _repr(value)
    return words if len(words) <= limit else words[:limit] + "…"


def _repr(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # a number of thousands of digits, which Python doesn't write
        return "…"


def quoted(value: object) -> str:
    """Return a value for a message as `shown` does, with a text in quotes.

    >>> quoted("foto"), quoted(5), quoted(True)
    ("'foto'", '5', 'true')
    """
    return repr(shown(value)) if isinstance(value, str) else shown(value)


def kind(value: object) -> str:
    """Return the name of a value's type for users of JSON and TOML.

    >>> [kind(value) for value in ("x", True, 3, 2.5, [1], {"a": 1}, b"x", None)]
    ['text', 'true or false', 'a number', 'a number', 'a list', 'a table', 'bytes', 'nothing']
    """
    for types, name in _KINDS:
        if isinstance(value, types):
            return name
    if value is None:
        return "nothing"
    name = type(value).__name__
    return f"an {name}" if name[0] in "AEIOUaeiou" else f"a {name}"


def is_a(value: object) -> str:
    """Return a message that names the type of a value.

    >>> is_a("en"), is_a(5), is_a(True)
    ("'en' is text", '5 is a number', "it is true, which isn't a value for this key")
    """
    if isinstance(value, bool):
        return f"it is {shown(value)}, which isn't a value for this key"
    return f"{quoted(value)} is {kind(value)}"


def written(value: object) -> str:
    r"""Return a text or a number as in TOML and JSON, on one line.

    >>> written("en"), written(20), written("a\n")
    ('"en"', '20', '"a\\u000A"')
    """
    if not isinstance(value, str):
        return shown(value)
    escaped = shown(value).replace("\\", "\\\\").replace('"', '\\"')
    visible = (sign if sign.isprintable() else f"\\u{ord(sign):04X}" for sign in escaped)
    return f'"{"".join(visible)}"'
