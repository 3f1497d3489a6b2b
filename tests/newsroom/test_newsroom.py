"""Newsroom: what is published as of a moment, in which order, and which editions find each other."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

import newsfeed
from newsfeed import Article, InvalidValue, Newsroom, Place, Site
from newsfeed.model.sourced_article import SourcedArticle

Make = Callable[..., Any]


def titles(newsroom: Newsroom) -> list[str]:
    return [article.title for article in newsroom.articles]


@pytest.mark.parametrize(
    ("values", "is_published"),
    [
        pytest.param({}, True, id="published now"),
        pytest.param({"published": 1}, False, id="embargoed for a minute"),
        pytest.param({"expires": 1}, True, id="expires in a minute"),
        pytest.param({"expires": 0}, False, id="expires now"),
        pytest.param({"expires": -1, "published": -2}, False, id="expired"),
        pytest.param({"withdrawn": True}, False, id="withdrawn"),
        pytest.param({"updated": 5}, True, id="updated in the future"),
    ],
)
def test_what_is_published(
    values: dict[str, Any], is_published: bool, newsroom: Make, article: Make, noon: datetime
) -> None:
    moments = {
        field: noon + timedelta(minutes=value) if field != "withdrawn" else value
        for field, value in values.items()
    }
    assert bool(newsroom(article(**moments), as_of=noon).articles) is is_published


def test_newest_first_ties_by_id_whatever_the_order_of_the_input(
    newsroom: Make, article: Make, noon: datetime
) -> None:
    articles = [
        article("b"),
        article("a"),
        article("old", published=noon - timedelta(days=1)),
        article("new", published=noon + timedelta(seconds=1)),
    ]
    for order in itertools.permutations(articles):
        assert titles(newsroom(*order)) == ["About new", "About a", "About b", "About old"]


def test_a_naive_as_of_is_refused(newsroom: Make) -> None:
    with pytest.raises(InvalidValue, match="as_of"):
        newsroom(as_of=datetime(2025, 12, 19))  # noqa: DTZ001 - a naive moment is the point


def test_without_as_of_it_is_now(article: Make, site: Make) -> None:
    assert len(Newsroom(site(), [article()]).articles) == 1


def test_editions_of_a_story_find_each_other(newsroom: Make, article: Make) -> None:
    room = newsroom(
        article("snow", story="s"), article("qar", language="az", story="s"), article("rain", story="r")
    )
    english = next(entry for entry in room.feed("en/all").entries if entry.story == "s")
    assert [(edition.language, edition.url) for edition in english.translations] == [
        ("az", "https://report.example/az/qar")
    ]


def test_editions_that_are_held_back_are_not_linked(newsroom: Make, article: Make, noon: datetime) -> None:
    held_back = article("qar", language="az", story="s", published=noon + timedelta(days=9))
    room = newsroom(article("snow", story="s"), held_back)
    assert room.feed("en/all").entries[0].translations == ()


class TestConflicts:
    """Of two articles that can't both be published, the newer `updated` wins; ties by digest, whatever the order."""

    def located(self, *articles: Article) -> list[SourcedArticle]:
        return [
            SourcedArticle(article, Place(file="a.jsonl", line=number))
            for number, article in enumerate(articles, 1)
        ]

    @pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned round"])
    def test_two_articles_with_one_id(self, turned: bool, site: Make, article: Make, noon: datetime) -> None:
        old = article("x", title="Old", id="urn:test:1")
        new = article("y", title="New", id="urn:test:1", updated=noon + timedelta(minutes=1))
        room = Newsroom(site(), self.located(*([new, old] if turned else [old, new])), as_of=noon)
        assert titles(room) == ["New"]
        loser, winner = (2, 1) if turned else (1, 2)
        (finding,) = room.findings
        assert str(finding) == (
            f"a.jsonl:{loser}: NF104 id: the id urn:test:1 is also used by a.jsonl:{winner}, which is newer or "
            "wins the tie. Give each article its own id, or remove one."
        )
        assert finding.severity == "error"

    def test_of_equally_new_ones_the_same_wins_in_every_order(
        self, site: Make, article: Make, noon: datetime
    ) -> None:
        rivals = [article("x", id="urn:test:1", title=title) for title in "ABCD"]
        winners = {
            titles(Newsroom(site(), order, as_of=noon))[0]
            for order in map(list, itertools.permutations(rivals))
        }
        assert len(winners) == 1

    def test_a_withdrawal_that_is_newer_wins(self, newsroom: Make, article: Make, noon: datetime) -> None:
        withdrawal = article(withdrawn=True, updated=noon + timedelta(minutes=1))
        assert titles(newsroom(article(), withdrawal)) == []

    def test_two_editions_of_one_story_in_one_language(
        self, site: Make, article: Make, noon: datetime
    ) -> None:
        first = article("x", story="s", title="First")
        second = article("y", story="s", title="Second", updated=noon + timedelta(minutes=1))
        room = Newsroom(site(), self.located(first, second), as_of=noon)
        assert titles(room) == ["Second"]
        assert "a.jsonl:1: NF105 story: the story s has another edition in en, at a.jsonl:2" in str(
            room.findings[0]
        )

    def test_a_withdrawn_edition_is_no_rival(self, newsroom: Make, article: Make) -> None:
        room = newsroom(article("x", story="s", withdrawn=True), article("y", story="s"))
        assert (titles(room), room.findings) == (["About y"], ())

    def test_identical_records_count_once(self, newsroom: Make, article: Make) -> None:
        room = newsroom(article(), article())
        assert titles(room) == ["About snow"]
        assert [finding.code for finding in room.findings] == ["NF104"]


