"""Documents that an executor's workers write: the same bytes as without one, and no work for it where there is none."""

import multiprocessing
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any, TypeAlias

import pytest
from tests.benchmarks.newsrooms import Size, write_newsroom

import newsfeed
from newsfeed import Extension, FeedsRefused, Finding, Newsroom, Place, PublishError
from newsfeed.publish import parallel
from newsfeed.publish.document_tasks import DocumentBatch
from newsfeed.publish.entry_tasks import EntryBatch

pytestmark = pytest.mark.slow

Make: TypeAlias = Callable[..., Any]
Files: TypeAlias = dict[str, bytes]
ROOT = Path(__file__).parents[2]
ARTICLES = 300

#: Feeds with whole articles, with summaries, in one format only, and in a format that isn't cached.
RULES = """
[[feeds]]
path = "{language}/short"
content = "summary"
formats = ["atom", "json"]

[[feeds]]
path = "all"
limit = 250
formats = ["rss", "html", "text"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    write_newsroom(
        folder, Size(ARTICLES, body=0, categories=3, topics=4, authors=2, cms=False), trusted_html=False
    )
    with (folder / "newsroom.toml").open("a") as file:
        file.write(RULES)
    return folder


@pytest.fixture
def room(folder: Path) -> Newsroom:
    return newsfeed.open(folder)


def files_in(folder: Path) -> Files:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*.*")
        if ".newsfeed" not in file.parts
    }


def own_files_in(folder: Path) -> list[str]:
    """What a build has left of its own: no folder of workers, no temporary file."""
    return sorted(file.name for file in (folder / ".newsfeed").iterdir())


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    output = tmp_path_factory.mktemp("output")
    newsfeed.open(folder).publish(output)
    return files_in(output)


def processes(start: str) -> AbstractContextManager[Executor]:
    if start not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system can't {start} processes")
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(start))


@contextmanager
def dask() -> Iterator[Executor]:
    reason = "a Dask cluster needs the extra `dask`"
    distributed = pytest.importorskip("distributed", reason=reason)
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        yield client.get_executor()


EXECUTORS: dict[str, Callable[[], AbstractContextManager[Executor]]] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "spawned processes": lambda: processes("spawn"),
    "forked processes": lambda: processes("fork"),
    "a Dask cluster": dask,
}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("kind", EXECUTORS)
def test_an_executor_writes_every_feed_and_the_bytes_are_the_same(
    kind: str,
    room: Newsroom,
    folder: Path,
    expected: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody(*_: Any) -> None:
        pytest.fail("an entry was made where the build runs")

    with EXECUTORS[kind]() as executor:
        monkeypatch.setattr("newsfeed.formats.renderer.entry_of", nobody)
        report = room.publish(tmp_path, executor=executor)
        again = newsfeed.open(folder, executor=executor).publish(tmp_path, executor=executor)
    assert files_in(tmp_path) == expected
    assert len(report.written) == len(expected)
    assert again.written == ()
    assert own_files_in(tmp_path) == ["lock", "record.jsonl"]


@pytest.mark.parametrize("executor_comes", ["first", "second"])
def test_builds_with_and_without_an_executor_know_each_other_s_record(
    executor_comes: str, folder: Path, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as executor:
        order: list[Executor | None] = [executor, None] if executor_comes == "first" else [None, executor]
        for each in order:
            report = newsfeed.open(folder).publish(tmp_path, executor=each)
    assert report.written == ()


class Refusing(Executor):
    """An executor that must not be asked."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        raise AssertionError("the executor was asked to do something")


@pytest.mark.parametrize(
    "case", ["nothing changed", "few entries are wanted", "nobody knows what extensions do"]
)
def test_an_executor_is_not_asked_where(case: str, folder: Path, tmp_path: Path) -> None:
    room = newsfeed.open(folder)
    if case == "nothing changed":
        room.publish(tmp_path)
    elif case == "few entries are wanted":
        room = Newsroom(room.site, room.articles[:200], as_of=room.as_of)
    else:
        room = newsfeed.open(folder, extensions=[Extension(name="podcast")])
    room.publish(tmp_path, executor=Refusing())
    assert (tmp_path / "en/all.rss").exists()


