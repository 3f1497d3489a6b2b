"""Decode a JSON value (RFC 8259): fast if it is well-formed, and tolerant if only a character is wrong.

msgspec refuses lone surrogates, raw control characters, NaN and huge numbers. The standard
library's decoder reads them, so that the field with the bad value can be named, and repaired if possible. If a key
appears twice in an object, the last value counts.
"""

from json import JSONDecodeError, JSONDecoder

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.sources.records import too_deep
from newsfeed.sources.text_files import not_utf8

__all__ = ["PATIENT", "REFUSED", "decoded", "problem_of"]

_LONGEST_WHOLE_NUMBER = 300

#: What `decoded` raises for invalid JSON.
REFUSED = (JSONDecodeError, UnicodeDecodeError, RecursionError)


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < _LONGEST_WHOLE_NUMBER else float(digits)


#: Reads what msgspec refuses because of a single character.
PATIENT = JSONDecoder(strict=False, parse_int=_whole_number)


def decoded(data: bytes) -> object:
    r"""Decode one JSON value.

    Args:
        data: The value, in UTF-8.

    Returns:
        The value.

    Raises:
        JSONDecodeError: If it isn't valid JSON, or has more than one value.
        UnicodeDecodeError: If it isn't UTF-8.
        RecursionError: If lists and objects are nested too deeply.

    >>> decoded(b'{"title": "Snow\\ud83d"}')
    {'title': 'Snow\ud83d'}
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return PATIENT.decode(data.decode("utf-8"))


def problem_of(error: JSONDecodeError | UnicodeDecodeError | RecursionError, remedy: str) -> InvalidValue:
    """Return the problem of text that can't be decoded.

    Args:
        error: The error from `decoded`.
        remedy: What to do about invalid JSON.

    Returns:
        The problem.
    """
    match error:
        case JSONDecodeError():
            what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
            return InvalidValue(f"this isn't valid JSON: {what} at column {error.colno}", remedy)
        case UnicodeDecodeError():
            return not_utf8(error.object[error.start : error.end])
        case _:
            return too_deep()
