"""WordPress shortcodes: the built-in ones become HTML as on its pages. Others stay, and a build reports them."""

import re
from collections.abc import Mapping
from html import escape, unescape

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["with_shortcodes_shown"]

_ATTRIBUTES = r"(?P<attributes>(?:[^\[\]\"]|\"[^\"]*\")*)"
_CAPTION = lazy_pattern(rf"\[(?P<name>wp_caption|caption)\b{_ATTRIBUTES}\](?P<inside>[^\[]*)\[/(?P=name)\]")
_CODE = lazy_pattern(
    r"\[(?P<name>code|sourcecode|source|php|python|bash|javascript|css|html|xml|sql|java)\b(?P<attributes>[^\]\n]*)\](?P<inside>.{0,100000}?)\[/(?P=name)\]",
    re.DOTALL,
)
_EMBED = lazy_pattern(r"\[embed\b[^\]\n]*\]\s*(?P<url>https?://[^\s\[\]<>]+)\s*\[/embed\]")
_ALONE = lazy_pattern(
    rf"\[(?P<name>youtube|vimeo|audio|video|gallery|playlist|dailymotion|soundcloud)\b{_ATTRIBUTES}\](?:\s*\[/(?P=name)\])?"
)
_ATTRIBUTE = lazy_pattern(
    r"(?P<key>[\w-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"']+))"
)
_ADDRESS = lazy_pattern(r"https?://[^\s\"'\[\]<>]+")
#: An address alone on its line, of which WordPress makes a player.
_LINE = lazy_pattern(r"(?m)^[ \t]*(?:<p>)?(?P<url>https?://[^\s<>\"']+)(?:</p>)?[ \t]*$")
_PICTURE = lazy_pattern(r"(?s)(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?")
_FILES = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv")
_MOST = 1_000


def with_shortcodes_shown(text: str, pictures: Mapping[str, str] | None = None) -> str:
    """Replace the shortcodes that WordPress itself brings, and addresses alone on a line.

    Args:
        text: The post's text as it is stored.
        pictures: The addresses of attached pictures by their numbers, for galleries.

    >>> with_shortcodes_shown('[caption id="a" width="5"]<img src="s.jpg" /> Snow[/caption]')
    '<figure><img src="s.jpg" /><figcaption>Snow</figcaption></figure>'
    >>> with_shortcodes_shown('[gallery ids="7,8"]', {"7": "https://a.example/7.jpg"})
    '<p><img src="https://a.example/7.jpg" alt=""></p>'
    >>> with_shortcodes_shown("[embed]https://video.example/1[/embed] [code]a < b[/code] [contact-form-7]")
    '<a href="https://video.example/1">https://video.example/1</a> <pre><code>a &lt; b</code></pre> [contact-form-7]'
    """
    if text.count("[") <= _MOST:
        text = _CODE.sub(_code, text)
        text = _CAPTION.sub(_caption, text)
        text = _EMBED.sub(lambda found: _link(found["url"]), text)
        text = _ALONE.sub(lambda found: _alone(found, pictures or {}), text)
    return _LINE.sub(lambda found: f"<p>{_link(unescape(found['url']))}</p>", text)


def _attributes(written: str) -> dict[str, str]:
    return {
        found["key"].lower(): unescape(found["double"] or found["single"] or found["plain"] or "")
        for found in _ATTRIBUTE.finditer(written)
    }


def _code(found: re.Match[str]) -> str:
    inside = found["inside"]
    code = inside if "&lt;" in inside or "&amp;" in inside else escape(inside, quote=False)
    return f"<pre><code>{code.strip(chr(10))}</code></pre>"


def _caption(found: re.Match[str]) -> str:
    picture = _PICTURE.search(found["inside"])
    words = _attributes(found["attributes"]).get("caption", "")
    if picture is None:
        return found["inside"]
    caption = (found["inside"][: picture.start()] + found["inside"][picture.end() :]).strip() or escape(
        words, quote=False
    )
    return f"<figure>{picture[0]}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _alone(found: re.Match[str], pictures: Mapping[str, str]) -> str:
    name, written = found["name"], found["attributes"]
    attributes = _attributes(written)
    if name == "gallery":
        numbers = (attributes.get("ids") or attributes.get("include", "")).replace(" ", "").split(",")
        known = [pictures[number] for number in numbers if number in pictures]
        return "".join(f'<p><img src="{escape(url)}" alt=""></p>' for url in known) or found[0]
    if name in {"audio", "video"}:
        alone = _ADDRESS.search(unescape(written))
        address = next((attributes[key] for key in _FILES if attributes.get(key)), alone[0] if alone else "")
        return f'<{name} controls src="{escape(address)}"></{name}>' if address else found[0]
    if address_found := _ADDRESS.search(unescape(written)):
        return f"<p>{_link(address_found[0])}</p>"
    video = attributes.get("id") or written.strip(" =").split(" ")[0].strip("\"'")
    hosts = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
    return f"<p>{_link(hosts[name] + video)}</p>" if name in hosts and video else found[0]


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address, quote=False)}</a>'
