"""Elements that a script fills: players, posts and charts, known by their attributes, written as frames.

A reader app runs no scripts, so `<amp-youtube data-videoid="x">` shows nothing there. As a frame it becomes a link like
every other one (`newsfeed.text.html.replacements.players`). The result isn't safe: it is what is sanitised.
"""

import json
import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["with_frames"]

_YOUTUBE: Final = "https://www.youtube.com/watch?v={}"
_VIMEO: Final = "https://vimeo.com/{}"
_DAILYMOTION: Final = "https://www.dailymotion.com/video/{}"
_TWEET: Final = "https://twitter.com/i/status/{}"

#: The address that an attribute means, by the element, a class of it or another attribute that says whose player it is.
_MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "data-cloudcast": {"amp-mixcloud": "https://www.mixcloud.com/{}"},
    "data-embed": {"youtube": _YOUTUBE, "youtube-player": _YOUTUBE, "vimeo": _VIMEO},
    "data-gistid": {"amp-gist": "https://gist.github.com/{}"},
    "data-id": {
        "infogram-embed": "https://infogram.com/{}",
        "rll-youtube-player": _YOUTUBE,
        "speakerdeck-embed": "https://speakerdeck.com/player/{}",
        "vimeo": _VIMEO,
        "youtube": _YOUTUBE,
        "youtube-player": _YOUTUBE,
    },
    "data-plyr-embed-id": {"vimeo": _VIMEO, "youtube": _YOUTUBE},
    "data-shortcode": {"amp-instagram": "https://www.instagram.com/p/{}/"},
    "data-src": {
        "flourish-embed": "https://public.flourish.studio/{}/",
        "rll-youtube-player": "{}",
        "tiktok": "{}",
        "twitter": "{}",
    },
    "data-trackid": {"amp-soundcloud": "https://api.soundcloud.com/tracks/{}"},
    "data-tweet-id": {"": _TWEET},
    "data-tweetid": {"": _TWEET},
    "data-url": {"sqs-audio-embed": "{}", "typeform-widget": "{}"},
    "data-videoid": {"amp-dailymotion": _DAILYMOTION, "amp-vimeo": _VIMEO, "amp-youtube": _YOUTUBE},
    "data-videolazy-id": {"vimeo": _VIMEO, "youtube": _YOUTUBE},
    "data-youtube-id": {"": _YOUTUBE},
    "videoid": {"lite-vimeo": _VIMEO, "lite-youtube": _YOUTUBE, "youtube-video": _YOUTUBE},
}
#: Attributes that name whose player an element is, as a class does.
_KINDS: Final = ("data-plyr-provider", "data-provider", "data-type", "data-videolazy-type")
_LABELS: Final = ("title", "aria-label", "playlabel", "data-title", "data-alt")
#: What JSON in an attribute calls the address, and the words.
_JSON: Final = ("data-attrs", "data-settings")
_JSON_ADDRESSES: Final = (
    "url",
    "youtube_url",
    "vimeo_url",
    "dailymotion_url",
    "external_url",
    "hosted_url",
    "insert_url",
)
_JSON_WORDS: Final = ("full_text", "title", "caption", "name")
_LONGEST_JSON: Final = 50_000

#: Scripts that write something where they stand.
_SCRIPTS: Final = (
    (lazy_pattern(r"(?:https?:)?//gist\.github\.com/([\w./-]+?)\.js\b"), "https://gist.github.com/{}"),
    (lazy_pattern(r"(?:https?:)?//asciinema\.org/a/(\w+)\.js\b"), "https://asciinema.org/a/{}"),
    (lazy_pattern(r"(?:https?:)?//datawrapper\.dwcdn\.net/(\w+)/"), "https://datawrapper.dwcdn.net/{}/"),
    (
        lazy_pattern(r"(?:https?:)?//cdn\.jwplayer\.com/players/([\w-]+)\.js\b"),
        "https://cdn.jwplayer.com/previews/{}",
    ),
    (
        lazy_pattern(r"(?:https?:)?//api-maps\.yandex\.ru/.*[?&]um=([\w%:-]+)"),
        "https://yandex.ru/maps/?um={}",
    ),
)
_POST: Final = "data-telegram-post"

