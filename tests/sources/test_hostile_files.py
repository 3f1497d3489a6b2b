"""Files that would stop or hang a build, or take all memory: each is a finding, and what can be read is read."""

import gzip
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed.findings import Finding
from newsfeed.model.limits import JSON_FILE, MARKDOWN_FILE, RECORD
from newsfeed.sources import json_files, json_lines, text_files
from newsfeed.sources.site_articles import read_articles

Make = Callable[..., Any]

TOO_LONG = "is longer than 16 MiB, so it wasn't read. Give each article less content."


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.jsonl.gz", "x.md"])
@pytest.mark.parametrize("kind", ["a device", "an endless device", "a pipe", "a socket"])
def test_what_is_no_regular_file_is_not_opened(
    kind: str, name: str, tmp_path: Path, site: Make, record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    match kind:
        case "a device":
            Path(name).symlink_to("/dev/full")
        case "an endless device":
            Path(name).symlink_to("/dev/zero")
        case "a pipe":
            os.mkfifo(name)
        case _:
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(name)
    (tmp_path / "good.json").write_text(json.dumps(record()))
    articles, findings = read_articles(site(articles=["*"]), tmp_path)
    assert [located.article.title for located in articles] == ["About snow"]
    told = [str(finding).replace("; nothing in it was read", "") for finding in findings]
    named = kind.replace("an endless", "a")
    assert told == [
        f"{name}: NF101 it's {named}, not a regular file. Put a regular file in its place.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("packed", [False, True])
def test_a_line_that_is_too_long_is_skipped(packed: bool, record: Make, read: Make) -> None:
    lines = [record("snow"), record("rain", content="x" * RECORD), record("hail")]
    data = "\n".join(map(json.dumps, lines)).encode()
    name = "a.jsonl.gz" if packed else "a.jsonl"
    assert read(name, gzip.compress(data, 1) if packed else data) == (
        {f"{name}:1": "About snow", f"{name}:3": "About hail"},
        [f"{name}:2: NF140 the line {TOO_LONG}"],
    )


@pytest.mark.slow
def test_a_record_that_is_too_long_is_skipped(record: Make, read: Make) -> None:
    records = [record("snow"), record("rain", content="x" * RECORD), record("hail")]
    kept = {"a.json, record 1": "About snow", "a.json, record 3": "About hail"}
    assert read("a.json", json.dumps(records)) == (kept, [f"a.json, record 2: NF140 the record {TOO_LONG}"])
    assert read("b.json", json.dumps(records[1])) == ({}, [f"b.json: NF140 the record {TOO_LONG}"])


@pytest.mark.slow
def test_a_record_that_is_too_long_is_skipped_by_the_patient_decoder(record: Make, read: Make) -> None:
    records = [record("snow"), record("rain", extra={"a": ["}", "]"]}, content='"' * RECORD), record("hail")]
    data = json.dumps(records)[:-1] + ",]"
    titles, findings = read("a.json", data)
    assert titles == {"a.json, record 1": "About snow", "a.json, record 3": "About hail"}
    assert findings[0] == f"a.json, record 2: NF140 the record {TOO_LONG}"
    assert findings[1].startswith("a.json:1: NF101 this isn't valid JSON: expecting value at column ")


def test_long_json_lines_in_a_json_file_are_told_as_such(record: Make, read: Make) -> None:
    line = json.dumps(record("snow", content="x" * 1_000_000)) + "\n"
    titles, findings = read("a.json", line * 20)
    assert titles == {"a.json": "About snow"}
    assert [finding[:67] for finding in findings] == [
        "a.json:2: NF101 this isn't valid JSON: extra data at column 1; the "
    ]


def test_of_a_json_file_that_is_too_large_the_beginning_is_read(
    record: Make, read: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [json.dumps(record(f"story {number}")) for number in range(100)]
    monkeypatch.setattr(json_files, "JSON_FILE", sum(map(len, records[:50])))
    titles, findings = read("a.json.gz", gzip.compress(f"[{','.join(records)}]".encode()))
    assert list(titles.values()) == [f"About story {number}" for number in range(49)]
    assert findings == [
        (
            "a.json.gz: NF140 the file is larger than 6 KiB; the 49 records before it were read. "
            "Make it smaller, or split it."
        )
    ]
    assert JSON_FILE >= 256 << 20  # as documented


@pytest.mark.parametrize("item", ["1", "[]", "[1, [2]]", '"a, b"'])
def test_an_array_of_very_many_items_is_read_one_by_one(
    item: str, record: Make, read: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_files, "_MOST_AT_ONCE", 3)
    titles, findings = read("a.json", f"[{json.dumps(record())}, {item}, {json.dumps(record())}]")
    assert list(titles) == ["a.json, record 1", "a.json, record 3"]
    assert [finding[:65] for finding in findings] == [
        "a.json, record 2: NF101 an article is an object with fields, and "
    ]


def test_what_is_nested_too_deeply_stops_nothing(record: Make, read: Make) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    good = json.dumps(record())
    too_deep = "NF101 lists or tables are nested too deeply. Nest them at most 50 deep."
    assert read("a.json", f"[{good}, {deep}, {good}]") == (
        {"a.json, record 1": "About snow", "a.json, record 3": "About snow"},
        [f"a.json, record 2: {too_deep}"],
    )
    assert read("a.jsonl", f"{good}\n{deep}\n{good}") == (
        {"a.jsonl:1": "About snow", "a.jsonl:3": "About snow"},
        [f"a.jsonl:2: {too_deep}"],
    )


@pytest.mark.parametrize(
    "front_matter",
    [
        pytest.param("+++\n" + ".".join("a" * 50_000) + " = 1\n+++\n", id="a dotted key"),
        pytest.param("+++\n[" + ".".join(['"a"'] * 20_000) + "]\n+++\n", id="a dotted table"),
        pytest.param(
            "+++\na = [{ " + " . ".join("a" * 20_000) + " = 1 }]\n+++\n", id="a dotted key in a table in line"
        ),
        pytest.param("+++\na = " + "[" * 50_000 + "\n+++\n", id="lists in TOML"),
        pytest.param("---\na: " + "[" * 50_000 + "\n---\n", id="lists in YAML"),
        pytest.param("---\n" + "- " * 50_000 + "\n---\n", id="lists on lines of YAML"),
        pytest.param("---\na: " + "{a: " * 20_000 + "\n---\n", id="mappings in YAML"),
    ],
)
def test_front_matter_that_is_nested_too_deeply(front_matter: str, read: Make) -> None:
    assert read("a.md", front_matter) == (
        {},
        ["a.md: NF101 lists or tables are nested too deeply. Nest them at most 50 deep."],
    )


def test_dots_are_only_counted_in_keys(read: Make) -> None:
    dots = "." * 100
    front_matter = (
        f'title = "{dots}" # {dots}\nsummary = """\n{dots}"""\nlanguage = "en"\n'
        'url = "https://report.example/snow"\npublished = 2025-12-19T18:24:00.5+04:00\n'
    )
    assert read("a.md", f"+++\n{front_matter}+++\n") == ({"a.md": dots}, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "+++\n" + "x" * (MARKDOWN_FILE + 1),
            "a.md: NF140 the file is larger than 1 MiB. Make it smaller, or split it.",
            id="the file",
        ),
        pytest.param(
            "+++\n#" + "x" * 300_000 + "\n+++\n",
            "a.md:1: NF140 the front matter is larger than 256 KiB. Write the text below it, not in it.",
            id="the front matter",
        ),
        pytest.param(
            "+++\n+++\n" + "[" * 50_001,
            "a.md: NF140 the text has over 50,000 brackets. Split the article into several.",
            id="brackets",
        ),
    ],
)
def test_markdown_that_is_too_large(text: str, said: str, read: Make) -> None:
    assert read("a.md", text) == ({}, [said])


def test_a_file_of_endless_problems_is_left(
    record: Make, read: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsfeed.sources.site_articles.PROBLEMS_IN_A_ROW", 3)
    good = json.dumps(record())
    titles, findings = read("a.jsonl", f"x\nx\n{good}\nx\nx\nx\nx\n{good}")
    assert list(titles) == ["a.jsonl:3"]
    assert [finding.partition(" this")[0] for finding in findings[:-1]] == [
        f"a.jsonl:{line}: NF101" for line in (1, 2, 4, 5, 6)
    ]
    assert findings[-1] == (
        "a.jsonl: NF144 3 problems in a row, and no article; the rest of it wasn't read. "
        "Fix the first ones, and build again."
    )


def test_a_file_of_endless_blank_lines_is_left(
    record: Make, read: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "BLANK_LINES", 10)
    good = json.dumps(record())
    apart = "\n" * 11
    assert read("a.jsonl", f"{good}{apart}{good}{apart}\n{good}") == (
        {"a.jsonl:1": "About snow", "a.jsonl:12": "About snow"},
        [
            "a.jsonl: NF140 it has over 10 blank lines in a row; line 12 is the last that was read. Remove them."
        ],
    )


@pytest.mark.slow
def test_a_gzip_that_unpacks_to_too_much_is_left(
    record: Make, read: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_files, "UNPACKED", 1 << 20)
    lines = json.dumps(record()) + "\n"
    titles, findings = read("a.jsonl.gz", gzip.compress(lines.encode() * 100_000))
    assert 1000 < len(titles) < 90_000
    assert [finding.partition("; line ")[0] for finding in findings] == [
        "a.jsonl.gz: NF140 it unpacks to more than 1 MiB"
    ]


def test_lines_that_are_too_long_are_skipped_up_to_a_limit(
    record: Make, read: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_files, "SKIPPED", 20 << 20)
    data = json.dumps(record()).encode() + b"\n" + b"\0" * (21 << 20) + b"\n" + json.dumps(record()).encode()
    assert read("a.jsonl", data) == (
        {"a.jsonl:1": "About snow"},
        [
            (
                "a.jsonl: NF140 it has lines that are too long, of over 20 MiB in all; "
                "line 1 is the last that was read. Write one article on each line."
            )
        ],
    )


def test_a_finding_has_a_length_that_people_can_read(found: Make, record: Make) -> None:
    _, findings = found("a.jsonl", json.dumps(record() | {"k" * 1_000_000: 1}))
    assert [_lengths(finding) for finding in findings] == [(1001, True, True)]


def _lengths(finding: Finding) -> tuple[int, bool, bool]:
    return len(finding.field), len(finding.reason) < 100, len(finding.remedy) < 1000
