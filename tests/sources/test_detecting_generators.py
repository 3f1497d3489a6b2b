"""Folders of site generators, told by what lies in them."""

from pathlib import Path

import pytest

from newsfeed import Site
from newsfeed.sources.detecting import detected


@pytest.mark.parametrize(
    ("files", "where", "preset", "pattern"),
    [
        (["hugo.toml", "content/posts/a.md"], "", "hugo", "content/**/*.md"),
        (["hugo.toml", "content/posts/a.md"], "content", "hugo", "content/**/*.md"),
        (["config/_default/hugo.toml", "content/a.md"], "", "hugo", "content/**/*.md"),
        (["_config.yml", "_posts/2025-12-19-welcome.markdown"], "", "jekyll", "**/_posts/**/*.m*"),
        (["pelicanconf.py", "content/a.md"], "", "pelican", "content/**/*.m*"),
        (["eleventy.config.js", "node_modules/x/README.md", "posts/a.md"], "", "eleventy", "posts/**/*.md"),
    ],
)
def test_a_folder_of_a_generator(
    files: list[str], where: str, preset: str, pattern: str, tmp_path: Path
) -> None:
    for name in files:
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    site = Site(title="News", url="https://report.example/", languages=["en"])
    found = detected(str(tmp_path / "site" / where), tmp_path / "feeds", site)
    assert found.table == {"kind": "markdown", "preset": preset, "files": [f"../site/{pattern}"]}
