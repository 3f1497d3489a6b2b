"""What all records share: right values are kept at once, and their defaults need no look."""

import pickle
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from tests.articles import articles

from newsfeed import Article, Category, Comments, FeedRule, Media, Person, Site, Source
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.profile import Profile
from newsfeed.model.record import Record

RECORDS: list[type[Record]] = [
    Article,
    ArticleSource,
    Category,
    Comments,
    FeedRule,
    Media,
    Person,
    Profile,
    Site,
    Source,
]


def test_these_are_all_records() -> None:
    assert {cls for cls in Record.__subclasses__() if cls.__module__.startswith("newsfeed.")} == {*RECORDS}


def defaults() -> Iterator[tuple[type[Record], str, object]]:
    for cls in RECORDS:
        for field in msgspec.structs.fields(cls):
            if field.default is not None and field.default is not msgspec.NODEFAULT:
                yield cls, field.name, field.default


@pytest.mark.parametrize(("cls", "field", "default"), list(defaults()))
def test_a_default_keeps_the_rule_of_its_field(cls: type[Record], field: str, default: object) -> None:
    assert repr(cls.rules[field](default)) == repr(default)


@pytest.mark.parametrize("cls", RECORDS)
def test_every_field_has_a_rule(cls: type[Record]) -> None:
    assert {*cls.rules} == {*cls.__struct_fields__}


@pytest.mark.slow
@given(articles)
def test_what_is_kept_at_once_is_what_is_kept_value_by_value(article: Article) -> None:
    values = {field: getattr(article, field) for field in article.__struct_fields__}
    with patch.object(Record, "_kept_at_once", lambda *_: None):
        assert repr(Article(**values)) == repr(article)


def test_a_right_record_is_not_looked_at_twice() -> None:
    with patch.object(Record, "problems_in", side_effect=AssertionError):
        assert Person.from_mapping({"name": "Leyla", "email": None}) == Person(name="Leyla")


def test_a_key_that_is_no_text_is_no_key() -> None:
    mapping: dict[Any, str] = {"name": "Leyla", 5: "x"}
    with pytest.raises(ValueError, match="5: there is no such key"):
        Person.from_mapping(mapping)


def test_values_known_to_be_kept_are_not_looked_at() -> None:
    media = Media(url="https://report.example/a.jpg", credit="Leyla")
    other = media.with_kept(credit="Ayan", width=640)
    assert (other.credit, other.width, other.url) == ("Ayan", 640, media.url)
    assert (media.credit, media.width) == ("Leyla", None)


def test_a_pickled_record_keeps_its_values_unchecked() -> None:
    """What was repaired may have values that an editor may not write."""
    first = Person(name="Leyla", email="leyla@report.example")
    other = first.with_kept(name="", email=None)
    for record in (first, other, first):
        copied = pickle.loads(pickle.dumps(record))  # noqa: S301 - our own
        assert copied == record
        assert copied is not record
        assert type(copied) is Person
