"""What a bad value costs: itself, as long as the article can do without it."""

from collections.abc import Callable
from typing import Any

import pytest

from newsfeed import Media, Person, Source
from newsfeed.findings import Place
from newsfeed.sources.records import read_record

Make = Callable[..., Any]

PLACE = Place(file="a.jsonl", line=7)
PICTURE = "https://report.example/a.jpg"


def told(values: dict[str, Any], site: Make) -> tuple[Any, list[str]]:
    article, findings = read_record(values, place=PLACE, site=site())
    assert {finding.severity for finding in findings} <= ({"error"} if article is None else {"warning"})
    return article, [str(finding).removeprefix("a.jsonl:7: ") for finding in findings]


@pytest.mark.parametrize(
    ("written", "kept", "said"),
    [
        pytest.param(
            {"rights": 5.5},
            {"rights": None},
            'rights: 5.5 is a number, so it is left out. Write text: "5.5".',
            id="rights",
        ),
        pytest.param(
            {"summary": ["Snow", "Rain"]},
            {"summary": None},
            "summary: ['Snow', 'Rain'] is a list, so it is left out. Write text: \"…\".",
            id="a summary of the wrong type",
        ),
        pytest.param(
            {"updated": "yesterday"},
            {"updated": None},
            "updated: can't read 'yesterday' as a date",
            id="updated",
        ),
        pytest.param(
            {"media": [{"url": "data:image/png;base64,AA=="}, {"url": PICTURE}]},
            {"media": (Media(url=PICTURE),)},
            "media[0].url: 'data:image/png;base64,AA==' isn't a web address, so the file is left out. "
            "Write one that begins with https:// or http://.",
            id="a file without an address on the web",
        ),
        pytest.param(
            {"media": ["a picture", {"url": PICTURE}]},
            {"media": (Media(url=PICTURE),)},
            "media[0]: 'a picture' is text, so it is left out. Write { url = \"…\" }",
            id="a file that is no table",
        ),
        pytest.param(
            {"media": [{"url": PICTURE, "width": "wide"}]},
            {"media": (Media(url=PICTURE),)},
            "media[0].width: 'wide' isn't a whole number of 0 or more, so it is left out. Write one, such as 20.",
            id="a width",
        ),
        pytest.param(
            {"media": True},
            {"media": ()},
            "media: it is true, which isn't a value for this key, so it is left out. Write a list, ",
            id="media that is no list",
        ),
        pytest.param(
            {"authors": [{"name": "Leyla", "email": "leyla"}]},
            {"authors": (Person(name="Leyla"),)},
            "authors[0].email: 'leyla' isn't an e-mail address, so it is left out. ",
            id="an e-mail address",
        ),
        pytest.param(
            {"authors": [{"name": "Leyla", "url": "javascript:x"}]},
            {"authors": (Person(name="Leyla"),)},
            "authors[0].url: 'javascript:x' isn't a web address, so it is left out. ",
            id="the address of an author",
        ),
        pytest.param(
            {"authors": [{"name": " "}, {"name": "Leyla"}, None]},
            {"authors": (Person(name="Leyla"),)},
            "authors[0].name: it is empty, so the author is left out. Write some text.",
            id="an author without a name",
        ),
        pytest.param(
            {"source": {"title": "Paper"}},
            {"source": None},
            "source.url: it is missing, so the source is left out. Add it to the source.",
            id="a source without an address",
        ),
        pytest.param(
            {"source": {"url": "https://paper.example/", "title": 5}},
            {"source": Source(url="https://paper.example/")},
            'source.title: 5 is a number, so it is left out. Write text: "5".',
            id="the title of a source",
        ),
        pytest.param(
            {"source": "Paper"},
            {"source": None},
            "source: 'Paper' is text, so it is left out. Write { url = \"…\" }",
            id="a source that is no table",
        ),
        pytest.param(
            {"topics": ["Snow", 5.5, "Baku"]},
            {"topics": ("Snow", "Baku")},
            'topics[1]: 5.5 is a number, so it is left out. Write text: "5.5".',
            id="a topic",
        ),
        pytest.param(
            {"categories": ["media", " "]},
            {"categories": ("media",)},
            "categories[1]: it is empty, so it is left out. Write some text.",
            id="a category",
        ),
        pytest.param(
            {"flags": ["foto", "live"]},
            {"flags": ("live",)},
            "flags[0]: 'foto' isn't known, so it is left out. ",
            id="a flag",
        ),
        pytest.param(
            {"extra": {"a.b": float("nan"), "c": 1}},
            {"extra": {"c": 1}},
            "extra.a.b: nan isn't a number that JSON can hold, so it is left out. Write another one.",
            id="data of the site",
        ),
        pytest.param(
            {"extra": [1]},
            {"extra": {}},
            "extra: [1] is a list, so it is left out. ",
            id="data that are no table",
        ),
        pytest.param(
            {"id": " ", "story": 2.5},
            {"id": None, "story": None},
            "id: it is empty, so it is left out. Write some text.",
            id="an id that shows nothing",
        ),
    ],
)
def test_a_bad_value_costs_itself(
    written: dict[str, Any], kept: dict[str, Any], said: str, site: Make, record: Make
) -> None:
    article, findings = told(record(**written), site)
    assert {field: getattr(article, field) for field in kept} == kept
    assert findings[0].startswith(f"NF151 {said}")
    assert article.title == "About snow"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"language": 5}, "NF102 language: "),
        ({"title": " "}, "NF102 title: it is empty. Write a headline, a summary or content."),
        ({"title": ...}, "NF102 title: it is missing. Write a headline, a summary or content."),
        ({"published": "soon"}, "NF102 published: "),
        ({"url": "/en/snow"}, "NF102 url: '/en/snow' isn't a full address. "),
        ({"url": ..., "id": "https://"}, "NF102 id: 'https://' has no host. "),
        ({"url": ..., "id": "urn:x:1"}, "NF102 url: it is missing, and the id isn't a web address. "),
        (
            {"withdrawn": "maybe"},
            "NF107 withdrawn: 'maybe' is text, so the article may be withdrawn. Write true or false.",
        ),
        (
            {"expires": "18:24"},
            "NF107 expires: '18:24' isn't a complete date with day, month and year, so the article's time may be over. ",
        ),
    ],
)
def test_what_an_article_needs_leaves_it_out(
    written: dict[str, Any], said: str, site: Make, record: Make
) -> None:
    article, findings = told(record(**written), site)
    assert article is None
    assert [finding.startswith(said) for finding in findings] == [True]


