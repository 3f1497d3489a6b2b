"""The law of `sync`: whatever was edited in the files and when it was synced, a store has the articles of the files."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.articles import AS_OF
from tests.store.test_the_law import SITE, findings, published

from newsfeed import LossRefused, Newsroom, Store
from newsfeed.catalog.stored.rows.rows import Rows
from newsfeed.catalog.stored.sync import stage as sync_stage
from newsfeed.catalog.stored.sync import sync as syncing
from newsfeed.sources.site_articles import SiteArticles

PATTERNS = ("one.jsonl", "more/*.json", "**/*.jsonl", "more/*.md")
FILES = ("one.jsonl", "more/a.json", "more/b.json", "other/c.jsonl", "more/d.md", "more/e.md")
SECONDS = count(1_700_000_000)

#: Records that can be used, of few articles, so that files have the same ones.
records = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "az"]),
        "title": st.sampled_from(["Snow", "Rain", "Snow\x01"]),
        "url": st.sampled_from(["https://report.example/snow", "https://report.example/rain"]),
        "published": st.sampled_from(["2025-12-19 18:24", "2025-12-19T10:00:00Z", "2199-01-01 00:00"]),
    },
    optional={
        "id": st.sampled_from(["urn:report:1", "urn:report:2", 7]),
        "story": st.sampled_from(["a", "b"]),
        "updated": st.sampled_from(["2025-12-19 19:00", "2025-12-20 00:00"]),
        "topics": st.lists(st.sampled_from(["Ice", "Sea"]), max_size=2),
        "withdrawn": st.booleans(),
    },
)
contents = st.one_of(st.none(), st.lists(records, max_size=4))
#: A file and what is written into it, None to remove it; moving one to another name; or a sync.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(FILES), contents),
        st.tuples(st.just("move"), st.sampled_from(FILES), st.sampled_from(FILES)),
        st.tuples(st.just("name"), st.lists(st.sampled_from(PATTERNS), min_size=1, unique=True), st.none()),
        st.tuples(st.just("sync"), st.sampled_from(["whole", "whole", "interrupted"]), st.none()),
    ),
    max_size=10,
)


def text_of(name: str, made: list[dict[str, Any]]) -> str:
    if name.endswith(".jsonl"):
        return "".join(f"{json.dumps(record)}\n" for record in made)
    if name.endswith(".md"):
        fields = "".join(f"{field}: {json.dumps(value)}\n" for field, value in made[0].items())
        return f"---\n{fields}---\nIt *snows*.\n"
    return json.dumps(made)


def write(file: Path, made: list[dict[str, Any]] | None) -> None:
    if made is None or (not made and file.suffix == ".md"):
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(exist_ok=True)
    file.write_text(text_of(file.name, made))
    moment = next(SECONDS)
    os.utime(file, (moment, moment))


@contextmanager
def interrupted() -> Iterator[None]:
    """Transactions hold two rows, and the third is never begun."""
    begun = count()
    change = Rows.change

    def few(rows: Any, moment: Any = None) -> Any:
        if next(begun) == 2:
            raise KeyboardInterrupt
        return change(rows, moment)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sync_stage, "_ROWS_AT_ONCE", 2)
        patched.setattr(syncing, "_ROWS_AT_ONCE", 2)
        patched.setattr(Rows, "change", few)
        with suppress(KeyboardInterrupt):
            yield


def follow(store: Store, root: Path, step: tuple[str, Any, Any]) -> None:
    what, name, value = step
    if what == "write":
        write(root / name, value)
    elif what == "move" and (root / name).exists() and Path(name).suffix == Path(value).suffix:
        (root / value).parent.mkdir(exist_ok=True)
        (root / name).replace(root / value)
    elif what == "name":
        store.site = msgspec.structs.replace(store.site, articles=tuple(name))
    elif what == "sync" and has_files(store, root):
        if name == "interrupted":
            with interrupted():
                store.sync(root, accept_loss=True)
        else:
            store.sync(root, accept_loss=True)


def has_files(store: Store, root: Path) -> bool:
    return any(file.is_file() for pattern in store.site.articles for file in root.glob(pattern))


def check(history: list[tuple[str, Any, Any]], root: Path) -> None:
    site = msgspec.structs.replace(SITE, articles=(*PATTERNS[:2], PATTERNS[3]))
    with Store(root / "news.db", site) as store:
        for step in history:
            follow(store, root, step)
        if not has_files(store, root):
            write(root / "one.jsonl", [])
            store.site = site
        read = Newsroom(store.site, SiteArticles(store.site, root), as_of=AS_OF)
        would = store.sync(root, accept_loss=True, dry_run=True)
        done = store.sync(root, accept_loss=True)
        assert (would.sources, would.taken) == (done.sources, done.taken)
        again = store.sync(root)
        assert (again.files_read, again.changed, again.removed) == (0, 0, 0)
        stored = store.newsroom(AS_OF)
        # that a pattern matches no file is said of files only
        assert findings(stored) == [each for each in findings(read) if each[0] != "NF141"]
        assert stored.plan.feeds.keys() == read.plan.feeds.keys()
        assert stored.next_change == read.next_change
        assert {source for source, number in stored.sources.items() if number} == {
            source for source, number in read.sources.items() if number
        }
        if any(read.sources.values()):
            assert published(stored, root / "stored") == published(read, root / "read")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(steps)
def test_a_store_has_the_articles_of_the_files(history: list[tuple[str, Any, Any]]) -> None:
    with TemporaryDirectory() as folder:
        check(history, Path(folder))


@settings(max_examples=3, deadline=None)
@given(steps)
def test_the_same_of_a_few(history: list[tuple[str, Any, Any]]) -> None:
    with TemporaryDirectory() as folder:
        check(history, Path(folder))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FILES), contents), max_size=4), st.lists(records, max_size=3))
def test_what_is_refused_changes_nothing(
    history: list[tuple[str, list[dict[str, Any]] | None]], last: list[dict[str, Any]]
) -> None:
    site = msgspec.structs.replace(SITE, articles=PATTERNS[:2])
    with TemporaryDirectory() as folder, Store(Path(folder, "news.db"), site) as store:
        for name, made in history:
            write(Path(folder, name), made)
        write(Path(folder, "more", "b.json"), last)
        store.sync(folder, accept_loss=True)
        before = store.newsroom(AS_OF).articles
        write(Path(folder, "more", "b.json"), [])
        write(Path(folder, "more", "a.json"), [])
        try:
            store.sync(folder)
        except LossRefused:
            assert store.newsroom(AS_OF).articles == before
