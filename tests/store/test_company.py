"""Several processes and threads use one store, and some of them die."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import Any

import msgspec
import pytest
from tests.store.databases import SQLITE, Database

from newsfeed import FeedRule, Site, Store
from newsfeed.publish.folder_target import FolderTarget
from newsfeed.web import gone_from, wsgi_app

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[FeedRule(path="{language}/all", formats=["json"], complete=True)],
    discovery=False,
)

#: What each process runs: puts its articles one by one, and publishes now and then.
SCRIPT = """
import sys
from tests.store.test_company import SITE, snow
from newsfeed import Store

path, public, name, count, every = *sys.argv[1:4], *map(int, sys.argv[4:])
with Store(path, SITE) as store:
    for number in range(count):
        assert store.put(snow(f"{name}-{number}")).taken == 1
        if every and number % every == every - 1:
            store.publish(public)
"""
#: Puts endlessly, each put two rows that belong together.
ENDLESS = """
import itertools, sys
from tests.store.test_company import SITE, snow
from newsfeed import Store

with Store(sys.argv[1], SITE) as store:
    for number in itertools.count():
        store.put([snow("first", title=str(number)), snow("second", title=str(number))])
        print(number, flush=True)
"""


def snow(name: str, **values: Any) -> dict[str, Any]:
    return {
        "id": f"urn:report:{name}",
        "language": "en",
        "title": name,
        "url": f"https://report.example/{name}",
        "published": "2025-12-19 18:24",
    } | values


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, arguments)]
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ | {"PYTHONPATH": paths}
    )


def titles(path: str) -> list[str]:
    with Store(path, SITE) as store:
        return sorted(article.title for article in store.newsroom().articles)


@pytest.mark.slow
def test_processes_that_put_and_publish_lose_nothing(database: Database, tmp_path: Path) -> None:
    path, public = database.at(tmp_path / "news.db"), tmp_path / "public"
    processes = 10 if database is SQLITE else 4
    running = [start(SCRIPT, path, public, name, 20, 5) for name in range(processes)]
    for process in running:
        with process:
            process.wait(300)
        assert process.returncode == 0
    expected = sorted(f"{name}-{number}" for name in range(processes) for number in range(20))
    assert titles(path) == expected
    # the last publish had everything that was put before it
    feed = json.loads((public / "en" / "all.json").read_bytes())
    assert sorted(item["title"] for item in feed["items"]) == expected


@pytest.mark.slow
def test_threads_share_a_store(database: Database, tmp_path: Path) -> None:
    with Store(database.at(tmp_path / "news.db"), SITE) as store:
        names = [str(number) for number in range(60)]
        with ThreadPoolExecutor(8) as threads:
            assert sum(put.taken for put in threads.map(lambda name: store.put(snow(name)), names)) == 60
    assert titles(database.at(tmp_path / "news.db")) == sorted(names)


@pytest.mark.slow
def test_threads_put_and_publish_from_one_store(database: Database, tmp_path: Path) -> None:
    with Store(database.at(tmp_path / "news.db"), SITE) as store:
        names = [str(number) for number in range(40)]

        def put_and_publish(name: str) -> None:
            store.put(snow(name))
            store.publish(tmp_path / "public")
            assert f'"title":"{name}"'.encode() in (tmp_path / "public" / "en" / "all.json").read_bytes()

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(put_and_publish, names))
        assert store.publish(tmp_path / "public").written == ()
    feed = json.loads((tmp_path / "public" / "en" / "all.json").read_bytes())
    assert sorted(item["title"] for item in feed["items"]) == sorted(names)


class SlowTarget(FolderTarget):
    """A folder whose documents take until `go_on` to arrive."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.is_busy, self.go_on = Event(), Event()

    @contextmanager
    def for_build(self, *, wait: float = 0) -> Iterator[Any]:
        with super().for_build(wait=wait) as folder:
            commit = folder.commit

            def slowly(*arguments: Any, **others: Any) -> None:
                self.is_busy.set()
                assert self.go_on.wait(60)
                commit(*arguments, **others)

            folder.commit = slowly  # type: ignore[method-assign]
            yield folder


def test_a_put_never_waits_for_the_files_of_a_publish(database: Database, tmp_path: Path) -> None:
    target = SlowTarget(tmp_path / "public")
    with Store(database.at(tmp_path / "news.db"), SITE, wait=0) as store, ThreadPoolExecutor(1) as threads:
        store.put(snow("first"))
        publish = threads.submit(store.publish, target)
        assert target.is_busy.wait(60)
        assert store.put(snow("second")).taken == 1
        assert store.withdraw("urn:report:first") == ()
        assert store.newsroom().catalog.live == 1
        assert not publish.done()
        target.go_on.set()
        assert publish.result().articles == 1
        store.publish(target)
    feed = json.loads((tmp_path / "public" / "en" / "all.json").read_bytes())
    assert [item["title"] for item in feed["items"]] == ["second"]


@pytest.mark.slow
def test_readers_of_the_web_application_see_whole_states(tmp_path: Path) -> None:
    """A topic's feed comes and goes: it is there, or it is gone; never missing or in part."""
    feeds = [*SITE.feed_rules, FeedRule(path="{topic}", formats=["json"])]
    site = msgspec.structs.replace(SITE, feeds=feeds, retired="remove")
    public = tmp_path / "public"
    ended = Event()

    def read() -> list[str]:
        app, seen = wsgi_app(public, gone=gone_from(public)), []
        while not ended.is_set():
            environ: dict[str, Any] = {"PATH_INFO": "/snow.json", "REQUEST_METHOD": "GET"}
            parts: Any = app(environ, lambda status, *_: seen.append(status))
            with closing(parts) if hasattr(parts, "close") else nullcontext():
                body = b"".join(parts)
            assert seen[-1] != "200 OK" or json.loads(body)["items"][0]["title"] == "first"
        return seen

    with Store(tmp_path / "news.db", site) as store:
        store.put([snow("first", topics=["Snow"]), snow("second")])
        store.publish(public)
        with ThreadPoolExecutor(2) as threads:
            readers = [threads.submit(read) for _ in range(2)]
            for number in range(20):
                store.put(snow("first", topics=[] if number % 2 else ["Snow"]))
                store.publish(public)
            ended.set()
    assert {status for reader in readers for status in reader.result()} == {"200 OK", "410 Gone"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_uses_the_store_of_its_parent(database: Database, tmp_path: Path) -> None:
    with Store(database.at(tmp_path / "news.db"), SITE) as store:
        store.put(snow("parent"))
        store.publish(tmp_path / "public")
        child = os.fork()
        if not child:
            store.put(snow("child"))
            os._exit(store.publish(tmp_path / "public").articles)
        store.put(snow("parent-2"))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in {2, 3}
        assert store.publish(tmp_path / "public").articles == 3
    assert titles(database.at(tmp_path / "news.db")) == ["child", "parent", "parent-2"]


@pytest.mark.slow
def test_a_put_that_is_killed_leaves_all_of_it_or_nothing(database: Database, tmp_path: Path) -> None:
    path = database.at(tmp_path / "news.db")
    dice = random.Random(7)  # noqa: S311 - no secret
    for _ in range(12 if database is SQLITE else 4):
        with start(ENDLESS, path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            told = [line for line in process.stdout if line.endswith("\n")]
        first, second = titles(path)
        assert first == second
        if told:
            assert int(first) >= int(told[-1])
