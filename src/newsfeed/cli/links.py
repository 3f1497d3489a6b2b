"""`newsfeed links`: print the tags that connect a page of the site to its feeds."""

import click

from newsfeed.cli.opening import folder_argument, opened
from newsfeed.errors import InvalidValue
from newsfeed.findings import two_sentences

__all__ = ["links"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed links mysite                                 for the front page\n"
    "  newsfeed links mysite --language az                   for the one in Azerbaijani\n"
    "  newsfeed links mysite --language en --category media  for the page of a category\n"
    '  newsfeed links mysite --category media --topic "Snow" --topic "Baku"',
)
@folder_argument
@click.option("--language", metavar="TAG", help="The page's language, such as en. Default: the site's first.")
@click.option("--category", metavar="TERM", multiple=True, help="A category of the page.")
@click.option("--topic", metavar="TOPIC", multiple=True, help="A topic of the page, as articles name it.")
@click.option("--author", metavar="NAME", multiple=True, help="An author of the page.")
@click.option("--flag", metavar="FLAG", multiple=True, help="A flag of the page, such as photo.")
def links(
    *,
    folder: str,
    language: str | None,
    category: tuple[str, ...],
    topic: tuple[str, ...],
    author: tuple[str, ...],
    flag: tuple[str, ...],
) -> None:
    """Print the tags for the head of a page that lead browsers and readers to its feeds.

    Feeds of the page's subject come first, then those of everything. All options except --language can be repeated.
    """
    newsroom = opened(folder, None)
    try:
        tags = newsroom.alternate_links(
            language=language, category=category, topic=topic, author=author, flag=flag
        )
    except InvalidValue as problem:
        place = problem.field or "language"
        raise click.BadParameter(
            two_sentences(problem.reason, problem.remedy), param_hint=f"--{place}"
        ) from None
    if tags:
        click.echo(tags.encode())