def test_an_unknown_key_is_ignored(site: Make, record: Make) -> None:
    picture = {"url": PICTURE, "widht": 5}
    article, findings = told(record(layout="post", media=[picture], source={"url": PICTURE, "x": 1}), site)
    assert (article.media, article.source) == ((Media(url=PICTURE),), Source(url=PICTURE))
    assert [finding.partition(". ")[0] for finding in findings] == [
        "NF152 layout: there is no such key, so it is ignored",
        "NF152 media[0].widht: there is no such key, so it is ignored",
        "NF152 source.x: there is no such key, so it is ignored",
    ]
    assert "Did you mean 'width'?" in findings[1]


def test_an_unknown_key_beside_a_missing_field_is_told_as_well(site: Make, record: Make) -> None:
    article, findings = told(record(title=..., titel="Snow"), site)
    assert article is None
    assert findings == [
        "NF102 titel: there is no such key. Did you mean 'title'?",
        "NF102 title: it is missing. Write a headline, a summary or content.",
    ]


@pytest.mark.parametrize("key", ["titel", "tittle", "titles"])
def test_a_note_is_not_made_of_an_article_whose_title_has_another_key(
    key: str, site: Make, record: Make
) -> None:
    article, findings = told(record(title=..., content="<p>Snow</p>", **{key: "Snow"}), site)
    assert article is None
    assert findings[-1] == f"NF102 title: it is missing, and {key!r} may be it. Rename {key!r} to title."


def test_a_bad_rendition_costs_itself(site: Make, record: Make) -> None:
    renditions = [
        {"url": f"{PICTURE}?1", "quality": "high"},
        {"type": "image/png"},
        {"url": f"{PICTURE}?2", "width": -1},
    ]
    article, findings = told(record(media=[{"url": PICTURE, "renditions": renditions}]), site)
    (file,) = article.media
    assert [rendition.url for rendition in file.renditions] == [f"{PICTURE}?1"]
    assert [finding.partition(". ")[0] for finding in findings] == [
        "NF152 media[0].renditions[0].quality: there is no such key, so it is ignored",
        "NF151 media[0].renditions[1].url: it is missing, so the rendition is left out",
        "NF151 media[0].renditions[2].width: -1 isn't a whole number of 0 or more, so the rendition is left out",
    ]


