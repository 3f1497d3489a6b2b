"""`newsfeed sync`: what changed in the files gets into the database, and nothing is lost that wasn't meant to go."""

import itertools
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML

Run = Callable[..., Result]
Write = Callable[..., Path]

TOML = NEWSROOM_TOML.replace(
    'articles = ["articles.jsonl"]', 'articles = ["articles.jsonl"]\nstore = "news.db"'
)
NOTHING = "Nothing was changed. Fix the source and sync again. If this is right, let them go with --accept-loss (accept_loss=True in Python)."

#: When files were written, one after another, long ago.
SECONDS = itertools.count(1_700_000_000)


def snow(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": number,
        "language": "en",
        "title": f"Snow {number}",
        "url": f"https://report.example/en/{number}",
        "published": "2025-12-19T18:24:00+04:00",
    } | values


@pytest.fixture
def newsroom(write: Write) -> Path:
    """A newsroom with a store and 40 articles in a file."""
    folder = write(toml=TOML)
    put_lines(folder, *map(snow, range(40)))
    return folder


def put_lines(folder: Path, *records: Mapping[str, Any] | str) -> None:
    """Write `articles.jsonl`, as if a while ago."""
    lines = (each if isinstance(each, str) else json.dumps(each) for each in records)
    put_text(folder / "articles.jsonl", "".join(f"{line}\n" for line in lines))


def put_more(folder: Path, name: str, text: str) -> None:
    """Write a file of a second source, which the newsroom names from then on."""
    toml = folder / "newsroom.toml"
    toml.write_text(toml.read_text().replace('articles.jsonl"]', 'articles.jsonl", "more/*.json"]'))
    put_text(folder / "more" / name, text)


