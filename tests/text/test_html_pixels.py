import pytest

from newsfeed.text.html_pixels import without_pixels


@pytest.mark.parametrize(
    "pixel",
    [
        '<img src="https://t.example/1" width="1" height="1">',
        "<IMG width=0 height=0 src=https://t.example/1 />",
        '<img style="width:1px; height:1px" src="https://t.example/1">',
        '<img style="display: none" src="https://t.example/1">',
        '<img style="border:0;visibility:hidden" src="https://t.example/1">',
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
        '<img src="a.jpg" width="1" height="1" style="width: 100%; height: auto">',
        '<p width="1" height="1">a</p>',
        '<!-- <img width="1" height="1"> -->',
        "a < b",
    ],
)
def test_everything_else_stays_letter_for_letter(html: str) -> None:
    assert without_pixels(html) == html
