"""Site, Category, FeedRule: what must hold, and what is filled in."""

from collections.abc import Callable
from typing import Any

import pytest

from newsfeed import Category, FeedRule, InvalidRecord, Site

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("title", {}, "title: the table is empty"),
        ("title", {"en": ""}, "title.en: it is empty"),
        ("url", "report.example", "url: "),
        ("languages", [], "languages: the list is empty"),
        ("languages", ["en", "azeri language"], "languages[1]: "),
        ("timezone", "Asia/Bakuu", "timezone: "),
        ("date_format", "{", "date_format: "),
        ("translations", "alternative", "translations: 'alternative' isn't known. Did you mean 'alternate'?"),
        ("labels", {"photos": "Foto"}, "labels.photos: listings have no such word. Did you mean 'photo'?"),
        (
            "labels",
            {"latest": {"en": ""}, "all": {"az": 5}},
            "labels.latest.en: it is empty. Write some text. · labels.all.az",
        ),
        ("trending", "WUF13", "trending: 'WUF13' is text. Write a list"),
        ("trending", {"en": "WUF13"}, "trending.en: 'WUF13' is text. Write a list"),
        ("day_first", "yes", "day_first: 'yes' is text. Write true, without quotes."),
        (
            "categories",
            [{"term": "a"}, {"term": "b"}, {"term": "a", "label": "A"}],
            "categories[2].term: 'a' is defined",
        ),
        ("feeds", [{"path": "/x"}], "feeds[0].path: '/x' isn't a safe path"),
        ("title", "Re\x01port", "title: a feed can't carry U+0001. Remove it."),
        ("title", {"en": "\x93Report\x94"}, "title.en: a feed can't carry U+0093, U+0094. Remove it."),
        (
            "categories",
            [{"term": "a", "label": {"en": "\ud800A"}}],
            "categories[0].label.en: a feed can't carry",
        ),
        ("authors", [{"name": "Re\uffffport"}], "authors[0].name: a feed can't carry U+FFFF"),
        ("feeds", [{"path": "all", "title": "\x7fAll"}], "feeds[0].title: a feed can't carry U+007F"),
    ],
)
def test_what_is_refused(field: str, value: object, problem: str, site: Make) -> None:
    with pytest.raises(InvalidRecord) as refused:
        site(**{field: value})
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("", "it is empty"),
        ("{langauge}/all", "'{langauge}' isn't a placeholder. Did you mean 'language'?"),
        ("{language!r}", "'{language}' isn't a placeholder"),
        ("{language:>5}", "'{language}' isn't a placeholder"),
        ("{language", "has an unmatched brace"),
        ("{}", "'{}' isn't a placeholder"),
        ("/all", "isn't a safe path"),
        ("all/", "isn't a safe path"),
        ("../all", "isn't a safe path"),
        ("a/../b", "isn't a safe path"),
        ("a//b", "isn't a safe path"),
        (".newsfeed/x", "isn't a safe path"),
        ("a\\b", "isn't a safe path"),
        ("C:/x", "isn't a safe path"),
        ("a\x00b", "isn't a safe path"),
        ("{language}/{month}", "has a month without its year"),
    ],
)
def test_paths_that_are_refused(path: str, problem: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        FeedRule(path=path)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": "{sight}"}, "title: '{sight}' isn't a placeholder. Did you mean 'site'?"),
        ({"title": "{category}"}, "title: {category} has no value in these feeds"),
        ({"title": {"en": "{topic}"}}, "title: {topic} has no value in these feeds"),
        ({"where": {"categroy": "a"}}, "where.categroy: there is no such facet. Did you mean 'category'?"),
        ({"where": {"flag": "Photo"}}, "where.flag[0]: 'Photo' isn't known. Did you mean 'photo'?"),
        ({"where": {"topic": []}}, "where.topic: the list is empty"),
        ({"where": {"topic": [""]}}, "where.topic[0]: it is empty"),
        ({"limit": 0}, "limit: 0 isn't a whole number of 1 or more. Write one, such as 20."),
        ({"limit": "10"}, "limit: '10' isn't a whole number"),
        ({"formats": ["pdf"]}, "formats[0]: 'pdf' isn't known"),
        ({"formats": []}, "formats: the list is empty"),
        ({"content": "none"}, "content: 'none' isn't known. Choose from full, teaser, summary."),
    ],
)
def test_rules_that_are_refused(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        FeedRule(**{"path": "{language}/all"} | values)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("values", "feeds_url", "ids_url"),
    [
        ({}, "https://report.example/feeds/", "https://report.example/"),
        ({"url": "https://report.example"}, "https://report.example/feeds/", "https://report.example/"),
        (
            {"feeds_url": "https://cdn.example/f", "ids_url": "https://old.example"},
            "https://cdn.example/f/",
            "https://old.example/",
        ),
    ],
)
def test_addresses_that_are_filled_in(
    values: dict[str, Any], feeds_url: str, ids_url: str, site: Make
) -> None:
    made = site(**values)
    assert (made.feeds_url, made.ids_url) == (feeds_url, ids_url)


@pytest.mark.parametrize(
    ("label", "language", "expected"),
    [
        (None, "en", "politics"),
        ("Politics", "az", "Politics"),
        ({"en": "Politics", "az": "Siyasət"}, "az", "Siyasət"),
        ({"en": "Politics", "az": "Siyasət"}, "az-Latn", "Siyasət"),
        ({"en": "Politics", "az": "Siyasət"}, "ru", "Politics"),
        ({"az": "Siyasət"}, "ru", "Siyasət"),
    ],
)
def test_labels_of_categories(label: Any, language: str, expected: str, site: Make) -> None:
    made = site(languages=["en", "az", "az-Latn", "ru"], categories=[Category(term="politics", label=label)])
    assert made.category_label("politics", language) == expected


@pytest.mark.parametrize(
    ("labels", "language", "expected"),
    [
        ({}, "az", "Foto"),
        ({}, "de", "Foto"),
        ({}, "tlh", "Photo"),
        ({"photo": "Picture"}, "az", "Picture"),
        ({"photo": {"en": "Picture"}}, "en", "Picture"),
        ({"photo": {"en": "Picture"}}, "az", "Foto"),
        ({"photo": {"de": "Bild"}}, "de", "Bild"),
    ],
)
def test_words_of_listings(labels: dict[str, Any], language: str, expected: str, site: Make) -> None:
    assert site(languages=["en", "az", "de", "tlh"], labels=labels).label("photo", language) == expected


@pytest.mark.parametrize(
    ("trending", "english", "azerbaijani"),
    [([], (), ()), (["WUF13"], ("WUF13",), ("WUF13",)), ({"az": ["WUF13"]}, (), ("WUF13",))],
)
def test_trending_topics(
    trending: Any, english: tuple[str, ...], azerbaijani: tuple[str, ...], site: Make
) -> None:
    made: Site = site(trending=trending)
    assert (made.trending_in("en"), made.trending_in("az")) == (english, azerbaijani)