def put_text(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    moment = next(SECONDS)
    os.utime(file, (moment, moment))


def synced(run: Run, *options: str) -> list[str]:
    done = run("sync", "mysite", *options)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout.splitlines()


def refused(run: Run, *options: str) -> list[str]:
    failed = run("sync", "mysite", *options)
    assert (failed.exit_code, failed.stdout) == (1, "")
    return failed.stderr.splitlines()


def titles(run: Run) -> set[str]:
    latest = run("latest", "mysite", "--limit", "100").stdout
    return {line.strip() for line in latest.splitlines() if "Snow" in line}


class TestChanges:
    def test_from_files_to_feeds(self, run: Run, newsroom: Path) -> None:
        assert synced(run) == [
            "articles.jsonl: 40 new",
            "Synced mysite/news.db with 1 of 1 file (40 new or changed, 0 removed).",
        ]
        assert run("build", "mysite").stdout.startswith("Wrote 8 files from 40 articles in 2 languages")
        put_lines(newsroom, *map(snow, range(1, 40)), snow(40), snow(41))
        put_lines(newsroom, snow(1, title="Sleet"), *map(snow, range(2, 42)))
        assert synced(run) == [
            "articles.jsonl: 2 new, 1 changed, 1 removed",
            "Synced mysite/news.db with 1 of 1 file (3 new or changed, 1 removed).",
        ]
        assert run("build", "mysite").exit_code == 0

    def test_unchanged_files_arent_read(self, run: Run, newsroom: Path) -> None:
        synced(run)
        assert synced(run) == ["Synced mysite/news.db with 0 of 1 file (0 new or changed, 0 removed)."]
        file = newsroom / "articles.jsonl"
        text, facts = file.read_text(), file.stat()
        file.write_text(text.replace("Snow", "Rain"))  # which no program does to its files
        os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert synced(run) == ["Synced mysite/news.db with 0 of 1 file (0 new or changed, 0 removed)."]

    def test_a_touched_file_changes_nothing(self, run: Run, newsroom: Path) -> None:
        synced(run)
        os.utime(newsroom / "articles.jsonl", (1_750_000_000, 1_750_000_000))
        assert synced(run) == ["Synced mysite/news.db with 1 of 1 file (0 new or changed, 0 removed)."]
        assert synced(run) == ["Synced mysite/news.db with 0 of 1 file (0 new or changed, 0 removed)."]

    def test_a_file_that_was_just_written_may_change_again_within_its_time(
        self, run: Run, newsroom: Path
    ) -> None:
        (newsroom / "articles.jsonl").touch()
        synced(run)
        assert synced(run) == ["Synced mysite/news.db with 1 of 1 file (0 new or changed, 0 removed)."]

    def test_other_settings_read_the_files_anew(self, run: Run, newsroom: Path) -> None:
        put_more(newsroom, "note.json", json.dumps(snow(50, published="2025-12-19 18:24")))
        synced(run)
        toml = newsroom / "newsroom.toml"
        toml.write_text(toml.read_text().replace("Asia/Baku", "UTC"))
        assert synced(run) == ["Synced mysite/news.db with 2 of 2 files (0 new or changed, 0 removed)."]

    def test_what_was_put_otherwise_is_left_alone(self, run: Run, newsroom: Path) -> None:
        put = json.dumps(snow(1, title="Snow by hand", updated="2025-12-20T00:00:00Z"))
        run("put", "mysite", "-", input=put)
        synced(run)
        put_lines(newsroom, *map(snow, range(2, 40)))
        assert synced(run)[0] == "articles.jsonl: 2 removed"
        assert "Snow by hand" in titles(run)

    def test_an_article_that_moves_to_another_file_stays(self, run: Run, newsroom: Path) -> None:
        for name in "ab":
            put_more(newsroom, f"{name}.json", "[]")
        put_more(newsroom, "b.json", json.dumps([snow(50), snow(51)]))
        synced(run)
        put_more(newsroom, "a.json", json.dumps([snow(50, title="Snow that moved")]))
        put_more(newsroom, "b.json", json.dumps([snow(51)]))
        assert synced(run) == [
            "more/*.json: 1 changed",
            "Synced mysite/news.db with 2 of 3 files (1 new or changed, 0 removed).",
        ]
        (newsroom / "more" / "b.json").rename(newsroom / "more" / "c.json")
        assert synced(run) == ["Synced mysite/news.db with 1 of 3 files (0 new or changed, 0 removed)."]
        assert {"Snow that moved", "Snow 51"} <= titles(run)

    def test_an_article_that_moves_to_another_source_stays(self, run: Run, newsroom: Path) -> None:
        synced(run)
        records = map(snow, range(40))
        put_more(newsroom, "all.json", json.dumps(list(records)))
        (newsroom / "articles.jsonl").write_text(json.dumps(snow(40)))
        assert synced(run) == [
            "articles.jsonl: 1 new, 40 removed",
            "more/*.json: 40 new",
            "Synced mysite/news.db with 2 of 2 files (41 new or changed, 40 removed).",
        ]
        assert len(titles(run)) == 41

    def test_the_other_article_with_its_id_is_back_when_one_goes(self, run: Run, newsroom: Path) -> None:
        put_more(newsroom, "a.json", json.dumps([snow(50, title="Snow, older"), snow(51)]))
        newer = snow(50, title="Snow, newer", updated="2025-12-19T19:00:00+04:00")
        put_more(newsroom, "b.json", json.dumps([newer, snow(52)]))
        synced(run)
        assert {"Snow, newer", "Snow, older"} & titles(run) == {"Snow, newer"}
        put_more(newsroom, "b.json", json.dumps([snow(52)]))
        assert synced(run)[0] == "more/*.json: 1 removed"
        assert {"Snow, newer", "Snow, older"} & titles(run) == {"Snow, older"}

    def test_a_removed_file(self, run: Run, newsroom: Path) -> None:
        for number in range(50, 53):
            put_more(newsroom, f"{number}.json", json.dumps(snow(number)))
        synced(run)
        (newsroom / "more" / "50.json").unlink()
        assert synced(run) == [
            "more/*.json: 1 removed",
            "Synced mysite/news.db with 0 of 3 files (0 new or changed, 1 removed).",
        ]


class TestBadRecords:
    def test_it_leaves_what_is_stored_as_it_was(self, run: Run, newsroom: Path) -> None:
        synced(run)
        put_lines(newsroom, snow(0, title=""), *map(snow, range(1, 39)))
        for _ in range(2):  # a file with a bad record is read until it is fixed
            done = run("sync", "mysite")
            assert (done.exit_code, done.stderr) == (
                0,
                "articles.jsonl:1: left out: title: it is empty. Write a headline, a summary or content. [NF102]\n",
            )
        assert done.stdout.splitlines() == [
            "Synced mysite/news.db with 1 of 1 file (0 new or changed, 0 removed).",
            "1 article left out: see above.",
        ]
        # 39 is gone, and 0 isn't
        assert titles(run) == {f"Snow {number}" for number in range(39)}

    def test_one_that_cant_be_told_from_others_keeps_those_that_are_missing(
        self, run: Run, newsroom: Path
    ) -> None:
        synced(run)
        put_lines(newsroom, '{"id": 0, "title', *map(snow, range(1, 40)))
        assert run("sync", "mysite").exit_code == 0
        assert len(titles(run)) == 40
        put_lines(newsroom, *map(snow, range(1, 40)))
        assert synced(run)[0] == "articles.jsonl: 1 removed"

    def test_withdrawn(self, run: Run, newsroom: Path) -> None:
        synced(run)
        gone = {"id": 0, "withdrawn": True}
        put_lines(newsroom, gone, *map(snow, range(1, 40)))
        assert synced(run)[0] == "articles.jsonl: 1 changed"
        assert "Snow 0" not in titles(run)
        put_lines(newsroom, *map(snow, range(40)))
        assert synced(run)[0] == "articles.jsonl: 1 changed"
        assert "Snow 0" in titles(run)

    def test_a_withdrawal_after_its_article_changes_nothing_twice(self, run: Run, newsroom: Path) -> None:
        synced(run)
        gone = {"id": 0, "withdrawn": True}
        put_lines(newsroom, *map(snow, range(40)), gone)
        assert synced(run)[0] == "articles.jsonl: 1 changed"
        put_lines(newsroom, *map(snow, range(40)), gone, snow(41))
        assert synced(run, "--dry-run")[0] == "articles.jsonl: 1 new"
        assert synced(run)[0] == "articles.jsonl: 1 new"
        assert "Snow 0" not in titles(run)

    def test_a_withdrawal_of_what_isnt_stored(self, run: Run, newsroom: Path) -> None:
        put_lines(newsroom, snow(1), {"id": 0, "withdrawn": True})
        done = run("sync", "mysite")
        assert done.exit_code == 0
        assert "articles.jsonl:2: left out: title: it is missing. " in done.stderr

    def test_bad_records_alone_fail(self, run: Run, newsroom: Path) -> None:
        put_lines(newsroom, snow(1, title=""))
        failed = run("sync", "mysite")
        assert failed.exit_code == 1
        assert failed.stderr.splitlines()[-1] == (
            "newsfeed: no article could be used. Fix the first ones, and sync again."
        )

    def test_one_file_of_many_doesnt_stop_the_others(self, run: Run, newsroom: Path) -> None:
        for number in (50, 51):
            put_more(newsroom, f"{number}.json", json.dumps(snow(number)))
        synced(run)
        put_more(newsroom, "50.json", "{")
        put_more(newsroom, "51.json", json.dumps(snow(51, title="Snow again")))
        done = run("sync", "mysite")
        assert done.exit_code == 0
        assert done.stdout.splitlines()[0] == "more/*.json: 1 changed"
        assert {"Snow 50", "Snow again"} <= titles(run)


class TestTheGuard:
    def test_a_few_may_go(self, run: Run, newsroom: Path) -> None:
        synced(run)
        put_lines(newsroom, *map(snow, range(9, 40)))
        assert synced(run)[0] == "articles.jsonl: 9 removed"

    def test_more_than_max_loss(self, run: Run, newsroom: Path) -> None:
        synced(run)
        put_lines(newsroom, *map(snow, range(12, 40)), snow(40))
        for options in ((), ("--dry-run",)):
            assert refused(run, *options) == [
                (
                    "newsfeed: articles.jsonl: 12 of 40 articles in the store would be removed, because their records vanished from it."
                ),
                f"newsfeed: {NOTHING}",
            ]
        assert titles(run) == {f"Snow {number}" for number in range(40)}
        assert synced(run, "--accept-loss")[0] == "articles.jsonl: 1 new, 12 removed"

    def test_all_of_a_few(self, run: Run, newsroom: Path) -> None:
        put_more(newsroom, "a.json", json.dumps([snow(50), snow(51)]))
        synced(run)
        (newsroom / "more" / "a.json").unlink()
        assert refused(run) == [
            (
                "newsfeed: more/*.json: 2 of 2 articles in the store would be removed, because their records vanished from it."
            ),
            f"newsfeed: {NOTHING}",
        ]

    def test_a_source_that_isnt_named_any_longer(self, run: Run, newsroom: Path) -> None:
        put_more(newsroom, "a.json", json.dumps([snow(50), snow(51)]))
        synced(run)
        toml = newsroom / "newsroom.toml"
        toml.write_text(toml.read_text().replace(', "more/*.json"', ""))
        assert refused(run) == [
            (
                "newsfeed: more/*.json: 2 of 2 articles in the store would be removed, because newsroom.toml doesn't name it any longer."
            ),
            f"newsfeed: {NOTHING}",
        ]

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "the file is empty"),
            ("[", "this isn't valid JSON: expecting value at column 2; nothing in it was read"),
        ],
    )
    def test_a_file_that_broke_off(self, run: Run, newsroom: Path, text: str, why: str) -> None:
        put_more(newsroom, "a.json", json.dumps([snow(50), snow(51)]))
        synced(run)
        put_more(newsroom, "a.json", text)
        said = refused(run)
        assert said[0].partition(": ")[2].partition(":")[0] == "more/a.json"
        assert said[0].endswith(f"{why}; 2 articles that it had would be removed.")
        assert "Snow 50" in titles(run)

    def test_a_file_without_articles(self, run: Run, newsroom: Path) -> None:
        for name, first in (("a", 50), ("b", 60)):
            put_more(newsroom, f"{name}.json", json.dumps([snow(first), snow(first + 1)]))
        synced(run)
        put_more(newsroom, "a.json", "[]")
        assert refused(run) == [
            "newsfeed: more/a.json: it has no articles now; 2 articles that it had would be removed.",
            f"newsfeed: {NOTHING}",
        ]
        assert synced(run, "--accept-loss")[0] == "more/*.json: 2 removed"


