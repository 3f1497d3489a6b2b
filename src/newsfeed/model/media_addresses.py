"""Media whose address has no known file extension: pictures made on request, and pages that aren't files."""

import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from newsfeed.model.article import Media
from newsfeed.model.media_types import UNKNOWN_TYPE, media_type_of
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["repaired_media"]

#: Reports a repair: its code, the field, the reason and the remedy.
_Warn = Callable[[str, str, str, str], None]

#: Parameters that name the format in which a server sends a picture.
_FORMAT_PARAMETERS: Final = frozenset({"ext", "extension", "f", "fm", "fmt", "format", "output", "type"})
#: The same in a path: `/f_webp,w_600/`, `/format:webp/`, `/photo.jpg/1200x630`.
_FORMAT_IN_PATH: Final = lazy_pattern(r"(?:\bf_|\bformat[:=/]|@|\.)([a-z0-9]{2,5})(?=[/,;]|$)")
_OTHER_ENDINGS: Final = {"pjpg": "jpg", "pjpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}

#: Sites of videos, recordings and posts, whose addresses are pages with players.
_SITES: Final = {
    "bilibili.com": "Bilibili",
    "dai.ly": "Dailymotion",
    "dailymotion.com": "Dailymotion",
    "facebook.com": "Facebook",
    "fb.watch": "Facebook",
    "instagram.com": "Instagram",
    "ok.ru": "OK",
    "open.spotify.com": "Spotify",
    "player.vimeo.com": "Vimeo",
    "rumble.com": "Rumble",
    "rutube.ru": "Rutube",
    "soundcloud.com": "SoundCloud",
    "tiktok.com": "TikTok",
    "twitch.tv": "Twitch",
    "twitter.com": "X",
    "vimeo.com": "Vimeo",
    "vk.com": "VK",
    "vkvideo.ru": "VK",
    "vm.tiktok.com": "TikTok",
    "x.com": "X",
    "youtu.be": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtube.com": "YouTube",
}
_PAGE: Final = lazy_pattern(
    r"https?://(?:(?:www|m|mobile|geo|[a-z]{2}-[a-z]{2})\.)?("
    + "|".join(map(re.escape, _SITES))
    + r")(?=[/?#:]|\Z)",
    re.IGNORECASE,
)
#: Addresses of files on these sites.
_FILES: Final = lazy_pattern(r"player\.vimeo\.com/(?:external|play|progressive_redirect)/")
#: Types that articles declare for such pages.
_TYPES_OF_PAGES: Final = ("video/", "text/", "application/")


def repaired_media(media: Sequence[Media], warn: _Warn) -> tuple[Media, ...] | None:
    """Leave out pages of video sites, and guess the types of files whose address has no known extension.

    Args:
        media: An article's files.
        warn: Reports a repair.

    Returns:
        The remaining files; None if nothing had to change.
    """
    for file in media:
        if file.type == UNKNOWN_TYPE or (file.type.startswith(_TYPES_OF_PAGES) and _PAGE.match(file.url)):
            break
    else:
        return None
    kept: list[Media] = []
    for index, file in enumerate(media):
        site = _site_of_page(file.url) if file.type.startswith(_TYPES_OF_PAGES) else None
        if site is not None:
            reason = f"{file.url} is a page of {site}, not a file; left out"
            remedy = "write the address of a file, or put the player into the content"
            warn("NF156", f"media[{index}].url", reason, remedy)
        elif file.type == UNKNOWN_TYPE:
            kept.append(_with_type(file, f"media[{index}].type", warn))
        else:
            kept.append(file)
    return tuple(kept)


def _with_type(file: Media, field: str, warn: _Warn) -> Media:
    known = media_type_of(file.url)
    guess = known if known != UNKNOWN_TYPE else _type_in(file.url)
    if guess is None and (file.width or file.height) and file.duration is None:
        guess = "image/jpeg"
    outcome = f"treated as {guess}" if guess else f"published as {UNKNOWN_TYPE}, which readers don't show"
    cause = "has no file extension" if known == UNKNOWN_TYPE else f"is declared as {UNKNOWN_TYPE}"
    reason = f"the type is unknown, because {file.url} {cause}; {outcome}"
    warn("NF155", field, reason, f'write "type": "{guess or "image/jpeg"}", or what it is')
    return file.with_kept(type=guess) if guess else file


def _type_in(address: str) -> str | None:
    """Return the type that an address asks the server for; None if it doesn't say."""
    try:
        parts = urlsplit(address.lower())
        asked = [value for name, value in parse_qsl(parts.query) if name in _FORMAT_PARAMETERS]
    except ValueError:  # more parameters than Python reads
        return None
    for ending in (*asked, *_FORMAT_IN_PATH.findall(parts.path)):
        known = media_type_of(f"https://a.example/a.{_OTHER_ENDINGS.get(ending, ending)}")
        if known.startswith(("image/", "audio/", "video/")):
            return known
    return None


def _site_of_page(address: str) -> str | None:
    """Return the name of the video site that an address is a page of; None if it isn't one."""
    page = _PAGE.match(address)
    if page is None or media_type_of(address) != UNKNOWN_TYPE or _FILES.search(address):
        return None
    return _SITES[page[1].lower()]
