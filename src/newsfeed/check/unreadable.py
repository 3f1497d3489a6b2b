"""Why a file can't be read as a feed: what is wrong, where, and what to do about it."""

import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat
from xml.parsers.expat import errors

from newsfeed.check.elements import XmlElement

__all__ = ["Unreadable", "xml_refusal"]

_MAX_SHOWN: Final = 60
_NAME: Final = re.compile(rf"<?/?([^\s/>]{{1,{_MAX_SHOWN}}})")
_REFERENCE_BEFORE: Final = re.compile(rb"&[A-Za-z0-9]*\Z")
_BEFORE_DECLARATION: Final = (
    "remove what comes before it; in WordPress, it is a blank line before <?php or after ?> in wp-config.php,"
    " functions.php or a plugin"
)
_CUT_OFF: Final = "write the whole feed into the file before it is read; look for the end that is missing"
_NOT_XML: Final = "find out what the program that writes the feed printed instead of it"


class Unreadable(Exception):
    """A document can't be parsed completely.

    Attributes:
        code: The check that it fails.
        reason: What is wrong.
        line: The line, from 1.
        column: The column, from 1.
        fix: How to fix it here; empty where the check's own fix applies.
    """

    def __init__(self, code: str, reason: str, line: int, column: int, fix: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.line = line
        self.column = column
        self.fix = fix


def xml_refusal(error: expat.ExpatError, data: bytes, position: int, around: XmlElement | None) -> Unreadable:
    """Return what an error of the XML parser means.

    Args:
        error: The error.
        data: What was parsed, in UTF-8, or in an encoding that shares its ASCII characters.
        position: The byte at which the parser stopped.
        around: The innermost element that is open there; None for none.
    """
    rest = data[position : position + 4 * _MAX_SHOWN].decode("utf-8", "replace")[:_MAX_SHOWN]
    before = data[:position]
    explain = _EXPLANATIONS.get(error.code)
    meaning = _beginning(before, rest) if around is None else None
    meaning = meaning or (explain(before, rest, around) if explain is not None else None)
    meaning = meaning or ("NF201", f"it isn't well-formed XML: {expat.ErrorString(error.code)}", "")
    code, reason, fix = meaning
    return Unreadable(code, reason, error.lineno, error.offset + 1, fix)


#: A check, what is wrong, and how to fix it; empty for the check's own fix.
_Meaning = tuple[str, str, str]


def _beginning(before: bytes, rest: str) -> _Meaning | None:
    if before.strip() or rest.startswith("<"):
        return None
    if not rest.strip():
        return "NF201", "it contains nothing", _NOT_XML
    return "NF201", f"it begins with {rest.splitlines()[0]!r}, which isn't XML", _NOT_XML


def _entity(_before: bytes, rest: str, _around: XmlElement | None) -> _Meaning:
    return "NF204", f"the entity {rest.partition(';')[0]}; isn't declared", ""


def _prefix(_before: bytes, rest: str, _around: XmlElement | None) -> _Meaning:
    name = _NAME.match(rest)
    shown = f"<{name[1]}>" if name else "it"
    return "NF206", f"{shown} uses a prefix that no xmlns attribute declares", ""


def _encoding(_before: bytes, _rest: str, _around: XmlElement | None) -> _Meaning:
    return "NF202", "it isn't written in the encoding that its XML declaration states", ""


def _declaration(before: bytes, _rest: str, _around: XmlElement | None) -> _Meaning:
    what = "other text comes" if before.strip() else "white space, such as a blank line, comes"
    return "NF201", f"{what} before <?xml", _BEFORE_DECLARATION


def _end_of_file(_before: bytes, _rest: str, around: XmlElement | None) -> _Meaning | None:
    if around is None:
        return None
    return "NF201", f"it ends inside <{around.shown}>, which begins on line {around.line}", _CUT_OFF


def _end_tag(_before: bytes, rest: str, around: XmlElement | None) -> _Meaning | None:
    name = _NAME.match(rest)
    if around is None or name is None:
        return None
    reason = f"</{name[1]}> doesn't close <{around.shown}>, which begins on line {around.line}"
    return "NF201", reason, "close each element before the one around it; escape HTML, or put it into CDATA"


def _attribute(_before: bytes, rest: str, _around: XmlElement | None) -> _Meaning:
    return (
        "NF201",
        f"the same element has two attributes of one name at {rest[:20]!r}",
        "keep only one of them",
    )


def _junk(before: bytes, rest: str, _around: XmlElement | None) -> _Meaning:
    if "<?xml" in rest and not before.lstrip().startswith(b"<?xml"):
        shown = before.strip()[:_MAX_SHOWN].decode("utf-8", "replace").partition("\n")[0]
        return "NF201", f"it begins with {shown!r}, and <?xml comes only after it", _NOT_XML
    return "NF201", f"{rest.strip()!r} comes after the end of the feed", "remove it; a file is one feed"


def _character(before: bytes, rest: str, _around: XmlElement | None) -> _Meaning | None:
    if _REFERENCE_BEFORE.search(before[-_MAX_SHOWN:]) or rest.startswith("&"):
        return (
            "NF201",
            "a & doesn't begin a character reference",
            "write &amp; for each & in texts and addresses",
        )
    if before.endswith(b"<"):
        return "NF201", "a < doesn't begin a tag", "write &lt; for each < in texts"
    if before.endswith(b"="):
        return (
            "NF201",
            "the value of an attribute has no quotation marks",
            'write it in straight ones, as in version="2.0"',
        )
    if rest and rest[0] < " ":
        return "NF201", f"XML can't contain the character U+{ord(rest[0]):04X}", "remove it"
    return None


_Explain = Callable[[bytes, str, XmlElement | None], _Meaning | None]
_EXPLANATIONS: Final[dict[int, _Explain]] = {
    errors.codes[error]: explain
    for error, explain in (
        (errors.XML_ERROR_DUPLICATE_ATTRIBUTE, _attribute),
        (errors.XML_ERROR_INCORRECT_ENCODING, _encoding),
        (errors.XML_ERROR_INVALID_TOKEN, _character),
        (errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, _junk),
        (errors.XML_ERROR_MISPLACED_XML_PI, _declaration),
        (errors.XML_ERROR_NO_ELEMENTS, _end_of_file),
        (errors.XML_ERROR_PARTIAL_CHAR, _end_of_file),
        (errors.XML_ERROR_TAG_MISMATCH, _end_tag),
        (errors.XML_ERROR_UNBOUND_PREFIX, _prefix),
        (errors.XML_ERROR_UNCLOSED_CDATA_SECTION, _end_of_file),
        (errors.XML_ERROR_UNCLOSED_TOKEN, _end_of_file),
        (errors.XML_ERROR_UNDEFINED_ENTITY, _entity),
        (errors.XML_ERROR_UNKNOWN_ENCODING, _encoding),
    )
}
