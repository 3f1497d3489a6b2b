"""The command `newsfeed`: arguments, progress and words for people. It has no logic of its own.

Its packages, click and rich, come with the extra `cli`; this file imports neither.
"""

import gc
import sys

from newsfeed.errors import MissingExtra

__all__ = ["main"]

_PACKAGES = {"click", "rich"}


def main() -> None:
    """Run the command with the arguments of the process, and end the process with its exit status.

    Raises:
        SystemExit: 0, done; 1, it failed, or problems were found under `--strict`; 2, wrong usage; 130, interrupted.
    """
    # a command makes many objects that live until it ends; looking for garbage among them again and again takes a tenth
    gc.set_threshold(500_000, 50, 100)
    try:
        from newsfeed.cli.program import program

        program.main(prog_name="newsfeed")
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _PACKAGES:
            raise
        purpose = "the newsfeed commands"
        sys.exit(f"newsfeed: {MissingExtra(purpose, 'cli')}")
    except KeyboardInterrupt:
        sys.exit(130)
