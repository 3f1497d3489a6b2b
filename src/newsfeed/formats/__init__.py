"""How a Feed is written: one room for each format, each with a `write(feed)`."""

from newsfeed.model.feed import Feed
from newsfeed.model.record import one_of
from newsfeed.model.rule import FORMATS

__all__ = ["render"]


def render(feed: Feed, name: str) -> bytes:
    """Write a feed in the format of that name.

    Args:
        feed: The feed.
        name: `rss`, `atom`, `json`, `html` or `text`.

    Returns:
        The document in UTF-8.

    Raises:
        InvalidValue: If there is no such format.
    """
    match one_of(FORMATS)(name):
        case "rss":
            return feed.rss()
        case "atom":
            return feed.atom()
        case "json":
            return feed.json()
        case "html":
            return feed.html().encode()
        case _:
            return feed.text().encode()
