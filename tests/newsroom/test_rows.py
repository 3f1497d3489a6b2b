"""Rows: what a newsroom in Python is made of, be it Articles, mappings or objects; a bad one stops none of the others."""

import json
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import pytest

from newsfeed import Article, Comments, InvalidValue, Media, Newsroom, Person, Site, Source

Make = Callable[..., Any]
NAIVE = datetime(2025, 12, 19, 16, 0)  # noqa: DTZ001 - as databases without time zones give it
SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az"],
    timezone="Asia/Baku",
    categories=[{"term": "media"}],  # type: ignore[list-item]
)
ROW: dict[str, Any] = {
    "language": "en",
    "title": "Snow in Baku",
    "url": "https://report.example/en/snow",
    "published": NAIVE,
}
SNOW = Article(**ROW | {"published": datetime(2025, 12, 19, 12, 0, tzinfo=UTC)})
AS_OF = datetime(2025, 12, 20, tzinfo=UTC)


def newsroom(*rows: object) -> Newsroom:
    return Newsroom(SITE, rows, as_of=AS_OF)


def found(room: Newsroom) -> list[str]:
    return [str(finding) for finding in room.findings]


@dataclass
class DataclassRow:
    language: str
    title: str
    url: str
    published: datetime
    headline_size: int = 3


class StructRow(msgspec.Struct):
    language: str
    title: str
    url: str
    published: datetime


class MappingRow(Mapping[str, Any]):
    def __getitem__(self, key: str) -> Any:
        return ROW[key]

    def __iter__(self) -> Iterator[str]:
        return iter(ROW)

    def __len__(self) -> int:
        return len(ROW)


TupleRow = namedtuple("TupleRow", ["language", "title", "url", "published"])  # noqa: PYI024 - as sqlalchemy makes them


class ModelRow:
    """As a model of Django: more attributes than an article has, and a related object that isn't there."""

    language = "en"
    title = "Snow in Baku"
    url = "https://report.example/en/snow"
    published = NAIVE
    pk = 5
    draft = True

    @property
    def source(self) -> Source:
        raise AttributeError("Story has no source")


def sqlite_row() -> sqlite3.Row:
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    columns = (
        "'en' AS language, 'Snow in Baku' AS title, 'https://report.example/en/snow' AS url, 0 AS withdrawn"
    )
    row = database.execute(f"SELECT {columns}, '2025-12-19 16:00' AS published, NULL AS expires").fetchone()
    database.close()
    return row  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "row",
    [
        SNOW,
        ROW,
        MappingRow(),
        DataclassRow(**ROW),
        StructRow(**ROW),
        TupleRow(**ROW),
        SimpleNamespace(**ROW),
        ModelRow(),
        sqlite_row(),
    ],
    ids=lambda row: type(row).__name__,
)
def test_whatever_has_the_fields_is_an_article(row: object) -> None:
    room = newsroom(row)
    assert room.findings == ()
    (article,) = room.articles
    assert (article.title, article.url, article.published) == (SNOW.title, SNOW.url, SNOW.published)


class Language(Enum):
    EN = "en"


class Related:
    """As a manager of related objects in Django."""

    def __init__(self, *items: object) -> None:
        self.items = items

    def all(self) -> Iterator[object]:
        return iter(self.items)


