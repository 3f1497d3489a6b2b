"""How far the reading of a newsroom is: bytes read, of all bytes, and articles so far."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from newsfeed import Site
from newsfeed.sources.site_articles import SiteArticles

Make = Callable[..., Any]
Told: TypeAlias = list[tuple[int, int, int]]


@pytest.fixture
def told(tmp_path: Path, site: Make) -> Callable[..., Told]:
    def read(*names: str) -> Told:
        calls: Told = []
        articles = SiteArticles(site(articles=list(names)), tmp_path, lambda *call: calls.append(call))
        assert len(list(articles)) == len(list(SiteArticles(articles._site, tmp_path)))
        return calls

    return read


def lines(record: Make, count: int) -> bytes:
    return b"".join(json.dumps(record(f"story-{number:04}")).encode() + b"\n" for number in range(count))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_of_lines_it_is_told_now_and_then(name: str, record: Make, told: Make, tmp_path: Path) -> None:
    data = lines(record, 3_000)
    data = gzip.compress(data, compresslevel=0) if name.endswith(".gz") else data
    (tmp_path / name).write_bytes(data)
    calls = told(name)
    assert [articles for *_, articles in calls] == [*range(256, 3_000, 256), 3_000]
    assert {size for _, size, _ in calls} == {len(data)}
    reads = [read for read, *_ in calls]
    assert reads == sorted(reads)
    assert len(set(reads)) > 3
    assert 0 < reads[0] < len(data) == reads[-1]


def test_of_several_files_of_all_kinds_it_is_told_together(record: Make, told: Make, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(record, 300))
    (tmp_path / "b.json").write_text(json.dumps([record(f"tale-{number}") for number in range(300)]))
    (tmp_path / "c.md").write_text(
        '+++\nlanguage = "en"\ntitle = "Hail"\nurl = "https://a.example/"\n'
        "published = 2025-12-19T18:24:00+04:00\n+++\n"
    )
    first, second, whole = (tmp_path / name for name in ("a.jsonl", "b.json", "c.md"))
    size = sum(file.stat().st_size for file in (first, second, whole))
    assert told("a.jsonl", "b.json", "c.md") == [
        (first.stat().st_size, size, 256),
        (first.stat().st_size + second.stat().st_size, size, 512),
        (size, size, 601),
    ]


def test_of_a_few_articles_only_the_end_is_told(record: Make, told: Make, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(data := lines(record, 2))
    assert told("a.jsonl") == [(len(data), len(data), 2)]


def test_what_cannot_be_read_counts_as_read_at_the_end(record: Make, told: Make, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(data := lines(record, 2))
    (tmp_path / "b.json.gz").write_bytes(b"no gzip")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "c.jsonl").write_bytes(data)
    assert told("a.jsonl", "b.json.gz", "*.md", "c.jsonl") == [(2 * len(data) + 7, 2 * len(data) + 7, 4)]


def test_a_reading_for_some_stories_is_not_told(site: Make, record: Make, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(record, 600))

    def nobody(*_: int) -> None:
        pytest.fail("it was told")

    made: Site = site(articles=["a.jsonl"])
    assert list(SiteArticles(made, tmp_path, nobody).of_stories({"snow"})) == []
