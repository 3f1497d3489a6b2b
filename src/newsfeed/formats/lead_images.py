"""The content of entries as a feed shows it: none, or all of it, with the first picture at its head if the rule says so."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from markupsafe import escape

from newsfeed.model.article import Media
from newsfeed.model.feed import ContentProfile, Entry
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.one_line import one_line

__all__ = ["content_of"]

#: The attributes in which HTML names pictures. The content is cleaned, so their values are in quotes.
_NAMED: Final = lazy_pattern(r"""\b(?:src|srcset|poster|href)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
#: What content management systems and servers put into the names of other sizes of a picture.
_SIZE: Final = lazy_pattern(r"(?:[-_]\d{2,5}x\d{2,5}|-scaled|@\dx)(?=\.\w+$)")
#: A shorter name, such as 1.jpg, may be that of another picture in another folder.
_DISTINCTIVE: Final = 12


def content_of(entry: Entry, profile: ContentProfile) -> str | None:
    """Return the content of an entry as a feed with a content profile shows it; None for a feed without contents."""
    if profile.content == "summary" or not entry.content:
        return None
    picture = entry.picture if profile.lead_image else None
    if picture is None or _shows(entry.content, picture):
        return entry.content
    return _figure(picture) + entry.content


def _shows(content: str, picture: Media) -> bool:
    """Return whether a content shows a picture, in whatever size."""
    files = [picture.url, *[rendition.url for rendition in picture.renditions]]
    wanted = {path for address in files for path in _paths(address)}
    named = ("".join(match) for match in _NAMED.findall(content))
    return any(not wanted.isdisjoint(_paths(address)) for value in named for address in _addresses(value))


def _addresses(value: str) -> list[str]:
    """Return the addresses in an attribute, of which `srcset` has several, each with its size."""
    return [part.strip().partition(" ")[0] for part in value.replace("&amp;", "&").split(", ")]


def _paths(address: str) -> set[str]:
    """Return by what a picture is known: its path without its size, and its name if no other is likely to have it."""
    try:
        path = _SIZE.sub("", unquote(urlsplit(address).path))
    except ValueError:
        return {address}
    name = path.rpartition("/")[2]
    return {path, name} if len(name) >= _DISTINCTIVE else {path}


def _figure(picture: Media) -> str:
    """Return a picture as HTML, with its caption if it has one."""
    attributes = {
        "src": picture.url,
        "alt": one_line(picture.description or picture.title or ""),
        "width": picture.width,
        "height": picture.height,
    }
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None)
    words = map(one_line, filter(None, (picture.description or picture.title, picture.credit)))
    caption = " – ".join(str(escape(text)) for text in words)
    return f"<figure><img{written}>{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
