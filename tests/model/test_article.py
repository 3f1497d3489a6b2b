"""Article, Person, Media, Source: what must hold, for objects made in Python as for records from files."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from newsfeed import Article, InvalidRecord, Media, Person, Source

Make = Callable[..., Any]
NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "language": "en",
    "title": "Snow",
    "url": "https://report.example/en/snow",
    "published": NOON,
}


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("title", "", "title: it is empty. Write a headline, a summary or content."),
        ("title", " \n\x00", "title: it is empty. Write a headline, a summary or content."),
        ("title", "\u200b\ufeff\u00a0", "title: it is empty. Write a headline, a summary or content."),
        ("title", 5, 'title: 5 is a number. Write text: "5".'),
        ("language", "english", "language: "),
        ("language", "az_AZ", "language: "),
        ("url", "/en/snow", "url: "),
        ("url", "javascript:alert(1)", "url: "),
        ("published", "2025-12-19", "published: "),
        ("published", datetime(2025, 12, 19), "published: "),  # noqa: DTZ001 - a naive moment is the point
        ("published", datetime.max.replace(tzinfo=UTC).replace(tzinfo=None), "published: "),
        ("categories", "media", "categories: 'media' is text. Write a list, [\"media\"]."),
        ("categories", ["media", 5], 'categories[1]: 5 is a number. Write text: "5".'),
        ("flags", ["Photo"], "flags[0]: 'Photo' isn't known. Did you mean 'photo'?"),
        ("media", [{"url": "a.jpg"}], "media[0].url: "),
        ("media", [{"url": "https://a]example/a.jpg"}], "media[0].url: "),
        (
            "media",
            [{"url": "https://a.example/a.jpg", "width": -1}],
            "media[0].width: -1 isn't a whole number of 0 or more",
        ),
        (
            "media",
            [{"url": "https://a.example/a.jpg", "type": "JPEG picture"}],
            "media[0].type: 'JPEG picture' isn't a media type",
        ),
        (
            "media",
            [{"url": "https://a.example/a.jpg", "duration": True}],
            "media[0].duration: true isn't a number",
        ),
        (
            "authors",
            ["Leyla"],
            'authors[0]: \'Leyla\' is text. Write { name = "Leyla" }, or in JSON {"name": "Leyla"}.',
        ),
        ("authors", [{"nmae": "Leyla"}], "authors[0].nmae: there is no such key. Did you mean 'name'?"),
        (
            "authors",
            [{"name": "Leyla", "email": "leyla"}],
            "authors[0].email: 'leyla' isn't an e-mail address",
        ),
        (
            "authors",
            [{"name": "Ə", "email": "ə@a.example"}],
            "authors[0].email: 'ə@a.example' isn't an e-mail",
        ),
        ("authors", [{"name": "A, B", "email": "a,b@a.example"}], "authors[0].email: 'a,b@a.example' isn't"),
        ("source", {"title": "Paper"}, "source.url: it is missing. Add it to the source."),
        ("withdrawn", "no", "withdrawn: 'no' is text. Write false, without quotes."),
        ("extra", [1], "extra: [1] is a list. Write a table, { key = value }."),
    ],
)
def test_what_is_refused(field: str, value: object, problem: str) -> None:
    with pytest.raises(InvalidRecord) as made:
        Article(**GOOD | {field: value})
    assert problem in str(made.value)
    with pytest.raises(InvalidRecord) as read:
        Article.from_mapping(GOOD | {field: value})
    assert str(read.value) == str(made.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidRecord) as refused:
        Article.from_mapping(
            {"titel": "Snow", "language": "x", "published": NOON, "authors": [{}, {"name": ""}]}
        )
    assert [problem.field for problem in refused.value.problems] == [
        "titel",
        "language",
        "authors[0].name",
        "authors[1].name",
        "title",
        "url",
    ]


@pytest.mark.parametrize("record", ["text", 5, None, ["list"]])
def test_a_record_is_a_mapping(record: object) -> None:
    with pytest.raises(InvalidRecord, match="Write { language = "):
        Article.from_mapping(record)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("language", "EN-us", "en-US"),
        ("categories", ["a", "b", "a"], ("a", "b")),
        ("topics", ["  media   cooperation "], ("media cooperation",)),
        ("summary", "  ", None),
        ("content", "", None),
        ("story", None, None),
        ("extra", {"seo": [1, 2]}, {"seo": [1, 2]}),
        (
            "media",
            [{"url": "https://a.example/a.jpg"}],
            (Media(url="https://a.example/a.jpg", type="image/jpeg"),),
        ),
        ("authors", [{"name": "Leyla"}], (Person(name="Leyla"),)),
        ("source", {"url": "https://a.example/", "title": None}, Source(url="https://a.example/")),
    ],
)
def test_the_form_that_is_kept(field: str, value: object, kept: object) -> None:
    assert getattr(Article(**GOOD | {field: value}), field) == kept


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("https://a.example/a.JPEG", "image/jpeg"),
        ("https://a.example/a.mp4?x=.png", "video/mp4"),
        ("https://a.example/a", "application/octet-stream"),
        ("https://a.example/a.xyz", "application/octet-stream"),
    ],
)
def test_a_media_type_left_out_is_told_from_the_address(address: str, media_type: str) -> None:
    assert Media(url=address).type == media_type


class TestAddress:
    def test_an_http_id_is_the_url(self) -> None:
        values = GOOD | {"id": "https://report.example/1", "url": None}
        assert Article(**values).url == "https://report.example/1"

    def test_an_http_id_that_is_no_address_is_refused_as_id(self) -> None:
        with pytest.raises(InvalidRecord, match="id: 'https://' has no host"):
            Article(**GOOD | {"id": "https://", "url": None})

    @pytest.mark.parametrize("name", [None, "urn:test:1", "12"])
    def test_without_either_it_is_refused(self, name: str | None) -> None:
        with pytest.raises(InvalidRecord) as caught:
            Article(**GOOD | {"id": name, "url": None})
        about_id = ", and the id isn't a web address" if name else ""
        assert str(caught.value) == (
            f"Article: url: it is missing{about_id}. Add the address of the article's page."
        )


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Article(**GOOD).title = "Rain"  # type: ignore[misc]


def test_what_was_passed_in_is_not_kept() -> None:
    extra, topics = {"a": 1}, ["Snow"]
    article = Article(**GOOD, extra=extra, topics=topics)
    extra["b"] = 2
    topics.append("Rain")
    assert (article.extra, article.topics) == ({"a": 1}, ("Snow",))


def test_a_replaced_value_is_checked_as_well() -> None:
    with pytest.raises(InvalidRecord):
        msgspec.structs.replace(Article(**GOOD), title="")


def test_a_size_of_nothing_is_none() -> None:
    media = Media(url="https://a.example/a.jpg", length=0, width=0, height=0, duration=0)
    assert (media.length, media.width, media.height, media.duration) == (None, None, None, 0)
    assert media == Media(url="https://a.example/a.jpg", duration=0)
