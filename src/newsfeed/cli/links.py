"""`newsfeed links`: print the tags that connect a page of the site to its feeds."""

from typing import Any

import click

from newsfeed.catalog.repairs import own_id
from newsfeed.cli.opening import folder_argument, opened
from newsfeed.errors import InvalidValue
from newsfeed.findings import two_sentences
from newsfeed.model.axes import AXES
from newsfeed.model.facets import facets_of
from newsfeed.newsroom import Newsroom

__all__ = ["links"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed links mysite                                 for the front page\n"
    "  newsfeed links mysite --language az                   for the one in Azerbaijani\n"
    "  newsfeed links mysite --language en --category media  for the page of a category\n"
    '  newsfeed links mysite --category media --topic "Snow" --topic "Baku"\n'
    "  newsfeed links mysite --article urn:report:12         for an article's own page",
)
@folder_argument
@click.option("--language", metavar="TAG", help="The page's language, such as en. Default: the site's first.")
@click.option("--category", metavar="TERM", multiple=True, help="A category of the page.")
@click.option("--topic", metavar="TOPIC", multiple=True, help="A topic of the page, as articles name it.")
@click.option("--author", metavar="NAME", multiple=True, help="An author of the page.")
@click.option("--flag", metavar="FLAG", multiple=True, help="A flag of the page, such as photo.")
@click.option("--article", metavar="ID", help="The id or the address of an article: the page is its own.")
def links(
    *,
    folder: str,
    language: str | None,
    category: tuple[str, ...],
    topic: tuple[str, ...],
    author: tuple[str, ...],
    flag: tuple[str, ...],
    article: str | None,
) -> None:
    """Print the tags for the head of a page that lead browsers and readers to its feeds.

    Feeds of the page's subject come first, then those of everything. All options except --language can be repeated.
    """
    about: dict[str, Any] = {
        "language": language,
        "category": category,
        "topic": topic,
        "author": author,
        "flag": flag,
    }
    if article is not None and any(about.values()):
        named = next(name for name, terms in about.items() if terms)
        raise click.UsageError(f"--article says what the page is about; leave out --{named}.")
    newsroom = opened(folder, None)
    if article is not None:
        about = _terms_of(article, newsroom)
    try:
        tags = newsroom.alternate_links(**about)
    except InvalidValue as problem:
        place = problem.field or "language"
        raise click.BadParameter(
            two_sentences(problem.reason, problem.remedy), param_hint=f"--{place}"
        ) from None
    if tags:
        click.echo(tags.encode())


def _terms_of(name: str, newsroom: Newsroom) -> dict[str, Any]:
    """Return what the page of a live article is about.

    Args:
        name: The article's id, as it was written or is published, or its address.
        newsroom: The newsroom.
    """
    names = {name, own_id(name, None, newsroom.site)}
    for article in newsroom.read():
        if article.id in names or article.url == name:
            axes = [axis.name for axis in AXES.values() if not axis.is_period]
            facets = facets_of(article, newsroom.site, axes)
            return {**facets, "language": article.language}
    raise click.BadParameter(
        f"no article with the id or the address {name!r} is published. Copy the id from a feed.",
        param_hint="--article",
    )
