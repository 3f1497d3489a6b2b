"""What databases and content management systems write is read without complaint where it can mean one thing only."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newsfeed import Article, Category, Media, Newsroom, Person, Place, Site, Source
from newsfeed.catalog.repairs import repaired
from newsfeed.sources.records import read_record

Make = Callable[..., Any]

PICTURE = "https://report.example/a.jpg"
SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az", "ru", "ar"],
    timezone="Asia/Baku",
    day_time="09:00",
    categories=[
        Category(term="politics", label={"en": "Politics", "az": "Siyasət"}),
        Category(term="sport", label="Sport, football"),
        Category(term="a", label="Life"),
        Category(term="b", label="Life"),
    ],
)


def read(record: dict[str, Any]) -> tuple[Article | None, list[str]]:
    article, findings = read_record(record, place=Place(file="a.json"), site=SITE)
    return article, [str(finding).removeprefix("a.json: ") for finding in findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"id": 12.0}, {"id": "12"}),
        ({"title": 2025}, {"title": "2025"}),
        ({"title": ["Snow"]}, {"title": "Snow"}),
        ({"language": ["az"]}, {"language": "az"}),
        ({"summary": False}, {"summary": None}),
        ({"content": []}, {"content": None}),
        ({"extra": []}, {"extra": {}}),
        ({"topics": "Snow"}, {"topics": ("Snow",)}),
        ({"topics": ["Snow", None, "", 2025]}, {"topics": ("Snow", "2025")}),
        ({"topics": '["Snow", "Rain"]'}, {"topics": ("Snow", "Rain")}),
        ({"categories": 7}, {"categories": ("7",)}),
        ({"categories": "politics, sport"}, {"categories": ("politics", "sport")}),
        ({"categories": "Sport, football"}, {"categories": ("Sport, football",)}),
        ({"flags": "Photo, video"}, {"flags": ("photo", "video")}),
        ({"authors": "Leyla Abbasova"}, {"authors": (Person(name="Leyla Abbasova"),)}),
        ({"authors": ["Leyla", {"name": "AA"}]}, {"authors": (Person(name="Leyla"), Person(name="AA"))}),
        ({"authors": {"name": "AA"}}, {"authors": (Person(name="AA"),)}),
        ({"media": PICTURE}, {"media": (Media(url=PICTURE),)}),
        ({"media": {"url": PICTURE, "width": "800"}}, {"media": (Media(url=PICTURE, width=800),)}),
        ({"media": [{"url": PICTURE, "length": 5.0}]}, {"media": (Media(url=PICTURE, length=5),)}),
        ({"media": [{"url": PICTURE, "duration": "0:01:05"}]}, {"media": (Media(url=PICTURE, duration=65),)}),
        ({"media": [{"url": PICTURE, "width": ""}]}, {"media": (Media(url=PICTURE),)}),
        ({"media": False}, {"media": ()}),
        ({"source": "https://paper.example/"}, {"source": Source(url="https://paper.example/")}),
        ({"withdrawn": "false"}, {"withdrawn": False}),
        ({"withdrawn": "Yes"}, {"withdrawn": True}),
        ({"withdrawn": 0.0}, {"withdrawn": False}),
        ({"expires": "0000-00-00 00:00:00"}, {"expires": None}),
        ({"published": 1766154240}, {"published": datetime(2025, 12, 19, 14, 24, tzinfo=UTC)}),
        ({"published": "1766154240000"}, {"published": datetime(2025, 12, 19, 14, 24, tzinfo=UTC)}),
        (
            {"published": {"$date": "2025-12-19T14:24:00Z"}},
            {"published": datetime(2025, 12, 19, 14, 24, tzinfo=UTC)},
        ),
        ({"published": "19 декабря 2025"}, {"published": datetime(2025, 12, 19, 5, tzinfo=UTC)}),
        ({"published": "19 dekabr 2025"}, {"published": datetime(2025, 12, 19, 5, tzinfo=UTC)}),
        ({"published": "١٩ ديسمبر ٢٠٢٥"}, {"published": datetime(2025, 12, 19, 5, tzinfo=UTC)}),
        ({"published": "2025-12-19"}, {"published": datetime(2025, 12, 19, 5, tzinfo=UTC)}),
        ({"updated": "2025-12-19"}, {"updated": datetime(2025, 12, 19, 14, 24, tzinfo=UTC)}),
        ({"updated": "2025-12-20"}, {"updated": datetime(2025, 12, 20, 5, tzinfo=UTC)}),
    ],
    ids=str,
)
def test_one_meaning(written: dict[str, Any], meant: dict[str, Any], record: Make) -> None:
    article, found = read(record(**written))
    assert found == []
    assert {field: getattr(article, field) for field in meant} == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            {"topics": "Snow, Rain"},
            'NF151 topics: \'Snow, Rain\' is text, so it is left out. Write a list, ["Snow, Rain"] or ["Snow", "Rain"].',
        ),
        (
            {"authors": "Abbasova, Leyla"},
            'NF151 authors: \'Abbasova, Leyla\' is text, so it is left out. Write a list, [{ name = "Abbasova, Leyla" }], or in JSON [{"name": "Abbasova, Leyla"}].',
        ),
        (
            {"media": [{"url": PICTURE, "width": "1,024"}]},
            "NF151 media[0].width: '1,024' isn't a whole number of 0 or more, so it is left out. Write one, such as 20.",
        ),
    ],
    ids=str,
)
def test_two_meanings(written: dict[str, Any], said: str, record: Make) -> None:
    assert read(record(**written))[1] == [said]


def test_a_day_of_two_readings_shows_both(record: Make) -> None:
    _, (said,) = read(record(published="03/04/2025"))
    assert said.startswith("NF102 published: '03/04/2025' can be read as 3 April 2025 or as 4 March 2025")


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("lang", "language", "en"),
        ("headline", "title", "About snow"),
        ("link", "url", "https://report.example/en/snow"),
        ("pubDate", "published", "2025-12-19T18:24:00+04:00"),
        ("tags", "topics", ["Snow"]),
        ("image", "media", PICTURE),
        ("author", "authors", "AA"),
    ],
)
def test_a_key_of_another_program(key: str, field: str, value: object, record: Make) -> None:
    article, found = read(record(**{field: ..., key: value}))
    assert article is not None
    assert found == [
        f"NF152 {key}: there is no such key, so it is read as {field}. Write {field}, or name it in [sources.fields]."
    ]


def test_two_keys_for_one_field_are_an_error(record: Make) -> None:
    article, found = read(record(language=..., lang="en", locale="az"))
    assert article is None
    assert "NF102 language: it is missing. Add it to the article." in found


@pytest.mark.parametrize(
    ("written", "meant"),
    [(["Siyasət"], ("politics",)), (["POLITICS", "politics"], ("politics",)), (["Life"], ())],
)
def test_a_category_by_its_label(written: list[str], meant: tuple[str, ...], record: Make) -> None:
    """A label of several categories means none of them, and is told."""
    article, _ = read(record(categories=written))
    assert article is not None
    kept, findings = repaired(article, SITE, Place())
    assert kept.categories == meant
    assert bool(findings) is (not meant)


@pytest.mark.parametrize(
    ("languages", "written", "meant"),
    [
        (["en"], "en-GB", "en"),
        (["nb"], "nb_NO", "nb"),
        (["en", "az"], "Azərbaycan", "az"),
        (["zh-Hant"], "zh", "zh-Hant"),
        (["en-GB", "en-US"], "en", None),
        (["en"], "eng-x", None),
    ],
)
def test_a_language_of_a_region(languages: list[str], written: str, meant: str | None, record: Make) -> None:
    site = Site(title="Report", url="https://report.example/", languages=languages)
    newsroom = Newsroom(site, [record(language=written)])
    assert [article.language for article in newsroom.articles] == ([] if meant is None else [meant])
    assert bool(newsroom.findings) is (meant is None)