def test_values_are_written_as_a_file_would_hold_them() -> None:
    row = SimpleNamespace(
        **ROW
        | {
            "id": UUID("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
            "story": 17,
            "language": Language.EN,
            "categories": Related("media"),
            "topics": {"Snow": 1, "Baku": 2}.keys(),
            "authors": Related(SimpleNamespace(name="Leyla", email=None, born=1990)),
            "media": [SimpleNamespace(url="/a.mp4", width=Decimal(640), duration=Decimal("9.5"), read=len)],
            "source": SimpleNamespace(url="https://paper.example/", title="Paper"),
            "withdrawn": 0,
        }
    )
    room = newsroom(row)
    (article,) = room.articles
    assert (article.id, article.story) == (
        "https://report.example/ids/f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "17",
    )
    assert (article.language, article.categories, article.topics) == ("en", ("media",), ("Snow", "Baku"))
    assert article.authors == (Person(name="Leyla"),)
    assert article.media == (Media(url="https://report.example/a.mp4", width=640, duration=9.5),)
    assert article.source == Source(url="https://paper.example/", title="Paper")


class Raising:
    language = "en"
    url = "https://report.example/en/raising"
    published = NAIVE

    @property
    def title(self) -> str:
        raise ConnectionError("the database has\ngone away")


class WithMethod(Raising):
    def title(self) -> str:  # type: ignore[override]
        return "Snow"


class WithoutWords:
    title = "Snow"

    def __getattribute__(self, name: str) -> Any:
        if name == "title":
            return self
        return super().__getattribute__(name)

    def __repr__(self) -> str:
        raise ZeroDivisionError("no words")


class BrokenMapping(MappingRow):
    def __getitem__(self, key: str) -> Any:
        raise LookupError(key)


OUGHT = "Pass an Article, a mapping, or an object with the attributes title, url and so on."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ROW | {"title": " "},
            'article 2 ("https://report.example/en/snow"): NF102 title: it is empty. Write a headline, a summary or content.',
        ),
        (
            ROW | {"url": "/en/snow", "id": None},
            "article 2 (\"/en/snow\"): NF102 url: '/en/snow' isn't a full address. Write the full address, ",
        ),
        (
            {**ROW, "url": None, "title": "Snow\x1b[2J"},
            'article 2 ("Snow\\x1b[2J"): NF102 url: it is missing. Add the ',
        ),
        (
            ROW | {"id": 4711, "published": None},
            'article 2 ("4711"): NF102 published: it is missing. Add it to the article.',
        ),
        (
            ROW | {"language": "fr"},
            "article 2 (\"https://report.example/en/snow\"): NF103 language: 'fr' isn't one of ",
        ),
        (
            None,
            f"article 2: NF106 a row must be an article, but None is nothing without any of its fields. {OUGHT}",
        ),
        (
            5,
            f"article 2: NF106 a row must be an article, but 5 is a number without any of its fields. {OUGHT}",
        ),
        ("Snow", f"article 2: NF106 a row must be an article, but 'Snow' is text. {OUGHT}"),
        ([1, 2], f"article 2: NF106 a row must be an article, but [1, 2] is a list. {OUGHT}"),
        ((), f"article 2: NF106 a row must be an article, but () is a list. {OUGHT}"),
        ({}, "article 2: NF102 language: it is missing. Add it to the article."),
        (
            Raising(),
            (
                r'article 2 ("https://report.example/en/raising"): NF102 title: reading it raises ConnectionError: the '
                r"database has\ngone away. Correct the attribute."
            ),
        ),
        (
            WithMethod(),
            'article 2 ("https://report.example/en/raising"): NF102 title: it is a method. Make it a property.',
        ),
        (
            WithoutWords(),
            "article 2: NF106 it can't be read: ZeroDivisionError: no words. Correct the row.",
        ),
        (
            BrokenMapping(),
            "article 2: NF106 it can't be read: LookupError: language. Correct the row.",
        ),
    ],
)
def test_a_bad_row_is_a_finding_and_the_others_are_published(row: object, said: str) -> None:
    other = ROW | {"url": "https://report.example/en/other"}
    room = newsroom(SNOW, row, other)
    assert sorted(article.url or "" for article in room.articles) == [
        "https://report.example/en/other",
        "https://report.example/en/snow",
    ]
    assert found(room)[0].startswith(said)
    assert {finding.severity for finding in room.findings} == {"error"}
    assert {finding.place.record for finding in room.findings} == {2}


class RaisingSource(SimpleNamespace):
    @property
    def source(self) -> Source:
        raise RuntimeError("timeout")

    @property
    def topics(self) -> Iterator[str]:
        yield "Snow"
        raise RuntimeError("timeout")


def test_what_a_row_can_do_without_costs_itself() -> None:
    room = newsroom(RaisingSource(**ROW, rights=5.5, authors=[SimpleNamespace(name="Leyla", email="leyla")]))
    assert room.articles[0].authors == (Person(name="Leyla"),)
    assert [text.partition(": ")[2].partition(". ")[0] for text in found(room)] == [
        "NF151 authors[0].email: 'leyla' isn't an e-mail address, so it is left out",
        "NF151 rights: 5.5 is a number, so it is left out",
        "NF151 source: reading it raises RuntimeError: timeout, so it is left out",
        "NF151 topics: reading it raises RuntimeError: timeout, so it is left out",
    ]


@pytest.mark.parametrize(
    "comments",
    [
        [SimpleNamespace(text="First!")],
        SimpleNamespace(all=lambda: [SimpleNamespace(text="First!")]),
        len,
        SimpleNamespace(url=None),
        None,
    ],
    ids=["a list of them", "a manager of a model", "a method", "one without an address", "none"],
)
def test_an_objects_comments_may_be_the_comments_themselves(comments: object) -> None:
    made = newsroom(SimpleNamespace(**ROW, comments=comments))
    assert made.articles == (SNOW.with_kept(id=SNOW.url, updated=SNOW.published),)


def test_an_object_may_say_where_its_comments_are() -> None:
    made = newsroom(SimpleNamespace(**ROW, comments=SimpleNamespace(url="https://report.example/c", count=3)))
    assert made.findings == ()
    assert made.articles[0].comments == Comments(url="https://report.example/c", count=3)


def test_an_end_that_cannot_be_read_leaves_the_article_out() -> None:
    class Row(SimpleNamespace):
        @property
        def expires(self) -> datetime:
            raise RuntimeError("timeout")

    room = newsroom(Row(**ROW))
    assert room.articles == ()
    (finding,) = room.findings
    assert (finding.code, finding.field) == ("NF107", "expires")
    assert finding.reason == "reading it raises RuntimeError: timeout, so the article's time may be over"


class NoText:
    def __str__(self) -> str:
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    "extra", [{"a": {(1, 2): 3}}, {"a": {2025: 3}}, {"a": NoText()}, {"a": float("nan")}]
)
@pytest.mark.parametrize("kind", [dict, Article])
def test_data_that_json_cannot_hold_are_left_out(extra: dict[str, Any], kind: type) -> None:
    room = newsroom(kind(**ROW | {"published": AS_OF, "extra": extra}))
    assert room.articles[0].extra == {}
    assert [finding.code for finding in room.findings] == ["NF151"]


def test_without_a_time_zone_a_date_without_one_is_refused() -> None:
    site = Site(title="Report", url="https://report.example/", languages=["en"])
    room = Newsroom(site, [SimpleNamespace(**ROW)], as_of=AS_OF)
    (finding,) = room.findings
    assert (finding.code, finding.field, "set site.timezone" in finding.remedy) == (
        "NF102",
        "published",
        True,
    )


def test_two_rows_with_one_id_are_told_apart_by_their_names() -> None:
    room = newsroom(ROW | {"id": 5}, ROW | {"id": "5", "title": "Other"})
    (finding,) = [finding for finding in room.findings if finding.code == "NF104"]
    assert str(finding.place) in {'article 1 ("5")', 'article 2 ("5")'}


def test_the_report_names_a_row(tmp_path: Any) -> None:
    report = newsroom(ROW, ROW | {"id": "b", "title": ""}).publish(tmp_path)
    (row,) = json.loads(report.as_json())["left_out"]
    assert {key: row[key] for key in ("file", "record", "name", "field")} == {
        "file": None,
        "record": 2,
        "name": "b",
        "field": "title",
    }
    assert report.articles_left_out == 1


class Query:
    """Rows that are read anew at each reading, and never all at once; as Django's, with `_fields` of its own."""

    _fields = ("id", "url")

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.readings = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self.readings += 1
        for number in range(self.rows):
            yield ROW | {"url": f"https://report.example/{number}", "id": number // 2}


def test_rows_are_read_one_by_one_and_twice_where_they_conflict() -> None:
    rows = Query(10)
    assert len(Newsroom(SITE, rows, as_of=AS_OF).feed("en/all").entries) == 5
    assert rows.readings == 2


class Cursor:
    """As the cursor of a database: what was read from it is gone."""

    def __init__(self, rows: int) -> None:
        self.left = iter(Query(rows))

    def fetchmany(self) -> list[object]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[object]:
        yield from self.left


def test_a_cursor_is_read_into_memory() -> None:
    assert len(Newsroom(SITE, Cursor(10), as_of=AS_OF).feed("en/all").entries) == 5


class DatabaseError(Exception):
    pass


def broken_off() -> Iterator[object]:
    yield ROW
    raise DatabaseError("server closed the connection")


class BrokenOff:
    def __iter__(self) -> Iterator[object]:
        return broken_off()


@pytest.mark.parametrize("rows", [broken_off(), BrokenOff()], ids=["an iterator", "read anew"])
def test_an_error_between_rows_is_the_callers(rows: Any) -> None:
    with pytest.raises(DatabaseError, match="server closed the connection"):
        Newsroom(SITE, rows, as_of=AS_OF)


LIST = "Give a list of Articles, or of mappings or objects with their fields."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, f"articles: None is nothing. {LIST}"),
        (5, f"articles: 5 is a number. {LIST}"),
        (SNOW, "articles: this is one article, not a list. Put it into brackets: [article]."),
        (ROW, "articles: this is one article, not a list. Put it into brackets: [article]."),
        (TupleRow(**ROW), "articles: this is one article, not a list. Put it into brackets: [article]."),
        ("a.jsonl", "articles: 'a.jsonl' is text. Open the newsroom's folder with newsfeed.open(folder)."),
    ],
)
def test_what_is_no_list_of_articles(given: Any, said: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Newsroom(SITE, given)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("folder", "what"),
    [(None, "None is nothing"), (123, "123 is a number"), (["public"], "['public'] is a list")],
)
def test_what_is_no_target(folder: Any, what: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        newsroom(SNOW).publish(folder)
    assert str(refused.value) == (
        f"folder: {what}. Give the path of a folder, a URL such as s3://news/feeds/, or a Target of your own."
    )
