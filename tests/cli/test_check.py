"""newsfeed check: what it looks at, what it says in each form, and how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

GOOD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Report</title>
    <link>https://report.example/en/</link>
    <description>News of the day</description>
    <atom:link href="https://report.example/feeds/all.rss" rel="self" type="application/rss+xml"/>
    <item>
      <title>Snow in Baku</title>
      <link>https://report.example/en/snow</link>
      <guid>https://report.example/en/snow</guid>
      <pubDate>Fri, 19 Dec 2025 14:24:00 GMT</pubDate>
    </item>
  </channel>
</rss>
"""
BAD = GOOD.replace("Fri,", "Sat,")
LINE = (
    "NF221 error all.rss:12:7 item/pubDate: 19 Dec 2025 is a Fri, not a Sat. "
    "Write it like Sat, 07 Sep 2002 00:00:01 GMT.\n"
)
NOTED = GOOD.replace("Fri, 19 Dec 2025 14:24:00", "Thu, 01 Jan 1970 00:00:00")


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "all.rss") -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


Feed = Callable[..., Path]


def test_a_good_feed(run: Run, feed: Feed) -> None:
    feed(GOOD)
    result = run("check", "all.rss")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 feed checked, no problems found.\n")


def test_a_bad_feed(run: Run, feed: Feed) -> None:
    feed(BAD)
    result = run("check", "all.rss")
    assert (result.exit_code, result.stdout, result.stderr) == (1, LINE, "1 feed checked, 1 error found.\n")


def test_a_note_is_told_and_is_no_failure(run: Run, feed: Feed) -> None:
    feed(NOTED)
    result = run("check", "all.rss")
    assert result.exit_code == 0
    assert result.stdout.startswith("NF224 note all.rss:12:7 item/pubDate: ")


def test_standard_input(run: Run) -> None:
    result = run("check", "-", input=BAD)
    assert (result.exit_code, result.stdout) == (1, LINE.replace("all.rss", "-"))


def test_a_folder_at_any_depth(run: Run, feed: Feed) -> None:
    feed(GOOD, "out/en/all.rss")
    feed(BAD, "out/az/all.xml")
    feed('{"name": "no feed"}', "out/package.json")
    feed("<html/>", "out/page.xml")
    result = run("check", "out")
    assert result.stdout == LINE.replace("all.rss", "out/az/all.xml")
    assert result.stderr == "2 feeds checked, 1 error found.\n"


def test_a_folder_without_feeds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("check", "empty")
    assert result.exit_code == 1
    assert "no feeds in empty" in result.stderr


def test_nothing_there(run: Run) -> None:
    result = run("check", "nowhere")
    assert (result.exit_code, "there is no file or folder nowhere" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), ["NF221", "NF240"]),
        (("--select", "NF240"), ["NF240"]),
        (("--select", "nf24"), ["NF240"]),
        (("--select", "NF221,NF240", "--ignore", "NF240"), ["NF221"]),
        (("--ignore", "NF221", "--ignore", "NF240"), []),
    ],
)
def test_rules_are_chosen(run: Run, feed: Feed, options: tuple[str, ...], codes: list[str]) -> None:
    feed(BAD.replace("      <title>Snow in Baku</title>\n", ""))
    result = run("check", "all.rss", *options)
    assert sorted(line.split()[0] for line in result.stdout.splitlines()) == codes


def test_a_code_that_is_none(run: Run, feed: Feed) -> None:
    feed(GOOD)
    result = run("check", "all.rss", "--select", "NF2O3")
    assert result.exit_code == 2
    assert "there is no check 'NF2O3'. Write codes, or what they begin with: NF203,NF3." in result.stderr


def test_the_address_that_it_is_served_from(run: Run, feed: Feed) -> None:
    feed(
        GOOD.replace("https://report.example/en/<", "https://report.example/feeds/other.rss<"),
        "out/other.rss",
    )
    result = run("check", "out", "--served-from", "https://report.example/feeds", "--select", "NF235")
    assert result.stdout.startswith(
        "NF235 warning out/other.rss:5:5 link: this is the address of the feed itself"
    )


def test_json(run: Run, feed: Feed) -> None:
    feed(BAD)
    report = json.loads(run("check", "all.rss", "--format", "json").stdout)
    assert report["checked"] == 1
    (finding,) = report["findings"]
    assert (finding["code"], finding["severity"], finding["file"]) == ("NF221", "error", "all.rss")
    assert (finding["line"], finding["column"], finding["field"]) == (12, 7, "item/pubDate")


def test_sarif(run: Run, feed: Feed) -> None:
    feed(BAD)
    report = json.loads(run("check", "all.rss", "--format", "sarif").stdout)
    (made,) = report["runs"]
    assert report["version"] == "2.1.0"
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == ["NF221"]
    (result,) = made["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("NF221", 0, "error")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "all.rss"},
                "region": {"startLine": 12, "startColumn": 7},
            }
        }
    ]


