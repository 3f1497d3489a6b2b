"""The pages for those who come from elsewhere: what they say of others' ids is what the others write."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed import Article, FeedRule, Newsroom, Site

PAGES = Path(__file__).parents[2] / "docs/how-to"
MOMENT = datetime(2025, 12, 19, 18, 24, tzinfo=UTC)


def block(page: str, language: str) -> str:
    found = re.search(
        rf"^```{language}\n(.*?)^```", (PAGES / page).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return found[1]


def pelican_id() -> Callable[[str, datetime], str]:
    """The function that the page shows."""
    lines = re.findall(r"^(?:>>>|\.\.\.) ?(.*)$", block("come-from-pelican.md", "pycon"), re.MULTILINE)
    names: dict[str, Any] = {}
    exec("\n".join([*lines[:5]]), names)  # noqa: S102 - our own page
    made: Callable[[str, datetime], str] = names["pelican_id"]
    return made


ADDRESSES = st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9/._-]{0,20}(#[a-z]{1,5})?", fullmatch=True)


@given(address=ADDRESSES, date=st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - Pelican's own dates
def test_pelicans_ids(address: str, date: datetime) -> None:
    feedgenerator = pytest.importorskip("feedgenerator")
    assert pelican_id()(address, date) == feedgenerator.get_tag_uri(address, date)


@pytest.fixture(scope="module")
def django_feeds() -> dict[str, str]:
    """What the classes of the page write, by their names."""
    django = pytest.importorskip("django")
    from django.conf import settings
    from django.test import RequestFactory

    class Story:
        headline, body, section, published = "First snow", "<p>x</p>", "weather", MOMENT

        class objects:  # noqa: N801 - as Django names it
            @staticmethod
            def order_by(_: str) -> list["Story"]:
                return [Story()]

        def get_absolute_url(self) -> str:
            return "/en/snow/"

    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["report.example"], USE_TZ=True)
        django.setup()
    names: dict[str, Any] = {"Story": Story}
    exec(block("come-from-django.md", "py"), names)  # noqa: S102 - our own page
    request = RequestFactory(SERVER_NAME="report.example").get("/feed/", secure=True)
    return {name: names[name]()(request).content.decode() for name in ("LatestNews", "LatestNewsAtom")}


@pytest.mark.parametrize(("name", "form"), [("LatestNews", "rss"), ("LatestNewsAtom", "atom")])
def test_djangos_ids(name: str, form: str, django_feeds: dict[str, str]) -> None:
    (before,) = feedparser.parse(django_feeds[name]).entries
    site = Site(
        title="Report", url="https://report.example/", languages=["en"], feeds=[FeedRule(path="latest")]
    )
    article = Article(
        language="en", title="First snow", url="https://report.example/en/snow/", published=MOMENT
    )
    (after,) = feedparser.parse(Newsroom(site, [article]).feed("latest").render(form)).entries
    assert (after.id, after.link) == (before.id, before.link)


def test_a_site_that_moved_to_https_keeps_its_ids() -> None:
    site = Site(
        title="Report",
        url="https://report.example/",
        ids_url="http://report.example/",
        languages=["en"],
        feeds=[FeedRule(path="latest")],
    )
    article = Article(
        language="en", title="First snow", url="https://report.example/en/snow/", published=MOMENT
    )
    (entry,) = Newsroom(site, [article]).feed("latest").entries
    assert (entry.id, entry.url) == ("http://report.example/en/snow/", "https://report.example/en/snow/")
