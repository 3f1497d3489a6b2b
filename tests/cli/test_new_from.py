"""newsfeed new --from: a newsroom for articles that are somewhere already, and newsfeed inspect."""

import json
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import Result

import newsfeed

Run = Callable[..., Result]

POSTS = [
    {
        "id": 12,
        "date": "2025-12-31T22:00:00",
        "title": {"rendered": "Snow"},
        "slug": "snow",
        "author": {"name": "AA"},
        "tags": ["Baku"],
        "mood": "good",
    },
    {"id": 13, "date": "2025-12-30T22:00:00", "title": {"rendered": "Rain"}, "slug": "rain"},
]
SITE = ("--url", "https://report.example", "--timezone", "Asia/Baku")
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>urn:x:1</id><updated>2025-12-19T00:00:00Z</updated>
<link href="https://old.example/"/><entry><title>Snow</title><id>urn:x:2</id><link href="https://old.example/snow"/>
<updated>2025-12-19T00:00:00Z</updated></entry></feed>"""
NINJS = {
    "uri": "urn:agency:1",
    "versioncreated": "2025-12-19T10:00:00Z",
    "headline": "Snow",
    "language": "en",
    "renditions": {"web": {"href": "https://agency.example/1", "mimetype": "text/html"}},
}


FEED = """<rss version="2.0"><channel><title>Qəzet</title><link>https://qezet.example/</link><language>az</language>
<item><title>Qar</title><link>https://qezet.example/qar</link><pubDate>Fri, 19 Dec 2025 18:24:00</pubDate></item></channel></rss>"""


def made(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "site/newsroom.toml").read_text(encoding="utf-8"))


def test_an_export_of_a_cms(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps({"meta": {"n": 2}, "data": {"posts": POSTS}}))
    result = run("new", "site", "--from", "export.json", *SITE)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "The first of 2 articles in 2 records:",
        "  2025-12-31 22:00  en  Snow",
        "      https://report.example/snow",
        "      topics: Baku",
        "      authors: AA",
        "  2025-12-30 22:00  en  Rain",
        "      https://report.example/rain",
        "Created a newsroom in site: newsroom.toml. Look at all of its fields: newsfeed inspect site",
        "Write its feeds with:",
        "",
        "    newsfeed build site -o public",
    ]
    assert made(tmp_path)["sources"] == [
        {
            "name": "articles",
            "kind": "json",
            "files": ["../export.json"],
            "records": "data.posts",
            "article_url": "https://report.example/{slug}",
            "fields": {"title": "title.rendered", "published": "date", "authors": "author", "topics": "tags"},
            "defaults": {"language": "en"},
        }
    ]


