"""Pages (RFC 5005 §3) and complete feeds (§2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archives.walking import BASE, documents, page_of, walked

from newsfeed import Article, FeedRule, Newsroom, Site

Make = Callable[..., Any]

FORMATS = ("rss", "atom", "json")
RELATIONS = ("first", "previous", "next", "last")


@pytest.fixture
def room(newsroom: Make, article: Make, site: Make, noon: datetime) -> Make:
    """A newsroom of five articles, the newest of which is 1."""

    def make(**rule: Any) -> Newsroom:
        articles = [article(f"{number}", published=noon - timedelta(days=number)) for number in range(1, 6)]
        values: dict[str, Any] = {"path": "all", "limit": 2} | rule
        made: Newsroom = newsroom(*articles, site=site(feeds=[FeedRule(**values)]))
        return made

    return make


def contents(newsroom: Newsroom) -> dict[str, str]:
    """The numbers of the articles in each document."""
    return {
        path: " ".join(each.article.title.removeprefix("About ") for each in planned.carried)
        for path, planned in newsroom.plan.with_parts.items()
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"paged": True}, {"all/page/2": "3 4", "all/page/3": "5", "all": "1 2"}),
        ({"paged": 2}, {"all/page/2": "3 4", "all": "1 2"}),
        ({"paged": 1}, {"all": "1 2"}),
        ({"paged": 9, "limit": 5}, {"all": "1 2 3 4 5"}),
        ({"paged": False}, {"all": "1 2"}),
        ({"complete": True, "limit": 50}, {"all": "1 2 3 4 5"}),
    ],
)
def test_which_document_holds_what(rule: dict[str, Any], expected: dict[str, str], room: Make) -> None:
    assert contents(room(**rule)) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_links_between_pages(form: str, room: Make) -> None:
    found = {}
    for address, document in documents(room(paged=True, formats=[form])).items():
        links = page_of(document).links
        found[short(address)] = {rel: short(links[rel]) for rel in RELATIONS if rel in links}
    assert found == {
        "all": {"first": "all", "next": "all/page/2", "last": "all/page/3"},
        "all/page/2": {"first": "all", "previous": "all", "next": "all/page/3", "last": "all/page/3"},
        "all/page/3": {"first": "all", "previous": "all/page/2", "last": "all/page/3"},
    }


def short(address: str) -> str:
    return address.removeprefix(BASE).rpartition(".")[0]


@pytest.mark.parametrize("form", FORMATS)
def test_one_page_is_the_first_and_the_last(form: str, room: Make) -> None:
    links = page_of(room(paged=True, limit=5).feed("all").render(form)).links
    assert {rel: short(links[rel]) for rel in RELATIONS if rel in links} == {"first": "all", "last": "all"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_complete_feed_says_so(form: str, room: Make) -> None:
    page = page_of(room(complete=True, limit=50).feed("all").render(form))
    assert page.marks == {"complete"}
    assert page.older is None


@pytest.mark.parametrize("rule", [{}, {"paged": True}], ids=["a feed", "pages"])
def test_others_are_not_marked(rule: dict[str, Any], room: Make) -> None:
    assert {
        mark for document in documents(room(**rule)).values() for mark in page_of(document).marks
    } == set()


def test_a_page_that_is_no_more_is_removed(
    newsroom: Make, article: Make, site: Make, noon: datetime, tmp_path: Any
) -> None:
    own = site(feeds=[FeedRule(path="all", limit=1, paged=True, formats=["rss"])], discovery=False)
    articles = [article("a"), article("b", published=noon - timedelta(days=1))]
    newsroom(*articles, site=own).publish(tmp_path)
    assert newsroom(articles[0], site=own).publish(tmp_path).removed == ("all/page/2.rss",)


@pytest.mark.slow
@given(count=st.integers(0, 9), limit=st.integers(1, 4), form=st.sampled_from(FORMATS))
def test_a_walk_over_the_pages_finds_each_article_once_and_in_order(
    count: int, limit: int, form: str
) -> None:
    noon = datetime.fromisoformat("2025-12-19T12:00:00Z")
    articles = [
        Article(
            language="en",
            title=f"{number}",
            url=f"https://report.example/{number}",
            published=noon - timedelta(hours=number),
        )
        for number in range(count)
    ]
    rule = FeedRule(path="all", limit=limit, paged=True)
    site = Site(title="Report", url="https://report.example/", languages=["en"], feeds=[rule])
    published = documents(Newsroom(site, articles, as_of=noon))
    pages = [page for _, page in walked(published.__getitem__, f"{BASE}all.{form}")]
    titles = [title for page in pages for title in page.entries.values()]
    assert titles == [article.title for article in articles]
