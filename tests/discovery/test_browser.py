"""index.html in Chromium: the filter, the copy buttons, the keyboard, right to left, without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule
from newsfeed.discovery.directory import Directory
from newsfeed.discovery.subscribe_page import write

Browse = Callable[..., Any]

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def shown(page: Any) -> list[str]:
    """The names of the feeds that can be seen."""
    names: list[str] = page.locator("li[data-find]:visible .name").all_inner_texts()
    return names


@pytest.mark.parametrize(
    ("typed", "names", "said"),
    [
        ("media", ["Media & <press>"], "Feeds: 1"),
        ("PRESS media", ["Media & <press>"], "Feeds: 1"),
        ("metbuat", ["Mətbuat"], "Feeds: 1"),
        ("экол", ["Экология"], "Feeds: 1"),
        ("الإعلام", ["الإعلام"], "Feeds: 1"),
        ("الاعلام", ["الإعلام"], "Feeds: 1"),
        ("snow 12", ["Snow in Baku 12"], "Feeds: 1"),
        ("rubrikalar", ["Mətbuat", "Ekologiya"], "Feeds: 2"),
        ("no such thing", [], "No such feed"),
    ],
)
def test_the_filter(browse: Browse, typed: str, names: list[str], said: str) -> None:
    page = browse("index.html")
    page.get_by_label("Find a feed").press_sequentially(typed)
    assert shown(page) == names
    assert page.locator("#found").inner_text() == said
    assert page.locator("section:visible").count() == min(len(names), 1)


def test_an_empty_filter_shows_the_page_as_it_was(browse: Browse) -> None:
    page = browse("index.html")
    before = shown(page)
    page.get_by_label("Find a feed").fill("snow")
    page.get_by_label("Find a feed").fill("")
    assert shown(page) == before
    assert "Snow in Baku 12" not in before
    assert page.locator("#found").inner_text() == ""


def test_what_stands_on_another_page_stays_in_sight(
    browse: Browse, newsroom: Callable[..., Any], article: Callable[..., Any]
) -> None:
    topics = [f"topic {number}" for number in range(101)]
    room = newsroom(article("qar", language="az", topics=topics))
    page = browse("index.html")
    page.set_content(write(Directory(room.plan), "en").decode())
    assert page.get_by_role("link", name="Mövzular").is_visible()


def test_enter_in_the_filter_keeps_the_page(browse: Browse) -> None:
    page = browse("index.html")
    page.get_by_label("Find a feed").fill("media")
    page.keyboard.press("Enter")
    assert shown(page) == ["Media & <press>"]


def test_a_button_copies_the_address(browse: Browse) -> None:
    page = browse("index.html", **CLIPBOARD)
    page.get_by_role("button", name="Copy the address: Media & <press>: Atom").click()
    page.get_by_text("Address copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "https://report.example/feeds/en/category/media.atom"
    )
    assert page.evaluate("document.activeElement.previousElementSibling.pathname") == (
        "/en/category/media.atom"
    )


def test_a_button_speaks_the_language_of_its_section(browse: Browse) -> None:
    page = browse("index.html")
    assert page.get_by_role("button", name="Ünvanı kopyala: Mətbuat: Atom").count() == 1


def test_a_button_copies_where_browsers_have_only_the_old_way(browse: Browse) -> None:
    page = browse("index.html", **CLIPBOARD)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    page.get_by_role("button", name="Copy the address: Ecology: RSS").click()
    page.get_by_text("Address copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "https://report.example/feeds/en/category/ecology.rss"
    )


def test_an_address_that_cannot_be_copied_is_shown(browse: Browse) -> None:
    page = browse("index.html")
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.default_value)
        dialog.dismiss()

    page.on("dialog", answer)
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false }"
    )
    page.get_by_role("button", name="Copy the address: Ecology: RSS").click()
    page.wait_for_timeout(200)
    assert asked == ["https://report.example/feeds/en/category/ecology.rss"]
    assert page.locator("#copied").inner_text() == ""


def test_the_keyboard_reaches_everything_in_order(browse: Browse) -> None:
    page = browse("index.html", **CLIPBOARD)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(it => it.getAttribute('aria-label') || it.id || it.innerText.trim())(document.activeElement)"
            )
        )
    assert reached == [
        "Report",
        "English",
        "Azərbaycan",
        "Русский",
        "العربية",
        "All feeds in one file (OPML)",
        "filter",
        "Latest News",
        "All News Feed: RSS",
        "Copy the address: All News Feed: RSS",
        "All News Feed: Atom",
        "Copy the address: All News Feed: Atom",
        "All News Feed: JSON Feed",
        "Copy the address: All News Feed: JSON Feed",
    ]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    page.get_by_text("Address copied").wait_for()


def test_a_screen_reader_is_told_of_headings_and_what_happens(browse: Browse) -> None:
    page = browse("ar/index.html")
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["الخلاصات"]
    assert page.get_by_role("heading", level=2).count() == 4
    assert page.get_by_role("status").count() == 2
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("navigation", name="اللغات").count() == 1


@pytest.mark.parametrize("width", [320, 390, 1100])
@pytest.mark.parametrize("path", ["index.html", "ar/index.html", "ru/index.html"])
def test_nothing_reaches_over_the_edge(browse: Browse, path: str, width: int) -> None:
    page = browse(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_right_to_left(browse: Browse) -> None:
    def sides(path: str) -> tuple[float, float]:
        page = browse(path, viewport={"width": 1100, "height": 800})
        row = page.locator("li[data-find]").nth(1)
        return (row.locator(".name bdi").bounding_box()["x"], row.locator("a").first.bounding_box()["x"])

    name, link = sides("index.html")
    assert name < link
    name, link = sides("ar/index.html")
    assert name > link


def test_a_section_runs_in_its_own_direction(browse: Browse) -> None:
    page = browse("index.html")
    found = page.evaluate(
        "[...document.querySelectorAll('section')].map(it => getComputedStyle(it).direction)"
    )
    assert found == ["ltr", "ltr", "ltr", "rtl"]


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")])
@pytest.mark.parametrize(
    "selector", ["h1", ".introduction", ".name", ".document a", ".document button", ".count"]
)
def test_texts_stand_out_in_dark_and_light(browse: Browse, scheme: str, paper: str, selector: str) -> None:
    """By the contrast that WCAG 2.2 §1.4.3 asks for."""
    page = browse("index.html", color_scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    ink = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).color")
    assert contrast(ink, paper) >= 4.5


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_without_javascript(browse: Browse) -> None:
    page = browse("index.html", java_script_enabled=False)
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("searchbox").count() == 0
    assert "Media & <press>" in shown(page)
    assert page.get_by_role("link", name="Media & <press>: RSS").is_visible()
    topics = page.get_by_role("link", name="Snow in Baku 12: RSS")
    assert not topics.is_visible()
    page.get_by_text("Topics").first.click()
    assert topics.is_visible()


def test_the_way_to_another_language_and_back(browse: Browse, address: str) -> None:
    page = browse("index.html")
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url(f"{address}ar/index.html")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{address}index.html")


class TestAFolderOnADisk:
    """Where pages and feeds lead before they are published."""

    @pytest.fixture
    def page(self, chromium: Any, newsroom: Callable[..., Any], article: Callable[..., Any], site: Callable[..., Any], tmp_path: Path) -> Iterator[Any]:  # fmt: skip
        rules = [
            FeedRule(path="{language}/all"),
            FeedRule(path="{language}/latest", title="{latest}", formats=["html"]),
        ]
        newsroom(article("snow"), site=site(feeds=rules, stylesheet=True)).publish(tmp_path)
        context = chromium.new_context(**CLIPBOARD)
        page = context.new_page()
        self.failed: list[str] = []
        page.on("requestfailed", lambda request: self.failed.append(request.url))
        page.goto((tmp_path / "index.html").as_uri())
        yield page
        context.close()
        assert self.failed == []

    @pytest.mark.parametrize("name", ["RSS", "Atom", "JSON Feed"])
    def test_a_feed_is_found(self, page: Any, name: str, tmp_path: Path) -> None:
        page.get_by_role("link", name=f"All News Feed: {name}").first.click()
        page.wait_for_load_state()
        suffix = {"RSS": "rss", "Atom": "atom", "JSON Feed": "json"}[name]
        assert page.url == (tmp_path / f"en/all.{suffix}").as_uri()
        assert "About snow" in page.content()

    def test_its_stylesheet_is_found(self, page: Any) -> None:
        page.get_by_role("link", name="All News Feed: RSS").first.click()
        page.wait_for_load_state()
        content = "getComputedStyle(document.querySelector('rss > channel'), '::before').content"
        assert "This is a feed." in page.evaluate(content)

    def test_a_listing_and_its_feeds_are_found(self, page: Any, tmp_path: Path) -> None:
        page.get_by_role("link", name="Latest News").click()
        page.get_by_role("link", name="Azərbaycan").click()
        assert page.url == (tmp_path / "az/latest.html").as_uri()
        page.get_by_role("link", name="RSS").first.click()
        page.wait_for_load_state()
        assert page.url == (tmp_path / "az/all.rss").as_uri()

    def test_the_address_that_is_copied_is_the_published_one(self, page: Any) -> None:
        page.get_by_role("button", name="Copy the address: All News Feed: RSS").click()
        page.get_by_text("Address copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "https://report.example/feeds/en/all.rss"
