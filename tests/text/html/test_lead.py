"""Summaries made of how an article begins: `leads.toml` has what articles begin with beside what is made of it."""

import re
import time
import tomllib
import unicodedata
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.html.summary.lead import Lead, lead
from newsfeed.text.html.words import plain_text
from newsfeed.text.xml_characters import without_forbidden

LEADS = tomllib.loads(Path(__file__).with_name("leads.toml").read_text(encoding="utf-8"))["lead"]


@pytest.mark.parametrize("row", LEADS, ids=[row["kind"] for row in LEADS])
def test_leads(row: dict[str, Any]) -> None:
    language, title, authors = row.get("language", "en"), row.get("title", ""), row.get("authors", ())
    made = lead(row["html"], language=language, title=title, authors=authors)
    expected = Lead(row["summary"], row.get("whole", False)) if "summary" in row else None
    assert made == expected


_PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<P CLASS=byline>",
            "<h2>",
            "</h2>",
            "<ul>",
            "</ul>",
            "<li>",
            "</li>",
            "<br>",
            "<td",
            "<b>",
            "</b>",
        ),
        *(
            "<a href='#1'>",
            "</a>",
            "<sup>",
            "</sup>",
            "<figure>",
            "</figure>",
            "<figcaption>",
            "<script>",
            "</script>",
        ),
        *(
            "<iframe/>",
            "<div class='credit' title='a>b",
            "'>",
            '"',
            "<!--",
            "-->",
            "<!--more-->",
            "<math>",
            "</math>",
            "<s>",
        ),
        *(
            "[gallery ids=1]",
            "[^1]",
            "{% x %}",
            "&amp;",
            "&#1;",
            "&#x",
            "\n",
            "\0",
            ". ",
            ": ",
            "Dr. ",
            "。",
            "؟",
            "word ",
            "ي",
        ),
        *("A sentence of several words, with a full stop. ", "Another one without"),
    ]
)
_HTML = st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=40).map("".join).map(without_forbidden)


@pytest.mark.slow
@given(_HTML, st.sampled_from(["en", "ja", "ar", "th"]))
def test_a_lead_is_a_line_of_the_words_of_the_article_in_their_order(html: str, language: str) -> None:
    made = lead(html, language=language, title="word", authors=["Another"])
    if made is None:
        return
    assert 0 < len(made.text) <= 301
    assert made.text == made.text.strip()
    assert len(made.text.splitlines()) == 1
    assert made.text == without_forbidden(made.text)
    written = iter(_signs(html))
    assert all(sign in written for sign in _signs(made.text))


def _signs(text: str) -> list[str]:
    return re.findall(r"\w", unicodedata.normalize("NFKC", without_forbidden(unescape(text))).lower())


@pytest.mark.slow
@given(_HTML)
def test_a_text_that_has_words_has_a_lead(html: str) -> None:
    assert (lead(html, language="en") is not None) or not plain_text(html)


def test_reading_stops_where_there_is_enough() -> None:
    sentence = "The ferry to the islands sails again on Friday. "
    begun = time.process_time()
    made = lead(f"<p>{sentence * 5}</p>" * 100_000, language="en")
    assert time.process_time() - begun < 0.1
    assert made == Lead((sentence * 5).strip(), is_whole=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "<p",
            "<p>",
            "<li>",
            "<ul>",
            "<ul><li>",
            "<b>",
            "<s>",
            "<s><del>",
            "<sup>",
            "<a href=#",
            "<a href='#'>",
            "<div class='",
        ),
        *(
            "<figure>",
            "<figcaption class=x>",
            "<p class=credit>",
            "<span class=credit>",
            "<!--",
            "<!--x-->",
            "<!--more-->",
            "<math>",
        ),
        *(
            "[",
            "[a =",
            "[caption]",
            "{%",
            "{{",
            "&#",
            "&#1",
            "<script>",
            "<iframe>",
            "<q>",
            "<q>a</q>",
            "<img class=emoji alt=",
            '="',
            "='",
        ),
        *(
            "<ol>x",
            "<p class=credit>x",
            "<b>x</b>",
            "<a>x</a>",
            "<x class",
            "< class",
            "Dr. ",
            ": ",
            "\n",
            "a\u0301",
            "<strong><b>",
        ),
    ],
)
def test_time_is_linear(piece: str) -> None:
    begun = time.process_time()
    lead(piece * (200_000 // len(piece)), language="en", title="x", authors=["x"])
    assert time.process_time() - begun < 3
