"""HTML that cleaning leaves alone: what is known for it, what is not, and that the parser agrees."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.text.html import _parsed, clean
from newsfeed.text.html_allowed import ATTRIBUTES, TAGS
from newsfeed.text.html_settled import is_settled
from newsfeed.text.xml_characters import without_forbidden

PAGE = "https://report.example/en/media/story"

_PICTURE = '<img src="https://report.example/p.jpg?w=640&amp;h=480" alt="&quot;Snow&quot; &amp; ice" width="640" height="480">'


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Snow in Baku",
        "«Snow», “ice” — 5&nbsp;% &lt; 6&nbsp;% &amp; R&amp;D",
        "<p>One.</p>\n<p>Two, <em>with <strong>weight</strong></em>.</p>\n",
        "<h2>Trade</h2><p>Up 5 %<br>since May</p><hr><h3>Oil <small>and gas</small></h3>",
        "<ul>\n<li>One</li>\n<li><p>Two</p><ol><li>a</li></ol></li></ul>",
        "<dl><dt>Snow</dt><dd>Frozen <i>rain</i></dd></dl>",
        '<p><a href="https://report.example/en/ice">ice</a>, <a href="http://a-b.example">b</a></p>',
        '<p><a href="https://report.example/a,1.html?q=1&amp;r=%D0%B0#note-1" rel="nofollow" title="T">a</a></p>',
        '<p><a hreflang="az" href="https://report.example/az/" rel="nofollow noopener">az</a></p>',
        '<p>Write to <a href="mailto:news@report.example">us</a> or <a href="tel:+994-12">call</a></p>',
        f"<figure>{_PICTURE}<figcaption>Snow. <cite>Photo: A</cite></figcaption></figure>",
        f'<p><a href="https://report.example/">{_PICTURE}</a></p>',
        '<img src="https://a.example/1" srcset="https://a.example/1 1x, https://a.example/2 2x" sizes="100vw">',
        '<blockquote cite="https://a.example/q"><p>Snow!</p><p><q>Ice</q></p></blockquote>',
        '<div dir="rtl" lang="ar"><p>ثلج</p></div><p lang="az">Qar</p>',
        '<section><h2>Live</h2><p><time datetime="2025-12-19T18:24">18:24</time> Snow</p></section>',
        '<ol start="3"><li value="7">Seven</li></ol><p>H<sub>2</sub>O, m<sup>2</sup>, <del>5</del><ins>6</ins></p>',
    ],
)
def test_what_editors_deliver_is_known(html: str) -> None:
    assert is_settled(html)
    assert _parsed(html, PAGE) == html


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("a < b", id="bare less-than sign"),
        pytest.param("a > b", id="bare greater-than sign"),
        pytest.param("a & b", id="bare ampersand"),
        pytest.param("&quot;", id="quotation mark as a reference, in text"),
        pytest.param("<p>&am<b>p;</b></p>", id="reference with a tag in it"),
        pytest.param("&copy;", id="named reference"),
        pytest.param("&#38;&#1;", id="numbers"),
        pytest.param("&AMP;", id="reference in capitals"),
        pytest.param("a&ampb", id="reference without an end"),
        pytest.param("5\xa0%", id="no-break space"),
        pytest.param("a\r\nb", id="carriage return"),
        pytest.param("\ufeffa", id="byte order mark"),
        pytest.param("<p>a", id="not closed"),
        pytest.param("a</p>", id="not opened"),
        pytest.param("<p>a<p>b</p></p>", id="p in p"),
        pytest.param("<p><ul></ul></p>", id="list in p"),
        pytest.param("<p><hr></p>", id="hr in p"),
        pytest.param("<em><p>a</p></em>", id="p in em"),
        pytest.param("<h2><h3>a</h3></h2>", id="heading in heading"),
        pytest.param("<b><i>a</b></i>", id="misnested"),
        pytest.param("<li>a</li>", id="li alone"),
        pytest.param("<ul><p>a</p></ul>", id="p in ul"),
        pytest.param("<ul><dd>a</dd></ul>", id="dd in ul"),
        pytest.param("<ul><li>a<li>b</li></li></ul>", id="li in li"),
        pytest.param("<a><a>a</a></a>", id="a in a"),
        pytest.param("<a><b><a>a</a></b></a>", id="a in b in a"),
        pytest.param("<br></br>", id="br closed"),
        pytest.param("<br/>", id="slash"),
        pytest.param("<br />", id="space and slash"),
        pytest.param("<P>a</P>", id="capitals"),
        pytest.param("<p >a</p>", id="space in a tag"),
        pytest.param("<p>a</p >", id="space in an end tag"),
        pytest.param("<p>a</p", id="cut short"),
        pytest.param("a>b<p", id="cut short, and a stray sign that makes up for it"),
        pytest.param("<!-- a -->", id="comment"),
        pytest.param("<p <b>a</p>", id="tag in a tag"),
        pytest.param("<script>a</script>", id="script"),
        pytest.param('<p onclick="a">a</p>', id="event handler"),
        pytest.param('<p class="a">a</p>', id="class"),
        pytest.param("<p lang='en'>a</p>", id="single quotes"),
        pytest.param("<p lang=en>a</p>", id="no quotes"),
        pytest.param("<p lang>a</p>", id="no value"),
        pytest.param('<p LANG="en">a</p>', id="attribute in capitals"),
        pytest.param('<p lang="en"dir="ltr">a</p>', id="no space between attributes"),
        pytest.param('<p lang="en"  dir="ltr">a</p>', id="two spaces between attributes"),
        pytest.param('<p lang="en" >a</p>', id="space after an attribute"),
        pytest.param('<p lang="en" lang="az">a</p>', id="attribute twice"),
        pytest.param('<p title="a < b">a</p>', id="less-than sign in a value"),
        pytest.param(
            '<p title="a &lt; b">a</p>', id="less-than sign in a value, as some versions of nh3 write it"
        ),
        pytest.param('<p title="a & b">a</p>', id="ampersand in a value"),
        pytest.param('<p title="&copy;">a</p>', id="named reference in a value"),
        pytest.param('<p href="https://a.example/">a</p>', id="attribute of another element"),
        pytest.param("<table><tbody><tr><td>a</td></tr></tbody></table>", id="table"),
        pytest.param("<table>a</table>", id="text in table"),
        pytest.param("<pre>a</pre>", id="pre"),
        pytest.param("<ruby>a<rt>b</rt></ruby>", id="ruby"),
        pytest.param("<svg></svg>", id="svg"),
        pytest.param('<img src="">', id="picture from nowhere"),
        pytest.param('<img src="mailto:a@b.example">', id="picture from a mailbox"),
        pytest.param('<img src="data:image/gif;base64,R0">', id="picture in itself"),
        pytest.param('<img srcset="/a 2x">', id="relative candidate"),
        pytest.param('<img srcset="https://a.example/a,https://a.example/b 2x">', id="comma in a candidate"),
        pytest.param('<img srcset="https://a.example/a  2x">', id="two spaces in a candidate"),
    ],
)
def test_what_is_odd_is_left_to_the_parser(html: str) -> None:
    assert not is_settled(html)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/en/ice",
        "#note1",
        "//a.example/",
        "javascript:alert(1)",
        " https://a.example/",
        "https://a.example/ ",
        "https://a.example/a b",
        "https://a.example/a\nb",
        "HTTPS://a.example/",
        "https://A.example/",
        "https:/a.example/",
        "https:\\\\a.example\\",
        "https://a.example/\\",
        "https://a.example/ə",
        "https://a.example/%zz",
        "https://a.example/%2",
        "https://a.example/[a]",
        "https://a.example/{a}",
        "https://a.example/#a#b",
        "https://a.example/?a=1&b=2",
        "https://a.example/?a=1&copy=2",
        "https://user:word@a.example/",
        "https://a.example:8080/",
        "https://a.example:99999/",
        "https://xn--a.example/",
        "https://xn--80aswg.example/",
        "https://сайт.example/",
        "https://a_b.example/",
        "https://-a.example/",
        "https://a-.example/",
        "https://a..example/",
        "https://.example/",
        "https://a.example./",
        "https://a.1/",
        "https://a.0x1/",
        "https://1.2.3.4/",
        "https://1.2.3.4.5/",
        "https://[::1]/",
        "https://localhost/",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 32}example/",
        "ftp://a.example/",
        "data:text/html,a",
        "mailto:",
        "mailto:a@b.example?subject=a b",
        "tel:+994 12",
    ],
)
def test_an_address_that_is_not_plain_is_left_to_the_parser(address: str) -> None:
    assert not is_settled(f'<a href="{address}">a</a>')
    assert not is_settled(f'<img src="{address}">')


_ELEMENTS = (
    "p h2 h3 ul ol li dl dt dd div figure figcaption hr table tbody tr td pre details"
    " a b em span q br img ruby rt nobr button video"
)
_ODD_ELEMENTS = (
    "P form button select option svg math title script style iframe noscript template font center nobr"
)
_TEXT = ["word", " ", "\n", "ə", "&amp;", "&lt;", "&gt;", "&nbsp;", '"', "'", "amp;", "#1;"]
_ODD_TEXT = [
    "<",
    ">",
    "&",
    "&quot;",
    "&copy;",
    "&#1;",
    "\xa0",
    "\r",
    "\0",
    "\ufeff",
    "\ufffe",
    "\u2028",
    "\x0b",
]
_ODD_PIECES = [
    *[
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a>",
        "</a>",
        "<li>",
        "</li>",
        "<h2>",
        "</h2>",
        "</br>",
        "<br/>",
        "<hr>",
    ],
    *["<!-- a -->", "<![CDATA[a]]>", "<table>", "<td>", "<pre>\n", "</form>", "<p", "<p a=", "</", "<?a?>"],
]
_HOSTS = [
    *[
        "a.example",
        "a-b.example",
        "a.b.c.d.example",
        "1.example",
        f"{'a' * 63}.example",
        f"{'a' * 64}.example",
    ],
    *[
        "xn--a.example",
        "a--b.example",
        "a.1",
        "a.0x1",
        "1.2.3.4",
        "a",
        "A.example",
        "ə.example",
        "a.example:8",
    ],
]
_PATHS = [
    "/",
    "/a,b",
    "/1.html",
    "?a=1&amp;b=2",
    "&amp;copy=1",
    "&copy=1",
    "#a",
    "%20",
    "%C9%99",
    "%",
    "[",
    "]",
]
_ADDRESSES = ["", "/b", "javascript:b", "mailto:a@b.example", "mailto:a b", "tel:+994-12", "ftp://a.example/"]
_VALUES = [
    "",
    "1",
    "a b",
    "&quot;a&quot; &amp; 'b'",
    "a&nbsp;b",
    "&lt;",
    "a\nb",
    "a\xa0b",
    "&copy;",
    "<",
    "ə",
    "=",
]
_FORMS = [" {}='{}'", " {}={}", " {}", '  {}="{}"', '{}="{}"', '\n{}="{}"', ' {} = "{}"', ' {}="{}" ']


def _mostly(usual: list[str], rare: list[str]) -> st.SearchStrategy[str]:
    return st.one_of(*[st.sampled_from(usual)] * 9, st.sampled_from(rare))


_addresses = st.one_of(
    st.builds("https://{}{}".format, st.sampled_from(_HOSTS), st.lists(st.sampled_from(_PATHS)).map("".join)),
    st.builds("http://a.example/{}{}".format, st.sampled_from(_PATHS), st.text(st.characters(codec="ascii"))),
    st.sampled_from(_ADDRESSES),
)
_candidates = st.lists(
    st.builds("{}{}".format, _addresses, _mostly(["", " 2x", " 640w"], ["  2x", " 1.5x", " 2x 3w", ","])),
    min_size=1,
    max_size=2,
).map(", ".join)


def _attributes(element: str) -> st.SearchStrategy[str]:
    names = sorted(ATTRIBUTES["*"] | ATTRIBUTES.get(element, frozenset()))
    attribute = st.builds(
        str.format,
        _mostly([' {}="{}"'], _FORMS),
        _mostly(names, ["class", "onclick", "a:b", "LANG"]),
        st.one_of(_addresses, _candidates, st.sampled_from(_VALUES)),
    )
    return st.lists(attribute, max_size=3).map("".join)


_ATTRIBUTES = {element: _attributes(element) for element in [*TAGS, *_ODD_ELEMENTS.split()]}


def _element(name: str, attributes: str, content: list[str]) -> str:
    start = f"<{name}{attributes}>"
    return start if name in {"br", "hr", "img", "wbr"} else f"{start}{''.join(content)}</{name}>"


def _dressed(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Nest elements in any order, with attributes and any text."""
    return st.recursive(
        _mostly(_TEXT, _ODD_TEXT) | st.text(max_size=3),
        lambda inner: elements.flatmap(
            lambda name: st.builds(_element, st.just(name), _ATTRIBUTES[name], st.lists(inner, max_size=3))
        ),
        max_leaves=10,
    )