def test_github(run: Run, feed: Feed) -> None:
    feed(BAD)
    result = run("check", "all.rss", "--format", "github")
    assert result.stdout.startswith(
        "::error file=all.rss,line=12,col=7,title=NF221::item/pubDate: 19 Dec 2025 "
    )


def test_explain(run: Run) -> None:
    result = run("check", "--explain", "nf245")
    assert result.exit_code == 0
    assert result.stdout == (
        "NF245 (error; rss)\n"
        "No two items have the same guid.\n\n"
        "Why: Readers show only one of them.\n"
        "How to fix it: give each item its own guid.\n"
        "Specification: RSS 2.0, <guid>\n"
    )


def test_explain_a_code_of_articles(run: Run) -> None:
    assert "No two articles share an id." in run("check", "--explain", "NF104").stdout


def test_explain_what_is_no_code(run: Run) -> None:
    result = run("check", "--explain", "NF999")
    assert result.exit_code == 2
    assert "there is no check 'NF999'. Write the code of a finding, such as NF203.\n" in result.stderr


def test_findings_of_a_file_with_one_code_share_a_line(run: Run, feed: Feed) -> None:
    item = BAD[BAD.index("    <item>") : BAD.index("  </channel>")]
    other = item.replace("19 Dec", "18 Dec").replace("/en/snow", "/en/ice")
    feed(BAD.replace("  </channel>", other + "  </channel>"))
    result = run("check", "all.rss", "--select", "NF221")
    assert result.stdout == LINE.replace("all.rss:12:7 item/", "all.rss:12:7 and 1 more item[]/")
    assert result.stderr == "1 feed checked, 2 errors found. --all shows each of them.\n"
    result = run("check", "all.rss", "--select", "NF221", "--all")
    assert result.stdout == (
        LINE.replace("item/", "item[1]/")
        + LINE.replace("12:7", "18:7")
        .replace("item/", "item[2]/")
        .replace("19 Dec 2025 is a Fri", "18 Dec 2025 is a Thu")
    )
    assert result.stderr == "1 feed checked, 2 errors found.\n"


def test_findings_that_say_the_same_share_a_line_of_text_only(run: Run, feed: Feed) -> None:
    for name in ("a.rss", "b.rss", "c.rss", "d.rss"):
        feed(BAD, name)
    only = ["--select", "NF221"]
    result = run("check", ".", *only)
    assert result.stdout == LINE.replace("all.rss:12:7", "a.rss:12:7, b.rss:12:7, c.rss:12:7 and 1 more")
    assert result.stderr == "4 feeds checked, 4 errors found. --all shows each of them.\n"
    assert run("check", ".", *only, "--format", "github").stdout.count("title=NF221") == 4
    assert run("check", ".", *only, "--format", "json").stdout.count('"NF221"') == 4


def test_build_with_check_writes_what_has_no_errors(run: Run, write: Write, tmp_path: Path) -> None:
    write()
    result = run("build", "mysite", "-o", "out", "--check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / "out/en/all.rss").exists()


def test_build_with_check_refuses_errors(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsfeed.publish import document_rendering

    write()
    whole = document_rendering.render  # type: ignore[attr-defined]
    monkeypatch.setattr(
        document_rendering, "render", lambda *given: whole(*given).replace(b"<link>", b"<lnk>", 1)
    )
    result = run("build", "mysite", "-o", "out", "--check", "--json")
    assert result.exit_code == 1
    assert not list((tmp_path / "out").rglob("*.rss"))
    assert {finding["code"] for finding in json.loads(result.stdout)["checked"]} == {"NF201"}
    assert result.stderr.splitlines()[-1] == "newsfeed: The check found 2 errors. Nothing was written."


@pytest.mark.parametrize("kind", ["a pipe", "a device"])
def test_what_may_never_end_is_not_opened(run: Run, tmp_path: Path, kind: str) -> None:
    endless = tmp_path / "all.rss"
    if kind == "a pipe":
        os.mkfifo(endless)
    else:
        endless.symlink_to("/dev/zero")
    result = run("check", str(endless))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"newsfeed: {endless}: it's {kind}, not a regular file; "
        "to check what comes from it, pass it on standard input, as -\n"
    )


def test_of_a_file_without_end_no_more_is_read_than_is_checked(run: Run, tmp_path: Path) -> None:
    endless = tmp_path / "all.rss"
    with endless.open("wb") as file:
        file.truncate(1 << 40)  # which takes no room on the disk
    result = run("check", str(endless))
    assert result.exit_code == 1
    assert " it has more than 67,108,864 bytes, so it wasn't read. " in result.stdout


@pytest.mark.slow
def test_endless_standard_input() -> None:
    command = [sys.executable, "-m", "newsfeed", "check", "-"]
    with Path("/dev/zero").open("rb") as endless:
        result = subprocess.run(command, stdin=endless, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout.startswith(
        "NF205 error -:1:1 it has more than 67,108,864 bytes, so it wasn't read. "
    )
