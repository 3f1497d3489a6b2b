"""Tags and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.html.tags import start_tags, tags


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("a<p>b</p>", ["<p>", "</p>"]),
        ("<a title='1 > 0'>", ["<a title='1 > 0'>"]),
        ("</p title='>'>x", ["</p title='>'>"]),
        ("1 < 2 <3 <", []),
        (
            "<!-->a<!--->b<!-- > -->c<!-- x --!>d<!-- y",
            ["<!-->", "<!--->", "<!-- > -->", "<!-- x --!>", "<!-- y"],
        ),
        ("<![CDATA[ > ]]>a", ["<![CDATA[ > ]]>"]),
        ("<!DOCTYPE html><?x?></ y>", ["<!DOCTYPE html>", "<?x?>", "</ y>"]),
        ("<script><p></SCRIPT >a", ["<script>", "<p>", "</SCRIPT >"]),
        ("<script></scripts>", ["<script>", "</scripts>"]),
        ("<title><b>", ["<title>", "<b>"]),
        ("<p a='", ["<p a='"]),
        ("<br/><br / >", ["<br/>", "<br / >"]),
    ],
)
def test_pieces(html: str, pieces: list[str]) -> None:
    assert [html[tag.start : tag.end] for tag in tags(html)] == pieces


@pytest.mark.parametrize(
    ("html", "attributes"),
    [
        ("<a b=c>", [("b", "c")]),
        ("<a B = 'c d' e>", [("b", "c d"), ("e", "")]),
        ("<a/b=c/d>", [("b", "c/d")]),
        ('<a b="c"d=e>', [("b", "c"), ("d", "e")]),
        ("<a =b>", [("=b", "")]),
        ("<a b=>", [("b", "")]),
        ("<a b=c'd\">", [("b", "c'd\"")]),
        ("<a b='&amp;&lt;&#65;&#x42;'>", [("b", "&<AB")]),
        ("<a b='?x&copy=1&copy;&copy&copyx&amp'>", [("b", "?x&copy=1©©&copyx&")]),
        ("<a b='&nosuch; & &#'>", [("b", "&nosuch; & &#")]),
    ],
)
def test_attributes(html: str, attributes: list[tuple[str, str]]) -> None:
    (tag,) = tags(html)
    assert [(attribute.name, attribute.value) for attribute in tag.attributes] == attributes


@pytest.mark.parametrize(
    ("html", "written"), [("<a b='c' d>", "'c'"), ("<a b=c>", "c"), ('<a b = "c">', '"c"')]
)
def test_values_stand_where_they_say(html: str, written: str) -> None:
    (tag,) = tags(html)
    first = tag.attributes[0]
    assert html[first.start : first.end] == written


@given(st.text(alphabet="<>/!-?abAB='\" &;[]\n", max_size=40))
def test_pieces_follow_each_other(html: str) -> None:
    position = 0
    for tag in tags(html):
        assert position <= tag.start <= tag.end <= len(html)
        position = tag.end


_MARKUP = [
    "<img",
    "<a",
    "<script>",
    "</script>",
    "<title",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "</p",
    "<IMG src=x>",
    "<a-b",
    "<aa ",
]


@given(
    st.lists(st.sampled_from(_MARKUP) | st.text(alphabet="<>/!-?aA='\" x\n", max_size=4), max_size=12).map(
        "".join
    )
)
def test_some_start_tags_are_those_among_all(html: str) -> None:
    names = frozenset({"a", "img", "script"})
    assert list(start_tags(html, names)) == [
        tag for tag in tags(html) if tag.name in names and not tag.closes
    ]
