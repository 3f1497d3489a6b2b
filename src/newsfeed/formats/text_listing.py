"""The listing in plain text, for terminals, e-mails and scripts: one value per line."""

from collections.abc import Iterator

from newsfeed.formats.listing import Day, Row, days_of
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import FeedData
from newsfeed.text.one_line import one_line

__all__ = ["write"]

_INDENT = "    "
#: What stands between the items of a list, in languages that don't write a comma there.
_COMMAS = {
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "ug", "ur"), "، "),
    **dict.fromkeys(("ja", "wuu", "yue", "zh"), "、"),
}


def write(feed: FeedData, cache: RenderCache | None = None) -> bytes:  # noqa: ARG001 - as all writers have it
    """Write a feed as a listing.

    Args:
        feed: The feed.
        cache: Not used: rows are cheap to write.

    Returns:
        The title; for each article its time, flags, title and categories; and the feed of all news. Blocks are
        separated by blank lines. Each day is named before its first article, unless all are of today.

    Example:
        >>> import newsfeed
        >>> print(write(newsfeed.open("examples/report").latest("en", limit=1)).decode())
        Latest News
        <BLANKLINE>
        19 December, 2025
        <BLANKLINE>
        19:25
            Norway approves $8.2 billion in aid to Ukraine
            Other countries
        <BLANKLINE>
        All News Feed
        https://report.example/feeds/en/all.rss
        <BLANKLINE>
    """
    return ("\n\n".join(_blocks(feed)) + "\n").encode()


def _blocks(feed: FeedData) -> Iterator[str]:
    yield one_line(feed.title)
    if not feed.entries:
        yield one_line(feed.site.label("empty", feed.language))
    for day in days_of(feed):
        yield from _day_blocks(day)
    if feed.all_news is not None:
        yield "\n".join([one_line(feed.all_news.title or ""), feed.all_news.url]).strip()


def _day_blocks(day: Day) -> Iterator[str]:
    if day.heading is not None:
        yield day.heading
    for row in day.rows:
        yield "\n".join([row.time, *(_INDENT + line for line in _lines(row))])


def _lines(row: Row) -> Iterator[str]:
    comma = _COMMAS.get(row.language.partition("-")[0], ", ")
    if row.flags:
        yield comma.join(row.flags)
    yield row.title
    if row.categories:
        yield comma.join(row.categories)
