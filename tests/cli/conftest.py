"""A small newsroom on disk, and the command run inside this process."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsfeed.cli.program import program

NEWSROOM_TOML = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en", "az"]
timezone = "Asia/Baku"
articles = ["articles.jsonl"]
discovery = false

[[categories]]
term = "media"
label = { en = "Media", az = "Media" }

[[feeds]]
path = "{language}/all"
formats = ["rss", "json"]

[[feeds]]
path = "{language}/latest"
formats = ["html", "text"]
"""

SNOW = {
    "language": "en",
    "url": "https://report.example/en/snow",
    "title": "Snow in Baku",
    "published": "2025-12-19T18:24:00+04:00",
    "categories": ["media"],
}
QAR = SNOW | {"language": "az", "url": "https://report.example/az/qar", "title": "Bakıda qar"}

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in an empty folder, as somebody does who types it there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def runner(*arguments: str, **values: Any) -> Result:
        return CliRunner().invoke(program, arguments, prog_name="newsfeed", **values)

    return runner


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the newsroom `mysite` with these articles; without any, with one in each language."""

    def writer(*articles: dict[str, Any], toml: str = NEWSROOM_TOML) -> Path:
        folder = tmp_path / "mysite"
        folder.mkdir(exist_ok=True)
        (folder / "newsroom.toml").write_text(toml, encoding="utf-8")
        lines = [json.dumps(SNOW | article) for article in articles or (SNOW, QAR)]
        (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return folder

    return writer
