"""`newsfeed latest`: print the latest-news listing."""

import sys

import click

from newsfeed.cli.messages import complain, counted
from newsfeed.cli.opening import as_of_option, folder_argument, opened
from newsfeed.errors import InvalidValue
from newsfeed.findings import two_sentences

__all__ = ["latest"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed latest mysite --language en --limit 9\n"
    "  newsfeed latest mysite --language az --format html > latest.html\n"
    '  newsfeed latest mysite --as-of "2025-12-19 18:24"',
)
@folder_argument
@click.option("--language", metavar="TAG", help="A language of the site, such as en. Default: the first.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="The maximum number of articles.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Plain text, a JSON Feed, or an HTML page.",
)
@as_of_option
def latest(*, folder: str, language: str | None, limit: int, form: str, as_of: str | None) -> None:
    """Print the latest news of the newsroom in DIR, newest first."""
    newsroom = opened(folder, as_of)
    try:
        feed = newsroom.latest(language, limit=limit)
    except InvalidValue as problem:
        raise click.BadParameter(
            two_sentences(problem.reason, problem.remedy), param_hint="--language"
        ) from None
    document = feed.render(form)
    # A pipe gets the bytes that a build would write; only a terminal may need another encoding.
    click.echo(document.decode() if sys.stdout.isatty() else document, nl=not document.endswith(b"\n"))
    left_out = len({finding.place for finding in newsroom.findings if finding.severity == "error"})
    if left_out:
        complain(f"{counted(left_out, 'article')} left out. Run newsfeed build to see why.")
