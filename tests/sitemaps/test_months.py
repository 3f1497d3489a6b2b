"""Sitemaps of stories in several languages, by the month: one story changes one file."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.articles import AS_OF

from newsfeed import Article, Newsroom, Site
from newsfeed.sitemaps import is_sitemap, languages, sitemaps

Make = Callable[..., Any]
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
BASE = "https://report.example/feeds/"


@pytest.fixture
def story(article: Make) -> Callable[..., list[Article]]:
    """Make the English and the Azerbaijani edition of a story."""

    def make(key: str, published: datetime, **values: Any) -> list[Article]:
        return [
            article(key, language=language, story=key, published=published, **values)
            for language in ("en", "az")
        ]

    return make


@pytest.fixture
def room(newsroom: Make, site: Make) -> Callable[..., Newsroom]:
    def make(articles: Iterable[Article], **keys: Any) -> Newsroom:
        own = site(**{"sitemaps": ["languages"], "feeds_url": BASE, "discovery": False} | keys)
        made: Newsroom = newsroom(*articles, site=own)
        return made

    return make


def rendered(newsroom: Newsroom, **keys: Any) -> dict[str, bytes]:
    return {sitemap.path: sitemap.render() for sitemap in sitemaps(newsroom.catalog, **keys)}


def listed(files: dict[str, bytes]) -> dict[str, list[str]]:
    """The addresses in each file, without what all have in common."""
    return {
        path: [
            str(element.text).removeprefix(BASE).removeprefix("https://")
            for element in etree.fromstring(data).iter(LOC)
        ]
        for path, data in files.items()
    }


def day(month: int, number: int = 7, year: int = 2025) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


class TestFiles:
    def test_an_index_even_of_one_month(self, room: Make, story: Make) -> None:
        assert listed(rendered(room(story("snow", day(12))))) == {
            "sitemap-languages.xml": ["sitemap-languages-2025-12.xml"],
            "sitemap-languages-2025-12.xml": ["report.example/en/snow", "report.example/az/snow"],
        }

    def test_a_file_for_each_month(self, room: Make, story: Make) -> None:
        articles = [*story("a", day(12)), *story("b", day(2)), *story("c", day(12, year=2024))]
        assert listed(rendered(room(articles))) == {
            "sitemap-languages.xml": [
                "sitemap-languages-2024-12.xml",
                "sitemap-languages-2025-02.xml",
                "sitemap-languages-2025-12.xml",
            ],
            "sitemap-languages-2024-12.xml": ["report.example/en/c", "report.example/az/c"],
            "sitemap-languages-2025-02.xml": ["report.example/en/b", "report.example/az/b"],
            "sitemap-languages-2025-12.xml": ["report.example/en/a", "report.example/az/a"],
        }

    def test_several_files_of_a_month_with_more_than_fits_into_one(
        self, room: Make, story: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(languages, "MAX_URLS", 4)
        months = {1: "a", 2: "abcdefg", 3: "ab"}
        articles = [
            each
            for month, keys in months.items()
            for key in keys
            for each in story(f"{key}{month}", day(month))
        ]
        found = listed(rendered(room(articles)))
        assert found.pop("sitemap-languages.xml") == [*found]
        assert {path: len(addresses) for path, addresses in found.items()} == {
            "sitemap-languages-2025-01.xml": 2,
            "sitemap-languages-2025-02.xml": 4,
            "sitemap-languages-2025-02-2.xml": 4,
            "sitemap-languages-2025-02-3.xml": 4,
            "sitemap-languages-2025-02-4.xml": 2,
            "sitemap-languages-2025-03.xml": 4,
        }

    def test_a_file_for_each_host_whichever_comes_first(self, room: Make, article: Make) -> None:
        """The numbers of files don't depend on the stories, only on the hosts."""
        hosts = {"en": "b.example", "az": "c.example", "ru": "a.example"}
        keys = [("2", "en"), ("2", "az"), ("1", "az"), ("1", "ru")]
        articles = [
            article(story=key, language=language, url=f"https://{hosts[language]}/{key}", published=day(12))
            for key, language in keys
        ]
        assert listed(rendered(room(articles, languages=[*hosts]))) == {
            "sitemap-languages.xml": [
                "sitemap-languages-2025-12.xml",
                "sitemap-languages-2025-12-2.xml",
                "sitemap-languages-2025-12-3.xml",
            ],
            "sitemap-languages-2025-12.xml": ["a.example/1"],
            "sitemap-languages-2025-12-2.xml": ["b.example/2"],
            "sitemap-languages-2025-12-3.xml": ["c.example/1", "c.example/2"],
        }


@pytest.fixture
def archive(story: Make) -> list[Article]:
    """Three stories in each month of 2025 but December."""
    return [each for month in range(1, 12) for key in "bdf" for each in story(f"{key}{month}", day(month))]


