"""What checks for partners share: which documents they apply to, and how they report problems."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from newsfeed.check.definitions import FindProblems, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.feed_articles import FeedArticle
from newsfeed.model.profile import Profile

__all__ = [
    "SPECIFICATION",
    "PartnerCheck",
    "article_problem",
    "as_note",
    "feed_problem",
    "for_profile",
    "part_of_feed",
]

SPECIFICATION: Final = "the partner's own page, which the profile names"

PartnerCheck = Callable[[ParsedDocument, Profile], Iterable[Problem]]


def for_profile(key: str = "") -> Callable[[PartnerCheck], FindProblems]:
    """Return a decorator that applies a partner's check only to documents in a format that the partner's profile names.

    Args:
        key: The profile's key that the check enforces; where the profile calls it advice, problems become notes.
    """

    def decorate(check: PartnerCheck) -> FindProblems:
        def find_problems(document: ParsedDocument) -> Iterator[Problem]:
            profile = document.profile
            if profile is None or document.kind not in profile.formats:
                return
            for problem in check(document, profile):
                yield as_note(problem) if key and profile.is_advice(key) else problem

        find_problems.__doc__ = check.__doc__
        return find_problems

    return decorate


def as_note(problem: Problem) -> Problem:
    """Return a problem as a note."""
    return replace(problem, severity="note")


def feed_problem(document: ParsedDocument, reason: str) -> Problem:
    """Return a problem of a feed as a whole."""
    return at(document.feed or document.root, reason)


def article_problem(
    article: FeedArticle, reason: str, fix: str = "", where: XmlElement | None = None
) -> Problem:
    """Return a problem of an article, which it names; at the article's element unless another is given."""
    return replace(at(where or article.element, f"{article.name}: {reason}"), fix=fix)


def part_of_feed(document: ParsedDocument, part: str) -> str:
    """Return what a feed says of itself, one of `FEED_PARTS`; empty if it says nothing."""
    feed = document.feed
    if feed is None:
        return ""
    is_atom = document.kind == "atom"
    if is_atom and part == "language":
        return feed.inherited("lang") or ""
    if is_atom and part == "link":
        links = (link for link in feed.all("link") if link.get("rel") in {None, "alternate"})
        return next((link.get("href") or "" for link in links), "")
    found = feed.find("subtitle" if is_atom and part == "description" else part)
    return found.text.strip() if found is not None else ""
