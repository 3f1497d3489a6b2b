"""Fingerprints: what a document is rendered from, in sixteen bytes, without rendering it.

Documents with the same fingerprint have the same bytes: it covers the program, the site, the feed's path and links, and
every article that the feed carries, as its editor wrote it, with the other editions of its story.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.model.feed import Extension, FeedData
from newsfeed.model.formats import FORMATS
from newsfeed.model.installed import versions
from newsfeed.model.site import Site
from newsfeed.plan.feed_heads import head_of
from newsfeed.plan.plan import Plan, PlannedFeed
from newsfeed.publish.extension_digests import digest_of_extensions
from newsfeed.publish.identities import Identities

__all__ = ["Fingerprints", "digest_of_settings", "engine"]

_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)
_SIZE = 16
#: The fields of a feed that are fingerprinted in another way, because feeds share them or they depend on its articles.
_NOT_OWN = frozenset(
    {"site", "entries", "siblings", "trending", "all_news", "tombstones", "extensions", "as_of"}
)


@cache
def engine() -> str:
    """Return what identifies the program: the versions of newsfeed and its packages, and a digest of newsfeed's files."""
    stamps = sorted(_stamps(os.fspath(Path(__file__).parents[1])))
    return f"{' '.join(versions())}; {blake2b(_ENCODER.encode(stamps), digest_size=8).hexdigest()}"


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name, size and modification time of each file of a folder, except compiled ones."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _stamps(entry.path)
            elif not entry.name.endswith(".pyc"):
                fact = entry.stat()
                yield entry.name, fact.st_size, fact.st_mtime_ns


class Fingerprints:
    """The fingerprints of the documents of a plan.

    Args:
        plan: The plan of what is published.
        identities: The ids under which its articles are published.
        feed_ids: What the ids of its feeds begin with.
        extensions: Users' extensions, which write some of it.
    """

    def __init__(
        self, plan: Plan, identities: Identities, feed_ids: str, extensions: Sequence[Extension]
    ) -> None:
        self._plan = plan
        self._of_extensions = digest_of_extensions(extensions)
        self._identities = identities
        self._feed_ids = feed_ids
        site = plan.site
        self._common = digest_of_settings(site)
        self._of_plan: bytes | None = None
        self._of_feeds: dict[str, bytes] = {}
        self._of_links: dict[tuple[str, bool], bytes] = {}

    def of(self, planned: PlannedFeed, name: str) -> str:
        """Return the fingerprint of a feed's document in a format; empty if that is unknown.

        It is unknown for a plug-in's format, and where extensions depend on more than their source.
        """
        if self._of_extensions is None or name not in FORMATS.own:
            return ""
        return _digest(self._of_feed(planned), self._of_extensions, name.encode()).hex()

    def of_lists(self, path: str, plan: Plan) -> str:
        """Return the fingerprint of a document that lists the feeds of a plan, whatever they carry."""
        if self._of_plan is None:
            feeds = plan.feeds.values()
            named = [(feed.path, feed.title, feed.language, feed.terms, feed.rule_number) for feed in feeds]
            self._of_plan = _digest(_ENCODER.encode(named))
        return _digest(self._common, self._of_plan, self._feed_ids.encode(), path.encode()).hex()

    def _of_feed(self, planned: PlannedFeed) -> bytes:
        known = self._of_feeds.get(planned.path)
        if known is None:
            feed = head_of(planned, self._plan)
            known = _digest(
                self._common,
                self._links_of(feed, is_part=bool(planned.part_of)),
                self._own(feed),
                self._feed_ids.encode(),
                b"".join(map(self._plan.catalog.digest, planned.carried)),
                self._kept_ids(planned.carried),
            )
            self._of_feeds[planned.path] = known
        return known

    def _kept_ids(self, carried: Sequence[Candidate]) -> bytes:
        """Return the published ids of a feed's articles whose own ids differ."""
        kept = self._identities.kept
        if not kept:
            return b""
        own_ids = [each.rank[1] for each in carried]
        return _ENCODER.encode({own_id: kept[own_id] for own_id in own_ids if own_id in kept})

    def _links_of(self, feed: FeedData, *, is_part: bool) -> bytes:
        """Return the digest of what listings link to: the same for all feeds of a language, except archives and pages."""
        key = feed.language, is_part
        if key not in self._of_links:
            links = [feed.siblings, feed.trending, feed.all_news]
            self._of_links[key] = _digest(_ENCODER.encode(links))
        return self._of_links[key]

    def _own(self, feed: FeedData) -> bytes:
        """Return everything that belongs to this feed alone."""
        own = {field: getattr(feed, field) for field in feed.__struct_fields__ if field not in _NOT_OWN}
        return _ENCODER.encode([own, self._identities.of_tombstones(feed.tombstones)])


def digest_of_settings(site: Site) -> bytes:
    """Return a digest of what all documents of a site depend on: the program, the settings, and the site's templates."""
    return _digest(engine().encode(), _ENCODER.encode(site), _templates(site.templates))


def _templates(folder: str | None) -> bytes:
    if folder is None:
        return b""
    files = [file for file in sorted(Path(folder).rglob("*")) if file.is_file()]
    return _digest(*[bytes(file.relative_to(folder)) + b"\0" + file.read_bytes() for file in files])


def _digest(*parts: bytes) -> bytes:
    lengths = b"".join([len(part).to_bytes(8, "big") for part in parts])
    return blake2b(lengths + b"".join(parts), digest_size=_SIZE).digest()