# Each begins with letters that `re` finds fast.
_MARK: Final = lazy_pattern(
    r"data-(?:attrs|caption|cloudcast|embed|gistid|html|id|plyr|settings|shortcode|telegram-post|trackid|tweet|url|videoid"
    r"""|videolazy|youtube|type=["'](?:twitter|tiktok)|src=["'](?:visuali|story/|[^"'<>]*?(?:embed|iframe|player|vimeo|youtube)))"""
)
_KNOWN_SCRIPT: Final = lazy_pattern(
    r"//(?:gist\.github|asciinema|datawrapper\.dwcdn|cdn\.jwplayer|api-maps\.yandex)\."
)
_REST: Final = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
#: An attribute that may say what a script puts into an element.
_FILLING: Final = lazy_pattern(r"-(?<=data-)"), lazy_pattern(r"=(?:(?<=videoid=)|(?<=role=))")
_EMPTY: Final = lazy_pattern(
    rf"<(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?=\s)(?P<attributes>{_REST})>\s*+</(?P=name)\s*+>"
    rf"(?P<copy>\s*+<noscript\b[^<>]*+>\s*+<(?:img|iframe|a)\b)?+"
)
_SCRIPT: Final = lazy_pattern(
    rf"<(?i:script)(?=\s)(?P<attributes>{_REST})>\s*+</(?i:script)\s*+>"
    r"(?P<copy>\s*+<(?i:noscript)\b[^<>]*+>\s*+<(?i:img|iframe|a)\b)?+"
)
_FRAME: Final = lazy_pattern(
    rf"<(?:iframe|IFRAME)(?![^<>]*?\s(?:src|SRC)\s*+=)(?P<attributes>{_REST})>"
    r"(?P<content>[^<]*+(?:<(?!/?(?:iframe|IFRAME))[^<]*+)*+)</(?:iframe|IFRAME)\s*+>"
)
#: A video of Elementor: what is to be shown stands in an attribute of a wrapper.
_WRAPPED: Final = lazy_pattern(
    r"""(\sdata-settings="([^"]*+)"[^<>]*+>(?:\s*+<div\b[^<>]*+>)*?\s*+<div[^<>]*?class="[^"]*?\belementor-video\b[^<>]*+>)\s*+</div"""
)
_ATTRIBUTE: Final = lazy_pattern(r"""([^\s=/>"']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++))""")
_BACKGROUND: Final = lazy_pattern(r"""background(?:-image)?\s*:[^;]*?url\(\s*["']?([^"'()]+)""")
#: What the address of a player looks like, where nothing else says that it is one.
_PLAYER: Final = lazy_pattern(r"(?:https?:)?//[^/]*+/?.*?(?:embed|iframe|player|vimeo|youtube)")
_SOURCE: Final = lazy_pattern(r"""\ssrc\s*+=\s*+["']([^"'<>]++)["']""", re.IGNORECASE)
_IDENTIFIER: Final = lazy_pattern(r"[\w./:%?&=+-]++")


def with_frames(html: str) -> str:
    """Write as a frame what a script would fill with a player, a post or a chart; a frame without an address is its content.

    Args:
        html: An HTML fragment, however broken.

    Returns:
        The fragment, else letter for letter the same.

    >>> with_frames('<amp-youtube data-videoid="ab1" title="Snow"></amp-youtube><div data-id="1"></div>')
    '<iframe src="https://www.youtube.com/watch?v=ab1" title="Snow"></iframe><div data-id="1"></div>'
    """
    if "<iframe" in html or "<IFRAME" in html:
        html = _FRAME.sub(_frame_content, html)
    is_marked = _MARK.search(html) is not None or "<lite-" in html
    if "<script" in html and (is_marked or _KNOWN_SCRIPT.search(html)):
        html = _SCRIPT.sub(_written, html)
    if is_marked or 'role="img"' in html:
        html = _with_filled(html)
        if "elementor-video" in html:
            html = _WRAPPED.sub(_wrapped, html)
    return html


def _with_filled(html: str) -> str:
    pieces: list[str] = []
    position = 0
    for place in sorted(found.start() for pattern in _FILLING for found in pattern.finditer(html)):
        start = html.rfind("<", position, place)
        element = _EMPTY.match(html, start) if start >= 0 else None
        if element:
            pieces += (html[position:start], _filled(element))
            position = element.end()
    return "".join([*pieces, html[position:]]) if pieces else html


