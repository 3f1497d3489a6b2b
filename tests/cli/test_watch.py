"""`newsfeed build --watch` on a store: a process of its own publishes what other processes put, and what is due."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, SNOW

from newsfeed import Store
from newsfeed.cli.publishing import Settings
from newsfeed.cli.watching import WatchedStore
from newsfeed.sources.newsroom_toml import read_site

Run = Callable[..., Result]
Write = Callable[..., Path]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise")]

STORE_TOML = NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', 'store = "news.db"')

SETTINGS = Settings(
    output="public",
    accept=False,
    accept_loss=False,
    dry_run=False,
    strict=False,
    checked=False,
    verify=False,
    codings=(),
    jobs=1,
    wait=0,
    record=None,
    as_json=False,
)


class Watching:
    """`newsfeed build mysite --watch`, while it runs."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.stdout = self.stderr = ""

    def until(self, is_so: Callable[[], bool], seconds: float = 30) -> float:
        """Wait until something is so, and return how many seconds that took."""
        begin = time.monotonic()
        while not is_so():
            if time.monotonic() > begin + seconds:
                self.stop()
                pytest.fail(f"it isn't so after {seconds} seconds: {self.stdout}{self.stderr}")
            time.sleep(0.01)
        return time.monotonic() - begin

    def has(self, text: str, document: str = "en/all.rss") -> Callable[[], bool]:
        """Return a function that tells whether a document has a text."""
        file = self.folder / "public" / document
        return lambda: file.exists() and text in file.read_text(encoding="utf-8")

    def stop(self) -> int:
        """Stop it as Ctrl+C does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        self.stdout, self.stderr = self.process.communicate(timeout=30)
        return self.process.returncode


@contextmanager
def watching(folder: Path, *options: str) -> Iterator[Watching]:
    command = [sys.executable, "-m", "newsfeed", "build", "mysite", "--watch", *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield Watching(process, folder)
        finally:
            if process.poll() is None:
                process.kill()


@pytest.fixture
def newsroom(write: Write, run: Run) -> Path:
    folder = write(toml=STORE_TOML)
    put(run, SNOW)
    return folder


def put(run: Run, *articles: dict[str, Any]) -> None:
    lines = "".join(f"{json.dumps(article)}\n" for article in articles)
    assert run("put", "mysite", "-", input=lines).exit_code == 0


def test_it_publishes_within_a_second_of_a_put_by_another_process(newsroom: Path, tmp_path: Path) -> None:
    with watching(tmp_path) as watch, Store(newsroom / "news.db", read_site(newsroom)[0]) as store:
        watch.until(watch.has("Snow in Baku"))
        took = []
        for title in ("Sleet", "Hail", "Rain"):
            store.put(SNOW | {"title": title})
            took.append(watch.until(watch.has(title)))
        assert min(took) < 1
        assert watch.stop() == 130
    lines = watch.stdout.splitlines()
    assert lines[0].startswith("Wrote 8 files from 1 article in 2 languages to public/")
    assert [line for line in lines[1:] if "only what changed was looked at" not in line] == [
        "Start with public/en/latest.html in a browser, or public/en/all.rss in a feed reader."
    ]
    assert watch.stderr == ""


def test_it_publishes_when_an_article_is_due(newsroom: Path, run: Run, tmp_path: Path) -> None:  # noqa: ARG001
    moment = datetime.now(UTC) + timedelta(seconds=4)
    due = SNOW | {"url": "https://report.example/en/due", "title": "Due", "published": moment.isoformat()}
    put(run, due)
    with watching(tmp_path) as watch:
        watch.until(watch.has("Snow in Baku"))
        assert not watch.has("Due")()
        watch.until(watch.has("Due"))
        late = (datetime.now(UTC) - moment).total_seconds()
        assert 0 <= late < 1.5
        assert watch.stop() == 130


def test_it_reads_settings_and_templates_again(newsroom: Path, tmp_path: Path) -> None:
    templates = newsroom / "templates"
    templates.mkdir()
    (templates / "listing.html").write_text("<p>{{ site.title }}: first</p>", encoding="utf-8")
    toml = STORE_TOML.replace('store = "news.db"', 'store = "news.db"\ntemplates = "templates"')
    (newsroom / "newsroom.toml").write_text(toml, encoding="utf-8")
    with watching(tmp_path) as watch:
        watch.until(watch.has("Report: first", "en/latest.html"))
        (templates / "listing.html").write_text("<p>{{ site.title }}: second</p>", encoding="utf-8")
        watch.until(watch.has("Report: second", "en/latest.html"))
        (newsroom / "newsroom.toml").write_text(toml.replace('"Report"', '"Morning"'), encoding="utf-8")
        watch.until(watch.has("Morning: second", "en/latest.html"))
        assert watch.stop() == 130
    assert watch.stderr == ""


def test_settings_that_are_just_being_saved_arent_read(
    newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    watched = WatchedStore("mysite")
    watched.publish(SETTINGS)
    (newsroom / "newsroom.toml").write_text("", encoding="utf-8")  # as editors do, before they write
    assert not watched.has_changed()
    (newsroom / "newsroom.toml").write_text(STORE_TOML.replace('"Report"', '"Morning"'), encoding="utf-8")
    assert not watched.has_changed()
    assert watched.has_changed()
    assert watched.site.title == "Morning"
    watched.store.close()


def test_it_goes_on_with_the_settings_from_before_while_they_arent_valid(
    newsroom: Path, run: Run, tmp_path: Path
) -> None:
    with watching(tmp_path) as watch, Store(newsroom / "news.db", read_site(newsroom)[0]) as store:
        watch.until(watch.has("Snow in Baku"))
        (newsroom / "newsroom.toml").write_text("[site", encoding="utf-8")
        time.sleep(1)
        store.put(SNOW | {"title": "Sleet"})
        watch.until(watch.has("Sleet"))
        (newsroom / "newsroom.toml").write_text(STORE_TOML.replace('"Report"', '"Morning"'), encoding="utf-8")
        watch.until(watch.has("Morning"))
        assert watch.stop() == 130
    assert run("build", "mysite").exit_code == 0
    first, last = watch.stderr.splitlines()
    assert first.startswith("newsfeed: mysite/newsroom.toml")
    assert last == "newsfeed: Until this is fixed, the settings from before are used."


def test_a_store_that_cant_be_read_for_a_moment_doesnt_end_it(
    newsroom: Path, run: Run, tmp_path: Path
) -> None:
    with watching(tmp_path) as watch:
        watch.until(watch.has("Snow in Baku"))
        time.sleep(0.5)  # until the publish has ended
        (newsroom / "news.db").rename(newsroom / "away.db")
        time.sleep(1.5)
        (newsroom / "away.db").rename(newsroom / "news.db")
        put(run, SNOW | {"title": "Sleet"})
        watch.until(watch.has("Sleet"))
        assert watch.stop() == 130
    assert watch.stderr == (
        f"newsfeed: {newsroom}/news.db: there is no such store. To create one, put articles into it.\n"
        "newsfeed: What was published stays. Trying again.\n"
    )


def test_a_publish_that_failed_is_tried_again(newsroom: Path, tmp_path: Path) -> None:
    with watching(tmp_path) as watch, Store(newsroom / "news.db", read_site(newsroom)[0]) as store:
        watch.until(watch.has("Snow in Baku"))
        time.sleep(0.5)  # until the publish has ended
        (tmp_path / "public").rename(tmp_path / "away")
        (tmp_path / "public").write_text("", encoding="utf-8")
        store.put(SNOW | {"title": "Sleet"})
        time.sleep(1.5)
        (tmp_path / "public").unlink()
        (tmp_path / "away").rename(tmp_path / "public")
        watch.until(watch.has("Sleet"))
        assert watch.stop() == 130
    assert watch.stderr.endswith("newsfeed: What was published stays. Trying again.\n")
    assert watch.stderr.count("Trying again.") == 1


def test_monitoring_sees_that_it_is_alive_when_nothing_changes(
    newsroom: Path, tmp_path: Path, run: Run
) -> None:
    with watching(tmp_path) as watch:
        watch.until(watch.has("Snow in Baku"))
        time.sleep(13)
        assert run("store", "mysite", "--max-age", "12s").exit_code == 0
        assert watch.stop() == 130
    assert len(watch.stdout.splitlines()) == 2
    assert newsroom.exists()
