"""A program that reads feeds: how it is run, what it shows otherwise than an article says it, and why."""

import importlib.metadata
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.readers.shown import ATOM, RSS, Shown

from newsfeed import Entry

__all__ = [
    "Difference",
    "Program",
    "Refusal",
    "Refused",
    "node_program",
    "printed",
    "python_program",
    "run_script",
]

HERE = Path(__file__).parent
DRIVERS = HERE / "drivers"


class Refused(NamedTuple):
    """What a program says of a feed that it does not read."""

    message: str


#: What a program made of each file.
Reading = Mapping[Path, Sequence[Shown] | Refused]


class Difference(NamedTuple):
    """What a program shows otherwise than the article says it."""

    feature: str
    formats: Sequence[str]
    #: For people, in the documentation; the program is the subject of the sentence.
    reason: str
    #: What it shows, from the entry and what it says; `None` where it never shows the feature.
    shows: Callable[[Entry, Any], Any] | None = None


class Refusal(NamedTuple):
    """A feed that a program does not read, though nothing is wrong with it."""

    feeds: Sequence[str]
    formats: Sequence[str]
    message: str
    reason: str


class Program(NamedTuple):
    """A program that others wrote."""

    name: str
    #: The language that it is written in.
    language: str
    formats: Sequence[str]
    #: What to type to have it.
    install: str
    #: Its version; `None` where it isn't installed.
    version: Callable[[], str | None]
    read: Callable[[Sequence[Path]], Reading]
    differences: Sequence[Difference] = ()
    refusals: Sequence[Refusal] = ()
    #: Whether continuous integration must have it.
    is_core: bool = False

    def difference(self, feature: str, form: str) -> Difference | None:
        """What is declared of a feature in a format."""
        return next((it for it in self.differences if it.feature == feature and form in it.formats), None)

    def refusal(self, feed: str, form: str) -> Refusal | None:
        """What is declared of a feed in a format; a feed is named for its newsroom and language, `hostile-en`."""
        return next((it for it in self.refusals if feed in it.feeds and form in it.formats), None)


@cache
def printed(*command: str) -> str | None:
    """What a command prints, or `None` where it can't be run or fails."""
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.strip() if done.returncode == 0 else None


def run_script(*command: str) -> Callable[[Sequence[Path]], Reading]:
    """Make the reading of a script that takes paths and prints, as JSON, what each holds or what is wrong with it."""

    def read(paths: Sequence[Path]) -> Reading:
        done = subprocess.run(
            [*command, *(str(path) for path in paths)],
            cwd=DRIVERS,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}")
        found: dict[str, Any] = json.loads(done.stdout)
        return {
            Path(path): Refused(entries) if isinstance(entries, str) else [Shown(**it) for it in entries]
            for path, entries in found.items()
        }

    return read


def python_program(
    package: str, entries_of: Callable[[Path], Sequence[Shown]], *, language: str = "Python", **rest: Any
) -> Program:
    """Describe a program of PyPI, by the function that reads a file with it."""

    def version() -> str | None:
        try:
            return importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            return None

    def read(paths: Sequence[Path]) -> Reading:
        found: dict[Path, Sequence[Shown] | Refused] = {}
        for path in paths:
            try:
                found[path] = entries_of(path)
            except Exception as error:  # noqa: BLE001 - whatever a program raises is its refusal
                found[path] = Refused(f"{type(error).__name__}: {error}")
        return found

    return Program(
        name=rest.pop("name", package),
        language=language,
        formats=rest.pop("formats", (RSS, ATOM)),
        install="pip install --group readers",
        is_core=True,
        version=version,
        read=read,
        **rest,
    )


def node_program(package: str, script: str, **rest: Any) -> Program:
    """Describe a program of npm, by the script that reads files with it."""

    def version() -> str | None:
        about = HERE / "node_modules" / package / "package.json"
        if shutil.which("node") is None or not about.exists():
            return None
        return str(json.loads(about.read_text(encoding="utf-8"))["version"])

    return Program(
        name=rest.pop("name", package),
        language="JavaScript",
        formats=rest.pop("formats", (RSS, ATOM)),
        install="npm ci --prefix tests/readers",
        is_core=True,
        version=version,
        read=run_script("node", script),
        **rest,
    )
