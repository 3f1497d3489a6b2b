"""Values in feeds: addresses, languages, media types, numbers. Each function returns what is wrong with a value."""

import re
from collections.abc import Iterable

from newsfeed.check.words import words
from newsfeed.text.emails import is_email
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.uri_schemes import scheme_problem
from newsfeed.text.urls import is_uri

__all__ = [
    "address_problem",
    "email_problem",
    "integer_problem",
    "is_absolute",
    "language_problem",
    "mime_type_problem",
    "port_problem",
    "suggestion",
    "uri_problem",
]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_IRI_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`\u2028\u2029]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WORD = r"[A-Za-z0-9!#$&^_.+'%*`|~-]+"
_MIME_TYPE = re.compile(rf'{_WORD}/{_WORD}(\s*;\s*{_WORD}=({_WORD}|"[^"]*"))*')
#: Longer addresses, which contain whole pictures, aren't parsed.
_MAX_URI = 100_000
#: Enough digits for the size of any file; Python doesn't parse numbers with more than 4,300.
_INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
#: What follows the last colon in an address's host, which may be in brackets.
_PORT = re.compile(r"(?:https?|ftp)://(?:[^/?#@]*@)?(?:\[[^\]/?#]*\]|[^/?#:\[]*):([^/?#]+)")
_MAX_SHOWN = 60
#: More names than this aren't listed.
_MAX_CHOICES = 8
#: RFC 5646 §2.1, without names of four to eight letters, of which none is registered.
_LANGUAGE = re.compile(
    r"""
    [a-z]{2,3} (-[a-z]{3}){0,3} (-[a-z]{4})? (-([a-z]{2}|[0-9]{3}))?
    (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))* (-[a-wyz0-9](-[a-z0-9]{2,8})+)* (-x(-[a-z0-9]{1,8})+)?
    | x(-[a-z0-9]{1,8})+                                # private use, as in x-none
    | i-[a-z]{3,8} | en-gb-oed | sgn-(be-fr|be-nl|ch-de)  # registered before there was a grammar
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
#: The languages of ISO 639-1, including former codes.
_LANGUAGES = words(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji
    jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """
)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…")


def uri_problem(text: str, *, iri: bool = False) -> str | None:
    """Return why a text isn't a URI reference (RFC 3986 §4.1); None if it is one.

    Args:
        text: The text.
        iri: Whether non-ASCII characters are allowed (RFC 3987).

    >>> uri_problem("https://report.example/en/snow"), uri_problem("https://report.example/a b")
    (None, "'https://report.example/a b' contains a space")
    >>> uri_problem("https://report.example/qış"), uri_problem("https://report.example/qış", iri=True)
    ("'https://report.example/qış' contains 'ı', which must be percent-encoded", None)
    """
    if found := _IRI_FORBIDDEN.search(text):
        what = "a space" if found[0].isspace() else repr(found[0])
        return f"{_shown(text)} contains {what}"
    if _STRAY_PERCENT.search(text):
        return f"{_shown(text)} contains a % that isn't followed by two hex digits"
    if not iri and not text.isascii():
        letter = next(character for character in text if not character.isascii())
        return f"{_shown(text)} contains {letter!r}, which must be percent-encoded"
    if problem := scheme_problem(text):
        return f"{_shown(text)} {problem}"
    return None if _is_well_formed(text) else f"{_shown(text)} isn't a URI"


def _is_well_formed(text: str) -> bool:
    return len(text) > _MAX_URI or not text.isascii() or not is_absolute(text) or is_uri(text)


def port_problem(text: str) -> str | None:
    """Return what is wrong with the port of a web address; None if nothing is.

    >>> port_problem("https://report.example:8080/"), port_problem("https://report.example:80x/")
    (None, "'https://report.example:80x/' has the port '80x', which isn't a number")
    """
    port = _PORT.match(text)
    if port is None or port[1].isdigit():
        return None
    return f"{_shown(text)} has the port {port[1][:_MAX_SHOWN]!r}, which isn't a number"


def is_absolute(text: str) -> bool:
    """Return whether an address begins with a scheme (RFC 3986 §4.3).

    >>> is_absolute("https://report.example/"), is_absolute("//report.example/"), is_absolute("/en/")
    (True, False, False)
    """
    return _SCHEME.match(text) is not None


def address_problem(text: str, name: str = "", *, iri: bool = False) -> str | None:
    """Return why a text isn't an absolute address; None if it is one.

    Args:
        text: The text.
        name: What to call it in the message.
        iri: Whether non-ASCII characters are allowed (RFC 3987).

    >>> address_problem("/en/snow", "link"), address_problem("https://report.example/en/snow")
    ("link '/en/snow' isn't an absolute address", None)
    """
    if problem := uri_problem(text, iri=iri) or port_problem(text):
        return problem
    return None if is_absolute(text) else f"{name} {text!r} isn't an absolute address".lstrip()


def email_problem(text: str) -> str | None:
    """Return why a text isn't an e-mail address (RFC 5322 §3.4.1); None if it is one.

    >>> email_problem("editor@report.example"), email_problem("The editor")
    (None, "'The editor' isn't an e-mail address")
    """
    return None if is_email(text) else f"{_shown(text)} isn't an e-mail address"


def language_problem(text: str) -> str | None:
    """Return why a text isn't a language tag (RFC 5646 §2.1); None if it is one.

    >>> language_problem("az-Latn"), language_problem("english"), language_problem("xx")
    (None, "'english' isn't a language code", "the language 'xx' doesn't exist")
    """
    if not _LANGUAGE.fullmatch(text):
        return f"{_shown(text)} isn't a language code"
    language = text.partition("-")[0].lower()
    if len(language) == len("az") and language not in _LANGUAGES:
        return f"the language {language!r} doesn't exist"
    return None


def mime_type_problem(text: str) -> str | None:
    """Return why a text isn't a media type (RFC 2045 §5.1); None if it is one.

    >>> mime_type_problem("audio/ogg; codecs=opus"), mime_type_problem("jpeg")
    (None, "'jpeg' isn't a media type")
    """
    return None if _MIME_TYPE.fullmatch(text) else f"{_shown(text)} isn't a media type"


def integer_problem(text: str) -> str | None:
    """Return why a text isn't a whole number; None if it is one.

    >>> integer_problem("60"), integer_problem("1.5")
    (None, "'1.5' isn't a whole number")
    """
    return None if _INTEGER.fullmatch(text) else f"{_shown(text)} isn't a whole number"


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return a suggestion for an unknown name, to be appended to a message; empty if nothing helps.

    >>> suggestion("titel", {"title", "link"}), suggestion("x", {"title", "link"}), suggestion("x", ())
    (" (did you mean 'title'?)", ' (choose from link, title)', '')
    """
    words = sorted(known)
    meant = did_you_mean(name, words) if words else ""
    return f" ({meant})" if meant and (len(words) <= _MAX_CHOICES or meant.endswith("?")) else ""
