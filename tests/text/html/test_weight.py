"""Texts that no parser should see."""

import pytest

from newsfeed.text.html.weight import is_too_heavy


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>One. <b>Two.</b> <a href='/x'>Three</a> &amp; four.</p>\n" * 10_000,
        "<p>One" * 10_000,
        "<ul>" + "<li>One" * 10_000 + "</ul>",
        "<table>" + "<tr><td>One<td>Two" * 10_000 + "</table>",
        "<div>" * 1000,
        "<div></div></div>" * 10_000,
        "a" * 1_000_000,
        "<img src='data:image/png;base64," + "A" * 1_000_000 + "'>",
    ],
)
def test_articles_however_long_are_not(html: str) -> None:
    assert not is_too_heavy(html)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000,
        "<div>" * 10_000 + "</div>" * 10_000,
        "<b></i>" * 10_000,
        "<p><b>" * 10_000,
        "<b>" * 500 + "<p>One" * 10_000,
        "&" * 200_000,
        "<p title='" + "&amp;" * 200_000 + "'>",
        "<p" + " a" * 100_000 + ">",
    ],
)
def test_what_is_built_to_be_slow_is(html: str) -> None:
    assert is_too_heavy(html)
