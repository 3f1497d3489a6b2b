"""`newsfeed new`: create a small newsroom to start from."""

import json
import shlex
import unicodedata
from importlib.resources import files
from pathlib import Path

import click

from newsfeed.cli.opening import folder_argument
from newsfeed.errors import PublishError

__all__ = ["new"]

#: The title in the newsroom.toml of the starter.
_TITLE = '"My newsroom"'


def _title(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if not value.strip() or any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        raise click.BadParameter("the title is blank or has control characters. Write some text on one line.")
    return value


@click.command(
    epilog='\b\nExamples:\n  newsfeed new mysite\n  newsfeed new mysite --title "Report"',
)
@folder_argument
@click.option("--title", metavar="TEXT", callback=_title, help="The site's name.")
def new(*, folder: str, title: str | None) -> None:
    """Create a small newsroom to start from.

    It works as it is, and its comments show what else is possible. DIR must be empty or new.
    """
    root = Path(folder)
    _check_empty(root, folder)
    root.mkdir(parents=True, exist_ok=True)
    texts = _starter(title)
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    shown = click.format_filename(folder)
    click.echo(f"Created a small newsroom in {shown}: {' and '.join(texts)}.")
    click.echo(f"Write its feeds with:\n\n    newsfeed build {shlex.quote(shown)} -o public")


def _check_empty(root: Path, typed: str) -> None:
    if root.is_dir() and not any(root.iterdir()):
        return
    if root.exists() or root.is_symlink():
        what = "isn't empty" if root.is_dir() else "is a file"
        raise PublishError(f"{typed} {what}, so nothing was written; name a new folder")


def _starter(title: str | None) -> dict[str, str]:
    """Return the texts of the starter's files by name, newsroom.toml first."""
    folder = files("newsfeed.cli").joinpath("starter")
    names = ("newsroom.toml", "articles.jsonl")
    texts = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}
    if title is not None:
        # A JSON string without control characters is a TOML string too.
        quoted = json.dumps(title, ensure_ascii=False)
        texts["newsroom.toml"] = texts["newsroom.toml"].replace(_TITLE, quoted, 1)
    return texts
