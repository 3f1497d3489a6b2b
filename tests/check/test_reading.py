"""Reading what a stranger wrote: bounded, safe, and told by its place."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.check import check_document
from newsfeed.check import documents as documents_room
from newsfeed.check import json_reading as json_room
from newsfeed.check import xml_reading as xml_room
from newsfeed.check.definitions import MAX_PROBLEMS
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
        pytest.param(
            b"<!DOCTYPE r [<!ENTITY a '" + b"a" * 100_000 + b"'>]><r>" + b"&a;" * 100_000 + b"</r>",
            "NF203",
            id="one long entity, many times",
        ),
        pytest.param(
            b"<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r>&x;</r>", "NF204", id="a document type elsewhere"
        ),
        pytest.param(
            b"<r xmlns='" + b"u" * 100_000 + b"'>" + b"<a/>" * 100_000 + b"</r>",
            "NF205",
            id="one long namespace, many times",
        ),
        pytest.param(
            b"<!DOCTYPE r [" + b"<!ATTLIST a b CDATA 'x'>" * 1_001 + b"]><r/>",
            "NF205",
            id="a thousand declared attributes",
        ),
        pytest.param(b"<r>" * 100_000, "NF205", id="deep XML"),
        pytest.param(b"[" * 100_000, "NF205", id="deep JSON"),
        pytest.param(b'{"a":' * 100_000, "NF205", id="deep JSON objects"),
        pytest.param(b"", "NF201", id="nothing"),
        pytest.param(b"\0" * 1_000, "NF201", id="NULs"),
        pytest.param(b"<r>\0</r>", "NF201", id="a NUL"),
        pytest.param('{"a": 1}'.encode("utf-16"), "NF201", id="JSON in UTF-16"),
        pytest.param("<r/>".encode("utf-32"), "NF201", id="UTF-32"),
        pytest.param(gzip.compress(b"<r/>"), "NF202", id="gzip"),
        pytest.param(b"\xff\xfe\x00", "NF201", id="half a character"),
        pytest.param(b'{"title": "\xff"}', "NF202", id="JSON that isn't UTF-8"),
        pytest.param(b'<?xml version="1.0" encoding="klingon"?><r/>', "NF202", id="an encoding that is none"),
        pytest.param(
            b'<?xml version="1.0" encoding="unicode_escape"?><r/>', "NF202", id="an encoding of Python's own"
        ),
        pytest.param(b'<?xml version="1.0" encoding="rot13"?><r/>', "NF202", id="an encoding of no text"),
        pytest.param(
            b'<?xml version="1.0" encoding="utf-16"?><r/>', "NF202", id="UTF-8 that says it is UTF-16"
        ),
        pytest.param(b"<r>caf\xe9</r>", "NF202", id="ISO 8859-1 that doesn't say so"),
        pytest.param(
            b'<?xml version="1.0" encoding="Shift_JIS"?><r>\xff</r>',
            "NF202",
            id="a byte that isn't Shift_JIS",
        ),
        pytest.param(b"{]", "NF201", id="broken JSON"),
        pytest.param(b"{} {}", "NF201", id="two values"),
    ],
)
def test_a_hostile_file_is_a_finding(data: bytes, found: str) -> None:
    assert codes(data) == [found]


def test_the_text_of_other_encodings_is_read() -> None:
    text = '<?xml version="1.0" encoding="{}"?>\n<r>{}<t/></r>'
    for encoding, word in (
        ("GB2312", "新闻"),
        ("EUC-KR", "뉴스"),
        ("windows-1251", "Новости"),
        ("utf-16", "ə"),
    ):
        root = read_xml(text.format(encoding, word).encode(encoding)).root
        assert root is not None
        assert (root.text, next(iter(root)).column) == (word, len(word) + 4)


def test_an_undefined_entity_is_named_in_any_encoding() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?>\n<r>\n<t>\u0a0a&nbsp;</t></r>'
    (finding,) = check_document(text.encode("utf-16"), name="a", as_of=MOMENT)
    assert (str(finding.place), finding.reason) == ("a:3:5", "the entity &nbsp; isn't declared")


def test_a_byte_that_is_no_utf_8_is_told_by_its_place() -> None:
    (finding,) = check_document(b"<r>\n<t>caf\xe9</t></r>", name="a", as_of=MOMENT)
    assert (str(finding.place), finding.reason) == ("a:2:7", "the byte 0xe9 isn't UTF-8")


def test_defaults_of_a_document_type_are_not_multiplied() -> None:
    declared = b"<!DOCTYPE r [<!ATTLIST a b CDATA 'x'>]><r><a/><a b='y'/></r>"
    root = read_xml(declared).root
    assert root is not None
    assert [element.attributes for element in root] == [{}, {"b": "y"}]


@pytest.mark.parametrize("data", [b"<r a='1'><b/><b/></r>", b'{"a": [1, 2]}'])
def test_elements_and_values_are_counted(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, is_refused in ((4, False), (3, True)):
        monkeypatch.setattr(xml_room, "MOST", most)
        monkeypatch.setattr(json_room, "MOST", most)
        assert (codes(data) == ["NF205"]) is is_refused


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            b"<rss version='2.0'><channel>" + b"<item/>" * 20_000 + b"</channel></rss>", id="items of a line"
        ),
        pytest.param(b'{"items": [' + b'{"id": "x"},' * 20_000 + b"{}]}", id="JSON without line breaks"),
        pytest.param(
            b'{"items": [{"' + b"a" * 100_000 + b'": [' + b"{}," * 20_000 + b"{}]}]}", id="a long name above"
        ),
        pytest.param(
            b"<rss version='2.0' xmlns:d='http://purl.org/dc/elements/1.1/'><channel>"
            + b"<d:date/>" * 20_000
            + b"</channel></rss>",
            id="what another vocabulary says",
        ),
    ],
)
def test_time_grows_with_length_and_no_faster(data: bytes) -> None:
    start = time.process_time()
    check_document(data, name="a", as_of=MOMENT)
    assert time.process_time() - start < 5


def test_a_check_reports_a_thousand_problems_and_that_there_may_be_more() -> None:
    data = b"<rss version='2.0'><channel>" + b"<item/>" * (MAX_PROBLEMS + 5) + b"</channel></rss>"
    found = [finding for finding in check_document(data, name="a", as_of=MOMENT) if finding.code == "NF240"]
    assert len(found) == MAX_PROBLEMS + 1
    assert found[MAX_PROBLEMS - 1].reason == "title and description are both missing"
    assert found[MAX_PROBLEMS].reason == (
        "there may be more problems of this kind; only the first 1,000 are reported in full"
    )


def test_findings_can_be_written_whatever_the_file_holds() -> None:
    data = b'{"\\ud800": 1, "\\ud800": 2}'
    for finding in check_document(data, name="caf\udce9.json", as_of=MOMENT):
        assert str(finding).encode().startswith(b"caf\\udce9.json:1:")


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_room, "LARGEST", 10)
    assert codes(b"<rss version='2.0'/>") == ["NF205"]


@pytest.mark.slow
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
    with pytest.raises(Unreadable, match="nested more than 256 levels deep"):
        read_xml(b"<r>" * (DEEPEST + 1))
