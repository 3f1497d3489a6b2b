"""Opening files: gzip, byte order marks, and all that can be wrong with a file as a whole."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed.sources.site_articles import read_articles

Make = Callable[..., Any]


@pytest.fixture
def many(record: Make) -> list[str]:
    return [json.dumps(record(f"story {number}")) for number in range(3000)]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param(
            "a.jsonl.gz",
            b"",
            "the file ends in the middle of its compressed data; nothing in it was read. Gzip it again.",
            id="an empty gzip",
        ),
        pytest.param(
            "a.json.gz",
            b'{"title": 1}',
            "the file isn't a gzip file, or it is damaged; nothing in it was read. Gzip it again, or remove .gz from its name.",
            id="no gzip",
        ),
        pytest.param(
            "a.json",
            gzip.compress(b"[]"),
            "the file is gzipped; nothing in it was read. End its name in .gz, once for each time it was gzipped.",
            id="gzipped without saying so",
        ),
        pytest.param(
            "a.jsonl.gz",
            gzip.compress(gzip.compress(b"{}")),
            "the file is gzipped; nothing in it was read. End its name in .gz, once for each time it was gzipped.",
            id="gzipped twice",
        ),
        pytest.param(
            "a.jsonl",
            "{}".encode("utf-16"),
            "the file is in UTF-16; nothing in it was read. Save it in UTF-8.",
            id="UTF-16",
        ),
        pytest.param(
            "a.md",
            "+++\n+++\n".encode("utf-16"),
            "the file is in UTF-16. Save it in UTF-8.",
            id="Markdown in UTF-16",
        ),
    ],
)
def test_files_that_cannot_be_read_at_all(name: str, data: bytes, said: str, read: Make) -> None:
    assert read(name, data) == ({}, [f"{name}: NF101 {said}"])


@pytest.mark.parametrize("spoil", ["half", "no end", "bad sum", "junk after it"])
@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz"])
def test_what_stands_before_the_damage_is_kept(name: str, spoil: str, many: list[str], read: Make) -> None:
    text = "\n".join([*many, ""]) if name == "a.jsonl.gz" else f"[{','.join(many)}]"
    whole = gzip.compress(text.encode())
    data = {
        "half": whole[: len(whole) // 2],
        "no end": whole[:-3],
        "bad sum": whole[:-8] + b"12345678",
        "junk after it": whole + b"junk",
    }[spoil]
    titles, findings = read(name, data)
    assert list(titles.values()) == [f"About story {number}" for number in range(len(titles))]
    assert len(titles) == 3000 if spoil != "half" else 1000 < len(titles) < 2000
    count = f"line {len(titles)} is the last that was read"
    if name == "a.json.gz":
        count = f"the {len(titles)} records before it were read"
    damage = {
        "half": "the file ends in the middle of its compressed data",
        "no end": "the file ends in the middle of its compressed data",
        "bad sum": "the file isn't a gzip file, or it is damaged",
        "junk after it": "the file isn't a gzip file, or it is damaged",
    }[spoil]
    assert [finding.rpartition(". ")[0] for finding in findings] == [f"{name}: NF101 {damage}; {count}"]


def test_two_gzips_one_after_the_other_are_one_file(record: Make, read: Make) -> None:
    lines = [gzip.compress(json.dumps(record(name)).encode() + b"\n") for name in ("snow", "rain")]
    assert read("a.jsonl.gz", b"".join(lines)) == (
        {"a.jsonl.gz:1": "About snow", "a.jsonl.gz:2": "About rain"},
        [],
    )


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere.json", "there is no such file; nothing in it was read. Add it, "),
        ("link.json", "the file can't be read: "),
    ],
)
def test_links_that_lead_nowhere(target: str, said: str, tmp_path: Path, site: Make) -> None:
    (tmp_path / "link.json").symlink_to(target)
    (tmp_path / "good.json").write_text("[]")
    articles, findings = read_articles(site(articles=["*.json"]), tmp_path)
    assert articles == []
    assert [str(finding).startswith(f"link.json: NF101 {said}") for finding in findings] == [True]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.md"])
def test_a_folder_with_the_name_of_a_file(name: str, tmp_path: Path, site: Make) -> None:
    (tmp_path / name).mkdir()
    articles, findings = read_articles(site(articles=[name]), tmp_path)
    assert articles == []
    assert [str(finding).replace("; nothing in it was read", "") for finding in findings] == [
        f"{name}: NF101 it is a folder. Name the files in it, as in articles/*.json."
    ]
