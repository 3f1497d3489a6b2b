"""Feeds of rules with `access` aren't for everybody: no shared cache keeps them, and other sites' scripts can't read them."""

from pathlib import Path

import pytest
from tests.conftest import make_article, make_newsroom, make_site
from tests.web.conftest import asking

from newsfeed import FeedRule, Newsroom
from newsfeed.web import precompress
from newsfeed.web.documents import Documents
from newsfeed.web.folder import PublishedFolder
from newsfeed.web.live import LiveNewsroom

RULES = [
    FeedRule(path="{language}/all", archive="month"),
    FeedRule(path="members/{language}", access=["members"], archive="month"),
    FeedRule(path="app/{language}", access=["members"], listed=True, paths={"rss": "old/{language}.xml"}),
    FeedRule(path="desk", listed=False),
]
PRIVATE = [
    "members/en.rss",
    "members/en.atom",
    "members/en/archive/2025-11.atom",
    "app/en.json",
    "old/en.xml",
]
PUBLIC = ["en/all.rss", "en/all/archive/2025-11.atom", "desk.rss", "feeds.opml"]


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    november = make_article("rain", published=make_article().published.replace(month=11))
    return make_newsroom(
        make_article(access="members", content="<p>x</p>"), november, site=make_site(feeds=RULES)
    )


@pytest.fixture(scope="module", params=["folder", "live"])
def documents(
    request: pytest.FixtureRequest, newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> Documents:
    if request.param == "live":
        return LiveNewsroom(lambda: newsroom)
    folder: Path = tmp_path_factory.mktemp("public")
    newsroom.publish(folder)
    precompress(folder)
    return PublishedFolder(folder)


@pytest.mark.parametrize("path", PRIVATE)
def test_a_feed_for_members(path: str, documents: Documents) -> None:
    ask = asking(documents)
    answer = ask(f"/{path}", origin="https://other.example")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "private, max-age=300")
    assert not {name for name in answer.headers if name.startswith("Access-Control")}
    again = ask(f"/{path}", if_none_match=answer.headers["ETag"])
    assert (again.status, again.headers["Cache-Control"]) == (304, "private, max-age=300")
    always = asking(documents, max_age=0)(f"/{path}")
    assert always.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", PUBLIC)
def test_a_feed_for_everybody(path: str, documents: Documents) -> None:
    answer = asking(documents)(f"/{path}")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=300")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_origin_that_is_named_may_read_it(documents: Documents) -> None:
    ask = asking(documents, origins=("https://report.example",))
    answer = ask("/members/en.rss", origin="https://report.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "https://report.example"


def test_a_file_that_is_compressed_is_as_private(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.publish(tmp_path)
    precompress(tmp_path)
    compressed = sorted(
        file.relative_to(tmp_path).as_posix() for file in (tmp_path / "members").glob("en.rss.*")
    )
    assert compressed
    for path in compressed:
        answer = asking(PublishedFolder(tmp_path))(f"/{path}")
        assert answer.headers["Cache-Control"] == "private, max-age=300"


def test_a_rule_that_is_for_everybody_again(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.publish(tmp_path)
    ask = asking(PublishedFolder(tmp_path))
    assert ask("/members/en.rss").headers["Cache-Control"] == "private, max-age=300"
    rules = [RULES[0], FeedRule(path="members/{language}")]
    make_newsroom(make_article(), site=make_site(feeds=rules)).publish(tmp_path, accept_loss=True)
    assert ask("/members/en.rss").headers["Cache-Control"] == "public, max-age=300"
