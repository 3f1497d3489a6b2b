"""`newsfeed diff --ids`: compare the ids of two sets of feeds, and show what subscribers would see."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from newsfeed.check.checker import feeds_in
from newsfeed.check.documents import ParsedDocument, read_document
from newsfeed.check.feed_items import items_of
from newsfeed.check.id_changes import IdChanges, NamedFeed, id_changes, paired
from newsfeed.check.limits import LARGEST
from newsfeed.cli.messages import counted, visible
from newsfeed.model.formats import DEFAULT_FORMATS
from newsfeed.text.one_line import one_line

__all__ = ["compare_ids"]

_SIDES = 2


def compare_ids(paths: Sequence[str], *, as_json: bool) -> int:
    """Compare the ids of the feeds in two files or folders, and show the differences.

    Args:
        paths: The old and the new file or folder; `-` is standard input.
        as_json: Whether to print one JSON document.

    Returns:
        The exit status: 1 if subscribers would see an article as new, or if a feed has no successor.

    Raises:
        click.UsageError: If there aren't two paths, or one isn't a feed or a folder with feeds.
    """
    if len(paths) != _SIDES:
        raise click.UsageError(
            "--ids compares two feeds, each a file or a folder: newsfeed diff --ids old.rss public/en/all.rss"
        )
    if paths[0] == paths[1] == "-":
        raise click.UsageError("only one of the two feeds can be standard input")
    old, new = (_feeds(path) for path in paths)
    compared = [
        (feed, successor, id_changes(feed.items, successor.items) if successor is not None else None)
        for feed, successor in paired(old, new)
        if feed.items or successor is not None
    ]
    if as_json:
        click.echo(_json(compared))
    else:
        for feed, successor, changes in compared:
            for line in _lines(feed, successor, changes, paths[1]):
                click.echo(visible(line))
        click.echo(_summary([changes for *_, changes in compared]))
    return int(any(changes is None or changes.news for *_, changes in compared))


_Compared = tuple[NamedFeed, NamedFeed | None, IdChanges | None]


def _feeds(path: str) -> list[NamedFeed]:
    """Read the feed or the folder of feeds at a path."""
    if path.startswith(("http://", "https://")):
        raise click.UsageError(
            f"{path} is an address, but nothing is fetched; save the feed first: curl -s {path} -o old.rss"
        )
    top = Path(path)
    if path == "-" or (top.exists() and not top.is_dir()):
        document = _read(path)
        if document.refusal is not None:
            raise click.UsageError(f"{document.name} can't be read as a feed: {document.refusal.reason}")
        if not _is_feed(document):
            raise click.UsageError(f"{document.name} isn't an RSS, Atom or JSON Feed document; name a feed")
        return [_named(document)]
    if not top.is_dir():
        raise click.UsageError(f"there is no file or folder {path}")
    if (top / "newsroom.toml").is_file():
        raise click.UsageError(
            f"{path} is a newsroom; build it first with newsfeed build {path} -o public, and name the folder public"
        )
    feeds = [_named(document) for document in map(_read, map(str, feeds_in(top))) if _is_feed(document)]
    if not feeds:
        raise click.UsageError(f"there are no feeds in {path}: no RSS, Atom or JSON Feed files")
    return feeds


def _read(path: str) -> ParsedDocument:
    if path == "-":
        data, name = sys.stdin.buffer.read(LARGEST + 1), "standard input"
    else:
        with Path(path).open("rb") as file:
            data, name = file.read(LARGEST + 1), click.format_filename(path)
    return read_document(data, name=name, as_of=datetime.now(UTC))


def _is_feed(document: ParsedDocument) -> bool:
    if document.kind == "json":
        return document.json is not None and document.json.get("items") is not None
    return document.kind in DEFAULT_FORMATS


def _named(document: ParsedDocument) -> NamedFeed:
    return NamedFeed(document.name, document.kind, items_of(document))


def _lines(old: NamedFeed, new: NamedFeed | None, changes: IdChanges | None, where: str) -> Iterator[str]:
    if new is None or changes is None:
        yield f"{old.name}: no feed in {where} has any of its articles ({len(old.items)})"
        return
    yield f"{old.name} and {new.name}: {counted(len(changes.same), 'id')} in both"
    for change in changes.changed:
        yield f"  ~ {change.old} is now {change.new}{_shown(change.title)}"
    for sign, items in (("+", changes.added), ("-", changes.dropped)):
        for item in items:
            yield f"  {sign} {item.id}{_shown(item.title)}"


def _shown(title: str) -> str:
    return f"  ({one_line(title)})" if title else ""


def _summary(compared: Sequence[IdChanges | None]) -> str:
    known = [changes for changes in compared if changes is not None]
    changed = sum(len(changes.changed) for changes in known)
    added = sum(len(changes.added) for changes in known)
    parts = []
    if changed:
        parts.append(f"{counted(changed, 'article')} with another id (~)")
    if added:
        parts.append(f"{counted(added, 'article')} that the old feed lacks (+)")
    if parts:
        return f"Subscribers would see as new: {', '.join(parts)}."
    if len(known) < len(compared):
        return "Some feeds have no successor; see above."
    return "Subscribers would see nothing new."


def _json(compared: Sequence[_Compared]) -> bytes:
    feeds = [
        {
            "old": old.name,
            "new": new.name if new is not None else None,
            **({} if changes is None else msgspec.structs.asdict(changes)),
        }
        for old, new, changes in compared
    ]
    news = sum(changes.news for *_, changes in compared if changes is not None)
    return msgspec.json.format(msgspec.json.encode({"news": news, "feeds": feeds}), indent=2)
