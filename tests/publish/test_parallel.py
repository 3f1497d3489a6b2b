"""Entries made by an executor: the same bytes as without one, and no work for it where there is none."""

import multiprocessing
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.benchmarks.newsrooms import Size, write_newsroom

import newsfeed
from newsfeed import Extension, Newsroom, PublishError
from newsfeed.model.feed import ContentProfile
from newsfeed.publish import parallel

pytestmark = pytest.mark.slow

Make: TypeAlias = Callable[..., Any]
Files: TypeAlias = dict[str, bytes]
ROOT = Path(__file__).parents[2]
ARTICLES = 500

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
    write_newsroom(folder, Size(ARTICLES, body=0, topics=20), trusted_html=False)
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
def test_an_executor_makes_every_entry_and_the_bytes_are_the_same(
    kind: str, room: Newsroom, expected: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: Any) -> None:
        pytest.fail("an entry was made where the build runs")

    with EXECUTORS[kind]() as executor:
        monkeypatch.setattr("newsfeed.formats.renderer.entry_of", nobody)
        report = room.publish(tmp_path, executor=executor)
    assert files_in(tmp_path) == expected
    assert len(report.written) == len(expected)


@pytest.mark.parametrize("executor_comes", ["first", "second"])
def test_builds_with_and_without_an_executor_know_each_other_s_record(
    executor_comes: str, folder: Path, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as executor:
        order: list[Executor | None] = [executor, None] if executor_comes == "first" else [None, executor]
        for each in order:
            report = newsfeed.open(folder).publish(tmp_path, executor=each)
    assert report.written == ()


def test_what_is_sent_and_what_comes_back_can_be_copied_between_processes(room: Newsroom) -> None:
    planned = room.plan.feeds["en/all"]
    renderings = frozenset({(ContentProfile(), "rss"), (ContentProfile(content="summary"), "json")})
    tasks = [
        parallel.RenderTask(each.article, room.catalog.translations(each.article), renderings)
        for each, _ in room.renderer.missing(planned.carried)
    ]
    copied = pickle.loads(pickle.dumps((parallel.render_batch, room.site, tasks)))  # noqa: S301 - our own
    assert copied == (parallel.render_batch, room.site, tasks)
    made = parallel.render_batch(room.site, tasks)
    # only what was rendered comes back: RSS in chunks, and JSON
    assert {type(written) for _, entry_written, _ in made for written in entry_written.values()} == {
        tuple,
        bytes,
    }
    back = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    assert [entry for entry, *_ in back] == [entry for entry, *_ in made]
    room.renderer.add(back)
    feed = room.feed("en/all")
    assert room.renderer.missing(planned.carried) == []
    assert feed.rss() == newsfeed.Newsroom(room.site, room.articles, as_of=room.as_of).feed("en/all").rss()


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


def test_a_changed_feed_alone_is_made_anew(folder: Path, tmp_path: Path) -> None:
    """What is asked of the executor is what the feeds that changed lack."""
    newsfeed.open(folder).publish(tmp_path)
    (tmp_path / "all.rss").unlink()
    asked = Counting()
    newsfeed.open(folder).publish(tmp_path, executor=asked)
    assert asked.articles == 250


class Counting(Executor):
    """An executor that works when somebody waits, and counts what is under way."""

    def __init__(self) -> None:
        self.articles = self.under_way = self.most_under_way = 0
        self.cancelled = 0

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> "Future[Any]":
        self.articles += len(arguments[1])
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        executor = self

        class Later(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:  # noqa: ARG002 - it never waits
                executor.under_way -= 1
                return work(*arguments)

            def cancel(self) -> bool:
                executor.cancelled += 1
                return super().cancel()

        return Later()


def test_only_some_batches_are_under_way_at_a_time(
    room: Newsroom, expected: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "_MAX_ARTICLES", 7)
    monkeypatch.setattr(parallel, "_MAX_BATCHES", 3)
    executor = Counting()
    room.publish(tmp_path, executor=executor)
    assert files_in(tmp_path) == expected
    assert executor.most_under_way == 3
    assert executor.under_way == executor.cancelled == 0


def test_articles_without_content_travel_too(newsroom: Make, article: Make, tmp_path: Path) -> None:
    room: Newsroom = newsroom(*[article(f"{number}") for number in range(201)])
    with ThreadPoolExecutor(1) as executor:
        room.publish(tmp_path / "together", executor=executor)
    room.publish(tmp_path / "alone")
    assert files_in(tmp_path / "together") == files_in(tmp_path / "alone") != {}


def test_articles_with_long_contents_travel_in_smaller_batches(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "_MAX_CHARACTERS", 10_000)
    tasks = [parallel.RenderTask(article, (), frozenset()) for article in room.articles]
    batches = parallel._batches(tasks)
    assert [task for batch in batches for task in batch] == tasks
    sizes = [sum(len(task.article.content or "") for task in batch) for batch in batches]
    assert max(sizes) <= 10_000
    assert min(map(len, batches)) > 1


def test_what_is_under_way_is_cancelled_when_the_build_fails(
    room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "_MAX_ARTICLES", 7)
    executor = Counting()

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.publish(tmp_path, executor=executor, progress=stop)
    assert executor.cancelled == executor.under_way > 0


class Failing(Executor):
    """An executor whose workers die."""

    def submit(self, *_: Any, **__: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_exception(OSError("a worker died"))
        return future


def test_an_executor_that_fails_keeps_all_from_being_written(room: Newsroom, tmp_path: Path) -> None:
    expected = (
        "the executor failed to render entries: OSError: a worker died. Nothing was written. "
        "Fix the executor, or publish without one."
    )
    with pytest.raises(PublishError, match=f"^{re.escape(expected)}$"):
        room.publish(tmp_path, executor=Failing())
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
