"""Each check has two files: one that passes it, and one that fails it and states where.

A file that fails a check lists the places in a comment, `<!-- Expect: 4:5, 7:3 -->`, or, in JSON, in a member,
`"_expect": "4:5"`. It fails no other checks except those listed after `also`. If the address that the file is fetched
from matters, a comment states it: `Served from: https://…`. So does a comment with a partner's requirements, on a line
of its own: `Profile: {"name": "partner", "max_title": 20}`.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsfeed.check import CHECKS, check_document
from newsfeed.model.profile import Profile

CASES = Path(__file__).parent / "cases"
MOMENT = datetime(2025, 12, 20, 12, 0, tzinfo=UTC)
EXPECTED = re.compile(r'expect"?: "?([0-9:, ]+)(?:also ([NF0-9, ]+))?', re.IGNORECASE)


SERVED_FROM = re.compile(rb"Served from: (\S+)")
PROFILE = re.compile(r'Profile: (\{.*\})|"_profile": (\{.*\}),')


def found_in(file: Path) -> list[tuple[str, str]]:
    data = file.read_bytes()
    served = SERVED_FROM.search(data)
    address = served[1].decode() if served else ""
    asked = PROFILE.search(data.decode("utf-8", "replace"))
    profile = Profile.from_mapping(json.loads(asked[1] or asked[2])) if asked else None
    found = check_document(data, name=file.name, as_of=MOMENT, address=address, profile=profile)
    return [(finding.code, f"{finding.place.line}:{finding.place.column}") for finding in found]


def files(kind: str) -> list[Path]:
    return sorted(CASES.glob(f"*.{kind}.*"))


@pytest.mark.parametrize("file", files("good"), ids=lambda file: file.name)
def test_a_good_file_has_no_findings(file: Path) -> None:
    assert found_in(file) == []


@pytest.mark.slow
@pytest.mark.parametrize("file", files("bad"), ids=lambda file: file.name)
def test_a_bad_file_is_reported_where_it_fails(file: Path) -> None:
    code = file.name.partition(".")[0]
    expected = EXPECTED.search(file.read_text(encoding="utf-8", errors="replace"))
    assert expected is not None, "the file doesn't say what it expects"
    places, also = expected.groups()
    found = found_in(file)
    assert [place for found_code, place in found if found_code == code] == places.replace(",", " ").split()
    assert {other for other, _ in found} - {code} == set((also or "").replace(",", " ").split())


@pytest.mark.parametrize("code", CHECKS)
def test_each_check_has_a_file_that_passes_and_one_that_fails(code: str) -> None:
    names = {file.name.split(".")[1] for file in CASES.glob(f"{code}.*")}
    assert names == {"good", "bad"}
