"""The rules that feeds must keep: one file per kind of document, one small function per rule."""

from newsfeed.check.rule import Rule
from newsfeed.check.rules import (
    archives,
    atom_entries,
    atom_structure,
    atom_values,
    html_content,
    json_feed,
    links,
    media_rss,
    modules,
    news_sitemap,
    opml,
    reading,
    rss_items,
    rss_structure,
    rss_values,
    texts,
)

__all__ = ["RULES"]

_ROOMS = (
    reading.RULES,
    reading.UNKNOWN,
    rss_structure.RULES,
    rss_values.RULES,
    rss_items.RULES,
    atom_structure.RULES,
    atom_structure.IN_RSS,
    atom_values.RULES,
    atom_entries.RULES,
    links.RULES,
    archives.RULES,
    modules.RULES,
    media_rss.RULES,
    html_content.RULES,
    texts.RULES,
    json_feed.RULES,
    opml.RULES,
    news_sitemap.RULES,
)

#: Every rule by its code, in the order of the codes.
RULES: dict[str, Rule] = {
    rule.code: rule for rule in sorted((rule for room in _ROOMS for rule in room), key=lambda rule: rule.code)
}
