"""Links to the site's feeds, for listings: its other feeds, those of trending topics, and the feed of everything."""

from collections.abc import Iterable, Iterator, Sequence

from newsfeed.model.axes import AXES
from newsfeed.model.feed import Link
from newsfeed.model.formats import FORMATS
from newsfeed.model.site import Site
from newsfeed.plan.plan import PlannedFeed
from newsfeed.text.urls import ascii_uri

__all__ = ["all_news", "siblings", "trending"]

_TOPIC_ALONE = ({"topic"}, {"language", "topic"})


def siblings(feeds: Iterable[PlannedFeed], site: Site, language: str) -> Iterator[Link]:
    """Yield the site's feeds in a language that a reader may look for: everything, categories, flags."""
    for planned in feeds:
        of_site = planned.rule.is_listed and all(AXES[axis].is_closed for axis in planned.rule.axes)
        if planned.language == language and of_site:
            for name in planned.rule.formats:
                if FORMATS[name].is_feed:
                    yield _document(planned, name, planned.title, site)


def trending(feeds: Iterable[PlannedFeed], site: Site, language: str) -> Iterator[Link]:
    """Yield the feeds of a language's trending topics, in the site's order, each in its first format."""
    of_topic = {
        planned.terms.get("topic") or _only(planned.rule.conditions["topic"]): planned
        for planned in feeds
        if planned.language == language
        and planned.rule.is_listed
        and {*planned.terms, *planned.rule.conditions} in _TOPIC_ALONE
    }
    for topic in site.trending_in(language):
        if topic in of_topic:
            yield _document(of_topic[topic], of_topic[topic].rule.formats[0], topic, site)


def all_news(feeds: Iterable[PlannedFeed], site: Site) -> Iterator[tuple[str, Link]]:
    """Yield the first feed that carries everything in each language, in its first format for feed readers."""
    found: set[str] = set()
    for planned in feeds:
        facets = {*planned.rule.axes, *planned.rule.conditions}
        is_of_language = facets == {"language"} or (not facets and len(site.languages) == 1)
        everything = is_of_language and planned.rule.is_listed and not planned.rule.without
        formats = [name for name in planned.rule.formats if FORMATS[name].is_feed]
        if everything and formats and planned.language not in found:
            found.add(planned.language)
            yield planned.language, _document(planned, formats[0], site.label("all", planned.language), site)


def _document(planned: PlannedFeed, name: str, title: str, site: Site) -> Link:
    form = FORMATS[name]
    address = ascii_uri(site.feeds_url + planned.document(name))
    return Link(url=address, type=form.media_type, title=title, language=planned.language)


def _only(terms: Sequence[str]) -> str | None:
    return terms[0] if len(terms) == 1 else None
