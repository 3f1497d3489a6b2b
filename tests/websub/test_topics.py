"""Which topics a report of a build names."""

import json

import pytest

from newsfeed import InvalidValue
from newsfeed.websub import topics_of

BASE = "https://report.example/feeds/"


def test_feeds_and_nothing_else() -> None:
    written = [
        "en/all.rss",
        "en/all.atom",
        "en/all.json",
        "en/latest.html",
        "en/latest.txt",
        "feeds.json",
        "map.xml",
    ]
    assert topics_of(json.dumps({"written": written, "unchanged": ["az/all.rss"]}), feeds_url=BASE) == (
        "https://report.example/feeds/en/all.rss",
        "https://report.example/feeds/en/all.atom",
        "https://report.example/feeds/en/all.json",
    )


def test_an_address_is_written_as_the_feed_writes_it() -> None:
    report = '{"written": ["az/müəllif/a b.rss"]}'
    assert topics_of(report.encode(), feeds_url="https://сайт.example/feeds") == (
        "https://xn--80aswg.example/feeds/az/m%C3%BC%C9%99llif/a%20b.rss",
    )


def test_a_topic_is_told_once() -> None:
    assert len(topics_of('{"written": ["a.rss", "a.rss"]}', feeds_url=BASE)) == 1


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("", "report: it is empty. Pass what `newsfeed build --json` printed"),
        ("Wrote 3 files", "report: it isn't JSON: "),
        ("[" * 100_000, "report: it isn't JSON: "),
        ("[]", "report: [] doesn't list the files that were written. "),
        ('{"written": 3}', "report: {'written': 3} doesn't list the files that were written. "),
        ('{"written": [3]}', "report.written: 3 is a number, not a path. "),
        (b"\xff\xfe\x00", "report: it isn't JSON: "),
    ],
)
def test_what_is_no_report(report: str | bytes, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        topics_of(report, feeds_url=BASE)
    assert str(caught.value).startswith(reason)


def test_an_address_is_needed() -> None:
    with pytest.raises(InvalidValue, match="isn't a full address"):
        topics_of('{"written": []}', feeds_url="/feeds/")
