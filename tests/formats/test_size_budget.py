"""Documents of no more than so many bytes: the oldest entries go first, and no more of them than must."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed import Article, Feed, FeedRule, InvalidValue, Newsroom, Site
from newsfeed.formats import size_budget
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.size_budget import Fitted
from newsfeed.formats.writing import render
from newsfeed.model.feed import FeedData

SITE = Site(
    title="Report", url="https://report.example/", languages=["en"], feeds=[FeedRule(path="all", limit=5000)]
)
FIRST = datetime(2025, 12, 1, tzinfo=UTC)

Make = Callable[..., Any]


def fit(feed: FeedData, form: str, max_bytes: int) -> Fitted:
    return size_budget.fit(feed, form, max_bytes, RenderCache())


def feed_of(*lengths: int) -> Feed:
    """A feed of articles of so many letters, newest first."""
    articles = [
        Article(
            language="en",
            title=f"Article {number}",
            url=f"https://report.example/{number}",
            published=FIRST - timedelta(hours=number),
            content=f"<p>{'x' * length}</p>",
        )
        for number, length in enumerate(lengths)
    ]
    return Newsroom(SITE, articles, as_of=FIRST).feed("all")


def titles(entries: Any) -> list[int]:
    return [int(entry.title.removeprefix("Article ")) for entry in entries]


def size(feed: Feed, form: str, *numbers: int) -> int:
    """How many bytes the document has with these entries only."""
    entries = tuple(feed.entries[number] for number in numbers)
    return len(msgspec.structs.replace(feed, entries=entries).render(form))


FORMS = pytest.mark.parametrize("form", ["rss", "atom", "json"])


@FORMS
class TestFitting:
    def test_a_feed_that_fits_is_left_as_it_is(self, form: str) -> None:
        feed = feed_of(10, 10)
        fitted = fit(feed, form, size(feed, form, 0, 1))
        assert fitted.feed is feed
        assert (fitted.document, fitted.left_out, fitted.fits) == (feed.render(form), (), True)

    def test_one_byte_less_costs_the_oldest(self, form: str) -> None:
        feed = feed_of(10, 10, 10)
        fitted = fit(feed, form, size(feed, form, 0, 1, 2) - 1)
        assert (titles(fitted.feed.entries), titles(fitted.left_out)) == ([0, 1], [2])
        assert fitted.document == render(fitted.feed, form)

    def test_as_many_stay_as_have_room(self, form: str) -> None:
        feed = feed_of(*[100] * 40)
        assert titles(fit(feed, form, size(feed, form, *range(17))).feed.entries) == [*range(17)]

    def test_a_giant_costs_nobody_else_its_place(self, form: str) -> None:
        feed = feed_of(10, 90_000, 10, 10)
        fitted = fit(feed, form, 20_000)
        assert (titles(fitted.feed.entries), titles(fitted.left_out)) == ([0, 2, 3], [1])

    def test_nothing_but_giants(self, form: str) -> None:
        fitted = fit(feed_of(*[90_000] * 5), form, 20_000)
        assert (titles(fitted.feed.entries), fitted.fits) == ([], True)

    def test_not_even_the_head_has_room(self, form: str) -> None:
        fitted = fit(feed_of(10, 10), form, 50)
        assert (titles(fitted.feed.entries), titles(fitted.left_out), fitted.fits) == ([], [0, 1], False)

    @pytest.mark.slow
    def test_a_document_is_rendered_a_handful_of_times(self, form: str) -> None:
        feed = feed_of(*[10] * 1000)
        with patch.object(Feed, "render", autospec=True, side_effect=Feed.render) as render:
            fitted = fit(feed, form, 100_000)
        assert 0 < len(fitted.feed.entries) < 1000
        assert render.call_count < 16

    @pytest.mark.slow
    @given(lengths=st.lists(st.integers(0, 3000), max_size=12), most=st.integers(0, 20_000))
    def test_laws(self, form: str, lengths: list[int], most: int) -> None:
        feed = feed_of(*lengths)
        fitted = fit(feed, form, most)
        kept, left_out = titles(fitted.feed.entries), titles(fitted.left_out)
        assert sorted([*kept, *left_out]) == [*range(len(lengths))]
        assert kept == sorted(kept)
        assert left_out == sorted(left_out)
        assert fitted.document == render(fitted.feed, form)
        assert fitted.fits == (len(fitted.document) <= most)
        assert fitted.fits or not kept
        if left_out and fitted.fits:
            could = [number for number in left_out if size(feed, form, number) <= most]
            # who has room alone, and was left out, is older than all that stayed
            assert not kept or all(number > max(kept) for number in could)
            assert not could or size(feed, form, *kept, could[0]) > most


def test_an_unknown_format() -> None:
    with pytest.raises(InvalidValue):
        fit(feed_of(10), "xml", 100)
