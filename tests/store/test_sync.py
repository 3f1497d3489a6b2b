"""What `Store.sync` does with files that are being written, with the company of others, and with many records."""

import gzip
import json
import os
import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.store.test_put import AS_OF, SITE, SNOW

from newsfeed import FeedRule, LossRefused, Newsroom, Store, StoreError
from newsfeed.catalog.stored.database.turns import sync_turn
from newsfeed.catalog.stored.sync import sync as syncing
from newsfeed.sources.site_articles import SiteArticles, articles_in

SECONDS = count(1_700_000_000)


def snow(number: int, **values: Any) -> dict[str, Any]:
    return (
        SNOW | {"id": number, "title": f"Snow {number}", "url": f"https://report.example/{number}"} | values
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    site = msgspec.structs.replace(SITE, articles=("*.jsonl", "*.gz"))
    with Store(tmp_path / "news.db", site, wait=0.1) as opened:
        yield opened


def write(folder: Path, name: str, numbers: range, **values: Any) -> Path:
    """Write a file, as if a while ago."""
    file = folder / name
    text = "".join(f"{json.dumps(snow(number, **values))}\n" for number in numbers)
    file.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    moment = next(SECONDS)
    os.utime(file, (moment, moment))
    return file


def numbers(store: Store) -> set[int]:
    return {int((article.url or "").rpartition("/")[2]) for article in store.newsroom().articles}


def test_the_report(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", range(3))
    write(tmp_path, "b.jsonl", range(3, 5))
    first = store.sync(tmp_path)
    assert (first.files, first.files_read, first.taken) == (2, 2, 5)
    assert (first.changed, first.removed) == (5, 0)
    write(tmp_path, "a.jsonl", range(1, 6))
    second = store.sync(tmp_path)
    assert (second.files, second.files_read, second.taken) == (2, 1, 5)
    assert (second.changed, second.removed) == (3, 1)
    changes = second.sources["*.jsonl"]
    assert (changes.new, changes.changed, changes.removed) == (3, 0, 1)


def test_a_file_with_two_records_of_one_article(store: Store, tmp_path: Path) -> None:
    def titles() -> list[str]:
        return [article.title for article in store.newsroom().articles]

    older, newer = snow(1, title="Older"), snow(1, title="Newer", updated="2025-12-20 18:24")
    for records, expected in (
        ([older, newer], "Newer"),
        ([older], "Older"),
        ([newer, older], "Newer"),
        ([older], "Older"),
    ):
        file = write(tmp_path, "a.jsonl", range(0))
        file.write_text("".join(f"{json.dumps(record)}\n" for record in records))
        store.sync(tmp_path)
        assert titles() == [expected]


class TestAFileThatIsBeingWritten:
    @pytest.fixture
    def written_while_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each file is written again while it is read."""

        def writing(files: Any, *arguments: Any, **others: Any) -> Iterator[Any]:
            yield from articles_in(files, *arguments, **others)
            moment = next(SECONDS)
            os.utime(files[0].path, (moment, moment))

        monkeypatch.setattr(syncing, "articles_in", writing)

    @pytest.mark.usefixtures("written_while_read")
    def test_what_is_missing_in_it_stays(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path, "a.jsonl", range(20))
        store.sync(tmp_path)
        write(tmp_path, "a.jsonl", range(18, 22))
        for accept_loss in (False, True):
            assert store.sync(tmp_path, accept_loss=accept_loss).removed == 0
        assert numbers(store) == set(range(22))

    def test_the_next_sync_removes_it(
        self, store: Store, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        write(tmp_path, "a.jsonl", range(20))
        store.sync(tmp_path)
        write(tmp_path, "a.jsonl", range(5, 20))
        request.getfixturevalue("written_while_read")
        store.sync(tmp_path)
        request.getfixturevalue("monkeypatch").undo()
        assert store.sync(tmp_path).removed == 5
        assert numbers(store) == set(range(5, 20))


def test_a_gzip_file_that_broke_off(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path, "a.jsonl.gz", range(200))
    store.sync(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LossRefused) as caught:
        store.sync(tmp_path)
    what, remedy = str(caught.value).splitlines()[0], str(caught.value).splitlines()[-1]
    assert what.startswith("a.jsonl.gz: the file ends in the middle of its compressed data; line ")
    assert what.endswith(f"; {len(caught.value.lost)} articles that it had would be removed.")
    assert remedy == (
        "Nothing was changed. Fix the source and sync again. "
        "If this is right, let them go with --accept-loss (accept_loss=True in Python)."
    )
    assert numbers(store) == set(range(200))
    file.write_bytes(whole)
    assert store.sync(tmp_path).changed == 0


def test_what_is_lost_has_the_ids_of_articles(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", range(2))
    store.sync(tmp_path)
    write(tmp_path, "a.jsonl", range(2, 3))
    with pytest.raises(LossRefused) as caught:
        store.sync(tmp_path)
    assert caught.value.lost == ("https://report.example/ids/0", "https://report.example/ids/1")


def test_what_was_removed_by_hand_stays_away_until_its_record_changes(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", range(3))
    store.sync(tmp_path)
    store.remove([0])
    write(tmp_path, "a.jsonl", range(4))
    store.sync(tmp_path)
    assert numbers(store) == {1, 2, 3}
    write(tmp_path, "a.jsonl", range(4), summary="It melts.")
    store.sync(tmp_path)
    assert numbers(store) == {0, 1, 2, 3}


class TestPublishingWhatVanished:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        rules = [FeedRule(path="{language}/all"), FeedRule(path="{language}/topic/{topic}")]
        site = msgspec.structs.replace(SITE, articles=("a.jsonl",), feeds=tuple(rules))
        with Store(tmp_path / "news.db", site) as opened:
            write(tmp_path, "a.jsonl", range(20), topics=["Ice"])
            with (tmp_path / "a.jsonl").open("a") as file:
                file.write(f"{json.dumps(snow(20, topics=['Sea']))}\n")
            opened.sync(tmp_path)
            opened.publish(tmp_path / "stored", as_of=AS_OF)
            yield opened

    def test_it_is_as_with_a_build_from_files(self, store: Store, tmp_path: Path) -> None:
        files = SiteArticles(store.site, tmp_path)
        Newsroom(store.site, files, as_of=AS_OF).publish(tmp_path / "built")
        write(tmp_path, "a.jsonl", range(1, 20), topics=["Ice"])
        store.sync(tmp_path)
        store.publish(tmp_path / "stored", as_of=AS_OF)
        Newsroom(store.site, files, as_of=AS_OF).publish(tmp_path / "built")
        assert documents(tmp_path / "stored") == documents(tmp_path / "built")
        assert "en/topic/sea.rss" in documents(tmp_path / "stored")

    def test_a_loss_is_held_against_all_that_was_published(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path, "a.jsonl", range(3, 21), topics=["Ice"])
        store.sync(tmp_path)
        assert store.publish(tmp_path / "stored", as_of=AS_OF).articles == 18

    def test_each_target_keeps_the_feed(self, store: Store, tmp_path: Path) -> None:
        """Also one that is published later, when the store knows that the article is gone."""
        store.publish(tmp_path / "other", as_of=AS_OF)
        write(tmp_path, "a.jsonl", range(1, 20), topics=["Ice"])
        store.sync(tmp_path)
        for name in ("stored", "other"):
            store.publish(tmp_path / name, as_of=AS_OF)
        assert documents(tmp_path / "other") == documents(tmp_path / "stored")
        assert "en/topic/sea.rss" in documents(tmp_path / "other")

    def test_what_was_meant_to_go_ends_its_feed(self, store: Store, tmp_path: Path) -> None:
        write(tmp_path, "a.jsonl", range(15, 20), topics=["Ice"])
        store.sync(tmp_path, accept_loss=True)
        report = store.publish(tmp_path / "stored", as_of=AS_OF)
        assert report.articles == 5
        assert "en/topic/sea.rss" in report.removed


@pytest.mark.parametrize(
    ("other", "last"),
    [
        pytest.param("atom", [[snow(20, topics=["Sea"])], []], id="the last article of the feed"),
        pytest.param(
            "html",
            [
                [snow(20, topics=["Sea"]), snow(21, topics=["Sea"])],
                [snow(20, topics=["Ice"]), snow(21, topics=["Sea"])],
                [snow(21, topics=["Sea"])],
            ],
            id="one that had left the feed",
        ),
    ],
)
def test_an_article_vanishes_that_is_in_a_document_kept_beside_a_feed(
    other: str, last: list[list[dict[str, Any]]], tmp_path: Path
) -> None:
    """The document is in a format that the feed once had, by a rule that had another place in newsroom.toml."""
    rules = [
        FeedRule(path="{language}/all", formats=["json"]),
        FeedRule(path="by/{author}", formats=["json"]),
        FeedRule(path="topic/{topic}", formats=["json", other]),
    ]
    before = msgspec.structs.replace(SITE, articles=["*.jsonl"], feeds=rules, retired="keep")
    after = msgspec.structs.replace(
        before, feeds=[rules[0], FeedRule(path="topic/{topic}", formats=["json"])]
    )
    write(tmp_path, "a.jsonl", range(20))
    for site, records in ((before, last[0]), *((after, each) for each in last)):
        file = write(tmp_path, "b.jsonl", range(0))
        file.write_text("".join(f"{json.dumps(record)}\n" for record in [snow(22), *records]))
        with Store(tmp_path / "news.db", site) as store:
            store.sync(tmp_path)
            report = store.publish(tmp_path / "stored", as_of=AS_OF)
            Newsroom(site, SiteArticles(site, tmp_path), as_of=AS_OF).publish(tmp_path / "built")
            assert documents(tmp_path / "stored") == documents(tmp_path / "built")
    assert not report.is_whole
    assert f"topic/sea.{other}" in (*report.written, *report.removed)


def documents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in files
        if not file.is_relative_to(folder / ".newsfeed")
    }


def test_syncs_wait_for_each_other(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", range(3))
    with sync_turn(store._rows.connection, wait=0), pytest.raises(StoreError) as caught:
        store.sync(tmp_path)
    assert str(caught.value) == (
        f"{store.path}: another sync of this store has been going on for 0.1 seconds. "
        "Try again when it is done, or allow a longer wait."
    )


def test_a_backup_that_was_restored_gets_the_rest_from_the_files(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", range(3))
    store.sync(tmp_path)
    with closing(sqlite3.connect(store.path)) as database:
        database.execute("VACUUM INTO ?", (f"{tmp_path}/copy.db",))
    write(tmp_path, "a.jsonl", range(1, 6))
    store.sync(tmp_path)
    store.close()
    Path(tmp_path, "copy.db").replace(store.path)
    with Store(store.path, store.site) as restored:
        assert numbers(restored) == {0, 1, 2}
        report = restored.sync(tmp_path)
        assert (report.changed, report.removed) == (3, 1)
        assert numbers(restored) == {1, 2, 3, 4, 5}


@pytest.mark.slow
def test_records_arent_held_in_memory(store: Store, tmp_path: Path) -> None:
    for first in (0, 300):  # the second sync has to know what is missing before it changes anything
        file = write(tmp_path, "a.jsonl", range(first, 3_000 + first), content="<p>Snow.</p>" * 400)
        tracemalloc.start()
        store.sync(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < file.stat().st_size / 4
