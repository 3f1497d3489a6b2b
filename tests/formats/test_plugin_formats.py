"""Formats of plug-ins: a distribution that isn't newsfeed's adds a row through an entry point."""

from pathlib import Path

import pytest
from tests.distributions import install, run

MODULE = """
from newsfeed.model.formats import Format

FORMAT = Format(
    name="ninjs", label="ninjs", suffix=".ninjs", media_type="application/vnd.ninjs+json", writer="newsroom_ninjs:write"
)

def write(feed, cache):
    return ("\\n".join(entry.title for entry in feed.entries)).encode()
"""
NEWSROOM = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]
articles = ["articles.jsonl"]

[[feeds]]
path = "all"
formats = ["rss", "ninjs"]
"""
ARTICLE = '{"url": "https://report.example/snow", "language": "en", "title": "Snow", "published": "2025-12-19T12:00Z"}'
BUILD = """
import newsfeed
try:
    newsroom = newsfeed.open({room!r})
    print(*newsroom.publish({public!r}).written)
except newsfeed.NewsfeedError as error:
    print(type(error).__name__, error, sep=": ")
"""
SERVE = """
import newsfeed
from newsfeed.web import wsgi_app
application = wsgi_app({public!r}, negotiate=True)
environ = {{"REQUEST_METHOD": "GET", "PATH_INFO": "/all", "HTTP_ACCEPT": "application/vnd.ninjs+json", "wsgi.url_scheme": "http"}}
print(*application(environ, lambda status, headers: print(status, dict(headers)["Content-Type"])))
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "newsroom.toml").write_text(NEWSROOM)
    (folder / "articles.jsonl").write_text(ARTICLE)
    return folder


def build(room: Path, packages: Path) -> str:
    public = str(room.parent / "public")
    return run(BUILD.format(room=str(room), public=public), packages)


def ninjs(packages: Path, module: str = MODULE) -> Path:
    entry_points = "[newsfeed.formats]\nninjs = newsroom_ninjs:FORMAT\n"
    install(packages, "newsroom-ninjs", entry_points, {"newsroom_ninjs.py": module})
    return packages


@pytest.mark.slow
def test_a_site_is_built_and_served(room: Path, tmp_path: Path) -> None:
    packages = ninjs(tmp_path / "packages")
    assert "all.ninjs" in build(room, packages).split()
    assert (tmp_path / "public/all.ninjs").read_bytes() == b"Snow"
    served = run(SERVE.format(public=str(tmp_path / "public")), packages)
    assert served.splitlines() == ["200 OK application/vnd.ninjs+json; charset=utf-8", "b'Snow'"]


@pytest.mark.slow
def test_it_is_a_word_of_the_schema(tmp_path: Path) -> None:
    script = "import json; from newsfeed.model.json_schema import json_schema; print(json.dumps(json_schema('site')))"
    assert '["rss", "atom", "json", "html", "text", "ninjs"]' in run(script, ninjs(tmp_path / "packages"))


@pytest.mark.slow
def test_a_path_with_its_ending_is_refused(room: Path, tmp_path: Path) -> None:
    (room / "newsroom.toml").write_text(NEWSROOM.replace('path = "all"', 'path = "all.ninjs"'))
    told = build(room, ninjs(tmp_path / "packages"))
    assert "'all.ninjs' ends in .ninjs, and newsfeed adds the ending of each format itself. Write all" in told


@pytest.mark.slow
def test_an_ordinary_build_looks_for_no_plug_ins(room: Path, tmp_path: Path) -> None:
    (room / "newsroom.toml").write_text(NEWSROOM.replace(', "ninjs"', ', "atom", "json", "html", "text"'))
    refuse = "import importlib.metadata\ndef refuse(**_):\n    raise AssertionError('looked for plug-ins')\nimportlib.metadata.entry_points = refuse\n"
    script = refuse + BUILD.format(room=str(room), public=str(tmp_path / "public"))
    for number in range(2):
        assert "AssertionError" not in run(script, tmp_path), number
    (room / "newsroom.toml").write_text(NEWSROOM.replace(', "ninjs"', ""))
    assert "AssertionError" not in run(script, tmp_path), "feeds have ended"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "message"),
    [
        (
            "import nowhere",
            "can't be loaded: ModuleNotFoundError: No module named 'nowhere'. Upgrade newsroom-ninjs 1.0, or uninstall it.",
        ),
        (
            MODULE.replace('".ninjs"', '".htm"'),
            "can't be used: its suffix .htm means HTML. Report this to its authors.",
        ),
        (
            MODULE.replace('".ninjs"', '".opml"'),
            "can't be used: its suffix .opml is that of other documents. Report this to its authors.",
        ),
    ],
)
def test_one_that_can_not_be_used(room: Path, tmp_path: Path, module: str, message: str) -> None:
    told = build(room, ninjs(tmp_path / "packages", module))
    plugin = "the plug-in 'ninjs' (newsfeed.formats, from newsroom-ninjs 1.0)"
    assert told.strip() == f"InvalidPlugin: {plugin} {message}"


@pytest.mark.slow
def test_a_broken_one_that_nobody_asked_for_is_a_warning(room: Path, tmp_path: Path) -> None:
    (room / "newsroom.toml").write_text(NEWSROOM.replace(', "ninjs"', ""))
    packages = ninjs(tmp_path / "packages", "import nowhere")
    build(room, packages)
    script = SERVE.format(public=str(tmp_path / "public"))
    served = run(script, packages)
    assert "200 OK application/rss+xml; charset=utf-8" in served
    assert (
        "UserWarning: the plug-in 'ninjs' (newsfeed.formats, from newsroom-ninjs 1.0) can't be loaded"
        in served
    )
