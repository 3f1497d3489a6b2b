"""feeds.opml: what it holds, by its schema, by `newsfeed check`, and as programs import it that others wrote."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from lxml import etree
from tests.articles import AS_OF, many_articles, sites

from newsfeed import Article, FeedRule, Newsroom, Site
from newsfeed.check.checker import check_document
from newsfeed.discovery.directory import Directory
from newsfeed.discovery.opml import write

Make = Callable[..., Any]

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "schemas" / "opml-2.0-nons.xsd"
NODE_PACKAGES = ROOT / "tests" / "readers" / "node_modules"


def outlines(document: bytes) -> Any:
    """The outlines: a feed as its address, the others as what stands in them by their texts."""

    def inside(parent: Any) -> list[Any]:
        return [child.get("xmlUrl") or {child.get("text"): inside(child)} for child in parent]

    return inside(etree.fromstring(document).find("body"))


def test_by_language_and_by_what_feeds_are_about(combined: Newsroom) -> None:
    at = "https://report.example/feeds/"
    assert outlines(write(Directory(combined.plan))) == [
        {
            "English": [
                f"{at}en/all.atom",
                f"{at}en/short.rss",
                f"{at}everything.rss",
                {"Categories": [f"{at}en/politics/photo.rss", f"{at}en/media/photo.rss"]},
                {"Archive": [f"{at}en/2025/12.rss"]},
            ]
        },
        {
            "Azərbaycan": [
                f"{at}az/all.atom",
                f"{at}az/short.rss",
                {"Rubrikalar": [f"{at}az/politics/photo.rss", f"{at}az/media/photo.rss"]},
            ]
        },
    ]


def test_what_an_outline_says(four_scripts: Newsroom) -> None:
    address = "https://report.example/feeds/en/category/media.rss"
    root: Any = etree.fromstring(write(Directory(four_scripts.plan)))
    (outline,) = root.findall(f".//outline[@xmlUrl='{address}']")
    assert dict(outline.attrib) == {
        "text": "Report – Media & <press>",
        "title": "Report – Media & <press>",
        "type": "rss",
        "xmlUrl": address,
        "htmlUrl": "https://report.example/",
        "language": "en",
    }


def test_it_changes_with_the_feeds_alone(newsroom: Make, article: Make) -> None:
    assert write(Directory(newsroom(article("snow")).plan)) == write(
        Directory(newsroom(article("snow"), article("rain")).plan)
    )


@pytest.fixture(scope="module")
def schema() -> Any:
    if not SCHEMA.exists():
        pytest.skip("the schemas are not part of a clone")
    return etree.XMLSchema(etree.parse(SCHEMA))


def test_by_its_schema(schema: Any, four_scripts: Newsroom, combined: Newsroom) -> None:
    for newsroom in (four_scripts, combined):
        schema.assertValid(etree.fromstring(write(Directory(newsroom.plan))))


@pytest.mark.slow
@given(many_articles, sites)
def test_check_has_nothing_to_say_whatever_articles_hold(articles: list[Article], site: Site) -> None:
    rules = (
        FeedRule(path="{language}/{topic}"),
        FeedRule(path="{language}/all"),
        FeedRule(path="by/{author}"),
    )
    newsroom = Newsroom(msgspec.structs.replace(site, feeds=rules), articles, as_of=AS_OF)
    assert check_document(write(Directory(newsroom.plan)), name="feeds.opml", as_of=AS_OF) == []


class TestImporters:
    """Each finds every feed, and no other."""

    @pytest.fixture
    def file(self, four_scripts: Newsroom, tmp_path: Path) -> Path:
        place = tmp_path / "feeds.opml"
        place.write_bytes(write(Directory(four_scripts.plan)))
        return place

    @pytest.fixture
    def addresses(self, four_scripts: Newsroom) -> list[str]:
        listings = {path for path in four_scripts.plan.feeds if path.endswith("/latest")}
        feeds = [four_scripts.feed(path) for path in four_scripts.plan.feeds.keys() - listings]
        return sorted(f"{feed.id}.rss" for feed in feeds)

    def test_newsboat(self, file: Path, addresses: list[str], tmp_path: Path) -> None:
        newsboat = need("newsboat")
        files = {name: tmp_path / name for name in ("urls", "config", "cache")}
        files["config"].write_text("")
        files["urls"].write_text("")
        places = [
            f"--url-file={files['urls']}",
            f"--config-file={files['config']}",
            f"--cache-file={files['cache']}",
        ]
        done = subprocess.run(
            [newsboat, *places, f"--import-from-opml={file}"],
            env={"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": "/usr/bin"},
            capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        assert done.stderr == b""
        lines = files["urls"].read_text(encoding="utf-8").splitlines()
        assert sorted(line.split()[0] for line in lines) == addresses
        (media,) = [line for line in lines if "/ar/category/media.rss" in line]
        assert "العربية" in media
        assert "الأقسام" in media

    def test_sfeed(self, file: Path, addresses: list[str]) -> None:
        sfeed_opml_import = need("sfeed_opml_import")
        with file.open("rb") as opened:
            done = subprocess.run(
                [sfeed_opml_import],
                stdin=opened,
                capture_output=True,
                encoding="utf-8",
                check=True,
                timeout=60,
            )
        feeds = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith("feed ")]
        assert sorted(line.split("'")[-2] for line in feeds) == addresses

    def test_feedsmith(self, file: Path, addresses: list[str]) -> None:
        node = need("node")
        if not (NODE_PACKAGES / "feedsmith").exists():
            pytest.skip("feedsmith isn't installed: npm ci --prefix tests/readers")
        script = (
            'import {parseOpml} from "feedsmith"; import {readFileSync} from "node:fs";'
            'console.log(JSON.stringify(parseOpml(readFileSync(process.argv[1], "utf-8"))));'
        )
        done = subprocess.run(
            [node, "--input-type=module", "-e", script, str(file)],
            cwd=NODE_PACKAGES.parent, capture_output=True, encoding="utf-8", check=True, timeout=60,
        )  # fmt: skip
        found = json.loads(done.stdout)
        assert found["head"]["title"] == "Report – Feeds"

        def feeds(outlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [
                feed
                for outline in outlines
                for feed in ([outline] if "xmlUrl" in outline else feeds(outline["outlines"]))
            ]

        assert sorted(feed["xmlUrl"] for feed in feeds(found["body"]["outlines"])) == addresses
        assert {feed["language"] for feed in feeds(found["body"]["outlines"])} == {"en", "az", "ru", "ar"}

    def test_listparser(self, file: Path, addresses: list[str]) -> None:
        listparser = pytest.importorskip(
            "listparser", reason="listparser isn't installed: pip install listparser"
        )
        found = listparser.parse(file.read_bytes())
        assert found.bozo is False
        assert sorted(feed.url for feed in found.feeds) == addresses
        (media,) = [feed for feed in found.feeds if feed.url.endswith("/ar/category/media.rss")]
        assert media.title == "تقرير – الإعلام"
        assert media.categories == [["العربية", "الأقسام"]]

    def test_opyml(self, file: Path, addresses: list[str]) -> None:
        opyml = pytest.importorskip("opyml", reason="opyml isn't installed: pip install opyml")
        found = opyml.OPML.from_xml(file.read_text(encoding="utf-8"))

        def feeds(outlines: Any) -> list[Any]:
            return [feed for it in outlines for feed in ([it.xml_url] if it.xml_url else feeds(it.outlines))]

        assert sorted(feeds(found.body.outlines)) == addresses


def need(program: str) -> str:
    place = shutil.which(program)
    if place is None:
        pytest.skip(f"{program} is not installed")
    return place
