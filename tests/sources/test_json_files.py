"""JSON files: arrays and single articles, and what is kept of a file that isn't JSON from some place on."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsfeed.sources.json_files import _Record, _records, _records_one_by_one

Make = Callable[..., Any]

GOOD = json.dumps(
    {
        "language": "en",
        "title": "Snow",
        "url": "https://report.example/en/snow",
        "published": "2025-12-19T18:24:00+04:00",
    }
)
LATIN_1 = GOOD.replace("Snow", "Sn\xf6w").encode("latin-1")
REMEDY = (
    "Write [ … ] with an article in each { … }, or one { … } alone; a file with one on each line is .jsonl."
)
ONE = {"a.json, record 1": "Snow"}
TWO = ONE | {"a.json, record 2": "Snow"}


def test_an_array(read: Make) -> None:
    assert read("a.json", f"\ufeff\n[{GOOD},\r\n{GOOD}]\n") == (TWO, [])


def test_an_empty_array(read: Make) -> None:
    assert read("a.json", " [ ] ") == ({}, [])


def test_one_article(read: Make) -> None:
    assert read("a.json", GOOD) == ({"a.json": "Snow"}, [])


def test_a_bad_record_is_named_by_its_number(read: Make) -> None:
    bad = GOOD.replace("title", "titel")
    assert read("a.json", f"[{GOOD}, 3, {bad}, {GOOD}]") == (
        {"a.json, record 1": "Snow", "a.json, record 4": "Snow"},
        [
            (
                "a.json, record 2: NF101 an article is an object with fields, and 3 is a number. "
                'Write { "title": "…", … }.'
            ),
            "a.json, record 3: NF102 titel: there is no such key. Did you mean 'title'?",
            "a.json, record 3: NF102 title: it is missing. Write a headline, a summary or content.",
        ],
    )


@pytest.mark.parametrize(
    ("data", "kept", "said"),
    [
        pytest.param(
            f"[{GOOD},\n{GOOD},\n]",
            TWO,
            ":3: NF101 this isn't valid JSON: expecting value at column 1; the 2 records before it were read",
            id="a trailing comma",
        ),
        pytest.param(
            f"[{GOOD},\n{GOOD}\n{GOOD}]",
            TWO,
            ":3: NF101 this isn't valid JSON: expecting ',' or ']' at column 1; the 2 records before it were read",
            id="a missing comma",
        ),
        pytest.param(
            f"[{GOOD},\n{{'title': 1}}, {GOOD}]",
            ONE,
            ":2: NF101 this isn't valid JSON: expecting property name enclosed in double quotes at column 2; "
            "the record before it was read",
            id="single quotes",
        ),
        pytest.param(
            f"[{GOOD},\n{GOOD[:20]}",
            ONE,
            ":2: NF101 this isn't valid JSON: unterminated string starting at column 20; the record before it was read",
            id="cut off",
        ),
        pytest.param(
            f"[{GOOD}] x",
            ONE,
            f":1: NF101 this isn't valid JSON: extra data at column {len(GOOD) + 4}; the record before it was read",
            id="more after the array",
        ),
        pytest.param(
            f"{GOOD}\n{GOOD}",
            {"a.json": "Snow"},
            ":2: NF101 this isn't valid JSON: extra data at column 1; the record before it was read",
            id="JSON Lines",
        ),
        pytest.param(
            "Snow",
            {},
            ":1: NF101 this isn't valid JSON: expecting value at column 1; nothing in it was read",
            id="text",
        ),
        pytest.param(" \n", {}, ": NF101 the file is empty", id="empty"),
    ],
)
def test_what_is_no_json_is_reported_and_what_stands_before_is_kept(
    data: str, kept: dict[str, str], said: str, read: Make
) -> None:
    assert read("a.json", data) == (kept, [f"a.json{said}. {REMEDY}"])


def test_endless_nesting(read: Make) -> None:
    titles, findings = read("a.json", f"[{GOOD}, {'[' * 100_000}")
    assert titles == ONE
    assert findings == [
        (
            "a.json: NF101 lists or tables are nested too deeply; the record before it was read. "
            "Nest them at most 50 deep."
        )
    ]


def test_bytes_that_are_no_utf8_spoil_only_their_record(read: Make) -> None:
    data = b"[" + b",\n".join([GOOD.encode(), LATIN_1, LATIN_1, GOOD.encode()]) + b"]"
    assert read("a.json", data) == (
        {"a.json, record 1": "Snow", "a.json, record 4": "Snow"},
        [
            "a.json:2: NF101 the byte 0xF6 isn't UTF-8. Save the file in UTF-8.",
            "a.json:3: NF101 the byte 0xF6 isn't UTF-8. Save the file in UTF-8.",
        ],
    )
    assert read("b.json", LATIN_1) == (
        {},
        ["b.json:1: NF101 the byte 0xF6 isn't UTF-8. Save the file in UTF-8."],
    )


def test_characters_that_msgspec_refuses_are_left_to_the_repair(read: Make) -> None:
    half = GOOD.replace("Snow", r"Sn\udcf6ow")
    assert read("a.json", f"[{half}, {GOOD}]") == (TWO | {"a.json, record 1": "Sn\udcf6ow"}, [])


def test_nan_is_named_by_its_field(read: Make) -> None:
    nan = GOOD.replace('"Snow"', "NaN")
    assert read("a.json", f"[{nan}, {GOOD}]") == (
        {"a.json, record 2": "Snow"},
        ['a.json, record 1: NF102 title: nan is a number. Write text: "nan".'],
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def without_source(records: Iterable[_Record]) -> list[_Record]:
    return [record._replace(source=b"") for record in records]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(JSON, st.sampled_from([None, 1]))
def test_records_read_one_by_one_are_those_of_the_whole(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    data = text.encode("utf-8", "surrogatepass")
    assert list(_records_one_by_one(text)) == without_source(_records(data))


@given(
    st.lists(
        st.sampled_from(['{"a": 1}', '"\\ud800"', '"\xf6"', "NaN", "1e999", "[", "}", "1 2", ",", "nul", ""]),
        max_size=4,
    )
)
def test_a_failure_is_found_where_the_patient_decoder_finds_it(items: list[str]) -> None:
    data = f"[{','.join(items)}]".encode("latin-1")
    assert outcome(_records(data)) == outcome(_records_one_by_one(data.decode("utf-8", "surrogateescape")))


def outcome(records: Iterator[_Record]) -> str:
    read = []
    try:
        for record in records:
            read.append(record._replace(source=b""))  # noqa: PERF401 - what was read before a failure counts
    except json.JSONDecodeError as error:
        return f"{read} {error}"
    return str(read)


def test_an_article_keeps_its_json(found: Make) -> None:
    pretty = GOOD.replace(", ", ",\n  ")
    articles, _ = found("a.json", f"[ {GOOD} ,\n{pretty}\n]")
    assert [located.source for located in articles] == [GOOD.encode(), pretty.encode()]
    articles, _ = found("b.json", f"\n{pretty}\n")
    assert [located.source for located in articles] == [pretty.encode()]
