"""What the rules of partners share: who is asked, and how a fault is told."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from newsfeed.check.articles import Article
from newsfeed.check.documents import Document
from newsfeed.check.elements import Element
from newsfeed.check.rule import Fault, Look
from newsfeed.model.profile import Profile

__all__ = ["SPECIFICATION", "Asked", "as_advice", "asked", "of_article", "of_feed", "part_of_feed"]

SPECIFICATION: Final = "the partner's own page, which the profile names"

Asked = Callable[[Document, Profile], Iterable[Fault]]


def asked(key: str = "") -> Callable[[Asked], Look]:
    """Make a look of what is asked of documents that have a profile and a format of it.

    Args:
        key: The key of the profile whose faults are told as notes where it is advice.
    """

    def of(finds: Asked) -> Look:
        def look(document: Document) -> Iterator[Fault]:
            profile = document.profile
            if profile is None or document.kind not in profile.formats:
                return
            for fault in finds(document, profile):
                yield as_advice(fault) if key and profile.is_advice(key) else fault

        look.__doc__ = finds.__doc__
        return look

    return of


def as_advice(fault: Fault) -> Fault:
    """Make a fault a note."""
    return Fault(fault.line, fault.column, fault.field, fault.reason, fault.mend, "note")


def of_feed(document: Document, reason: str) -> Fault:
    """Say what is wrong with a feed as a whole."""
    feed = document.feed or document.root
    return Fault(feed.line, feed.column, feed.path, reason)


def of_article(article: Article, reason: str, mend: str = "", where: Element | None = None) -> Fault:
    """Say what is wrong with an article, by its name; at its element unless another is given."""
    place = where or article.element
    return Fault(place.line, place.column, place.path, f"{article.name}: {reason}", mend)


def part_of_feed(document: Document, part: str) -> str:
    """Give what a feed says of itself: one of `FEED_PARTS`; empty where it says nothing."""
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
