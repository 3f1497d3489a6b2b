"""`newsfeed check`: check feeds against their specifications and what feed readers need."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from newsfeed.check import CHECKS, checker_of
from newsfeed.check.checker import Checker, bytes_of, feeds_in
from newsfeed.check.limits import LARGEST
from newsfeed.check.reports import explanation, github_line, json_report, sarif_report
from newsfeed.cli.check_lines import grouped_lines, lines_of
from newsfeed.cli.messages import complain, counted
from newsfeed.errors import InvalidValue, NewsfeedError
from newsfeed.findings import CODES, Finding, two_sentences
from newsfeed.model.profile import Profile
from newsfeed.profiles import profile_named
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["check"]

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def _explain(context: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    """Handle `--explain` before any other option."""
    if code is None or context.resilient_parsing:
        return
    known = code.upper()
    if known in CHECKS:
        click.echo(explanation(CHECKS[known]))
    elif known in CODES:
        click.echo(f"{known} (articles and newsrooms)\n{CODES[known]}")
    else:
        raise click.BadParameter(
            two_sentences(f"there is no check {code!r}", "write the code of a finding, such as NF203")
        )
    context.exit()


def _codes(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> set[str]:
    """Read codes and prefixes of codes, separated by commas."""
    codes: set[str] = set()
    for value in (part.strip().upper() for text in values for part in text.split(",")):
        meant = {code for code in CHECKS if value and code.startswith(value)}
        if not meant:
            raise click.BadParameter(
                two_sentences(
                    f"there is no check {value!r}", "write codes, or what they begin with: NF203,NF3"
                )
            )
        codes |= meant
    return codes


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed check public\n"
    "  newsfeed check public/en/all.rss --ignore NF224\n"
    "  newsfeed check https://example.com/feed\n"
    "  curl -s https://example.com/feed | newsfeed check -\n"
    "  newsfeed check public --format sarif > feeds.sarif\n"
    "  newsfeed check public/en/all.rss --profile msn\n"
    "  newsfeed check --explain NF203",
)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option(
    "--select", multiple=True, metavar="CODES", callback=_codes, help="Only these checks: NF203,NF3."
)
@click.option("--ignore", multiple=True, metavar="CODES", callback=_codes, help="All checks except these.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Text for people, one JSON document, SARIF for code hosts, or GitHub annotations.",
)
@click.option("--all", "each", is_flag=True, help="Show each finding on a line of its own.")
@click.option(
    "--served-from",
    metavar="URL",
    help="The address that the folder is served from; each feed's own link must match it.",
)
@click.option(
    "--profile",
    "partner",
    metavar="NAME",
    help="A partner whose requirements to check as well: apple-news, flipboard, google, msn, yandex, "
    "or one of the newsroom's own.",
)
@click.option("--newsroom", metavar="DIR", help="The newsroom whose newsroom.toml declares the profile.")
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Explain a check, without checking anything.",
)
def check(
    *,
    paths: tuple[str, ...],
    select: set[str],
    ignore: set[str],
    form: str,
    served_from: str | None,
    partner: str | None,
    newsroom: str | None,
    each: bool,
) -> None:
    """Check feeds: RSS, Atom, JSON Feed, OPML and news sitemaps, yours or anyone's.

    PATH is a file, a folder, - for standard input, or the address of a feed, which is fetched. Nothing else is. The
    findings of a file with the same code share a line. The exit status is 1 if there are errors or warnings. Notes point out what may well be intended, such as a very old date, and don't count.
    """
    checker = checker_of(
        served_from.rstrip("/") + "/" if served_from else "",
        as_of=datetime.now(UTC),
        codes=(select or set(CHECKS)) - ignore,
        profile=_profile(partner, newsroom) if partner is not None else None,
    )
    findings: list[Finding] = []
    checked = 0
    for path in paths:
        if path.startswith(("http://", "https://")):
            checked += 1
            findings += _of_address(checker, path)
            continue
        for inside, data, name in _documents(path):
            checked += 1
            findings += checker(inside, data, name=name)
    _show(findings, form, checked, each=each)
    if not checked:
        complain(
            f"no feeds in {', '.join(paths)}: name a file or folder with .rss, .atom, .json, .xml or .opml files"
        )
    if not checked or any(finding.severity != "note" for finding in findings):
        sys.exit(1)


def _of_address(checker: Checker, url: str) -> list[Finding]:
    try:
        return checker.of_address(url)
    except NewsfeedError as error:
        raise click.ClickException(str(error)) from None


def _profile(name: str, newsroom: str | None) -> Profile:
    site = read_site(newsroom)[0] if newsroom is not None else None
    try:
        return profile_named(name, site)
    except InvalidValue as problem:
        where = "" if newsroom else "; for a profile of a newsroom, name the newsroom with --newsroom"
        raise click.BadParameter(
            two_sentences(problem.reason, f"{problem.remedy}{where}"), param_hint="--profile"
        ) from None


def _documents(path: str) -> list[tuple[str, bytes, str]]:
    """Return each document of a path: its path in the folder, its bytes, and the name to show."""
    if path == "-":
        return [("-", sys.stdin.buffer.read(LARGEST + 1), "-")]
    top = Path(path)
    if not top.exists():
        raise click.UsageError(f"there is no file or folder {path}")
    folder = top if top.is_dir() else top.parent
    return [
        (file.relative_to(folder).as_posix(), bytes_of(file), click.format_filename(file))
        for file in feeds_in(top)
    ]


def _show(findings: list[Finding], form: str, checked: int, *, each: bool) -> None:
    if form == "json":
        click.echo(json_report(findings, checked=checked))
    elif form == "sarif":
        click.echo(sarif_report(findings))
    elif form == "github":
        for finding in findings:
            click.echo(github_line(finding))
    else:
        lines = list(lines_of(findings) if each else grouped_lines(findings))
        for severity, line in lines:
            click.echo(line.replace(severity, click.style(severity, fg=_COLOURS[severity]), 1))
        hint = "" if len(lines) == len(findings) else " --all shows each of them."
        click.echo(_summary(findings, checked) + hint, err=True)


def _summary(findings: list[Finding], checked: int) -> str:
    counts = Counter(finding.severity for finding in findings)
    parts = [
        counted(counts[severity], severity) for severity in ("error", "warning", "note") if counts[severity]
    ]
    return f"{counted(checked, 'feed')} checked, {', '.join(parts) or 'no problems'} found."
