"""Checks of the text of elements by a function that says what is wrong with a value."""

from collections.abc import Callable, Iterator

from newsfeed.check.dates import EARLIEST_YEAR, is_before_feeds, is_in_future
from newsfeed.check.definitions import FindProblems
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.problems import Problem, at

__all__ = ["early_dates", "future_dates", "texts"]


def _filled(document: ParsedDocument, names: str, space: str) -> Iterator[tuple[XmlElement, str]]:
    for name in names.split():
        for element in document.named(name, space):
            if text := element.text.strip():
                yield element, text


def texts(names: str, problem_in: Callable[[str], str | None], *, space: str = "") -> FindProblems:
    """Return a check of the elements with these names that aren't empty.

    Args:
        names: The names, separated by spaces.
        problem_in: Returns what is wrong with a text; None if it is right.
        space: The namespace; RSS's own elements have none.
    """

    def find(document: ParsedDocument) -> Iterator[Problem]:
        for element, text in _filled(document, names, space):
            if problem := problem_in(text):
                yield at(element, problem)

    return find


def future_dates(names: str, problem_in: Callable[[str], str | None], *, space: str = "") -> FindProblems:
    """Return a check of valid dates that are later than the check."""

    def find(document: ParsedDocument) -> Iterator[Problem]:
        for element, text in _filled(document, names, space):
            if not problem_in(text) and is_in_future(text, document.as_of):
                yield at(element, f"{text} is in the future")

    return find


def early_dates(names: str, problem_in: Callable[[str], str | None], *, space: str = "") -> FindProblems:
    """Return a check of valid dates from before there were feeds."""

    def problem(text: str) -> str | None:
        is_early = not problem_in(text) and is_before_feeds(text)
        return f"{text} is before {EARLIEST_YEAR}" if is_early else None

    return texts(names, problem, space=space)
