"""The plan: which feeds a newsroom's rules stand for, their paths and titles, and what can't be written."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed import Category, FeedNotFound, FeedRule, InvalidPlan, Newsroom

Make = Callable[..., Any]


def paths(newsroom: Newsroom) -> list[str]:
    return list(newsroom.plan.feeds)


def ids(newsroom: Newsroom, path: str) -> list[str]:
    return [entry.id.rpartition("/")[2] for entry in newsroom.feed(path).entries]


def test_the_default_plan(newsroom: Make, article: Make, site: Make) -> None:
    room = newsroom(
        article("a", topics=["Snow"], authors=[{"name": "Leyla Abbasova"}]),
        site=site(languages=["en"], trending=["WUF13"]),
    )
    assert paths(room) == [
        "en/all",
        "en/category/politics",
        "en/category/media",
        "en/topic/wuf13",
        "en/topic/snow",
        "en/author/leyla-abbasova",
        "en/flag/breaking",
        "en/flag/live",
        "en/flag/photo",
        "en/flag/video",
        "en/flag/audio",
        "en/latest",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param({"path": "all"}, ["all"], id="no axis"),
        pytest.param({"path": "{language}"}, ["en", "az"], id="language"),
        pytest.param(
            {"path": "{language}/{category}"},
            ["en/politics", "en/media", "az/politics", "az/media"],
            id="every language and category, whether or not an article fits",
        ),
        pytest.param({"path": "t/{topic}"}, ["t/qar", "t/snow"], id="topics that occur"),
        pytest.param(
            {"path": "{category}/{topic}"}, ["media/qar", "media/snow"], id="combinations that occur"
        ),
        pytest.param(
            {"path": "{language}/{year}/{month}"}, ["en/2025/12", "az/2025/12"], id="months that occur"
        ),
        pytest.param(
            {"path": "{language}-{year}"}, ["en-2025", "az-2025"], id="two placeholders in one segment"
        ),
        pytest.param(
            {"path": "x/{language}", "where": {"language": "az"}}, ["x/az"], id="where narrows an axis"
        ),
        pytest.param(
            {"path": "t/{topic}", "where": {"topic": ["Snow"]}}, ["t/snow"], id="where narrows topics"
        ),
    ],
)
def test_placeholders_are_axes(
    rule: dict[str, Any], expected: list[str], newsroom: Make, article: Make, site: Make
) -> None:
    room = newsroom(
        article("a", categories=["media"], topics=["Snow"]),
        article("b", language="az", categories=["media"], topics=["Qar"]),
        site=site(feeds=[FeedRule(**rule)]),
    )
    assert paths(room) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"flag": "photo"}, ["a", "c"]),
        ({"flag": ["photo", "live"]}, ["a", "b", "c"]),
        ({"flag": "photo", "category": "media"}, ["a"]),
        ({"language": "az"}, ["c"]),
        ({"author": "Leyla"}, ["b"]),
        ({"year": "2024"}, []),
    ],
)
def test_where(where: dict[str, Any], expected: list[str], newsroom: Make, article: Make, site: Make) -> None:
    room = newsroom(
        article("a", flags=["photo"], categories=["media"]),
        article("b", flags=["live"], authors=[{"name": "Leyla"}]),
        article("c", language="az", flags=["photo"]),
        site=site(feeds=[FeedRule(path="x", where=where)]),
    )
    assert sorted(ids(room, "x")) == expected


def test_the_limit_keeps_the_newest(newsroom: Make, article: Make, site: Make, noon: datetime) -> None:
    articles = [article(f"a{minute}", published=noon + timedelta(minutes=minute)) for minute in (1, 3, 2)]
    assert ids(newsroom(*articles, site=site(feeds=[FeedRule(path="x", limit=2)])), "x") == ["a3", "a2"]


@pytest.mark.parametrize(
    ("rule", "path", "title"),
    [
        ({"path": "{language}/all"}, "az/all", "Hesabat"),
        ({"path": "{language}/category/{category}"}, "az/category/politics", "Hesabat – Siyasət"),
        ({"path": "{language}/flag/{flag}"}, "az/flag/photo", "Hesabat – Foto"),
        ({"path": "{language}/photo", "where": {"flag": "photo"}}, "en/photo", "Report – Photo"),
        ({"path": "{language}/{year}/{month}"}, "en/2025/12", "Report – 2025 – 12"),
        ({"path": "{language}", "title": "{site}: {language}"}, "az", "Hesabat: Azərbaycan"),
        (
            {"path": "{language}/{category}", "title": "{category} | {latest}"},
            "en/media",
            "Media | Latest News",
        ),
        ({"path": "{language}", "title": {"en": "News", "az": "Xəbərlər"}}, "az", "Xəbərlər"),
    ],
)
def test_titles_speak_the_language_of_the_feed(
    rule: dict[str, Any], path: str, title: str, newsroom: Make, article: Make, site: Make
) -> None:
    own = site(title={"en": "Report", "az": "Hesabat"}, feeds=[FeedRule(**rule)])
    assert newsroom(article(), site=own).feed(path).title == title


class TestTellingApart:
    """Two terms never share a path: the one that was published first keeps it plain, and stays so."""

    def test_topics(self, newsroom: Make, article: Make, site: Make, noon: datetime) -> None:
        first = article("a", topics=["C++"])
        second = article("b", topics=["C#"], published=noon + timedelta(days=1))
        rule = FeedRule(path="{topic}")
        later = noon + timedelta(days=2)
        room = newsroom(second, first, site=site(feeds=[rule]), as_of=later)
        plain, told_apart = paths(room)[1], paths(room)[0]
        assert plain == "c"
        assert ids(room, "c") == ["a"]
        assert told_apart.startswith("c-")
        assert ids(room, told_apart) == ["b"]
        (finding,) = room.plan.findings
        assert (finding.code, finding.severity) == ("NF117", "warning")
        assert f"the topic 'C#' would have the path of another, 'c'; it has '{told_apart}'" in finding.reason

    def test_the_senior_keeps_its_path_when_it_is_withdrawn(
        self, newsroom: Make, article: Make, site: Make, noon: datetime
    ) -> None:
        first = article("a", topics=["C++"], withdrawn=True)
        second = article("b", topics=["C#"], published=noon + timedelta(hours=1))
        assert paths(newsroom(first, second, site=site(feeds=[FeedRule(path="{topic}")]))) != ["c"]

    def test_an_embargoed_article_takes_no_path(
        self, newsroom: Make, article: Make, site: Make, noon: datetime
    ) -> None:
        held_back = article("a", topics=["C++"], published=noon + timedelta(days=30))
        room = newsroom(held_back, article("b", topics=["C#"]), site=site(feeds=[FeedRule(path="{topic}")]))
        assert paths(room) == ["c"]

    def test_languages_have_paths_of_their_own(self, newsroom: Make, article: Make, site: Make) -> None:
        articles = [article("a", topics=["Media!"]), article("b", language="az", topics=["Media?"])]
        room = newsroom(*articles, site=site(feeds=[FeedRule(path="{language}/{topic}")]))
        assert sorted(paths(room)) == ["az/media", "en/media"]
        assert room.plan.findings == ()


class TestPathsThatArticlesCause:
    """What an article says never stops the site: its feed gets another path, and a finding says so."""

    @pytest.mark.parametrize(
        ("rules", "values", "plain", "field"),
        [
            pytest.param(
                [{"path": "{language}/{topic}"}, {"path": "{language}/all"}],
                {"topics": ["All"]},
                "en/all",
                "topic",
                id="a topic and a fixed path, whichever rule comes first",
            ),
            pytest.param(
                [{"path": "{language}/{category}"}, {"path": "{language}/{topic}"}],
                {"topics": ["Media"]},
                "en/media",
                "topic",
                id="a topic and a category",
            ),
            pytest.param(
                [{"path": "EN/Ali"}, {"path": "{language}/{author}"}],
                {"authors": [{"name": "Ali"}]},
                "en/ali",
                "author",
                id="an author and a path that differs in letter case",
            ),
            pytest.param(
                [{"path": "2025"}, {"path": "{year}"}], {}, "2025", "year", id="a year and a fixed path"
            ),
            pytest.param(
                [{"path": "all", "paged": True, "limit": 1}, {"path": "{topic}/page/{author}"}],
                {"topics": ["All"], "authors": [{"name": "2"}]},
                "all/page/2",
                "topic",
                id="a topic and a page",
            ),
        ],
    )
    def test_the_rule_that_no_article_fills_keeps_its_path(
        self,
        rules: list[dict[str, Any]],
        values: dict[str, Any],
        plain: str,
        field: str,
        newsroom: Make,
        article: Make,
        site: Make,
    ) -> None:
        rows = [article("a", **values), article("b", **values)]
        room = newsroom(*rows, site=site(languages=["en"], feeds=[FeedRule(**rule) for rule in rules]))
        (finding,) = room.plan.findings
        assert (finding.code, finding.severity, finding.field) == ("NF117", "warning", field)
        told_apart = finding.reason.split("'")[-2]
        assert told_apart.startswith(f"{plain}-")
        assert ids(room, told_apart) == ["a", "b"]
        free = next(number for number, rule in enumerate(rules) if "{" + field in rule["path"])
        assert room.plan.feeds[told_apart].rule_number == free
        assert (
            f"would have the path of another feed or page, '{plain}'; it has '{told_apart}'" in finding.reason
        )

    def test_of_a_topic_and_an_author_the_one_that_was_published_first_keeps_it(
        self, newsroom: Make, article: Make, site: Make, noon: datetime
    ) -> None:
        rules = [FeedRule(path="{language}/{topic}"), FeedRule(path="{language}/{author}")]
        first = article("a", authors=[{"name": "Sabah"}])
        second = article("b", topics=["Sabah"], published=noon + timedelta(hours=1))
        later = noon + timedelta(days=1)
        room = newsroom(second, first, site=site(feeds=rules), as_of=later)
        assert ids(room, "en/sabah") == ["a"]
        only = newsroom(second, site=site(feeds=rules), as_of=later)
        assert ids(only, "en/sabah") == ["b"]

    def test_within_a_rule(self, newsroom: Make, article: Make, site: Make) -> None:
        articles = [
            article("a", topics=["x y"], authors=[{"name": "z"}]),
            article("b", topics=["x"], authors=[{"name": "y z"}]),
        ]
        room = newsroom(*articles, site=site(feeds=[FeedRule(path="{topic}-{author}")]))
        assert len(paths(room)) == 2
        assert "x-y-z" in paths(room)
        again = newsroom(*reversed(articles), site=site(feeds=[FeedRule(path="{topic}-{author}")]))
        assert paths(again) == paths(room)

    @pytest.mark.parametrize("topic", ["Index", "Feeds"])
    def test_the_lists_of_feeds_stay(self, topic: str, newsroom: Make, article: Make, site: Make) -> None:
        rule = FeedRule(path="{topic}", formats=["json", "html"])
        room = newsroom(article("a", topics=[topic]), site=site(feeds=[FeedRule(path="all"), rule]))
        assert [path.partition("-")[0] for path in paths(room)] == ["all", topic.lower()]
        assert topic.lower() not in paths(room)

    def test_a_topic_keeps_the_path_that_no_list_has(self, newsroom: Make, article: Make, site: Make) -> None:
        rules = [FeedRule(path="{language}/{topic}")]
        room = newsroom(article("a", topics=["Feeds"]), site=site(languages=["en", "az"], feeds=rules))
        assert paths(room) == ["en/feeds"]  # feeds.json lies at the top only

    def test_archives_move_with_their_feed(
        self, newsroom: Make, article: Make, site: Make, noon: datetime
    ) -> None:
        rules = [FeedRule(path="all"), FeedRule(path="{topic}", archive="month")]
        room = newsroom(article("a", topics=["All"]), site=site(feeds=rules), as_of=noon + timedelta(days=60))
        told_apart = paths(room)[1]
        assert f"{told_apart}/archive/{noon:%Y-%m}" in room.plan.with_parts

    def test_no_name_is_too_long_for_a_disk(self, newsroom: Make, article: Make, site: Make) -> None:
        row = article("a", topics=["ə" * 3 + "я" * 500, "東" * 100], authors=[{"name": "京" * 100}])
        room = newsroom(row, site=site(feeds=[FeedRule(path="{topic}-{author}-{topic}")]))
        assert len(paths(room)) == 2
        assert max(len(f"{path}.json.zst".encode()) for path in paths(room)) <= 255


class TestCollisions:
    """Two rules that give one path to feeds, whatever is published, are an error that names both."""

    @pytest.mark.parametrize(
        "rules",
        [
            [FeedRule(path="{language}/all"), FeedRule(path="en/all")],
            [FeedRule(path="{language}/{category}"), FeedRule(path="{language}/{flag}")],
            [FeedRule(path="{language}/{topic}"), FeedRule(path="{language}/{topic}", limit=5)],
            [FeedRule(path="X"), FeedRule(path="x")],
        ],
        ids=["a fixed path", "a category and a flag", "the same path twice", "letter case only"],
    )
    def test_between_rules(self, rules: list[FeedRule], newsroom: Make, article: Make, site: Make) -> None:
        categories = [Category(term="media", label="Media"), Category(term="live", label="Live")]
        room = newsroom(article(topics=["Media"]), site=site(feeds=rules, categories=categories))
        with pytest.raises(InvalidPlan, match=r"feeds\[0\] .* and feeds\[1\] .* give one path to two feeds"):
            _ = room.plan


def test_an_unknown_category_in_where_is_an_error(newsroom: Make, site: Make) -> None:
    room = newsroom(site=site(feeds=[FeedRule(path="x", where={"category": "medai"})]))
    with pytest.raises(InvalidPlan, match=r"feeds\[0\]\.where\.category: .*'medai'\. Did you mean 'media'\?"):
        _ = room.plan


def test_a_feed_that_is_not_planned_names_the_nearest(newsroom: Make) -> None:
    with pytest.raises(FeedNotFound, match="Did you mean 'en/category/media'?"):
        newsroom().feed("en/category/medai")


hostile_names = st.one_of(
    st.sampled_from(
        ["..", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", ".", ".hidden", "C:\\x", "nul\x00", " "]
    ),
    st.text(min_size=1, max_size=20),
).filter(lambda name: bool(name.strip()) and name.isprintable())


@pytest.mark.slow
@given(names=st.lists(hostile_names, min_size=1, max_size=5, unique=True))
def test_a_path_never_leaves_the_folder(names: list[str]) -> None:
    from newsfeed import Site

    site = Site(
        title="X",
        url="https://report.example/",
        languages=["en"],
        trending=names,
        categories=[Category(term=name) for name in names],
        feeds=[FeedRule(path="c/{category}"), FeedRule(path="t/{topic}")],
    )
    planned = paths(Newsroom(site, []))
    assert len(planned) == 2 * len(names)
    for path in planned:
        parts = PurePosixPath(path).parts
        assert len(parts) == 2
        assert parts[1] not in {"..", "."}
        assert not parts[1].startswith(".")
        assert not {"\\", "\x00", ":"} & set(path)


class TestLinksBetweenFeeds:
    def test_the_same_feed_in_other_languages(self, newsroom: Make, article: Make) -> None:
        room = newsroom(article("a", topics=["Snow"]), article("b", language="az", topics=["Qar"]))
        (edition,) = room.feed("en/category/media").editions
        assert (edition.url, edition.language) == ("https://report.example/feeds/az/category/media", "az")
        assert room.feed("en/topic/snow").editions == ()

    def test_where_everything_is(self, newsroom: Make) -> None:
        everything = newsroom().latest("az").all_news
        assert everything is not None
        assert (everything.url, everything.title) == (
            "https://report.example/feeds/az/all.rss",
            "Bütün xəbər lenti",
        )

    def test_no_such_feed_is_planned(self, newsroom: Make, site: Make) -> None:
        assert newsroom(site=site(feeds=[FeedRule(path="{category}")])).latest("en").all_news is None

    def test_trending_topics_have_their_feeds(self, newsroom: Make, article: Make, site: Make) -> None:
        own = site(trending=["WUF13", "Snow"])
        links = newsroom(article(topics=["Snow"]), site=own).latest("en").trending
        assert [(link.title, link.url) for link in links] == [
            ("WUF13", "https://report.example/feeds/en/topic/wuf13.rss"),
            ("Snow", "https://report.example/feeds/en/topic/snow.rss"),
        ]
        unplanned = site(trending=["WUF13"], feeds=[FeedRule(path="{language}/all")])
        assert newsroom(site=unplanned).latest("en").trending == ()

    @pytest.mark.parametrize(
        ("rule", "addresses"),
        [
            pytest.param(
                FeedRule(path="en/snow", where={"language": "en", "topic": "Snow"}),
                ["https://report.example/feeds/en/snow.rss"],
                id="one topic in one language",
            ),
            pytest.param(
                FeedRule(path="x/{language}", where={"topic": "Snow"}),
                ["https://report.example/feeds/x/en.rss"],
                id="one topic in each language",
            ),
            pytest.param(
                FeedRule(path="x/{language}", where={"topic": ["Snow", "Rain"]}), [], id="two topics"
            ),
        ],
    )
    def test_a_feed_that_asks_for_one_topic_is_that_topics(
        self, rule: FeedRule, addresses: list[str], newsroom: Make, article: Make, site: Make
    ) -> None:
        own = site(trending=["Snow", "Rain"], feeds=[FeedRule(path="{language}/all"), rule])
        links = newsroom(article(topics=["Snow"]), site=own).latest("en").trending
        assert [link.url for link in links] == addresses
