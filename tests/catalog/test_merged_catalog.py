"""The law of the second home: parts of the sources that workers read, put together in any order, give the catalog of one reading."""

import gc
import gzip
import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store import test_stored_catalog
from tests.store.test_stored_catalog import SITE, START, answers, records

from newsfeed import InvalidNewsroom, PublishError, Site
from newsfeed.catalog import workers
from newsfeed.catalog.placed_candidates import PlacedCandidate
from newsfeed.catalog.read_catalog import ReadCatalog
from newsfeed.catalog.workers import Workers
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources import parts
from newsfeed.sources.site_articles import SiteArticles, articles_in

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")

OURS = msgspec.structs.replace(SITE, articles=["*.jsonl", "*.json", "*.gz"])
AS_OF = START + timedelta(hours=1)
#: Lines that hold no article.
OTHERS = ("", "  ", "{", '{"title": "Snow"}', "[]")


class Inline(Executor):
    """Does each task at once, as a process would: with copies of what it is given, and of what it returns."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            copied, given = pickle.loads(pickle.dumps((work, arguments)))  # noqa: S301 - our own
            future.set_result(pickle.loads(pickle.dumps(copied(*given))))  # noqa: S301 - our own
        except Exception as error:  # noqa: BLE001 - as executors do
            future.set_exception(error)
        return future


class Shuffling(Workers):
    """Workers whose readings come back in any order."""

    def __init__(self, count: int, seed: int) -> None:
        super().__init__(Inline(), count)
        self._random = Random(seed)  # noqa: S311 - no secret

    def map(self, work: Callable[[_Task], _Done], tasks: Iterable[_Task]) -> Iterator[_Done]:
        done = list(super().map(work, tasks))
        if work is not parts._counted:  # where a part stands depends on those before it
            self._random.shuffle(done)
        return iter(done)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    few: list[dict[str, tuple[str, ...]]] = [{}, {"topic": ("Ice", "Sea")}]
    monkeypatch.setattr(test_stored_catalog, "selections", lambda _: iter(few))
    monkeypatch.setattr(parts, "_LEAST", 1)


def write(folder: Path, lines: list[str]) -> None:
    """Put most of the lines into one file, and some into files that are read as a whole."""
    most = len(lines) * 2 // 3
    (folder / "a.jsonl").write_text("\n".join(lines[:most]), encoding="utf-8")
    rest = [json.loads(line) for line in lines[most:] if line not in OTHERS]
    (folder / "b.json").write_text(json.dumps(rest[::2]))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rest[1::2])).encode()))


def merged(folder: Path, site: Site, workers: Workers) -> ReadCatalog:
    return ReadCatalog(site, SiteArticles(site, folder), AS_OF, (), workers)


@settings(max_examples=20)
@given(
    st.lists(
        st.one_of(records.map(json.dumps), records.map(json.dumps), st.sampled_from(OTHERS)), max_size=30
    ),
    st.integers(1, 9),
    st.integers(0, 99),
)
def test_the_catalog_merged_from_parts_is_that_of_one_reading(
    lines: list[str], count: int, seed: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, lines)
        read = ReadCatalog(OURS, SiteArticles(OURS, folder), AS_OF)
        catalog = merged(folder, OURS, Shuffling(count, seed))
        assert answers(catalog) == answers(read)
        # also where they stand, to the record
        assert catalog.findings == read.findings
        assert [each.rank for each in catalog.carried] == [each.rank for each in read.carried]


ARTICLE = {
    "language": "en",
    "title": "Snow",
    "url": "https://report.example/snow",
    "published": START.isoformat(),
}


def lines_of(*urls: str) -> list[str]:
    return [json.dumps(ARTICLE | {"url": f"https://report.example/{url}"}) for url in urls]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n \t\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_each_line_is_read_once_and_keeps_its_place(count: int, end: str, start: str, tmp_path: Path) -> None:
    lines = [*lines_of(*(f"{number}{'x' * number}" for number in range(20))), "{", "no article"]
    for last in ("", end):
        (tmp_path / "a.jsonl").write_text(start + end.join(lines) + last, encoding="utf-8", newline="")
        files, _ = SiteArticles(OURS, tmp_path).files()
        split = parts.parts_of(files, OURS, count, map)
        found = [
            msgspec.structs.replace(each, location=None) if isinstance(each, SourcedArticle) else each
            for part in split
            for each in part
        ]
        assert found == list(articles_in(files, OURS))
        assert len(split) == 1 if count == 1 else len(split) > 1


def test_files_go_together_into_parts_of_about_the_same_size(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.json").write_text("[" + lines_of(f"{number:02}")[0] + "]")
    files, _ = SiteArticles(OURS, tmp_path).files()
    split = parts.parts_of(files, OURS, 4, map)
    assert [len(part.files) for part in split] == [5, 5, 5, 5]
    assert [file for part in split for file in part.files] == files


def test_a_candidate_is_a_key_and_its_article_is_read_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(lines_of("a", "ə", "c")), encoding="utf-8")
    catalog = merged(tmp_path, OURS, Workers(Inline(), 2))
    assert [each.article.url for each in catalog.carried] == [each.head.url for each in catalog.carried]
    assert len({each.head.url for each in catalog.carried}) == 3
    (tmp_path / "a.jsonl").write_text("\n".join(lines_of("b", "ə", "c")), encoding="utf-8")
    with pytest.raises(InvalidNewsroom) as caught:
        [each.article for each in catalog.carried]
    expected = "a.jsonl:1: the file changed while it was being read. Nothing was written. Build again."
    assert str(caught.value) == expected


@pytest.mark.parametrize("trouble", ["problems in a row", "a line that is too long", "blank lines"])
def test_a_file_in_trouble_is_read_by_one_process(
    trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a reading stops depends on all lines before, which no part knows."""
    monkeypatch.setattr("newsfeed.sources.site_articles.PROBLEMS_IN_A_ROW", 10)
    monkeypatch.setattr(parts, "PROBLEMS_IN_A_ROW", 10)
    monkeypatch.setattr(parts, "BLANK_LINES", 10)
    monkeypatch.setattr("newsfeed.sources.json_lines.BLANK_LINES", 10)
    bad = {
        "problems in a row": ["{"] * 11,
        "a line that is too long": ["x" * (17 << 20)],
        "blank lines": [""] * 12,
    }
    lines = [*lines_of("a", "b"), *bad[trouble], *lines_of("c", "d")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    read = ReadCatalog(OURS, SiteArticles(OURS, tmp_path), AS_OF)
    catalog = merged(tmp_path, OURS, Workers(Inline(), 3))
    assert catalog.findings == read.findings != ()
    assert (catalog.live, catalog.sources) == (read.live, read.sources)


def test_workers_of_another_version_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(lines_of("a", "b")))
    asked = iter([("newsroom-feeds 1.2.0", "nh3 0.3"), ("newsroom-feeds 1.2.0", "nh3 0.2")])
    monkeypatch.setattr(workers, "versions", lambda: next(asked))
    with pytest.raises(PublishError) as caught:
        merged(tmp_path, OURS, Workers(Inline(), 2))
    assert str(caught.value) == (
        "a worker has nh3 0.2, and the process that builds has nh3 0.3. Nothing was changed. "
        "Install the same versions everywhere."
    )


