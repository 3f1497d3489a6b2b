"""What the pages show is true: commands print what stands below them, data can be read, links lead somewhere.

Each page is walked from top to bottom, in a folder of its own with a copy of `examples/`:

- a block below a line that ends in the name of a file, "`newsroom.toml`:", is written to that file, or added to it
  where the line begins with "Add";
- a `console` block that begins with `$ newsfeed` is run, and prints what stands below it, stdout and stderr
  together; a line of `…` stands for any lines;
- a `python` block is run, and prints the `text` block that follows it.

Other console blocks are not run. Examples with `>>>` are doctests, which pytest collects from the pages.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

from newsfeed import Finding, Report, Site
from newsfeed.cli.program import program
from newsfeed.findings import Place
from newsfeed.sources.records import read_record

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]


class Block(NamedTuple):
    """A fenced block, and the line of text above it."""

    above: str
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    above, language, inside = "", "", False
    for line in page.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("```"):
            inside = not inside
            if inside:
                language = line.removeprefix("```").strip()
                found.append(Block(above, language, ""))
            above = ""
        elif inside:
            found[-1] = found[-1]._replace(text=found[-1].text + line)
        else:
            above = line.strip() or above
    return found


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def run(arguments: list[str], folder: Path) -> str:
    command = [sys.executable, "-X", "utf8", *arguments]
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    return done.stdout


def fits(printed: str, shown: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), printed) is not None


def test_the_rule_for_omitted_lines() -> None:
    assert fits("a\nb\nc\n", "a\n…\nc\n")
    assert not fits("a\nb\nc\n", "a\n…\nb\n")
    assert not fits("a\nb\n", "b\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(block.language in {"console", "python"} for block in blocks(page))],
    ids=named,
)
def test_a_page_step_by_step(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for block, following in pairwise([*blocks(page), Block("", "", "")]):
        if file := re.search(r"`([\w./-]+\.\w+)`:$", block.above):
            place = tmp_path / file[1]
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a" if block.above.startswith("Add ") else "w", encoding="utf-8") as opened:
                opened.write(block.text)
        elif block.language == "python":
            assert run(["-c", block.text], tmp_path) == following.text
        elif block.language == "console":
            for part in re.split(r"^\$ (?=newsfeed )", block.text, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                printed = run(["-m", *shlex.split(command)], tmp_path)
                assert fits(printed, shown), f"$ {command}\n{printed}"


@pytest.mark.slow
def test_what_the_readme_shows(tmp_path: Path) -> None:
    """Its first command and what that prints; the files of its tree are written, each in the folder that it names."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    first, printed, tree, *_ = [block.text for block in blocks(README)]
    build = first.rpartition(" && .venv/bin/")[2]
    assert build.startswith("newsfeed build examples/report ")
    assert run(["-m", *shlex.split(build)], tmp_path) == printed
    rows = [row for row in tree.splitlines() if re.search(r"\w\.\w", row)]
    assert len(rows) == 8
    for row in rows:
        language = "en" if row.startswith("│") else ""
        folder = re.search(r"\w+/", row)
        for name in re.findall(r"[\w-]+\.\w+", row):
            assert (tmp_path / "public" / language / (folder[0] if folder else "") / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_toml_is_a_newsroom(page: Path) -> None:
    for block in blocks(page):
        if block.language == "toml":
            tables = tomllib.loads(block.text)
            if "project" in tables:
                continue  # of a pyproject.toml
            arrays = ("sources", "categories", "feeds", "profiles")
            assert tables.keys() <= {"site", *arrays}
            Site.from_mapping(tables["site"] | {name: tables.get(name, []) for name in arrays})


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_json_is_an_article_or_the_report(page: Path) -> None:
    """Articles have nothing wrong with them, unless the message about it stands in the page as well."""
    for block in blocks(page):
        if block.language == "json":
            for value in values(block.text):
                if "published" in value:
                    for found in findings(value):
                        assert found.reason in page.read_text(encoding="utf-8")
                else:
                    assert keys(value) == keys(a_report(value["left_out"]))


def values(text: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]
    return value if isinstance(value, list) else [value]


def findings(record: dict[str, Any]) -> list[Finding]:
    site = Site(title="x", url="https://x.example/", languages=["en"], timezone="Asia/Baku")
    return read_record(record, place=Place(), site=site)[1]


def a_report(left_out: list[dict[str, Any]]) -> dict[str, Any]:
    """A report with the same findings."""
    report = Report(
        folder="public",
        as_of=datetime(2025, 12, 19, tzinfo=UTC),
        feeds_url="https://news.example/feeds/",
        articles=0,
        languages=(),
        left_out=tuple(
            Finding(code="NF102", severity="error", place=Place(), reason="x", remedy="x") for _ in left_out
        ),
    )
    made: dict[str, Any] = json.loads(report.as_json())
    return made


def keys(report: dict[str, Any]) -> list[list[str]]:
    return [list(report), list(report["counts"]), *(list(row) for row in report["left_out"])]


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", prose):
            other = page.parent / target if target else page
            assert other.exists(), f"{named(page)}: {target}"
            assert not anchor or anchor in anchors(other), f"{named(page)}: {target}#{anchor}"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_menu() -> None:
    menu = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert sorted(menu) == [page.relative_to(ROOT / "docs").as_posix() for page in PAGES[1:]]


def test_the_menu_has_each_page_under_its_title_in_the_part_of_its_folder() -> None:
    parts = {"Tutorial": "", "How to": "how-to", "Reference": "reference", "Explanation": "explanation"}
    part = ""
    for line in (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:\n")[2].splitlines():
        title, page = re.fullmatch(r" +- (.+?):(?: (\S+))?", line).groups()  # type: ignore[union-attr]
        if page is None:
            part = parts[title]
        else:
            first, *_ = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
            assert first == f"# {title}"
            assert page.rpartition("/")[0] == part


def test_commands_that_are_shown_have_these_options() -> None:
    for page in PAGES:
        for name, options in re.findall(r"\bnewsfeed ([a-z]+)([^\n`|#>]*)", page.read_text(encoding="utf-8")):
            command = program.get_command(click.Context(program), name)
            known = {opt for it in command.params for opt in it.opts} if command else set()
            used = set(re.findall(r"(?<=\s)--?[a-z][\w-]*", options))
            assert used <= known | {"--help"}, f"{named(page)}: newsfeed {name}{options}"
