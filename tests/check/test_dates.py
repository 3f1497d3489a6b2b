"""Dates in feeds: which forms the specifications take, and which are right and read differently."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.check.dates import moment_of, rfc822_oddity, rfc822_problem, rfc3339_problem, w3cdtf_problem
from newsfeed.text.dates import rfc822, rfc3339


@pytest.mark.parametrize(
    "text",
    [
        "Sat, 07 Sep 2002 00:00:01 GMT",
        "Sat, 7 Sep 2002 00:00:01 GMT",
        "07 Sep 2002 00:00:01 GMT",
        "Sat, 07 Sep 2002 00:00 GMT",
        "Sat, 07 Sep 2002 00:00:01 +0400",
        "Sat, 07 Sep 2002 00:00:01 EDT",
        "Sat, 07 Sep 02 00:00:01 GMT",
        "Thu, 30 Jun 2005 23:59:60 GMT",
        "sat, 07 SEP 2002 00:00:01 gmt",
        "Sat , 07  Sep 2002 00:00:01 GMT",
        "Sat, 07 Sep 2002 00:00:01 GMT (London (or near))",
    ],
)
def test_rfc822_takes(text: str) -> None:
    assert rfc822_problem(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2002-09-07T00:00:01Z", "isn't an RFC 822 date"),
        ("sam., 07 sept. 2002 00:00:01 GMT", "isn't an RFC 822 date"),
        ("Saturday, 07 Sep 2002 00:00:01 GMT", "isn't an RFC 822 date"),
        ("Sat, 07 September 2002 00:00:01 GMT", "isn't an RFC 822 date"),
        ("Sat, 07 Sep 2002", "isn't an RFC 822 date"),
        ("Sat, 07 Sep 2002 00:00:01", "isn't an RFC 822 date"),
        ("Sun, 07 Sep 2002 00:00:01 GMT", "07 Sep 2002 is a Sat, not a Sun"),
        ("Sat, 31 Sep 2002 00:00:01 GMT", "doesn't exist"),
        ("Sat, 07 Sep 2002 24:00:01 GMT", "doesn't exist"),
        ("Sat, 07 Sep 2002 00:00:01 BST", "RFC 822 has no time zone BST"),
        ("Sat, 07 Sep 2002 00:00:01 +0460", "RFC 822 has no time zone +0460"),
    ],
)
def test_rfc822_refuses(text: str, fault: str) -> None:
    assert fault in (rfc822_problem(text) or "")


@pytest.mark.parametrize(
    ("text", "oddity"),
    [
        ("Sat, 07 Sep 2002 00:00:01 GMT", None),
        ("Sat, 07 Sep 02 00:00:01 GMT", "the year 02 has two digits"),
        ("Sat, 07 Sep 2002 00:00:01 Z", None),
        ("Sat, 07 Sep 2002 00:00:01 A", "parsers read the time zone A differently, but not GMT"),
        (
            "Sat, 07 Sep 2002 00:00:01 +0545",
            "some programs don't know the time zone +0545, but all know GMT",
        ),
        ("Sat, 07 Sep 2002 00:00:01 +0530", None),
        ("Sat,07 Sep 2002 00:00:01 GMT", "its parts aren't separated by single spaces"),
        ("Sat, 07 Sep  2002 00:00:01 GMT", "its parts aren't separated by single spaces"),
        ("sat, 07 SEP 2002 00:00:01 gmt", "its names aren't written as in Sat, Sep and GMT"),
        ("Sat, 07 Sep 2002 00:00:01 GMT (London)", "it contains a comment in parentheses"),
        ("no date", None),
    ],
)
def test_rfc822_oddities(text: str, oddity: str | None) -> None:
    assert rfc822_oddity(text) == oddity


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2002-09-07T00:00:01Z", True),
        ("2002-09-07T00:00:01.25+04:00", True),
        ("2002-09-07t00:00:01z", False),
        ("2002-09-07 00:00:01Z", False),
        ("2002-09-07T00:00:01", False),
        ("2002-09-07", False),
        ("2002-13-07T00:00:01Z", False),
        ("2002-09-07T00:00:01+24:00", False),
    ],
)
def test_rfc3339(text: str, *, right: bool) -> None:
    assert (rfc3339_problem(text) is None) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2002", True),
        ("2002-09", True),
        ("2002-09-07", True),
        ("2002-09-07T00:00Z", True),
        ("2002-09-07T00:00:01.5+04:00", True),
        ("2002-09-07T00:00", False),
        ("7 Sep 2002", False),
        ("2002-02-30", False),
    ],
)
def test_w3cdtf(text: str, *, right: bool) -> None:
    assert (w3cdtf_problem(text) is None) is right


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sat, 07 Sep 2002 04:00:01 +0400", datetime(2002, 9, 7, 0, 0, 1, tzinfo=UTC)),
        ("07 Sep 02 00:00 GMT", datetime(2002, 9, 7, tzinfo=UTC)),
        ("07 Sep 92 00:00 GMT", datetime(1992, 9, 7, tzinfo=UTC)),
        ("2002-09-07T04:00:01+04:00", datetime(2002, 9, 7, 0, 0, 1, tzinfo=UTC)),
        ("2002-09", datetime(2002, 9, 1, tzinfo=UTC)),
        ("yesterday", None),
    ],
)
def test_what_a_date_means(text: str, moment: datetime | None) -> None:
    assert moment_of(text) == moment


@pytest.mark.slow
@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - naive by hypothesis
def test_what_newsfeed_writes_is_right_and_read_back(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC, microsecond=0)
    assert rfc822_problem(rfc822(moment)) is None
    assert rfc822_oddity(rfc822(moment)) is None
    assert rfc3339_problem(rfc3339(moment)) is None
    assert moment_of(rfc822(moment)) == moment_of(rfc3339(moment)) == moment
