"""Sources in databases: each row of a SELECT is an article. Here of SQLite; tests/store asks PostgreSQL the same."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import newsfeed
from newsfeed import Article, SourceError
from newsfeed.sources.newsroom_toml import read_site

pytest.importorskip("sqlalchemy")

#: Writes newsroom.toml with the keys of a source; returns the folder.
Room = Callable[[str], Path]

NEWSROOM = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en"]
timezone = "Asia/Baku"
store = "news.db"

[[sources]]
name = "cms"
kind = "sql"
"""
TABLE = """
CREATE TABLE post (id INTEGER PRIMARY KEY, headline TEXT, slug TEXT, online TEXT, gone INTEGER DEFAULT 0, changed TEXT);
INSERT INTO post (id, headline, slug, online, changed) VALUES
    (1, 'Snow', 'snow', '2025-12-19 18:24', '2025-12-19 18:24'), (2, 'Rain', 'rain', '2025-12-20 09:00', '2025-12-20');
"""
QUERY = '''
database = "sqlite:///cms.db"
query = """SELECT id, headline AS title, slug, online AS published, gone AS withdrawn FROM post WHERE changed > :since"""
article_url = "https://report.example/{slug}"
defaults = { language = "en" }
'''


@pytest.fixture
def room(tmp_path: Path) -> Room:
    change(tmp_path, TABLE)

    def write(keys: str = QUERY) -> Path:
        (tmp_path / "newsroom.toml").write_text(NEWSROOM + keys)
        return tmp_path

    return write


def change(folder: Path, statements: str) -> None:
    connection = sqlite3.connect(folder / "cms.db")
    connection.executescript(statements)
    connection.close()


def articles(folder: Path) -> list[Article]:
    """The articles of a build without a store, which reads all rows."""
    text = (folder / "newsroom.toml").read_text().replace('store = "news.db"\n', "")
    (folder / "plain.toml").write_text(text)
    newsroom = newsfeed.open(folder / "plain.toml")
    assert newsroom.findings == ()
    return list(newsroom.articles)


def failed(folder: Path) -> str:
    with pytest.raises(SourceError) as caught:
        articles(folder)
    return str(caught.value)


def test_each_row_is_an_article(room: Room) -> None:
    rain, snow = articles(room(QUERY))
    assert (snow.id, snow.title, snow.url) == (
        "https://report.example/ids/1",
        "Snow",
        "https://report.example/snow",
    )
    assert rain.published.isoformat() == "2025-12-20T09:00:00+04:00"


def test_columns_that_fields_are_made_of(room: Room) -> None:
    keys = 'database = "sqlite:///cms.db"\nquery = "SELECT * FROM post"\narticle_url = "https://report.example/{slug}"\n'
    fields = (
        '[sources.fields]\ntitle = "headline"\npublished = "online"\n[sources.defaults]\nlanguage = "en"\n'
    )
    assert [article.title for article in articles(room(keys + fields))] == ["Rain", "Snow"]


