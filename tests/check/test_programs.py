"""Feeds as widespread programs write them: they work in every reader, so they have no errors."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsfeed.check import check_document

FEEDS = Path(__file__).parent / "programs"
MOMENT = datetime(2025, 12, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("blogger.atom", set()),
        ("drupal.rss", {"NF345"}),
        ("ghost.rss", {"NF708", "NF711"}),
        ("substack.rss", {"NF236", "NF292", "NF706", "NF708"}),
        ("wordpress.rss", set()),
    ],
)
def test_what_programs_write_has_no_errors(name: str, codes: set[str]) -> None:
    found = check_document((FEEDS / name).read_bytes(), name=name, as_of=MOMENT)
    assert {finding.code for finding in found} == codes
    assert "error" not in {finding.severity for finding in found}
