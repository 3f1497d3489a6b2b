"""What is mended in an article, and the warning for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from newsfeed import Media, Person, Source

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("given", "field", "kept", "warning"),
    [
        pytest.param(
            {"title": "Snow\x08 in\ufffe Baku"},
            "title",
            "Snow in Baku",
            "NF111 title: XML can't carry U+0008, U+FFFE; removed",
            id="characters that XML forbids",
        ),
        pytest.param(
            {"media": [Media(url="https://report.example/a.jpg", credit="A\x00B")]},
            "media",
            (Media(url="https://report.example/a.jpg", credit="AB"),),
            "NF111 media[0].credit: XML can't carry U+0000; removed",
            id="characters inside a file's credit",
        ),
        pytest.param(
            {"authors": [Person(name="Leyla\x01")]},
            "authors",
            (Person(name="Leyla"),),
            "NF111 authors[0].name: XML can't carry U+0001; removed",
            id="characters inside a name",
        ),
        pytest.param(
            {"extra": {"seo": ["a\ud83d", {"b": "c"}]}},
            "extra",
            {"seo": ["a", {"b": "c"}]},
            "NF111 extra.seo[0]: XML can't carry U+D83D; removed",
            id="characters inside the site's own data",
        ),
        pytest.param(
            {"categories": ["media", "medai"]},
            "categories",
            ("media",),
            "NF113 categories[1]: 'medai' isn't one of the site's categories; removed from the article. "
            "Define it in newsroom.toml under [[categories]], or did you mean 'media'?",
            id="an unknown category",
        ),
        pytest.param(
            {"topics": ["Snow", "  "]},
            "topics",
            ("Snow",),
            "NF114 topics[1]: the topic is blank",
            id="a blank topic",
        ),
        pytest.param(
            {"id": "статья 5"},
            "id",
            "https://report.example/ids/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F%205",
            "NF115 id: 'статья 5' isn't a URI in ASCII; published as https://report.example/ids/%D1%81",
            id="an id that is no URI",
        ),
        pytest.param(
            {"id": "urn:uuid:123"},
            "id",
            "https://report.example/ids/urn%3Auuid%3A123",
            "NF115 id: 'urn:uuid:123' isn't a UUID (urn:uuid: and 36 characters); published as "
            "https://report.example/ids/urn%3Auuid%3A123. Write that id to stop this warning; it will stay the same.",
            id="an id that is no UUID",
        ),
        pytest.param(
            {"id": " https://report.example/1\n"},
            "id",
            "https://report.example/1",
            r"NF115 id: ' https://report.example/1\n' isn't a URI in ASCII; published as https://report.example/1. ",
            id="an id with white space around it",
        ),
        pytest.param(
            {"id": "javascript:alert(1)"},
            "id",
            "https://report.example/ids/javascript%3Aalert%281%29",
            "NF115 id: 'javascript:alert(1)' would run as a script in a browser; published as https://report.example/ids/",
            id="an id that is a script",
        ),
    ],
)
def test_repairs(
    given: dict[str, Any], field: str, kept: object, warning: str, newsroom: Make, article: Make
) -> None:
    room = newsroom(article(**given))
    assert getattr(room.articles[0], field) == kept
    assert [finding.severity for finding in room.findings] == ["warning"]
    name = str(given.get("id", "https://report.example/en/snow")).strip()
    assert str(room.findings[0]).startswith(f'article 1 ("{name}"): {warning}')


def test_updated_before_published_is_read_as_published(newsroom: Make, article: Make, noon: datetime) -> None:
    room = newsroom(article(updated=noon - timedelta(hours=1)))
    assert room.articles[0].updated == noon
    assert "NF112 updated: 2025-12-19T11:00:00Z is before published, 2025-12-19T12:00:00Z" in str(
        room.findings[0]
    )


@pytest.mark.parametrize(
    "text",
    ["]]>", "<b>&amp;</b>", "\u202eabc\u202c", "👩\u200d👩\u200d👧", "b\u2028c", "tab\tand\nline"],
)
def test_what_xml_can_carry_is_left_alone(text: str, newsroom: Make, site: Make, article: Make) -> None:
    room = newsroom(article(title=text, topics=[], summary=text), site=site(plain_texts=True))
    assert (room.articles[0].title, room.articles[0].summary, room.findings) == (text, text, ())


def test_a_control_that_was_a_quotation_mark_is_read_as_one(newsroom: Make, article: Make) -> None:
    room = newsroom(article(title="\x93Snow\x94"))
    assert room.articles[0].title == "“Snow”"
    assert [str(finding).partition("NF111 ")[2] for finding in room.findings] == [
        "title: the text has control characters, U+0093, U+0094; read as windows-1252, as browsers do. Decode the source with the encoding it was written in."
    ]


@pytest.mark.parametrize(
    "kept", ["urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "tag:report.example,2025:1", "x:1"]
)
def test_an_id_that_is_a_uri_stays_for_ever(kept: str, newsroom: Make, article: Make) -> None:
    room = newsroom(article(id=kept))
    assert (room.articles[0].id, room.findings) == (kept, ())


@pytest.mark.parametrize(
    ("url", "minted"),
    [
        ("https://report.example/en/snow", "https://old.example/en/snow"),
        ("https://report.example/az/qış", "https://old.example/az/q%C4%B1%C5%9F"),
        ("https://other.example/snow", "https://other.example/snow"),
    ],
)
def test_an_article_without_an_id_gets_one_under_ids_url(
    url: str, minted: str, newsroom: Make, site: Make, article: Make
) -> None:
    room = newsroom(article(url=url), site=site(ids_url="https://old.example"))
    assert (room.articles[0].id, room.findings) == (minted, ())


@pytest.mark.parametrize(("derive", "flags"), [(False, ("live",)), (True, ("live", "photo", "audio"))])
def test_flags_come_from_media_where_the_site_says_so(
    derive: bool, flags: tuple[str, ...], newsroom: Make, site: Make, article: Make
) -> None:
    media = [Media(url="https://report.example/a.mp3"), Media(url="https://report.example/a.jpg")]
    room = newsroom(article(flags=["live"], media=media), site=site(derive_flags=derive))
    assert room.articles[0].flags == flags


def test_two_halves_of_a_character_are_joined(newsroom: Make, article: Make) -> None:
    room = newsroom(article(title="Snow \ud83d\ude00"))
    assert (room.articles[0].title, room.findings) == ("Snow 😀", ())


def test_a_topic_of_which_only_space_is_left_is_blank(newsroom: Make, article: Make) -> None:
    room = newsroom(article(topics=["\x01 \x02", "S\x01now"]))
    assert room.articles[0].topics == ("Snow",)
    assert [finding.code for finding in room.findings] == ["NF111", "NF111", "NF114"]


def test_html_in_short_texts_is_made_plain(newsroom: Make, article: Make, site: Make) -> None:
    values = {
        "topics": ["R&amp;B", "R&B", "<b>Oil</b>", "C++ <vector>"],
        "rights": "&copy; Report",
        "authors": [Person(name="Leyla &amp; Co")],
        "source": Source(url="https://wire.example/", title="<em>Wire</em>"),
        "media": [Media(url="https://report.example/a.jpg", credit="A &amp; B", description="<p>Snow.</p>")],
    }
    room = newsroom(article(**values))
    row = room.articles[0]
    assert row.topics == ("R&B", "Oil", "C++ <vector>")
    assert (row.rights, row.authors[0].name, row.source.title) == ("© Report", "Leyla & Co", "Wire")
    assert (row.media[0].credit, row.media[0].description) == ("A & B", "Snow.")
    assert [(finding.code, finding.field) for finding in room.findings] == [
        ("NF119", "topics[0]"),
        ("NF119", "topics[2]"),
        ("NF119", "rights"),
        ("NF119", "authors[0].name"),
        ("NF119", "source.title"),
        ("NF119", "media[0].credit"),
        ("NF119", "media[0].description"),
    ]
    assert str(room.findings[0].reason) == "it contains '&amp;'; published as plain text, 'R&B'"
    as_written = newsroom(article(**values), site=site(plain_texts=True))
    assert (as_written.articles[0].topics[0], as_written.findings) == ("R&amp;B", ())


HTML = "Write plain text; if your site writes about HTML, set plain_texts = true in newsroom.toml."


@pytest.mark.parametrize(
    ("given", "kept", "warnings"),
    [
        pytest.param(
            {"title": "The <em>Titanic</em> &amp; more", "summary": "<p>Text. [&hellip;]</p>\n"},
            ("The Titanic & more", "Text. …"),
            [
                f"title: it contains '<em>'; published as plain text, 'The Titanic & more'. {HTML}",
                f"summary: it contains '<p>'; published as plain text, 'Text. …'. {HTML}",
            ],
            id="a title and a summary",
        ),
        pytest.param(
            {"title": "Tom &#038; Jerry", "summary": "Words [&hellip;]"},
            ("Tom & Jerry", "Words …"),
            [
                f"title: it contains '&#038;'; published as plain text, 'Tom & Jerry'. {HTML}",
                f"summary: it contains '&hellip;'; published as plain text, 'Words …'. {HTML}",
            ],
            id="references to characters",
        ),
        pytest.param(
            {"summary": "Words [...]"},
            ("About snow", "Words …"),
            [f"summary: it contains '[...]'; published as plain text, 'Words …'. {HTML}"],
            id="the mark of an excerpt",
        ),
        pytest.param(
            {"title": "<img src='a.jpg'>", "summary": "<p></p><img src='a.jpg'>"},
            ("<img src='a.jpg'>", None),
            [
                f"title: it contains \"<img src='a.jpg'>\"; published unchanged, because nothing would be left of it. {HTML}",
                f"summary: it contains '<p>'; left out. {HTML}",
            ],
            id="no words",
        ),
        pytest.param(
            {"title": "a < b, AT&T and the <b> element", "summary": "I <3 it [video]"},
            ("a < b, AT&T and the <b> element", "I <3 it [video]"),
            [],
            id="what only looks like HTML",
        ),
    ],
)
def test_titles_and_summaries_become_plain(
    given: dict[str, Any], kept: tuple[str, str | None], warnings: list[str], newsroom: Make, article: Make
) -> None:
    room = newsroom(article(**given))
    assert (room.articles[0].title, room.articles[0].summary) == kept
    assert [str(finding) for finding in room.findings] == [
        f'article 1 ("https://report.example/en/snow"): NF119 {warning}' for warning in warnings
    ]


@pytest.mark.parametrize("key", [17, "17"])
def test_a_whole_number_is_a_usual_id(key: int | str, newsroom: Make, article: Make) -> None:
    room = newsroom(article(id=key))
    assert room.findings == ()
    assert room.latest("en").entries[0].id == "https://report.example/ids/17"
