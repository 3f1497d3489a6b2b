"""Addresses inside HTML."""

from html import escape
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsfeed.text.html.addresses import (
    allowed,
    with_absolute_addresses,
    with_candidates,
)
from newsfeed.text.html.trusted import resolve
from newsfeed.text.url_references import _slowly, absolute, is_relative

PAGE = "https://report.example/en/story?x=1"


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("a", "https://report.example/en/a"),
        ("../a", "https://report.example/a"),
        ("a b/ə?ü|#ö", "https://report.example/en/a%20b/%C9%99?%C3%BC%7C#%C3%B6"),
        ("//b.example:8080/a?b", "https://b.example:8080/a?b"),
        ("https://a.b.c.d.example/ə", "https://a.b.c.d.example/%C9%99"),
        ("a:b", None),
        ("/a:b", "https://report.example/a:b"),
        ("../../../a", "https://report.example/a"),
        ("?y", "https://report.example/en/story?y"),
        ("#z", "https://report.example/en/story?x=1#z"),
        ("\\a", "https://report.example/a"),
        ("\\\\b.example/a?c\\d", "https://b.example/a?c%5Cd"),
        ("  https://b.example/\n a\tb ", "https://b.example/%20ab"),
        ("\xa0https://b.example/a\xa0", "https://b.example/a"),
        ("http://b.example", "http://b.example"),
        ("https://b.example:99999/", None),
        ("https:///b", None),
        ("http://[::1", None),
        ("vbscript:x", None),
        ("\x01javascript:x", None),
    ],
)
def test_absolute(address: str, uri: str | None) -> None:
    assert absolute(address, page=PAGE) == uri


@given(st.text(max_size=30))
def test_an_absolute_address_stays_as_it_is(address: str) -> None:
    uri = absolute(address, page=PAGE)
    if uri is not None:
        assert uri.isascii()
        assert uri.lower().startswith(("http://", "https://"))
        assert absolute(uri, page="https://other.example/") == uri


ADDRESSES = st.lists(
    st.sampled_from(
        [
            "/",
            "//",
            ".",
            "..",
            "a",
            "ə",
            "%20",
            "%",
            "?",
            "#",
            "&",
            "'",
            ",",
            ";",
            "[",
            "\\",
            "b.example",
            "https://",
            ":",
            " ",
            " 2x, /",
            "|",
            "\u3000",
        ]
    ),
    max_size=8,
).map("".join)

PAGES = st.sampled_from(
    [
        PAGE,
        "https://report.example",
        "http://report.example/a/../b#c",
        "https://user@report.example/",
        "https://report.example/a/b/c?d#e",
        "https://report.example/a?b=c&d='e'",
        "https://report.example:81/ə/b",
    ]
)


@given(ADDRESSES, PAGES)
def test_a_usual_address_is_resolved_quickly_as_any_other(address: str, page: str) -> None:
    quickly = absolute(address, page=page)
    _slowly.cache_clear()
    with patch("newsfeed.text.url_references._quickly", return_value=None):
        assert quickly == absolute(address, page=page)


@given(ADDRESSES, PAGES, st.sampled_from(["href", "src", "srcset"]))
@example("#a", "https://report.example/a?b=c&d='e'", "href")
@example("/a'b?c=d&e", PAGE, "src")
@example("/a,b 1x, /c 2.5x", PAGE, "srcset")
@example("/a, 1x, /c 2x", PAGE, "srcset")
def test_a_value_that_only_needs_a_prefix_becomes_what_reading_it_gives(
    address: str, page: str, name: str
) -> None:
    html = f'<p>"</p><{"a" if name == "href" else "img"} {name}="{escape(address)}" title="/a">'
    quickly = with_absolute_addresses(html, page=page), resolve(html, page=page)
    with (
        patch("newsfeed.text.html.addresses.written_prefixes", return_value={}),
        patch("newsfeed.text.html.trusted.written_prefixes", return_value={}),
    ):
        assert quickly == (with_absolute_addresses(html, page=page), resolve(html, page=page))


@given(st.text(max_size=30).map("mailto:".__add__))
def test_a_mail_address_stays_as_it_is(address: str) -> None:
    uri = allowed("a", "href", address, page=PAGE)
    assert uri is not None
    assert uri.isascii()
    assert allowed("a", "href", uri, page=PAGE) == uri


@pytest.mark.parametrize(
    ("address", "relative"),
    [
        ("a", True),
        ("a/b:c", True),
        ("//b", True),
        ("", True),
        ("x:", False),
        (" HTTP://b", False),
        ("java\nscript:", False),
    ],
)
def test_is_relative(address: str, relative: bool) -> None:
    assert is_relative(address) is relative


@pytest.mark.parametrize(
    ("html", "resolved"),
    [
        ('href="/a <a href="/a">src="/a</a>', 'href="/a <a href="https://report.example/a">src="/a</a>'),
        (
            '<p title="a href=" lang="x onclick=y">b</p><a title=" src=" href="/a">a</a>',
            '<p title="a href=" lang="x onclick=y">b</p><a title=" src=" href="https://report.example/a">a</a>',
        ),
        (
            '<p title="&lt;a href=" lang="x=y">b "</p> src="/b" <a title="&gt; " href="/a">a</a>',
            '<p title="&lt;a href=" lang="x=y">b "</p> src="/b" <a title="&gt; " href="https://report.example/a">a</a>',
        ),
        (
            '<img src="//b.example/a?b=1&amp;c=2" srcset="/a 1x, https://b.example/a 2x">',
            '<img src="https://b.example/a?b=1&amp;c=2" srcset="https://report.example/a 1x, https://b.example/a 2x">',
        ),
        ('<a href="#a">a</a>', '<a href="https://report.example/en/story?x=1#a">a</a>'),
        ('<q cite="a&quot;b">q</q>', '<q cite="https://report.example/en/a%22b">q</q>'),
        ('<a href="tel:1 2">a</a>', '<a href="tel:1%202">a</a>'),
        ('<img srcset="https://b.example/a 1x, https://b.example/a,b 2x">',) * 2,
        ('<img src="">', None),
        ('<img src="/a" srcset="data:x 1x">', None),
        ('<a href="javascript:x">a</a>', None),
    ],
)
def test_the_addresses_of_serialised_html_become_absolute(html: str, resolved: str | None) -> None:
    assert with_absolute_addresses(html, page=PAGE) == resolved


@pytest.mark.parametrize(
    ("srcset", "changed"),
    [
        ("a", "[a]"),
        (" a 1x , b 2x ", "[a] 1x, [b] 2x"),
        ("a,b", "[a,b]"),
        ("a, b", "[a], [b]"),
        ("a 1x,b 2x", "[a] 1x, [b] 2x"),
        (",,a,, b", "[a], [b]"),
        ("a 100w   50h, b", "[a] 100w 50h, [b]"),
        ("a x(1,2) 2x, b", "[a] x(1,2) 2x, [b]"),
        ("a (1, b", "[a] (1, b"),
        ("gone 1x, b 2x", "[b] 2x"),
        ("data:image/png;base64,AA 1x, b", "[data:image/png;base64,AA] 1x, [b]"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_candidates_of_a_srcset(srcset: str, changed: str) -> None:
    assert with_candidates(srcset, lambda address: None if address == "gone" else f"[{address}]") == changed


@given(st.text(alphabet="ab ,()1x\n", max_size=30))
def test_candidates_stay_the_same_when_read_again(srcset: str) -> None:
    once = with_candidates(srcset, str)
    assert with_candidates(once, str) == once
