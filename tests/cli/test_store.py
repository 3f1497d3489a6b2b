"""`newsfeed store`: what is in the store of a newsroom, how far it is published, and whether that is too long ago."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, QAR, SNOW

from newsfeed.catalog.stored.database.packing import packed

Run = Callable[..., Result]
Write = Callable[..., Path]

STORE_TOML = NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', 'store = "news.db"')
ADVICE = "Check that newsfeed build, or the program that publishes, runs without errors.\n"


def lines(*articles: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(article)}\n" for article in articles)


@pytest.fixture
def newsroom(write: Write) -> Path:
    return write(toml=STORE_TOML)


@pytest.fixture
def put(run: Run, newsroom: Path) -> Callable[..., None]:  # noqa: ARG001 - it has to be there
    def putter(*articles: dict[str, Any], source: str = "") -> None:
        run("put", "mysite", "-", "--source", source, input=lines(*articles))

    return putter


def made_older(newsroom: Path, moment: str = "2025-12-19T18:24:00Z") -> None:
    """Let the last publish to every target be one of long ago."""
    database = sqlite3.connect(newsroom / "news.db")
    with database:
        database.execute("UPDATE target SET published_at = ?", (moment,))
    database.close()


class TestTheTable:
    def test_an_empty_store(self, run: Run, put: Callable[..., None]) -> None:
        put()
        assert run("store", "mysite").stdout == (
            "mysite/news.db is empty. To put articles into it, run: newsfeed put mysite FILE…\n"
        )

    def test_sources(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW, QAR)
        put(SNOW | {"withdrawn": True}, source="wire")
        shown = run("store", "mysite").stdout.splitlines()
        assert [line.rsplit("  ", 1)[0] for line in shown[:3]] == [
            "source  rows  live  withdrawn",
            "(none)     2     1          0",
            "wire       1     0          1",
        ]
        assert shown[3:] == ["", "Nothing has been published from it yet."]

    def test_targets(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW, QAR)
        run("build", "mysite", "-o", "public")
        run("build", "mysite", "-o", "memory://feeds/")
        put(SNOW | {"title": "Sleet in Baku"})
        run("build", "mysite", "-o", "public")
        shown = run("store", "mysite").stdout.splitlines()
        assert [line.rsplit("  ", 1)[0] for line in shown[3:]] == [
            "published to    documents  waiting",
            "public                  8       no",
            "memory://feeds          8      yes",
        ]


class TestRowsAndStates:
    """The table counts what a build of the same rows publishes, whatever happened before."""

    @pytest.mark.parametrize(
        ("changes", "counts"),
        [
            ({"published": "2190-01-01"}, (1, 0, 0)),
            ({"published": "2190-01-01", "withdrawn": True}, (1, 0, 1)),
            ({"expires": "2025-12-20"}, (1, 0, 0)),
            ({"language": "fr"}, (1, 0, 0)),
            ({"withdrawn": True}, (1, 0, 1)),
            ({"title": "Sleet"}, (1, 1, 0)),
        ],
    )
    def test_a_row_that_changed(
        self, run: Run, put: Callable[..., None], changes: dict[str, Any], counts: tuple[int, ...]
    ) -> None:
        put(SNOW)
        run("build", "mysite")
        put(SNOW | changes)
        (source,) = json.loads(run("store", "mysite", "--json").stdout)["sources"]
        assert (source["rows"], source["live"], source["withdrawn"]) == counts

    def test_two_rows_of_one_article(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW)
        put(SNOW, source="wire")
        sources = json.loads(run("store", "mysite", "--json").stdout)["sources"]
        assert sum(source["live"] for source in sources) == 1
        assert [source["rows"] for source in sources] == [1, 1]


def test_where_to_look_is_found_without_planning_all_feeds(
    run: Run, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(SNOW, QAR)
    monkeypatch.setattr("newsfeed.newsroom.plan_of", None)
    shown = run("build", "mysite", "-o", "public").stdout.splitlines()
    assert (
        shown[-1] == "Start with public/en/latest.html in a browser, or public/en/all.rss in a feed reader."
    )


def test_a_build_that_is_refused_tells_of_what_it_looked_at(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with the other articles was told when they were published, and looking at them takes time."""
    from newsfeed.formats.writing import render
    from newsfeed.publish import document_rendering

    write(toml=STORE_TOML + '\n[[feeds]]\npath = "topic/{topic}"\nformats = ["rss"]\n')
    run("put", "mysite", "-", input=lines(SNOW | {"topics": ["C#", "C++"]}))
    first = json.loads(run("build", "mysite", "--json").stdout)
    assert [finding["code"] for finding in first["repaired"]] == ["NF117"]
    monkeypatch.setattr(
        document_rendering, "render", lambda *given: render(*given).replace(b"<link>", b"<lnk>", 1)
    )
    run("put", "mysite", "-", input=lines(QAR | {"title": "Bak\x0bı"}))
    result = run("build", "mysite", "--check", "--json")
    refused = json.loads(result.stdout)
    assert [(finding["code"], finding["name"]) for finding in refused["repaired"]] == [("NF111", QAR["url"])]
    assert (refused["counts"]["articles"], refused["left_out"]) == (2, [])
    assert refused["error"].endswith("Nothing was written.")


