"""The titles of feeds: what the rule says, else the site's name and what the feed is about."""

from collections.abc import Mapping

from newsfeed.model.facets import label_of
from newsfeed.model.rule import FeedRule
from newsfeed.model.rule_paths import filled
from newsfeed.model.site import Site

__all__ = ["title_of"]


def title_of(rule: FeedRule, terms: Mapping[str, str], site: Site, language: str) -> str:
    """Return the title of a feed of a rule.

    Args:
        rule: The rule; its own `title` wins.
        terms: The term on each axis of the rule.
        site: The site.
        language: The language of the title.
    """
    name = site.text(site.title, language)
    if rule.title is not None:
        words = {"site": name, "language": label_of("language", language, site, language)}
        words |= {word: site.label(word, language) for word in ("latest", "all")}
        words |= {axis: label_of(axis, term, site, language) for axis, term in terms.items()}
        return filled(site.text(rule.title, language), words)
    fixed = {
        facet: wanted[0]
        for facet, wanted in rule.conditions.items()
        if facet not in terms and len(wanted) == 1
    }
    about = [
        label_of(facet, term, site, language)
        for facet, term in {**terms, **fixed}.items()
        if facet != "language"
    ]
    return " – ".join([name, *about])