_Change = Callable[[list[str], int, int, str], None]


def _drop(pieces: list[str], first: int, _second: int, _odd: str) -> None:
    pieces[first] = ""


def _swap(pieces: list[str], first: int, second: int, _odd: str) -> None:
    pieces[first], pieces[second] = pieces[second], pieces[first]


def _repeat(pieces: list[str], first: int, second: int, _odd: str) -> None:
    pieces[first] += pieces[second]


def _write_large(pieces: list[str], first: int, _second: int, _odd: str) -> None:
    pieces[first] = pieces[first].upper()


def _add(pieces: list[str], first: int, _second: int, odd: str) -> None:
    pieces[first] += odd


def _tear(pieces: list[str], first: int, second: int, odd: str) -> None:
    piece = pieces[first]
    pieces[first] = piece[:second] + odd[:1] + piece[second + 1 :]


def _changed(html: str, changes: list[tuple[_Change, int, int, str]]) -> str:
    pieces = re.split(r"(<[^<>]*>)", html)
    for change, first, second, odd in changes:
        change(pieces, first % len(pieces), second % len(pieces), odd)
    return "".join(pieces)


_changes = st.lists(
    st.tuples(
        st.sampled_from([_drop, _swap, _repeat, _write_large, _add, _tear]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from([*_ODD_PIECES, *_TEXT, *_ODD_TEXT]),
    ),
    max_size=2,
)


def _check(html: str) -> None:
    """Hold a fragment against the parser."""
    allowed = without_forbidden(html)
    parsed = _parsed(allowed, PAGE)
    assert clean(html, page=PAGE) == parsed
    assert parsed == allowed or not is_settled(allowed)


@pytest.mark.parametrize("first", _ELEMENTS.split())
def test_the_parser_agrees_how_elements_nest(first: str) -> None:
    for second, third in product(_ELEMENTS.split(), repeat=2):
        for html in (
            _element(first, "", [_element(second, "", ["a", _element(third, "", [])]), "b"]),
            _element(first, "", [_element(second, "", []), _element(third, "", ["a"])]),
        ):
            assert not is_settled(html) or _parsed(html, PAGE) == html


@pytest.mark.slow
@given(st.lists(st.sampled_from([*_TEXT, *_ODD_TEXT, "<b>", "</b>", "&a", "mp;"]), max_size=4).map("".join))
def test_the_parser_agrees_about_text(text: str) -> None:
    _check(text)
    _check(f"<p>{text}</p>")
    _check(f'<p title="{text}">a</p>')


@pytest.mark.slow
@settings(max_examples=300)
@given(st.sampled_from([*["a", "img"] * 3, "p", "blockquote", "ins", "time", "ol"]), st.data())
def test_the_parser_agrees_about_attributes(element: str, data: st.DataObject) -> None:
    _check(_element(element, data.draw(_ATTRIBUTES[element]), []))


@pytest.mark.slow
@settings(max_examples=300)
@given(_addresses, _candidates)
def test_the_parser_agrees_about_addresses(address: str, candidates: str) -> None:
    _check(f'<a href="{address}">a</a>')
    _check(f'<img src="{address}">')
    _check(f'<img srcset="{candidates}">')


@pytest.mark.slow
@settings(max_examples=300)
@given(
    _dressed(_mostly(["p", "a", "img", "strong", "blockquote"], [*sorted(TAGS), *_ODD_ELEMENTS.split()])),
    _changes,
)
def test_the_parser_agrees_about_everything(html: str, changes: list[tuple[_Change, int, int, str]]) -> None:
    _check(html)
    _check(_changed(html, changes))


@pytest.mark.parametrize(
    "nested", [f"<{name}>" for name in ("b", "em", "div", "blockquote", "ul><li", "span")]
)
def test_the_parser_agrees_about_depth(nested: str) -> None:
    closed = "".join(f"</{name}>" for name in reversed(nested.strip("<>").split("><")))
    html = nested * 300 + "a" + closed * 300
    assert is_settled(html)
    assert _parsed(html, PAGE) == html


@pytest.mark.slow
def test_what_is_too_heavy_to_parse_is_words_alone_though_it_is_settled() -> None:
    html = "<em>" * 50_000 + "a" + "</em>" * 50_000
    assert is_settled(html)
    assert clean(html, page=PAGE) == "a"
