"""Documents at paths of their own, which a rule's `paths` gives them, so that old addresses live on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from newsfeed.errors import InvalidPlan
from newsfeed.model.axes import AXES
from newsfeed.model.facets import known_terms
from newsfeed.model.formats import FORMATS
from newsfeed.model.list_paths import FEEDS_JSON, OPML, reserved_for
from newsfeed.model.plain_paths import plain_segment
from newsfeed.model.rule import FeedRule
from newsfeed.model.rule_paths import axes_of, filled
from newsfeed.model.site import Site
from newsfeed.plan.plan import PlannedFeed
from newsfeed.text.slugs import same_file

__all__ = ["check_documents", "feeds_with_document", "own_documents", "reserved_documents"]


def own_documents(rule: FeedRule, names: Mapping[str, str], site: Site) -> tuple[tuple[str, str], ...]:
    """Return the documents of a feed that have a path of their own, by format.

    A topic whose name would take the path of a document of the site, `feeds.json`, has none.

    Args:
        rule: The feed's rule.
        names: What stands in paths for the feed's terms, by axis.
        site: The site.
    """
    documents = []
    for name, template in rule.paths.items():
        path = filled(template, names)
        if all(AXES[axis].is_closed for axis in axes_of(template)) or not reserved_for(path, site):
            documents.append((name, path))
    return tuple(documents)


def reserved_documents(site: Site) -> Iterator[str]:
    """Yield such documents of feeds that the site defines. No topic's name may take their paths."""
    for rule in site.feed_rules:
        if rule.paths and all(AXES[axis].is_closed for axis in rule.axes):
            for terms in product(*(known_terms(axis, site) or () for axis in rule.axes)):
                names = {
                    axis: plain_segment(axis, term, None) for axis, term in zip(rule.axes, terms, strict=True)
                }
                yield from (path for _, path in own_documents(rule, names, site))


def feeds_with_document(path: str, site: Site) -> Iterator[str]:
    """Yield the paths of feeds, whether or not they exist, that may have a document at a path of its own."""
    for rule in site.feed_rules:
        for template in rule.paths.values():
            marks = {axis: f"(?P<{axis}>[^/]+)" for axis in rule.axes}
            pattern = re.escape(template)
            for axis, mark in marks.items():
                pattern = pattern.replace(rf"\{{{axis}\}}", mark, 1).replace(rf"\{{{axis}\}}", f"(?P={axis})")
            found = re.fullmatch(pattern, path)
            if found is not None:
                others = [axis for axis in rule.axes if axis not in found.groupdict()]
                for terms in product(*(known_terms(axis, site) or () for axis in others)):
                    names = {
                        axis: plain_segment(axis, term, None)
                        for axis, term in zip(others, terms, strict=True)
                    }
                    yield filled(rule.path, {**names, **found.groupdict()})


def check_documents(feeds: Iterable[PlannedFeed], site: Site) -> None:
    """Refuse a plan in which two documents have one path.

    Raises:
        InvalidPlan: If a rule's `paths` gives one to two documents, or a feed would have that of a list or a sitemap.
    """
    owners: dict[str, PlannedFeed] = {}
    planned = list(feeds)
    for number, rule in enumerate(site.feed_rules):  # also those that have no feeds yet
        for name, path in rule.paths.items():
            _check_not_reserved(path, f"feeds[{number}].paths.{name}", path, rule.path, site)
    for feed in planned:
        if feed.documents or "/" not in feed.path:
            own = dict(feed.documents)
            for name in feed.formats:
                key, written = (f"paths.{name}", own[name]) if name in own else ("path", feed.path)
                place = f"feeds[{feed.rule_number}].{key}"
                _check_not_reserved(feed.document(name), place, written, feed.path, site)
    if not any(feed.documents for feed in planned):
        return
    for feed in sorted(planned, key=lambda each: bool(each.documents)):
        for name in feed.formats:
            path = feed.document(name)
            other = owners.setdefault(same_file(path), feed)
            if other is not feed and feed.documents:
                raise InvalidPlan(
                    f"feeds[{feed.rule_number}].paths.{name} gives {path!r} to a document of {feed.path!r}, "
                    f"and {other.path!r} has one there. {_remedy(feed, other, name)}"
                )


def _check_not_reserved(path: str, key: str, written: str, feed: str, site: Site) -> None:
    if what := reserved_for(path, site):
        others = ", or discovery = false in [site]" if same_file(path) in {OPML, FEEDS_JSON} else ""
        raise InvalidPlan(
            f"{key} gives {path!r} to a document of {feed!r}, and newsfeed writes {what} there. "
            f"Write another path, such as {'news/' + written!r}{others}."
        )


def _remedy(feed: PlannedFeed, other: PlannedFeed, name: str) -> str:
    missing = [axis for axis in feed.rule.axes if f"{{{axis}}}" not in feed.rule.paths.get(name, "")]
    if other.rule_number == feed.rule_number and missing:
        return f"Add {{{missing[0]}}} to it."
    return f"Give {'it' if name in FORMATS else 'the document'} another path."
