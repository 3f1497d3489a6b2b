"""A year of a newsroom: whatever editors do, and whenever builds die, readers end with every live article, once.

`NEWSFEED_BUILDS=3000 pytest tests/publish/a_year` takes the year in so many builds, five minutes on one core;
`NEWSFEED_SEED=7` takes another year. Default: 240 and 1. What is measured is shown with `-s`.
"""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from tests.publish.a_year.editors import BEGINNING, END, number_in
from tests.publish.a_year.reader import Reader
from tests.publish.a_year.year import Year

pytestmark = pytest.mark.slow

BUILDS = int(os.environ.get("NEWSFEED_BUILDS", "240"))
SEED = int(os.environ.get("NEWSFEED_SEED", "1"))
FEEDS = "http://report.example/feeds/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: What each reader reads, and in which language.
READ = {
    "every hour": {"language": "en"},
    "every day, by tag": {"language": "en"},
    "every six hours, by date": {"language": "en"},
    "every three hours, what is new alone": {"language": "en"},
    "away for a month": {"language": "en"},
    "away for a month, RSS": {"language": "en"},
    "subscribed in October": {"language": "en"},
    "a topic": {"language": "en", "topic": "Ports"},
    "a topic that is renamed": {"language": "en", "topic": "Snow and ice"},
    "a topic that is renamed, away for two months": {"language": "en", "topic": "Snow and ice"},
    "a category, which has no archives": {"language": "en", "category": "home"},
    "several feeds": {"language": "en"},
    "the other language": {"language": "az"},
}
#: Those that poll often, and in which format.
OFTEN = {
    "every hour": "atom",
    "every day, by tag": "rss",
    "every six hours, by date": "json",
    "every three hours, what is new alone": "rss",
}


def readers() -> dict[str, Reader]:
    everything = f"{FEEDS}en/all"
    some = [
        Reader(f"{everything}.atom", every=HOUR, since=BEGINNING),
        Reader(f"{everything}.rss", every=DAY, since=BEGINNING, says=["If-None-Match"]),
        Reader(f"{everything}.json", every=6 * HOUR, since=BEGINNING, says=["If-Modified-Since"]),
        Reader(f"{everything}.rss", every=3 * HOUR, since=BEGINNING, deltas=True),
        Reader(f"{everything}.atom", every=40 * DAY, since=BEGINNING),
        Reader(f"{everything}.rss", every=35 * DAY, since=BEGINNING),
        Reader(f"{everything}.json", every=DAY, since=BEGINNING + 280 * DAY),
        Reader(f"{FEEDS}en/topic/ports.rss", every=DAY, since=BEGINNING + 60 * DAY),
        Reader(f"{FEEDS}en/topic/snow.atom", every=DAY, since=BEGINNING + 60 * DAY),
        Reader(f"{FEEDS}en/topic/snow.rss", every=60 * DAY, since=BEGINNING + 60 * DAY),
        Reader(f"{FEEDS}en/category/home.rss", every=6 * HOUR, since=BEGINNING),
        Reader(f"{everything}.atom", f"{FEEDS}en/topic/ports.rss", every=2 * DAY, since=BEGINNING + 60 * DAY),
        Reader(f"{FEEDS}az/all.rss", every=DAY, since=BEGINNING + 250 * DAY),
    ]
    return dict(zip(READ, some, strict=True))


@pytest.fixture(scope="module", params=["files", "a store"])
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder: Path = tmp_path_factory.mktemp("year") / "public"
    year = Year(folder, builds=BUILDS, seed=SEED, readers=readers(), has_store=request.param == "a store")
    year.run()
    _show(year)
    return year


def _show(year: Year) -> None:
    lines = [f"{dict(year.counted)}, {len(year.editors.articles)} articles, {year.editors.deeds}"]
    lines += [
        f"{name}: {reader.polls} polls, {reader.unchanged} unchanged, {reader.in_part} in part, "
        f"{reader.moved_bytes:,} bytes of {reader.unconditional_bytes:,}"
        for name, reader in year.readers.items()
    ]
    print("", *lines, sep="\n")  # noqa: T201 - shown with -s


@pytest.mark.parametrize("name", READ)
class TestAtTheEndEachReader:
    def test_has_every_live_article_once(self, year: Year, name: str) -> None:
        live = year.editors.live(END, **READ[name])
        copies = Counter(number_in(title) for title in year.readers[name].entries.values())
        assert live
        assert {number: copies[number] for number in live} == dict.fromkeys(live, 1)

    def test_was_never_shown_an_article_under_two_ids(self, year: Year, name: str) -> None:
        copies = Counter(number_in(title) for title in year.readers[name].shown.values())
        assert {number for number, times in copies.items() if times > 1} == set()

    def test_has_nothing_else_but_what_has_ended_since(self, year: Year, name: str) -> None:
        has = {number_in(title) for title in year.readers[name].entries.values()}
        for number in has - year.editors.live(END, **READ[name]).keys():
            article = year.editors.articles[number]
            assert article.withdrawn or (article.expires is not None and article.expires <= END)


@pytest.mark.parametrize("name", OFTEN)
class TestWhoeverPollsOften:
    def test_has_articles_as_they_were_corrected(self, year: Year, name: str) -> None:
        has = {number_in(title): title for title in year.readers[name].entries.values()}
        live = year.editors.live(END)
        wrong = {number for number in live if has[number] != live[number]}
        assert wrong == set()

    def test_fetches_a_document_once_for_each_of_its_states(self, year: Year, name: str) -> None:
        reader = year.readers[name]
        assert reader.polls - reader.unchanged <= year.writes[f"en/all.{OFTEN[name]}"]


def test_atom_makes_a_reader_forget_what_was_withdrawn(year: Year) -> None:
    has = {number_in(title) for title in year.readers["every hour"].entries.values()}
    withdrawn = {number for number, article in year.editors.articles.items() if article.withdrawn}
    shown = {number_in(title) for title in year.readers["every hour"].shown.values()}
    assert shown & withdrawn
    assert has & withdrawn == set()


def test_few_bytes_are_moved(year: Year) -> None:
    """However often builds are: conditions spare what hasn't changed, and deltas what the reader has."""
    hourly, new_alone = year.readers["every hour"], year.readers["every three hours, what is new alone"]
    assert hourly.moved_bytes < hourly.unconditional_bytes / 2
    assert new_alone.moved_bytes < new_alone.unconditional_bytes / 10
    assert new_alone.in_part


def test_nobody_saw_anything_before_its_time(year: Year) -> None:
    assert year.leaked == []


def test_no_document_was_touched_without_being_changed(year: Year) -> None:
    assert year.touched == []
    assert year.counted["written"] < year.counted["documents"] / 4


def test_builds_have_died(year: Year) -> None:
    assert year.counted["died"] > BUILDS / 30
    assert year.counted["ended"] > BUILDS / 2


def test_another_build_has_nothing_to_do(year: Year) -> None:
    report = year.publish(END)
    assert (report.written, report.removed, report.changed) == ((), (), ())
