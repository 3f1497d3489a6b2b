"""Cleaned HTML is safe: what two parsers build from it has nothing in it that runs, and is built alike each time."""

import re
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsfeed.text.html.allowed import ATTRIBUTES, TAGS
from newsfeed.text.html.cleaning import _sanitised, clean
from newsfeed.text.html.nesting import parses_alike

html5lib: Any = pytest.importorskip("html5lib")

PAGE = "https://paper.example/en/story"
XHTML = "{http://www.w3.org/1999/xhtml}"
_ADDRESSES = {"href", "src", "poster", "cite"}
_SAFE = re.compile(r"https?://|mailto:|tel:")

_EVIL = "</a></p><script>alert(1)</script><img src=x onerror=alert(1)>"

VECTORS = [
    # mutations: what one parser nests, the next takes apart
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><p><style><g title='</style><img src=x onerror=alert(1)>'></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<iframe><p title='</iframe><script>alert(1)</script>'></iframe>",
    "<noembed><img title='</noembed><img src onerror=alert(1)>'></noembed>",
    "<select><template><style><!--</style><a rel='--&gt;&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<template><svg><style><a title='</style></template><img src=x onerror=alert(1)>'></template>",
    "<svg><foreignObject><math><mi><p><table><tr><td><style><!--</style>--><img src=x onerror=alert(1)>",
    "<table><a><table><a><b><p><table><td><a href=//x>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>--><![CDATA[<script>alert(1)</script>]]><?x <script>?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href='java&Tab;script:alert(1)'>a</a><a href='&#1;javascript:alert(1)'>b</a><a href='\x01javascript:x'>c</a>",
    "<b style='font-weight:bold;x:expression(alert(1))'>a</b><p style='background:url(javascript:x);font-style:italic'>b",
    # hostile replacements: titles, labels, formulas and addresses are words
    f'<iframe src="https://v.example/" title="{_EVIL}"></iframe>',
    "<iframe src='https://v.example/\"><script>alert(1)</script>'></iframe>",
    f'<object data="https://v.example/" type="image/png" title="{_EVIL}"></object>',
    f'<embed src="https://v.example/?&quot;onload=alert(1)" aria-label="{_EVIL}">',
    f'<svg aria-label="{_EVIL}"></svg><svg><title>&lt;/title&gt;&lt;script&gt;alert(1)</title></svg>',
    f'<math alttext="{_EVIL}"></math><span data-tex="{_EVIL}"></span>',
    "<math><semantics><annotation encoding='application/x-tex'>&lt;script&gt;alert(1)&lt;/script&gt;</annotation></semantics></math>",
    f"<script type='math/tex'>{_EVIL.replace('</script>', '')}</script>",
    f'<div class="MathJax" data-mathml="{_EVIL}&lt;math&gt;&lt;mi&gt;&lt;script&gt;"></div>',
    '<img data-src="javascript:alert(1)"><img src="x" data-src="https://v.example/&quot;onerror=&quot;alert(1)">',
    f'<img src="" alt="{_EVIL}"><area href="https://v.example/" alt="{_EVIL}">',
    f'<amp-video src="https://v.example/" poster="javascript:alert(1)" title="{_EVIL}"></amp-video>',
    '<div data-href="javascript:alert(1)" class="fb-post"></div><oembed url="javascript:alert(1)"></oembed>',
    "<iframe src=javascript:alert(1) title=x></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<img data-srcset='javascript:alert(1) 1x, data:text/html,x 2x'>",
    # values that are read, changed and written again
    """<img src="/a.jpg" srcset='/a.jpg 1x" onerror="alert(1)'><img srcset='/b.jpg 1x"><script>alert(1)</script>'>""",
    """<a href="/it's?a&amp;b">a</a><img src="/it's.jpg"><q cite="/'&lt;&gt;&quot;&nbsp;">q</q><video poster="/'&quot;'"></video>""",
    # what is written as a frame, or read out of one
    f"<div data-attrs='{{&quot;url&quot;:&quot;https://v.example/\\&quot;onload=x&quot;,&quot;title&quot;:&quot;{_EVIL}&quot;}}'></div>",
    '<div data-attrs="{&quot;persistentExpression&quot;:&quot;<img src=x onerror=alert(1)>&quot;}"></div>',
    """<amp-youtube data-videoid='"><script>alert(1)</script>' title='"><script>alert(1)</script>'></amp-youtube>""",
    f"<iframe>{_EVIL}</iframe><iframe srcdoc='{_EVIL}&lt;iframe srcdoc=&quot;&lt;script&gt;&quot;&gt;'></iframe>",
    "<center/><form action=javascript:x title='<script>'><menu onclick=x><audio onplay=x/><video =controls>",
    f'<input type=checkbox checked onclick="alert(1)"><li><input type=checkbox value="{_EVIL}"></li>',
    f"<iframe src=x/>{_EVIL}<iframe src=y/><style/><title/><textarea/>{_EVIL}",
]

_NAMES = (
    "a b p pre div ul li table tr td form button select option svg math mtext mi annotation-xml foreignObject desc style "
    "script title noscript iframe object embed template textarea xmp plaintext img span h1 h2 ruby rt font nobr marquee"
)
_ATTRIBUTE_TEXTS = [
    "",
    ' href="/x"',
    " href=javascript:x",
    ' title="</p></style></a><script>x</script>-->"',
    ' style="font-weight:bold;font-style:italic"',
    ' class="katex"',
    ' class="MathJax"',
    ' class="ln headerlink"',
    " data-src=/y.jpg",
    " src=data:x",
    ' alttext="</math><script>"',
    ' type="math/tex"',
    " src=https://v.example/",
    """ href="/it's?a&amp;b=&quot;" """,
    """ src='/a&quot;b' srcset='/a.jpg 1x" onerror="alert(1), /b 2x&amp;&lt;&gt;' """,
    " onerror=alert(1)",
    " /",
]
_WORDS = [
    "word",
    " ",
    "\n",
    "\r",
    "&lt;script&gt;",
    "&#1;",
    "&#13;",
    "&#0;",
    "<",
    ">",
    "<!--",
    "-->",
    "]]>",
    "#",
    "1",
    "\ufeff",
]

