"""The documents that the rules of a site can give to feeds, recognised by their paths."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.model.facets import known_terms
from newsfeed.model.formats import FORMATS, feed_suffixes, format_of
from newsfeed.model.rule import FeedRule
from newsfeed.model.rule_paths import axes_of, filled
from newsfeed.model.site import Site
from newsfeed.plan.segments import Segments

__all__ = ["RuleDocument", "RuleDocuments", "path_pattern"]

#: Stand for the axes while a path becomes a pattern; no path of a rule has such characters.
_MARKS = 0xE000


class RuleDocument(NamedTuple):
    """A document that a rule can give to a feed."""

    rule: FeedRule
    #: The path of its feed, without a suffix; its own, if it doesn't tell all terms that articles bring.
    feed: str
    #: The name of its format.
    format: str
    #: What stands in the path for the feed's terms, by axis.
    names: Mapping[str, str]
    #: Whether the rule's `paths` gives it this path.
    has_own_path: bool

    @property
    def feeds_beside(self) -> frozenset[str]:
        """The paths that documents of the same feed can have that name their articles."""
        own = [
            filled(template, self.names)
            for name, template in self.rule.paths.items()
            if FORMATS[name].vocabulary is not None and self.names.keys() >= {*axes_of(template)}
        ]
        return frozenset([*own, *(self.feed + suffix for suffix in feed_suffixes())])


class RuleDocuments:
    """The documents that the rules of a site can give to feeds.

    Args:
        site: The site.

    >>> rule = FeedRule(path="{language}/topic/{topic}", paths={"rss": "tag/{topic}/index.xml"})
    >>> site = Site(title="Report", url="https://report.example/", languages=["en"], feeds=[rule])
    >>> documents = RuleDocuments(site)
    >>> [
    ...     (document.feed, document.format)
    ...     for path in ("en/topic/snow.atom", "tag/snow/index.xml", "az/topic/qar.atom")
    ...     for document in documents.at(path)
    ... ]
    [('en/topic/snow', 'atom'), ('en/topic/snow', 'rss')]
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._feeds = [(rule, _pattern(rule.path, rule, site)) for rule in site.feed_rules]
        self._own = [
            (rule, name, _pattern(template, rule, site))
            for rule in site.feed_rules
            for name, template in rule.paths.items()
        ]

    def at(self, path: str) -> list[RuleDocument]:
        """Return the documents that can be at a path: of several feeds, if the path doesn't name all their terms."""
        return [*self._at_own_path(path), *self._at_path_of_feed(path)]

    def _at_own_path(self, path: str) -> Iterator[RuleDocument]:
        for rule, name, pattern in self._own:
            found = pattern.fullmatch(path)
            if found is None:
                continue
            others = [axis for axis in rule.axes if axis not in found.groupdict()]
            known = [_known_segments(axis, rule, self._site) for axis in others]
            if None in known:  # nothing tells the feed's own path
                feed = path.rpartition(".")[0]
                yield RuleDocument(rule, feed, name, found.groupdict(), has_own_path=True)
                continue
            for segments in product(*(each or () for each in known)):
                names = {**found.groupdict(), **dict(zip(others, segments, strict=True))}
                yield RuleDocument(rule, filled(rule.path, names), name, names, has_own_path=True)

    def _at_path_of_feed(self, path: str) -> Iterator[RuleDocument]:
        form = format_of(path)
        if form is not None:
            feed = path.removesuffix(form.suffix)
            for rule, pattern in self._feeds:
                if (found := pattern.fullmatch(feed)) is not None:
                    yield RuleDocument(rule, feed, form.name, found.groupdict(), has_own_path=False)


def path_pattern(template: str, rule: FeedRule, site: Site) -> str:
    """Return a pattern of the paths that a rule can give: any segment for axes that articles fill.

    Args:
        template: The path of the rule's feeds, or one of its `paths`.
        rule: The rule.
        site: The site.
    """
    marks, pattern = _marked(template, rule)
    for axis, mark in marks.items():
        pattern = pattern.replace(mark, _segment(axis, rule, site))
    return pattern


def _pattern(template: str, rule: FeedRule, site: Site) -> re.Pattern[str]:
    """Return the same with a group for each axis."""
    marks, pattern = _marked(template, rule)
    for axis, mark in marks.items():
        group = f"(?P<{axis}>{_segment(axis, rule, site)})"
        pattern = pattern.replace(mark, group, 1).replace(mark, f"(?P={axis})")
    return re.compile(pattern)


def _marked(template: str, rule: FeedRule) -> tuple[Mapping[str, str], str]:
    marks = {axis: chr(_MARKS + number) for number, axis in enumerate(rule.axes)}
    return marks, re.escape(filled(template, marks))


def _segment(axis: str, rule: FeedRule, site: Site) -> str:
    segments = _known_segments(axis, rule, site)
    if segments is None:
        return "[^/]+"
    return f"(?:{'|'.join(map(re.escape, segments))})" if segments else "(?!)"


def _known_segments(axis: str, rule: FeedRule, site: Site) -> list[str] | None:
    """Return what stands in a rule's paths for the terms that the site defines; None where articles bring them."""
    known = known_terms(axis, site)
    if known is None:
        return None
    segments = Segments(site, FirstSeen())
    wanted, excluded = rule.conditions, rule.excluded.get(axis, ())
    terms = [term for term in known if term in wanted.get(axis, (term,)) and term not in excluded]
    return [segments.of(axis, term, None) for term in terms]
