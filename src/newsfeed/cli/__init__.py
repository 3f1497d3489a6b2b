"""The command `newsfeed`: arguments, progress and words for people. It contains no logic.

Its packages, click and rich, come with the extra `cli`; this file imports neither.
"""

import gc
import sys
from importlib.util import find_spec
from typing import NoReturn

from newsfeed.errors import MissingExtra

__all__ = ["main"]

_PACKAGES = {"click", "rich"}


def main() -> None:
    """Run the command with the process's arguments, and exit with its status.

    Raises:
        SystemExit: 0 on success; 1 on failure, or for problems found under `--strict`; 2 for wrong usage; 130 if interrupted.
    """
    # a command makes many objects that live until it ends; collecting garbage among them repeatedly costs a tenth of the time
    gc.set_threshold(500_000, 50, 100)
    try:
        from newsfeed.cli.program import program

        if find_spec("rich") is None:  # it is imported only to show progress
            _say_what_is_missing()
        program.main(prog_name="newsfeed")
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _PACKAGES:
            raise
        _say_what_is_missing()
    except KeyboardInterrupt:
        sys.exit(130)


def _say_what_is_missing() -> NoReturn:
    purpose = "the newsfeed commands"
    sys.exit(f"newsfeed: {MissingExtra(purpose, 'cli')}")
