"""Pictures that nobody sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.html.pixels import is_pixel, without_pixels
from newsfeed.text.html.tags import tags


@pytest.mark.parametrize(
    "pixel",
    [
        '<img src="https://t.example/1" width="1" height="1">',
        "<IMG width=0 height=0 src=https://t.example/1 />",
        '<img style="width:1px; height:1px" src="https://t.example/1">',
        '<img style="display: none" src="https://t.example/1">',
        '<img src="https://t.example/1" alt="" height="1px" width=" 1.0PX " />',
        '<img width="&#49;" height="1">',
        '<img style="border:0;visibility:hidden" src="https://t.example/1">',
        '<img style="position:absolute; left:-9999px;" src="https://t.example/1">',
        '<img hidden src="https://t.example/1">',
        '<img src="https://t.example/1" hidden="">',
    ],
)
def test_a_picture_that_nobody_sees_is_taken_out(pixel: str) -> None:
    assert without_pixels(f"<p>a{pixel}b</p>") == "<p>ab</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.jpg">',
        '<img src="a.jpg" width="1" height="100">',
        '<img src="a.jpg" width="11" height="1">',
        '<img class="wide" src="a.jpg" alt="" width="1280" height="1" />',
        '<img src="a.jpg" width="1" height="1" style="width: 100%; height: auto">',
        '<img style="margin-left: -100px; top: 0" src="a.jpg">',
        '<p width="1" height="1">a</p>',
        '<!-- <img width="1" height="1"> -->',
        "a < b",
    ],
)
def test_everything_else_stays_letter_for_letter(html: str) -> None:
    assert without_pixels(html) == html


_PIECES = [
    *["<img", "<IMG", "<p", " ", "/", ">", "/>", '"', "'", "=", "a", "1", "<!--", "-->", "<script>", "\n"],
    *[
        ' width="1"',
        ' width="10"',
        ' WIDTH="0"',
        " width=1",
        ' width="&#49;"',
        ' width=" 1.0px"',
        ' height="1"',
    ],
    *[
        ' style="',
        "width:1px;height:0",
        'display:none"',
        ' alt="',
        ' src="a"',
        ' data-width="1"',
        " ſtyle=",
        " hidden",
        ' hidden=""',
        "left:-999px",
    ],
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_a_glance_overlooks_no_picture(html: str) -> None:
    pixels = [
        tag
        for tag in tags(html)
        if tag.name == "img" and not tag.closes
        if is_pixel({attribute.name: attribute.value for attribute in reversed(tag.attributes)})
    ]
    assert len(without_pixels(html)) == len(html) - sum(tag.end - tag.start for tag in pixels)
