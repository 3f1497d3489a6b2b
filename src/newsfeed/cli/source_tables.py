"""What sources hold, in words for people."""

from collections.abc import Iterable
from datetime import datetime

import click

from newsfeed.cli.messages import counted, visible
from newsfeed.model.article import Article
from newsfeed.model.shown_values import shown
from newsfeed.model.site import Site
from newsfeed.sources.inspecting import FieldUse, SourceContent

__all__ = ["show_articles", "show_content"]

_WIDEST = 44
_MOST_UNUSED = 12


def show_content(content: SourceContent, site: Site) -> None:
    """Show of what each field of a source's articles is made, and which keys nothing is made of."""
    records = counted(content.records, "record")
    click.echo(f"{visible(content.name)} ({content.kind}): {records}, {counted(content.articles, 'article')}")
    rows = [_row(field, site) for field in content.fields if field.articles]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for name, number, made_of, example in rows:
        line = f"  {name:<{widths[0]}}  {number:>{widths[1]}}  {made_of:<{widths[2]}}  {example}"
        click.echo(line.rstrip())
    if without := [field.name for field in content.fields if not field.articles]:
        click.echo(f"  in no article: {', '.join(without)}")
    if content.unused:
        unused = [f"{visible(key)} ({count})" for key, count in list(content.unused.items())[:_MOST_UNUSED]]
        more = (
            f" … and {len(content.unused) - _MOST_UNUSED} more" if len(content.unused) > _MOST_UNUSED else ""
        )
        click.echo(f"  not used: {', '.join(unused)}{more}")


def show_articles(articles: Iterable[Article], site: Site) -> None:
    """Show some articles as they are read."""
    for article in articles:
        click.echo(f"  {_shown(article.published, site)}  {article.language}  {_shown(article.title, site)}")
        click.echo(f"      {_shown(article.url, site)}")
        parts = {
            "categories": article.categories,
            "topics": article.topics,
            "authors": [author.name for author in article.authors],
            "pictures and recordings": [media.url for media in article.media],
        }
        for name, values in parts.items():
            if values:
                click.echo(f"      {name}: {visible(shown(', '.join(values), limit=100))}")


def _row(field: FieldUse, site: Site) -> tuple[str, str, str, str]:
    made_of = " or ".join(field.made_of)
    return (
        field.name,
        f"{field.articles:,}",
        visible(shown(made_of, limit=_WIDEST)),
        _shown(field.example, site),
    )


def _shown(value: object, site: Site) -> str:
    if isinstance(value, datetime):
        return value.astimezone(site.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple):
        value = ", ".join(str(getattr(each, "name", None) or getattr(each, "url", each)) for each in value)
    return visible(shown(" ".join(str(value).split()), limit=_WIDEST))
