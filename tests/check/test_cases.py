"""Each check has two files: one that passes it, and one that fails it and states what is reported.

A file that fails a check ends with a comment: `<!-- Expect:` and a line for each finding, exactly as the command prints
it without the file's name. In JSON, the lines are the member `_expect`. (Comments can't contain two hyphens in a row, so
a space separates them.)
If the address that the file is fetched from matters, a comment states it: `Served from: https://…`. So does a comment
with a partner's requirements, on a line of its own: `Profile: {"name": "partner", "max_title": 20}`; and one with what the server says: `Response: {"headers": {…}}`.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsfeed.check import CHECKS, check_document
from newsfeed.check.http import HttpResponse, Redirect
from newsfeed.check.reports import text_line
from newsfeed.model.profile import Profile

CASES = Path(__file__).parent / "cases"
MOMENT = datetime(2025, 12, 20, 12, 0, tzinfo=UTC)
EXPECTED = re.compile(r"<!-- Expect:\n(.*?)\n-->", re.DOTALL)
EXPECTED_IN_JSON = re.compile(r'"_expect": \[\n(.*?)\n  \]', re.DOTALL)
SERVED_FROM = re.compile(rb"Served from: (\S+)")
RESPONSE = re.compile(r"Response: (\{.*\})")
PROFILE = re.compile(r'Profile: (\{.*\})|"_profile": (\{.*\}),')


def found_in(file: Path) -> list[str]:
    """What the command prints about a file, without its name."""
    data = file.read_bytes()
    served = SERVED_FROM.search(data)
    address = served[1].decode() if served else ""
    asked = PROFILE.search(data.decode("utf-8", "replace"))
    profile = Profile.from_mapping(json.loads(asked[1] or asked[2])) if asked else None
    said = RESPONSE.search(data.decode("utf-8", "replace"))
    response = response_of(**json.loads(said[1])) if said else None
    found = check_document(
        data, name=file.name, as_of=MOMENT, address=address, profile=profile, response=response
    )
    return [text_line(finding, f"{finding.place.line}:{finding.place.column}") for finding in found]


def response_of(
    headers: dict[str, str], *, redirects: list[list[Any]] | None = None, is_revalidated: bool | None = True
) -> HttpResponse:
    steps = tuple(Redirect(*step) for step in redirects or [])
    return HttpResponse(headers, steps, is_revalidated)


def expected_in(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8", errors="replace")
    if found := EXPECTED_IN_JSON.search(text):
        return list(json.loads(f"[{found[1]}]"))
    found = EXPECTED.search(text)
    assert found is not None, "the file doesn't say what it expects"
    return found[1].splitlines()


def files(kind: str) -> list[Path]:
    return sorted(CASES.glob(f"*.{kind}.*"))


@pytest.mark.parametrize("file", files("good"), ids=lambda file: file.name)
def test_a_good_file_has_no_findings(file: Path) -> None:
    assert found_in(file) == []


@pytest.mark.parametrize("file", files("bad"), ids=lambda file: file.name)
def test_a_bad_file_is_reported_word_for_word(file: Path) -> None:
    found = found_in(file)
    assert [line.replace("--", "- -") for line in found] == [
        line.replace("--", "- -") for line in expected_in(file)
    ]
    assert file.name.partition(".")[0] in {line.split()[0] for line in found}


@pytest.mark.parametrize("code", CHECKS)
def test_each_check_has_a_file_that_passes_and_one_that_fails(code: str) -> None:
    names = {file.name.split(".")[1] for file in CASES.glob(f"{code}.*")}
    assert names == {"good", "bad"}
