"""Sources in PostgreSQL: what SQLite can't tell, time zones and lists."""

from pathlib import Path

import psycopg
import pytest
from tests.store.databases import Postgresql

import newsfeed
from newsfeed.sources.newsroom_toml import read_site

pytest.importorskip("sqlalchemy")

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
database = "{address}"
query = "SELECT id, title, slug, online AS published, tags AS topics FROM post WHERE changed > :since"
article_url = "https://report.example/{slug}"
defaults = { language = "en" }
"""
TABLE = """
DROP TABLE IF EXISTS post;
CREATE TABLE post (id uuid, title text, slug text, online timestamptz, tags text[], changed timestamp);
INSERT INTO post VALUES ('00000000-0000-0000-0000-000000000001', 'Snow', 'snow', '2025-12-19 18:24+04', '{Baku,Winter}', '2025-12-19');
INSERT INTO post VALUES ('00000000-0000-0000-0000-000000000002', 'Rain', 'rain', '2025-12-19 20:00+04', '{}', '2025-12-19');
"""


def test_rows_are_read_and_then_what_changed(postgresql: Postgresql, tmp_path: Path) -> None:
    address = postgresql.at(tmp_path)
    with psycopg.connect(address) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {address.rpartition('%3D')[2]}")
        connection.execute(TABLE)
    (tmp_path / "newsroom.toml").write_text(NEWSROOM.replace("{address}", address))
    store = newsfeed.Store(str(tmp_path / "news.db"), read_site(tmp_path)[0])
    report = store.sync(tmp_path)
    assert (report.taken, report.changed, report.findings) == (2, 2, ())
    _, snow = store.newsroom().articles
    assert snow.topics == ("Baku", "Winter")
    assert snow.published.isoformat() == "2025-12-19T14:24:00+00:00"
    assert snow.id == "https://report.example/ids/00000000-0000-0000-0000-000000000001"
    with psycopg.connect(address) as connection:
        # clocks in Baku are four hours ahead of those of the server
        connection.execute(
            "UPDATE post SET title = 'Ice', changed = now() AT TIME ZONE 'Asia/Baku' WHERE slug = 'snow'"
        )
    report = store.sync(tmp_path)
    assert (report.taken, report.changed) == (1, 1)