def test_comments_without_an_address_are_left_out(site: Make, record: Make) -> None:
    article, findings = told(record(comments={"count": 3}), site)
    assert article.comments is None
    assert findings == [
        "NF151 comments.url: it is missing, so the link to comments is left out. Add it to the comments."
    ]


def test_a_note_with_other_unknown_keys_is_a_note(site: Make, record: Make) -> None:
    article, findings = told(record(title=..., content="<p>Snow</p>", layout="note"), site)
    assert (article.title, article.content) == ("", "<p>Snow</p>")
    assert [finding[:5] for finding in findings] == ["NF152"]


NOT_PUBLIC = [
    ("withdrawed", True),
    ("Withdrawn", 1),
    ("expire", "2020-01-01"),
    ("expires_at", "2020-01-01"),
    ("expiryDate", "2020-01-01"),
    ("embargo", "2030-01-01T00:00:00Z"),
    ("embargoed", "yes"),
    ("unpublish_date", "2020-01-01"),
    ("valid-until", "2020-01-01"),
    ("draft", True),
    ("isDraft", 1),
    ("status", "draft"),
    ("post_status", "future"),
    ("visibility", "private"),
    ("deleted_at", "2020-01-01"),
    ("is_published", False),
    ("public", "no"),
]


@pytest.mark.parametrize(("key", "value"), NOT_PUBLIC)
def test_a_key_that_may_say_that_an_article_is_not_public_leaves_it_out(
    key: str, value: object, site: Make, record: Make
) -> None:
    article, findings = told(record(**{key: value}), site)
    assert article is None
    reason = "this key is unknown, and it may mean that the article isn't public"
    remedy = "Use withdrawn, expires, access or a later published instead, and remove this key."
    assert findings == [f"NF107 {key}: {reason}. {remedy}"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("withdrawed", False),
        ("expire", ""),
        ("draft", False),
        ("draft", "false"),
        ("hidden", 0),
        ("deleted_at", None),
        ("status", "publish"),
        ("post_status", "Published"),
        ("is_published", True),
        ("visibility", "public"),
        ("type", "post"),
        ("comment_count", 0),
        ("experience", "long"),
        ("layout", "draft-like"),
    ],
)
def test_a_key_that_says_that_an_article_is_public_costs_nothing(
    key: str, value: object, site: Make, record: Make
) -> None:
    article, findings = told(record(**{key: value}), site)
    assert article is not None
    assert [finding.startswith(f"NF152 {key}: ") for finding in findings] == (
        [True] if value is not None else []
    )


@pytest.mark.parametrize(("written", "kept"), [(0, False), (1, True)])
def test_databases_say_0_and_1_for_false_and_true(written: int, kept: bool, site: Make, record: Make) -> None:
    assert told(record(withdrawn=written), site)[0].withdrawn is kept


def test_a_number_as_an_id_is_its_digits(site: Make, record: Make) -> None:
    article, findings = told(record(id=4711, story=17), site)
    assert (article.id, article.story, findings) == ("4711", "17", [])


PAGE = "https://report.example/en/snow"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("/media/a.jpg", "https://report.example/media/a.jpg"),
        ("a.jpg", "https://report.example/en/a.jpg"),
        ("../a b.jpg", "https://report.example/a%20b.jpg"),
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        (f"\n  {PICTURE}\n", PICTURE),
        ("https://report.example/qış.jpg ", "https://report.example/qış.jpg"),
        ("\u00a0/a.jpg", "https://report.example/a.jpg"),
        ("https://report.example/a\n.jpg", PICTURE),
    ],
)
@pytest.mark.parametrize("field", ["media", "authors"])
def test_an_address_that_a_browser_would_understand_is_made_whole(
    field: str, written: str, whole: str, site: Make, record: Make
) -> None:
    item = {"media": {"url": written}, "authors": {"name": "Leyla", "url": written}}[field]
    article, findings = told(record(**{field: [item]}), site)
    assert getattr(article, field)[0].url == whole
    done = (
        "has white space around it, which was removed"
        if whole == written.strip()
        else "is a relative address, and was resolved against the article's page"
    )
    assert findings == [f"NF150 {field}[0].url: it {done}. Write the full address and nothing else."]


