"""Arguments of the wrong type: an error that names the argument, and what to pass."""

from collections.abc import Callable
from typing import Any

import pytest

import newsfeed
from newsfeed import Extension, FeedNotFound, InvalidValue, Newsroom, Person, Site

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"topic": {"a": 1}}, "topic: {'a': 1} is a table. Write text, topic=\"…\", or a list of texts."),
        ({"flag": [None]}, 'flag: None is nothing. Write text, flag="…", or a list of texts.'),
        ({"title": 5}, 'title: 5 is a number. Write text: "…".'),
    ],
)
def test_selections(newsroom: Make, terms: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        newsroom().select(**terms)
    assert str(caught.value) == message


def test_a_path_that_is_no_text_is_not_found(newsroom: Make) -> None:
    with pytest.raises(FeedNotFound, match="no feed 5 is planned"):
        newsroom().feed(5)


def test_a_year_may_be_a_number(newsroom: Make, article: Make) -> None:
    room = newsroom(article("snow"))
    assert len(room.select(year=2025).entries) == len(room.select(year="2025").entries) == 1


def test_nothing_asked_for_is_everything(newsroom: Make, article: Make) -> None:
    assert len(newsroom(article("snow")).select(topic="", flag=(), author=None).entries) == 1


def test_newsrooms() -> None:
    with pytest.raises(InvalidValue, match=r"^site: .*\. Pass a newsfeed\.Site\.$"):
        Newsroom("x", [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("extensions", "message"),
    [
        (["geo"], r"^extensions\[0\]: .*\. Pass a newsfeed\.Extension\.$"),
        (
            Extension(name="geo"),
            r"^extensions: this is one extension, not a list\. Put it into brackets: \[extension\]\.$",
        ),
    ],
)
def test_extensions(site: Make, extensions: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        Newsroom(site(), [], extensions=extensions)


def test_what_an_extension_calls() -> None:
    with pytest.raises(InvalidValue, match=r"^entry: .*\. Pass a function\.$"):
        Extension(name="geo", entry="x")  # type: ignore[arg-type]


@pytest.mark.parametrize("record", [Person, Site, newsfeed.FeedRule, newsfeed.Category, newsfeed.Media])
def test_records_take_keywords_only(record: type) -> None:
    with pytest.raises(TypeError):
        record("x")
