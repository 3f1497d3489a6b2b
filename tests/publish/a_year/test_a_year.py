"""A year of a newsroom: whatever editors do, and whenever builds die, readers end with every live article, once.

`NEWSFEED_BUILDS=5000 pytest tests/publish/a_year` takes the year in so many builds, `NEWSFEED_SEED=7` takes another
year; default: 400 and 1. What is measured is shown with `-s`.
"""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from tests.publish.a_year.editors import BEGINNING, END, number_in
from tests.publish.a_year.reader import Reader
from tests.publish.a_year.year import Year

BUILDS = int(os.environ.get("NEWSFEED_BUILDS", "400"))
SEED = int(os.environ.get("NEWSFEED_SEED", "1"))
FEEDS = "http://report.example/feeds/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: What each reader reads: a language, and a topic if that isn't everything.
READ = {
    "every hour": ("en", ""),
    "every day, by tag": ("en", ""),
    "every six hours, by date": ("en", ""),
    "every three hours, what is new alone": ("en", ""),
    "away for a month": ("en", ""),
    "away for a month, RSS": ("en", ""),
    "subscribed in October": ("en", ""),
    "a topic": ("en", "Ports"),
    "a topic that is renamed": ("en", "Snow and ice"),
    "a topic that is renamed, away for two months": ("en", "Snow and ice"),
    "several feeds": ("en", ""),
    "the other language": ("az", ""),
}
OFTEN = [name for name in READ if name.startswith("every")]


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
        Reader(f"{everything}.atom", f"{FEEDS}en/topic/ports.rss", every=2 * DAY, since=BEGINNING + 60 * DAY),
        Reader(f"{FEEDS}az/all.rss", every=DAY, since=BEGINNING + 250 * DAY),
    ]
    return dict(zip(READ, some, strict=True))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder: Path = tmp_path_factory.mktemp("year")
    year = Year(folder, builds=BUILDS, seed=SEED, readers=readers())
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
    print("", *lines, sep="\n")  # noqa: T201 - for those who ask with -s


@pytest.mark.parametrize("name", READ)
class TestAtTheEnd:
    def test_nothing_is_lost_and_nothing_there_twice(self, year: Year, name: str) -> None:
        language, topic = READ[name]
        live = year.editors.live(END, language, topic)
        copies = Counter(number_in(title) for title in year.readers[name].entries.values())
        assert {number: copies[number] for number in live} == dict.fromkeys(live, 1)
        assert live

    def test_no_article_was_ever_shown_under_two_ids(self, year: Year, name: str) -> None:
        copies = Counter(number_in(title) for title in year.readers[name].shown.values())
        assert {number for number, times in copies.items() if times > 1} == set()
