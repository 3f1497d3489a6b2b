"""The documentation is true: its tables name what the code has, its commands print what stands below them."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from newsfeed import Article, Category, FeedRule, Media, Newsroom, Person, Site, Source
from newsfeed.model.finding import CODES

Make = Callable[..., Any]

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]

#: A fenced block: its language, and what stands in it.
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


def section(page: Path, heading: str) -> str:
    text = page.read_text(encoding="utf-8")
    return re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of each table row, without heads and rules."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


@pytest.mark.parametrize(
    ("page", "heading", "record", "elsewhere"),
    [
        ("newsroom-toml.md", "[site]", Site, {"categories", "feeds"}),
        ("newsroom-toml.md", "[[categories]]", Category, set()),
        ("newsroom-toml.md", "[[feeds]]", FeedRule, set()),
        ("article.md", "Article", Article, set()),
        ("article.md", "Person", Person, set()),
        ("article.md", "Media", Media, set()),
        ("article.md", "Source", Source, set()),
    ],
)
def test_every_key_stands_in_its_table(page: str, heading: str, record: Any, elsewhere: set[str]) -> None:
    documented = {row[0].strip("`"): row for row in rows(section(DOCS / "reference" / page, heading))}
    fields = {field.name: field for field in msgspec.structs.fields(record) if field.name not in elsewhere}
    assert list(documented) == list(fields)
    for name, field in fields.items():
        assert (documented[name][2] == "needed") is field.required, name
        if isinstance(field.default, bool | int) or (
            field.default and isinstance(field.default, str | tuple)
        ):
            shown = list(field.default) if isinstance(field.default, tuple) else field.default
            assert documented[name][2] == f"`{json.dumps(shown)}`", name


def test_every_code_is_explained() -> None:
    text = (DOCS / "reference" / "article.md").read_text(encoding="utf-8")
    assert sorted(row[0].strip("`") for row in rows(text) if row[0].startswith("`NF")) == sorted(CODES)


def test_the_tree_of_errors_is_the_one_in_the_code() -> None:
    from newsfeed import errors

    tree = (errors.__doc__ or "").partition("```text\n")[2].partition("```")[0]
    assert tree in (DOCS / "reference" / "python.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_data_in_the_documentation_can_be_read(page: Path) -> None:
    for language, source in blocks(page):
        if language == "toml":
            tables = tomllib.loads(source)
            site = {"title": "x", "url": "https://x.example/", "languages": ["en"]} | tables.get("site", {})
            Site.from_mapping(site | {name: tables.get(name, []) for name in ("categories", "feeds")})
        elif language == "json":
            assert json.loads(source)


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        prose = _BLOCK.sub("", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_tutorial(tmp_path: Path) -> None:
    """Its commands are run one after the other, its articles added to the newsroom as they come."""
    ran = 0
    for language, source in blocks(DOCS / "tutorial.md"):
        if language == "json":
            with (tmp_path / "mysite" / "articles.jsonl").open("a", encoding="utf-8") as articles:
                articles.write(source)
        elif language == "console" and source.startswith("$ newsfeed "):
            command, _, printed = source.removeprefix("$ ").partition("\n")
            assert run(command, tmp_path) == printed, command
            ran += 1
    assert ran == 5


def test_what_the_readme_shows(tmp_path: Path) -> None:
    (summary,) = [source for language, source in blocks(ROOT / "README.md") if source.startswith("Wrote ")]
    commands = [
        line
        for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("python3 ")
    ]
    build = commands[0].rpartition("/bin/")[2].replace("examples/", f"{ROOT}/examples/")
    assert run(build, tmp_path) == summary
    shown = next(source for _, source in blocks(ROOT / "README.md") if source.startswith("public/"))
    for name in re.findall(r"[\w-]+\.(?:rss|atom|json|html|txt)", shown):
        assert list(tmp_path.glob(f"public/en/**/{name}")), name


def run(command: str, folder: Path) -> str:
    arguments = [sys.executable, "-m", *shlex.split(command)]
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=True).stdout


PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}


class TestFormats:
    """reference/formats.md names every element and attribute that is written, and no other."""

    @pytest.fixture
    def room(self, article: Make, site: Make, noon: datetime) -> Newsroom:
        own = site(
            hub="https://hub.example/",
            rights="© Report",
            logo="https://report.example/logo.png",
            icon="https://report.example/icon.png",
            authors=[Person(name="Desk", email="desk@report.example", url="https://report.example/desk")],
        )
        everything = article(
            story="s",
            summary="x",
            content="<p>x</p>",
            updated=noon + timedelta(hours=1),
            categories=["media"],
            authors=own.authors,
            media=[
                Media(
                    url="https://report.example/v.mp4",
                    length=1,
                    width=1,
                    height=1,
                    duration=1,
                    credit="x",
                    description="x",
                )
            ],
            rights="x",
            source=Source(url="https://other.example/", title="x"),
        )
        return Newsroom(own, [everything, article("qar", language="az", story="s")], as_of=noon)

    def named(self) -> set[str]:
        text = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8")
        return set(re.findall(r"[\w:]+", " ".join(re.findall(r"`([^`]+)`", text))))

    @pytest.mark.parametrize("name", ["rss", "atom"])
    def test_elements(self, name: str, room: Newsroom) -> None:
        root = etree.fromstring(room.feed("en/all").render(name))
        written = set()
        for element in root.iter(etree.Element):
            for spelled in [str(element.tag), *map(str, element.attrib)]:
                space, _, local = spelled.removeprefix("{").rpartition("}")
                own = name == "atom" and PREFIXES.get(space) == "atom:"
                written.add(local if own else PREFIXES.get(space, "") + local)
        structure = {"rss", "channel", "feed", "version"}
        assert written - structure - self.named() == set()
        if name == "rss":
            prefixes = ("dc:", "dcterms:", "content:", "media:", "atom:")
            assert {word for word in self.named() if word.startswith(prefixes)} <= written

    def test_members(self, room: Newsroom) -> None:
        (item,) = json.loads(room.feed("en/all").json())["items"]
        members = {*item, *item["attachments"][0], *(f"_newsfeed.{name}" for name in item["_newsfeed"])}
        text = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8")
        assert {name for name in members - {"_newsfeed"} if f"`{name}`" not in text} == set()
