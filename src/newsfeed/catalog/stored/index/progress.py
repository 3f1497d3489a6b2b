"""How far the derived tables of a store have come: up to which change of a row, to which moment, by which settings."""

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from newsfeed.catalog.stored.database.connection import Connection
from newsfeed.catalog.stored.database.moments import microseconds, moment_of
from newsfeed.catalog.stored.index.indexed_rules import indexed_rules
from newsfeed.catalog.stored.index.settings_history import save_settings, settings_history
from newsfeed.model.axes import AXES
from newsfeed.model.installed import installed_version
from newsfeed.model.site import Site

__all__ = ["CLOCK_TOLERANCE", "INDEX", "Progress", "progress_of", "settings_of"]

#: So much the clocks of machines that share a store may differ. One that was further ahead was wrong.
CLOCK_TOLERANCE = timedelta(minutes=1)
#: A new number lets every store derive its tables anew: for changes of what is in them.
_DERIVATION = 4
#: Settings on which nothing depends that is derived: all that only planning, writing and publishing ask for.
_OF_NO_MATTER = frozenset(
    {
        "articles",
        "date_format",
        "description",
        "discovery",
        "extensions",
        "feeds_url",
        "hub",
        "icon",
        "json_extra",
        "labels",
        "license",
        "logo",
        "max_loss",
        "moved",
        "profiles",
        "retired",
        "rights",
        "sources",
        "store",
        "stylesheet",
        "templates",
        "title",
        "tracking_pixels",
        "translations",
        "trending",
    }
)
_FACTS = """
SELECT name, value FROM counter
UNION ALL SELECT 'due', min(moment) FROM due
"""
#: What the derived tables are called in the history of settings.
INDEX = "the index"


class Progress(NamedTuple):
    """How far a store is refreshed."""

    #: How many changes of rows there were, and how many of them are in the derived tables.
    changes: int
    refreshed: int
    #: How many refreshes have changed something.
    revision: int
    #: The revision in which everything was derived anew. It isn't known what changed with it, or before.
    rebuilt: int
    #: The moment as of which everything derived is exact; None before the first refresh.
    clock: datetime | None
    #: The next moment at which a row changes something.
    due: datetime | None
    #: The settings by which it was derived; see `settings_of`.
    settings: str

    def is_ahead_of(self, now: datetime) -> bool:
        """Return whether the store was refreshed by a clock that was wrong."""
        return self.clock is not None and self.clock > now + CLOCK_TOLERANCE

    def is_exact(self, as_of: datetime, settings: str) -> bool:
        """Return whether nothing has to be refreshed before questions about a moment are answered."""
        if self.clock is None or self.clock > as_of or self.settings != settings:
            return False
        return self.refreshed == self.changes and (self.due is None or self.due > as_of)


def progress_of(connection: Connection) -> Progress:
    """Return how far a store is refreshed."""
    facts = dict(connection.execute(_FACTS))
    clock, due = facts.get("clock"), facts["due"]
    return Progress(
        changes=facts["changes"],
        refreshed=facts["refreshed"],
        revision=facts["revision"],
        rebuilt=facts.get("rebuilt", 0),
        clock=None if clock is None else moment_of(clock),
        due=None if due is None else moment_of(due),
        settings=settings_history(connection, INDEX).current,
    )


def keep_progress(connection: Connection, progress: Progress) -> None:
    """Write down how far a store is refreshed."""
    counted = {"refreshed": progress.refreshed, "revision": progress.revision, "rebuilt": progress.rebuilt}
    if progress.clock is not None:
        counted["clock"] = microseconds(progress.clock)
    connection.executemany(
        "INSERT INTO counter (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counter.value <> excluded.value",
        counted.items(),
    )
    save_settings(connection, INDEX, progress.settings)


def settings_of(site: Site) -> str:
    """Return a digest of all on which derived tables depend: a site's settings, and newsfeed itself.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> renamed = msgspec.structs.replace(site, title="The Report")
    >>> spoken = msgspec.structs.replace(site, languages=["en", "az"])
    >>> settings_of(renamed) == settings_of(site), settings_of(spoken) == settings_of(site)
    (True, False)
    """
    fields = {field: getattr(site, field) for field in site.__struct_fields__ if field not in _OF_NO_MATTER}
    rules = [
        (rule.path, *indexed) for rule, indexed in zip(site.feed_rules, indexed_rules(site), strict=False)
    ]
    values = [_DERIVATION, installed_version("newsroom-feeds"), list(AXES), fields | {"feeds": rules}]
    return blake2b(msgspec.json.encode(values, order="sorted", enc_hook=str), digest_size=16).hexdigest()
