"""newsfeed new: a small newsroom that works as it is."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result

import newsfeed
from newsfeed.model.json_schema import json_schema

Run = Callable[..., Result]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_it_makes_a_newsroom_and_says_what_to_do_next(run: Run, tmp_path: Path) -> None:
    result = run("new", "mysite")
    assert result.exit_code == 0
    assert result.stdout == (
        "Created a small newsroom in mysite: newsroom.toml and articles.jsonl.\n"
        "Write its feeds with:\n\n    newsfeed build mysite -o public\n"
    )
    assert sorted(contents(tmp_path / "mysite")) == ["articles.jsonl", "newsroom.toml"]


def test_the_newsroom_has_three_stories_and_one_of_them_in_two_languages(run: Run, tmp_path: Path) -> None:
    run("new", "mysite")
    newsroom = newsfeed.open(tmp_path / "mysite")
    assert newsroom.findings == newsroom.plan.findings == ()
    assert [article.language for article in newsroom.articles] == ["en", "en", "az", "en"]
    translations = [
        (entry.language, translation.language)
        for entry in newsroom.feed("en/all").entries
        for translation in entry.translations
    ]
    assert translations == [("en", "az")]


def test_the_newsroom_builds_without_a_finding(run: Run) -> None:
    run("new", "mysite")
    result = run("build", "mysite", "--strict")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith(
        "Wrote 46 files from 4 articles in 2 languages to public/ (0 unchanged).\n"
    )


@pytest.mark.slow
def test_its_files_keep_the_schemas(run: Run, tmp_path: Path) -> None:
    run("new", "mysite")
    toml = tomllib.loads((tmp_path / "mysite/newsroom.toml").read_text("utf-8"))
    jsonschema.validate(toml, json_schema("site"))
    for line in (tmp_path / "mysite/articles.jsonl").read_text("utf-8").splitlines():
        jsonschema.validate(json.loads(line), json_schema("article"))


@pytest.mark.parametrize("title", ["Report", 'A "quoted" \\ name', "Xəbərlər 📰", "می\u200cخواهم"])
def test_the_title(run: Run, tmp_path: Path, title: str) -> None:
    assert run("new", "mysite", "--title", title).exit_code == 0
    assert newsfeed.open(tmp_path / "mysite").site.title == title


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "\x1b[31m"])
def test_a_title_that_is_none(run: Run, tmp_path: Path, title: str) -> None:
    result = run("new", "mysite", "--title", title)
    assert result.exit_code == 2
    assert (
        "'--title': the title is blank or has control characters. Write some text on one line."
        in result.stderr
    )
    assert not (tmp_path / "mysite").exists()


def test_an_empty_folder_will_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mysite").mkdir()
    assert run("new", "mysite").exit_code == 0


def test_folders_on_the_way_are_made(run: Run, tmp_path: Path) -> None:
    assert run("new", "sites/of mine/").exit_code == 0
    assert (tmp_path / "sites/of mine/newsroom.toml").is_file()


def test_the_command_to_go_on_with_is_quoted_for_the_shell(run: Run) -> None:
    assert "    newsfeed build 'of mine' -o public\n" in run("new", "of mine").stdout


def test_a_folder_with_files_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mysite").mkdir()
    (tmp_path / "mysite/newsroom.toml").write_text("mine")
    result = run("new", "mysite/")
    assert result.exit_code == 1
    assert result.stderr == ("newsfeed: mysite/ isn't empty, so nothing was written; name a new folder\n")
    assert contents(tmp_path / "mysite") == {"newsroom.toml": b"mine"}


def test_a_file_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mysite").write_text("mine")
    result = run("new", "mysite")
    assert result.exit_code == 1
    assert result.stderr.startswith("newsfeed: mysite is a file, ")
    assert (tmp_path / "mysite").read_text() == "mine"


def test_a_folder_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("new", "file/mysite")
    assert result.exit_code == 1
    assert result.stderr == "newsfeed: file/mysite: Not a directory\n"
