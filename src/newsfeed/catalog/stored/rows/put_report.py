"""What putting rows into a store did."""

import msgspec

from newsfeed.findings import Finding

__all__ = ["PutReport"]


class PutReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `Store.put` did."""

    #: How many rows were taken: stored, or stored already.
    taken: int
    #: How many of them are new, or changed what was stored.
    changed: int
    #: What was found in the rows: an error for one that wasn't taken, a warning for what is repaired when it is read.
    findings: tuple[Finding, ...] = ()
