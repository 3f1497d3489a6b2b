"""Media RSS 1.5.1: the pictures, audio and video of an item, and their properties."""

import re
from collections.abc import Iterator

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.media_rss_names import COUNTRIES, ROLES
from newsfeed.check.values import address_problem, language_problem, mime_type_problem, suggestion

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_MEDIA = "http://search.yahoo.com/mrss/"
_MEDIUMS = {"audio", "document", "executable", "image", "video"}
_EXPRESSIONS = {"full", "nonstop", "sample"}
_WHOLE = {"fileSize", "height", "width"}
_NUMBERS = {"bitrate", "channels", "duration", "framerate", "samplingrate"}
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_TIME = re.compile(r"now|[0-9]+(\.[0-9]+)?|[0-9]+:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?")
_TIMES = {("text", "start"), ("text", "end"), ("thumbnail", "time")}
_RATINGS = {
    "urn:simple": {"adult", "nonadult"},
    "urn:mpaa": {"g", "m", "nc-17", "pg", "pg-13", "r", "x"},
}
_V_CHIP = {"14+", "18+", "c", "c8", "g", "pg", "tv-14", "tv-g", "tv-ma", "tv-pg", "tv-y", "tv-y7", "tv-y7-fv"}
_RATINGS["urn:v-chip"] = _V_CHIP
_SCHEMES = {*_RATINGS, "urn:icra"}
_ICRA_CODE = r"(?:[nsvlocx]z [01]|(?:n[a-c]|s[a-f]|v[a-j]|l[a-c]|o[a-h]|c[ab]|x[a-e]) 1)"
_ICRA = re.compile(rf"r \({_ICRA_CODE}( {_ICRA_CODE})*\)")
_HASHES = {"md5": 32, "sha-1": 40}


def _media(document: ParsedDocument, *names: str) -> Iterator[XmlElement]:
    """Visit elements of Media RSS with these names; all of them without names."""
    return (element for element in document.from_space(_MEDIA) if not names or element.name in names)


CHECKS.error(
    "NF280",
    "Media RSS's elements and attributes have the specified names.",
    why="Readers ignore unknown names.",
    fix="correct the name, or remove it",
    specification="Media RSS 1.5.1, Primary elements, Optional elements",
)
CHECKS.error(
    "NF281",
    "A thumbnail, a player and an embed have a url.",
    why="Without a url, there is nothing to show.",
    fix="add the attribute url",
    specification="Media RSS 1.5.1, <media:content>, <media:thumbnail>, <media:player>",
)


@CHECKS.note(
    "NF298",
    "A media:content has a url, or contains a media:player.",
    why="Without either, there is nothing to show.",
    fix="add the attribute url",
    specification="Media RSS 1.5.1, <media:content>",
)
def content_leads_somewhere(document: ParsedDocument) -> Iterator[Problem]:
    """Find files without a url or a player."""
    for element in _media(document, "content"):
        played = element.find("player") is not None
        if not element.get("url") and not played:
            yield at(element, "url is missing")


@CHECKS.error(
    "NF282",
    "Addresses in Media RSS are absolute, and written as URIs.",
    why="Readers can't resolve relative addresses.",
    fix="write the complete address, and percent-encode spaces and non-ASCII characters",
    specification="Media RSS 1.5.1, <media:content>; RFC 3986 §4.3",
)
def addresses(document: ParsedDocument) -> Iterator[Problem]:
    """Find relative and invalid addresses."""
    for element in _media(document):
        for name in ("url", "href", "scheme"):
            value = element.get(name)
            if value == "" and (element.name, name) == ("content", "url"):
                yield at(element, "url is empty")
            if not value or (element.name, value) == ("credit", "urn:ebu"):
                continue
            if element.name == "rating" and value in _SCHEMES:
                continue
            if problem := address_problem(value, name):
                yield at(element, problem)


@CHECKS.error(
    "NF283",
    "Sizes, durations and rates are numbers.",
    why="Readers use them for their layout.",
    fix="write a number; for pixels and bytes, a whole number",
    specification="Media RSS 1.5.1, <media:content>",
)
def numbers(document: ParsedDocument) -> Iterator[Problem]:
    """Find values that aren't numbers."""
    for element in _media(document, "content", "thumbnail", "player", "embed"):
        for name in sorted(_WHOLE | _NUMBERS):
            value = element.get(name)
            if value is None:
                continue
            if name in _WHOLE and not (value.isascii() and value.isdigit() and value.strip("0")):
                yield at(element, f"{name} {value[:60]!r} isn't a positive whole number")
            elif name in _NUMBERS and not _NUMBER.fullmatch(value):
                yield at(element, f"{name} {value!r} isn't a number")


@CHECKS.error(
    "NF284",
    "medium, expression, isDefault, type and lang have valid values.",
    why="Readers use them to choose which file to show.",
    fix="write one of the values that the specification lists",
    specification="Media RSS 1.5.1, <media:content>",
)
def content_values(document: ParsedDocument) -> Iterator[Problem]:
    """Find other values."""
    for element in _media(document, "content"):
        for name, allowed in (
            ("medium", _MEDIUMS),
            ("expression", _EXPRESSIONS),
            ("isDefault", {"true", "false"}),
        ):
            value = element.get(name)
            if value is not None and value not in allowed:
                yield at(element, f"{name} is {value!r}", f"write {_one_of(allowed)}")
        if (kind := element.get("type")) is not None and (problem := mime_type_problem(kind)):
            yield at(element, problem, "write a media type such as image/jpeg")
    for element in _media(document, "content", "text"):
        if (lang := element.get("lang")) is not None and (problem := language_problem(lang)):
            yield at(element, problem, "write the language's code, such as en")


