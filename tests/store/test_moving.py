"""Moving from builds of files to a store, and back: no subscriber notices.

The law: whatever happens to a newsroom, a folder that moves to and fro has the same files, and the same record whenever it
belongs to no store, as one into which the same articles are built each time.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.test_the_law import SITE, Model, follow
from tests.store.test_the_law_of_publishing import StoredRows, files

from newsfeed import FeedRule, Newsroom, PublishError, Report, Site, Store, StoreError
from newsfeed.publish.record import GONE_PATH, RECORD_PATH, PublishRecord
from newsfeed.web import gone_from

FEEDS = [FeedRule(path="{language}/all", limit=2), FeedRule(path="{language}/{topic}", limit=1)]
SITES = (
    msgspec.structs.replace(SITE, feeds=FEEDS, tombstones=30, retired="empty"),
    msgspec.structs.replace(SITE, feeds=FEEDS, retired="remove"),
    msgspec.structs.replace(SITE, feeds=FEEDS, retired="keep", url="https://news.example/"),
)
KEYS = "1234"


@st.composite
def puts(draw: st.DrawFn) -> tuple[str, list[tuple[str, Any]]]:
    """Each key is an article that has its own address, or none of its own but one on the site, and may change its id."""
    key = draw(st.sampled_from(KEYS))
    optional = {
        "id": st.sampled_from([f"urn:report:{key}", f"urn:new:{key}"]),
        "story": st.just(f"story-{key}"),
        "expires": st.sampled_from(["2025-12-20 00:00", "2200-01-01 00:00"]),
    }
    fields = {
        "language": st.just("en"),
        "title": st.sampled_from([f"Snow {key}", f"Rain {key}"]),
        "url": st.just(f"/{key}" if key in "12" else f"https://report.example/{key}"),
        "published": st.sampled_from([f"2025-12-1{key} 10:00", f"2025-12-1{key} 10:00", "2025-12-20 00:00"]),
        "topics": st.lists(st.sampled_from(["Ice", "Sea"]), max_size=1),
    }
    return "put", [(key, draw(st.fixed_dictionaries(fields, optional=optional)))]


steps = st.lists(
    st.one_of(
        puts(),
        st.tuples(st.sampled_from(["withdraw", "remove"]), st.sampled_from(KEYS)),
        st.tuples(st.just("wait"), st.sampled_from([1, 20, 24 * 31])),
        st.tuples(st.just("site"), st.sampled_from(range(len(SITES)))),
        st.tuples(st.just("publish"), st.booleans()),
        st.tuples(st.just("publish"), st.booleans()),
    ),
    min_size=6,
    max_size=20,
)


def check(history: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        moment = datetime(2025, 12, 19, 12, tzinfo=UTC)
        site, model = SITES[0], Model()
        store = Store(folder / "news.db", site)
        for number, (what, value) in enumerate([*history, ("publish", True), ("publish", False)]):
            if what == "wait":
                moment += timedelta(hours=value)
            elif what == "site":
                site = SITES[value]
                store.close()
                store = Store(folder / "news.db", site)
            elif what == "publish":
                newsroom = Newsroom(site, StoredRows(store, site), as_of=moment)
                newsroom.publish(folder / "built", accept_loss=True)
                if value:
                    store.publish(folder / "moved", as_of=moment, accept_loss=True)
                else:
                    built_without(store, newsroom, folder / "moved")
                    assert record(folder / "moved") == record(folder / "built"), number
                    assert not (folder / "moved" / GONE_PATH).exists()
                assert files(folder / "moved") == files(folder / "built"), number
            else:
                follow(store, model, (what, value))
        store.close()


def built_without(store: Store, newsroom: Newsroom, folder: Path) -> Report:
    """Build without the store, after the record was exported if the folder belongs to it."""
    if folder.exists() and read_record(folder).store:
        store.export_record(folder, as_of=newsroom.as_of, accept_loss=True)
    return newsroom.publish(folder, accept_loss=True)


def read_record(folder: Path) -> PublishRecord:
    return PublishRecord.read((folder / RECORD_PATH).read_bytes())


def record(folder: Path) -> Any:
    """What the record of a folder says, in no order, except when its files were written."""
    found = read_record(folder)
    documents = {(path, known.digest, known.retired) for path, known in found.documents.items()}
    head = {name: value for name, value in found.head.items() if name != "sealed"}
    return head, documents, sorted(found.articles), sorted(seal.locks for seal in found.sealed)


@pytest.mark.slow
@settings(max_examples=150)
@given(steps)
def test_nobody_notices(history: list[tuple[str, Any]]) -> None:
    check(history)