@pytest.mark.parametrize(
    ("name", "content", "source"),
    [
        ("a.jsonl", "\n".join(map(json.dumps, POSTS)), {"kind": "jsonl"}),
        ("a.atom", ATOM, {"kind": "feed"}),
        ("a.json", json.dumps(NINJS), {"kind": "ninjs"}),
        ("a.md", "---\nid: 1\ntitle: Snow\ndate: 2025-12-19\n---\nIt snowed.", {"kind": "markdown"}),
    ],
)
def test_other_files(name: str, content: str, source: dict[str, Any], run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    result = run("new", "site", "--from", name, *SITE)
    assert result.exit_code == 0, result.output
    (table,) = made(tmp_path)["sources"]
    assert table["files"] == [f"../{name}"]
    assert source.items() <= table.items()
    assert newsfeed.open(tmp_path / "site").articles


def test_a_feed_alone_is_enough(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.atom").write_text(ATOM)
    assert run("new", "site", "--from", "old.atom").exit_code == 0
    assert made(tmp_path)["site"] == {"title": "Old", "url": "https://old.example/", "languages": ["en"]}


def test_the_folder_of_a_generator(run: Run, tmp_path: Path) -> None:
    (tmp_path / "blog/content").mkdir(parents=True)
    (tmp_path / "blog/hugo.toml").write_text("")
    (tmp_path / "blog/content/snow.md").write_text("---\ntitle: Snow\ndate: 2025-12-19\n---\nIt snowed.")
    assert run("new", "site", "--from", "blog", *SITE).exit_code == 0
    (table,) = made(tmp_path)["sources"]
    assert (table["preset"], table["files"]) == ("hugo", ["../blog/content/**/*.md"])


def test_a_database(run: Run, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "cms.sqlite")
    connection.executescript(
        "CREATE TABLE post (id, headline, slug, posted); INSERT INTO post VALUES (1, 'Snow', 'snow', '2025-12-19 18:24')"
    )
    connection.close()
    asked = run("new", "site", "--from", "cms.sqlite", *SITE)
    assert "a database needs a query. Add --query 'SELECT …'" in asked.stderr
    assert not (tmp_path / "site").exists()
    result = run(
        "new",
        "site",
        "--from",
        "cms.sqlite",
        "--query",
        "SELECT id, headline, slug, posted AS date FROM post",
        *SITE,
    )
    assert result.exit_code == 0, result.output
    assert [article.title for article in newsfeed.open(tmp_path / "site").articles] == ["Snow"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "[1, 2]", "a.json: there are no records in this document. Name another file."),
        ("a.json", "{", "a.json: this is neither JSON nor XML nor Markdown"),
        (
            "a.xml",
            "<html/>",
            "a.xml: this is neither a feed nor a WordPress export. Name another file or address.",
        ),
        ("b.json", "", "a.json: there is no such file or folder. Name where the articles are."),
        (
            "a.json",
            json.dumps(POSTS),
            "the articles don't tell the site's address. Add it: --url https://report.example/",
        ),
    ],
)
def test_what_can_not_be_used(name: str, content: str, message: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    result = run("new", "site", "--from", "a.xml" if name.endswith("xml") else "a.json")
    assert result.exit_code == 1
    assert f"newsfeed: {message}" in result.stderr
    assert not (tmp_path / "site").exists()


def test_it_asks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps(POSTS))
    answers = "export.json\nReport\nhttps://report.example\nen, az\nAsia/Baku\n"
    result = run("new", "site", "--ask", input=answers)
    assert result.exit_code == 0, result.output
    assert made(tmp_path)["site"] == {
        "title": "Report",
        "url": "https://report.example/",
        "languages": ["en", "az"],
        "timezone": "Asia/Baku",
    }


def test_blank_answers_make_the_starter(run: Run, tmp_path: Path) -> None:
    assert run("new", "site", "--ask", input="\n\n").exit_code == 0
    assert sorted(file.name for file in (tmp_path / "site").iterdir()) == ["articles.jsonl", "newsroom.toml"]


RSS = """<rss version="2.0"><channel><title>Old</title><link>https://old.example/</link><description>x</description>
<item><title>Snow</title><link>https://old.example/1</link><pubDate>Fri, 19 Dec 2025 12:00:00 GMT</pubDate></item></channel></rss>"""
LINK = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
PAGES = {
    "/feed.xml": RSS,
    "/page": f"<!doctype html><html><head>{LINK}</head></html>",
    "/nothing": "<!doctype html><html></html>",
    "/posts.json": json.dumps(
        [{"id": 1, "headline": "Snow", "url": "https://old.example/1", "date": "2025-12-19T12:00Z"}]
    ),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES[self.path].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(
    ("path", "kind", "address"),
    [
        ("/feed.xml", "feed", "/feed.xml"),
        ("/page", "feed", "/feed.xml"),
        ("/posts.json", "json", "/posts.json"),
    ],
)
def test_addresses(path: str, kind: str, address: str, server: str, run: Run, tmp_path: Path) -> None:
    result = run("new", "site", "--from", server + path)
    assert result.exit_code == 0, result.output
    (table,) = made(tmp_path)["sources"]
    assert (table["kind"], table["url"]) == (kind, server + address)
    assert made(tmp_path)["site"]["url"] == "https://old.example/"


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("ftp://desk:s3cret@old.example/feed", "ftp://old.example/feed"),
        ("http://desk:s3cret@old.example:99999/feed", "its address"),
    ],
)
def test_an_address_that_is_not_one_of_the_web(where: str, shown: str, run: Run) -> None:
    result = run("new", "site", "--from", where)
    assert (result.exit_code, result.stderr) == (
        1,
        (
            f"newsfeed: {shown}: only addresses that begin with https:// or http:// and have a valid host and port can be"
            " fetched. Give such an address, or the name of a file.\n"
        ),
    )


