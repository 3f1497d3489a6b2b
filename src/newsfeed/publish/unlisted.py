"""Which documents of a target belong to feeds that aren't listed, so that a web application names none of them."""

import re
from collections.abc import Iterator

import msgspec

from newsfeed.model.formats import FORMATS
from newsfeed.model.site import Site
from newsfeed.publish.record import FOLDER
from newsfeed.publish.rule_documents import path_pattern
from newsfeed.publish.target import OpenTarget

__all__ = ["UNLISTED_PATH", "put_unlisted", "unlisted_in"]

#: Patterns of the paths of these documents.
UNLISTED_PATH = f"{FOLDER}/unlisted.json"
_PART = "(?:/(?:archive|page)/[^/]+)?"


def put_unlisted(site: Site, output: OpenTarget) -> None:
    """Put the patterns into a target, or remove those of a site whose feeds are all listed."""
    patterns = list(_patterns(site))
    if patterns:
        written = msgspec.json.encode(patterns)
        if output.read(UNLISTED_PATH) != written:
            output.put(UNLISTED_PATH, written, "application/json")
    elif output.stamp(UNLISTED_PATH) is not None:
        output.remove(UNLISTED_PATH)


def unlisted_in(written: bytes) -> re.Pattern[str] | None:
    """Return a pattern of the paths of all documents that aren't listed; None if there are none."""
    try:
        patterns = msgspec.json.decode(written, type=list[str])
        return re.compile("|".join(patterns)) if patterns else None
    except (msgspec.MsgspecError, re.error):
        return None


def _patterns(site: Site) -> Iterator[str]:
    for rule in site.feed_rules:
        if not rule.is_listed:
            suffixes = "|".join(re.escape(FORMATS[name].suffix) for name in rule.formats)
            yield f"(?:{path_pattern(rule.path, rule, site)}){_PART}(?:{suffixes})"
            for template in rule.paths.values():
                yield path_pattern(template, rule, site)
