"""A feed that names a stylesheet is plain XML to browsers, which follow it then, and a feed to all others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.conftest import Ask, rss

Write = Callable[..., Path]

STYLED = rss("Snow").replace(b"?>\n", b'?>\n<?xml-stylesheet type="text/css" href="/feed.css"?>\n', 1)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
READER = "application/rss+xml, application/atom+xml;q=0.9, text/html;q=0.1"


@pytest.mark.parametrize(
    ("document", "accept", "media_type"),
    [
        pytest.param(STYLED, BROWSER, "application/xml; charset=utf-8", id="a browser"),
        pytest.param(
            STYLED, READER, "application/rss+xml; charset=utf-8", id="a reader that takes pages too"
        ),
        pytest.param(STYLED, "*/*", "application/rss+xml; charset=utf-8", id="whoever takes anything"),
        pytest.param(STYLED, "", "application/rss+xml; charset=utf-8", id="whoever doesn't say"),
        pytest.param(rss("Snow"), BROWSER, "application/rss+xml; charset=utf-8", id="a feed without one"),
    ],
)
def test_its_media_type(document: bytes, accept: str, media_type: str, ask: Ask, write: Write) -> None:
    write("styled.rss", document)
    answer = ask("/styled.rss", accept=accept)
    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, media_type, document)
    assert ("Accept" in answer.headers["Vary"].split(", ")) is (document is STYLED)


def test_a_copy_that_is_good_says_that_it_depends_on_accept(ask: Ask, write: Write) -> None:
    write("styled.rss", STYLED)
    tag = ask("/styled.rss", accept=BROWSER).headers["ETag"]
    answer = ask("/styled.rss", accept=BROWSER, if_none_match=tag)
    assert (answer.status, "Accept" in answer.headers["Vary"].split(", ")) == (304, True)