markup = st.lists(
    st.one_of(
        st.builds(
            "<{}{}{}>".format, st.sampled_from(_NAMES.split()), *[st.sampled_from(_ATTRIBUTE_TEXTS)] * 2
        ),
        st.builds("</{}>".format, st.sampled_from(_NAMES.split())),
        st.sampled_from(_WORDS),
        st.text(max_size=3),
    ),
    max_size=20,
).map("".join)


def _look(fragment: str, container: str) -> str:
    """Parse as browsers do, refuse all but what may stay, and give what was built."""
    tree: Any = html5lib.parseFragment(fragment, treebuilder="etree", container=container)
    for element in tree.iter():
        assert isinstance(element.tag, str), element  # no comment
        if element is tree:
            continue
        assert element.tag.startswith(XHTML), element.tag
        name = element.tag.removeprefix(XHTML)
        assert name in TAGS
        for attribute, value in element.attrib.items():
            assert attribute in ATTRIBUTES["*"] | ATTRIBUTES.get(name, frozenset())
            if attribute in _ADDRESSES:
                assert _SAFE.match(value), value
            if attribute == "srcset":
                assert "javascript:" not in value
                assert "data:" not in value
    return str(
        html5lib.serialize(
            tree, quote_attr_values="always", omit_optional_tags=False, alphabetical_attributes=False
        )
    )


def _check(fragment: str) -> None:
    cleaned = clean(fragment, page=PAGE)
    assert clean(cleaned, page=PAGE) == cleaned
    assert _sanitised(cleaned) == cleaned
    for container in ("div", "body"):
        once = _look(cleaned, container)
        assert _look(once, container) == once


@pytest.mark.parametrize("fragment", VECTORS)
def test_nothing_that_runs_gets_through(fragment: str) -> None:
    _check(fragment)
    _check(f"<p>{fragment}</p>")
    _check(f"<table><tr><td>{fragment}")


@given(markup)
@example("<p><object><p>a")
@example("<h1><font><h2>a")
@example("<li><center><li>a")
def test_whatever_it_is_made_of_it_is_safe_and_stable(fragment: str) -> None:
    _check(fragment)


@given(markup)
def test_a_look_at_the_nesting_never_takes_the_place_of_a_parse_that_changes_something(fragment: str) -> None:
    sanitised = _sanitised(fragment)
    assert not parses_alike(sanitised) or _sanitised(sanitised) == sanitised


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>One<ol><li><p>Two</p></li></ol></li></ul><dl><dt>a</dt><dd>b</dd></dl>",
        "<table><caption>c</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>b</p></td></tr></tbody></table>",
        "<b><p>One</p></b><p><a>Two <b>three</b></a></p><pre>a\nb</pre><ruby>a<rp>(</rp><rt>b</rt></ruby>",
    ],
)
def test_ordinary_nesting_needs_no_second_parse(html: str) -> None:
    assert parses_alike(html)
    assert _sanitised(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<p><p>a</p></p>",
        "<p><ul></ul></p>",
        "<a><span><a>b</a></span></a>",
        "<h1><h2>a</h2></h1>",
        "<li>a</li>",
        "<ul><li><li>a</li></li></ul>",
        "<table>a<tbody></tbody></table>",
        "<table><tr><td>a</td></tr></table>",
        "<table><tbody><tr><td>a</td></tr>b</tbody></table>",
        "<td>a</td>",
        "a\rb",
    ],
)
def test_nesting_that_a_parser_would_change_is_seen(html: str) -> None:
    assert not parses_alike(html)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<iframe " * 50_000, id="frames that break off"),
        pytest.param("<iframe src=x/>" * 20_000, id="frames closed in themselves"),
        pytest.param("<p>&nbsp;<br>" * 20_000, id="empty paragraphs"),
        pytest.param("<a-b>" + " " * 200_000, id="an element of its own, and white space"),
        pytest.param("<!--" * 50_000, id="comments that break off"),
        pytest.param("<a" + ' href="/x"' * 20_000 + ">", id="one attribute again and again"),
        pytest.param(
            '<a title="' + " src=x" * 50_000 + '" href="/x">', id="a value that looks like attributes"
        ),
        pytest.param(
            "<!--" + " src=/x" * 50_000 + "<script>" + " src=/x" * 50_000, id="addresses in a comment"
        ),
        pytest.param("<script>" * 50_000, id="scripts that aren't closed"),
        pytest.param("<span class=katex></span>" * 5_000, id="formulas side by side"),
        pytest.param("<iframe src=x></iframe>" * 5_000, id="frames side by side"),
        pytest.param("<span class=katex>" * 1_000 + "<math>" * 500, id="formulas in formulas"),
        pytest.param(
            '<p style="font-weight:bold">a<noscript><img data-src=a></noscript>' * 400, id="many replacements"
        ),
    ],
)
def test_time_grows_with_length_alone(html: str) -> None:
    from newsfeed.text.html.losses import losses
    from newsfeed.text.html.trusted import resolve

    started = time.process_time()
    cleaned = clean(html, page=PAGE)
    losses(html)
    resolve(html, page=PAGE)
    assert time.process_time() - started < 10
    assert clean(cleaned, page=PAGE) == cleaned
