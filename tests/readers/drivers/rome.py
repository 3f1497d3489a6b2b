"""ROME, the parser that most Java programs use; the program that drives it is compiled as it is run."""

from pathlib import Path

from tests.readers.differences import XML, hidden, shows_terms
from tests.readers.program import Difference, Program, printed, run_script
from tests.readers.shown import ATOM, RSS

__all__ = ["ROME"]

_LIBRARIES = ("rome", "rome-utils", "jdom2", "slf4j-api", "slf4j-nop")
_CLASSES = ":".join(f"/usr/share/java/{name}.jar" for name in _LIBRARIES)


def version() -> str | None:
    if printed("javac", "-version") is None or not Path("/usr/share/java/rome.jar").exists():
        return None
    return printed("dpkg-query", "--show", "--showformat=${Version}", "librome-java")


ROME = Program(
    name="ROME",
    language="Java",
    formats=XML,
    install="apt-get install librome-java default-jdk-headless",
    version=version,
    read=run_script("java", "-cp", _CLASSES, "Rome.java"),
    differences=[
        shows_terms((ATOM,)),
        Difference(
            "enclosures",
            (ATOM,),
            "takes an unknown length for 0",
            lambda _, said: tuple(file._replace(length=file.length or 0) for file in said),
        ),
        *hidden((RSS,), "updated"),
        *hidden((ATOM,), "language"),
    ],
)
