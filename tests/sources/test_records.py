"""One decoded record: what becomes of dates, and that everything that is wrong is said at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from newsfeed.errors import InvalidValue
from newsfeed.findings import Place
from newsfeed.sources.records import finding, read_record

Make = Callable[..., Any]

PLACE = Place(file="articles.jsonl", line=7, record=5)
BAKU = timezone(timedelta(hours=4))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-12-19T18:24:00+04:00", datetime(2025, 12, 19, 18, 24, tzinfo=BAKU)),
        ("2025-12-19T14:24:00Z", datetime(2025, 12, 19, 18, 24, tzinfo=BAKU)),
        ("Fri, 19 Dec 2025 14:24:00 GMT", datetime(2025, 12, 19, 18, 24, tzinfo=BAKU)),
        ("19 December, 2025 18:24", datetime(2025, 12, 19, 18, 24, tzinfo=BAKU)),
        ("03/04/2025 18:24", datetime(2025, 4, 3, 18, 24, tzinfo=BAKU)),
        (datetime(2025, 12, 19, 18, 24), datetime(2025, 12, 19, 18, 24, tzinfo=BAKU)),  # noqa: DTZ001 - as TOML gives it
        (date(2025, 12, 20), datetime(2025, 12, 20, tzinfo=BAKU)),
    ],
)
@pytest.mark.parametrize("field", ["published", "updated", "expires"])
def test_dates_are_read_as_the_site_means_them(
    written: object, moment: datetime, field: str, site: Make, record: Make
) -> None:
    article, findings = read_record(record(**{field: written}), place=PLACE, site=site(day_first=True))
    assert findings == []
    assert article is not None
    assert getattr(article, field) == moment


def test_a_repaired_date_is_a_warning_with_its_field(site: Make, record: Make) -> None:
    berlin = site(timezone="Europe/Berlin")
    article, findings = read_record(record(expires="2025-10-26 02:30"), place=PLACE, site=berlin)
    assert article is not None
    assert article.expires is not None
    assert article.expires.astimezone(UTC) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert [warning.severity for warning in findings] == ["warning"]
    assert str(findings[0]) == (
        "articles.jsonl:7: NF116 expires: 2025-10-26 02:30:00 occurs twice in Europe/Berlin, where clocks went back; "
        "the first one was taken. Write the offset as well, as in 2025-10-26T02:30:00+02:00."
    )


def test_all_that_is_wrong_with_a_record_is_said_at_once(site: Make, record: Make) -> None:
    awkward = record(
        language="azeri language",
        title=...,
        titel="Snow",
        published="18:24",
        updated="03/04/2025",
        url="/en/snow",
        topics="Snow, Rain",
        media=[{"url": "https://report.example/a.jpg", "width": -1}, {"type": "image/jpeg"}],
        extra={"ratio": float("nan"), "deep": [{"far": float("inf")}]},
    )
    article, findings = read_record(awkward, place=PLACE, site=site())
    assert article is None
    assert {(error.code, error.severity, error.place) for error in findings} == {("NF102", "error", PLACE)}
    assert [(error.field, error.reason.split(";")[0]) for error in findings] == [
        ("titel", "there is no such key"),
        ("language", "'azeri language' isn't a language tag"),
        ("url", "'/en/snow' isn't a full address"),
        ("topics", "'Snow, Rain' is text"),
        ("media[0].width", "-1 isn't a whole number of 0 or more"),
        ("media[1].url", "it is missing"),
        ("title", "it is missing"),
        ("published", "'18:24' isn't a complete date with day, month and year"),
        ("updated", "'03/04/2025' can be read as 3 April 2025 or as 4 March 2025"),
        ("extra.ratio", "nan isn't a number that JSON can hold"),
        ("extra.deep[0].far", "inf isn't a number that JSON can hold"),
    ]
    assert all(error.remedy for error in findings)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (time(18, 24), "published: a date can't be of type time"),
        (20251219, "published: a date can't be of type int"),
        (True, "published: a date can't be of type bool"),
        ("", "published: "),
        ("2025-02-30", "published: "),
        ("2025-12-19 18:24 AZT", "published: "),
    ],
)
def test_dates_that_are_refused(value: object, problem: str, site: Make, record: Make) -> None:
    article, findings = read_record(record(published=value), place=PLACE, site=site())
    assert article is None
    assert [str(error).startswith(f"articles.jsonl:7: NF102 {problem}") for error in findings] == [True]


def test_without_a_time_zone_a_naive_date_is_an_error(site: Make, record: Make) -> None:
    article, findings = read_record(
        record(published="2025-12-19 18:24"), place=PLACE, site=site(timezone=None)
    )
    assert article is None
    assert [(error.field, "set site.timezone" in error.remedy) for error in findings] == [("published", True)]


def test_null_is_the_same_as_absent(site: Make, record: Make) -> None:
    nulls = record(expires=None, summary=None, authors=[{"name": "Leyla", "url": None}], unknown=None)
    article, findings = read_record(nulls, place=PLACE, site=site())
    assert findings == []
    assert article is not None
    assert (article.expires, article.summary, article.authors[0].url) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "what"),
    [("Snow", "text"), (3, "a number"), ([1], "a list"), (None, "nothing"), (True, "true or false")],
)
def test_what_is_no_mapping_is_no_article(value: object, what: str, site: Make) -> None:
    article, findings = read_record(value, place=PLACE, site=site())
    assert article is None
    assert [(error.code, error.field, error.reason.endswith(f" is {what}")) for error in findings] == [
        ("NF101", "", True)
    ]


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"extra": {"x": nested(40)}}, [], id="deep enough"),
        pytest.param({"extra": {"x": nested(60)}}, [("NF151", "extra.x")], id="too deep for JSON's readers"),
        pytest.param({"title": nested(100_000)}, [("NF101", "")], id="too deep to look at"),
    ],
)
def test_nesting(values: dict[str, Any], expected: list[tuple[str, str]], site: Make, record: Make) -> None:
    article, findings = read_record(record(**values), place=PLACE, site=site())
    assert [(error.code, error.field) for error in findings] == expected
    assert (article is None) is ("NF101" in dict(expected))


def test_the_record_handed_over_is_left_as_it_is(site: Make, record: Make) -> None:
    given = record(categories=["media"], expires=None)
    before = dict(given)
    read_record(given, place=PLACE, site=site())
    assert given == before


def test_a_finding_stands_on_one_line_and_can_be_printed() -> None:
    said = finding(InvalidValue("a\nb\x1b[2J\ud83d is text", "write c", field="x\u202ey"), PLACE)
    assert (said.field, said.reason) == (r"x\u202ey", r"a\nb\x1b[2J\ud83d is text")
    assert len(str(said).splitlines()) == 1
    assert str(said).encode()


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("posts", {"title": "Snow", "published": "2025-12-19"}),
        ("items", {"id": "1", "date_published": "2025-12-19"}),
        ("data", {"post_date": "2025-12-19"}),
    ],
)
def test_articles_inside_a_table_are_found(key: str, first: dict[str, str], site: Make) -> None:
    record = {"version": "1", "title": "Report", key: [first]}
    article, findings = read_record(record, place=PLACE, site=site())
    assert article is None
    (found,) = findings
    assert str(found) == (
        f"articles.jsonl:7: NF101 this isn't an article; the articles seem to be in {key!r}. "
        "Write only the list of them, [ … ], or name the place as records in a [[sources]] table."
    )


@pytest.mark.parametrize(
    "other",
    [{"revisions": [{"date": "2025-12-19"}], "pubDate": "2025-12-19"}, {"images": [{"src": "a.jpg"}]}],
)
def test_lists_in_an_article_are_no_articles(other: dict[str, Any], site: Make) -> None:
    findings = read_record({"title": "Snow", **other}, place=PLACE, site=site())[1]
    assert "NF101" not in [finding.code for finding in findings]
