"""What a store keeps of entries: a fresh process makes those of new articles only, and publishes what any other would."""

import json
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from tests.articles import articles, feed_of

from newsfeed import Article, Category, Entry, Extension, FeedRule, Site, Store
from newsfeed.formats.entries import entry_of
from newsfeed.formats.entry_cache import EntryCache
from newsfeed.publish import stored_entries
from newsfeed.publish.stored_entries import StoredEntries

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    categories=[Category(term="media", label="Media")],
    feeds=[FeedRule(path="{language}/all", formats=["rss", "atom", "json"])],
)


def snow(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"urn:report:{number}",
        "language": "en",
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": f"2025-12-{number + 1:02} 18:24",
        "categories": ["media"],
        "content": f"<p onclick='x()'>Snow & <b>more</b> snow, {number} cm.</p>",
        **values,
    }


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the articles whose entries are made."""
    titles: list[str] = []

    def counted(article: Article, *arguments: Any) -> Entry:
        titles.append(article.title)
        return entry_of(article, *arguments)

    monkeypatch.setattr("newsfeed.formats.renderer.entry_of", counted)
    return titles


def published(folder: Path, *rows: dict[str, Any], site: Site = SITE, **options: Any) -> dict[str, bytes]:
    """Put rows and publish, as a process does that has just begun."""
    folder.mkdir(exist_ok=True)
    with Store(folder / "news.db", site) as store:
        store.put(rows)
        store.publish(folder / "public", **options)
    return {file.name: file.read_bytes() for file in (folder / "public/en").iterdir()}


def kept(folder: Path) -> list[tuple[int, bytes, bytes]]:
    with closing(sqlite3.connect(folder / "news.db")) as database:
        return database.execute("SELECT number, digest, entry FROM kept_entry ORDER BY number").fetchall()


def change_kept(folder: Path, statement: str, *values: bytes) -> None:
    with closing(sqlite3.connect(folder / "news.db")) as database, database:
        database.execute(statement, values)


def test_a_fresh_process_makes_the_entries_of_new_articles_only(tmp_path: Path, made: list[str]) -> None:
    published(tmp_path / "kept", *map(snow, range(3)))
    made.clear()
    files = published(tmp_path / "kept", snow(3))
    assert made == ["Snow 3"]
    assert files == published(tmp_path / "at once", *map(snow, range(4)))


def test_a_corrected_article_is_made_anew(tmp_path: Path, made: list[str]) -> None:
    published(tmp_path, *map(snow, range(3)))
    made.clear()
    files = published(tmp_path, snow(1, content="<p>Sleet.</p>"))
    assert made == ["Snow 1"]
    assert b"Sleet." in files["all.rss"]


def test_so_are_the_editions_of_a_story_whose_other_edition_has_another_title(
    tmp_path: Path, made: list[str]
) -> None:
    site = msgspec.structs.replace(SITE, languages=["en", "az"])
    published(tmp_path, snow(1, story="snow"), snow(2, story="snow", language="az"), site=site)
    made.clear()
    files = published(tmp_path, snow(2, story="snow", language="az", title="Qar"), site=site)
    assert sorted(made) == ["Qar", "Snow 1"]
    assert b'title="Qar"' in files["all.atom"]


@pytest.mark.parametrize(
    "changed",
    [{"trusted_html": True}, {"categories": [Category(term="media", label="Press")]}],
    ids=["trusted HTML", "the label of a category"],
)
def test_other_settings_make_all_entries_anew(
    changed: dict[str, Any], tmp_path: Path, made: list[str]
) -> None:
    published(tmp_path / "kept", *map(snow, range(3)))
    made.clear()
    site = msgspec.structs.replace(SITE, **changed)
    files = published(tmp_path / "kept", site=site)
    assert len(made) == 3
    assert files == published(tmp_path / "at once", *map(snow, range(3)), site=site)


def test_so_does_another_program(tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, *map(snow, range(3)))
    made.clear()
    for module in ("fingerprints", "stored_shapes"):
        monkeypatch.setattr(f"newsfeed.publish.{module}.engine", lambda: "newsfeed of tomorrow")
    published(tmp_path)
    assert len(made) == 3


def once(filled: Any, entry: Entry) -> None:
    filled.comments(f"{entry.url}#once")


def twice(filled: Any, entry: Entry) -> None:
    filled.comments(f"{entry.url}#twice")


def test_extensions_write_entries_that_were_kept_without_them(tmp_path: Path) -> None:
    published(tmp_path, *map(snow, range(2)))
    for comments in (once, twice):
        files = published(tmp_path, extensions=[Extension(name="geo", entry=comments)])
        assert files["all.rss"].count(f"#{comments.__name__}</comments>".encode()) == 2


def test_nothing_is_kept_in_a_dry_run(tmp_path: Path) -> None:
    published(tmp_path, snow(1))
    before = kept(tmp_path)
    published(tmp_path, snow(2), dry_run=True)
    assert kept(tmp_path) == before


def test_what_is_kept_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_entries, "_MOST", 3)
    monkeypatch.setattr(stored_entries, "_MORE", 2)
    titles = [f"Snow {number}" for number in range(12)]
    published(tmp_path, *map(snow, (7, 0, 3, 6, 1, 5, 2, 4)))
    assert titles_kept(tmp_path) == titles[5:8]  # of many, those that were published last
    for number in range(8, 12):
        published(tmp_path, snow(number))
        assert len(kept(tmp_path)) <= 5
        assert titles_kept(tmp_path)[-1] == titles[number]


def titles_kept(folder: Path) -> list[str]:
    entries = [stored_entries._read(line) for _, _, line in kept(folder)]
    return [entry.title for entry in entries if entry is not None]


def test_a_large_entry_is_not_kept(tmp_path: Path, made: list[str]) -> None:
    words = " ".join(map(str, range(40_000)))
    published(tmp_path, snow(1, content=f"<p>{words}</p>"), snow(2))
    made.clear()
    published(tmp_path, snow(3))
    assert sorted(made) == ["Snow 1", "Snow 3"]


@pytest.mark.parametrize("damage", [b"x", zlib.compress(b"{}")], ids=["no data", "no entry"])
def test_damaged_entries_are_made_anew(damage: bytes, tmp_path: Path, made: list[str]) -> None:
    published(tmp_path, *map(snow, range(3)))
    change_kept(tmp_path, "UPDATE kept_entry SET entry = ?", damage)
    made.clear()
    assert published(tmp_path, snow(3)) == published(tmp_path / "at once", *map(snow, range(4)))
    assert len(made) == 8


def test_damaged_shapes_are_traced_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, snow(1))
    change_kept(tmp_path, "UPDATE fact SET value = substr(value, 1, length(value) - 1) WHERE name = 'traced'")
    monkeypatch.setattr("newsfeed.publish.stored_shapes.count_shapes", lambda: 0)
    assert published(tmp_path, snow(2)) == published(tmp_path / "at once", snow(1), snow(2))


@given(articles)
def test_a_kept_entry_is_as_it_was_made(article: Article) -> None:
    (entry,) = feed_of(article).entries
    line = stored_entries._written(entry)
    assert line is None or stored_entries._read(line) == entry


@pytest.mark.parametrize("extra", [{"a": {1, 2}}, {"a": float("nan")}, {"a": "\ud800"}], ids=str)
def test_what_json_cannot_say_is_kept_in_memory_only(extra: dict[str, Any], tmp_path: Path) -> None:
    article = Article(**snow(1, published=datetime(2025, 12, 19, tzinfo=UTC)))
    entry = msgspec.structs.replace(feed_of(article).entries[0], extra=extra)
    with Store(tmp_path / "news.db", SITE) as store:
        entries = StoredEntries(store._rows.connection, EntryCache(), "settings")
        entries.put(b"digest", entry)
        entries.save()
        assert entries.get(b"digest") is entry
        assert StoredEntries(store._rows.connection, EntryCache(), "settings").get(b"digest") is None


PROGRAM = """
import json, sys
from newsfeed import FeedRule, Site, Store
feeds = [FeedRule(path="{language}/all", formats=["rss", "atom", "json"])]
site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="UTC", feeds=feeds)
number, folder = sys.argv[1:]
snow = {"id": number, "language": "en", "title": "Snow", "published": "2025-12-01 18:24", "content": "<p>Snow &amp; ice.</p>"}
with Store(f"{folder}/news.db", site) as store:
    store.put(snow | {"url": f"https://report.example/{number}"})
    store.publish(f"{folder}/public")
heavy = {"babel", "dateutil", "feedgen", "importlib.metadata", "jinja2", "lxml", "rich"}
print(json.dumps(sorted(heavy & sys.modules.keys())))
"""


@pytest.mark.slow
def test_a_fresh_process_imports_feedgen_only_for_new_shapes(tmp_path: Path) -> None:
    def imported(number: int) -> list[str]:
        command = [sys.executable, "-c", PROGRAM, str(number), str(tmp_path)]
        done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
        return list(json.loads(done.stdout))

    assert "feedgen" in imported(1)
    assert imported(2) == imported(3) == []
