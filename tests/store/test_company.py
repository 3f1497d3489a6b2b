"""Several processes and threads use one store, and some of them die."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Site, Store

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

path, name, count, every = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with Store(path, SITE) as store:
    for number in range(count):
        assert store.put(snow(f"{name}-{number}")).taken == 1
        if every and number % every == every - 1:
            store.publish(path + "-public")
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


def titles(path: Path) -> list[str]:
    with Store(path, SITE) as store:
        return sorted(article.title for article in store.newsroom().articles)


@pytest.mark.slow
def test_processes_that_put_and_publish_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    running = [start(SCRIPT, path, name, 20, 10) for name in range(6)]
    for process in running:
        with process:
            process.wait(300)
        assert process.returncode == 0
    expected = sorted(f"{name}-{number}" for name in range(6) for number in range(20))
    assert titles(path) == expected
    # the last publish had everything that was put before it
    feed = json.loads((tmp_path / "news.db-public" / "en" / "all.json").read_bytes())
    assert sorted(item["title"] for item in feed["items"]) == expected


@pytest.mark.slow
def test_threads_share_a_store(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        names = [str(number) for number in range(60)]
        with ThreadPoolExecutor(8) as threads:
            assert sum(put.taken for put in threads.map(lambda name: store.put(snow(name)), names)) == 60
    assert titles(tmp_path / "news.db") == sorted(names)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_uses_the_store_of_its_parent(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(snow("parent"))
        child = os.fork()
        if not child:
            os._exit(store.put(snow("child")).taken)
        store.put(snow("parent-2"))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert titles(tmp_path / "news.db") == ["child", "parent", "parent-2"]


@pytest.mark.slow
def test_a_put_that_is_killed_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    dice = random.Random(7)  # noqa: S311 - no secret
    for _ in range(12):
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