def _frame_content(frame: re.Match[str]) -> str:
    """Return the content of a frame that has no address."""
    attributes = _attributes(frame)
    if any("src" in name and name != "srcdoc" for name in attributes):
        return frame[0]
    return attributes.get("srcdoc") or (frame["content"] if "<" in frame["content"] else frame[0])


def _written(script: re.Match[str]) -> str:
    """Return a frame for what a known script writes."""
    attributes = _attributes(script)
    if _IDENTIFIER.fullmatch(attributes.get(_POST, "")):
        return _frame(f"https://t.me/{attributes[_POST]}", "")
    if script["copy"]:
        return script[0]
    for source, address in _SCRIPTS:
        found = source.match(attributes.get("src", ""))
        if found:
            return _frame(address.format(found[1]), "")
    return script[0]


def _filled(element: re.Match[str]) -> str:
    """Return a frame for an empty element, if its attributes say what a script would put there."""
    if element["copy"]:
        return element[0]
    attributes = _attributes(element)
    if element["name"].startswith("drupal-"):
        caption = attributes.get("data-caption") or escape(attributes.get("alt", ""))
        return f"{element[0]}<p>{caption}</p>" if caption else element[0]
    words = next((value for name in _LABELS if (value := attributes.get(name))), "")
    if attributes.get("role") == "img" and (picture := _BACKGROUND.search(attributes.get("style", ""))):
        return f'<img src="{escape(picture[1])}" alt="{escape(words)}">'
    address = _address(element["name"].lower(), attributes)
    if not address and "data-html" in attributes:
        found = _SOURCE.search(attributes["data-html"])
        address = found[1] if found else ""
    for name in _JSON:
        if not address and "{" in attributes.get(name, ""):
            address, told, formula = _read(attributes[name])
            words = words or told
            if formula:
                return f'<div data-tex="{escape(formula)}"></div>'
    return _frame(address, words) if address else element[0]


def _wrapped(element: re.Match[str]) -> str:
    """Insert a frame where a script of Elementor would put it."""
    address, words, _ = _read(unescape(element[2]))
    return f"{element[1]}{_frame(address, words)}</div" if address else element[0]


def _address(name: str, attributes: Mapping[str, str]) -> str:
    """Return the address that an element's attributes mean; empty if they mean none."""
    kinds = {
        name,
        "",
        *attributes.get("class", "").lower().split(),
        *(attributes.get(kind) for kind in _KINDS),
    }
    for attribute, addresses in _MEANINGS.items():
        value = attributes.get(attribute, "").strip()
        if not _IDENTIFIER.fullmatch(value):
            continue
        for kind, address in addresses.items():
            if kind in kinds:
                return value if value.startswith(("http:", "https:", "//")) else address.format(value)
    source = attributes.get("data-src", "")
    return source if _PLAYER.match(source) and name != "img" else ""


def _read(written: str) -> tuple[str, str, str]:
    """Read an address, words and a formula from JSON."""
    try:
        values = json.loads(written) if len(written) <= _LONGEST_JSON else None
    except (ValueError, RecursionError):
        return "", "", ""
    if not isinstance(values, dict):
        return "", "", ""

    def value(name: str) -> str:
        found = values.get(name)
        found = found.get("url") if isinstance(found, dict) else found
        return found.strip() if isinstance(found, str) else ""

    addresses = (value(name) for name in _JSON_ADDRESSES)
    address = next((found for found in addresses if found.startswith(("http:", "https:", "//"))), "")
    if not address and _IDENTIFIER.fullmatch(value("videoId")):
        address = _YOUTUBE.format(value("videoId"))
    return address, next(filter(None, map(value, _JSON_WORDS)), ""), value("persistentExpression")


def _frame(address: str, words: str) -> str:
    title = f' title="{escape(words)}"' if words else ""
    return f'<iframe src="{escape(address)}"{title}></iframe>'


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    """Read the attributes of a tag; of two with the same name the first holds."""
    found = reversed(_ATTRIBUTE.findall(tag["attributes"]))
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in found}
