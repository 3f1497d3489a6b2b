"""What stands in a feed for what a feed can't carry: a link for a player, its TeX for a formula, the picture for a
lazily loaded one. docs/reference/html.md has the whole list.

The replacements are made on an HTML5 tree (lexbor), before the fragment is sanitised. Titles, labels and formulas enter
the tree as text, so they can't become markup.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from newsfeed.text.html_allowed import BLOCKS
from newsfeed.text.html_formulas import formula_text
from newsfeed.text.html_lazy import ADDRESSES, CANDIDATES, waiting
from newsfeed.text.html_links import absolute, allowed, first_candidate, may_be_carried, with_candidates
from newsfeed.text.html_pixels import is_pixel
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["may_need_replacing", "with_replacements"]

_Attributes: TypeAlias = Mapping[str, str | None]

_TEXT_ELEMENTS: Final = "iframe|script|style|textarea|title|xmp|noembed|noframes"
_CLOSED_IN_ITSELF: Final = re.compile(
    rf"""<(?=[iIsStTxXnNoOvVaAcC])({_TEXT_ELEMENTS}|object|video|audio|canvas)\b((?:\s++[^\s"'<>/=]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'))?)*+)\s*/>""",
    re.IGNORECASE,
)
_MAY_SWALLOW: Final = re.compile(r"""["'\s]/>""")
_UNCLOSED_FRAME: Final = re.compile(r"(<iframe\b[^<>]*+>)(?=[^<]*+(?:<(?!/?iframe)[^<]*+)*+(?:<iframe|\Z))", re.IGNORECASE)
_EMPTY_FIRST_LINE: Final = re.compile(r"""(<pre(?: [^\s"=>]+(?:="[^"]*")?)*>)\n""")



def _in_any_case(pattern: str) -> str:
    """Let letters match in either case; `re` is slower at that when a flag says it."""
    return re.sub(r"(?<!\\)[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", pattern)


# One look for each, by the letter that `re` finds fast. What they find needn't be replaced; what they don't find isn't.
_ELEMENT_TO_REPLACE: Final = re.compile(
    "<(?:"
    + "|".join(
        _in_any_case(pattern)
        for pattern in (
            r"a(?=[\s>])(?![^<>]*?\shref\s*=\s*[\"']?+\s*(?:https?:|mailto:|tel:|[^\s:\"'>]*+[\s\"'>]))",
            r"p(?:\s[^<>]*+)?>(?:\s++|&nbsp;|&#160;|</?(?:a|b|em|i|o:p|span|strong|u)\b[^<>]*+>|<br[^<>]*+>)*+"
            r"(?:</p|<p\b|\Z)",
            r"img\b(?![^<>]*?\ssrc\s*=\s*[\"']?+\s*+(?!data:|about:|file:|blob:|cid:)[^\s\"'>#])",
            "iframe|input",
            "object|oembed",
            "embed",
            "math|mjx-",
            "svg",
            r"script\s[^<>]*?math/",
            "noscript",
            r"area|amp-",
            r"xmp|listing|lite-|plaintext|button",
        )
    )
    + ")"
)
_HYPHENATED: Final = re.compile(
    r"-(?:src|original|actualsrc|cfsrc|echo|lazy|SRC|tex|latex|href|oembed-url|(?<=font-)(?:weight|style)"
    r"|(?<=text-)decoration|(?<=vertical-)align|(?<=FONT-)(?:WEIGHT|STYLE)|(?<=TEXT-)DECORATION)"
)
_MARKED_CLASS: Final = re.compile(
    r"""class\s*+=\s*+["']?+\s*+(?:[^\s"'<>]++\s++)*?(?:katex|[Mm]ath[Jj]ax|mwe-math|header-?link|permalink|anchor"""
    r"""|head(?:er|ing)-anchor|lnt|ln\b|lineno|line-?number|hljs-ln|gutter|rouge-gutter|blob-num)"""
)
_COMMENT: Final = re.compile(r"<!--[^-]*+(?:-(?!->)[^-]*+)*+-->")

_WITHOUT_EVENTS: Final = int(LexborDocumentOptions.WO_EVENTS)

_CONTAINERS: Final = frozenset(
    "address article aside blockquote body center dd div figure footer form header li main section td".split()
)
_VISIBLE: Final = frozenset({"audio", "hr", "iframe", "img", "input", "object", "picture", "svg", "video"})
_WORDS: Final = frozenset({"a", "b", "code", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u"})
_PICTURES: Final = frozenset({"img", "amp-img", "amp-anim"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE: Final = frozenset({"code", "figure", "pre", "table"})
_PERMALINK_SIGNS: Final = frozenset({"", "#", "¶", "§", "🔗", "∞", "⚓", "⚓︎", "​#"})
_PERMALINK_CLASSES: Final = frozenset({"headerlink", "permalink", "anchor", "header-anchor", "heading-anchor", "anchorjs-link"})
_LINE_NUMBER_CLASSES: Final = frozenset(
    "lnt ln lineno linenos linenodiv line-number line-numbers linenumber linenumbers hljs-ln-numbers gutter rouge-gutter "
    "blob-num lntd".split()
)
_NUMBERS: Final = re.compile(r"[\d\s]*")
_CLASS_THAT_GOES: Final = re.compile(r"katex|[Mm]ath|ln|line|gutter|blob-num")
_FORMULA_CLASSES: Final = re.compile(r"(?:^|\s)(?:katex(?!-)|mathjax|mwe-math-element)", re.IGNORECASE)
_LAZY: Final = frozenset({*ADDRESSES, *CANDIDATES, "data-poster"})
_EMPHASIS: Final = re.compile(r"font-weight|font-style|decoration|vertical-align", re.IGNORECASE)
_STYLES: Final = (
    ("b", re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), _HEADINGS | {"b", "strong", "th"}),
    ("i", re.compile(r"(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), frozenset({"i", "em", "cite"})),
    ("u", re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE), frozenset({"a", "ins", "u"})),
    ("s", re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), frozenset({"del", "s"})),
    ("sup", re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super", re.IGNORECASE), frozenset({"sup"})),
    ("sub", re.compile(r"(?:^|;)\s*vertical-align\s*:\s*sub\b", re.IGNORECASE), frozenset({"sub"})),
)
#: Google Docs wraps whole articles in a `b` that isn't bold.
_PLAIN_STYLE: Final = {
    "b": re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE),
    "i": re.compile(r"(?:^|;)\s*font-style\s*:\s*normal", re.IGNORECASE),
}


def may_need_replacing(html: str) -> bool:
    """Return whether `with_replacements` might change a fragment; False is certain."""
    return bool(
        _ELEMENT_TO_REPLACE.search(html)
        or _HYPHENATED.search(html)
        or _MARKED_CLASS.search(html)
    )


def with_replacements(html: str, *, page: str, check_addresses: bool = False) -> str:
    """Put something that feeds can carry in the place of what they can't.

    Args:
        html: An HTML fragment that `newsfeed.text.html_weight` doesn't refuse.
        page: The article's own address.
        check_addresses: Also take away every address that can't be resolved.

    Returns:
        The fragment, serialised. It is not sanitised.

    >>> with_replacements('<iframe src="https://video.example/1" title="Snow"/>', page="https://a.example/")
    '<p><a href="https://video.example/1">Snow</a></p>'
    """
    if "/>" in html and _MAY_SWALLOW.search(html):
        html = _CLOSED_IN_ITSELF.sub(r"<\1\2></\1>", html)
    if "iframe" in html or "IFRAME" in html:
        html = _UNCLOSED_FRAME.sub(r"\1</iframe>", html)
    tree = _Tree(html, page, check_addresses=check_addresses)
    tree.replace()
    replaced = _COMMENT.sub("", tree.html)
    if "&#" in html:
        replaced = without_forbidden(replaced)
    return _EMPTY_FIRST_LINE.sub(r"\1\n\n", replaced) if "<pre" in replaced else replaced


class _Tree:
    """A fragment while things are replaced in it."""

    def __init__(self, html: str, page: str, *, check_addresses: bool) -> None:
        self._has_marks = check_addresses or bool(_HYPHENATED.search(html) or _MARKED_CLASS.search(html))
        # a whole document: in a fragment, nodes at the top have no parent, and can't be told from those removed
        self._document = LexborHTMLParser("<!DOCTYPE html><body>" + html, options=_WITHOUT_EVENTS)
        self._body = self._document.body
        self._page = page
        self._checks = check_addresses
        self._paragraphs: list[LexborNode] = []
        self._noscripts: list[LexborNode] = []

    @property
    def html(self) -> str:
        return self._body.inner_html if self._body is not None else ""

    def replace(self) -> None:
        for node in list(self._body.traverse()) if self._body is not None else []:
            name = node.tag or ""
            action = _ACTIONS.get(name) or (_Tree._custom if "-" in name[1:] else None)
            if (action is None and not self._has_marks) or node.parent is None:
                continue  # nothing to do, or it went with another
            attributes = node.attributes
            if attributes and self._has_marks and self._is_marked_away(node, name, attributes):
                continue
            if action is not None:
                action(self, node, attributes)
            if self._checks and node.parent is not None:
                self._without_impossible_addresses(node, node.attributes)
        for noscript in self._noscripts:
            self._noscript(noscript)
        for paragraph in reversed(self._paragraphs):
            if paragraph.parent is not None and _is_empty(paragraph):
                paragraph.decompose()

    # --- players, drawings, formulas ---

    def _player(self, node: LexborNode, attributes: _Attributes) -> None:
        if node.tag != "object" and is_pixel(_texts(attributes)) and not waiting(attributes, ADDRESSES):
            node.decompose()
            return
        address = self._address_of_player(node, attributes)
        label = _label(attributes)
        kept: list[LexborNode] = []
        if node.tag == "object":
            for inner in node.css("param, embed, object, iframe"):
                if inner.mem_id != node.mem_id:
                    inner.decompose()
            if any(child.tag != "-text" for child in _children(node)):
                kept = _children(node)
            else:
                label = label or _one_line(node.text())
        self._put(node, self._link(address, label, attributes) if address or label else None, kept)

    def _address_of_player(self, node: LexborNode, attributes: _Attributes) -> str | None:
        values = [attributes.get(name) for name in ("src", "data", "url", "data-href", "data-oembed-url")]
        values = [waiting(attributes, ADDRESSES), *values]
        if node.tag == "object":
            for inner in node.css("param, embed, iframe"):
                given = inner.attributes
                if inner.tag != "param":
                    values.append(given.get("src"))
                elif (given.get("name") or "").lower() in {"movie", "src", "url", "filename"}:
                    values.append(given.get("value"))
        return next((found for value in values if (found := self._web_address(value))), None)

    def _web_address(self, value: str | None) -> str | None:
        return absolute(value, page=self._page) if value and value.strip() else None

    def _link(self, address: str | None, label: str, attributes: _Attributes) -> LexborNode | str:
        """Make a link with its poster, if it has one; inside another link, only its words."""
        words = label or (urlsplit(address).hostname if address else "") or address or ""
        if address is None:
            return words
        link = self._document.create_node("a")
        link.attrs["href"] = address
        poster = next((attributes[name] for name in ("poster", "data-poster", "data-thumbnail", "placeholder") if attributes.get(name)), None)
        picture = str(attributes.get("type") or "").startswith("image/") and address
        source = picture or self._web_address(poster)
        if source:
            image = self._document.create_node("img")
            image.attrs["src"] = source
            image.attrs["alt"] = words if picture else ""
            link.insert_child(image, move=True)
            if not picture:
                link.insert_child(self._document.create_node("br"), move=True)
        if not picture:
            link.insert_child(words)
        return link

    def _put(self, node: LexborNode, new: LexborNode | str | None, kept: list[LexborNode] | None = None) -> None:
        """Put a replacement, and what is kept of the element, in the place of an element."""
        parent = node.parent
        if isinstance(new, LexborNode) and _is_inside(node, "a"):
            new = new.text() if not new.css_first("img") else new.first_child
        if new is not None:
            beside = (node.prev, node.next)
            if parent is not None and parent.tag in _CONTAINERS and not any(map(_is_in_line, beside)):
                paragraph = self._document.create_node("p")
                paragraph.insert_child(new, move=True) if isinstance(new, LexborNode) else paragraph.insert_child(new)
                node.insert_before(paragraph, move=True)
            else:
                if node.prev is not None:
                    node.insert_before(" ")
                node.insert_before(new, move=True) if isinstance(new, LexborNode) else node.insert_before(new)
                if node.next is not None:
                    node.insert_before(" ")
        for child in kept or ():
            node.insert_before(child, move=True)
        node.decompose()

    def _drawing(self, node: LexborNode, attributes: _Attributes) -> None:
        self._put(node, _name_of_drawing(node, attributes) or None)

    def _formula(self, node: LexborNode, attributes: _Attributes) -> None:
        text = formula_text(node)
        if attributes.get("display") == "block":
            self._put(node, text or None)
        else:
            node.replace_with(text)

    def _tex(self, node: LexborNode, attributes: _Attributes) -> None:
        """Take the TeX that MathJax 2 keeps in a script, and what it made of it away."""
        if (attributes.get("type") or "").lower().startswith("math/"):
            text = _one_line(node.text())
            before = node.prev
            while before is not None and (_is_blank_text(before) or _is_mathjax(before)):
                before, gone = before.prev, before
                if gone.tag != "-text":
                    gone.decompose()
            node.replace_with(text)

    def _without_impossible_addresses(self, node: LexborNode, attributes: _Attributes) -> None:
        """Remove the addresses that no feed can hold from an element that isn't a link or a picture."""
        for name in ("src", "srcset", "poster", "cite"):
            value = attributes.get(name)
            if value is None:
                continue
            if name == "srcset":
                value = with_candidates(value, self._web_address)
                if value:
                    node.attrs[name] = value
            else:
                value = self._web_address(value)
            if not value:
                del node.attrs[name]

    def _is_marked_away(self, node: LexborNode, name: str, attributes: _Attributes) -> bool:
        """Replace or remove what its attributes mark: rendered formulas, line numbers, bold words. Return if it is gone."""
        style = attributes.get("style")
        if style and _EMPHASIS.search(style):
            self._style(node, name, style)
        tex = attributes.get("data-tex") or attributes.get("data-latex")
        if tex and name != "img" and (not node.text().strip() or node.css_first("math, svg, .katex")):
            node.replace_with(_one_line(tex))
            return True
        classes = attributes.get("class")
        if not classes or _CLASS_THAT_GOES.search(classes) is None:
            return False
        if _FORMULA_CLASSES.search(classes):
            text = attributes.get("data-mathml") and self._formula_in(attributes["data-mathml"] or "")
            math = node.css_first("math")
            if math is not None and name != "math":
                text = formula_text(math)
            if not text and _is_followed_by_tex(node):
                node.decompose()
                return True
            if text and not _is_followed_by_tex(node):
                node.replace_with(text)
                return True
            if text:
                node.decompose()
                return True
            return False
        names = set(classes.split())
        if names & _LINE_NUMBER_CLASSES and _NUMBERS.fullmatch(node.text()) and _is_inside(node, *_CODE):
            _remove_with_shell(node)
            return True
        return False

    @staticmethod
    def _formula_in(mathml: str) -> str:
        math = LexborHTMLParser(mathml, is_fragment=True).css_first("math")
        return formula_text(math) if math is not None else ""

    # --- pictures ---

    def _picture(self, node: LexborNode, attributes: _Attributes) -> None:
        if attributes.keys().isdisjoint(_LAZY) and not self._checks:
            source = (attributes.get("src") or "#").strip()
            if node.tag not in _PICTURES or (node.tag == "img" and source[:1] not in "#" and may_be_carried(source)):
                return
        changed = dict(attributes)
        address = waiting(attributes, ADDRESSES)
        if address and self._web_address(address):
            changed["src"] = address
            if (attributes.get("srcset") or "").lstrip().startswith("data:"):
                del changed["srcset"]
        candidates = waiting(attributes, CANDIDATES)
        if candidates:
            changed["srcset"] = candidates
            sizes = attributes.get("data-sizes") or attributes.get("data-lazy-sizes")
            if sizes and sizes != "auto":
                changed["sizes"] = sizes
        if node.tag == "video" and not changed.get("poster") and attributes.get("data-poster"):
            changed["poster"] = attributes["data-poster"]
        if node.tag in _PICTURES:
            self._with_source(node, changed, attributes)
        else:
            _set(node, changed, attributes)

    def _with_source(self, node: LexborNode, changed: dict[str, str | None], attributes: _Attributes) -> None:
        """Give an img its `src`; where there is none, its words take its place."""
        source = (changed.get("src") or "").strip()
        if source.startswith("#") or self._web_address(source) is None:
            found = next((c for c in self._candidates(node, changed) if self._web_address(c)), None)
            if found is None:
                self._put(node, _one_line(changed.get("alt") or "") or None)
                return
            changed["src"] = found
        if node.tag == "img":
            _set(node, changed, attributes)
            return
        image = self._document.create_node("img")
        for name in ("src", "srcset", "alt", "width", "height", "sizes"):
            if changed.get(name):
                image.attrs[name] = changed[name]
        node.replace_with(image, move=True)

    def _candidates(self, node: LexborNode, attributes: _Attributes) -> Iterator[str]:
        yield first_candidate(attributes.get("srcset") or "")
        if node.parent is not None and node.parent.tag == "picture":
            for source in node.parent.css("source"):
                yield first_candidate(source.attributes.get("srcset") or "")

    def _noscript(self, node: LexborNode) -> None:
        """Unwrap what readers without scripts are meant to see; a copy of a picture goes."""
        if node.parent is None:
            return
        for image in node.css("img"):
            if is_pixel(_texts(image.attributes)):
                image.decompose()
        if node.css_first("img, a, audio, video") is None:
            node.decompose()
            return
        image = node.css_first("img")
        copy = image and self._copy_of(image, node)
        if image is None or copy is None:
            node.unwrap()
            return
        given, lacking = image.attributes, copy.attributes
        for name in ("alt", "width", "height", "srcset", "sizes"):
            if given.get(name) and not lacking.get(name):
                copy.attrs[name] = given[name]
        node.decompose()

    def _copy_of(self, image: LexborNode, noscript: LexborNode) -> LexborNode | None:
        """Find the picture outside of `noscript` that is the same as one inside."""
        address = self._web_address(image.attributes.get("src"))
        for beside in (_element(noscript, "prev"), _element(noscript, "next")):
            if beside is not None and beside.tag in {"img", "picture", "span", "div", "figure", "a"}:
                other = beside if beside.tag == "img" else beside.css_first("img")
                if other is not None and (
                    waiting(other.attributes, ADDRESSES) or self._web_address(other.attributes.get("src")) == address
                ):
                    return other
        for other in self._document.css("img"):
            if not _is_inside(other, "noscript") and self._web_address(other.attributes.get("src")) == address:
                return other
        return None

    # --- links, emphasis, the rest ---

    def _anchor(self, node: LexborNode, attributes: _Attributes) -> None:
        address = attributes.get("href")
        if address is None:
            node.unwrap(delete_empty=True)
        elif "#" in address and self._is_permalink(node, attributes):
            node.decompose()
        elif not may_be_carried(address) or (
            self._checks and allowed("a", "href", address, page=self._page) is None
        ):
            node.unwrap(delete_empty=True)

    @staticmethod
    def _is_permalink(node: LexborNode, attributes: _Attributes) -> bool:
        words = node.text().strip()
        if words not in _PERMALINK_SIGNS or node.css_first("img") is not None:
            return False
        classes = set((attributes.get("class") or "").lower().split())
        return bool(classes & _PERMALINK_CLASSES) or _is_inside(node, *_HEADINGS)

    def _style(self, node: LexborNode, name: str, style: str) -> None:
        plain = _PLAIN_STYLE.get({"strong": "b", "em": "i"}.get(name, name))
        if plain is not None and plain.search(style):
            node.unwrap()
            return
        tags = [tag for tag, pattern, has_it in _STYLES if name not in has_it and pattern.search(style)]
        if not tags or name in _VISIBLE:
            return
        children = _children(node)
        if not children or any(child.tag in BLOCKS for child in children):
            return
        for tag in tags:
            wrapper = self._document.create_node(tag)
            for child in children:
                wrapper.insert_child(child, move=True)
            node.insert_child(wrapper, move=True)
            children = [wrapper]

    def _area(self, node: LexborNode, attributes: _Attributes) -> None:
        address = self._web_address(attributes.get("href"))
        alt = _one_line(attributes.get("alt") or "")
        self._put(node, self._link(address, alt or _label(attributes), {}) if address else None)

    def _button(self, node: LexborNode, attributes: _Attributes) -> None:
        """Keep the words of a button that opens and closes what follows it: they are a heading."""
        if "aria-expanded" in attributes or "aria-controls" in attributes or _is_inside(node, "summary", "dt", *_HEADINGS):
            node.unwrap()

    def _box(self, node: LexborNode, attributes: _Attributes) -> None:
        """Write the box of a list of tasks as a character."""
        if (attributes.get("type") or "").lower() == "checkbox" and _is_inside(node, "li"):
            node.replace_with("☑ " if "checked" in attributes else "☐ ")

    def _preformatted(self, node: LexborNode, _: _Attributes) -> None:
        pre = self._document.create_node("pre")
        pre.insert_child(node.text())
        node.replace_with(pre, move=True)

    def _container(self, node: LexborNode, attributes: _Attributes) -> None:
        """Make a link of an element that a script fills, and that says with what."""
        if (attributes.get("data-href") or attributes.get("data-oembed-url")) and _is_empty(node):
            self._player(node, attributes)

    def _custom(self, node: LexborNode, attributes: _Attributes) -> None:
        name = node.tag or ""
        if name in {"amp-img", "amp-anim"}:
            self._picture(node, attributes)
        elif name == "mjx-container":
            math = node.css_first("math")
            text = formula_text(math) if math is not None else _label(attributes)
            if text:
                node.replace_with(text)
        elif name.startswith(("amp-", "lite-")) and _is_empty(node) and name != "amp-pixel":
            self._player(node, attributes)

    def _paragraph(self, node: LexborNode, _: _Attributes) -> None:
        self._paragraphs.append(node)

    def _noscript_found(self, node: LexborNode, _: _Attributes) -> None:
        self._noscripts.append(node)


_ACTIONS: Final[Mapping[str, Callable[[_Tree, LexborNode, _Attributes], None]]] = {
    "a": _Tree._anchor,
    "area": _Tree._area,
    "audio": _Tree._picture,
    "button": _Tree._button,
    "div": _Tree._container,
    "embed": _Tree._player,
    "iframe": _Tree._player,
    "img": _Tree._picture,
    "input": _Tree._box,
    "listing": _Tree._preformatted,
    "math": _Tree._formula,
    "noscript": _Tree._noscript_found,
    "object": _Tree._player,
    "oembed": _Tree._player,
    "p": _Tree._paragraph,
    "plaintext": _Tree._preformatted,
    "script": _Tree._tex,
    "source": _Tree._picture,
    "svg": _Tree._drawing,
    "video": _Tree._picture,
    "xmp": _Tree._preformatted,
}


def _set(node: LexborNode, changed: _Attributes, before: _Attributes) -> None:
    for name, value in changed.items():
        if value != before.get(name, ""):
            node.attrs[name] = value
    for name in before.keys() - changed.keys():
        del node.attrs[name]


def _texts(attributes: _Attributes) -> dict[str, str]:
    return {name: value or "" for name, value in attributes.items()}


def _label(attributes: _Attributes) -> str:
    return _one_line(attributes.get("title") or attributes.get("aria-label") or "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _children(node: LexborNode) -> list[LexborNode]:
    return [child for child in node.iter(include_text=True) if child.tag != "-comment"]


def _is_inside(node: LexborNode, *names: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in names:
            return True
        parent = parent.parent
    return False


def _is_in_line(node: LexborNode | None) -> bool:
    """Return whether a node is words, or an element among words."""
    if node is None or node.tag == "-comment":
        return False
    return bool(node.text().strip()) if node.tag == "-text" else node.tag in _WORDS


def _is_blank_text(node: LexborNode) -> bool:
    return node.tag == "-text" and not node.text().strip()


def _is_mathjax(node: LexborNode) -> bool:
    return "mathjax" in (node.attributes.get("class") or "").lower() if node.tag != "-text" else False


def _element(node: LexborNode, direction: str) -> LexborNode | None:
    """Find the element right beside a node, over white space."""
    beside: LexborNode | None = getattr(node, direction)
    while beside is not None and (_is_blank_text(beside) or beside.tag == "-comment"):
        beside = getattr(beside, direction)
    return beside if beside is not None and beside.tag != "-text" else None


def _is_followed_by_tex(node: LexborNode) -> bool:
    after = _element(node, "next")
    while after is not None and _is_mathjax(after):
        after = _element(after, "next")
    return after is not None and after.tag == "script" and (after.attributes.get("type") or "").startswith("math/")


def _is_empty(node: LexborNode) -> bool:
    """Return whether there is nothing to see in an element."""
    if node.first_child is None:
        return True
    if node.text().strip():
        return False
    return not any(inner.tag in _VISIBLE for inner in node.traverse())


def _remove_with_shell(node: LexborNode) -> None:
    """Remove an element, and those around it that held nothing else."""
    while (parent := node.parent) is not None:
        node.decompose()
        if parent.tag not in {"code", "div", "pre", "span", "td"} or not _is_empty(parent):
            return
        node = parent


def _name_of_drawing(node: LexborNode, attributes: _Attributes) -> str:
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in {"presentation", "none"}:
        return ""
    names = [_label(attributes)]
    names += [_one_line(child.text()) for child in node.iter() if child.tag in {"title", "desc"}]
    if not any(names):
        names = [" ".join(_one_line(inner.text()) for inner in node.traverse() if inner.tag == "text").strip()]
    name = next((name for name in names if name), "")
    around = node.parent
    is_told = around is not None and around.tag in {"a", "button"} and around.text().count(name) > node.text().count(name)
    return "" if is_told else name