class TestReports:
    def test_a_dry_run_changes_nothing(self, run: Run, newsroom: Path) -> None:
        expected = [
            "articles.jsonl: 40 new",
            "Read 1 of 1 file. mysite/news.db: 40 of its rows would be new or changed, and 0 removed. Nothing was changed.",
        ]
        assert synced(run, "--dry-run") == expected
        assert not (newsroom / "news.db").exists()
        synced(run)
        put_lines(newsroom, snow(0, title="Sleet"), *map(snow, range(2, 41)))
        assert synced(run, "--dry-run")[0] == "articles.jsonl: 1 new, 1 changed, 1 removed"
        assert titles(run) == {f"Snow {number}" for number in range(40)}

    def test_as_json(self, run: Run, newsroom: Path) -> None:
        put_lines(newsroom, snow(1), snow(2, title=""))
        assert json.loads(run("sync", "mysite", "--json").stdout) == {
            "counts": {"taken": 1, "changed": 1, "removed": 0, "files": 1, "files_read": 1, "left_out": 1},
            "findings": [
                {
                    "code": "NF102",
                    "severity": "error",
                    "place": "articles.jsonl:2",
                    "field": "title",
                    "reason": "it is empty",
                    "remedy": "write a headline, a summary or content",
                }
            ],
            "sources": {"articles.jsonl": {"new": 1, "changed": 0, "removed": 0}},
        }

    def test_a_refusal_as_json(self, run: Run, newsroom: Path) -> None:
        synced(run)
        put_lines(newsroom, *map(snow, range(30, 40)))
        failed = run("sync", "mysite", "--json")
        assert failed.exit_code == 1
        assert json.loads(failed.stdout) == {
            "counts": {"taken": 0, "changed": 0, "removed": 0, "files": 0, "files_read": 0, "left_out": 0},
            "findings": [],
            "sources": {},
            "error": "articles.jsonl: 30 of 40 articles in the store would be removed, "
            f"because their records vanished from it.\n{NOTHING}",
        }

    def test_a_newsroom_without_files(self, run: Run, write: Write) -> None:
        write(toml=NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', 'store = "news.db"'))
        failed = run("sync", "mysite")
        assert failed.exit_code == 1
        assert failed.stderr == (
            "newsfeed: mysite/newsroom.toml:2: site.articles: no files are named. "
            "Name files or globs, as in articles = ['articles/*.md'], "
            "or a database that newsfeed put fills, as in store = 'news.db'\n"
        )
