"""The paths of feeds: no two are the same. Feeds that articles cause give way to those the site plans, new ones to old."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsfeed.catalog.first_seen import FirstSeen
from newsfeed.errors import InvalidPlan
from newsfeed.findings import Finding, Place
from newsfeed.model.axes import AXES
from newsfeed.model.formats import FORMATS
from newsfeed.model.list_paths import list_paths
from newsfeed.model.rule import FeedRule
from newsfeed.model.site import Site
from newsfeed.plan.document_paths import reserved_documents
from newsfeed.text.slugs import fitting, same_file, with_digest

__all__ = ["Claim", "Paths"]


class Claim(NamedTuple):
    """A feed and the path that it would have."""

    path: str
    rule: FeedRule
    #: The rule's number in newsroom.toml, from 0.
    rule_number: int
    #: The term on each axis of the rule.
    terms: Mapping[str, str]
    #: The paths of its archives or pages.
    parts: Sequence[str] = ()

    @property
    def free_axes(self) -> list[str]:
        """The axes whose terms come from articles."""
        return [axis for axis in self.terms if not AXES[axis].is_closed]

    def moved_to(self, path: str) -> "Claim":
        """Return the claim with another path, for its parts too."""
        return self._replace(path=path, parts=[path + part[len(self.path) :] for part in self.parts])


class Paths:
    """The paths of the feeds of a site, each with its own.

    Args:
        site: The site.
        first_seen: In which order its topics and authors were first published.
    """

    def __init__(self, site: Site, first_seen: FirstSeen) -> None:
        self._first_seen = first_seen
        self._owners: dict[str, Claim] = {}
        #: What a topic's name must not replace. A rule may, by a path of its own.
        self._site_documents = {same_file(path) for path in list_paths(site)} if site.discovery else set()
        self._site_documents.update(map(same_file, reserved_documents(site)))
        #: A warning for each feed that has another path than its rule says.
        self.findings: list[Finding] = []

    def of(self, claims: Sequence[Claim]) -> list[str]:
        """Return a path for each feed that no other has, letter case aside.

        Args:
            claims: All feeds.

        Returns:
            Their paths, in the same order.

        Raises:
            InvalidPlan: If two feeds have one path, and no article is the cause of it.
        """
        paths: dict[int, str] = {}
        for index, claim in sorted(enumerate(claims), key=lambda each: self._standing(each[1])):
            paths[index] = self._own_path(claim)
        return [paths[index] for index in range(len(claims))]

    def _standing(self, claim: Claim) -> tuple[bool, tuple[float, str, int], int]:
        """Return the key that sorts feeds: those that no article causes, then those that were published first."""
        named = [axis for axis in claim.free_axes if AXES[axis].is_named_freely]
        language = claim.terms.get("language")
        firsts = [self._first_seen.first(axis, claim.terms[axis], language) for axis in named]
        return bool(claim.free_axes), max(firsts, default=(0.0, "", 0)), claim.rule_number

    def _own_path(self, claim: Claim) -> str:
        wanted = claim
        if claim.free_axes:
            claim = claim.moved_to(fitting(claim.path))
        attempt = 0
        while (taken := next(self._taken(claim), None)) is not None:
            rival = self._owners.get(same_file(taken))
            if rival is not None and not _is_caused_by_articles(claim, rival):
                raise InvalidPlan(_collision(rival, claim, taken))
            attempt += 1
            claim = wanted.moved_to(
                fitting(with_digest(wanted.path, "\n".join(claim.terms.values()), attempt))
            )
        for path in (claim.path, *claim.parts):
            self._owners[same_file(path)] = claim
        if attempt:
            self.findings.append(_told_apart(wanted, claim.path))
        return claim.path

    def _taken(self, claim: Claim) -> Iterator[str]:
        """Yield those paths of a feed that aren't free."""
        for path in (claim.path, *claim.parts):
            documents = [same_file(path + FORMATS[name].suffix) for name in claim.rule.formats]
            if same_file(path) in self._owners or (
                claim.free_axes and not self._site_documents.isdisjoint(documents)
            ):
                yield path


def _is_caused_by_articles(claim: Claim, rival: Claim) -> bool:
    """Return whether a feed has another's path because of what articles say, and not because of two rules."""
    is_twin = claim.rule_number != rival.rule_number and (claim.rule.path, claim.rule.conditions) == (
        rival.rule.path,
        rival.rule.conditions,
    )
    return bool(claim.free_axes) and not is_twin


def _told_apart(claim: Claim, path: str) -> Finding:
    axis = claim.free_axes[0]
    reason = (
        f"the {axis} {claim.terms[axis]!r} would have the path of another feed or page, {claim.path!r}; "
        f"it has {path!r}"
    )
    remedy = f"give the {axis} another name, or change the rule's path, for example to {axis}/{{{axis}}}"
    return Finding(code="NF117", severity="warning", place=Place(), field=axis, reason=reason, remedy=remedy)


def _collision(first: Claim, second: Claim, path: str) -> str:
    if first.rule_number == second.rule_number:
        places = f"feeds[{first.rule_number}] ({first.rule.path!r}) gives one path to two of its feeds"
    else:
        places = (
            f"feeds[{first.rule_number}] ({first.rule.path!r}) and feeds[{second.rule_number}] "
            f"({second.rule.path!r}) give one path to two feeds"
        )
    return f"{places}: {path!r}. Give each its own path."