def test_a_relative_address_is_meant_from_the_page_however_that_is_written(site: Make, record: Make) -> None:
    for page in ({"url": f" {PAGE}\n"}, {"url": ..., "id": PAGE}, {"url": "//report.example/en/snow"}):
        article, findings = told(record(**page, media=[{"url": "a.jpg"}]), site)
        assert (article.url, article.media[0].url) == (PAGE, "https://report.example/en/a.jpg")
        assert {finding[:5] for finding in findings} == {"NF150"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ({"url": f"{PAGE}\r\n"}, {"url": PAGE}),
        ({"url": ..., "id": f" {PAGE} "}, {"url": PAGE, "id": PAGE}),
        ({"source": {"url": "https://paper.example/1\n"}}, {"source": Source(url="https://paper.example/1")}),
        ({"source": {"url": "//paper.example/1"}}, {"source": Source(url="https://paper.example/1")}),
    ],
)
def test_white_space_around_an_address_is_taken_off(
    written: dict[str, Any], kept: dict[str, Any], site: Make, record: Make
) -> None:
    article, findings = told(record(**written), site)
    assert {field: getattr(article, field) for field in kept} == kept
    assert [finding[:5] for finding in findings] == ["NF150"]


@pytest.mark.parametrize(
    "address", ["", " ", "#top", "www.report.example/a.jpg", "javascript:x", "http://", "//"]
)
def test_what_is_no_address_is_not_guessed(address: str, site: Make, record: Make) -> None:
    article, findings = told(record(media=[{"url": address}, {"url": PICTURE}]), site)
    assert article.media == (Media(url=PICTURE),)
    assert [finding.partition(" is ")[0].split(":")[0] for finding in findings] == ["NF151 media[0].url"]


def test_a_source_is_not_on_the_site_itself(site: Make, record: Make) -> None:
    article, findings = told(record(source={"url": "/en/other"}), site)
    assert article.source is None
    assert findings[0].startswith(
        "NF151 source.url: '/en/other' isn't a full address, so the source is left out. "
    )


@pytest.mark.parametrize(("wrong", "told_of"), [(99, 99), (100, 100), (101, 101), (102, 101)])
def test_at_most_a_hundred_problems_are_told(wrong: int, told_of: int, site: Make, record: Make) -> None:
    assert len(told(record(topics=[5.5] * wrong), site)[1]) == told_of


@pytest.mark.slow
def test_very_many_problems_are_told_of_once(site: Make, record: Make) -> None:
    article, findings = told(record(media=[{"url": PICTURE}, *[{"url": ""}] * 8000, {"url": PICTURE}]), site)
    assert article.media == (Media(url=PICTURE), Media(url=PICTURE))
    assert len(findings) == 101
    assert findings[-1] == (
        "NF151 more than 100 values are wrong; these are the first. Fix them, and build again."
    )


@pytest.mark.slow
def test_very_many_unknown_keys_take_no_time(site: Make, record: Make) -> None:
    article, findings = told(record(**{f"key {number}": number for number in range(20_000)}), site)
    assert article is not None
    assert len(findings) == 101


@pytest.mark.slow
def test_the_longest_lists_are_cut_before_they_are_checked(site: Make) -> None:
    media = [{"url": f"/{number}.jpg"} for number in range(40_000)]
    values = {
        "language": "en",
        "title": "Snow",
        "url": "https://report.example/snow",
        "published": "2025-12-19T18:24:00Z",
        "media": media,
        "authors": [{"name": "Leyla", "email": "leyla"}] * 40_000,
    }
    article, findings = told(values, site)
    assert (len(article.media), len(article.authors)) == (10_000, 2_500)  # of which repairs keep the first
    assert findings[-2:] == [
        "NF142 media: it has 40,000 items; the first 10,000 are read. Write fewer.",
        "NF142 authors: it has 40,000 items; the first 2,500 are read. Write fewer.",
    ]
