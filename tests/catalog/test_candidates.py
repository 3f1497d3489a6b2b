"""Newest keeps the newest, however they come."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.articles import PLAIN_SITE

from newsfeed import Article, Place
from newsfeed.catalog.candidates import Newest, rank_of
from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.catalog.placed_candidates import candidate_of
from newsfeed.model.sourced_article import SourcedArticle

NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)


def article(name: str, minutes: int = 0, **values: Any) -> Article:
    url = f"https://report.example/{name}"
    return Article(
        language="en", title=name, url=url, id=url, published=NOON + timedelta(minutes=minutes), **values
    )


def located(told: Article, source: bytes = b"") -> SourcedArticle:
    return SourcedArticle(told, Place(), source)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), unique=True, max_size=60), st.integers(1, 9)
)
def test_the_newest_ties_by_id(told: list[tuple[int, int]], limit: int) -> None:
    articles = [article(f"{number:02}", minutes) for minutes, number in told]
    newest = newest_of(articles, limit)
    in_order = sorted(articles, key=lambda one: (-one.published.timestamp(), one.id))
    assert [kept.article for kept in newest.in_order()] == in_order[:limit]


@pytest.mark.parametrize(
    "minutes", [(1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1), (1, 2, 3, 6, 5, 4), (4, 5, 6, 1, 2, 3)]
)
def test_whatever_the_order(minutes: tuple[int, ...]) -> None:
    newest = newest_of([article(f"a{number}", number) for number in minutes], 2)
    assert [kept.article.title for kept in newest.in_order()] == ["a6", "a5"]
    assert [kept.article.title for kept in newest.in_order()] == ["a6", "a5"]


def test_what_is_too_old_is_not_wanted() -> None:
    newest = newest_of([article("a", 1), article("b", 2), article("c", 3)], 1)
    assert rank_of(article("d", 4)) < newest.worst < rank_of(article("d", 2))


def newest_of(articles: list[Article], limit: int) -> Newest:
    newest = Newest(limit)
    for one in articles:
        rank = rank_of(one)
        if rank < newest.worst:
            newest.add(candidate_of(located(one), rank, PLAIN_SITE))
    return newest


@pytest.mark.parametrize(
    ("first", "second", "are_equal"),
    [
        pytest.param(located(article("a")), located(article("a")), True, id="the same values"),
        pytest.param(located(article("a")), located(article("a", rights="©")), False, id="other values"),
        pytest.param(located(article("a"), b"{1}"), located(article("b"), b"{1}"), True, id="the same bytes"),
        pytest.param(located(article("a"), b"{1}"), located(article("a"), b"{2}"), False, id="other bytes"),
    ],
)
def test_digests(first: SourcedArticle, second: SourcedArticle, are_equal: bool) -> None:
    digests = [candidate_of(one, (0.0, ""), PLAIN_SITE).digest for one in (first, second)]
    assert (digests[0] == digests[1]) is are_equal


def test_the_senior_term_was_published_first_whatever_the_order() -> None:
    told = [("b", ["Snow", "Rain"], 5.0), ("a", ["Hail"], 5.0), ("c", ["Rain", "Fog"], 3.0)]
    for order in permutations(told):
        seniority = FirstSeen()
        for name, terms, when in order:
            seniority.note("topic", terms, "en", (-when, name))
        assert seniority.terms("topic", "en") == ["Rain", "Fog", "Hail", "Snow"]
        assert seniority.terms("topic", "az") == seniority.terms("author", "en") == []
