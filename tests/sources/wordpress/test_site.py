"""A WordPress site read through its REST API: pages, what changed, names, languages, and its bad days."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sources.wordpress.rest_site import RestSite, post, running

from newsfeed import Article, Media, Person, Site, SourceError
from newsfeed.findings import Finding
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.source_reading import articles_elsewhere
from newsfeed.sources.source_records import Unchanged

NOTE = "Nothing to do, unless it belongs in the feeds."


@pytest.fixture
def rest() -> Iterator[RestSite]:
    with running(RestSite([post(1), post(2)])) as site:
        yield site


def found_in(
    rest: RestSite, since: datetime | None = None, *, user: str = "", path: str = "", **values: Any
) -> list[object]:
    url = rest.address.replace("//", f"//{user}@" if user else "//") + path
    defaults: dict[str, Any] = {
        "title": "Report",
        "url": "https://report.example/",
        "languages": ["en"],
        "timezone": "Asia/Baku",
    }
    site = Site(**{**defaults, **values, "sources": [{"name": "cms", "kind": "wordpress", "url": url}]})
    return list(articles_elsewhere(site.sources[0], site, Path(), since))


def iter_of(rest: RestSite) -> Iterator[object]:
    source = ArticleSource(name="cms", kind="wordpress", url=rest.address)
    site = Site(title="Report", url="https://report.example/", languages=["en"])
    return iter(articles_elsewhere(source, site, Path()))


def articles_of(found: list[object]) -> list[Article]:
    return [each.article for each in found if isinstance(each, SourcedArticle)]


def test_a_post_is_an_article(rest: RestSite) -> None:
    found = found_in(rest, categories=[{"term": "siyaset"}])
    assert [str(each) for each in found if isinstance(each, Finding)] == []
    article, other = articles_of(found)
    assert (article.id, article.url) == ("https://report.example/?p=1", "https://report.example/post-1/")
    assert other.id == "https://report.example/?p=2"
    assert (article.title, article.summary, article.language) == ("Tom & Jerry’s", "In Baku", "en")
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
    assert article.updated == datetime(2025, 12, 20, 6, tzinfo=UTC)
    assert (article.categories, article.topics) == (("siyaset",), ("Qar & buz",))
    assert article.authors == (Person(name="Leyla Abbasova"),)
    assert article.content == "<p>It snowed.</p>"
    assert article.media == (
        Media(
            url="https://report.example/u/9.jpg",
            type="image/jpeg",
            length=1234,
            width=800,
            height=400,
            description="Snow",
        ),
    )


def test_all_pages_are_read_and_no_more(rest: RestSite) -> None:
    rest.posts = [post(number) for number in range(1, 251)]
    assert len(articles_of(found_in(rest))) == 250
    assert [path.rpartition("page=")[2] for path in rest.asked] == ["1", "2", "3"]


def test_a_site_that_gives_fewer_posts_on_a_page(rest: RestSite) -> None:
    rest.most_per_page = 50
    rest.posts = [post(number) for number in range(1, 26)]
    assert len(articles_of(found_in(rest))) == 25


def test_names_are_asked_for_where_nothing_is_embedded(rest: RestSite) -> None:
    rest.has_embed = False
    article, _ = articles_of(found_in(rest, categories=[{"term": "siyaset"}]))
    assert (article.categories, article.topics) == (("siyaset",), ("Qar & buz",))
    assert [each.url for each in article.media] == ["https://report.example/u/9.jpg"]
    assert article.authors == ()  # the site keeps its users to itself
    assert len(rest.asked) == 5


def test_a_sync_asks_for_what_changed_and_learns_what_is_still_there(rest: RestSite) -> None:
    rest.posts = [post(1), post(2, modified_gmt="2025-12-25T09:00:00")]
    found = found_in(rest, datetime(2025, 12, 24, 12, tzinfo=UTC))
    assert [article.id for article in articles_of(found)] == ["https://report.example/?p=2"]
    assert [each for each in found if isinstance(each, Unchanged)] == [
        Unchanged("https://report.example/?p=1")
    ]
    assert "modified_after=2025-12-24T12%3A00%3A00Z" in rest.asked[0]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"status": "draft"}, "it's a draft"),
        ({"status": "private"}, "it's private"),
        ({"content": {"rendered": "", "protected": True}}, "it has a password"),
    ],
)
def test_what_is_not_public_is_noted(rest: RestSite, values: dict[str, Any], why: str) -> None:
    rest.posts = [post(1, **values)]
    assert [str(each) for each in found_in(rest)] == [f"cms, record 1: NF108 {why}. {NOTE}"]


def test_languages_of_polylang_and_of_addresses(rest: RestSite) -> None:
    rest.posts = [
        post(1, lang="en", translations={"en": 1, "az": 2}),
        post(2, lang="az", translations={"en": 1, "az": 2}),
        post(3, link="https://report.example/az/post-3/"),
    ]
    found = articles_of(found_in(rest, languages=["en", "az"]))
    assert [(article.language, article.story) for article in found] == [
        ("en", "post-1"),
        ("az", "post-1"),
        ("az", None),
    ]


def test_wpml_is_asked_for_each_language(rest: RestSite) -> None:
    rest.namespaces += ["wpml/v1"]
    rest.posts = [post(1, _lang="en"), post(2, _lang="az", wpml_translations=[{"locale": "en_US", "id": 1}])]
    found = articles_of(found_in(rest, languages=["en", "az"]))
    assert [(article.language, article.story) for article in found] == [("en", None), ("az", "post-1")]


@pytest.mark.parametrize("path", ["", "/", "/wp-json", "/wp-json/wp/v2/posts?per_page=5"])
def test_the_address_may_be_that_of_the_api(rest: RestSite, path: str) -> None:
    assert len(articles_of(found_in(rest, path=path))) == 2


def test_a_site_without_permalinks(rest: RestSite) -> None:
    rest.has_permalinks = False
    assert len(articles_of(found_in(rest))) == 2
    assert rest.asked[1].startswith("/?rest_route=%2Fwp%2Fv2%2Fposts")


def test_credentials_are_sent_and_never_shown(rest: RestSite) -> None:
    assert len(articles_of(found_in(rest, user="leyla:s3cret"))) == 2
    assert rest.authorizations == ["Basic bGV5bGE6czNjcmV0"]
    rest.bad_answers = [(401, b"{}", {})]
    with pytest.raises(SourceError) as told:
        found_in(rest, user="leyla:s3cret")
    assert str(told.value) == (
        f"cms: {rest.address}/wp-json/wp/v2/posts answered 401. Check the user and the password in its url."
    )


def test_a_busy_site_is_asked_again(rest: RestSite) -> None:
    rest.bad_answers = [(503, b"", {"Retry-After": "1"}), (429, b"", {})]
    assert len(articles_of(found_in(rest))) == 2


def test_warnings_of_php_before_the_posts_are_passed_over(rest: RestSite) -> None:
    said = b'<br />\n<b>Deprecated</b>: strpos() in x.php on line 1<br />\n[{"id": 7, "link": "https://report.example/7/", '
    said += b'"date_gmt": "2025-12-19T14:24:00", "title": {"rendered": "Snow"}, "_embedded": {}}]'
    rest.bad_answers = [(200, said, {"X-WP-TotalPages": "1"})]
    assert [article.title for article in articles_of(found_in(rest))] == ["Snow"]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (
            200,
            b"<!DOCTYPE html><html>Log in",
            "answered with an HTML page, not with data. Check its url, and whether it needs a login.",
        ),
        (200, b"[{", "answered 200 with something that isn't JSON: '[{'. {check}"),
        (200, b"", "answered 200 with something that isn't JSON: ''. {check}"),
        (
            200,
            b'{"code": "rest_disabled", "message": "Only for members"}',
            "answered: 'Only for members'. {check}",
        ),
        (200, b'"posts"', "answered with text in place of a list of posts. {check}"),
        (403, b"{}", "answered 403. Check whether its url may be read by programs."),
    ],
)
def test_a_bad_answer_names_the_source_and_the_address(
    rest: RestSite, status: int, body: bytes, said: str
) -> None:
    rest.bad_answers = [(status, body, {})]
    with pytest.raises(SourceError) as told:
        found_in(rest)
    check = "Check its url, and that a browser shows JSON at /wp-json/wp/v2/posts below it."
    address = rest.address if "{check}" in said else f"{rest.address}/wp-json/wp/v2/posts"
    assert str(told.value) == f"cms: {address} {said.replace('{check}', check)}"


def test_a_bad_page_in_the_middle_stops_the_reading(rest: RestSite) -> None:
    rest.posts = [post(number) for number in range(1, 251)]
    found = iter_of(rest)
    for _ in range(100):
        next(found)
    rest.bad_answers = [(500, b"", {})]
    with pytest.raises(
        SourceError,
        match=r"^cms: http://127\.0\.0\.1:\d+/wp-json/wp/v2/posts answered 500\. Try again later\.$",
    ):
        next(found)


@pytest.mark.parametrize("pages", ["9" * 5_000, "², ³", "-1", "", "99999"])
def test_a_count_of_pages_that_is_no_help(pages: str, rest: RestSite) -> None:
    rest.posts = [post(number) for number in range(1, 111)]
    rest.more_headers = {"X-WP-TotalPages": pages}
    assert len(articles_of(found_in(rest))) == 110


def test_a_server_that_gives_the_same_page_again_and_again(rest: RestSite) -> None:
    _, page, _ = rest.answer("/wp-json/wp/v2/posts", {"_embed": "author"})
    rest.bad_answers = [(200, json.dumps(page).encode(), {"X-WP-TotalPages": "1000"})] * 3
    assert len(articles_of(found_in(rest))) == 2
    assert len(rest.bad_answers) == 1


def test_only_a_page_after_the_last_one_is_the_end(rest: RestSite) -> None:
    rest.posts = [post(number) for number in range(1, 251)]
    reading = iter_of(rest)
    for _ in range(100):
        next(reading)
    rest.bad_answers = [(400, b'{"code": "rest_invalid_param", "message": "Invalid parameter(s): lang"}', {})]
    with pytest.raises(SourceError) as told:
        next(reading)
    assert str(told.value) == (
        f"cms: {rest.address} answered: 'Invalid parameter(s): lang'."
        " Check its url, and that a browser shows JSON at /wp-json/wp/v2/posts below it."
    )
