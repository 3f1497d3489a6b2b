"""Sources in Python: a function of the newsroom's own yields the rows."""

import textwrap
from pathlib import Path

import pytest

import newsfeed
from newsfeed import Newsroom, SourceError

NEWSROOM = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]

[[sources]]
name = "own"
kind = "python"
call = "{call}"
"""
ROW = {
    "id": 1,
    "url": "https://report.example/1",
    "title": "Snow",
    "language": "en",
    "published": "2025-12-19T12:00Z",
}


def opened(folder: Path, module: str, call: str = "mine:rows") -> Newsroom:
    folder.mkdir(exist_ok=True)
    (folder / "newsroom.toml").write_text(NEWSROOM.replace("{call}", call))
    (folder / "mine.py").write_text(textwrap.dedent(module))
    return newsfeed.open(folder)


def test_rows_of_any_type(tmp_path: Path) -> None:
    module = f"""
    from types import SimpleNamespace
    import newsfeed
    def rows():
        row = {ROW!r}
        yield row
        yield SimpleNamespace(**row | {{"id": 2, "url": "https://report.example/2"}})
        yield 5
    """
    newsroom = opened(tmp_path, module)
    assert sorted(str(article.url) for article in newsroom.articles) == [
        "https://report.example/1",
        "https://report.example/2",
    ]
    assert [str(finding) for finding in newsroom.findings] == [
        "own, record 3: NF106 a row must be an article, but 5 is a number without any of its fields. Yield a mapping, or an object with the attributes title, url and so on."
    ]


def test_the_function_is_called_once(tmp_path: Path) -> None:
    module = f"""
    calls = 0
    def rows(since=0):
        global calls
        calls += 1
        assert since is None
        for _ in range(2):  # one id twice is read a second time
            yield {ROW!r} | {{"rights": str(calls)}}
    """
    newsroom = opened(tmp_path, module)
    (article,) = newsroom.articles
    assert article.rights == "1"


def test_two_newsrooms_have_modules_of_one_name(tmp_path: Path) -> None:
    module = "def rows():\n    return [" + repr(ROW | {"title": "{}"}) + "]"
    titles = [opened(tmp_path / name, module.replace("{}", name)).articles[0].title for name in ("a", "b")]
    assert titles == ["a", "b"]


@pytest.mark.parametrize(
    ("module", "call", "message"),
    [
        ("", "mine", "own: 'mine' doesn't name a function. Write call = 'module:function'."),
        ("", "mine:rows", "own: mine has no function rows. Correct call."),
        (
            "import nowhere",
            "mine:rows",
            "own: the module mine can't be imported: ModuleNotFoundError: No module named 'nowhere'. Correct it, or put mine.py beside newsroom.toml.",
        ),
        (
            "def rows():\n    yield {}\n    raise ValueError('no more')",
            "mine:rows",
            "own: mine:rows failed: ValueError: no more. Correct it.",
        ),
        (
            "def rows():\n    return None",
            "mine:rows",
            "own: mine:rows returned None, which is nothing. Let it return or yield articles: mappings, or objects with their fields.",
        ),
    ],
)
def test_a_function_that_fails_stops_the_build(module: str, call: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        opened(tmp_path, module, call)
    assert str(caught.value) == message
