"""Texts of the classic editor: paragraphs as WordPress makes them."""

import pytest

from newsfeed.sources.wordpress.paragraphs import with_paragraphs
from newsfeed.sources.wordpress.shortcodes import with_shortcodes_shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One line", "<p>One line</p>\n"),
        ("<p>Its own</p>", "<p>Its own</p>"),
        ("a\r\n\r\n\r\nb", "<p>a</p>\n<p>b</p>\n"),
        ("<div>\na\n\nb\n</div>\nc", "<div>\n<p>a</p>\n<p>b</p>\n</div>\n<p>c</p>\n"),
        (
            "<blockquote>Cold.</blockquote>\nSaid <em>he</em>",
            "<blockquote><p>Cold.</p>\n</blockquote>\n<p>Said <em>he</em></p>\n",
        ),
        ("<pre>a\n\nb</pre>\n\nc", "<pre>a\n\nb</pre>\n<p>c</p>\n"),
        ("<p>a\nb</p>", "<p>a<br />\nb</p>"),
        ("a\n<h3>B</h3>\nc", "<p>a</p>\n<h3>B</h3>\n<p>c</p>\n"),
        ("a\n\n<hr />\n\nb", "<p>a</p>\n<hr />\n<p>b</p>\n"),
        (
            "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
            "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
        ),
        ("a\n\n<!--nextpage-->\n\nb", "<p>a</p>\n<!--nextpage-->\n<p>b</p>\n"),
    ],
)
def test_paragraphs(text: str, html: str) -> None:
    assert with_paragraphs(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "[youtube 1234567]",
            '<p><a href="https://www.youtube.com/watch?v=1234567">https://www.youtube.com/watch?v=1234567</a></p>',
        ),
        (
            '[audio mp3="https://a.example/a.mp3"][/audio]',
            '<audio controls src="https://a.example/a.mp3"></audio>',
        ),
        (
            '[caption caption="Ice"]<a href="x"><img src="y"></a>[/caption]',
            '<figure><a href="x"><img src="y"></a><figcaption>Ice</figcaption></figure>',
        ),
        ('[gallery columns="3"]', '[gallery columns="3"]'),
        ("The mayor [sic] spoke.", "The mayor [sic] spoke."),
    ],
)
def test_shortcodes(text: str, html: str) -> None:
    assert with_shortcodes_shown(text) == html


@pytest.mark.parametrize(
    "unit",
    ['<p "', "<div>\n", "<div></p>\n", "[code]x", '[gallery "', "[caption]", "\n ", "<!--", "<!-- a\n\n"],
)
def test_texts_that_never_end_take_no_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert len(with_paragraphs(with_shortcodes_shown(text))) >= len(text.strip())
