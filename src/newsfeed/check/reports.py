"""Reports of findings for people and programs: text, JSON, SARIF, and GitHub's annotations."""

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from newsfeed.check.checks import CHECKS
from newsfeed.check.definitions import Check
from newsfeed.findings import Finding, two_sentences

__all__ = ["explanation", "github_line", "json_report", "sarif_report", "text_line"]

#: Escapes for control characters, which could affect the terminal, line breaks or the text direction.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_VISIBLE |= {code: f"\\u{code:04x}" for code in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))}
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def _subject(finding: Finding) -> str:
    return f"{finding.field}: " if finding.field else ""


def text_line(finding: Finding, places: str = "") -> str:
    """Format a finding on one line: code, severity, place, what is wrong, and how to fix it.

    Args:
        finding: The finding.
        places: The places of all findings that say the same. Default: its own.

    Example:
        >>> from newsfeed import Place
        >>> place = Place(file="all.rss", line=14, column=5)
        >>> text_line(
        ...     Finding(
        ...         code="NF241", severity="warning", place=place, reason="guid is missing", remedy="add it"
        ...     )
        ... )
        'NF241 warning all.rss:14:5 guid is missing. Add it.'
    """
    problem = f"{_subject(finding)}{two_sentences(finding.reason, finding.remedy)}"
    said = f"{places or finding.place} {problem}".translate(_VISIBLE)
    return f"{finding.code} {finding.severity} {said}"


def github_line(finding: Finding) -> str:
    """Format a finding as a GitHub workflow command, which shows it beside the line.

    Example:
        >>> from newsfeed import Place
        >>> place = Place(file="all.rss", line=14, column=5)
        >>> github_line(
        ...     Finding(code="NF241", severity="warning", place=place, reason="no guid", remedy="add it")
        ... )
        '::warning file=all.rss,line=14,col=5,title=NF241::no guid. Add it.'
    """
    place = finding.place
    values = {"file": place.file, "line": place.line, "col": place.column, "title": finding.code}
    listed = ",".join(f"{name}={_escaped(str(value))}" for name, value in values.items() if value)
    said = f"{_subject(finding)}{two_sentences(finding.reason, finding.remedy)}"
    message = said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{_GITHUB[finding.severity]} {listed}::{message}"


def _escaped(text: str) -> str:
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(character, code)
    return text


def json_report(findings: Iterable[Finding], *, checked: int) -> bytes:
    """Format findings as one JSON document.

    Args:
        findings: The findings.
        checked: The number of files that were checked.
    """
    rows = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.place.file,
            "line": finding.place.line or None,
            "column": finding.place.column or None,
            "field": finding.field or None,
            "reason": finding.reason,
            "remedy": finding.remedy,
            "rule": CHECKS[finding.code].requirement,
            "specification": CHECKS[finding.code].specification,
        }
        for finding in findings
    ]
    return msgspec.json.format(msgspec.json.encode({"checked": checked, "findings": rows}), indent=2)


def sarif_report(findings: Sequence[Finding]) -> bytes:
    """Format findings as SARIF 2.1.0, which code hosts and editors read (OASIS SARIF 2.1.0 §3)."""
    codes = sorted({finding.code for finding in findings})
    run = {
        "tool": {
            "driver": {
                "name": "newsfeed",
                "version": version("newsroom-feeds"),
                "rules": [_sarif_rule(CHECKS[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, codes.index(finding.code)) for finding in findings],
    }
    report = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=2)


def _sarif_rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.code,
        "shortDescription": {"text": check.requirement},
        "fullDescription": {"text": f"{check.requirement} {check.why}"},
        "help": {"text": f"{check.fix}. See {check.specification}."},
        "defaultConfiguration": {"level": check.severity},
    }


def _sarif_result(finding: Finding, index: int) -> dict[str, Any]:
    place = finding.place
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri_of(place.file)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": place.column or 1}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": f"{_subject(finding)}{two_sentences(finding.reason, finding.remedy)}"},
        "locations": [{"physicalLocation": location}],
    }


def _uri_of(file: str) -> str:
    if file.startswith(("http://", "https://")):
        return quote(file, safe="/:?#[]@!$&'()*+,;=%-._~")
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def explanation(check: Check) -> str:
    """Explain a check: what it requires, why readers care, how to fix a feed that fails it, and the specification."""
    return (
        f"{check.code} ({check.severity}; {', '.join(check.kinds)})\n"
        f"{check.requirement}\n\n"
        f"Why: {check.why}\n"
        f"How to fix it: {check.fix}.\n"
        f"Specification: {check.specification}"
    )
