"""`newsfeed put`: put articles into the store of a newsroom."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from newsfeed.cli.messages import complain, counted, show_findings, what_happened
from newsfeed.cli.opening import folder_argument
from newsfeed.cli.progress import progress_bar
from newsfeed.cli.stores import (
    as_json_document,
    number_left_out,
    shown_store,
    site_with_store,
    telling_when_interrupted,
    wait_option,
)
from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.json_lines import read_lines
from newsfeed.sources.kinds import kind_of, suffixes
from newsfeed.sources.site_articles import articles_in
from newsfeed.sources.text_files import Meter, lines_in
from newsfeed.store import Store

__all__ = ["put"]

#: Progress is shown after this many articles.
_BETWEEN = 256
_INPUT = "-"


def _usable(_context: click.Context, _parameter: click.Parameter, files: Sequence[str]) -> Sequence[str]:
    for file in files:
        if file != _INPUT and kind_of(file) is None:
            raise click.BadParameter(f"{file} can't be read; name files that end in {suffixes()}")
    return files


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed put mysite articles/*.json\n"
    "  newsfeed put mysite export.jsonl.gz --source cms\n"
    "  export-articles | newsfeed put mysite -",
)
@folder_argument
@click.argument(
    "files",
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    nargs=-1,
    required=True,
    callback=_usable,
)
@click.option(
    "--source",
    metavar="NAME",
    help="The system that the articles come from. Articles of different sources don't replace each other.",
)
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON document on stdout.")
def put(*, folder: str, files: Sequence[str], source: str | None, wait: float, as_json: bool) -> None:
    """Put the articles of files into the database of the newsroom in DIR.

    FILE is a file as newsroom.toml names them, or - for JSON Lines on standard input. An article with the id of one
    in the database, or its address if it has no id, replaces it. One that can't be used is listed on stderr, and the
    stored one stays, unless the new one says that it is withdrawn.

    Articles are stored some hundred at a time. When that is interrupted, run it again: those that are stored already
    cost little.
    """
    site, path = site_with_store(folder)
    with (
        telling_when_interrupted(path) as stored,
        Store(path, site, wait=wait) as store,
        progress_bar(shown=sys.stderr.isatty() and not as_json) as progress,
    ):
        articles = _articles(files, site, progress.reading)
        report = store.put(articles, source=source or "", progress=stored)
    show_findings(report.findings)
    left_out = number_left_out(report.findings)
    if as_json:
        counts = {"taken": report.taken, "changed": report.changed, "left_out": left_out}
        click.echo(as_json_document(counts, report.findings))
    else:
        taken = counted(report.taken, "article")
        click.echo(f"Put {taken} into {shown_store(path)} ({report.changed} new or changed).")
        repairs = sum(finding.severity == "warning" for finding in report.findings)
        if happened := what_happened(left_out, repairs):
            click.echo(f"{happened}: see above.")
    if left_out and not report.taken:
        complain("no article could be used. Fix the first ones, and put them again.")
        sys.exit(1)


def _articles(
    files: Sequence[str], site: Site, progress: Callable[[int, int, int], object] | None
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of files and of standard input."""
    meter = Meter()
    size = sum(Path(file).stat().st_size for file in files if file != _INPUT)
    articles = 0
    for file in files:
        if file == _INPUT:
            found = read_lines(lines_in(sys.stdin.buffer), "<stdin>", site)
        else:
            found = articles_in([ArticleFile(Path(file), file, file)], site, meter=meter)
        for each in found:
            yield each
            articles += 1
            if progress is not None and not articles % _BETWEEN:
                progress(min(meter.read, size), size, articles)
