"""The program: its commands, and how it ends."""

import errno
import os
from importlib import import_module
from typing import Any

import click

from newsfeed.cli.messages import complain
from newsfeed.errors import InvalidPlan, NewsfeedError
from newsfeed.findings import two_sentences
from newsfeed.text.nearest import did_you_mean

__all__ = ["program"]

_INTERRUPTED = 130
#: The commands in the order of the help; each is in the module of its name, which is imported when needed.
_COMMANDS = (
    "build",
    "check",
    "diff",
    "inspect",
    "latest",
    "links",
    "new",
    "ping",
    "put",
    "schema",
    "serve",
    "store",
    "sync",
)


class _Program(click.Group):
    """Commands with one exit status for each way to fail, and no traceback for a known error."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click's own
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click's own
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"newsfeed.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            raise click.UsageError(
                two_sentences(f"there is no command {name!r}", did_you_mean(name, _COMMANDS)), ctx=ctx
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click's own
        try:
            return super().invoke(ctx)
        except InvalidPlan as error:
            complain(f"newsroom.toml: {error}")
        except NewsfeedError as error:
            complain(str(error))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly when the reader of a pipe is gone
            complain(
                f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
            )
        except KeyboardInterrupt:
            raise click.exceptions.Exit(_INTERRUPTED) from None
        raise click.exceptions.Exit(1)


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n"
    "  newsfeed new mysite                     create a small newsroom to start from\n"
    "  newsfeed inspect mysite                 show what its sources hold\n"
    "  newsfeed build mysite -o public         write its feeds into public/\n"
    "  newsfeed put mysite export.jsonl        put articles into its database\n"
    "  newsfeed sync mysite                    update its database from its files\n"
    "  newsfeed check public                   check feeds, yours or anyone's\n"
    "  newsfeed latest mysite --language en    show its latest news\n"
    "  newsfeed serve mysite                   serve its feeds while you edit\n"
    "  newsfeed ping report.json --hub URL     tell a hub what a build changed\n"
    "  newsfeed build --help                   show the options of a command",
)
@click.version_option(package_name="newsroom-feeds", prog_name="newsfeed", message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context) -> None:
    """Write every feed of a newsroom: RSS, Atom, JSON Feed and the latest-news listing.

    A newsroom is a folder with a newsroom.toml and articles, in files or in a database.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