def test_an_executor_that_fails_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(lines_of("a", "b")))
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(PublishError) as caught:
        merged(tmp_path, OURS, Workers(executor, 2))
    assert str(caught.value) == (
        "the executor failed: RuntimeError: cannot schedule new futures after shutdown. Nothing was changed. "
        "Fix the executor, or go without one."
    )


def test_progress_is_told_part_by_part(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(lines_of("aa", "bb")))
    told: list[tuple[int, int, int]] = []
    articles = SiteArticles(OURS, tmp_path, lambda *call: told.append(call))
    ReadCatalog(OURS, articles, AS_OF, (), Workers(Inline(), 2))
    size = (tmp_path / "a.jsonl").stat().st_size
    assert told == [(size // 2 + 1, size, 1), (size, size, 2)]


def test_workers_of_this_machine_put_articles_where_they_are_read_faster(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(lines_of("a", "b", "c")))
    read = ReadCatalog(OURS, SiteArticles(OURS, tmp_path), AS_OF)
    with ThreadPoolExecutor(2) as executor:
        catalog = merged(tmp_path, OURS, Workers(executor, 2))
    candidates = [each for each in catalog.carried if isinstance(each, PlacedCandidate)]
    folders = {Path(each.placed.location.path).parent for each in candidates}
    assert [each.article for each in candidates] == [each.article for each in read.carried]
    assert len(candidates) == 3
    assert all(each.placed.location.is_pickled for each in candidates)
    (folder,) = folders
    assert folder.is_dir()
    del catalog, candidates
    gc.collect()
    assert not folder.exists()
