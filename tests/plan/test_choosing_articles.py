"""Which articles a rule's feeds carry, in which order, and which feeds there are: `without`, `order`, `max_age`, `min_articles`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, InvalidPlan, InvalidRecord, InvalidValue, Newsroom

Make = Callable[..., Any]


def ids(newsroom: Newsroom, path: str) -> list[str]:
    return [entry.id.rpartition("/")[2] for entry in newsroom.feed(path).entries]


class TestWithout:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, ["a", "b", "c", "d"]),
            ({"without": {"category": "media"}}, ["c", "d"]),
            ({"without": {"category": ["media", "politics"]}}, ["d"]),
            ({"without": {"category": "media", "topic": "Snow"}}, ["d"]),
            ({"without": {"topic": "Snow"}, "where": {"category": ["media", "politics"]}}, ["a", "b"]),
            ({"without": {"topic": "Snow"}, "where": {"topic": "Snow"}}, []),
            ({"without": {"topic": "Hail"}}, ["a", "b", "c", "d"]),
        ],
    )
    def test_one_of_its_terms_is_enough_to_be_left_out(
        self, values: dict[str, Any], expected: list[str], newsroom: Make, article: Make, site: Make
    ) -> None:
        room = newsroom(
            article("a", categories=["media"]),
            article("b", categories=["politics", "media"]),
            article("c", categories=["politics"], topics=["Snow", "Ice"]),
            article("d"),
            site=site(feeds=[FeedRule(path="x", **values)]),
        )
        assert sorted(ids(room, "x")) == expected

    def test_a_term_on_an_axis_has_no_feed(self, newsroom: Make, article: Make, site: Make) -> None:
        rules = [
            FeedRule(path="{language}/category/{category}", without={"category": "media"}),
            FeedRule(path="topic/{topic}", without={"topic": ["Snow"]}),
        ]
        room = newsroom(
            article("a", categories=["media", "politics"]),
            article("b", topics=["Snow", "Ice"]),
            article("c", categories=["politics"], topics=["Ice"]),
            site=site(feeds=rules),
        )
        assert list(room.plan.feeds) == ["en/category/politics", "az/category/politics", "topic/ice"]
        assert ids(room, "en/category/politics") == ["c"]
        assert ids(room, "topic/ice") == ["c"]

    def test_a_feed_without_something_is_no_feed_of_everything(
        self, newsroom: Make, article: Make, site: Make
    ) -> None:
        rules = [
            FeedRule(path="{language}/front", without={"category": "media"}),
            FeedRule(path="{language}/all"),
        ]
        room = newsroom(article(), site=site(feeds=rules))
        assert room.latest("en").all_news.url == "https://report.example/feeds/en/all.rss"
        tags = str(room.alternate_links(category="media"))
        assert "/all.rss" in tags
        assert "/front.rss" not in tags

    def test_select(self, newsroom: Make, article: Make) -> None:
        room = newsroom(
            article("a", categories=["media"]), article("b", categories=["politics"]), article("c")
        )
        feed = room.select(language="en", without={"category": "media"})
        assert sorted(entry.id.rpartition("/")[2] for entry in feed.entries) == ["b", "c"]
        assert feed.id == "https://report.example/feeds/select?language=en&without.category=media"

    @pytest.mark.parametrize(
        ("without", "message"),
        [
            (
                {"category": "medai"},
                "without.category: the site has no category 'medai'. Did you mean 'media'?",
            ),
            ("media", 'without: \'media\' is text. Write a mapping, {"category": "…"}.'),
        ],
    )
    def test_select_refuses(self, without: Any, message: str, newsroom: Make) -> None:
        with pytest.raises(InvalidValue) as refused:
            newsroom().select(without=without)
        assert str(refused.value) == message

    def test_a_category_that_the_site_does_not_have(self, newsroom: Make, site: Make) -> None:
        room = newsroom(site=site(feeds=[FeedRule(path="x", without={"category": "medai"})]))
        with pytest.raises(InvalidPlan) as refused:
            assert room.plan
        assert str(refused.value) == (
            "feeds[0].without.category: the site has no category 'medai'. Did you mean 'media'?"
        )


class TestOrder:
    def test_what_changed_last_comes_first(
        self, newsroom: Make, article: Make, site: Make, noon: datetime
    ) -> None:
        hour = timedelta(hours=1)
        articles = [
            article("old", published=noon - 30 * hour, updated=noon - hour),
            article("new", published=noon - 2 * hour),
            article("older", published=noon - 40 * hour),
        ]
        rules = [
            FeedRule(path="changed", order="updated", limit=2, formats=["rss", "text"]),
            FeedRule(path="news", limit=2),
        ]
        room = newsroom(*articles, site=site(feeds=rules), as_of=noon)
        assert ids(room, "changed") == ["old", "new"]
        assert ids(room, "news") == ["new", "old"]
        assert room.feed("changed").text().splitlines()[2:9] == [
            "December 19, 2025", "", "15:00", "    About old", "", "14:00", "    About new"
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            (
                {"order": "updated", "archive": "month"},
                (
                    "FeedRule: order: what is updated would move, and with archive each article has its place by its "
                    "publication. Write a separate rule for it."
                ),
            ),
            (
                {"max_age": "30d", "paged": True},
                (
                    "FeedRule: max_age: it may leave articles out, and with paged none may be missing. "
                    "Write a separate rule for it."
                ),
            ),
            ({"order": "title"}, "FeedRule: order: 'title' isn't known. Choose from published, updated."),
            (
                {"max_age": "two days"},
                'FeedRule: max_age: \'two days\' isn\'t an age. Write a number and h or d, such as "48h" or "30d".',
            ),
            (
                {"max_age": "0h"},
                'FeedRule: max_age: \'0h\' isn\'t an age. Write a number and h or d, such as "48h" or "30d".',
            ),
            (
                {"min_articles": 3},
                (
                    "FeedRule: min_articles: the feeds of this path exist whether or not articles belong to them. "
                    "Remove it, or add {topic}, {author}, {year} or {month} to the path."
                ),
            ),
        ],
    )
    def test_refused(self, values: dict[str, Any], message: str) -> None:
        with pytest.raises(InvalidRecord) as refused:
            FeedRule(path="{language}/all", **values)
        assert str(refused.value) == message


class TestMaxAge:
    @pytest.mark.parametrize("order", ["published", "updated"])
    def test_an_article_leaves_a_feed_a_moment_after_its_age(
        self, order: str, newsroom: Make, article: Make, site: Make, noon: datetime, tmp_path: Path
    ) -> None:
        rules = [FeedRule(path="x", max_age="48h", order=order, limit=1, formats=["rss"])]
        own = site(feeds=rules, discovery=False)
        old = article("old", published=noon - timedelta(hours=40), updated=noon)
        older = article("older", published=noon - timedelta(hours=60), updated=noon)

        def room(as_of: datetime) -> Newsroom:
            made: Newsroom = newsroom(old, older, site=own, as_of=as_of)
            return made

        assert ids(room(noon), "x") == ["old"]
        due = room(noon).next_change
        assert due == noon + timedelta(hours=8, seconds=1)
        room(noon).publish(tmp_path)
        assert room(due - timedelta(seconds=1)).publish(tmp_path).written == ()
        assert room(due).publish(tmp_path).written == ("x.rss",)
        assert ids(room(due), "x") == []

    def test_a_topic_whose_articles_are_too_old_keeps_its_feed(
        self, newsroom: Make, article: Make, site: Make
    ) -> None:
        rules = [FeedRule(path="{topic}", max_age="1h")]
        room = newsroom(article(topics=["Snow"]), site=site(feeds=rules))
        assert ids(room, "snow") == []


class TestMinArticles:
    def test_a_topic_with_too_few_has_no_feed(self, newsroom: Make, article: Make, site: Make) -> None:
        rules = [FeedRule(path="{topic}", min_articles=2, limit=1)]
        room = newsroom(
            article("a", topics=["Snow"]),
            article("b", topics=["Snow", "Ice"]),
            site=site(feeds=rules, trending=["Hail"]),
        )
        assert list(room.plan.feeds) == ["hail", "snow"]
