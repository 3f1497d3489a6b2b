"""Which files `site.articles` names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfeed import InvalidNewsroom
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.article_files import article_files
from newsfeed.sources.site_articles import read_articles

Make = Callable[..., Any]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    newsroom = tmp_path / "news [room]"
    names = [
        "b.json",
        "a.json",
        "a[1].json",
        ".hidden.json",
        "2025/c.jsonl.gz",
        "2025/12/d.md",
        "2025/.drafts/e.md",
        "2025/cover.jpg",
        "folder.json/f.json",
    ]
    for name in names:
        (newsroom / name).parent.mkdir(parents=True, exist_ok=True)
        (newsroom / name).write_text("[]")
    (newsroom / "2025" / "link.json").symlink_to("../a.json")
    (newsroom / "2025" / "loop").symlink_to("..")
    (newsroom / "broken").mkdir()
    (newsroom / "broken" / "link.json").symlink_to("nowhere.json")
    return newsroom


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["a.json"], ["a.json"]),
        (["b.json", "a.json"], ["b.json", "a.json"]),
        (["./a.json", "a.json", "2025/../a.json"], ["./a.json"]),
        (["*.json"], ["a.json", "a[1].json", "b.json"]),
        (["[ab].json"], ["a.json", "b.json"]),
        (["a[1].json"], ["a[1].json"]),
        ([".hidden.json"], [".hidden.json"]),
        ([".*.json"], [".hidden.json"]),
        (["2025/**/*.md"], ["2025/12/d.md"]),
        (["2025/.drafts/*.md"], ["2025/.drafts/e.md"]),
        (["2025/*.json", "*.json"], ["2025/link.json", "a[1].json", "b.json"]),
        (["**/*.gz"], ["2025/c.jsonl.gz"]),
        (["broken/*"], ["broken/link.json"]),
    ],
)
def test_patterns(patterns: list[str], names: list[str], root: Path, site: Make) -> None:
    files, findings = article_files(site(articles=patterns), root)
    assert findings == []
    assert [file.name for file in files] == [name.removeprefix("./") for name in names]
    assert [file.path.resolve() for file in files] == [(root / name).resolve() for name in names]


def test_absolute_patterns(root: Path, tmp_path: Path, site: Make) -> None:
    inside, outside = root / "a.json", tmp_path / "out.json"
    outside.write_text("[]")
    patterns = [str(inside), f"{tmp_path}/*.json"]
    files, _ = article_files(site(articles=patterns), root)
    assert files == [
        ArticleFile(inside, "a.json", patterns[0]),
        ArticleFile(outside, outside.as_posix(), patterns[1]),
    ]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("c.json", "'c.json' names no file in {root}. Correct it, or remove it."),
        ("articles/**/*.md", "'articles/**/*.md' matches no file in {root}. Correct it, or remove it."),
        (
            "../../../../../../../../nowhere.json",
            "'../../../../../../../../nowhere.json' names no file in {root}",
        ),
        ("/nowhere/*.json", "'/nowhere/*.json' matches no file in {root}"),
        ("2025", "'2025' is a folder. Name the files in it, as in '2025/*.json'."),
        (
            "2025/cover.jpg",
            "'2025/cover.jpg' isn't a kind of file that can be read. Name files that end in .json, .jsonl, .ndjson, ",
        ),
        ("x" * 5000, "'" + "x" * 60 + "…' "),
    ],
)
def test_a_pattern_that_gives_nothing_is_an_error_that_names_it(
    pattern: str, problem: str, root: Path, site: Make
) -> None:
    with pytest.raises(InvalidNewsroom) as refused:
        article_files(site(articles=[pattern]), root)
    assert str(refused.value).startswith(f"site.articles: {problem.format(root=root)}")


def test_where_no_pattern_gives_a_file_all_are_named_at_once(root: Path, site: Make) -> None:
    with pytest.raises(InvalidNewsroom) as refused:
        article_files(site(articles=["c.json", "d/*"]), root)
    assert str(refused.value).splitlines() == [
        f"site.articles: 'c.json' names no file in {root}. Correct it, or remove it.",
        f"site.articles: 'd/*' matches no file in {root}. Correct it, or remove it.",
    ]


def test_a_problem_of_patterns_names_the_line_and_the_whole_folder(
    root: Path, site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    (root / "newsroom.toml").write_text("[site]\ntitle = 'Report'\narticles = ['c.json', '2025/cover.jpg']\n")
    with pytest.raises(InvalidNewsroom) as refused:
        article_files(site(articles=["c.json", "2025/cover.jpg"]), Path())
    kind, missing = str(refused.value).splitlines()
    assert kind.startswith("newsroom.toml:3: site.articles: '2025/cover.jpg' isn't a kind of file")
    assert missing == (
        f"newsroom.toml:3: site.articles: 'c.json' names no file in {root}. Correct it, or remove it."
    )
    _, (finding,) = article_files(site(articles=["c.json", "a.json"]), Path())
    assert str(finding) == (
        f"newsroom.toml:3: NF141 site.articles[0]: 'c.json' names no file in {root}. Correct it, or remove it."
    )


def test_a_pattern_that_gives_nothing_beside_others_is_a_finding(root: Path, site: Make) -> None:
    files, findings = article_files(site(articles=["c.json", "a.json", "d/*", "x" * 5000]), root)
    assert [file.name for file in files] == ["a.json"]
    assert [(finding.severity, str(finding)) for finding in findings] == [
        (
            "error",
            f"newsroom.toml: NF141 site.articles[0]: 'c.json' names no file in {root}. Correct it, or remove it.",
        ),
        (
            "warning",
            f"newsroom.toml: NF141 site.articles[2]: 'd/*' matches no file in {root}. Correct it, or remove it.",
        ),
        (
            "error",
            f"newsroom.toml: NF141 site.articles[3]: '{'x' * 60}…' can't be looked for: file name too long. Correct it.",
        ),
    ]


def test_links_that_lead_back_are_followed_once(root: Path, site: Make) -> None:
    for number in range(5):
        (root / f"back{number}").symlink_to(".")
        (root / "2025" / f"up{number}").symlink_to("..")
    (root / "itself").symlink_to("itself")
    files, _ = article_files(site(articles=["**/*.md", "*/*/*/*/*.json"]), root)
    assert [file.name for file in files[:1]] == ["2025/12/d.md"]
    assert len(files) == len({file.path.resolve() for file in files})


@pytest.mark.slow
def test_folders_as_deep_as_a_disk_allows(tmp_path: Path, site: Make) -> None:
    deepest = tmp_path
    for _ in range(1200):
        deepest /= "a"
        deepest.mkdir()
    (deepest / "x.json").write_text("[]")
    files, _ = article_files(site(articles=["**/*.json"]), tmp_path)
    assert [file.path for file in files] == [deepest / "x.json"]
    (deepest / "x.json").unlink()
    while deepest != tmp_path:  # what clears up after tests doesn't go so deep
        deepest.rmdir()
        deepest = deepest.parent


def test_no_patterns(root: Path, site: Make) -> None:
    with pytest.raises(InvalidNewsroom, match=r"site.articles: no files are named. Name files or globs"):
        article_files(site(), root)


def test_a_file_of_another_kind_under_a_glob_is_a_finding(root: Path, site: Make) -> None:
    _, findings = read_articles(site(articles=["2025/*.jpg", "a.json"]), root)
    assert [str(finding) for finding in findings] == [
        (
            "2025/cover.jpg: NF101 this kind of file can't be read. "
            "Let site.articles name only files that end in .json, .jsonl, .ndjson, .md, .markdown."
        )
    ]
