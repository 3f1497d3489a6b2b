"""Lists with quality values, as `Accept` and `Accept-Encoding` have them (RFC 9110 §12.4.2).

Whatever stands in a header, it is read in time that grows with its length and no faster; an element that is not
written as the RFC has it counts as not written.
"""

import re

__all__ = ["elements", "weighted"]

#: More of a header isn't read; browsers send a tenth of this.
_LONGEST = 2048

_ELEMENT = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:\\.|[^"\\])*")+')
_WEIGHT = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?", re.ASCII)


def elements(value: str) -> list[str]:
    """Take a list apart at its commas, those inside quotation marks aside (RFC 9110 §5.6.1).

    >>> elements('a, "b,c" ,, d')
    ['a', '"b,c"', 'd']
    """
    return [part for part in (found.strip() for found in _ELEMENT.findall(value[:_LONGEST])) if part]


def weighted(value: str) -> dict[str, float]:
    """Read a list of names with weights.

    Args:
        value: The header's value.

    Returns:
        Each name in small letters, without parameters, and its weight from 0 to 1; of a name that stands there
        twice the greater.

    >>> weighted("gzip;q=0.5, br, *;q=0")
    {'gzip': 0.5, 'br': 1.0, '*': 0.0}
    >>> weighted("gzip;q=2, text/html;level=1;q=0.25")
    {'text/html': 0.25}
    """
    weights: dict[str, float] = {}
    for element in elements(value):
        name, *parameters = [part.strip() for part in _PARAMETER.findall(element)] or [""]
        weight = _weight(parameters)
        if name and weight is not None:
            weights[name.lower()] = max(weight, weights.get(name.lower(), 0.0))
    return weights


def _weight(parameters: list[str]) -> float | None:
    """Give the weight among parameters, 1 where there is none, `None` where it can't be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value.strip()) if _WEIGHT.fullmatch(value.strip()) else None
    return 1.0
