"""Hugo's shortcodes: the built-in ones become Markdown and HTML, of others the text inside stays."""

import re
from html import escape

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["without_hugo_shortcodes"]

_SHORTCODE = lazy_pattern(
    r"""
    \{\{ (?P<open>[<%]) \s*+ (?P<end>/?) \s*+ (?P<name>[\w./-]++)
    (?P<rest> (?: \s (?: `(?:[^`{]|\{(?!\{))*+` | "(?:[^"\\{]|\\.|\{(?!\{))*+" | [^`"<>%{}] | [<>%](?!\}\}) )*+ )?+ )
    \s*+ /? [>%]\}\}
    """,
    re.VERBOSE | re.DOTALL,
)
_PARAMETER = lazy_pattern(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|`(?P<raw>[^`]*+)`|(?P<plain>[^\s\"`=]+))"
)
_COMMENTED = lazy_pattern(r"\{\{(?P<open>[<%])/\*(?P<inside>[^{}\n]*+)(?<=\*/)(?P<close>[>%])\}\}")
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtubelite": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "vimeosimple": "https://vimeo.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "bilibili": "https://www.bilibili.com/video/{}",
}
#: Those whose parts are an address each, or a picture.
_PICTURES = frozenset({"figure", "img", "image", "imgproc", "lazyimage", "picture"})
#: Those with a link to another page of the site.
_REFERENCES = frozenset({"ref", "relref"})
#: Those whose inside is code.
_CODE = frozenset({"highlight"})


def without_hugo_shortcodes(text: str) -> str:
    """Replace the shortcodes of a body that have a meaning for every reader; others stay, and are reported.

    >>> without_hugo_shortcodes('{{< youtube id="w7Ft2ymGmfc" >}}')
    '[https://www.youtube.com/watch?v=w7Ft2ymGmfc](https://www.youtube.com/watch?v=w7Ft2ymGmfc)'
    >>> without_hugo_shortcodes('{{< figure src="snow.jpg" alt="Snow" caption="Ten centimetres" >}}')
    '<figure><img src="snow.jpg" alt="Snow"><figcaption>Ten centimetres</figcaption></figure>'
    >>> without_hugo_shortcodes("{{% notice note %}}It **snowed**.{{% /notice %}} {{< map 12 >}}")
    'It **snowed**. {{< map 12 >}}'
    """
    if "{{" not in text:
        return text
    paired = {found["name"] for found in _SHORTCODE.finditer(text) if found["end"]}
    replaced = _SHORTCODE.sub(lambda found: _replaced(found, paired), text)
    return _COMMENTED.sub(
        lambda found: f"{{{{{found['open']}{found['inside'][:-2]}{found['close']}}}}}", replaced
    )


def _replaced(found: re.Match[str], paired: set[str]) -> str:
    name = found["name"]
    if name in _CODE:
        return _fence(found)
    if found["end"]:
        return ""
    parameters = _parameters(found["rest"])
    if (player := _PLAYERS.get(name.replace("-", "").replace("_", "").lower())) is not None:
        video = parameters.get("id") or "/".join(value for key, value in parameters.items() if key.isdigit())
        return _link(player.format(video)) if video else found[0]
    shown = _shown(name, parameters)
    return shown or ("" if name in paired else found[0])


def _shown(name: str, parameters: dict[str, str]) -> str:
    """Return what a shortcode shows, as Markdown or HTML; empty if only the site knows."""
    if name in {"tweet", "x", "twitter"}:
        user, post = parameters.get("user", "i"), parameters.get("id") or parameters.get("0", "")
        return _link(f"https://x.com/{user}/status/{post}") if post else ""
    if name.lower() in _PICTURES:
        return _figure(parameters)
    if name in _REFERENCES:
        return _reference(parameters.get("path") or parameters.get("0", ""))
    return ""


def _fence(found: re.Match[str]) -> str:
    """Return the line that begins or ends a block of code, on a line of its own."""
    before = "" if found.string.startswith("\n", found.start() - 1) else "\n"
    after = "" if found.string.startswith("\n", found.end()) else "\n"
    language = "" if found["end"] else "".join(found["rest"].split()[:1])
    return f"{before}```{language}{after}"


def _parameters(written: str) -> dict[str, str]:
    """Return the parameters of a shortcode, those without a name under their numbers."""
    parameters: dict[str, str] = {}
    for found in _PARAMETER.finditer(written):
        value = (
            found["quoted"]
            if found["quoted"] is not None
            else found["raw"]
            if found["raw"] is not None
            else found["plain"]
        )
        parameters[found["key"] or str(len(parameters))] = value.replace('\\"', '"')
    return parameters


def _link(address: str) -> str:
    return f"[{address}]({address})"


def _figure(parameters: dict[str, str]) -> str:
    source = parameters.get("src") or parameters.get("0", "")
    if not source:
        return ""
    alt = parameters.get("alt") or parameters.get("caption") or parameters.get("title") or ""
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    if link := parameters.get("link"):
        picture = f'<a href="{escape(link)}">{picture}</a>'
    words = " ".join(
        escape(parameters[key], quote=False) for key in ("title", "caption", "attr") if parameters.get(key)
    )
    return f"<figure>{picture}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>"


def _reference(path: str) -> str:
    """Return the address of another page of the site, as far as its file's name tells it.

    >>> _reference("/posts/snow.md#baku"), _reference("snow.md"), _reference("#baku")
    ('/posts/snow/#baku', '../snow/', '#baku')
    """
    where, _, fragment = path.partition("#")
    where = where.removesuffix(".md").removesuffix("/index").removesuffix("/_index")
    if where:
        where = f"/{where.lstrip('/')}/" if "/" in where else f"../{where}/"
    return where + (f"#{fragment}" if fragment else "")