def test_an_article_in_a_language_that_the_site_does_not_have_is_left_out(
    newsroom: Make, article: Make
) -> None:
    room = newsroom(article(language="fr"), article())
    assert titles(room) == ["About snow"]
    assert str(room.findings[0]).startswith(
        "article 1 (\"https://report.example/fr/snow\"): NF103 language: 'fr' isn't one of the site's languages. "
    )


class TestSelect:
    def test_by_facets(self, newsroom: Make, article: Make) -> None:
        room = newsroom(
            article("a", categories=["media"], topics=["Snow"], flags=["photo"]),
            article("b", categories=["media"]),
            article("c", categories=["politics"], topics=["Snow"]),
            article("d", language="az", categories=["media"]),
        )
        chosen = room.select(language="en", category="media")
        assert [entry.title for entry in chosen.entries] == ["About a", "About b"]
        assert chosen.title == "Report – Media"
        assert chosen.id == "https://report.example/feeds/select?language=en&category=media"
        assert [entry.title for entry in room.select(category="media", topic="Snow").entries] == ["About a"]
        assert len(room.select(category=["media", "politics"]).entries) == 4
        assert len(room.select(limit=2).entries) == 2

    def test_by_month_in_the_site_time_zone(self, newsroom: Make, article: Make, noon: datetime) -> None:
        eve = noon.replace(day=31, hour=20, minute=30)  # 00:30 of 1 January in Baku
        room = newsroom(article(published=eve), as_of=eve)
        assert len(room.select(year="2026", month="01").entries) == 1
        assert len(room.select(year="2025").entries) == 0

    def test_what_the_site_does_not_have_is_an_error(self, newsroom: Make) -> None:
        with pytest.raises(
            InvalidValue, match="category: the site has no category 'medai'. Did you mean 'media'?"
        ):
            newsroom().select(category="medai")

    @pytest.mark.parametrize(
        ("asked", "problem"),
        [
            ({"limit": 0}, "limit: 0 isn't a whole number of 1 or more. Write one, such as 20."),
            ({"limit": -1}, "limit: -1 isn't a whole number of 1 or more"),
            ({"limit": True}, "limit: true isn't a whole number of 1 or more"),
            ({"limit": "a"}, "limit: 'a' isn't a whole number of 1 or more"),
            ({"content": "all"}, "content: 'all' isn't known"),
            ({"language": "english"}, "language: 'english' isn't a language tag"),
        ],
    )
    def test_what_cannot_be_asked_for(self, asked: dict[str, Any], problem: str, newsroom: Make) -> None:
        with pytest.raises(InvalidValue, match=problem):
            newsroom().select(**asked)

    def test_letter_case_of_language_tags_does_not_matter(self, newsroom: Make, article: Make) -> None:
        room = newsroom(article())
        assert len(room.select(language="EN").entries) == len(room.latest("EN", limit=1).entries) == 1


