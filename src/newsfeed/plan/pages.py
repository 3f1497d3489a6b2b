"""Which feeds go with a page of the site: those of what it is about, and those of everything."""

from collections.abc import Iterator

from newsfeed.catalog.indexed_catalog import FeedKey
from newsfeed.model.facets import Facets, combinations
from newsfeed.model.site import Site
from newsfeed.plan.planning import place_in_newsroom_toml

__all__ = ["feeds_about"]


def feeds_about(page: Facets, site: Site) -> Iterator[FeedKey]:
    """Yield the feeds that carry what a page is about, or all of it, in the order of a plan.

    Args:
        page: The page's terms by axis, checked.
        site: The site. Whether such a feed has articles is for the catalog to say.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> [(site.feed_rules[number].path, terms) for number, terms in feeds_about({"language": ("en",)}, site)]
    [('{language}/all', ('en',)), ('{language}/latest', ('en',))]
    """
    for number, rule in enumerate(site.feed_rules):
        facets = {axis: page.get(axis, ()) for axis in rule.facets}
        those = set(combinations(facets, rule.axes, rule.conditions, rule.excluded))
        for terms in sorted(those, key=place_in_newsroom_toml(rule.axes, site)):
            yield number, terms
