"""Archives published from a store: a change writes the feed, the archive of its period and, at times, those beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Site, Store

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    discovery=False,
    feeds=[FeedRule(path="all", archive="month", formats=["json"], limit=1)],
)
CHRISTMAS = datetime(2025, 12, 25, tzinfo=UTC)


def row(name: str, published: str, **values: Any) -> dict[str, Any]:
    return {
        "id": f"urn:report:{name}",
        "language": "en",
        "title": name,
        "url": f"https://report.example/{name}",
        "published": published,
        **values,
    }


class Archived:
    """A store with a folder to which it is published."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "news.db", SITE)
        self._folder = folder / "public"

    def publish(self, as_of: datetime = CHRISTMAS) -> set[str]:
        """The documents that a publish writes or removes; they are all that had to change."""
        report = self.store.publish(self._folder, as_of=as_of)
        assert not self.store.publish(self._folder, as_of=as_of, verify=True).written
        return {*report.written, *report.removed}

    def carried(self) -> list[str]:
        """The articles of the feed itself."""
        feed = Path(self._folder, "all.json").read_text()
        return [each for each in ("snow", "rain", "hail", "fog") if f"report.example/{each}" in feed]


@pytest.fixture
def archived(tmp_path: Path) -> Iterator[Archived]:
    archived = Archived(tmp_path)
    with archived.store as store:
        store.put(
            [
                row("snow", "2025-12-19T10:00:00Z"),
                row("rain", "2025-11-19T10:00:00Z"),
                row("hail", "2025-09-19T10:00:00Z"),
                row("fog", "2024-01-19T10:00:00Z"),
            ]
        )
        archived.publish()
        yield archived


def test_a_correction_writes_one_archive(archived: Archived) -> None:
    archived.store.put(row("hail", "2025-09-19T10:00:00Z", title="Hail!"))
    assert archived.publish() == {"all/archive/2025-09.json"}


def test_a_correction_that_says_when_it_was_made_is_in_the_feed_too(archived: Archived) -> None:
    archived.store.put(row("hail", "2025-09-19T10:00:00Z", updated="2025-12-20T10:00:00Z"))
    assert archived.publish() == {"all/archive/2025-09.json", "all.json"}
    assert archived.carried() == ["snow", "hail"]


def test_a_correction_stays_in_the_feed_until_the_next_period_is_over(archived: Archived) -> None:
    archived.store.put(row("hail", "2025-09-19T10:00:00Z", updated="2025-12-20T10:00:00Z"))
    archived.publish()
    assert archived.publish(datetime(2026, 1, 5, tzinfo=UTC)) == {
        "all/archive/2025-11.json",
        "all/archive/2025-12.json",
        "all.json",
    }
    archived.store.put(row("wind", "2026-01-05T10:00:00Z"))
    assert archived.publish(datetime(2026, 1, 6, tzinfo=UTC)) == {"all.json"}
    assert archived.carried() == ["hail"]
    archived.publish(datetime(2026, 2, 6, tzinfo=UTC))
    assert archived.carried() == []


def test_a_date_of_a_correction_that_is_yet_to_come_counts_when_it_has_come(archived: Archived) -> None:
    archived.store.put(row("fog", "2024-01-19T10:00:00Z", updated="2026-03-10T10:00:00Z"))
    archived.publish()
    assert archived.carried() == ["snow"]
    for month in (1, 2, 3):
        archived.publish(datetime(2026, month, 20, tzinfo=UTC))
    assert archived.carried() == ["snow", "fog"]


def test_the_first_article_of_a_period_writes_the_archives_beside_it(archived: Archived) -> None:
    archived.store.put(row("wind", "2025-10-19T10:00:00Z"))
    assert archived.publish() == {f"all/archive/2025-{month}.json" for month in ("09", "10", "11")}
    archived.store.put(row("storm", "2025-10-20T10:00:00Z"))
    assert archived.publish() == {"all/archive/2025-10.json"}


def test_the_removal_of_the_last_one_removes_its_archive(archived: Archived) -> None:
    archived.store.remove("urn:report:hail")
    assert archived.publish() == {
        "all/archive/2024-01.json",
        "all/archive/2025-09.json",
        "all/archive/2025-11.json",
    }


def test_an_archive_stays_when_its_last_article_is_withdrawn(archived: Archived) -> None:
    archived.store.withdraw("urn:report:hail")
    assert archived.publish() == {"all/archive/2025-09.json"}


def test_an_article_moves_from_one_archive_to_another(archived: Archived) -> None:
    archived.store.put(row("hail", "2023-09-19T10:00:00Z"))
    assert archived.publish() == {
        "all/archive/2025-11.json",
        "all/archive/2025-09.json",
        "all/archive/2024-01.json",
        "all/archive/2023-09.json",
    }


def test_the_end_of_a_period_makes_an_archive(archived: Archived) -> None:
    assert archived.publish(datetime(2026, 1, 1, tzinfo=UTC)) == {
        "all/archive/2025-12.json",
        "all/archive/2025-11.json",
        "all.json",
    }


def test_the_end_of_a_period_makes_an_archive_of_what_was_withdrawn_in_it(archived: Archived) -> None:
    archived.store.withdraw("urn:report:snow")
    archived.publish()
    assert archived.publish(datetime(2026, 1, 1, tzinfo=UTC)) == {
        "all/archive/2025-12.json",
        "all/archive/2025-11.json",
        "all.json",
    }
