"""Reading what a stranger wrote: bounded, safe, and told by its place."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.check import check_document
from newsfeed.check import documents as documents_room
from newsfeed.check.documents import read_document
from newsfeed.check.json_reading import read_json
from newsfeed.check.xml_reading import DEEPEST, Unreadable, read_xml

MOMENT = datetime(2025, 12, 20, tzinfo=UTC)
LAUGHS = b"<!DOCTYPE rss [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in check_document(data, name="a", as_of=MOMENT)]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(LAUGHS + b"]><rss>&j;</rss>", "NF203", id="a billion laughs"),
        pytest.param(
            b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>", "NF203", id="a file"
        ),
        pytest.param(
            b"<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://a.example/'> %x;]><r/>", "NF203", id="a parameter"
        ),
        pytest.param(b"<r>" * 100_000, "NF205", id="deep XML"),
        pytest.param(b"[" * 100_000, "NF205", id="deep JSON"),
        pytest.param(b"", "NF201", id="nothing"),
        pytest.param(b"\xff\xfe\x00", "NF201", id="half a character"),
        pytest.param(b'{"title": "\xff"}', "NF202", id="JSON that isn't UTF-8"),
        pytest.param(b'<?xml version="1.0" encoding="klingon"?><r/>', "NF202", id="an encoding that is none"),
        pytest.param(b"{]", "NF201", id="broken JSON"),
        pytest.param(b"{} {}", "NF201", id="two values"),
    ],
)
def test_a_hostile_file_is_a_finding(data: bytes, found: str) -> None:
    assert codes(data) == [found]


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_room, "LARGEST", 10)
    assert codes(b"<rss version='2.0'/>") == ["NF205"]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_checked(data: bytes) -> None:
    assert isinstance(codes(data), list)


@given(st.text(alphabet="<>/rs channeltiemg=\"'2.0 &;!-[]{}:,0", max_size=80))
def test_anything_like_a_feed_can_be_checked(text: str) -> None:
    assert isinstance(codes(text.encode()), list)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<rss version='2.0'/>", "rss"),
        (b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'/>", "atom"),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "atom"),
        (b" {}", "json"),
        (b"<opml version='2.0'/>", "opml"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "sitemap"),
        (b"<feed/>", "xml"),
        (b"<", "unread"),
    ],
)
def test_the_kind_of_a_document(data: bytes, kind: str) -> None:
    assert read_document(data, name="a", as_of=MOMENT).kind == kind


def test_elements_know_their_place() -> None:
    root = read_xml(
        b"<rss>\n <channel>\n  <item/><item><m:x xmlns:m='u:m' m:y='1'/></item>\n </channel>\n</rss>"
    ).root
    assert root is not None
    places = [(element.path, element.line, element.column) for element in root.walk()]
    assert places == [
        ("rss", 1, 1),
        ("channel", 2, 2),
        ("item[1]", 3, 3),
        ("item[2]", 3, 10),
        ("item[2]/m:x", 3, 16),
    ]


def test_the_column_counts_characters() -> None:
    root = read_xml("<r><t>qış</t><u/></r>".encode()).root
    assert root is not None
    assert [element.column for element in root] == [4, 14]


def test_values_of_json_know_their_place() -> None:
    value = read_json(b'{\n "items": [\n  {"id": "a", "id": "b"}, null, true, -1.5e3]}')
    items = value.members["items"].items
    assert [(item.path, item.line, item.column, item.value) for item in items] == [
        ("items[0]", 3, 3, None),
        ("items[1]", 3, 27, None),
        ("items[2]", 3, 33, True),
        ("items[3]", 3, 39, -1500.0),
    ]
    assert items[0].repeated == ["id"]


@pytest.mark.parametrize("inside", [DEEPEST - 1, DEEPEST])
def test_how_deep_elements_may_stand(inside: int) -> None:
    data = b"<r>" * inside + b"</r>" * inside
    assert read_xml(data).root is not None
    with pytest.raises(Unreadable, match="more than 256 elements"):
        read_xml(b"<r>" * (DEEPEST + 1))
