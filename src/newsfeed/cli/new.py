"""`newsfeed new`: create a newsroom, for articles that are somewhere already, or a small one to start from."""

import json
import shlex
import sys
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import click

from newsfeed.cli.messages import counted, show_findings
from newsfeed.cli.opening import folder_argument
from newsfeed.cli.source_tables import show_articles
from newsfeed.errors import InvalidNewsroom, InvalidRecord, InvalidValue, PublishError
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.text.urls import check_base

__all__ = ["new"]

#: So many records are looked at.
_SAMPLE = 200
#: The title in the newsroom.toml of the starter.
_TITLE = '"My newsroom"'


def _title(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if not value.strip() or any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        raise click.BadParameter("the title is blank or has control characters. Write some text on one line.")
    return value


def _address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else check_base(value)
    except InvalidValue as problem:
        raise click.BadParameter(str(problem)) from None


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed new mysite\n"
    '  newsfeed new mysite --title "Report"\n'
    "  newsfeed new mysite --from export.json --url https://report.example/\n"
    "  newsfeed new mysite --from https://report.example/feed/\n"
    "  newsfeed new mysite --from news.sqlite --query 'SELECT * FROM post'",
)
@folder_argument
@click.option("--title", metavar="TEXT", callback=_title, help="The site's name.")
@click.option("--url", metavar="ADDRESS", callback=_address, help="The site's front page.")
@click.option(
    "--language",
    "languages",
    metavar="TAG",
    multiple=True,
    help="A language of the site, such as en; repeatable.",
)
@click.option("--timezone", metavar="NAME", help="The site's time zone, such as Asia/Baku.")
@click.option(
    "--from",
    "where",
    metavar="WHERE",
    help="Where the articles are: a file, a folder, the address of a feed, a document or a WordPress site, or a database.",
)
@click.option("--query", metavar="SELECT", help="The query, for a database.")
@click.option("--ask", is_flag=True, help="Ask for what isn't given, as on a terminal without options.")
def new(
    *,
    folder: str,
    title: str | None,
    url: str | None,
    languages: Sequence[str],
    timezone: str | None,
    where: str | None,
    query: str | None,
    ask: bool,
) -> None:
    """Create a newsroom in DIR, which must be empty or new.

    With --from it is one for articles that are somewhere already: a sample of them decides what newsroom.toml says, and
    five articles are shown as they are read. Otherwise it is a small newsroom that works as it is, and its comments show
    what else is possible.
    """
    root = Path(folder)
    _check_empty(root, folder)
    said = (title, url, tuple(languages), timezone, where)
    if ask or (said == (None, None, (), None, None) and _is_terminal()):
        title, url, languages, timezone, where = _asked(*said)
    is_new = not root.exists()
    root.mkdir(parents=True, exist_ok=True)
    shown = click.format_filename(folder)
    if where is None:
        texts = _starter(title)
        for name, text in texts.items():
            (root / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Created a small newsroom in {shown}: {' and '.join(texts)}.")
    else:
        try:
            articles = _begin(root, where, (title, url, languages, timezone), query)
        except BaseException:
            if is_new and not any(root.iterdir()):
                root.rmdir()
            raise
        if not articles:
            raise click.ClickException(
                f"Wrote {shown}/newsroom.toml, but no record could be read as an article, for the reasons above. "
                f"Say there in [sources.fields] which keys the fields have, and look again: newsfeed inspect {shown}"
            )
        click.echo(
            f"Created a newsroom in {shown}: newsroom.toml. Look at all of its fields: newsfeed inspect {shown}"
        )
    click.echo(f"Write its feeds with:\n\n    newsfeed build {shlex.quote(shown)} -o public")


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(
    title: str | None, url: str | None, languages: Sequence[str], timezone: str | None, where: str | None
) -> tuple[str | None, str | None, Sequence[str], str | None, str | None]:
    """Ask for what isn't given. Blank answers mean that the articles tell, or that there are none yet."""
    if where is None:
        where = (
            click.prompt(
                "Where are the articles: a file, a folder or an address? Blank: none yet",
                default="",
                show_default=False,
            )
            or None
        )
    if title is None:
        title = click.prompt("The site's name", default="", show_default=False).strip() or None
    if where is not None and url is None:
        url = click.prompt("The address of its front page", default="", show_default=False).strip() or None
        url = check_base(url) if url else None
    if where is not None and not languages:
        said = click.prompt("Its languages, such as en, az", default="", show_default=False)
        languages = [tag for tag in said.replace(",", " ").split() if tag]
    if where is not None and timezone is None:
        timezone = (
            click.prompt("Its time zone, such as Asia/Baku", default="", show_default=False).strip() or None
        )
    return title, url, languages, timezone, where


def _begin(
    root: Path, where: str, said: tuple[str | None, str | None, Sequence[str], str | None], query: str | None
) -> int:
    """Write the newsroom.toml for articles that are somewhere already, show some of them, and return how many there are."""
    from newsfeed.cli.beginning import SiteAnswers, newsroom_for
    from newsfeed.sources.inspecting import contents_of_sources

    title, url, languages, timezone = said
    try:
        text = newsroom_for(where, root, SiteAnswers(title, url, tuple(languages), timezone), query)
    except InvalidRecord as wrong:
        raise InvalidNewsroom(str(wrong)) from None
    file = root / "newsroom.toml"
    file.write_text(text, encoding="utf-8", newline="\n")
    try:
        site, _ = read_site(root)
        contents = list(contents_of_sources(site, root, most=_SAMPLE))
    except BaseException:
        file.unlink()
        raise
    for content in contents:
        click.echo(
            f"The first of {counted(content.articles, 'article')} in {counted(content.records, 'record')}:"
        )
        show_articles(content.sample, site)
        show_findings(content.findings)
    return sum(content.articles for content in contents)


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
