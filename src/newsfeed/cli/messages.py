"""What the program prints on stderr: errors, and the findings of a newsroom."""

from collections.abc import Iterable

import click

from newsfeed.cli.finding_groups import FindingGroup, group_findings
from newsfeed.findings import CODES, Finding, two_sentences
from newsfeed.publish.report import Report

__all__ = ["complain", "counted", "show_changes", "show_findings", "visible", "what_happened"]

#: At most this many different findings of one code are shown; they are enough to find the cause of the rest.
_SHOWN_OF_A_CODE = 50
_OUTCOMES = {
    "error": ("left out", "red"),
    "warning": ("repaired", "yellow"),
    "note": ("not an article", "cyan"),
}
#: The outcomes for values of articles, for articles that were published before, and for documents.
_OTHER_OUTCOMES = {
    "NF151": ("ignored", "yellow"),
    "NF152": ("ignored", "yellow"),
    "NF12": ("changed", "yellow"),
    "NF13": ("shortened", "yellow"),
    "NF171": ("not translated", "yellow"),
}
#: Control characters in data never reach a terminal unescaped.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}


def complain(message: str) -> None:
    """Print what went wrong on stderr, with the program's name before each line."""
    for line in message.splitlines():
        click.echo(f"newsfeed: {visible(line)}", err=True)


def visible(text: str) -> str:
    r"""Return a text with its control characters escaped.

    >>> visible("\x1b[31m")
    '\\x1b[31m'
    """
    return text.translate(_VISIBLE)


def show_changes(report: Report) -> None:
    """List what a build would change on stdout, document by document and article by article."""
    for change in report.changes:
        for line in change.lines():
            click.echo(visible(line))
    documents = counted(len(report.changes), "document")
    click.echo(f"{documents} would change, {len(report.unchanged)} would stay the same. Nothing was written.")


def show_findings(findings: Iterable[Finding]) -> None:
    """List findings on stderr, the same ones on one line; count the rest if a code has very many."""
    groups, others = group_findings(findings, _SHOWN_OF_A_CODE)
    for group in groups:
        click.echo(_line(group), err=True)
    for code, more in others.items():
        rule = CODES[code].removesuffix(".")
        click.echo(f"… and {more:,} more of {code} ({rule}). --json lists all of them.", err=True)


def _line(group: FindingGroup) -> str:
    finding = group.first
    outcome, colour = (
        _OTHER_OUTCOMES.get(finding.code)
        or _OTHER_OUTCOMES.get(finding.code[:4])
        or _OUTCOMES[finding.severity]
    )
    place = click.style(visible(group.place), bold=True)
    subject = f"{group.field}: " if group.field else ""
    problem = visible(subject + two_sentences(finding.reason, finding.remedy))
    return f"{place}: {click.style(outcome, fg=colour)}: {problem} [{finding.code}]"


def what_happened(articles_left_out: int, repairs: int) -> str:
    """Return a summary of findings in words, or an empty text if there are none.

    >>> what_happened(1, 2), what_happened(0, 1), what_happened(0, 0)
    ('1 article left out, 2 repairs', '1 repair', '')
    """
    parts = []
    if articles_left_out:
        parts.append(f"{counted(articles_left_out, 'article')} left out")
    if repairs:
        parts.append(counted(repairs, "repair"))
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return a number and its noun.

    >>> counted(1, "file"), counted(0, "file")
    ('1 file', '0 files')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
