"""Blocks that feeds don't carry stay blocks, and players can be used."""

import pytest

from newsfeed.text.html.cleaning import clean

PAGE = "https://paper.example/en/story"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<center>One</center><CENTER class='a>b'>Two</CENTER>", "<div>One</div><div>Two</div>"),
        (
            "<form><fieldset><legend>Vote</legend>Now</fieldset></form>",
            "<div><div><div>Vote</div>Now</div></div>",
        ),
        ("<menu><li>One</li></menu><dir><li>Two</li></dir>", "<ul><li>One</li></ul><ul><li>Two</li></ul>"),
        ("<centers>a</centers>", "a"),
    ],
)
def test_words_stay_apart(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            "<p>a</p><form><p><input name=q><select><option>1</select></p><button>OK</button></form><p>b</p>",
            "<p>a</p><p>b</p>",
        ),
        ("<form><label>Mail</label><input></form>", "<div>Mail</div>"),
        (
            "<form><img src=/a.jpg><button>OK</button></form>",
            '<div><img src="https://paper.example/a.jpg"></div>',
        ),
        ("<form><ul><li><input type=checkbox> Snow</li></ul></form>", "<div><ul><li>☐  Snow</li></ul></div>"),
        (
            "<form><amp-img src=/a.jpg></amp-img><input></form>",
            '<div><img src="https://paper.example/a.jpg"></div>',
        ),
        ("a <form><button>OK", "a <div></div>"),
    ],
)
def test_a_form_leaves_its_words_or_nothing(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<audio src="/a.mp3"></audio>', '<audio controls="" src="https://paper.example/a.mp3"></audio>'),
        (
            '<VIDEO autoplay loop src="/a.mp4"></VIDEO>',
            '<video controls="" loop="" src="https://paper.example/a.mp4"></video>',
        ),
        (
            '<audio src="/a.mp3" controls="controls"></audio>',
            '<audio src="https://paper.example/a.mp3" controls="controls"></audio>',
        ),
    ],
)
def test_players_have_controls(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<a class="play" href="#"></a>', ""),
        ('<a href="/s"> </a>', ""),
        ('<a href="/s" title="Share"></a>', '<a href="https://paper.example/s" title="Share">Share</a>'),
        (
            '<a data-pin-do="embedPin" href="https://pins.example/pin/1/"></a>',
            '<a href="https://pins.example/pin/1/">pins.example</a>',
        ),
        (
            '<a href="/s"><img src="/a.jpg"></a>',
            '<a href="https://paper.example/s"><img src="https://paper.example/a.jpg"></a>',
        ),
    ],
)
def test_links_have_words_or_go(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned
