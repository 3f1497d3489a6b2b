"""What a publish says of articles: which came, changed and went, from files and from a store."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsfeed import FeedRule, Newsroom, Report, Site, Store

NOON = datetime(2025, 12, 19, 12, tzinfo=UTC)
SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[FeedRule(path="all", formats=["json", "rss"], limit=3)],
)
Rows = dict[str, dict[str, Any]]
Publish = Callable[..., Report]


def row(number: int, **values: Any) -> dict[str, Any]:
    address = f"https://report.example/{number}"
    return {
        "id": f"urn:report:{number}",
        "language": "en",
        "url": address,
        "title": f"Story {number}",
        "published": NOON + timedelta(minutes=number),
    } | values


def said(report: Report) -> dict[str, list[str]]:
    """The numbers of the articles that a report names."""
    changes = report.article_changes
    return {
        name: [each.id.removeprefix("urn:report:") for each in getattr(changes, name)]
        for name in ("published", "changed", "withdrawn")
        if getattr(changes, name)
    }


@pytest.fixture(params=["files", "store"])
def publish(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Publish]:
    """Publishes rows: those of a build, or those that were put last into a store."""
    if request.param == "files":
        yield lambda rows, **options: Newsroom(
            SITE, rows, as_of=options.pop("as_of", NOON + timedelta(days=1))
        ).publish(tmp_path / "public", **options)
        return
    with Store(tmp_path / "news.db", SITE) as store:

        def from_store(rows: list[dict[str, Any]], **options: Any) -> Report:
            store.put(rows)
            stored = {each["id"] for each in rows}
            store.remove(set(known) - stored)
            known.update(stored)
            as_of = options.pop("as_of", NOON + timedelta(days=1))
            return store.publish(tmp_path / "public", as_of=as_of, **options)

        known: set[str] = set()
        yield from_store


def test_the_first_publish_publishes_all(publish: Publish) -> None:
    report = publish([row(1), row(2)])
    assert said(report) == {"published": ["2", "1"]}
    assert msgspec.to_builtins(report.article_changes.published[0]) == {
        "id": "urn:report:2",
        "url": "https://report.example/2",
        "language": "en",
    }


def test_nothing_changed(publish: Publish) -> None:
    publish([row(1), row(2)])
    assert said(publish([row(1), row(2)])) == {}


def test_an_article_comes_another_changes_a_third_goes(publish: Publish) -> None:
    publish([row(1), row(2), row(3)])
    report = publish([row(1, withdrawn=True), row(2, title="Changed"), row(3), row(4)])
    assert said(report) == {"published": ["4"], "changed": ["2"], "withdrawn": ["1"]}
    assert report.article_changes.withdrawn[0].url == "https://report.example/1"


def test_an_address_that_changes(publish: Publish) -> None:
    publish([row(1), row(2)])
    report = publish([row(1, url="https://report.example/one"), row(2)])
    assert [each.url for each in report.article_changes.changed] == ["https://report.example/one"]


def test_an_article_that_newer_ones_push_out_isnt_named(publish: Publish) -> None:
    publish([row(1), row(2), row(3)])
    assert said(publish([row(1), row(2), row(3), row(4)])) == {"published": ["4"]}


def test_time_alone(publish: Publish) -> None:
    rows = [row(1), row(2, expires=NOON + timedelta(hours=2)), row(3, published=NOON + timedelta(hours=1))]
    publish(rows, as_of=NOON + timedelta(minutes=30))
    assert said(publish(rows, as_of=NOON + timedelta(hours=3))) == {"published": ["3"], "withdrawn": ["2"]}


def test_an_article_that_is_removed(publish: Publish) -> None:
    publish([row(1), row(2)])
    assert said(publish([row(2)], accept_loss=True)) == {"withdrawn": ["1"]}


def test_an_article_that_is_back(publish: Publish) -> None:
    publish([row(1), row(2)])
    publish([row(1, withdrawn=True), row(2)])
    assert said(publish([row(1), row(2)])) == {"published": ["1"]}


def test_a_new_id_that_is_accepted(publish: Publish) -> None:
    publish([row(1), row(2)])
    assert said(publish([row(1, id="urn:report:one"), row(2)], accept=True)) == {"changed": ["one"]}


def test_a_dry_run_says_the_same(publish: Publish) -> None:
    publish([row(1), row(2)])
    rows = [row(1, title="Changed"), row(2, withdrawn=True), row(3)]
    expected = {"published": ["3"], "changed": ["1"], "withdrawn": ["2"]}
    assert said(publish(rows, dry_run=True)) == expected
    assert said(publish(rows)) == expected


def test_a_text_without_a_date_of_its_change(tmp_path: Path) -> None:
    """The record of a build has no digest of the text; a store knows which rows changed."""
    before, after = row(1, content="<p>Ten.</p>"), row(1, content="<p>Eleven.</p>")
    later = NOON + timedelta(days=1)
    Newsroom(SITE, [before], as_of=later).publish(tmp_path / "files")
    built = Newsroom(SITE, [after], as_of=later).publish(tmp_path / "files")
    assert (said(built), "all.json" in built.written) == ({}, True)
    with Store(tmp_path / "news.db", SITE) as store:
        store.put(before)
        store.publish(tmp_path / "stored", as_of=later)
        store.put(after)
        assert said(store.publish(tmp_path / "stored", as_of=later)) == {"changed": ["1"]}


def test_the_report_lists_them(publish: Publish) -> None:
    report = msgspec.json.decode(publish([row(1)]).as_json())
    assert report["articles"] == {
        "published": [{"id": "urn:report:1", "url": "https://report.example/1", "language": "en"}],
        "changed": [],
        "withdrawn": [],
    }
