"""One address for all formats, by choice: what the client's `Accept` makes of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import Ask, asking

from newsfeed.web.folder import PublishedFolder
from newsfeed.web.negotiation import suffixes_by_preference

RSS, ATOM, JSON = "all.rss", "all.atom", "all.json"


@pytest.fixture
def ask(public: Path) -> Ask:
    return asking(PublishedFolder(public), negotiate=True)


@pytest.mark.parametrize(
    ("accept", "document"),
    [
        (None, RSS),
        ("", RSS),
        ("*/*", RSS),
        ("application/*", RSS),
        ("application/rss+xml", RSS),
        ("application/atom+xml", ATOM),
        ("application/feed+json", JSON),
        ("application/json", JSON),
        ("APPLICATION/ATOM+XML", ATOM),
        ("application/xml", RSS),
        ("text/xml", RSS),
        ("application/atom+xml, application/rss+xml", RSS),
        ("application/rss+xml;q=0.8, application/atom+xml", ATOM),
        ("application/rss+xml;q=0, */*", ATOM),
        ("application/feed+json, */*;q=0.1", JSON),
        ("application/*;q=0.1, application/atom+xml;q=0.2", ATOM),
        ("application/atom+xml; charset=utf-8; q=0.9, application/rss+xml;q=0.8", ATOM),
        # What browsers say: there is no page of this name, and XML comes next
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", RSS),
        # Nothing that fits: a subscriber is better off with a feed than with 406
        ("image/png", RSS),
        ("application/rss+xml;q=0, application/atom+xml;q=0", JSON),
    ],
)
def test_which_document(ask: Ask, accept: str | None, document: str) -> None:
    answer = ask("/en/all") if accept is None else ask("/en/all", accept=accept)
    assert answer.status == 200
    assert answer.headers["Content-Location"] == document
    assert answer.headers["Vary"].startswith("Accept, Accept-Encoding")
    assert answer.body == ask(f"/en/{document}").body


def test_a_page_for_browsers(ask: Ask) -> None:
    assert ask("/en/latest", accept="text/html, */*;q=0.1").headers["Content-Location"] == "latest.html"
    assert ask("/en/latest", accept="text/plain").headers["Content-Location"] == "latest.txt"


def test_an_address_with_a_suffix_asks_for_that(ask: Ask) -> None:
    answer = ask("/en/all.rss", accept="application/atom+xml")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert "Content-Location" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding, A-IM"


@pytest.mark.parametrize("path", ["/en/", "/en/nothing", "/"])
def test_nothing_is_made_up(ask: Ask, path: str) -> None:
    assert "Content-Location" not in ask(path).headers


def test_it_is_a_choice(public: Path) -> None:
    assert asking(PublishedFolder(public))("/en/all").status == 404


def test_each_format_has_a_tag_of_its_own(ask: Ask) -> None:
    tag = ask("/en/all", accept="application/atom+xml").headers["ETag"]
    assert ask("/en/all", accept="application/atom+xml", if_none_match=tag).status == 304
    assert ask("/en/all", accept="application/rss+xml", if_none_match=tag).status == 200


@given(st.text())
def test_whatever_stands_there_every_format_has_its_place(accept: str) -> None:
    assert sorted(suffixes_by_preference(accept)) == [".atom", ".html", ".json", ".rss", ".txt"]
