"""The grammars of feeds, as tables: one file for each format, and one for the vocabularies that extend them."""

from collections.abc import Mapping
from typing import Final

from newsfeed.check.grammars.atom import ATOM_GRAMMAR
from newsfeed.check.grammars.media_rss import MEDIA, MEDIA_SPACE
from newsfeed.check.grammars.opml import OPML
from newsfeed.check.grammars.rss import ATOM_IN_RSS, RSS
from newsfeed.check.grammars.sitemaps import SITEMAP, SITEMAP_NEWS, SITEMAP_NEWS_SPACE, SITEMAP_SPACE
from newsfeed.check.grammars.vocabularies import VOCABULARIES
from newsfeed.check.namespaces import ATOM
from newsfeed.check.structure import Grammar

__all__ = ["GRAMMARS", "SITEMAP_SPACE"]

_EXTENSIONS: Final = {**VOCABULARIES, MEDIA_SPACE: MEDIA}
#: The grammars that hold in each kind of document, by namespace.
GRAMMARS: Final[Mapping[str, Mapping[str, Grammar]]] = {
    "atom": {ATOM: ATOM_GRAMMAR, **_EXTENSIONS},
    "opml": {"": OPML},
    "rss": {"": RSS, ATOM: ATOM_IN_RSS, **_EXTENSIONS},
    "sitemap": {SITEMAP_SPACE: SITEMAP, SITEMAP_NEWS_SPACE: SITEMAP_NEWS},
}
