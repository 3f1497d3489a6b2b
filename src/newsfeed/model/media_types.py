"""Media types of files, by the file extension of their address.

Python's `mimetypes` reads the machine's tables, so its answers differ between machines; feeds must not.
The types are those registered with IANA (https://www.iana.org/assignments/media-types/).
"""

import re
from urllib.parse import urlsplit

from newsfeed.errors import InvalidValue
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["UNKNOWN_TYPE", "check_media_type", "media_type_of", "medium_of", "with_charset"]

_BY_ENDING = {
    "aac": "audio/aac",
    "avif": "image/avif",
    "flac": "audio/flac",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m3u8": "application/vnd.apple.mpegurl",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
}
_KNOWN = frozenset(_BY_ENDING.values())
#: The type of a file about which nothing is known (RFC 2046 §4.5.1).
UNKNOWN_TYPE = "application/octet-stream"
_MEDIA_TYPE = lazy_pattern(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*", re.ASCII)
#: A parameter (RFC 2045 §5.1, RFC 9110 §5.6.6).
_PARAMETER = lazy_pattern(
    r"""\s*;\s*([!#$%&'*+.^_`|~\w-]+)=([!#$%&'*+.^_`|~\w-]+|"(?:[^"\\\x00-\x1f\x7f]|\\[ -~])*")\s*""",
    re.ASCII,
)


def media_type_of(address: str) -> str:
    """Return the media type of a file by its address.

    Args:
        address: The file's URL.

    Returns:
        The type; `application/octet-stream` if the extension is unknown (RFC 2046 §4.5.1).

    >>> (
    ...     media_type_of("https://report.example/photo.JPG?width=1280"),
    ...     media_type_of("https://report.example/live"),
    ... )
    ('image/jpeg', 'application/octet-stream')
    """
    try:
        path = urlsplit(address).path
    except ValueError:  # a bracket in the host, which is told where addresses are checked
        return UNKNOWN_TYPE
    _, _, ending = path.rpartition("/")[2].rpartition(".")
    return _BY_ENDING.get(ending.lower(), UNKNOWN_TYPE)


def medium_of(media_type: str) -> str | None:
    """Return the Media RSS `medium` of a media type (Media RSS 1.5.1, `media:content`).

    >>> medium_of("image/png"), medium_of("application/pdf"), medium_of("application/octet-stream")
    ('image', 'document', None)
    """
    essence = media_type.partition(";")[0]
    major = essence.partition("/")[0]
    if major in {"image", "audio", "video"}:
        return major
    return "document" if major == "text" or essence == "application/pdf" else None


def check_media_type(value: object) -> str:
    """Check a media type, with or without parameters (RFC 2045 §5.1, RFC 6838 §4.2).

    Args:
        value: The value to check.

    Returns:
        The type and the names of its parameters in lower case, with `; ` before each parameter.

    Raises:
        InvalidValue: For anything else.

    >>> check_media_type("Image/JPEG"), check_media_type('video/mp4;Codecs="avc1.42E01E, mp4a.40.2"')
    ('image/jpeg', 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"')
    """
    if isinstance(value, str):
        if value in _KNOWN:
            return value
        essence, semicolon, rest = value.strip().partition(";")
        essence = essence.rstrip().lower()
        if _MEDIA_TYPE.fullmatch(essence):
            if not semicolon:
                return essence
            parameters = _parameters_in(semicolon + rest)
            if parameters is not None:
                return "".join([essence, *(f"; {name.lower()}={written}" for name, written in parameters)])
    raise InvalidValue(
        f"{value!r} isn't a media type", "write one such as image/jpeg or video/mp4, or leave it out"
    )


def _parameters_in(text: str) -> list[tuple[str, str]] | None:
    parameters: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        found = _PARAMETER.match(text, position)
        if found is None:
            # some programs end every parameter with a semicolon
            return parameters if text[position:].strip() == ";" else None
        parameters.append((found[1], found[2]))
        position = found.end()
    return parameters


def with_charset(media_type: str) -> str:
    """Return the media type of a newsfeed document for a header: text is always UTF-8.

    >>> with_charset("application/rss+xml"), with_charset("application/gzip")
    ('application/rss+xml; charset=utf-8', 'application/gzip')
    """
    major, _, minor = media_type.partition("/")
    is_text = major == "text" or minor.endswith(("+xml", "+json")) or minor in {"xml", "json"}
    return f"{media_type}; charset=utf-8" if is_text and ";" not in media_type else media_type
