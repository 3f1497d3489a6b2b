"""Reading what a stranger wrote: bounded, safe, and told by its place."""

import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.check import check_document
from newsfeed.check import documents as documents_room
from newsfeed.check import json_reading as json_room
from newsfeed.check import xml_reading as xml_room
from newsfeed.check.checker import feeds_in
from newsfeed.check.definitions import MAX_PROBLEMS
from newsfeed.check.documents import read_document
from newsfeed.check.json_reading import read_json
from newsfeed.check.reports import text_line
from newsfeed.check.unreadable import Unreadable
from newsfeed.check.xml_reading import DEEPEST, read_xml

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
        pytest.param(gzip.compress(b"<r/>"), "NF202", id="gzip"),
        pytest.param(b"\xff\xfe\x00", "NF202", id="half a character"),
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


FEED = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    "<title>Qış é</title><link>https://report.example/</link><description>News</description>"
    '<atom:link rel="self" href="https://report.example/all.rss"/></channel></rss>'
)
LATIN = FEED.replace("ış", "is")


def declaring(encoding: str, feed: str = FEED) -> str:
    return feed.replace("utf-8", encoding)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(FEED.encode("utf-8-sig"), [], id="UTF-8 with a mark"),
        pytest.param(declaring("utf-16").encode("utf-16"), [], id="UTF-16"),
        pytest.param(
            declaring("utf-16").encode("utf-16-le"),
            ["NF202 it is UTF-16 without a byte order mark"],
            id="UTF-16 without a mark",
        ),
        pytest.param(
            declaring("utf-32").encode("utf-32"), ["NF209 few readers know the encoding utf-32"], id="UTF-32"
        ),
        pytest.param(
            declaring("iso-8859-1").encode("utf-8-sig"),
            ["NF202 it begins with the byte order mark of UTF-8, but declares iso-8859-1"],
            id="a mark beside another declaration",
        ),
        pytest.param(
            FEED.encode("utf-16"),
            ["NF202 it begins with the byte order mark of UTF-16, but declares utf-8"],
            id="UTF-16 that says it is UTF-8",
        ),
        pytest.param(
            declaring("us-ascii").encode(),
            ["NF202 it declares us-ascii, but contains characters in UTF-8"],
            id="UTF-8 that says it is ASCII",
        ),
        pytest.param(
            declaring("us-ascii", LATIN).encode("latin-1"),
            ["NF202 the byte 0xe9 isn't us-ascii"],
            id="Latin-1 that says it is ASCII",
        ),
        pytest.param(declaring("utf8").encode(), ["NF209 few readers know the encoding utf8"], id="utf8"),
        pytest.param(
            declaring("latin1", LATIN).encode("latin-1"),
            ["NF209 few readers know the encoding latin1"],
            id="latin1",
        ),
    ],
)
def test_encodings(data: bytes, found: list[str]) -> None:
    findings = check_document(data, name="a", as_of=MOMENT)
    assert [f"{finding.code} {finding.reason}" for finding in findings] == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "NF201 a:1:1 it is empty. Find out why the program that writes the feed wrote nothing."),
        (
            "\n<?xml version='1.0'?><rss/>",
            (
                "NF201 a:2:1 white space, such as a blank line, comes before <?xml. Remove what comes before it; in WordPress, "
                "it is a blank line before <?php or after ?> in wp-config.php, functions.php or a plugin."
            ),
        ),
        (
            "<br />\n<b>Warning</b>: x <?xml version='1.0'?><rss/>",
            (
                "NF201 a:2:1 it begins with '<br />', and <?xml comes only after it. Find out what the program that writes "
                "the feed printed instead of it."
            ),
        ),
        (
            "<!DOCTYPE html>\n<html><body>",
            (
                "NF207 a:1:1 this is an HTML page, not a feed. Use the feed's own address; a page in its place is often an "
                "error, a login, or a site that moved."
            ),
        ),
        (
            "<rss>\n<item><title>R&D</title>",
            "NF201 a:2:17 a & doesn't begin a character reference. Write &amp; for each & in texts and addresses.",
        ),
        (
            "<rss>\n<item><title>One</item>",
            (
                "NF201 a:2:19 </item> doesn't close <title>, which begins on line 2. Close each element before the one "
                "around it; escape HTML, or put it into CDATA."
            ),
        ),
        (
            "<rss>\n<item>",
            (
                "NF201 a:2:7 it ends inside <item>, which begins on line 2. Write the whole feed into the file before it is "
                "read; look for the end that is missing."
            ),
        ),
        (
            "<rss/>hello",
            "NF201 a:1:7 'hello' comes after the end of the feed. Remove it; a file is one feed.",
        ),
        ("<rss>\x08</rss>", "NF201 a:1:6 XML can't contain the character U+0008. Remove it."),
        (
            "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
            (
                "NF207 a:1:1 r:RDF: this is RSS 1.0 or older, which isn't checked. Check it with another program, or publish "
                "RSS 2.0 or Atom, which all readers know."
            ),
        ),
        (
            "<feed/>",
            'NF207 a:1:1 feed: feed has no namespace. Write <feed xmlns="http://www.w3.org/2005/Atom">.',
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(text: str, said: str) -> None:
    (finding,) = check_document(text.encode(), name="a", as_of=MOMENT)
    assert text_line(finding).replace(f" {finding.severity}", "", 1) == said


def test_feeds_in_a_folder_are_found_by_what_they_are(tmp_path: Path) -> None:
    comment = f"<!-- {'a long comment ' * 500} -->"
    files = {
        "utf-16.xml": FEED.replace("utf-8", "utf-16").encode("utf-16"),
        "late.xml": FEED.replace("<rss", f"{comment}<rss").encode(),
        "blog/feed": FEED.encode(),
        "blog/rss/index.html": FEED.encode(),
        "index.html": b"<!DOCTYPE html><html><pre>&lt;rss></pre><p><rss></html>",
        "about.html": FEED.encode(),
        "README": b"Write <rss version='2.0'> first.",
        "data.json": b'{"items": []}',
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = [file.relative_to(tmp_path).as_posix() for file in feeds_in(tmp_path)]
    assert found == ["blog/feed", "blog/rss/index.html", "late.xml", "utf-16.xml"]
