"""Findings of files with any name, holding anything, in each form of report."""

import json
from urllib.parse import urlsplit

import pytest

from newsfeed import Finding, Place
from newsfeed.check.reports import github_line, json_report, sarif_report, text_line

NASTY = 'a"\n\r\x1b[31m%0A::error::\u2028\u202e\x85🙂'


def found(file: str, reason: str = "it is wrong") -> Finding:
    place = Place(file=file, line=3, column=5)
    return Finding(code="NF221", severity="error", place=place, field="item", reason=reason, remedy="mend it")


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("public/en/all.rss", "public/en/all.rss"),
        ("a b/c:d,e%41#f?.rss", "a%20b/c%3Ad%2Ce%2541%23f%3F.rss"),
        ("qış.rss", "q%C4%B1%C5%9F.rss"),
        ("a\n.rss", "a%0A.rss"),
        ("/srv/a b.rss", "file:///srv/a%20b.rss"),
        ("-", "-"),
    ],
)
def test_a_file_in_sarif_is_a_uri(file: str, uri: str) -> None:
    (result,) = json.loads(sarif_report([found(file)]))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
    assert urlsplit(uri).scheme in {"", "file"}


def test_json_and_sarif_hold_what_was_found_to_the_letter() -> None:
    finding = found(NASTY, NASTY)
    (row,) = json.loads(json_report([finding], checked=1))["findings"]
    assert (row["file"], row["reason"]) == (NASTY, NASTY)
    (result,) = json.loads(sarif_report([finding]))["runs"][0]["results"]
    assert result["message"]["text"] == f"item: {NASTY}. Mend it."


def test_a_line_for_people_shows_controls_and_does_nothing_else_with_them() -> None:
    shown = 'a"\\x0a\\x0d\\x1b[31m%0A::error::\\u2028\\u202e\\x85🙂'
    assert text_line(found(NASTY, NASTY)) == f"NF221 error {shown}:3:5 item: {shown}. Mend it."


def test_a_command_of_github_is_one_line_and_one_command() -> None:
    line = github_line(found("a,b:\n%.rss", NASTY))
    assert line.startswith('::error file=a%2Cb%3A%0A%25.rss,line=3,col=5,title=NF221::item: a"%0A%0D')
    assert "%250A::error::" in line
    assert not {"\n", "\r"} & set(line)
