"""Where articles come from: newsroom.toml, files, rows. `kinds.py` has a row for each kind of file."""

from newsfeed.sources.newsroom_toml import read_site
from newsfeed.sources.site_articles import SiteArticles, each_article, read_articles

__all__ = ["SiteArticles", "each_article", "read_articles", "read_site"]
