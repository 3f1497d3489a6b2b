"""The store that a newsroom names."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import path
from pathlib import Path

import click

from newsfeed.catalog.stored.database.addresses import store_name
from newsfeed.catalog.stored.database.wait import WAIT
from newsfeed.cli.messages import complain, visible
from newsfeed.errors import InvalidNewsroom
from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.sources.newsroom_toml import read_site

__all__ = [
    "as_json_document",
    "number_left_out",
    "shown_store",
    "site_with_store",
    "store_named",
    "telling_when_interrupted",
    "wait_option",
]

wait_option = click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=WAIT,
    show_default=True,
    help="How long to wait for others that are writing into the store.",
)


def store_named(folder: str) -> str | None:
    """Return the store that a newsroom names; None for none, or an invalid newsroom."""
    try:
        return read_site(folder)[0].store
    except InvalidNewsroom:
        return None


def site_with_store(folder: str) -> tuple[Site, str]:
    """Return the site of a newsroom, and its store.

    Raises:
        InvalidNewsroom: If the newsroom can't be used, or names no store.
    """
    site, root = read_site(folder)
    if site.store is None:
        file = Path(folder) if Path(folder).is_file() else root / "newsroom.toml"
        raise InvalidNewsroom(f'{file}: site.store: no store is named. Write store = "news.db" below [site].')
    return site, site.store


def shown_store(store: str) -> str:
    """Return the name of a store as people see it: a file relative to where they are, an address without user."""
    name = store_name(store)
    if "://" in name:
        return visible(name)
    near = path.relpath(name)
    return click.format_filename(name if near.startswith("..") else near)


@contextmanager
def telling_when_interrupted(store: str) -> Iterator[Callable[[int, int], None]]:
    """Say how far a command came that is interrupted while it fills a store.

    Args:
        store: The store.

    Yields:
        A function to call with the number of articles that have been stored, and of those that are new or changed.
    """
    so_far = (0, 0)

    def stored(taken: int, changed: int) -> None:
        nonlocal so_far
        so_far = (taken, changed)

    try:
        yield stored
    except KeyboardInterrupt:
        taken, changed = so_far
        complain(
            f"interrupted. {taken:,} articles were put into {shown_store(store)} before ({changed:,} new or changed), "
            "and stay there. To put the rest, run the same command again."
        )
        raise


def number_left_out(findings: Sequence[Finding]) -> int:
    """Return how many records couldn't be used."""
    return len({finding.place for finding in findings if finding.severity == "error"})


def as_json_document(counts: Mapping[str, int], findings: Sequence[Finding], **others: object) -> str:
    """Return what was done to a store as one JSON document."""
    shown = [
        {
            "code": each.code,
            "severity": each.severity,
            "place": str(each.place),
            "field": each.field or None,
            "reason": each.reason,
            "remedy": each.remedy,
        }
        for each in findings
    ]
    return json.dumps({"counts": counts, "findings": shown, **others}, ensure_ascii=False)
