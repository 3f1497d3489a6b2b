"""JSON Lines: a bad line is one finding with its line, and stops none of the others."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed.sources.json_lines import read_json_lines

Make = Callable[..., Any]

GOOD = json.dumps(
    {
        "language": "en",
        "title": "Snow",
        "url": "https://report.example/en/snow",
        "published": "2025-12-19T18:24:00+04:00",
    }
)


def spoilt(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            GOOD[:-1],
            f"NF101 this isn't valid JSON: expecting ',' delimiter at column {len(GOOD)}. Write one article on this line, {{ … }}",
            id="cut off",
        ),
        pytest.param(
            GOOD + "}",
            f"NF101 this isn't valid JSON: extra data at column {len(GOOD) + 1}",
            id="more after the end",
        ),
        pytest.param(spoilt("}", ",}"), "NF101 this isn't valid JSON: ", id="a trailing comma"),
        pytest.param(
            "{'title': 1}", "NF101 this isn't valid JSON: expecting property name", id="single quotes"
        ),
        pytest.param(
            "[", "NF101 this isn't valid JSON: expecting value at column 2", id="an array over lines"
        ),
        pytest.param(f"[{GOOD}]", "NF101 an article is an object with fields, and [{", id="an array"),
        pytest.param("null", "NF101 an article is an object with fields, and None is nothing", id="null"),
        pytest.param(
            "[" * 100_000, "NF101 lists or tables are nested too deeply. Nest them", id="endless nesting"
        ),
        pytest.param(
            spoilt("Snow", "Sn\xf6w").encode("latin-1"),
            "NF101 the byte 0xF6 isn't UTF-8. Save the file in UTF-8.",
            id="Latin-1",
        ),
        pytest.param(
            spoilt('"Snow"', "NaN"),
            'NF102 title: nan is a number. Write text: "nan".',
            id="NaN",
        ),
        pytest.param(
            spoilt('"title"', '"titel\\ud83d"'),
            r"NF102 titel\ud83d: there is no such key. Did you mean 'title'?",
            id="half a character in a key",
        ),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(line: str | bytes, said: str, read: Make) -> None:
    bad = line.encode() if isinstance(line, str) else line
    titles, findings = read("a.jsonl", b"\n".join([GOOD.encode(), b"", bad, GOOD.encode()]))
    assert titles == {"a.jsonl:1": "Snow", "a.jsonl:4": "Snow"}
    assert {finding[: len("a.jsonl:3: ")] for finding in findings} == {"a.jsonl:3: "}
    assert findings[0].startswith(f"a.jsonl:3: {said}")


@pytest.mark.parametrize(
    ("member", "said"),
    [
        pytest.param(
            '"media": [{"url": "https://report.example/a.mp3", "duration": 1e999}]',
            "NF151 media[0].duration: inf isn't a number of 0 or more, so it is left out. Write one, such as 95.5.",
            id="a number out of range",
        ),
        pytest.param(
            '"media": [{"url": "https://report.example/a.mp3", "length": ' + "9" * 5000 + "}]",
            "NF151 media[0].length: inf isn't a whole number of 0 or more, so it is left out. Write one, such as 20.",
            id="a number of 5000 digits",
        ),
        pytest.param(
            '"extra": {"ratio": -Infinity}',
            "NF151 extra.ratio: -inf isn't a number that JSON can hold, so it is left out. Write another one.",
            id="Infinity",
        ),
    ],
)
def test_a_number_that_json_cannot_hold_costs_its_value(member: str, said: str, read: Make) -> None:
    assert read("a.jsonl", spoilt("}", f", {member}}}")) == ({"a.jsonl:1": "Snow"}, [f"a.jsonl:1: {said}"])


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param(r"Sn\ud83dow", "Sn\ud83dow", id="half a character"),
        pytest.param("Sn\x08ow", "Sn\x08ow", id="a raw control character"),
        pytest.param("Sn\tow", "Sn\tow", id="a raw tab"),
        pytest.param(r"Snow \ud83d\ude00", "Snow \U0001f600", id="a whole character in two halves"),
        pytest.param("Sn\u2028ow", "Sn\u2028ow", id="a line separator"),
    ],
)
def test_characters_that_msgspec_refuses_are_left_to_the_repair(written: str, title: str, read: Make) -> None:
    assert read("a.jsonl", spoilt("Snow", written)) == ({"a.jsonl:1": title}, [])


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \r\n\t\r\n"])
def test_blank_lines_are_no_records(data: bytes, read: Make) -> None:
    assert read("a.jsonl", data) == ({}, [])


def test_windows_line_ends_and_a_byte_order_mark(read: Make) -> None:
    data = f"\ufeff{GOOD}\r\n\r\n{GOOD}\r\n"
    assert read("a.ndjson", data) == ({"a.ndjson:1": "Snow", "a.ndjson:3": "Snow"}, [])


def test_a_place_has_line_and_record(found: Make) -> None:
    articles, _ = found("a.jsonl", f"\n{GOOD}\n\n{GOOD}\n")
    assert [(located.place.line, located.place.record) for located in articles] == [(2, 1), (4, 2)]


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        pytest.param({"story": "snow"}, True, id="a story that is asked for"),
        pytest.param({"story": "sn\u0001ow"}, True, id="one whose controls are removed"),
        pytest.param({"story": "rain"}, False, id="another"),
        pytest.param({}, False, id="none"),
        pytest.param({"story": 7}, True, id="no text, which is for others to complain of"),
    ],
)
def test_only_some_stories(line: dict[str, Any], is_read: bool, tmp_path: Path, site: Make) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "x", "language": "en"} | line) + "\n{broken\n")
    found = list(read_json_lines(file, "a.jsonl", site(), {"snow"}))
    assert {item.place.line for item in found} == ({1, 2} if is_read else {2})