def _one_of(words: set[str]) -> str:
    *others, last = sorted(words)
    return f"{', '.join(others)} or {last}"


@CHECKS.error(
    "NF285",
    "The type of a text is plain or html.",
    why="With other types, readers show the markup, or treat plain text as markup.",
    fix='write type="plain" or type="html"',
    specification="Media RSS 1.5.1, <media:title>, <media:description>, <media:text>",
)
def text_type(document: ParsedDocument) -> Iterator[Problem]:
    """Find other types."""
    for element in _media(document, "title", "description", "text"):
        kind = element.get("type")
        if kind not in {None, "plain", "html"}:
            yield at(element, f"the type is {kind!r}")


@CHECKS.error(
    "NF286",
    "A credit's role is one of the EBU's roles, in lower case; with another scheme, any role in lower case.",
    why="Programs look it up in the EBU's list.",
    fix="write a role from the list, such as photographer, author or producer",
    specification="Media RSS 1.5.1, <media:credit>",
)
def credit_role(document: ParsedDocument) -> Iterator[Problem]:
    """Find roles with capital letters, and unknown roles."""
    for element in _media(document, "credit"):
        role = element.get("role")
        is_ebu = element.get("scheme") in {None, "", "urn:ebu"}
        if role is not None and (role != role.lower() or not role.strip()):
            yield at(element, f"the role {role[:60]!r} isn't in lower case", "write it in lower case")
        elif role is not None and is_ebu and role not in ROLES:
            yield at(element, f"the EBU's list has no role {role[:60]!r}" + suggestion(role[:60], ROLES))


@CHECKS.error(
    "NF287",
    "A time is now, a number of seconds, or hours:minutes:seconds.",
    why="Players jump to this time.",
    fix="write it like 12.5 or 0:01:12.5",
    specification="Media RSS 1.5.1, <media:thumbnail>, <media:text>; RFC 2326 §3.6",
)
def times(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid times."""
    for element in _media(document):
        for name in ("start", "end", "time"):
            value = element.get(name)
            if (element.name, name) in _TIMES and value is not None and not _TIME.fullmatch(value):
                yield at(element, f"{name} is {value!r}")


@CHECKS.error(
    "NF288",
    "Ratings, restrictions and hashes have valid values.",
    why="Programs use them to decide whether to show a file.",
    fix="use the values in the specification, or leave out the element",
    specification="Media RSS 1.5.1, <media:rating>, <media:restriction>, <media:hash>",
)
def guarded_values(document: ParsedDocument) -> Iterator[Problem]:
    """Find other values."""
    for element in _media(document, "rating"):
        scheme, text = element.get("scheme") or "urn:simple", element.text.strip()
        allowed = _RATINGS.get(scheme)
        is_wrong = allowed is not None and text not in allowed
        if is_wrong or (scheme == "urn:icra" and not _ICRA.fullmatch(text)):
            wanted = f"write {_one_of(allowed)}" if allowed is not None else ""
            yield at(element, f"{text[:60]!r} isn't a rating of {scheme}", wanted)
    for element in _media(document, "restriction"):
        yield from (at(element, problem) for problem in _wrong_restriction(element))
    for element in _media(document, "hash"):
        length = _HASHES.get(element.get("algo") or "md5")
        text = element.text.strip()
        if length is None or len(text) != length or not text.isalnum():
            yield at(element, f"{text[:40]!r} isn't a valid {element.get('algo') or 'md5'} hash")


def _wrong_restriction(element: XmlElement) -> Iterator[str]:
    if element.get("relationship") not in {"allow", "deny", "disallow"}:
        yield "the relationship must be allow or deny"
    kind, text = element.get("type"), element.text.strip()
    if kind not in {None, "country", "sharing", "uri"}:
        yield f"the type is {kind!r}"
    elif kind is None and text not in {"", "all", "none"}:
        yield f"the value is {text[:60]!r}, not all or none"
    elif kind == "country" and (unknown := set(text.upper().split()) - COUNTRIES):
        yield f"the country {min(unknown)[:60]!r} doesn't exist"
    elif kind == "uri" and any(map(address_problem, text.split())):
        yield f"{text[:60]!r} isn't an absolute address"


@CHECKS.error(
    "NF289",
    "A media:group contains several files of the same thing.",
    why="Readers that don't support groups miss a file inside one.",
    fix="put the media:content directly into the item",
    specification="Media RSS 1.5.1, <media:group>",
)
def group_of_several(document: ParsedDocument) -> Iterator[Problem]:
    """Find groups with fewer than two files."""
    for element in _media(document, "group"):
        if len(element.all("content")) < 2:  # noqa: PLR2004 - several are two or more
            yield at(element, "the group has fewer than two files")


@CHECKS.warning(
    "NF290",
    "media:rating replaces media:adult.",
    why="Readers look for media:rating.",
    fix='write <media:rating scheme="urn:simple">adult</media:rating>',
    specification="Media RSS 1.5.1, <media:adult>",
)
def no_adult(document: ParsedDocument) -> Iterator[Problem]:
    """Find the deprecated element."""
    yield from (at(element, "media:adult is deprecated") for element in _media(document, "adult"))
