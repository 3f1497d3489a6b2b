"""How feeds are found: lists for programs and people, tags for the site's pages, a stylesheet for browsers."""

from newsfeed.discovery.alternate_links import alternate_links
from newsfeed.discovery.documents import SiteDocument, site_documents

__all__ = ["SiteDocument", "alternate_links", "site_documents"]
