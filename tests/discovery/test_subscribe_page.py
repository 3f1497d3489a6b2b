"""index.html as HTML: what it says, by html5lib and by the W3C's checker, and templates of a site's own."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from lxml import html
from tests.articles import AS_OF, many_articles, sites

from newsfeed import Article, Newsroom, Site
from newsfeed.discovery.directory import Directory
from newsfeed.discovery.subscribe_page import write
from newsfeed.model.formats import FORMATS
from newsfeed.text.urls import ascii_uri

Make = Callable[..., Any]


def page_of(newsroom: Newsroom, language: str = "en") -> Any:
    return html.document_fromstring(write(Directory(newsroom.plan), language))


def texts(page: Any, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def test_the_first_languages_page_has_the_feeds_of_all(four_scripts: Newsroom) -> None:
    page = page_of(four_scripts)
    assert page.get("lang") == "en"
    assert texts(page, "//h1") == ["Feeds"]
    assert texts(page, "//h2") == ["English", "Azərbaycan", "Русский", "العربية"]
    sections = [(it.get("lang"), it.get("dir"), it.get("id")) for it in page.xpath("//section")]
    assert sections == [
        (None, None, "feeds-en"),
        ("az", "ltr", "feeds-az"),
        ("ru", "ltr", "feeds-ru"),
        ("ar", "rtl", "feeds-ar"),
    ]
    addresses = page.xpath("//section//li//a/@href")
    listed = four_scripts.plan.feeds.keys() - {f"{it}/latest" for it in four_scripts.site.languages}
    assert len(addresses) == 3 * len(listed)
    assert len({*addresses}) == len(addresses)


def test_another_languages_page_has_its_own(four_scripts: Newsroom) -> None:
    page = page_of(four_scripts, "ar")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert texts(page, "//title") == ["الخلاصات – تقرير"]
    assert texts(page, "//h2") == ["الأقسام", "أنواع الأخبار", "المواضيع", "الكتّاب"]
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    addresses = [urljoin(canonical, link) for link in page.xpath("//section//li//a/@href")]
    assert {address.split("/")[4] for address in addresses} == {"ar"}


@pytest.mark.parametrize(
    ("language", "ways"),
    [
        ("en", ["index.html", "az/index.html", "ru/index.html", "ar/index.html"]),
        ("ru", ["../index.html", "../az/index.html", "../ru/index.html", "../ar/index.html"]),
    ],
)
def test_the_way_to_other_languages(four_scripts: Newsroom, language: str, ways: list[str]) -> None:
    page = page_of(four_scripts, language)
    assert page.xpath("//nav//a/@href") == ways
    assert page.xpath("//nav//a[@aria-current='page']/@hreflang") == [language]


@pytest.mark.parametrize("language", ["en", "az"])
def test_links_lead_from_the_page_to_where_feeds_are_published(four_scripts: Newsroom, language: str) -> None:
    """They are relative, so that they lead to the feeds of a folder on a disk as well."""
    page = page_of(four_scripts, language)
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    links = page.xpath("//section//a/@href")
    assert links
    assert [link for link in links if ":" in link or link.startswith("/")] == []
    planned = four_scripts.plan.feeds.values()
    published = {
        ascii_uri(f"https://report.example/feeds/{feed.path}{FORMATS[name].suffix}")
        for feed in planned
        for name in feed.formats
    }
    assert {urljoin(canonical, link) for link in links} <= published


def test_what_the_head_names(four_scripts: Newsroom) -> None:
    page = page_of(four_scripts, "az")
    at = "https://report.example/feeds/"
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{at}az/index.html"]
    assert page.xpath("//link[@rel='alternate'][not(@type)]/@href") == [
        f"{at}index.html",
        f"{at}ru/index.html",
        f"{at}ar/index.html",
    ]
    assert page.xpath("//link[@type='application/rss+xml']/@href") == [f"{at}az/all.rss"]
    assert page.xpath("//link[@type='text/x-opml']/@href") == ["../feeds.opml"]


def test_every_link_says_what_it_is_about(four_scripts: Newsroom) -> None:
    (link,) = page_of(four_scripts).xpath("//a[@href='az/category/media.atom']")
    assert link.get("aria-label") == "Mətbuat: Atom"
    assert (link.text, link.get("type")) == ("Atom", "application/atom+xml")


def test_what_needs_a_script_is_not_there_without_one(four_scripts: Newsroom) -> None:
    page = page_of(four_scripts)
    assert page.xpath("//main//button") == []
    assert page.xpath("//form/@hidden") == [""]


def test_a_very_long_group_stands_on_its_languages_page_alone(newsroom: Make, article: Make) -> None:
    topics = [f"topic {number}" for number in range(101)]
    room = newsroom(article("snow", topics=topics), article("qar", language="az", topics=topics))
    page = page_of(room)
    assert [(link.text, link.get("href")) for link in page.xpath("//*[contains(@class, 'elsewhere')]/a")] == [
        ("Mövzular", "az/index.html")
    ]
    for language, shown in (("en", page), ("az", page_of(room, "az"))):
        topic = f"{'' if language == 'az' else 'en/'}topic/topic-100.rss"
        assert len(shown.xpath(f"//main//a[@href='{topic}']")) == 1


def test_long_groups_are_closed(four_scripts: Newsroom) -> None:
    groups = page_of(four_scripts, "ru").xpath("//details")
    opened = {
        " ".join(it.find("summary").text_content().split()): it.get("open") is not None for it in groups
    }
    assert opened == {"Рубрики 2": True, "Виды новостей 5": True, "Темы 13": False, "Авторы 1": True}


def test_the_page_asks_for_nothing_else(four_scripts: Newsroom) -> None:
    page = page_of(four_scripts)
    assert page.xpath("//@src") == []
    assert {*page.xpath("//link/@rel")} == {"canonical", "alternate"}
    assert "url(" not in page.xpath("//style")[0].text


def test_a_sites_own_template_replaces_single_blocks(newsroom: Make, site: Make, tmp_path: Path) -> None:
    (tmp_path / "subscribe.html").write_text(
        '{% extends "newsfeed/subscribe.html" %}{% block introduction %}<p class="mine">{{ site_title }}</p>{% endblock %}',
        encoding="utf-8",
    )
    page = page_of(newsroom(site=site(templates=str(tmp_path))))
    assert texts(page, "//p[@class='mine']") == ["Report"]
    assert page.xpath("//p[@class='introduction']") == []
    assert texts(page, "//h1") == ["Feeds"]


@pytest.mark.slow
@given(many_articles, sites)
@settings(max_examples=30)
def test_html5lib_finds_no_error_whatever_articles_hold(articles: list[Article], site: Site) -> None:
    html5lib = pytest.importorskip("html5lib", reason="html5lib isn't installed: pip install html5lib")
    rules = [{"path": "{language}/{topic}"}, {"path": "by/{author}"}]
    newsroom = Newsroom(
        Site.from_mapping({**ADDRESS, "title": site.title, "feeds": rules}), articles, as_of=AS_OF
    )
    for language in ("en", "ar"):
        html5lib.HTMLParser(strict=True).parse(write(Directory(newsroom.plan), language).decode())


ADDRESS = {"url": "https://report.example/", "languages": ["en", "ar", "az"]}


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command of the W3C's HTML checker (Debian has none; npm's vnu-jar has it)."""
    jar = os.environ.get("VNU_JAR")
    if jar is None or shutil.which("java") is None:
        pytest.skip("VNU_JAR doesn't name the W3C's HTML checker (npm install vnu-jar), or there is no java")
    return ["java", "-jar", jar]


def test_the_w3cs_checker_has_nothing_to_say(checker: list[str], published: Path) -> None:
    pages = [str(page) for page in sorted(published.rglob("index.html"))]
    assert len(pages) == 4
    done = subprocess.run([*checker, *pages], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    css = subprocess.run(
        [*checker, "--css", str(published / "feed.css")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (css.returncode, css.stderr) == (0, "")


def test_numbers_of_feeds_have_the_digits_of_the_language(newsroom: Make, article: Make, site: Make) -> None:
    made = newsroom(article("barf", language="fa", topics=["Baku", "Snow"]), site=site(languages=["fa"]))
    assert "۲" in texts(page_of(made, "fa"), "//span[@class='count']")
