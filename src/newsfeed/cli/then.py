"""`newsfeed build --then COMMAND`: run a command after a publish that changed something."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from newsfeed.cli.interrupting import holding_interrupts
from newsfeed.cli.messages import complain
from newsfeed.publish.report import Report

__all__ = ["COMMAND_FAILED", "CommandFailed", "run_command", "then_options"]

#: The exit status when the feeds are published, and the command after that failed.
COMMAND_FAILED = 3

_Command = TypeVar("_Command", bound=Callable[..., Any])
#: What POSIX says of a shell's exit status.
_STATUSES = {126: "isn't executable (exit status 126)", 127: "wasn't found (exit status 127)"}


class CommandFailed(Exception):
    """The feeds are published, but the command after that failed."""


def then_options(command: _Command) -> _Command:
    """Add the options `--then` and `--then-within`."""
    within = click.option(
        "--then-within",
        metavar="SECONDS",
        type=click.FloatRange(min=0, min_open=True),
        default=300,
        show_default=True,
        help="How long the command of --then may take before it is ended.",
    )
    then = click.option(
        "--then",
        metavar="COMMAND",
        callback=_checked,
        help="After a build that changed something, run COMMAND in a shell, with the report as JSON on its standard input.",
    )
    return then(within(command))


def run_command(command: str, report: Report, *, within: float) -> None:
    """Run a command in a shell if a publish changed something, with the report on its standard input.

    The report is in a file, so it doesn't matter whether the command reads it, and it is kept for another try.

    Args:
        command: The command.
        report: The report.
        within: How many seconds the command may take.

    Raises:
        CommandFailed: If it can't be run, fails, or takes longer.
    """
    if report.error or not (report.written or report.removed):
        return
    try:
        number, name = tempfile.mkstemp(prefix="newsfeed-report-", suffix=".json")
        Path(name).write_bytes(report.as_json())
    except OSError as error:
        raise CommandFailed(
            _failed(f"couldn't be given the report ({error.strerror or error})", "")
        ) from error
    again = f"{command} < {shlex.quote(name)}"
    with os.fdopen(number, "rb") as file:
        try:
            problem = _problem(command, file.fileno(), within)
        except KeyboardInterrupt:
            complain(_failed("was interrupted", again))
            raise
    if problem:
        raise CommandFailed(_failed(problem, again))
    Path(name).unlink()


def _failed(problem: str, again: str) -> str:
    told = f"The feeds are published, but the command of --then {problem}."
    return f"{told}\nThe report is kept. To run the command again: {again}" if again else told


def _problem(command: str, standard_input: int, within: float) -> str:
    """Run a command, and return what went wrong, or nothing."""
    sys.stdout.flush()
    with holding_interrupts() as let_interrupts_through:
        try:
            process = subprocess.Popen(  # noqa: S602 - who may run `newsfeed build` may run the command
                command,
                shell=True,
                stdin=standard_input,
                stdout=2,  # what the build prints on stdout may be read by programs
                start_new_session=True,  # to end also what it started
            )
        except OSError as error:
            return f"couldn't be run ({error.strerror or error})"
        try:
            let_interrupts_through()
            return _what_status_says(process.wait(timeout=within))
        except subprocess.TimeoutExpired:
            _end(process)
            return f"took longer than {within:g} s and was ended; --then-within allows more"
        except BaseException:
            _end(process)
            raise


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a command and what it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _what_status_says(status: int) -> str:
    """Return what is wrong according to the exit status of a shell, or nothing.

    >>> _what_status_says(0), _what_status_says(7), _what_status_says(127)
    ('', 'failed with exit status 7', "wasn't found (exit status 127)")
    >>> _what_status_says(137), _what_status_says(-15)
    ('was killed (SIGKILL)', 'was killed (SIGTERM)')
    """
    if status == 0:
        return ""
    if status in _STATUSES:
        return _STATUSES[status]
    number = -status if status < 0 else status - 128
    if number in set(signal.Signals):
        return f"was killed ({signal.Signals(number).name})"
    return f"failed with exit status {status}"


def _checked(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty; write a command for the shell")
    return value
