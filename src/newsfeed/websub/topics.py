"""Which topics have changed: the feeds that a build wrote, by the addresses under which readers know them."""

import json
from collections.abc import Iterable

from newsfeed.errors import InvalidValue
from newsfeed.model.record import kind, shown
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS
from newsfeed.text.urls import ascii_uri, check_base

__all__ = ["topics_of"]

_SUFFIXES = tuple(FORMATS[name].suffix for name in DEFAULT_FORMATS)
#: What a build writes beside feeds that ends like one.
_NO_FEEDS = frozenset({"feeds.json"})
_REMEDY = "hand over what `newsfeed build --json` printed"


def topics_of(report: str | bytes, *, feeds_url: str) -> tuple[str, ...]:
    """Give the topics that a hub is to be told of after a build.

    Args:
        report: The report of the build, as `newsfeed build --json` prints it.
        feeds_url: The address that the output folder is served from.

    Returns:
        The addresses of the feeds that are new or changed, as the feeds themselves give them, in the order of the
        report.

    Raises:
        InvalidValue: The report is none, or `feeds_url` is no address.

    >>> topics_of(b'{"written": ["en/all.rss", "en/latest.html"]}', feeds_url="https://report.example/feeds")
    ('https://report.example/feeds/en/all.rss',)
    """
    base = check_base(feeds_url)
    return tuple(ascii_uri(base + path) for path in _written(report) if _is_feed(path))


def _is_feed(path: str) -> bool:
    return path.endswith(_SUFFIXES) and path not in _NO_FEEDS


def _written(report: str | bytes) -> Iterable[str]:
    try:
        value = json.loads(report)
    except (ValueError, RecursionError) as error:
        reason = "it is empty" if not report.strip() else f"it isn't JSON: {error}"
        raise InvalidValue(
            reason, f"{_REMEDY}; if the build failed, there is no report", field="report"
        ) from None
    written = value.get("written") if isinstance(value, dict) else None
    if not isinstance(written, list):
        raise InvalidValue(f"{shown(value)} names no files that were written", _REMEDY, field="report")
    for path in written:
        if not isinstance(path, str):
            raise InvalidValue(f"{shown(path)} is {kind(path)}, and no path", _REMEDY, field="report.written")
    return dict.fromkeys(written)
