"""`check`, given any bytes: it says what is wrong with them, at places that exist, in every form of report."""

import json
from datetime import UTC, datetime

from newsfeed.check import CHECKS, check_document
from newsfeed.check.reports import github_line, json_report, sarif_report, text_line
from newsfeed.findings import Finding

__all__ = ["check"]

_MOMENT = datetime(2025, 12, 20, 12, 0, tzinfo=UTC)
_NAME = "public/a b,c:\n%41é\\.rss"
_ADDRESS = "https://report.example/feeds/all.rss"


def check(data: bytes) -> None:
    """Check a document, and hold what is said of it against the bytes."""
    findings = check_document(data, name=_NAME, as_of=_MOMENT, address=_ADDRESS)
    # UTF-16 writes a line break in these bytes, too
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for finding in findings:
        rule = CHECKS[finding.code]
        assert finding.severity == rule.severity
        assert finding.place.file == _NAME
        assert 1 <= finding.place.line <= lines
        assert 1 <= finding.place.column <= len(data) + 1
        assert finding.reason
        _check_lines(finding)
    assert len(json.loads(json_report(findings, checked=1))["findings"]) == len(findings)
    assert len(json.loads(sarif_report(findings))["runs"][0]["results"]) == len(findings)


def _check_lines(finding: Finding) -> None:
    for line in (text_line(finding), github_line(finding)):
        assert not {"\n", "\r", "\x1b"} & set(line)
        line.encode()