def test_latest_defaults_to_the_first_language(newsroom: Make, article: Make) -> None:
    room = newsroom(article(), article("qar", language="az"))
    assert [entry.language for entry in room.latest().entries] == ["en"]
    assert room.latest("az").title == "Son xəbərlər"
    with pytest.raises(InvalidValue, match="language"):
        room.latest("fr")


def test_a_site_without_articles_has_all_its_feeds(site: Make) -> None:
    room = Newsroom(site(feeds=[]), [])
    assert isinstance(room.site, Site)
    assert "az/category/media" in room.plan.feeds


def test_a_newsroom_shows_what_it_is(newsroom: Make, article: Make) -> None:
    assert repr(newsroom(article())) == (
        "<Newsroom https://report.example/: 1 articles as of 2025-12-20T12:00:00+00:00>"
    )


@pytest.mark.parametrize(
    ("choices", "content"),
    [
        pytest.param(
            {},
            '<p>Snow <img src="https://report.example/1" width="1" height="1"></p>',
            id="cleaned",
        ),
        pytest.param({"tracking_pixels": False}, "<p>Snow </p>", id="without tracking pixels"),
        pytest.param(
            {"trusted_html": True},
            '<p onclick="go()">Snow <img src="https://report.example/1" width="1" height="1"></p>',
            id="trusted",
        ),
        pytest.param(
            {"trusted_html": True, "tracking_pixels": False},
            '<p onclick="go()">Snow </p>',
            id="trusted, without tracking pixels",
        ),
    ],
)
def test_what_a_site_lets_stand_in_its_articles(
    choices: dict[str, bool], content: str, site: Make, article: Make, noon: datetime
) -> None:
    snow = article(content='<p onclick="go()">Snow <img src="/1" width="1" height="1"></p>')
    room = Newsroom(site(**choices), [snow], as_of=noon)
    assert [room.entry(live).content for live in room.articles] == [content]


@pytest.mark.parametrize(
    ("content", "is_trusted", "left"),
    [
        pytest.param("</pre>\t", False, None, id="space, when it is clean"),
        pytest.param("<script>track()</script>", False, None, id="nothing, when it is clean"),
        pytest.param("\u00a0 <!-- x -->", False, "&nbsp; ", id="a space that HTML keeps"),
        pytest.param("</pre>\t", True, "</pre>\t", id="what is trusted"),
        pytest.param("<p></p>", False, None, id="an empty paragraph, when it is clean"),
    ],
)
def test_an_entry_has_no_content_that_is_only_space(
    content: str, is_trusted: bool, left: str | None, newsroom: Make, article: Make, site: Make
) -> None:
    room = newsroom(article(content=content), site=site(trusted_html=is_trusted))
    (entry,) = room.feed("en/all").entries
    assert entry.content == left


def test_feeds_that_say_the_same_are_equal_whatever_was_rendered_of_them() -> None:
    first, second = (newsfeed.open("examples/report") for _ in range(2))
    feed = first.feed("en/all")
    assert feed.rss()
    assert feed == second.feed("en/all")
    assert feed != second.feed("en/category/media")
