"""Article bodies: what stays, what goes, and where addresses lead."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.trusted import resolve
from newsfeed.text.html.words import escape, plain_text

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
        '<video controls=""><track src="https://a.example/v.vtt" kind="captions" srclang="en" label="E" default=""></video>',
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
        pytest.param(
            "<form action=/><p>a <input><button>Send</button></p></form>", "<div><p>a </p></div>", id="form"
        ),
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
        pytest.param("<video autoplay muted></video>", '<video controls="" muted=""></video>', id="autoplay"),
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
        ('source srcset=""', "source"),
        ("source srcset", "source"),
        ('video controls poster="p.jpg"', 'video controls="" poster="https://report.example/en/media/p.jpg"'),
        ('video controls poster="javascript:x"', 'video controls=""'),
        ('blockquote cite="/q"', 'blockquote cite="https://report.example/q"'),
        ('q cite="javascript:x"', "q"),
        ('ins cite="/c"', 'ins cite="https://report.example/c"'),
        ('track src="t.vtt"', 'track src="https://report.example/en/media/t.vtt"'),
    ],
)
def test_addresses_are_absolute_or_go(attribute: str, cleaned: str) -> None:
    result = clean(f"<{attribute}>a", page=PAGE)
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


@pytest.mark.parametrize(
    "address", ["", "#", "mailto:a@b.example", "data:image/gif;base64,R0", "file:///C:/a.jpg", "http://["]
)
def test_a_picture_that_cannot_load_leaves_its_alternative(address: str) -> None:
    assert clean(f'<p>A <img src="{address}" alt="snowy road">.</p>', page=PAGE) == "<p>A snowy road.</p>"
    assert clean(f'<p>A.<img src="{address}"></p>', page=PAGE) == "<p>A.</p>"


@pytest.mark.slow
@given(html_like)
def test_cleaning_again_changes_nothing(html: str) -> None:
    once = clean(html, page=PAGE)
    assert clean(once, page=PAGE) == once


@pytest.mark.slow
@given(html_like)
def test_what_is_cleaned_first_in_a_process_is_cleaned_like_all_else(html: str) -> None:
    with patch("newsfeed.text.html.cleaning._cleaned_before", count()):
        first = clean(html, page=PAGE)
    with patch("newsfeed.text.html.cleaning._cleaned_before", count(1_000)):
        assert clean(html, page=PAGE) == first


@pytest.mark.slow
@given(html_like)
def test_nothing_dangerous_gets_through(html: str) -> None:
    result = clean(html, page=PAGE).lower()
    assert not any(mark in result for mark in ("<script", "<style", "<svg", "<!--", "data:x"))
    assert 'href="/' not in result


def test_a_page_that_cannot_be_read_takes_relative_links_away() -> None:
    assert clean('<a href="x">a</a><a href="https://a.example/">b</a>', page="http://[") == (
        'a<a href="https://a.example/">b</a>'
    )


def test_threads_do_not_mix_their_pages() -> None:
    pages = [f"https://a{number}.example/" for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda page: clean('<a href="x">a</a>' * 20, page=page), pages))
    assert results == [f'<a href="{page}x">a</a>' * 20 for page in pages]


def test_a_thousand_nested_elements_stay() -> None:
    assert clean("<div>" * 1000 + "a", page=PAGE) == "<div>" * 1000 + "a" + "</div>" * 1000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        pytest.param("<div>" * 50_000 + "a &lt; b&nbsp;c", "a &lt; b&nbsp;c", id="nested"),
        pytest.param("<span>" * 30_000 + "</b>" * 30_000 + "a", "a", id="misnested"),
        pytest.param("a<script>b</script>" + "<ul><li>" * 50_000, "a", id="lists"),
        pytest.param("&" * 200_000, "&amp;" * 200_000, id="ampersands"),
        pytest.param("<" * 200_000, "&lt;" * 200_000, id="less-than signs"),
        pytest.param("<p" + " a=1" * 40_000 + ">b", "b", id="attributes"),
        pytest.param("<a href='&#" + "1" * 100_000 + ";'>b", None, id="endless number"),
        pytest.param("<div>" * 5_000 + "&#" + "1" * 100_000 + ";b", "\ufffdb", id="endless number, nested"),
    ],
)
def test_texts_that_would_keep_a_parser_busy(html: str, cleaned: str | None) -> None:
    started = time.process_time()
    result = clean(html, page=PAGE)
    plain_text(html)
    resolve(html, page=PAGE)
    assert time.process_time() - started < 10
    assert cleaned is None or result == cleaned
    assert clean(result, page=PAGE) == result


@pytest.mark.parametrize(
    ("html", "resolved"),
    [
        ("<A HREF=b Class='x'>t</A>", "<A HREF=\"https://report.example/en/media/b\" Class='x'>t</A>"),
        ("<a href='#n&amp;m'>", '<a href="https://report.example/en/media/story#n&amp;m">'),
        ("<img\n src = '//m.example/p' >", '<img\n src = "https://m.example/p" >'),
        (
            "<img srcset='a 1x,https://b.example/c 2x'>",
            '<img srcset="https://report.example/en/media/a 1x, https://b.example/c 2x">',
        ),
        (
            "<iframe src=/embed/1 onload='x()'></iframe>",
            "<iframe src=\"https://report.example/embed/1\" onload='x()'></iframe>",
        ),
        ("<noscript><img src=/p></noscript>", '<noscript><img src="https://report.example/p"></noscript>'),
        ("a\x01b", "ab"),
        (
            '<img class=lazy src="blank.gif" data-src="/p.jpg" data-srcset="/p2.jpg 2x">',
            (
                '<img srcset="https://report.example/p2.jpg 2x" class=lazy src="https://report.example/p.jpg"'
                ' data-src="/p.jpg" data-srcset="/p2.jpg 2x">'
            ),
        ),
        (
            '<img src="blank.gif" data-srcset="/p.jpg 1x, /p2.jpg 2x"><noscript><img src="/p2.jpg"></noscript>',
            (
                '<img srcset="https://report.example/p.jpg 1x, https://report.example/p2.jpg 2x"'
                ' src="https://report.example/p.jpg" data-srcset="/p.jpg 1x, /p2.jpg 2x">'
            ),
        ),
        (
            '<img data-src="/p.jpg" alt=A><noscript><img src="/p.jpg" alt=A></noscript><!-- c -->',
            '<img src="https://report.example/p.jpg" data-src="/p.jpg" alt=A><!-- c -->',
        ),
    ],
)
def test_resolve(html: str, resolved: str) -> None:
    assert resolve(html, page=PAGE) == resolved


@pytest.mark.parametrize(
    "html",
    [
        "<a href=\"javascript:x()\" >a</a><img src='data:image/gif;base64,R0'><a href=mailto:a@b.example>",
        "<a href='https://a.example/ə x'>",
        "<img srcset='https://a.example/1,   https://a.example/2 2x'>",
        "<!-- <a href=/x> --><![CDATA[ <a href=/x> ]]><?x <a href=/x> ?>",
        "<script>'<a href=/x>'</script><style><a href=/x></style><textarea><a href=/x></textarea>",
        "<a href><a href=><img src=' '><p title='<a href=/x>'><a href='/x",
        '<p onclick="a<b" style=\'x\'>1 < 2 && "3" & &copy; </P ></br/>',
        "<svg><use href='#icon'/></svg>",
    ],
)
def test_resolve_leaves_the_rest_letter_by_letter(html: str) -> None:
    assert resolve(html, page=PAGE) == html


@given(html_like)
def test_resolving_again_changes_nothing(html: str) -> None:
    once = resolve(html, page=PAGE)
    assert resolve(once, page=PAGE) == once


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Trade</h2><p>Up <b>5</b>%<br>since&#32;May</p>", "Trade Up 5% since May"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<table><tr><td>a<td>b</table>", "a b"),
        ("a<b>b</b>c", "abc"),
        ("a &amp;lt; b &amp; c", "a &lt; b & c"),
        ("  a \n\t b\u2028c ", "a b c"),
        ("10&nbsp;000", "10\xa0000"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", "a b"),
        ("a<script>b</script><style>c</style><!-- d --><button>e</button>", "a"),
        ("<video>no video</video><img alt=x>a", "a"),
        ("a&#1;b\ud800", "ab"),
        ("<p title='a>b' lang=en>c", "c"),
        ("", ""),
    ],
)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.slow
@given(html_like)
def test_plain_text_is_one_line_of_clean_words(html: str) -> None:
    text = plain_text(html)
    assert text == text.strip()
    assert "  " not in text
    assert len(text.splitlines()) <= 1


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\ufffe\uffff")
    )
)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert plain_text(escape(text)) == text


def test_byte_order_marks_go() -> None:
    assert clean("<p>\ufeffSn&#xFEFF;ow</p>", page="https://paper.example/") == "<p>Snow</p>"
    assert plain_text("<p>\ufeffSn&#xFEFF;ow</p>") == "Snow"
