"""Feeds before their entries are made: what a plan, and a listing of the moment, say of a feed itself."""

from collections.abc import Iterator

from newsfeed.model.feed import FeedData, Link
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.text.urls import ascii_uri

__all__ = ["head_of", "listing_head"]


def head_of(planned: PlannedFeed, plan: Plan) -> FeedData:
    """Return a planned feed without its entries.

    An archive and a page say nothing of other feeds, so that these don't change them.
    """
    site, path, is_part = plan.site, planned.path, bool(planned.part_of)
    return FeedData(
        site=site,
        id=ascii_uri(site.feeds_url + path),
        path=path,
        title=planned.title,
        description=site.text(site.description or site.title, planned.language),
        language=planned.language,
        entries=(),
        content=planned.rule.content,
        lead_image=planned.rule.lead_image,
        access=tuple(planned.rule.access),
        is_listed=planned.rule.is_listed,
        order=planned.rule.order,
        utm=tuple(planned.rule.utm.items()),
        ttl=planned.rule.ttl,
        formats=planned.formats,
        documents=planned.documents,
        editions=() if is_part else tuple(_editions(planned, plan)),
        siblings=() if is_part else plan.siblings[planned.language],
        trending=() if is_part else plan.trending[planned.language],
        all_news=None if is_part else plan.all_news.get(planned.language),
        history=planned.history,
        tombstones=() if is_part else planned.tombstones,
        mark=planned.mark,
    )


def listing_head(language: str, plan: Plan) -> FeedData:
    """Return the latest-news listing of a language without its entries, whether or not one is planned."""
    site = plan.site
    return FeedData(
        site=site,
        id=ascii_uri(f"{site.feeds_url}{language}/latest"),
        path="",
        title=site.label("latest", language),
        description=site.text(site.description or site.title, language),
        language=language,
        entries=(),
        siblings=plan.siblings[language],
        trending=plan.trending[language],
        all_news=plan.all_news.get(language),
        as_of=plan.as_of,
    )


def _editions(planned: PlannedFeed, plan: Plan) -> Iterator[Link]:
    """Yield the same feed in the site's other languages, without a suffix."""
    if "language" not in planned.terms or not planned.rule.is_listed:
        return
    for language in plan.site.languages:
        terms = {**planned.terms, "language": language}
        other = plan.by_terms.get((planned.rule_number, tuple(terms.values())))
        if other is not None and other is not planned:
            address = ascii_uri(plan.site.feeds_url + other.path)
            yield Link(url=address, title=other.title, language=language, documents=other.documents)
