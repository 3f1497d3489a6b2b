"""`newsfeed inspect`: what the sources of a newsroom hold, and what becomes of it."""

import sys

import click

from newsfeed.cli.messages import complain, show_findings, visible
from newsfeed.cli.opening import folder_argument
from newsfeed.cli.source_tables import show_articles, show_content
from newsfeed.findings import Finding
from newsfeed.sources.inspecting import contents_of_sources
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["inspect"]


@click.command(
    epilog="\b\nExamples:\n  newsfeed inspect mysite\n  newsfeed inspect mysite --source cms --records 100"
)
@folder_argument
@click.option("--source", metavar="NAME", help="Only this source.")
@click.option(
    "--records",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help="Read at most so many records of each source.",
)
@click.option(
    "--articles",
    metavar="NUMBER",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="Show so many articles.",
)
def inspect(*, folder: str, source: str | None, records: int | None, articles: int) -> None:
    """Show what the sources of the newsroom in DIR hold, and what becomes of it.

    For each source: how many records and articles it has, of what each field is made and how many articles have it, the
    keys that nothing is made of, some articles as they are read, and what couldn't be read. Nothing is written.
    """
    site, root = read_site(folder)
    findings: list[Finding] = []
    names: list[str] = []
    for content in contents_of_sources(site, root, most=records, sample=articles):
        names.append(content.name)
        if source not in {None, content.name}:
            continue
        show_content(content, site)
        show_articles(content.sample, site)
        findings += content.findings
    if source is not None and source not in names:
        complain(f"there is no source {source!r}. Choose from {', '.join(map(visible, names))}.")
        sys.exit(1)
    show_findings(findings)