class TestOneStoryChangesOneFile:
    @pytest.mark.parametrize("key", ["a", "c", "e", "g"])
    def test_a_new_story(self, room: Make, story: Make, archive: list[Article], key: str) -> None:
        before, after = rendered(room(archive)), rendered(room([*archive, *story(key, day(6, 9))]))
        assert changed(before, after) == {"sitemap-languages-2025-06.xml"}

    def test_a_late_edition(self, room: Make, archive: list[Article], article: Make) -> None:
        late = article("late", language="ru", story="d3", published=day(12))
        keys = {"languages": ["en", "az", "ru"]}
        before, after = rendered(room(archive, **keys)), rendered(room([*archive, late], **keys))
        assert changed(before, after) == {"sitemap-languages-2025-03.xml"}

    def test_the_first_story_of_a_month(self, room: Make, story: Make, archive: list[Article]) -> None:
        before, after = rendered(room(archive)), rendered(room([*archive, *story("a", day(12))]))
        assert changed(before, after) == {"sitemap-languages.xml", "sitemap-languages-2025-12.xml"}

    def test_a_story_whose_first_edition_is_withdrawn(
        self, room: Make, article: Make, archive: list[Article]
    ) -> None:
        def editions(**first: Any) -> list[Article]:
            return [
                article("x", story="x", published=day(3), **first),
                article("x", language="az", story="x", published=day(5)),
                article("x", language="ru", story="x", published=day(7)),
            ]

        keys = {"languages": ["en", "az", "ru"]}
        before = rendered(room([*archive, *editions()], **keys))
        after = rendered(room([*archive, *editions(withdrawn=True)], **keys))
        assert changed(before, after) == {"sitemap-languages-2025-03.xml", "sitemap-languages-2025-05.xml"}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


