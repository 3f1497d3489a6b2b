"""elfeed, a feed reader for Emacs; the program that drives it stands beside this file."""

from tests.readers.differences import XML, content_or_summary, hidden, shows_terms
from tests.readers.program import Program, printed, run_script
from tests.readers.shown import ATOM

__all__ = ["ELFEED"]


def version() -> str | None:
    if printed("emacs", "--version") is None:
        return None
    return printed("dpkg-query", "--show", "--showformat=${Version}", "elpa-elfeed")


ELFEED = Program(
    name="elfeed",
    language="Emacs Lisp",
    formats=XML,
    install="apt-get install emacs-nox elpa-elfeed",
    version=version,
    read=run_script("emacs", "--batch", "--load", "elfeed.el"),
    differences=[
        content_or_summary(XML),
        shows_terms((ATOM,)),
        *hidden(XML, "updated", "summary", "language"),
    ],
)
