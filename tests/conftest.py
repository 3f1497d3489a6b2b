"""Newsrooms to test with: every value has a default, so that a test names only what it is about."""

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from newsfeed import Article, Category, Newsroom, Site

NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).parent.parent

# The same examples on every day and on every machine, however busy it is. Others, and twice as many:
# pytest --hypothesis-profile=random
settings.register_profile(
    "newsfeed",
    derandomize=True,
    max_examples=50,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("random", settings.get_profile("newsfeed"), derandomize=False, max_examples=100)
settings.load_profile("newsfeed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files of tests/example anew"
    )


def pytest_configure() -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]  # tests talk to this machine only
    # A shell starts background jobs with SIGINT ignored, and what they start inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def make_site(**values: Any) -> Site:
    defaults: dict[str, Any] = {
        "title": "Report",
        "url": "https://report.example/",
        "languages": ["en", "az"],
        "timezone": "Asia/Baku",
        "categories": [
            Category(term="politics", label={"en": "Politics", "az": "Siyasət"}),
            Category(term="media", label={"en": "Media", "az": "Media"}),
        ],
    }
    return Site(**defaults | values)


def make_article(name: str = "snow", **values: Any) -> Article:
    language = values.get("language", "en")
    defaults: dict[str, Any] = {
        "language": language,
        "title": f"About {name}",
        "url": f"https://report.example/{language}/{name}",
        "published": NOON,
    }
    return Article(**defaults | values)


def make_newsroom(*articles: Article, site: Site | None = None, **values: Any) -> Newsroom:
    later = NOON.replace(day=20)
    return Newsroom(site or make_site(), articles, **{"as_of": later} | values)


@pytest.fixture
def site() -> Callable[..., Site]:
    return make_site


@pytest.fixture
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture
def newsroom() -> Callable[..., Newsroom]:
    return make_newsroom


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def example() -> Path:
    return ROOT / "examples" / "report"
