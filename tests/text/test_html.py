"""Article bodies: what stays, what goes, and where addresses lead."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.html import clean, escape, plain_text, resolve

PAGE = "https://report.example/en/media/story"

_TAGS = "a b p pre div ul li table tr td caption form button select option svg math mtext style script title noscript"
_ATTRIBUTES = [
    "",
    ' href="/x"',
    " href='http://['",
    ' title="a&quot;<b>"',
    ' srcset="a 1x,b 2x"',
    " src=data:x",
    ' title="</p></style>-->"',
]
_TEXT = [
    "word",
    " ",
    "\n",
    "\r",
    "&amp;",
    "&lt;",
    "&#1;",
    "&#13;",
    "&copy=",
    "<",
    ">",
    "&",
    "<!--",
    "-->",
    "\x00",
    "]]>",
]

html_like = st.lists(
    st.one_of(
        st.builds(
            lambda name, more: f"<{name}{more}>", st.sampled_from(_TAGS.split()), st.sampled_from(_ATTRIBUTES)
        ),
        st.builds(lambda name: f"</{name}>", st.sampled_from(_TAGS.split())),
        st.sampled_from(_TEXT),
        st.text(max_size=5),
    ),
    max_size=15,
).map("".join)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Tom & Jerry", "Tom &amp; Jerry"),
        ("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        ('"It\'s"', '"It\'s"'),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_escape(text: str, html: str) -> None:
    assert escape(text) == html
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Trade</h2><p>Up <b>5</b> <em>per</em> <strong>cent</strong><br>since May</p><hr>",
        '<ol start="3"><li value="7">One</li></ol><dl><dt>a</dt><dd>b</dd></dl>',
        '<table><caption>c</caption><tbody><tr><th scope="col">x</th><td colspan="2">y</td></tr></tbody></table>',
        '<p dir="rtl" lang="ar">مرحبا <bdi>B</bdi></p>',
        '<blockquote cite="https://a.example/q"><p>q</p></blockquote><pre><code>a\n  b</code></pre>',
        '<figure><img src="https://a.example/p.jpg" alt="A" width="3" height="2"><figcaption>c</figcaption></figure>',
        '<picture><source srcset="https://a.example/p.webp 2x" type="image/webp"><img src="https://a.example/p"></picture>',
        '<video src="https://a.example/v.mp4" poster="https://a.example/v.jpg" controls=""></video>',
        '<video><track src="https://a.example/v.vtt" kind="captions" srclang="en" label="E" default=""></video>',
        '<audio controls=""><source src="https://a.example/a.mp3" type="audio/mpeg"></audio>',
        '<a href="https://a.example/" hreflang="az" rel="nofollow">a</a>',
        '<details open=""><summary>s</summary>d</details><time datetime="2025-12-19">19 December</time>',
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    ],
)
def test_what_an_article_needs_stays(html: str) -> None:
    assert clean(html, page=PAGE) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        pytest.param("a<script>alert(1)</script>b", "ab", id="script"),
        pytest.param("a<style>p { color: red }</style>b", "ab", id="style"),
        pytest.param("a<noscript>Switch scripts on.</noscript>b", "ab", id="noscript"),
        pytest.param("<form action=/><p>a <input><button>Send</button></p></form>", "<p>a </p>", id="form"),
        pytest.param(
            '<p class=c id=i style="color:red" onclick="x()" data-x=1>a</p>', "<p>a</p>", id="attributes"
        ),
        pytest.param("<bdo dir=rtl>a</bdo>", "a", id="bdo"),
        pytest.param("a<!-- b -->c<![CDATA[d]]>e<?php f ?>g", "aceg", id="comments"),
        pytest.param(
            '<base href="https://evil.example/"><a href=b>a</a>',
            '<a href="https://report.example/en/media/b">a</a>',
            id="base",
        ),
        pytest.param('<video autoplay muted></video>', '<video muted=""></video>', id="autoplay"),
        pytest.param("<custom-tag>a</custom-tag>", "a", id="unknown element"),
        pytest.param("<p>a<b>b", "<p>a<b>b</b></p>", id="unclosed"),
        pytest.param("<pre>\n\na</pre>", "<pre>\n\na</pre>", id="empty first line"),
        pytest.param("<p>a\x01b&#1;c\ud800d&#xFFFE;e</p>", "<p>abcde</p>", id="XML characters"),
        pytest.param("a & b < c", "a &amp; b &lt; c", id="bare marks"),
    ],
)
def test_what_goes(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("attribute", "cleaned"),
    [
        ('a href="other"', 'a href="https://report.example/en/media/other"'),
        ('a href="/x?a=1&copy=2"', 'a href="https://report.example/x?a=1&amp;copy=2"'),
        ('a href="#note1"', 'a href="https://report.example/en/media/story#note1"'),
        ('a href="?page=2"', 'a href="https://report.example/en/media/story?page=2"'),
        ('a href=""', f'a href="{PAGE}"'),
        ('a href="//media.example/x"', 'a href="https://media.example/x"'),
        ('a href="https://пример.example/ə ğ"', 'a href="https://xn--e1afmkfd.example/%C9%99%20%C4%9F"'),
        ('a href="mailto:a@b.example?subject=a b"', 'a href="mailto:a@b.example?subject=a%20b"'),
        ('a href="tel:+994 12"', 'a href="tel:+994%2012"'),
        ('a href="https:\\\\evil.example\\x"', 'a href="https://evil.example/x"'),
        ('img src="p.jpg"', 'img src="https://report.example/en/media/p.jpg"'),
        (
            'source srcset="a.jpg, b,c.jpg 2x"',
            'source srcset="https://report.example/en/media/a.jpg, https://report.example/en/media/b,c.jpg 2x"',
        ),
        ('source srcset="javascript:x 1x, /b 640w"', 'source srcset="https://report.example/b 640w"'),
        ('source srcset="data:x,y 2x"', "source"),
        ('video poster="p.jpg"', 'video poster="https://report.example/en/media/p.jpg"'),
        ('video poster="javascript:x"', "video"),
        ('blockquote cite="/q"', 'blockquote cite="https://report.example/q"'),
        ('q cite="javascript:x"', "q"),
        ('ins cite="/c"', 'ins cite="https://report.example/c"'),
        ('track src="t.vtt"', 'track src="https://report.example/en/media/t.vtt"'),
    ],
)
def test_addresses_are_absolute_or_go(attribute: str, cleaned: str) -> None:
    result = clean(f"<{attribute}>", page=PAGE)
    assert result.partition(">")[0] == f"<{cleaned}"


@pytest.mark.parametrize(
    "address",
    [
        "JavaScript:alert(1)",
        " java\nscript:alert(1)",
        "java&#115;cript:x",
        "data:text/html,x",
        "ftp://a.example/",
        "http://[",
        "https://",
        "https://a.example:port/",
    ],
)
def test_a_link_that_leads_nowhere_leaves_its_words(address: str) -> None:
    assert clean(f'<p>See <a href="{address}"><b>this</b></a>.</p>', page=PAGE) == "<p>See <b>this</b>.</p>"


@pytest.mark.parametrize("address", ["", "#", "mailto:a@b.example", "data:image/gif;base64,R0", "file:///C:/a.jpg", "http://["])
def test_a_picture_that_cannot_load_leaves_its_alternative(address: str) -> None:
    assert clean(f'<p>A <img src="{address}" alt="snowy road">.</p>', page=PAGE) == "<p>A  snowy road .</p>"
    assert clean(f'<p>A.<img src="{address}"></p>', page=PAGE) == "<p>A.</p>"


