"""The topics that have changed: the feeds that a build wrote, by their public addresses."""

import json
from collections.abc import Iterable

from newsfeed.errors import InvalidValue
from newsfeed.model.formats import format_of
from newsfeed.model.shown_values import kind, quoted
from newsfeed.text.urls import ascii_uri, check_base

__all__ = ["topics_of"]

#: Files of a build that aren't feeds, but have a feed's suffix.
_NOT_FEEDS = frozenset({"feeds.json"})
_REMEDY = "pass what `newsfeed build --json` printed"


def topics_of(report: str | bytes, *, feeds_url: str) -> tuple[str, ...]:
    """Return the topics to notify a hub of after a build.

    Args:
        report: The report of the build, as `newsfeed build --json` prints it.
        feeds_url: The address that the output folder is served from.

    Returns:
        The addresses of new and changed feeds, as the feeds themselves state them, in the order of the report; not those
        of feeds that aren't listed.

    Raises:
        InvalidValue: The report or `feeds_url` isn't valid.

    >>> topics_of(b'{"written": ["en/all.rss", "en/latest.html"]}', feeds_url="https://report.example/feeds")
    ('https://report.example/feeds/en/all.rss',)
    """
    base = check_base(feeds_url)
    return tuple(ascii_uri(base + path) for path in _announced(report))


def _is_feed(path: str) -> bool:
    form = format_of(path)
    return form is not None and form.is_feed and path not in _NOT_FEEDS


def _announced(report: str | bytes) -> Iterable[str]:
    try:
        value = json.loads(report)
    except (ValueError, RecursionError) as error:
        reason = "it is empty" if not report.strip() else f"it isn't JSON: {error}"
        raise InvalidValue(
            reason, f"{_REMEDY}; a build that failed prints no report", field="report"
        ) from None
    written = value.get("written") if isinstance(value, dict) else None
    if not isinstance(written, list):
        raise InvalidValue(
            f"{quoted(value)} doesn't list the files that were written", _REMEDY, field="report"
        )
    for path in written:
        if not isinstance(path, str):
            raise InvalidValue(f"{quoted(path)} is {kind(path)}, not a path", _REMEDY, field="report.written")
    paths = dict.fromkeys(written)
    announced = value.get("announced") if isinstance(value, dict) else None
    if isinstance(announced, list):
        return [path for path in paths if path in announced]
    return filter(_is_feed, paths)
