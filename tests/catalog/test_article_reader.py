"""Articles are read one by one, twice at most, and the outcome is that of reading them all at once."""

import weakref
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.articles import AS_OF, PLAIN_SITE, articles

from newsfeed import Article, Category, FeedRule, Newsroom, Place, Site
from newsfeed.catalog.conflicts import one_for_each_edition, one_for_each_id
from newsfeed.catalog.repairs import repaired
from newsfeed.model.facets import facets_of, fits
from newsfeed.model.sourced_article import SourcedArticle

pytestmark = pytest.mark.slow

Make = Callable[..., Any]


class Read:
    """Articles that can be read anew; it counts how often they are."""

    def __init__(self, *made: Article) -> None:
        self.made = made
        self.times = 0

    def __iter__(self) -> Iterator[Article]:
        self.times += 1
        yield from self.made


def read_at_once(made: list[Article], site: Site) -> list[Article]:
    """The live articles, by the book."""
    located = [
        SourcedArticle(repaired(one, site, Place())[0], Place(record=number))
        for number, one in enumerate(made, 1)
    ]
    accepted, _ = one_for_each_id(located)
    live, _ = one_for_each_edition(
        one for one in accepted if not one.article.withdrawn and one.article.published <= AS_OF
    )
    return sorted((one.article for one in live), key=lambda one: (-one.published.timestamp(), one.id or ""))


SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "ar", "az"],
    categories=[Category(term=f"term-{number}") for number in range(60)],
    feeds=[
        FeedRule(path="{language}/all", limit=2),
        FeedRule(path="{category}/{year}", limit=1),
        FeedRule(path="photos", where={"flag": "photo", "language": ["en", "az"]}),
    ],
)
few_ids = st.none() | st.sampled_from(["urn:test:a", "urn:test:b", "urn:test:c"])


@st.composite
def conflicting(draw: st.DrawFn) -> Article:
    """Articles of which many have one id, or are two editions of one story."""
    made = draw(articles)
    values = {name: getattr(made, name) for name in made.__struct_fields__}
    values |= {"id": draw(few_ids), "withdrawn": draw(st.sampled_from([False, False, True]))}
    return Article(**values)


@given(st.lists(conflicting(), max_size=6))
def test_streamed_equals_read_at_once(made: list[Article]) -> None:
    room = Newsroom(SITE, Read(*made), as_of=AS_OF)
    live = read_at_once(made, SITE)
    assert list(room.articles) == live
    assert room.catalog.live == len(live)
    for planned in room.plan.feeds.values():
        wanted = {axis: (term,) for axis, term in planned.terms.items()} | planned.rule.conditions
        fitting = [one for one in live if fits(facets_of(one, SITE), wanted)]
        assert [carried.article for carried in planned.carried] == fitting[: planned.rule.limit]


@given(st.lists(conflicting(), max_size=6))
def test_every_entry_knows_the_live_editions_of_its_story(made: list[Article]) -> None:
    room = Newsroom(SITE, Read(*made), as_of=AS_OF)
    live = read_at_once(made, SITE)
    for language in SITE.languages:
        for entry in room.feed(f"{language}/all").entries:
            others = {one.language: one.headline for one in live if entry.story and one.story == entry.story}
            others.pop(entry.language, None)
            assert {edition.language: edition.title for edition in entry.translations} == others


@given(st.lists(conflicting(), max_size=6), st.sampled_from(["term-0", "term-1"]), st.integers(1, 3))
def test_select_finds_what_no_feed_carries(made: list[Article], category: str, limit: int) -> None:
    room = Newsroom(SITE, Read(*made), as_of=AS_OF)
    feed = room.select(category=category, limit=limit)
    fitting = [one.id for one in read_at_once(made, SITE) if category in one.categories]
    assert [entry.id for entry in feed.entries] == fitting[:limit]


def test_articles_are_read_once_where_nothing_conflicts(article: Make) -> None:
    source = Read(article("snow", story="s"), article("qar", language="az", story="s"), article("rain"))
    room = Newsroom(PLAIN_SITE, source, as_of=AS_OF)
    assert [edition.title for entry in room.feed("en/all").entries for edition in entry.translations] == [
        "About qar"
    ]
    assert source.times == 1


@pytest.mark.parametrize(
    "second",
    [{"id": "https://report.example/en/snow"}, {"story": "s"}],
    ids=["with its id", "of its story in its language"],
)
def test_and_twice_where_two_conflict(second: dict[str, Any], article: Make) -> None:
    source = Read(article("snow", story="s"), article("sleet", **second), article("rain"))
    room = Newsroom(PLAIN_SITE, source, as_of=AS_OF)
    assert len(room.feed("en/all").entries) == 2
    assert [finding.severity for finding in room.findings] == ["error"]
    assert source.times == 2


def test_and_twice_where_an_edition_is_carried_nowhere(article: Make, noon: Any) -> None:
    site = Site(
        title="Report",
        url="https://report.example/",
        languages=["en", "az"],
        feeds=[FeedRule(path="{language}/all", limit=1)],
    )
    old = [article(f"a{number}", language="az", published=noon - timedelta(days=1), story=f"s{number}") for number in range(9)]  # fmt: skip
    source = Read(*old, article("new", language="az"), article("snow", story="s4"))
    room = Newsroom(site, source, as_of=AS_OF)
    for path in ("en/all", "az/all"):
        assert len(room.feed(path).entries) == 1
    (english,) = room.feed("en/all").entries
    assert [edition.title for edition in english.translations] == ["About a4"]
    assert source.times == 2


def test_what_no_feed_carries_is_let_go(article: Make, noon: Any) -> None:
    site = Site(
        title="R", url="https://report.example/", languages=["en"], feeds=[FeedRule(path="all", limit=3)]
    )
    alive: weakref.WeakSet[Any] = weakref.WeakSet()
    most = 0

    class Content(str):
        """Text that can be watched."""

        __slots__ = ("__weakref__",)

    class Streamed:
        def __iter__(self) -> Iterator[Article]:
            nonlocal most
            for number in range(500):
                content = Content(f"<p>{number}</p>")
                alive.add(content)
                told = article(f"a{number}", published=noon + timedelta(minutes=number))
                yield Article(**{name: getattr(told, name) for name in told.__struct_fields__} | {"extra": {"watched": content}})  # fmt: skip
                del content, told
                most = max(most, len(alive))

    room = Newsroom(site, Streamed(), as_of=AS_OF)
    assert len(room.feed("all").entries) == 3
    assert most < 12


def test_an_iterator_is_kept(article: Make) -> None:
    room = Newsroom(PLAIN_SITE, iter([article("snow"), article("rain")]), as_of=AS_OF)
    assert len(room.articles) == len(room.select(topic="none").entries) + 2 == 2