def test_a_page_without_a_feed(server: str, run: Run) -> None:
    result = run("new", "site", "--from", server + "/nothing")
    assert result.exit_code == 1
    assert (
        f"{server}/nothing: this page names no feed. Give the address of a feed, or of data." in result.stderr
    )


class TestInspect:
    def test_what_fields_are_made_of(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "export.json").write_text(json.dumps([*POSTS, {"id": 14, "slug": "x"}]))
        run("new", "site", "--from", "export.json", *SITE)
        result = run("inspect", "site", "--articles", "1")
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            "articles (json): 3 records, 2 articles",
            "  language   2  defaults                       en",
            "  published  2  date                           2025-12-31 22:00",
            "  title      2  title.rendered                 Snow",
            "  url        2  https://report.example/{slug}  https://report.example/snow",
            "  id         2  id                             12",
            "  topics     1  tags                           Baku",
            "  authors    1  author                         AA",
            *[line for line in result.stdout.splitlines() if line.startswith("  in no article: ")],
            "  not used: mood (1)",
            "  2025-12-31 22:00  en  Snow",
            "      https://report.example/snow",
            "      topics: Baku",
            "      authors: AA",
        ]
        assert "export.json, record 3: left out: " in result.stderr

    def test_articles_that_are_named_alone(self, run: Run) -> None:
        run("new", "site")
        result = run("inspect", "site", "--source", "articles.jsonl", "--articles", "0")
        assert result.stdout.startswith("articles.jsonl (jsonl): 4 records, 4 articles\n")

    def test_a_source_that_is_not_there(self, run: Run) -> None:
        run("new", "site")
        result = run("inspect", "site", "--source", "cms")
        assert result.exit_code == 1
        assert "newsfeed: there is no source 'cms'. Choose from articles.jsonl." in result.stderr


def test_an_option_overrides_only_what_it_says_of_a_feed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.rss").write_text(FEED, encoding="utf-8")
    assert run("new", "site", "--from", "old.rss", "--timezone", "Asia/Baku").exit_code == 0
    assert made(tmp_path)["site"] == {
        "title": "Qəzet",
        "url": "https://qezet.example/",
        "languages": ["az"],
        "timezone": "Asia/Baku",
    }


def test_articles_of_an_agency_without_addresses_get_some(run: Run, tmp_path: Path) -> None:
    (tmp_path / "agency").mkdir()
    story = {key: value for key, value in NINJS.items() if key != "renditions"} | {"slugline": "snow-baku"}
    (tmp_path / "agency/1.json").write_text(json.dumps(story))
    assert run("new", "site", "--from", "agency", *SITE).exit_code == 0
    assert made(tmp_path)["sources"][0]["article_url"] == "https://report.example/{slug}"


def test_sections_become_categories(run: Run, tmp_path: Path) -> None:
    posts = [post | {"section": {"name": name}} for post, name in zip(POSTS * 2, "AABC", strict=True)]
    (tmp_path / "export.json").write_text(json.dumps([post | {"id": n} for n, post in enumerate(posts)]))
    result = run("new", "site", "--from", "export.json", *SITE)
    assert (result.exit_code, made(tmp_path)["categories"]) == (0, [{"term": "a", "label": "A"}])
    assert made(tmp_path)["sources"][0]["fields"]["categories"] == "section.name"


def test_nothing_that_could_be_read_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps([{"nummer": 1}]))
    result = run("new", "site", "--from", "export.json", *SITE)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "Error: Wrote site/newsroom.toml, but no record could be read as an article, for the reasons above. "
        "Say there in [sources.fields] which keys the fields have, and look again: newsfeed inspect site"
    )
    assert (tmp_path / "site/newsroom.toml").exists()
