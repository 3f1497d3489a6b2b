"""`newsfeed ping`: what it tells, what it prints, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, Run, Write
from tests.websub.hub import Behaviour, answers, running, takes

TOML = NEWSROOM_TOML.replace('languages = ["en", "az"]', 'languages = ["en", "az"]\nhub = "{hub}"')
BASE = "https://report.example/feeds/"


@pytest.fixture
def report(tmp_path: Path) -> str:
    written = ["en/all.rss", "en/all.json", "en/latest.html"]
    (tmp_path / "report.json").write_text(json.dumps({"written": written}), encoding="utf-8")
    return "report.json"


def with_hub(run: Run, *behaviours: Behaviour, options: tuple[str, ...] = ()) -> Result:
    with running(*behaviours) as hub:
        named = ("--hub", hub.address, "--feeds-url", BASE, "--retries", "0")
        return run("ping", "report.json", *named, *options)


def test_a_report_of_a_build_is_told_to_the_hub_of_the_newsroom(run: Run, write: Write) -> None:
    with running(takes) as hub:
        folder = write(toml=TOML.replace("{hub}", hub.address))
        built = run("build", str(folder), "--json")
        told = run("ping", "-", "--newsroom", str(folder), input=built.stdout_bytes)
    assert (told.exit_code, told.stdout) == (0, "4 feeds announced.\n")
    assert hub.topics == [
        f"{BASE}{language}/all.{name}" for language in ("en", "az") for name in ("rss", "json")
    ]


def test_nothing_changed(run: Run, write: Write) -> None:
    with running(takes) as hub:
        folder = write(toml=TOML.replace("{hub}", hub.address))
        run("build", str(folder))
        told = run(
            "ping", "-", "--newsroom", str(folder), input=run("build", str(folder), "--json").stdout_bytes
        )
    assert (told.exit_code, told.stdout) == (0, "No feed has changed, so nothing was sent.\n")
    assert hub.forms == []


@pytest.mark.usefixtures("report")
class TestOutcomes:
    def test_told(self, run: Run) -> None:
        told = with_hub(run, takes)
        assert (told.exit_code, told.stdout, told.stderr) == (0, "2 feeds announced.\n", "")

    def test_refused(self, run: Run) -> None:
        told = with_hub(run, takes, answers("403 Forbidden", body=b"no such topic"))
        assert (told.exit_code, told.stdout) == (1, "1 feed announced; 1 refused.\n")
        assert told.stderr.endswith(f": {BASE}en/all.json: refused: it answered 403: no such topic\n")

    def test_failed(self, run: Run) -> None:
        told = with_hub(run, answers("500 X"))
        assert (told.exit_code, told.stdout) == (1, "0 feeds announced; 1 failed, 1 skipped.\n")

    def test_for_machines(self, run: Run) -> None:
        told = with_hub(run, takes, answers("403 Forbidden"), options=("--json",))
        listed = json.loads(told.stdout)
        assert (told.exit_code, listed["counts"]) == (1, {"told": 1, "refused": 1})
        assert listed["outcomes"][1] | {"hub": ""} == {
            "hub": "",
            "topic": f"{BASE}en/all.json",
            "state": "refused",
            "attempts": 1,
            "reason": "it answered 403",
        }

    def test_a_dry_run_calls_nobody(self, run: Run) -> None:
        with running(takes) as hub:
            told = run("ping", "report.json", "--hub", hub.address, "--feeds-url", BASE, "--dry-run")
        assert (told.exit_code, told.stdout) == (0, f"{BASE}en/all.rss\n{BASE}en/all.json\n")
        assert told.stderr == f"Would announce 2 feeds to {hub.address}.\n"
        assert hub.forms == []


@pytest.mark.usefixtures("report")
class TestWrongUse:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ((), "no hub is named; name it with --hub"),
            (("--hub", "https://hub.example/"), "name it with --feeds-url, or name the --newsroom"),
            (("--hub", "hub.example", "--feeds-url", BASE), "'hub.example' isn't a full address"),
            (("--hub", "https://hub.example/", "--feeds-url", "/feeds"), "'/feeds' isn't a full address"),
            (("--timeout", "0"), "0.0 is not in the range x>0"),
        ],
    )
    def test_is_told(self, run: Run, options: tuple[str, ...], said: str) -> None:
        done = run("ping", "report.json", *options)
        assert done.exit_code == 2
        assert said in done.stderr

    def test_a_newsroom_without_a_hub(self, run: Run, write: Write) -> None:
        done = run("ping", "report.json", "--newsroom", str(write()))
        assert (done.exit_code, "add hub to [site] in newsroom.toml" in done.stderr) == (2, True)

    def test_a_report_that_is_none(self, run: Run) -> None:
        done = run("ping", "-", "--hub", "https://hub.example/", "--feeds-url", BASE, input="Wrote 3 files")
        assert done.exit_code == 1
        assert done.stderr.startswith("newsfeed: report: it isn't JSON: ")
