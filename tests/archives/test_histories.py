"""Laws of archives: whatever happens to articles in the course of time, a client finds each of them exactly once.

A history is a sequence of builds, each at a later moment than the one before, and of what editors did in between.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archives.walking import BASE, Page, Subscriber, documents, page_of, walked

from newsfeed import Article, FeedRule, Newsroom, Site

pytestmark = pytest.mark.slow

FORMATS = ("rss", "atom", "json")
START = datetime(2025, 1, 30, 20, tzinfo=UTC)


class Deed(NamedTuple):
    """What an editor does: at that time, to that article."""

    #: Hours after the deed before.
    hours: int
    #: `publish`, `announce` for in three days, `correct` or `withdraw`.
    verb: str
    #: Which of the articles that there are.
    which: int


class Build(NamedTuple):
    """What was published at a moment."""

    #: The titles of live articles by their ids.
    live: dict[str, str]
    documents: dict[str, bytes]


deeds = st.builds(
    Deed,
    hours=st.sampled_from([0, 1, 20, 24 * 7, 24 * 40]),
    verb=st.sampled_from(["publish", "publish", "publish", "announce", "correct", "withdraw"]),
    which=st.integers(0, 10),
)
histories = st.lists(st.lists(deeds, max_size=6), min_size=2, max_size=6)
rules = st.builds(
    FeedRule,
    path=st.just("all"),
    archive=st.sampled_from(["day", "month", "year"]),
    limit=st.integers(1, 3),
    formats=st.just(FORMATS),
)


def builds(history: list[list[Deed]], rule: FeedRule) -> Iterator[Build]:
    site = Site(
        title="Report",
        url="https://report.example/",
        languages=["en"],
        timezone="Asia/Baku",
        feeds=[rule],
    )
    articles: list[Article] = []
    now = START
    for deeds_before in history:
        for deed in deeds_before:
            now += timedelta(hours=deed.hours)
            _do(deed, articles, now)
        live = {
            str(article.url): article.title
            for article in articles
            if article.published <= now and not article.withdrawn
        }
        yield Build(live, documents(Newsroom(site, articles, as_of=now)))


def _do(deed: Deed, articles: list[Article], now: datetime) -> None:
    number = len(articles)
    place = deed.which % number if number else 0
    if deed.verb in {"publish", "announce"} or not number:
        published = now + timedelta(days=3) if deed.verb == "announce" else now
        address = f"https://report.example/{number}"
        articles.append(Article(language="en", title=f"Article {number}", url=address, published=published))
        return
    article = articles[place]
    title = f"{article.title}, corrected" if deed.verb == "correct" else article.title
    articles[place] = Article(
        language="en",
        title=title,
        url=article.url,
        published=article.published,
        withdrawn=article.withdrawn or deed.verb == "withdraw",
    )


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40)
@given(history=histories, rule=rules)
def test_a_walk_finds_every_live_article_in_its_last_version(
    form: str, history: list[list[Deed]], rule: FeedRule
) -> None:
    for build in builds(history, rule):
        found: dict[str, str] = {}
        archived: list[str] = []
        for address, page in walked(build.documents.__getitem__, f"{BASE}all.{form}"):
            found |= page.entries
            archived += page.entries if "/archive/" in address else []
        assert found == build.live
        assert len(set(archived)) == len(archived), "an article stands in two archives"


@settings(max_examples=60)
@given(history=histories, rule=rules)
def test_an_archive_changes_only_with_its_articles(history: list[list[Deed]], rule: FeedRule) -> None:
    """But for the link to the archive that comes after the newest."""
    before: dict[str, bytes] = {}
    for build in builds(history, rule):
        archives = {
            address: document for address, document in build.documents.items() if "/archive/" in address
        }
        assert before.keys() <= archives.keys()
        for address, document in before.items():
            old, new = page_of(document), page_of(archives[address])
            if old.entries == new.entries and ("next-archive" in old.links or old.links == new.links):
                assert archives[address] == document
            assert old.links.items() <= new.links.items()
        before = archives


@settings(max_examples=60)
@given(
    history=histories, rule=rules, form=st.sampled_from(FORMATS), polls=st.lists(st.booleans(), min_size=6)
)
def test_a_subscriber_misses_nothing(
    history: list[list[Deed]], rule: FeedRule, form: str, polls: list[bool]
) -> None:
    """However seldom it polls, and although it fetches no archive twice."""
    subscriber = Subscriber(f"{BASE}all.{form}")
    polled = dict(enumerate(polls))
    *earlier, last = builds(history, rule)
    for number, build in enumerate(earlier):
        if polled[number]:
            subscriber.poll(build.documents)
    subscriber.poll(last.documents)
    assert last.live.keys() <= subscriber.entries.keys()


@settings(max_examples=60)
@given(history=histories, rule=rules)
def test_links_lead_to_what_is_there_and_back(history: list[list[Deed]], rule: FeedRule) -> None:
    for build in builds(history, rule):
        pages = {address: page_of(document) for address, document in build.documents.items()}
        for address, page in pages.items():
            assert {url for rel, url in page.links.items() if rel != "alternate"} <= pages.keys()
            _leads_back(address, page, pages)


def _leads_back(address: str, page: Page, pages: dict[str, Page]) -> None:
    assert page.links["self"] == address
    if "next-archive" in page.links:
        assert pages[page.links["next-archive"]].links["prev-archive"] == address
    if "current" in page.links:
        assert "archive" in page.marks
        assert not pages[page.links["current"]].marks
