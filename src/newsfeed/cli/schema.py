"""`newsfeed schema`: print a JSON Schema for editors."""

import json

import click

from newsfeed.model.json_schema import SCHEMAS, json_schema

__all__ = ["schema"]


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed schema article > article.schema.json\n"
    "  newsfeed schema site > newsroom.schema.json",
)
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema(*, name: str) -> None:
    """Print a JSON Schema for editors.

    "article" is for one article record, "site" for newsroom.toml. With a schema, editors complete and explain field names, and mark mistakes while you type.
    """
    click.echo(json.dumps(json_schema(name), ensure_ascii=False, indent=2).encode())