class Counting(Executor):
    """An executor that works when somebody waits, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.under_way = self.most_under_way = self.cancelled = 0

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> "Future[Any]":
        self.asked.append(arguments[2])
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        executor = self

        class Later(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:  # noqa: ARG002 - it never waits
                executor.under_way -= 1
                copied, given = pickle.loads(pickle.dumps((work, arguments)))  # noqa: S301 - our own
                return pickle.loads(pickle.dumps(copied(*given)))  # noqa: S301 - our own

            def cancel(self) -> bool:
                executor.cancelled += 1
                return super().cancel()

        return Later()

    def entries(self) -> int:
        """How many entries it was asked for."""
        return sum(len(task.tasks) for task in self.asked if isinstance(task, EntryBatch))

    def documents(self) -> list[str]:
        """The paths of the documents that it was asked for."""
        batches = [task for task in self.asked if isinstance(task, DocumentBatch)]
        return [made.path for batch in batches for feed in batch.feeds for made in feed.documents]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_MOST_ENTRIES", 7)
    monkeypatch.setattr(parallel, "_MOST_IN_DOCUMENTS", 60)
    monkeypatch.setattr("newsfeed.catalog.workers._count", lambda _: 1)


def test_a_changed_feed_alone_is_written_anew(folder: Path, expected: Files, tmp_path: Path) -> None:
    """What is asked of the executor is what the feeds that changed lack."""
    newsfeed.open(folder).publish(tmp_path)
    (tmp_path / "all.rss").unlink()
    asked = Counting()
    report = newsfeed.open(folder).publish(tmp_path, executor=asked)
    assert (asked.entries(), asked.documents(), report.written) == (250, ["all.rss"], ("all.rss",))
    assert files_in(tmp_path) == expected


def test_a_document_that_is_there_already_is_not_touched(folder: Path, tmp_path: Path) -> None:
    newsfeed.open(folder).publish(tmp_path)
    (tmp_path / ".newsfeed/record.jsonl").unlink()
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in files_in(tmp_path)}
    report = newsfeed.open(folder).publish(tmp_path, executor=Counting())
    assert report.written == ()
    assert before == {path: (tmp_path / path).stat().st_mtime_ns for path in files_in(tmp_path)}


@pytest.mark.usefixtures("small_batches")
def test_only_some_batches_are_under_way_at_a_time(room: Newsroom, expected: Files, tmp_path: Path) -> None:
    executor = Counting()
    report = room.publish(tmp_path, executor=executor)
    assert files_in(tmp_path) == expected
    assert list(report.written) == [path for path in report.written if path in expected]
    assert executor.most_under_way == 3
    assert executor.under_way == executor.cancelled == 0


def test_what_is_told_is_told_in_the_order_of_one_process(folder: Path, tmp_path: Path) -> None:
    alone = newsfeed.open(folder).publish(tmp_path / "alone")
    together = newsfeed.open(folder, executor=Counting()).publish(tmp_path / "together")
    assert together.written == alone.written
    assert together.shortened == alone.shortened
    records = [(tmp_path / name / ".newsfeed/record.jsonl").read_text() for name in ("alone", "together")]
    without_stamps = [re.sub(r'"stamp":\[[^]]*\]', "", record) for record in records]
    assert without_stamps[0] == without_stamps[1]


def test_ids_that_readers_know_stay(folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    copytree(folder, changed)
    outputs = [tmp_path / "alone", tmp_path / "together"]
    for output in outputs:
        newsfeed.open(folder).publish(output)
    lines = (changed / "articles.jsonl").read_text()
    (changed / "articles.jsonl").write_text(re.sub(r'"id": "https', '"id": "urn:new:https', lines))
    alone, together = (
        newsfeed.open(changed, executor=executor).publish(output)
        for output, executor in zip(outputs, (None, Counting()), strict=True)
    )
    assert together.changed == alone.changed != ()
    assert files_in(outputs[1]) == files_in(outputs[0])


def test_documents_that_are_checked_come_back_first(folder: Path, expected: Files, tmp_path: Path) -> None:
    def complain(path: str, document: bytes) -> list[Finding]:
        assert document == expected[path]
        return [Finding(code="X", severity="error", place=Place(file=path), reason="bad", remedy="fix it")]

    with pytest.raises(FeedsRefused) as caught:
        newsfeed.open(folder).publish(tmp_path, executor=Counting(), check=complain)
    assert len(caught.value.findings) == len(
        [path for path in expected if path.endswith((".rss", ".atom", ".json"))]
    )
    assert files_in(tmp_path) == {}


def test_other_targets_get_what_workers_render(folder: Path, expected: Files) -> None:
    fsspec = pytest.importorskip("fsspec", reason="needs the extra `remote`")
    newsfeed.open(folder).publish("memory://parallel/feeds/", executor=Counting())
    files = fsspec.filesystem("memory")
    found = {
        name.removeprefix("/parallel/feeds/"): files.cat_file(name)
        for name in files.find("/parallel/feeds")
        if ".newsfeed" not in name
    }
    assert found == expected


def test_a_dry_run_tells_what_workers_would_write(folder: Path, expected: Files, tmp_path: Path) -> None:
    report = newsfeed.open(folder).publish(tmp_path, executor=Counting(), dry_run=True)
    assert {change.path for change in report.changes} == set(expected)
    assert list(tmp_path.iterdir()) == []


def test_articles_without_content_travel_too(newsroom: Make, article: Make, tmp_path: Path) -> None:
    room: Newsroom = newsroom(*[article(f"{number}") for number in range(201)])
    with ThreadPoolExecutor(1) as executor:
        room.publish(tmp_path / "together", executor=executor)
    room.publish(tmp_path / "alone")
    assert files_in(tmp_path / "together") == files_in(tmp_path / "alone") != {}


@pytest.mark.usefixtures("small_batches")
def test_what_is_under_way_is_cancelled_when_the_build_fails(room: Newsroom, tmp_path: Path) -> None:
    executor = Counting()

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.publish(tmp_path, executor=executor, progress=stop)
    assert executor.cancelled == executor.under_way > 0
    assert files_in(tmp_path) == {}
    assert own_files_in(tmp_path) == ["lock"]


def test_what_workers_of_a_build_that_died_have_left_is_removed(room: Newsroom, tmp_path: Path) -> None:
    left = tmp_path / ".newsfeed/workers-1"
    left.mkdir(parents=True)
    (left / "entries").write_bytes(b"...")
    (tmp_path / ".newsfeed/building").write_text("process 1")
    room.publish(tmp_path)
    assert own_files_in(tmp_path) == ["lock", "record.jsonl"]


class Failing(Executor):
    """An executor whose workers die."""

    def submit(self, *_: Any, **__: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_exception(OSError("a worker died"))
        return future


def test_an_executor_that_fails_keeps_all_from_being_written(room: Newsroom, tmp_path: Path) -> None:
    expected = "the executor failed: OSError: a worker died. Nothing was changed. Fix the executor, or go without one."
    with pytest.raises(PublishError, match=f"^{re.escape(expected)}$"):
        room.publish(tmp_path, executor=Failing())
    assert files_in(tmp_path) == {}


def test_a_process_that_dies_leaves_what_was_published(folder: Path, tmp_path: Path) -> None:
    with ProcessPoolExecutor(1) as executor:
        executor.submit(os._exit, 1)
        with pytest.raises(
            PublishError, match=r"^the executor failed: BrokenProcessPool: .* Nothing was changed\. "
        ):
            newsfeed.open(folder).publish(tmp_path, executor=executor)
    assert files_in(tmp_path) == {}


def test_the_example_of_a_cluster(folder: Path, expected: Files, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="examples/cluster.py needs the extra `dask`")
    done = subprocess.run(
        [sys.executable, ROOT / "examples/cluster.py", folder, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, f"Wrote {len(expected)} files with 2 workers.\n"), (
        done.stderr
    )
    assert files_in(tmp_path) == expected