class TestAsJson:
    def test_before_the_first_publish(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        put(SNOW, QAR)
        shown = json.loads(run("store", "mysite", "--json").stdout)
        (source,) = shown["sources"]
        assert source.pop("last_change").endswith("Z")
        assert shown == {
            "store": f"{newsroom}/news.db",
            "sources": [{"source": "", "rows": 2, "live": 2, "withdrawn": 0}],
            "targets": [],
        }

    def test_targets(self, run: Run, put: Callable[..., None], tmp_path: Path) -> None:
        put(SNOW, QAR)
        run("build", "mysite", "-o", "public")
        (target,) = json.loads(run("store", "mysite", "--json").stdout)["targets"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", target.pop("published_at"))
        assert target == {"target": f"{tmp_path}/public", "documents": 8, "waiting": False}

    def test_with_a_limit(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        put(SNOW)
        run("build", "mysite")
        made_older(newsroom)
        result = run("store", "mysite", "--json", "--max-age", "1d")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["targets"][0]["published_at"] == "2025-12-19T18:24:00Z"


class TestWhetherSomethingWaits:
    """Something waits if the next publish to a target has something to look at."""

    def waits(self, run: Run) -> bool:
        (target,) = json.loads(run("store", "mysite", "--json").stdout)["targets"]
        return bool(target["waiting"])

    @pytest.fixture(autouse=True)
    def published(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW, QAR)
        run("build", "mysite")
        assert not self.waits(run)

    def test_after_a_correction(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW | {"title": "Sleet in Baku"})
        assert self.waits(run)
        run("build", "mysite")
        assert not self.waits(run)

    def test_after_a_row_that_cant_be_used_in_the_end(self, run: Run, newsroom: Path) -> None:
        database = sqlite3.connect(newsroom / "news.db")
        with database:
            database.execute("UPDATE counter SET value = value + 1 WHERE name = 'changes'")
            database.execute(
                "UPDATE stored_row SET record = ?, changed = changed + 1 WHERE number = 1", (packed("{}"),)
            )
        database.close()
        assert self.waits(run)
        run("build", "mysite", "--accept-loss")
        assert not self.waits(run)

    def test_after_newsroom_toml_was_edited(self, run: Run, newsroom: Path) -> None:
        (newsroom / "newsroom.toml").write_text(STORE_TOML.replace('"Report"', '"Reports"'), encoding="utf-8")
        assert self.waits(run)
        run("build", "mysite")
        assert not self.waits(run)

    def test_the_same_again(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW, QAR)
        assert not self.waits(run)

    def test_after_a_publish_that_died(self, run: Run, newsroom: Path) -> None:
        line = '{"document":"en/all.rss","made_of":"","digest":"","stamp":null}'
        database = sqlite3.connect(newsroom / "news.db")
        with database:
            database.execute("INSERT INTO intent SELECT number, ? FROM target", (line,))
        database.close()
        assert self.waits(run)


class TestMaxAge:
    """For monitoring: silent while publishes are recent, one line and status 1 otherwise."""

    def test_recent(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        for age in ("90s", "10m", "2h", "1d"):
            result = run("store", "mysite", "--max-age", age)
            assert (result.exit_code, result.output) == (0, "")

    def test_too_long_ago(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        made_older(newsroom)
        result = run("store", "mysite", "--max-age", "10m")
        assert (result.exit_code, result.stdout) == (1, "")
        assert re.sub(r"\d+ days", "3 days", result.stderr) == (
            "newsfeed: public: the last publish was 3 days ago, at 2025-12-19 18:24:00 UTC: more than 10m. "
            + ADVICE
        )

    def test_a_publish_with_nothing_to_do_counts(
        self, run: Run, put: Callable[..., None], newsroom: Path
    ) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        made_older(newsroom)
        run("build", "mysite", "-o", "public")
        assert run("store", "mysite", "--max-age", "10m").exit_code == 0

    def test_a_dry_run_doesnt_count(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        made_older(newsroom)
        run("build", "mysite", "-o", "public", "--dry-run")
        assert run("store", "mysite", "--max-age", "10m").exit_code == 1

    def test_a_refused_publish_doesnt_count(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        made_older(newsroom)
        twice = (
            STORE_TOML + '[[feeds]]\npath = "{language}/{category}"\n[[feeds]]\npath = "{language}/media"\n'
        )
        (newsroom / "newsroom.toml").write_text(twice, encoding="utf-8")
        assert run("build", "mysite", "-o", "public").exit_code == 1
        (newsroom / "newsroom.toml").write_text(STORE_TOML, encoding="utf-8")
        assert run("store", "mysite", "--max-age", "10m").exit_code == 1

    def test_never(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW)
        result = run("store", "mysite", "--max-age", "10m")
        assert result.exit_code == 1
        assert result.stderr == (
            "newsfeed: mysite/news.db: nothing has been published from this store yet. " + ADVICE
        )

    def test_of_one_target(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        made_older(newsroom)
        run("build", "mysite", "-o", "memory://other/")
        assert run("store", "mysite", "--max-age", "10m").exit_code == 0
        assert run("store", "mysite", "--max-age", "10m", "-o", "memory://other").exit_code == 0
        assert run("store", "mysite", "--max-age", "10m", "-o", "./public").exit_code == 1

    def test_of_a_target_to_which_nothing_was_published(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        result = run("store", "mysite", "--max-age", "10m", "-o", "pubic")
        assert result.exit_code == 1
        assert result.stderr == (
            "newsfeed: mysite/news.db: nothing has been published from this store to pubic yet. " + ADVICE
        )

    @pytest.mark.parametrize("age", ["", "10", "m", "-1m", "10 m", "1w", "1.5h", "9999999d"])
    def test_what_isnt_an_age(self, run: Run, newsroom: Path, age: str) -> None:  # noqa: ARG002 - as above
        result = run("store", "mysite", "--max-age", age)
        assert result.exit_code == 2
        assert f"{age!r} isn't an age. Write a number and s, m, h or d, as in 10m." in result.stderr

    def test_output_alone(self, run: Run, newsroom: Path) -> None:  # noqa: ARG002 - as above
        result = run("store", "mysite", "-o", "public")
        assert (result.exit_code, "--output is for --max-age" in result.stderr) == (2, True)


class TestForget:
    def test_a_target_that_isnt_published_to_any_longer(
        self, run: Run, put: Callable[..., None], tmp_path: Path
    ) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        run("build", "mysite", "-o", "memory://old/")
        before = {file: file.read_bytes() for file in (tmp_path / "public").rglob("*") if file.is_file()}
        result = run("store", "mysite", "--forget", "memory://old/")
        assert (result.exit_code, result.stderr) == (0, "")
        count = len([file for file in before if ".newsfeed" not in file.parts])
        assert result.stdout == f"Forgot memory://old/, and left {count} files there.\n"
        assert run("store", "mysite", "--forget", "./public").exit_code == 0
        assert {file: file.read_bytes() for file in before} == before
        assert json.loads(run("store", "mysite", "--json").stdout)["targets"] == []

    def test_published_to_again(self, run: Run, put: Callable[..., None]) -> None:
        put(SNOW)
        run("build", "mysite", "-o", "public")
        run("store", "mysite", "--forget", "public")
        result = run("build", "mysite", "-o", "public")
        assert result.stdout.startswith("Wrote 0 files")
        assert "this isn't as the last publish from this store left it, so everything was compared" in (
            result.stderr.replace("\n", " ")
        )
        assert run("build", "mysite", "-o", "public").stderr == ""

    def test_one_that_it_doesnt_know(self, run: Run, put: Callable[..., None], tmp_path: Path) -> None:
        put(SNOW)
        unknown = run("store", "mysite", "--forget", "pubic")
        assert unknown.exit_code == 1
        assert unknown.stderr.replace(f"{tmp_path}/", "") == (
            "newsfeed: mysite/news.db: this store wasn't published to pubic. It was published nowhere.\n"
        )
        run("build", "mysite", "-o", "public")
        assert run("store", "mysite", "--forget", "pubic").stderr.replace(f"{tmp_path}/", "") == (
            "newsfeed: mysite/news.db: this store wasn't published to pubic. It was published to public.\n"
        )

    def test_alone(self, run: Run, newsroom: Path) -> None:  # noqa: ARG002 - as above
        result = run("store", "mysite", "--forget", "public", "--max-age", "1h")
        assert result.exit_code == 2
        assert "--export-record, --forget and --max-age can't be combined" in result.stderr


class TestExportRecord:
    @pytest.fixture
    def twelve(self, run: Run, put: Callable[..., None], newsroom: Path) -> None:
        """Twelve published articles in a language that the newsroom then gives up."""
        numbered = [SNOW | {"url": f"https://report.example/{number}"} for number in range(12)]
        put(*numbered)
        assert run("build", "mysite", "-o", "public").exit_code == 0
        toml = STORE_TOML.replace('"en"', '"tr"')
        assert toml != STORE_TOML
        (newsroom / "newsroom.toml").write_text(toml, encoding="utf-8")

    @pytest.mark.usefixtures("twelve")
    def test_a_bad_day_is_refused(self, run: Run, tmp_path: Path) -> None:
        before = (tmp_path / "public/.newsfeed/record.jsonl").read_bytes()
        result = run("store", "mysite", "--export-record", "-o", "public")
        assert result.exit_code == 1
        assert "12 of 12 published articles would be lost" in result.stderr
        assert "let them go with --accept-loss" in result.stderr
        assert (tmp_path / "public/.newsfeed/record.jsonl").read_bytes() == before

    @pytest.mark.usefixtures("twelve")
    def test_unless_it_is_right(self, run: Run) -> None:
        assert run("store", "mysite", "--export-record", "-o", "public", "--accept-loss").exit_code == 0

    def test_accept_loss_alone(self, run: Run, newsroom: Path) -> None:  # noqa: ARG002 - as above
        result = run("store", "mysite", "--accept-loss")
        assert (result.exit_code, "--accept-loss is for --export-record" in result.stderr) == (2, True)
