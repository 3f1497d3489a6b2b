"""The tags for the head of a page: which feeds go with which page, in what order, and safe in HTML."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from hypothesis import given
from jinja2 import Environment
from markupsafe import Markup
from tests.articles import AS_OF, PLAIN_SITE, articles

from newsfeed import Article, Category, FeedRule, Newsroom
from newsfeed.discovery import alternate_links
from newsfeed.errors import InvalidValue

Make = Callable[..., Any]


def paths(tags: str) -> list[str]:
    """Where the feeds lie that tags name, each once, without their suffixes."""
    addresses = [dict(attributes)["href"] for _, attributes in read(tags)]
    return list(
        dict.fromkeys(
            address.removeprefix("https://report.example/feeds/").rpartition(".")[0] for address in addresses
        )
    )


def read(tags: str) -> list[tuple[str, list[tuple[str, Any]]]]:
    found: list[tuple[str, list[tuple[str, Any]]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
            found.append((tag, attrs))

    Reader().feed(tags)
    return found


@pytest.fixture
def room(newsroom: Make, article: Make) -> Newsroom:
    made: Newsroom = newsroom(
        article(
            "snow", categories=["media", "politics"], topics=["Snow", "Baku"], authors=[{"name": "Leyla"}]
        ),
        article("qar", language="az", categories=["media"], topics=["Qar"]),
    )
    return made


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ({}, ["en/all"]),
        ({"language": "az"}, ["az/all"]),
        ({"language": "AZ"}, ["az/all"]),
        ({"category": "media"}, ["en/category/media", "en/all"]),
        ({"language": "az", "category": "media"}, ["az/category/media", "az/all"]),
        ({"category": ["media", "politics"]}, ["en/category/politics", "en/category/media", "en/all"]),
        ({"topic": "Snow", "flag": "photo"}, ["en/topic/snow", "en/flag/photo", "en/all"]),
        ({"author": "Leyla"}, ["en/author/leyla", "en/all"]),
        ({"topic": "Nobody wrote of it"}, ["en/all"]),
    ],
)
def test_the_feeds_of_a_page(room: Newsroom, page: dict[str, Any], feeds: list[str]) -> None:
    assert paths(alternate_links(room.plan, **page)) == feeds


def test_a_feed_in_all_its_formats(room: Newsroom) -> None:
    tags = read(alternate_links(room.plan, language="az", category="politics"))
    assert [list(dict(attributes).items()) for _, attributes in tags[:3]] == [
        [
            ("rel", "alternate"),
            ("type", f"application/{media_type}"),
            ("hreflang", "az"),
            ("title", "Report – Siyasət"),
            ("href", f"https://report.example/feeds/az/category/politics.{suffix}"),
        ]
        for media_type, suffix in (("rss+xml", "rss"), ("atom+xml", "atom"), ("feed+json", "json"))
    ]


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ({"category": "media", "flag": "photo"}, ["en/media/photo", "en/all", "en/short", "everything"]),
        ({"category": "media"}, ["en/all", "en/short", "everything"]),
        ({"language": "az"}, ["az/all", "az/short", "everything"]),
    ],
)
def test_what_is_closest_to_the_page_comes_first(
    combined: Newsroom, page: dict[str, Any], feeds: list[str]
) -> None:
    assert paths(alternate_links(combined.plan, **page)) == feeds


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ({"language": "ru"}, "language: the site has no language 'ru'. Choose from en, az."),
        ({"category": "medi"}, "category: the site has no category 'medi'. Did you mean 'media'?"),
        ({"flag": ["photo", "vido"]}, "flag: the site has no flag 'vido'. Did you mean 'video'?"),
    ],
)
def test_what_the_site_does_not_have(room: Newsroom, page: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        alternate_links(room.plan, **page)
    assert str(caught.value) == message


def test_a_title_is_text(newsroom: Make, site: Make) -> None:
    label = """"> <script>'&amp;"""
    tags = alternate_links(
        newsroom(site=site(categories=[Category(term="a", label=label)])).plan, category="a"
    )
    assert {tag for tag, _ in read(tags)} == {"link"}
    assert dict(read(tags)[0][1])["title"] == f"Report – {label}"


def test_a_template_leaves_it_as_it_is(room: Newsroom) -> None:
    tags = alternate_links(room.plan)
    assert isinstance(tags, Markup)
    assert Environment(autoescape=True).from_string("{{ tags }}").render(tags=tags) == str(tags)


def test_a_site_without_feeds_has_no_tags(newsroom: Make, site: Make) -> None:
    room = newsroom(site=site(feeds=[FeedRule(path="latest", formats=["html"])]))
    assert alternate_links(room.plan) == ""


@pytest.mark.slow
@given(articles)
def test_whatever_a_topic_is(article: Article) -> None:
    site = msgspec.structs.replace(PLAIN_SITE, feeds=(FeedRule(path="{language}/{topic}"),))
    room = Newsroom(site, [article], as_of=AS_OF)
    topics = room.articles[0].topics
    tags = alternate_links(room.plan, language=article.language, topic=topics)
    assert [tag for tag, _ in read(tags)] == ["link"] * 3 * len(topics)
