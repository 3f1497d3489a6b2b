"""`newsfeed put`, and the other commands where newsroom.toml names a store."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.conftest import NEWSROOM_TOML, QAR, SNOW

Run = Callable[..., Result]
Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("newsroom")

STORE_TOML = NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', 'store = "news.db"')


@pytest.fixture
def newsroom(write: Write) -> Path:
    """A newsroom with a store, and with a file of articles that it doesn't name."""
    return write(toml=STORE_TOML)


def lines(*articles: Mapping[str, object]) -> str:
    return "".join(f"{json.dumps(article)}\n" for article in articles)


def test_from_a_file_to_feeds(run: Run) -> None:
    put = run("put", "mysite", "mysite/articles.jsonl")
    assert (put.exit_code, put.stdout) == (0, "Put 2 articles into mysite/news.db (2 new or changed).\n")
    built = run("build", "mysite")
    assert (built.exit_code, built.stdout.splitlines()[0]) == (
        0,
        "Wrote 8 files from 2 articles in 2 languages to public/ (0 unchanged).",
    )
    assert run("build", "mysite").stdout.startswith("Wrote 0 files from 2 articles")


def test_standard_input_is_json_lines(run: Run) -> None:
    put = run("put", "mysite", "-", input=lines(SNOW, SNOW | {"title": "Sleet"}, QAR))
    assert put.stdout == "Put 3 articles into mysite/news.db (3 new or changed).\n"
    assert "Sleet" in run("latest", "mysite", "--as-of", "2025-12-20 12:00").stdout


def test_a_bad_article_is_left_out(run: Run) -> None:
    put = run("put", "mysite", "-", input=lines(SNOW, QAR | {"title": ""}))
    assert put.exit_code == 0
    assert put.stdout.splitlines() == [
        "Put 1 article into mysite/news.db (1 new or changed).",
        "1 article left out: see above.",
    ]
    assert (
        put.stderr
        == "<stdin>:2: left out: title: it is empty. Write a headline, a summary or content. [NF102]\n"
    )


def test_bad_articles_alone_fail(run: Run) -> None:
    put = run("put", "mysite", "-", input=lines(QAR | {"title": ""}))
    assert put.exit_code == 1
    assert put.stderr.endswith(
        "newsfeed: no article could be used. Fix the first ones, and put them again.\n"
    )


@pytest.mark.parametrize("name", ["gone.jsonl", "gone.json"])
def test_a_bad_article_withdraws_the_stored_one(run: Run, name: str) -> None:
    run("put", "mysite", "mysite/articles.jsonl")
    Path(name).write_text(lines({"url": SNOW["url"], "withdrawn": True}))
    put = run("put", "mysite", name)
    assert (put.stdout, put.stderr) == ("Put 1 article into mysite/news.db (1 new or changed).\n", "")
    assert "Snow" not in run("latest", "mysite").stdout


def test_what_was_done_as_json(run: Run) -> None:
    put = run("put", "mysite", "-", "--json", input=lines(SNOW, QAR | {"title": ""}))
    assert json.loads(put.stdout) == {
        "counts": {"taken": 1, "changed": 1, "left_out": 1},
        "findings": [
            {
                "code": "NF102",
                "severity": "error",
                "place": "<stdin>:2",
                "field": "title",
                "reason": "it is empty",
                "remedy": "write a headline, a summary or content",
            }
        ],
    }


def test_a_newsroom_without_a_store(run: Run, write: Write) -> None:
    write()
    for command in (["put", "mysite", "mysite/articles.jsonl"], ["store", "mysite"]):
        failed = run(*command)
        assert failed.exit_code == 1
        assert failed.stderr == (
            "newsfeed: mysite/newsroom.toml: site.store: no store is named. "
            'Write store = "news.db" below [site].\n'
        )


def test_a_newsroom_with_neither(run: Run, write: Write) -> None:
    write(toml=NEWSROOM_TOML.replace('articles = ["articles.jsonl"]', ""))
    failed = run("build", "mysite")
    assert failed.exit_code == 1
    assert failed.stderr == (
        "newsfeed: mysite/newsroom.toml:2: site.articles: no files are named. "
        "Name files or globs, as in articles = ['articles/*.md'], "
        "or a database that newsfeed put fills, as in store = 'news.db'\n"
    )


def test_a_store_that_isnt_there(run: Run, newsroom: Path) -> None:
    failed = run("build", "mysite")
    assert failed.exit_code == 1
    assert failed.stderr == (
        f"newsfeed: {newsroom}/news.db: there is no such store. To create one, put articles into it.\n"
    )
    assert not (newsroom / "news.db").exists()


def test_other_files_are_wrong_usage(run: Run) -> None:
    failed = run("put", "mysite", "mysite/newsroom.toml")
    assert failed.exit_code == 2
    assert "mysite/newsroom.toml can't be read; name files that end in .json" in failed.stderr
