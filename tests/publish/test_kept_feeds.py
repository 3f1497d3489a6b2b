"""`retired = "keep"` never serves what is held back: nothing does, whatever became of its feed."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from newsfeed import FeedRule
from newsfeed.check import check_document
from newsfeed.publish.record import RECORD_PATH, PublishRecord
from newsfeed.publish.report import Report
from newsfeed.web import precompress

Make = Callable[..., Any]

ALL = FeedRule(path="{language}/all", formats=["rss"])
OLD = FeedRule(path="old", formats=["rss", "atom", "json", "html", "text"], archive="month")
FEEDS = ["old.rss", "old.atom", "old.json"]

SECRETS: dict[str, dict[str, Any]] = {
    "withdrawn": {"withdrawn": True},
    "expired": {"expires": datetime.fromisoformat("2025-12-19T13:00:00Z")},
    "embargoed anew": {"published": datetime.fromisoformat("2026-02-01T12:00:00Z")},
}


@pytest.fixture
def build(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> Callable[..., Report]:
    """Publish two articles, one of them with some values, into the feed of everything and perhaps another."""

    def publish(*, old: bool, url: str = "https://report.example/", **values: Any) -> Report:
        rules = [ALL, OLD] if old else [ALL]
        given: dict[str, Any] = {"title": "Secret", "url": f"{url}secret", "content": "<p>Secret text</p>"}
        articles = [article(**given | values), article("rain", url=f"{url}rain")]
        own = site(url=url, languages=["en"], feeds=rules, retired="keep", discovery=False)
        report: Report = newsroom(*articles, site=own).publish(tmp_path, accept_loss=True)
        return report

    return publish


def secrets_in(folder: Path) -> list[str]:
    return sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and b"ecret" in file.read_bytes()
    )


def test_it_stays_as_it_is_while_all_its_articles_are_published(build: Make, tmp_path: Path) -> None:
    build(old=True)
    before = {name: (tmp_path / name).read_bytes() for name in FEEDS}
    for title in ("Secret", "Secret", "Secret, corrected"):
        report = build(old=False, title=title)
        assert {name: (tmp_path / name).read_bytes() for name in FEEDS} == before
        assert report.changed == ()
    record = (tmp_path / RECORD_PATH).read_bytes()
    build(old=False, title="Secret, corrected")
    assert (tmp_path / RECORD_PATH).read_bytes() == record


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("at_once", [True, False])
def test_it_is_emptied_when_one_is_held_back(
    at_once: bool, secret: str, build: Make, tmp_path: Path, noon: datetime
) -> None:
    build(old=True)
    precompress(tmp_path)
    if not at_once:
        build(old=False)
        precompress(tmp_path)
    report = build(old=False, **SECRETS[secret])
    assert secrets_in(tmp_path) == []
    assert not list(tmp_path.glob("*.gz"))
    for name in FEEDS:
        document = (tmp_path / name).read_bytes()
        assert check_document(document, name=name, as_of=noon + timedelta(days=1)) == []
    assert feedparser.parse((tmp_path / "old.rss").read_bytes()).entries == []
    assert json.loads((tmp_path / "old.json").read_bytes())["items"] == []
    told = [str(finding) for finding in report.changed if finding.place.file == "old.rss"]
    assert told == [
        (
            "old.rss: NF126 site.retired: this feed was kept, but some of its articles are no longer published, or not for everybody, "
            "so it is now empty and names the feed that replaces it. "
            'Name another feed under [site.moved] if that one is wrong, or write retired = "remove".'
        )
    ]
    record = (tmp_path / RECORD_PATH).read_bytes()
    again = build(old=False, **SECRETS[secret])
    assert (again.changed, again.written, (tmp_path / RECORD_PATH).read_bytes()) == ((), (), record)


def test_or_is_gone_from_its_source(
    newsroom: Make, site: Make, article: Make, build: Make, tmp_path: Path
) -> None:
    build(old=True)
    build(old=False)
    own = site(languages=["en"], feeds=[ALL], retired="keep", discovery=False)
    newsroom(article("rain", url="https://report.example/rain"), site=own).publish(tmp_path, accept_loss=True)
    assert [path for path in secrets_in(tmp_path) if path != RECORD_PATH] == []


def test_listings_stay_as_long_as_the_feeds_beside_them(build: Make, tmp_path: Path) -> None:
    build(old=True)
    assert build(old=False).removed == ()
    report = build(old=False, withdrawn=True)
    assert report.removed == ("old.html", "old.txt")
    assert not list(tmp_path.glob("old.html*"))


def test_listings_without_a_feed_go_because_they_dont_say_what_they_show(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    only_listings = FeedRule(path="list", formats=["html", "text"])
    for rules in ([ALL, only_listings], [ALL]):
        own = site(languages=["en"], feeds=rules, retired="keep", discovery=False)
        report = newsroom(article(), site=own).publish(tmp_path)
    assert report.removed == ("list.html", "list.txt")


def test_a_list_of_feeds_isnt_a_feed(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> None:
    for discovery in (True, False):
        own = site(languages=["en"], feeds=[ALL], retired="keep", discovery=discovery)
        report = newsroom(article(), site=own).publish(tmp_path)
    assert report.changed == ()
    assert not (tmp_path / "feeds.json").exists()


def test_a_feed_stays_when_its_articles_get_other_ids_and_the_site_moves(build: Make, tmp_path: Path) -> None:
    build(old=True)
    before = (tmp_path / "old.rss").read_bytes()
    for values in (
        {},
        {"id": "urn:test:new"},
        {"id": "urn:test:new", "url": "https://news.example/secret"},
        {"id": "urn:test:newer", "url": "https://news.example/secret"},
    ):
        moved = {"url": "https://news.example/"} if "url" in values else {}
        build(old=False, **moved | {"id": values.get("id")})
        assert (tmp_path / "old.rss").read_bytes() == before
    build(old=False, url="https://news.example/", id="urn:test:newer", withdrawn=True)
    assert b"Secret" not in (tmp_path / "old.rss").read_bytes()


def test_a_record_of_a_former_version_doesnt_say_what_a_kept_feed_carries(
    build: Make, tmp_path: Path
) -> None:
    build(old=True)
    build(old=False)
    record = PublishRecord.read((tmp_path / RECORD_PATH).read_bytes())
    for path, document in record.documents.items():
        record.documents[path] = type(document)(
            document.document, document.fingerprint, document.digest, document.stamp, document.retired
        )
    (tmp_path / RECORD_PATH).write_bytes(record.encoded())
    build(old=False, withdrawn=True)
    assert secrets_in(tmp_path) == []


def test_a_kept_feed_on_a_store_is_read_once(newsroom: Make, site: Make, article: Make) -> None:
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    url = "memory://kept-feeds/"
    for rules, values in (([ALL, OLD], {}), ([ALL], {}), ([ALL], {"withdrawn": True})):
        own = site(languages=["en"], feeds=rules, retired="keep", discovery=False)
        newsroom(article(title="Secret", **values), article("rain"), site=own).publish(url)
        if rules == [ALL]:
            assert (b"Secret" in files.cat_file("/kept-feeds/old.rss")) is not bool(values)
