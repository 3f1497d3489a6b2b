"""What sitemaps ask a catalog: the news, the newest article, and stories by the month of their first edition."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsfeed import Article, Newsroom
from newsfeed.catalog.catalog import Catalog
from newsfeed.catalog.listed import ListedArticle, ListedEdition

Make = Callable[..., Any]
Ask = Callable[..., Catalog]

START = "https://report.example/"


@pytest.fixture
def ask(site: Make, noon: datetime) -> Ask:
    def catalog(*articles: Article, as_of: datetime = noon, **keys: Any) -> Catalog:
        asking = site(**{"sitemaps": ["news", "languages"]} | keys)
        return Newsroom(asking, articles, as_of=as_of).catalog

    return catalog


@pytest.fixture
def edition(article: Make) -> Make:
    """Make an edition of the story `snow`."""

    def make(language: str, published: datetime, **values: Any) -> Article:
        made: Article = article(values.pop("name", "snow"), language=language, published=published, **{"story": "snow"} | values)  # fmt: skip
        return made

    return make


class TestNews:
    def test_what_is_said_of_an_article(self, ask: Ask, article: Make, noon: datetime) -> None:
        media = [
            {"url": "https://media.example/ə.jpg"},
            {"url": "https://media.example/a.mp4"},
            {"url": "https://media.example/b.png"},
        ]
        catalog = ask(article(url=START + "qar ə", title="Snow\n in Baku", media=media))
        listed = ListedArticle(
            url=START + "qar%20%C9%99",
            language="en",
            title="Snow in Baku",
            published=noon,
            pictures=("https://media.example/%C9%99.jpg", "https://media.example/b.png"),
        )
        assert list(catalog.listed_news()) == [listed]
        assert catalog.newest_listed() == listed

    def test_two_days_the_newest_first_then_by_id(self, ask: Ask, article: Make, noon: datetime) -> None:
        ages = {"c": 0, "d": 49, "b": 48, "a": 48, "e": 1}
        catalog = ask(*[article(name, published=noon - timedelta(hours=age)) for name, age in ages.items()])
        assert [listed.title[-1] for listed in catalog.listed_news()] == ["c", "e", "a", "b"]

    def test_only_what_is_live(self, ask: Ask, article: Make, noon: datetime) -> None:
        catalog = ask(
            article("withdrawn", withdrawn=True),
            article("expired", published=noon - timedelta(hours=1), expires=noon),
            article("embargoed", published=noon + timedelta(seconds=1)),
        )
        assert list(catalog.listed_news()) == []
        assert catalog.newest_listed() is None

    @pytest.mark.parametrize(("size", "is_listed"), [(2047, True), (2048, False)])
    def test_an_address_too_long_for_a_sitemap(
        self, ask: Ask, article: Make, size: int, *, is_listed: bool
    ) -> None:
        catalog = ask(article(url=START + "x" * (size - len(START))))
        assert (len(catalog.listed_news()) == 1) == is_listed
        assert (catalog.newest_listed() is not None) == is_listed

    def test_the_newest_is_the_first_in_feeds(self, ask: Ask, article: Make, noon: datetime) -> None:
        old = noon - timedelta(days=9)
        long = article("0", url=START + "x" * 2048, published=old)
        catalog = ask(long, *[article(name, published=old) for name in ("b", "a", "c")])
        newest = catalog.newest_listed()
        assert newest is not None
        assert newest.title == "About a"


class TestStories:
    def test_what_is_said_of_an_edition(self, ask: Ask, edition: Make, noon: datetime) -> None:
        catalog = ask(
            edition("az", noon - timedelta(hours=2), name="qar"),
            edition("en", noon - timedelta(hours=1), updated=noon),
        )
        assert [list(editions) for editions in catalog.stories("2025-12")] == [
            [
                ListedEdition(url=START + "en/snow", language="en", updated=noon),
                ListedEdition(url=START + "az/qar", language="az", updated=noon - timedelta(hours=2)),
            ]
        ]

    def test_in_the_order_of_their_keys(self, ask: Ask, edition: Make, noon: datetime) -> None:
        keys = ("b", "a", "B", "ə", "\U0001f600", "\uffe0")
        catalog = ask(
            *[
                edition(language, noon, name=str(number), story=key)
                for number, key in enumerate(keys)
                for language in ("en", "az")
            ]
        )
        found = [editions[0].url.rpartition("/")[2] for editions in catalog.stories("2025-12")]
        assert found == [str(keys.index(key)) for key in ("B", "a", "b", "ə", "\uffe0", "\U0001f600")]

    @pytest.mark.parametrize(
        ("zone", "first", "month"),
        [
            ("Asia/Baku", "2025-11-30T19:59:59+00:00", "2025-11"),
            ("Asia/Baku", "2025-11-30T20:00:00+00:00", "2025-12"),
            ("UTC", "2025-11-30T23:59:59+00:00", "2025-11"),
            ("America/New_York", "2025-12-01T04:59:59+00:00", "2025-11"),
            ("America/New_York", "2025-12-01T00:00:00-05:00", "2025-12"),
            ("America/New_York", "2025-11-01T03:59:59+00:00", "2025-10"),
            ("Pacific/Kiritimati", "2024-12-31T10:00:00+00:00", "2025-01"),
        ],
    )
    def test_the_month_of_the_first_edition_in_the_time_zone_of_the_site(
        self, ask: Ask, edition: Make, noon: datetime, zone: str, first: str, month: str
    ) -> None:
        catalog = ask(edition("en", noon), edition("az", datetime.fromisoformat(first)), timezone=zone)
        assert list(catalog.story_months()) == [month]
        assert [len(editions) for editions in catalog.stories(month)] == [2]

    def test_months_in_their_order(self, ask: Ask, edition: Make) -> None:
        months = {"b": (2025, 11), "c": (2025, 2), "a": (2024, 12), "d": (2025, 11)}
        catalog = ask(
            *[
                edition(language, datetime(year, month, 7, tzinfo=UTC), name=story, story=story)
                for story, (year, month) in months.items()
                for language in ("az", "en")
            ]
        )
        assert list(catalog.story_months()) == ["2024-12", "2025-02", "2025-11"]
        assert [len(catalog.stories(month)) for month in catalog.story_months()] == [1, 1, 2]
        assert list(catalog.stories("2025-01")) == []

    @pytest.mark.parametrize(
        ("first", "months"),
        [
            ({}, ["2025-10"]),
            ({"expires": datetime(2025, 12, 19, 12, tzinfo=UTC)}, ["2025-11"]),
            ({"withdrawn": True}, ["2025-11"]),
            ({"url": START + "x" * 2048}, ["2025-11"]),
            ({"published": datetime(2025, 12, 20, tzinfo=UTC)}, ["2025-11"]),
            ({"published": datetime(2025, 12, 2, tzinfo=UTC)}, ["2025-11"]),
            ({"published": datetime(2024, 2, 29, tzinfo=UTC)}, ["2024-02"]),
            ({"story": "rain"}, ["2025-11"]),
        ],
        ids=["live", "expired", "withdrawn", "address", "embargoed", "later", "earlier", "another story"],
    )
    def test_a_story_moves_with_its_first_live_edition(
        self, ask: Ask, edition: Make, first: dict[str, Any], months: list[str]
    ) -> None:
        published = first.get("published", datetime(2025, 10, 7, tzinfo=UTC))
        rest = {key: value for key, value in first.items() if key != "published"}
        catalog = ask(
            edition("en", published, **rest),
            edition("az", datetime(2025, 11, 7, tzinfo=UTC)),
            edition("ru", datetime(2025, 12, 7, tzinfo=UTC)),
            languages=["en", "az", "ru"],
        )
        assert list(catalog.story_months()) == months

    def test_a_story_with_one_live_edition_has_no_month(
        self, ask: Ask, edition: Make, article: Make, noon: datetime
    ) -> None:
        catalog = ask(edition("en", noon), edition("az", noon, withdrawn=True), article("rain"))
        assert list(catalog.story_months()) == []
        assert list(catalog.stories("2025-12")) == []

    def test_an_edition_that_gives_way_to_another_counts_for_nothing(
        self, ask: Ask, edition: Make, noon: datetime
    ) -> None:
        """Two editions in one language: that of October loses."""
        catalog = ask(
            edition("en", datetime(2025, 10, 7, tzinfo=UTC), name="old"),
            edition("en", datetime(2025, 11, 7, tzinfo=UTC), name="new"),
            edition("az", noon),
        )
        assert list(catalog.story_months()) == ["2025-11"]
        assert [[listed.url for listed in editions] for editions in catalog.stories("2025-11")] == [
            [START + "en/new", START + "az/snow"]
        ]


@pytest.mark.parametrize(
    ("sitemaps", "news", "months"), [([], 0, []), (["news"], 2, []), (["languages"], 0, ["2025-12"])]
)
def test_a_site_is_told_what_its_sitemaps_list(
    ask: Ask, edition: Make, noon: datetime, sitemaps: list[str], news: int, months: list[str]
) -> None:
    catalog = ask(edition("en", noon), edition("az", noon), sitemaps=sitemaps)
    assert len(catalog.listed_news()) == news
    assert (catalog.newest_listed() is not None) == bool(news)
    assert list(catalog.story_months()) == months
    assert len(catalog.stories("2025-12")) == len(months)
