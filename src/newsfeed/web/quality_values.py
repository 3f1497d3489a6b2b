"""Header lists with quality values, such as `Accept` and `Accept-Encoding` (RFC 9110 §12.4.2).

Reading takes time proportional to a header's length, whatever it contains. Malformed elements are ignored.
"""

import re

__all__ = ["list_elements", "quality_values"]

#: Only this much of a header is read; browsers send a tenth of it.
_MAX_LENGTH = 2048

_ELEMENT = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:\\.|[^"\\])*")+')
_QUALITY = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?", re.ASCII)


def list_elements(value: str) -> list[str]:
    """Split a list at its commas, except those inside quotation marks (RFC 9110 §5.6.1).

    >>> list_elements('a, "b,c" ,, d')
    ['a', '"b,c"', 'd']
    """
    return [part for part in (found.strip() for found in _ELEMENT.findall(value[:_MAX_LENGTH])) if part]


def quality_values(value: str) -> dict[str, float]:
    """Parse a list of names with quality values.

    Args:
        value: The header's value.

    Returns:
        Each name, in lower case and without parameters, and its quality value from 0 to 1. If a name is repeated, its
        highest value counts.

    >>> quality_values("gzip;q=0.5, br, *;q=0")
    {'gzip': 0.5, 'br': 1.0, '*': 0.0}
    >>> quality_values("gzip;q=2, text/html;level=1;q=0.25")
    {'text/html': 0.25}
    """
    qualities: dict[str, float] = {}
    for element in list_elements(value):
        name, *parameters = [part.strip() for part in _PARAMETER.findall(element)] or [""]
        quality = _quality(parameters)
        if name and quality is not None:
            qualities[name.lower()] = max(quality, qualities.get(name.lower(), 0.0))
    return qualities


def _quality(parameters: list[str]) -> float | None:
    """Return the quality value among parameters: 1 if there is none, `None` if it is malformed."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value.strip()) if _QUALITY.fullmatch(value.strip()) else None
    return 1.0