def test_an_address_in_the_environment(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = room(QUERY.replace("sqlite:///cms.db", "env:CMS"))
    monkeypatch.setenv("CMS", "sqlite:///cms.db")
    assert len(articles(folder)) == 2
    monkeypatch.delenv("CMS")
    assert failed(folder) == (
        "cms: the environment variable CMS isn't set. Let it hold the address of the database: "
        "postgresql://user:password@db.example/news, mysql://… or sqlite:///news.db."
    )


def test_a_query_that_fails(room: Room) -> None:
    folder = room(QUERY.replace("FROM post", "FROM posts"))
    assert failed(folder) == (
        "cms: the database can't be read: no such table: posts. Check database and query."
    )


def test_the_database_is_only_read(room: Room) -> None:
    folder = room(
        QUERY.replace("SELECT id, headline", "DELETE FROM post RETURNING id, headline").replace(
            " FROM post WHERE changed > :since", ""
        )
    )
    assert "attempt to write a readonly database" in failed(folder)
    change(folder, "UPDATE post SET headline = headline")


def test_a_file_that_is_not_there(room: Room, tmp_path: Path) -> None:
    folder = room(QUERY.replace("cms.db", "other.db"))
    assert failed(folder) == (
        f"cms: there is no database {tmp_path}/other.db. Correct database; a path is relative to newsroom.toml."
    )
    assert not (tmp_path / "other.db").exists()


def test_no_message_shows_user_or_password(room: Room) -> None:
    folder = room(QUERY.replace("sqlite:///cms.db", "postgresql://desk:geheim@127.0.0.1:1/news"))
    message = failed(folder)
    assert message.startswith("cms: the database can't be read: 127.0.0.1: ")
    assert "desk" not in message
    assert "geheim" not in message


def test_what_is_no_address(room: Room) -> None:
    assert failed(room(QUERY.replace("sqlite:///cms.db", "geheim@db"))) == (
        "cms: database isn't an address that SQLAlchemy understands. "
        "Write postgresql://user:password@db.example/news, mysql://… or sqlite:///news.db."
    )


def test_a_database_that_sqlalchemy_does_not_know(room: Room) -> None:
    message = failed(room(QUERY.replace("sqlite:///cms.db", "firebird+nowhere://db/news")))
    assert message.startswith(
        "cms: the database can't be read: db: Can't load plugin: sqlalchemy.dialects:firebird"
    )


class TestSync:
    def synced(self, folder: Path, *, full: bool = False) -> tuple[int, int, int]:
        report = self.store(folder).sync(folder, full=full)
        assert report.findings == ()
        return report.taken, report.changed, report.removed

    def store(self, folder: Path) -> newsfeed.Store:
        return newsfeed.Store(str(folder / "news.db"), read_site(folder)[0])

    def test_only_what_changed_is_asked_for(self, room: Room) -> None:
        folder = room(QUERY)
        assert self.synced(folder) == (2, 2, 0)
        assert self.synced(folder) == (0, 0, 0)
        change(folder, "UPDATE post SET headline = 'Ice', changed = '2999-01-01' WHERE id = 1")
        assert self.synced(folder) == (1, 1, 0)
        assert self.synced(folder) == (1, 0, 0)

    @pytest.mark.parametrize(("timezone", "is_seen"), [("", True), ("UTC", True), ("Asia/Baku", False)])
    def test_a_clock_that_shows_utc(self, timezone: str, *, is_seen: bool, room: Room) -> None:
        """Whose zone nobody said: changes of a day are asked for. A zone that is wrong hides them."""
        keys = f'timezone = "{timezone}"\n' if timezone else ""
        folder = room(keys + QUERY)
        self.synced(folder)
        change(folder, "UPDATE post SET headline = 'Ice', changed = CURRENT_TIMESTAMP WHERE id = 1")
        assert self.synced(folder) == ((1, 1, 0) if is_seen else (0, 0, 0))

    def test_what_vanished_is_found_by_asking_for_everything(self, room: Room) -> None:
        folder = room(QUERY)
        self.synced(folder)
        change(folder, "DELETE FROM post WHERE id = 1")
        assert self.synced(folder) == (0, 0, 0)
        assert self.synced(folder, full=True) == (1, 0, 1)

    def test_a_query_without_since_is_read_whole(self, room: Room) -> None:
        folder = room(QUERY.replace(" WHERE changed > :since", ""))
        self.synced(folder)
        change(folder, "DELETE FROM post WHERE id = 1")
        assert self.synced(folder) == (1, 0, 1)

    def test_the_guard(self, room: Room) -> None:
        folder = room(QUERY)
        self.synced(folder)
        change(folder, "DELETE FROM post")
        with pytest.raises(newsfeed.LossRefused) as caught:
            self.synced(folder, full=True)
        assert str(caught.value).startswith(
            "cms: it has no records; 2 articles that it had would be removed."
        )

    def test_other_settings_ask_for_everything(self, room: Room) -> None:
        folder = room(QUERY)
        self.synced(folder)
        assert self.synced(room(QUERY.replace("{slug}", "news/{slug}"))) == (2, 2, 0)

    def test_a_failure_changes_nothing(self, room: Room) -> None:
        folder = room(QUERY)
        self.synced(folder)
        change(folder, "ALTER TABLE post RENAME TO gone")
        with pytest.raises(SourceError):
            self.synced(folder)
        assert self.store(folder).newsroom().catalog.live == 2
