"""The rules that feeds must keep: one file per kind of document, one small function per rule."""

from newsfeed.check.rule import Rule
from newsfeed.check.rules import (
    archives,
    atom_entries,
    atom_structure,
    atom_texts,
    atom_values,
    discussions,
    geography,
    html_content,
    json_feed,
    links,
    media_rss,
    modules,
    news_sitemap,
    opml,
    partner_articles,
    partner_feeds,
    podcasts,
    reading,
    rss_items,
    rss_structure,
    rss_values,
    texts,
    vocabularies,
    xhtml_content,
)

__all__ = ["RULES"]

_ROOMS = (
    reading.RULES,
    reading.UNKNOWN,
    reading.XML,
    rss_structure.RULES,
    rss_values.RULES,
    rss_items.RULES,
    atom_structure.RULES,
    atom_values.RULES,
    atom_values.COMMON,
    atom_texts.RULES,
    atom_entries.RULES,
    links.RULES,
    archives.RULES,
    vocabularies.RULES,
    vocabularies.IN_RSS,
    vocabularies.IN_ATOM,
    modules.RULES,
    modules.IN_RSS,
    geography.RULES,
    discussions.RULES,
    media_rss.RULES,
    podcasts.RULES,
    html_content.RULES,
    xhtml_content.RULES,
    texts.RULES,
    json_feed.RULES,
    opml.RULES,
    news_sitemap.RULES,
    partner_feeds.FORMATS,
    partner_feeds.RULES,
    partner_articles.RULES,
)

#: Every rule by its code, in the order of the codes.
RULES: dict[str, Rule] = {
    rule.code: rule for rule in sorted((rule for room in _ROOMS for rule in room), key=lambda rule: rule.code)
}
