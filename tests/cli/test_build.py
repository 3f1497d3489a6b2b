"""newsfeed build: what it writes, what it says and where, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, SNOW

Run = Callable[..., Result]
Write = Callable[..., Path]

#: An article that can't be used, and one that is repaired.
BAD = {"url": "https://report.example/en/bad", "published": "18:24"}
MENDED = {"url": "https://report.example/en/mended", "categories": ["medai"]}

TOML_IN_BERLIN = """
[site]
title = "Bericht"
url = "https://report.example/"
languages = ["en"]
timezone = "Europe/Berlin"
articles = ["articles.jsonl"]
"""


def files_in(folder: Path) -> list[str]:
    """What a web server would hand out."""
    files = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    return sorted(name for name in files if not name.startswith(".newsfeed/"))


def test_it_writes_the_feeds_and_says_so(run: Run, write: Write, tmp_path: Path) -> None:
    write()
    result = run("build", "mysite", "-o", "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        "Wrote 8 files from 2 articles in 2 languages to out/ (0 unchanged).\n"
        "Start with out/en/latest.html in a browser, or out/en/all.rss in a feed reader.\n"
    )
    assert files_in(tmp_path / "out") == [
        "az/all.json",
        "az/all.rss",
        "az/latest.html",
        "az/latest.txt",
        "en/all.json",
        "en/all.rss",
        "en/latest.html",
        "en/latest.txt",
    ]


def test_a_second_build_leaves_the_files_alone(run: Run, write: Write) -> None:
    write()
    run("build", "mysite")
    first_line = run("build", "mysite").stdout.splitlines()[0]
    assert first_line == "Wrote 0 files from 2 articles in 2 languages to public/ (8 unchanged)."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("public/", "public/"), ("./a b/feeds", "./a b/feeds/"), ("mysite/../out", "mysite/../out/")],
)
def test_paths_are_shown_as_they_were_typed(run: Run, write: Write, typed: str, shown: str) -> None:
    write()
    output = run("build", "mysite", "-o", typed).stdout
    assert f"to {shown} (0 unchanged).\nStart with {shown}en/latest.html in a browser" in output


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        ('["text", "html"]', "Start with public/en/all.html in a browser.\n"),
        ('["atom"]', "Start with public/index.html in a browser, or public/en/all.atom in a feed reader.\n"),
        ('["text"]', "(0 unchanged).\n"),
    ],
)
def test_where_to_look_first(run: Run, write: Write, formats: str, expected: str) -> None:
    toml = (
        '[site]\ntitle = "Report"\nurl = "https://report.example/"\nlanguages = ["en"]\n'
        f'articles = ["articles.jsonl"]\n[[categories]]\nterm = "media"\n'
        f'[[feeds]]\npath = "{{language}}/all"\nformats = {formats}\n'
    )
    write({}, toml=toml)
    assert run("build", "mysite").stdout.endswith(expected)


def test_articles_left_out_are_listed_and_the_rest_is_published(run: Run, write: Write) -> None:
    write({}, BAD, MENDED)
    result = run("build", "mysite")
    assert result.exit_code == 0
    left_out, repaired = result.stderr.splitlines()
    assert left_out.startswith("articles.jsonl:2: left out: published: '18:24' ")
    assert left_out.endswith(" [NF102]")
    assert repaired.startswith("articles.jsonl:3: repaired: categories[0]: 'medai' isn't one of ")
    assert "did you mean 'media'?" in repaired
    assert result.stdout.splitlines()[:2] == [
        "Wrote 8 files from 2 articles in 2 languages to public/ (0 unchanged).",
        "1 article left out, 1 repair: see above.",
    ]


def test_an_article_with_two_problems_is_one_article(run: Run, write: Write) -> None:
    write({}, BAD | {"titel": "?"})
    result = run("build", "mysite")
    assert len(result.stderr.splitlines()) == 2
    assert "\n1 article left out: see above.\n" in result.stdout


@pytest.mark.slow
def test_findings_that_say_the_same_are_one_line(run: Run, write: Write) -> None:
    write(
        *(
            {"url": f"https://report.example/en/{n}", "layout": "post", "topics": ["a"] * n + [True]}
            for n in range(1200)
        ),
        BAD,
    )
    lines = run("build", "mysite").stderr.splitlines()
    assert lines[0].startswith("articles.jsonl:1201: left out: ")
    assert [line.partition(". ")[0] for line in lines[1:]] == [
        "articles.jsonl:1, articles.jsonl:2, articles.jsonl:3 and 1,197 more: ignored: layout: there is no such key, so it is ignored",
        "articles.jsonl:1, articles.jsonl:2, articles.jsonl:3 and 1,197 more: ignored: topics[]: it is true, which isn't a value for this key, so it is left out",
    ]
    assert lines[1].endswith(" [NF152]")


def test_findings_that_say_the_same_name_each_file(run: Run, write: Write) -> None:
    folder = write({}, BAD, BAD, BAD)
    toml = folder / "newsroom.toml"
    toml.write_text(toml.read_text().replace('["articles.jsonl"]', '["articles.jsonl", "more.jsonl"]'))
    (folder / "more.jsonl").write_text((folder / "articles.jsonl").read_text().splitlines()[1] + "\n")
    (line,) = run("build", "mysite").stderr.splitlines()
    assert line.startswith("articles.jsonl:2, articles.jsonl:3, more.jsonl:1 and 1 more: left out: ")


def test_very_many_findings_of_a_code_are_counted(run: Run, write: Write) -> None:
    write(*({"url": f"https://report.example/en/{n}", "categories": [f"x{n}"]} for n in range(60)), BAD)
    lines = run("build", "mysite").stderr.splitlines()
    assert lines[0].startswith("articles.jsonl:61: left out: ")
    assert [line.split(": ")[1] for line in lines[1:-1]] == ["repaired"] * 50
    assert lines[-1].startswith("… and 10 more of NF113 (")
    assert lines[-1].endswith("--json lists all of them.")


def test_repairs_that_show_a_value_of_each_article_are_few_for_each_field(run: Run, write: Write) -> None:
    write(
        *(
            {
                "url": f"https://report.example/en/{n}",
                "id": f"post {n}",
                "title": f"{n} &amp;",
                "topics": [f"{n}&amp;"],
            }
            for n in range(20)
        )
    )
    lines = run("build", "mysite").stderr.splitlines()
    fields = [line.split(": ")[2] for line in lines if line.startswith("articles.jsonl:")]
    assert sorted(fields) == ["id"] * 5 + ["title"] * 5 + ["topics[0]"] * 5
    assert [line.partition(" (")[0] for line in lines[15:]] == [
        "… and 30 more of NF119",
        "… and 15 more of NF115",
    ]


def test_control_characters_of_the_data_stay_off_the_terminal(run: Run, write: Write) -> None:
    write({"\x1b]0;title\x07": 1})
    line = run("build", "mysite", color=True).stderr
    assert ": \\x1b]0;title\\x07: there is no such key, so it is ignored. " in line
    assert "\x1b]" not in line


def test_colour_is_for_terminals_that_want_it(run: Run, write: Write) -> None:
    write({}, BAD)
    assert "\x1b[31mleft out\x1b[0m" in run("build", "mysite", color=True).stderr
    assert "\x1b" not in run("build", "mysite").stderr
    assert "\x1b" not in run("build", "mysite", color=True, env={"NO_COLOR": "1"}).stderr


def counts(stdout: str) -> Any:
    return json.loads(stdout)["counts"]


def test_json_is_one_document_that_lists_everything(run: Run, write: Write) -> None:
    write(*({"url": f"https://report.example/en/{n}", "categories": ["x"]} for n in range(60)), BAD)
    result = run("build", "mysite", "--json", "--as-of", "2025-12-20")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["folder"] == "public"
    assert report["as_of"] == "2025-12-19T20:00:00Z"
    assert report["counts"] == {
        "articles": 60,
        "written": 8,
        "unchanged": 0,
        "removed": 0,
        "left_out": 1,
        "repaired": 60,
        "shortened": 0,
        "changed": 0,
        "lost": 0,
        "checked": 0,
    }
    assert len(report["repaired"]) == 60
    assert {name: report["left_out"][0][name] for name in ("code", "file", "line", "field")} == {
        "code": "NF102",
        "file": "articles.jsonl",
        "line": 61,
        "field": "published",
    }


def test_strict_writes_nothing_if_an_article_is_left_out(run: Run, write: Write, tmp_path: Path) -> None:
    write({}, BAD, MENDED)
    result = run("build", "mysite", "--strict")
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines[:2]] == ["left out", "repaired"]
    assert lines[2:] == ["newsfeed: 1 article left out. Strict mode allows none, so nothing was written."]
    assert not (tmp_path / "public").exists()


def test_strict_with_json_has_the_same_keys(run: Run, write: Write, tmp_path: Path) -> None:
    write({}, BAD, MENDED)
    refused = run("build", "mysite", "--strict", "--json")
    assert refused.exit_code == 1
    assert not (tmp_path / "public").exists()
    written = run("build", "mysite", "--json")
    assert list(json.loads(refused.stdout)) == list(json.loads(written.stdout))
    assert counts(refused.stdout) == counts(written.stdout) | {"written": 0}
    assert counts(refused.stdout)["left_out"] == 1


def test_strict_is_content_with_repairs(run: Run, write: Write) -> None:
    write({}, MENDED)
    result = run("build", "mysite", "--strict")
    assert result.exit_code == 0
    assert "\n1 repair: see above.\n" in result.stdout


@pytest.mark.parametrize(
    ("as_of", "articles"),
    [
        ("2025-12-19T14:24:00Z", 2),
        ("2025-12-19 18:24", 2),  # in the site's time zone, four hours east
        ("2025-12-19 18:23:59", 0),
        ("19 December, 2025 18:24", 2),
        ("2025-12-19", 0),
    ],
)
def test_as_of_is_read_like_dates_in_articles(run: Run, write: Write, as_of: str, articles: int) -> None:
    write()
    assert counts(run("build", "mysite", "--json", "--as-of", as_of).stdout)["articles"] == articles


def test_feeds_without_articles_are_explained(run: Run, write: Write) -> None:
    write()
    lines = run("build", "mysite", "--as-of", "2025-12-01").stdout.splitlines()
    assert lines[0] == "Wrote 8 files from 0 articles in 2 languages to public/ (0 unchanged)."
    assert lines[1] == "No articles are published as of 2025-12-01 00:00 +04, so the feeds are empty."


@pytest.mark.parametrize("as_of", ["03/04/2025", "yesterday", "18:24", "2025-12-19 18:24 EST"])
def test_a_bad_as_of_is_wrong_usage(run: Run, write: Write, as_of: str) -> None:
    write()
    result = run("build", "mysite", "--as-of", as_of)
    assert result.exit_code == 2
    assert "Invalid value for --as-of: " in result.stderr


def test_a_site_without_time_zone_needs_an_offset(run: Run, write: Write) -> None:
    write(
        toml='[site]\ntitle = "R"\nurl = "https://r.example/"\nlanguages = ["en"]\narticles = ["*.jsonl"]\n'
    )
    result = run("build", "mysite", "--as-of", "2025-12-19 18:24")
    assert result.exit_code == 2
    assert "no time zone" in result.stderr
    assert run("build", "mysite", "--as-of", "2025-12-19T18:24:00Z").exit_code == 0


def test_a_repaired_as_of_is_mentioned(run: Run, write: Write) -> None:
    write(toml=TOML_IN_BERLIN)
    result = run("build", "mysite", "--as-of", "2025-10-26 02:30")
    assert result.exit_code == 0
    assert result.stderr.startswith("newsfeed: --as-of: ")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nowhere"], "newsfeed: "),
        (["mysite", "-o", "mysite/newsroom.toml"], "newsfeed: mysite/newsroom.toml is a file"),
    ],
)
def test_a_build_that_fails(run: Run, write: Write, arguments: list[str], expected: str) -> None:
    write()
    result = run("build", *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(expected)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("output", ["itself", "itself/below"])
def test_an_output_folder_that_is_a_link_to_itself(
    run: Run, write: Write, tmp_path: Path, output: str
) -> None:
    write()
    (tmp_path / "itself").symlink_to("itself")
    result = run("build", "mysite", "-o", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"newsfeed: can't write {output}/.newsfeed: Too many levels of symbolic links. "
        "Fix the link that leads back to itself.\n"
    )


def test_a_newsroom_that_is_a_link_to_itself(run: Run, tmp_path: Path) -> None:
    (tmp_path / "itself").symlink_to("itself")
    result = run("build", "itself")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr == "newsfeed: there is no folder itself. To make a newsroom, run: newsfeed new itself\n"
    )


def test_a_folder_without_newsroom_toml(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mysite").mkdir()
    result = run("build", "mysite")
    assert result.exit_code == 1
    assert "newsroom.toml" in result.stderr
    assert "newsfeed new" in result.stderr


def test_each_problem_of_newsroom_toml_has_a_line_of_its_own(run: Run, write: Write) -> None:
    write(toml='[site]\ntitel = "Report"\nurl = "/"\nlanguages = ["en"]\n')
    result = run("build", "mysite")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) > 1
    assert all(line.startswith("newsfeed: mysite/newsroom.toml:") for line in lines)


@pytest.mark.parametrize(
    "arguments", [[], ["mysite", "--strickt"], ["mysite", "other"], [""], ["mysite", "-o", ""]]
)
def test_wrong_usage(run: Run, write: Write, arguments: list[str]) -> None:
    write()
    result = run("build", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: newsfeed build ")


class TestPrecompress:
    def test_copies_for_web_servers(self, run: Run, write: Write, tmp_path: Path) -> None:
        write()
        assert run("build", "mysite", "-o", "out", "--precompress", "gzip,br").exit_code == 0
        for ending in ("gz", "br"):
            assert (tmp_path / f"out/en/all.rss.{ending}").exists()

    def test_from_a_store_only_beside_what_changed(self, run: Run, write: Write, tmp_path: Path) -> None:
        toml = NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', 'store = "news.db"')
        write(toml=toml)

        def published(title: str, *options: str) -> set[str]:
            """Which documents have no copies then."""
            article = SNOW | {"content": f"<p>{title}</p>" * 40}
            run("put", "mysite", "-", input=json.dumps(article))
            assert run("build", "mysite", "-o", "out", *options).exit_code == 0
            found = [f"{language}/all.{end}" for language in ("en", "az") for end in ("rss", "json")]
            return {path for path in found if not (tmp_path / f"out/{path}.gz").exists()}

        assert published("Snow") == {"en/all.rss", "en/all.json", "az/all.rss", "az/all.json"}
        # all get them, though no document changes
        assert published("Snow", "--precompress", "gzip") == set()
        (tmp_path / "out/az/all.rss.gz").unlink()  # it isn't missed, because its document isn't looked at
        assert published("Rain", "--precompress", "gzip") == {"az/all.rss"}
        assert published("Rain", "--precompress", "gzip") == {"az/all.rss"}
        assert published("Hail") == {"az/all.rss", "en/all.rss", "en/all.json"}
        assert published("Hail", "--precompress", "gzip") == set()

    def test_an_unknown_coding_is_wrong_usage(self, run: Run, write: Write) -> None:
        write()
        result = run("build", "mysite", "--precompress", "zip")
        assert (result.exit_code, "'zip' isn't a known coding" in result.stderr) == (2, True)

    def test_on_a_store_too(self, run: Run, write: Write) -> None:
        write()
        result = run("build", "mysite", "-o", "memory://out/", "--precompress", "gzip")
        assert (result.exit_code, "works only with a folder" in result.stderr) == (2, True)


class TestChanges:
    def test_a_dry_run_writes_nothing_and_tells_what_would_change(
        self, run: Run, write: Write, tmp_path: Path
    ) -> None:
        write()
        result = run("build", "mysite", "-o", "out", "--dry-run")
        assert result.exit_code == 0
        assert not (tmp_path / "out").exists()
        assert result.stdout.splitlines()[:2] == ["en/all.rss: new", "  + https://report.example/en/snow"]

    def test_diff_names_each_article(self, run: Run, write: Write) -> None:
        write({}, {"url": "https://report.example/en/rain", "title": "Rain"})
        run("build", "mysite")
        write({"title": "Snow again"}, {"url": "https://report.example/en/sleet", "title": "Sleet"})
        lines = run("diff", "mysite").stdout.splitlines()
        assert lines[:5] == [
            "en/all.rss: changed",
            "  + https://report.example/en/sleet",
            "  - https://report.example/en/rain",
            "  ~ https://report.example/en/snow",
            "en/all.json: changed",
        ]
        assert lines[-1].endswith("Nothing was written.")

    def test_an_article_that_changed_its_id_is_told_of(self, run: Run, write: Write) -> None:
        write()
        run("build", "mysite")
        write({"id": "urn:test:new"})
        assert "changed: id: https://report.example/en/snow has a new id" in run("build", "mysite").stderr
        assert run("build", "mysite", "--accept").exit_code == 0
        assert run("build", "mysite").stderr == ""

    def test_watch_goes_with_neither_as_of_nor_dry_run(self, run: Run, write: Write) -> None:
        write()
        for option in (["--as-of", "2026-01-01"], ["--dry-run"]):
            assert run("build", "mysite", "--watch", *option).exit_code == 2


class TestABadDay:
    """An export that went wrong is refused, told, and changes nothing."""

    MESSAGE = (
        "newsfeed: 20 of 20 published articles would be lost: they are neither among the usable articles nor withdrawn. "
        "Nothing was written.\n"
        "newsfeed: articles.jsonl had 20 articles last time, and has none now.\n"
        "newsfeed: Fix the source and build again. "
        "If this is right, let them go with --accept-loss (accept_loss=True in Python).\n"
    )

    @pytest.fixture
    def published(self, run: Run, write: Write) -> Path:
        """Twenty articles, published; and then an export that is empty."""
        folder = write(*({"url": f"https://report.example/en/{number}"} for number in range(20)))
        assert run("build", "mysite").exit_code == 0
        (folder / "articles.jsonl").write_text("")
        return folder

    def test_it_is_refused(self, published: Path, run: Run) -> None:
        result = run("build", "mysite")
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", self.MESSAGE)
        assert published.exists()

    def test_the_report_for_machines_says_why(self, published: Path, run: Run) -> None:
        result = run("build", "mysite", "--json")
        report = json.loads(result.stdout)
        assert (result.exit_code, report["counts"]["lost"]) == (1, 20)
        assert report["error"].startswith("20 of 20 published articles would be lost")
        assert sorted(report["lost"]) == sorted(f"https://report.example/en/{n}" for n in range(20))
        assert (report["written"], report["removed"], published.exists()) == ([], [], True)

    def test_diff_tells_beforehand(self, published: Path, run: Run) -> None:
        result = run("diff", "mysite")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[-1].endswith("Nothing was written.")
        assert (
            "newsfeed: A build would be refused: 20 of 20 published articles would be lost" in result.stderr
        )
        assert published.exists()

    def test_it_can_be_accepted(self, published: Path, run: Run) -> None:
        assert run("build", "mysite", "--accept-loss").exit_code == 0
        assert run("build", "mysite").exit_code == 0
        assert published.exists()

    def test_a_record_can_lie_elsewhere(self, run: Run, write: Write) -> None:
        folder = write(*({"url": f"https://report.example/en/{number}"} for number in range(20)))
        assert run("build", "mysite", "-o", "monday", "--record", "record.jsonl").exit_code == 0
        (folder / "articles.jsonl").write_text("")
        result = run("build", "mysite", "-o", "tuesday", "--record", "record.jsonl")
        assert (result.exit_code, result.stderr) == (1, self.MESSAGE)
        assert run("diff", "mysite", "-o", "tuesday", "--record", "record.jsonl").exit_code == 1


def test_a_build_without_one_good_article_fails(run: Run, write: Write, tmp_path: Path) -> None:
    write(BAD)
    result = run("build", "mysite")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1] == (
        "newsfeed: no article can be published because of an error. Nothing was written. Fix it and build again."
    )
    assert files_in(tmp_path / "public") == []


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        pytest.param("newsroom.toml", "title: it is missing", id="newsroom.toml"),
        pytest.param("articles.jsonl", "'articles.jsonl' names no file", id="no articles"),
        pytest.param("public", "public is a file", id="no place to write to"),
    ],
)
def test_the_report_for_machines_is_printed_whatever_fails(
    spoil: str, error: str, run: Run, write: Write, tmp_path: Path
) -> None:
    folder = write({})
    if spoil == "public":
        (tmp_path / "public").write_text("")
    elif spoil == "newsroom.toml":
        (folder / spoil).write_text("[site]\n")
    else:
        (folder / spoil).unlink()
    result = run("build", "mysite", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert error in report["error"]
    assert error in result.stderr
    assert (report["written"], report["counts"]["articles"]) == ([], 0)


def test_rules_whose_paths_collide_are_an_error_of_newsroom_toml(run: Run, write: Write) -> None:
    rules = '\n[[feeds]]\npath = "{language}/all"\n\n[[feeds]]\npath = "{language}/All"\n'
    write(toml=TOML_IN_BERLIN + rules)
    result = run("build", "mysite")
    assert (result.exit_code, result.stderr) == (
        1,
        (
            "newsfeed: newsroom.toml: feeds[0] ('{language}/all') and feeds[1] ('{language}/All') give one path to two "
            "feeds: 'en/All'. Give each its own path.\n"
        ),
    )