class TestSomeMonths:
    """A publish that knows which months changed gives the same bytes as one of all."""

    def test_they_and_the_index(self, room: Make, story: Make, archive: list[Article]) -> None:
        published = rendered(room(archive))
        newsroom = room([*archive, *story("a", day(6)), *story("b", day(12))])
        whole = rendered(newsroom)
        some = rendered(newsroom, months={"2025-12", "2025-06"}, published=published)
        assert set(some) == {
            "sitemap-languages.xml",
            "sitemap-languages-2025-06.xml",
            "sitemap-languages-2025-12.xml",
        }
        assert some == {path: whole[path] for path in some}

    def test_no_other_month_is_asked_for(
        self, room: Make, archive: list[Article], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        newsroom = room(archive)
        asked: list[str] = []
        stories = newsroom.catalog.stories

        def noted(month: str) -> Any:
            asked.append(month)
            return stories(month)

        monkeypatch.setattr(newsroom.catalog, "stories", noted)
        monkeypatch.delattr(type(newsroom.catalog), "story_months")
        rendered(newsroom, months=["2025-03"])
        assert asked == ["2025-03"]

    def test_files_that_a_month_no_longer_has(
        self, room: Make, archive: list[Article], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(languages, "MAX_URLS", 4)
        published = rendered(room(archive))
        assert "sitemap-languages-2025-06-2.xml" in published
        newsroom = room([each for each in archive if each.story not in {"b6", "b7", "d7", "f7"}])
        some = rendered(newsroom, months=["2025-06", "2025-07"], published=published)
        assert set(some) == {"sitemap-languages.xml", "sitemap-languages-2025-06.xml"}
        assert some["sitemap-languages.xml"] == rendered(newsroom)["sitemap-languages.xml"]

    def test_none(self, room: Make, archive: list[Article]) -> None:
        whole = rendered(room(archive))
        assert rendered(room(archive), months=(), published=[*whole, "en/all.rss"]) == {
            "sitemap-languages.xml": whole["sitemap-languages.xml"]
        }
        assert rendered(room(archive), months=()) == {}

    def test_files_of_earlier_versions_are_not_named(self, room: Make, story: Make) -> None:
        old = ["sitemap-languages.xml", "sitemap-languages-1.xml", "sitemap-languages-2.xml"]
        newsroom = room(story("snow", day(12)))
        assert rendered(newsroom, months=["2025-12"], published=old) == rendered(newsroom)

    def test_the_news_is_of_all_articles(self, room: Make, story: Make, noon: datetime) -> None:
        newsroom = room(story("snow", noon), sitemaps=["news"])
        assert rendered(newsroom, months=()) == rendered(newsroom)


ARCHIVE_SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az", "ru"],
    timezone="America/New_York",
    sitemaps=["languages"],
)
#: Editions of few stories around the beginnings of months, some of them gone, on two hosts.
editions = st.builds(
    lambda key, language, hours, host, values: Article(
        id=f"{key}:{language}",
        language=language,
        title="Snow",
        url=f"https://{host}.example/{language}/{key}",
        story=key,
        published=datetime(2025, 3, 1, tzinfo=UTC) + timedelta(hours=hours),
        **values,
    ),
    st.sampled_from("abc"),
    st.sampled_from(["en", "az", "ru"]),
    st.sampled_from([-1, 0, 4, 5, 31 * 24 + 3, 31 * 24 + 4]),
    st.sampled_from("ab"),
    st.sampled_from([{}, {}, {}, {"withdrawn": True}, {"expires": AS_OF}]),
)
archives = st.lists(editions, max_size=9, unique_by=lambda article: article.id)


@settings(max_examples=40)
@given(archives, st.sampled_from("abc"), archives)
def test_whichever_story_changes(archive: list[Article], key: str, others: list[Article]) -> None:
    """The files of its months are all that change, and are all that a publish has to ask for."""
    changed_archive = [each for each in archive if each.story != key]
    changed_archive += [each for each in others if each.story == key]
    before, after = (Newsroom(ARCHIVE_SITE, each, as_of=AS_OF) for each in (archive, changed_archive))
    months = months_of(before, key) | months_of(after, key)
    published, whole = rendered(before), rendered(after)
    files = changed(published, whole) - {languages.INDEX}
    assert [path for path in files if not any(f"-{month}" in path for month in months)] == []
    kept = {
        path: data
        for path, data in published.items()
        if path in languages.parts_in_order([path], without=months)
    }
    assert kept | rendered(after, months=months, published=published) == whole


def months_of(newsroom: Newsroom, key: str) -> set[str]:
    """The month of a story, if it is listed."""
    catalog = newsroom.catalog
    return {
        month
        for month in catalog.story_months()
        if any(stories[0].url.endswith(f"/{key}") for stories in catalog.stories(month))
    }


def test_the_articles_are_read_once_for_all_sitemaps(site: Make, story: Make, noon: datetime) -> None:
    class Archive:
        readings = 0

        def __iter__(self) -> Any:
            self.readings += 1
            return iter(story("snow", noon - timedelta(days=5)))

    archive = Archive()
    catalog = Newsroom(site(sitemaps=["news", "languages"]), archive, as_of=noon).catalog
    before = archive.readings
    for _ in range(2):
        assert [sitemap.path for sitemap in sitemaps(catalog)] == [
            "sitemap-news.xml",
            "sitemap-languages.xml",
            "sitemap-languages-2025-12.xml",
        ]
    assert archive.readings == before + 1


class TestBuilds:
    def test_the_numbered_files_of_earlier_versions_are_removed(
        self, room: Make, story: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They named their files by numbers alone."""
        articles = [*story("snow", day(12)), *story("rain", day(11))]
        with monkeypatch.context() as earlier:
            earlier.setattr(
                languages, "month_path", lambda month, _: f"sitemap-languages-{int(month[-2:]) - 10}.xml"
            )
            earlier.setattr(languages, "parts_in_order", sorted)
            room(articles).publish(tmp_path)
        old = ["sitemap-languages-1.xml", "sitemap-languages-2.xml"]
        assert files(tmp_path) == [*old, "sitemap-languages.xml"]
        report = room(articles).publish(tmp_path)
        assert sorted(report.removed) == old
        assert files(tmp_path) == [
            "sitemap-languages-2025-11.xml",
            "sitemap-languages-2025-12.xml",
            "sitemap-languages.xml",
        ]

    @pytest.mark.parametrize("retired", ["remove", "keep", "empty"])
    def test_a_story_that_moves_to_another_month_takes_the_file_with_it(
        self, newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path, retired: str
    ) -> None:
        own = site(sitemaps=["languages"], languages=["en", "az", "ru"], discovery=False, retired=retired)
        articles = [
            article("snow", story="snow", published=day(10), expires=noon),
            article("qar", language="az", story="snow", published=day(11)),
            article("snjeg", language="ru", story="snow", published=day(12)),
        ]

        def build(as_of: datetime) -> list[str]:
            newsroom(*articles, site=own, as_of=as_of).publish(tmp_path)
            return files(tmp_path)

        assert build(noon - timedelta(seconds=1)) == [
            "sitemap-languages-2025-10.xml",
            "sitemap-languages.xml",
        ]
        assert build(noon) == ["sitemap-languages-2025-11.xml", "sitemap-languages.xml"]
        assert b"sitemap-languages-2025-11.xml" in (tmp_path / "sitemap-languages.xml").read_bytes()


def files(folder: Path) -> list[str]:
    found = sorted(file.name for file in folder.glob("sitemap*"))
    assert all(map(is_sitemap, found))
    return found
