"""How moments are read and written."""

import locale
import os
import time as clock_of_the_machine
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.errors import InvalidValue
from newsfeed.text.dates import Reading, check_moment, read_moment, rfc822, rfc3339
from newsfeed.text.time_zones import timezone_named

BAKU = ZoneInfo("Asia/Baku")
BERLIN = ZoneInfo("Europe/Berlin")
EVENING = "2025-12-19T18:24:00+04:00"


def read(value: object, *, day_first: bool | None = None) -> str:
    """Read a value in Baku, which has had no summer time since 2016, and show the moment with its offset."""
    return read_moment(value, timezone=BAKU, day_first=day_first).moment.isoformat()


def refusal(value: object, *, zone: tzinfo | None = BAKU, day_first: bool | None = None) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        read_moment(value, timezone=zone, day_first=day_first)
    return caught.value


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-12-19T18:24:00+04:00", EVENING),
        ("2025-12-19T14:24:00Z", "2025-12-19T14:24:00+00:00"),
        ("2025-12-19t14:24:00z", "2025-12-19T14:24:00+00:00"),
        ("2025-12-19 18:24:00+04:00", EVENING),
        ("2025-12-19T18:24:00-03:30", "2025-12-19T18:24:00-03:30"),
        ("2025-12-19T14:24:00-00:00", "2025-12-19T14:24:00+00:00"),
        ("2025-12-19T18:24:00.5+04:00", "2025-12-19T18:24:00.500000+04:00"),
        ("2025-12-19T18:24:00.123456999+04:00", "2025-12-19T18:24:00.123456+04:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("2025-12-19T18:24+04:00", EVENING),
        ("2025-12-19T18:24:00", EVENING),
        ("2025-12-19 18:24", EVENING),
        ("2025-12-19", "2025-12-19T00:00:00+04:00"),
        ("  2025-12-19T18:24\n", EVENING),
    ],
)
@pytest.mark.parametrize("day_first", [None, True, False])
def test_rfc_3339_is_read_exactly(text: str, moment: str, *, day_first: bool | None) -> None:
    assert read(text, day_first=day_first) == moment


@pytest.mark.parametrize("day_first", [None, True, False])
@pytest.mark.parametrize(
    "text", ["2025-03-04", "2025-03-04T00:00", "2025/03/04", "2025.3.4", "2025-03-04 12 AM"]
)
def test_a_year_of_four_digits_in_front_is_followed_by_the_month(
    text: str, *, day_first: bool | None
) -> None:
    assert read(text, day_first=day_first) == "2025-03-04T00:00:00+04:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 19 Dec 2025 18:24:00 +0400", EVENING),
        ("fri,19 dec 2025 18:24 +0400", EVENING),
        ("19 Dec 2025 14:24:00 GMT", "2025-12-19T14:24:00+00:00"),
        ("19 Dec 2025 14:24:00 UT", "2025-12-19T14:24:00+00:00"),
        ("19 Dec 2025 14:24:00 UTC", "2025-12-19T14:24:00+00:00"),
        ("19 Dec 2025 14:24:00 Z", "2025-12-19T14:24:00+00:00"),
        ("19 Dec 2025 14:24:00 -0000", "2025-12-19T14:24:00+00:00"),
        ("Fri, 19 Dec 2025 18:24:00 +0400 (Baku)", EVENING),
        ("31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59+00:00"),
        ("19 Dec 25 14:24:00 GMT", "2025-12-19T14:24:00+00:00"),
        ("19 Dec 49 14:24:00 GMT", "2049-12-19T14:24:00+00:00"),
        ("19 Dec 50 14:24:00 GMT", "1950-12-19T14:24:00+00:00"),
    ],
)
def test_rfc_5322_is_read(text: str, moment: str) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "19 December, 2025 18:24",
        "19 December 2025, 18:24",
        "19th of December 2025 at 18:24",
        "December 19, 2025 6:24 PM",
        "Dec. 19, 2025 6:24 p.m.",
        "December 19, 2025 6:24\u202fPM",
        "Friday, December 19, 2025 18:24:00",
        "19.12.2025 18:24",
        "19/12/2025 18:24",
        "19-Dec-2025 18:24",
        "18:24, 19.12.2025",
        "18:24 - 19.12.2025",
        "18:24-19.12.2025",
        "2025-12-19T18:24:00+0400",
        "2025-12-19 18:24:00 +04",
        "19 Dec 2025 18:24 +4",
        "19 Dec 2025 18:24 GMT+4",
        "19 Dec 2025 18:24 UTC+04:00",
        "Fri Dec 19 18:24:00 +04 2025",
        "Fri Dec 19 2025 18:24:00 GMT+0400 (Azerbaijan Standard Time)",
    ],
)
def test_what_people_write_is_read(text: str) -> None:
    assert read(text) == EVENING


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("19 December, 2025", "2025-12-19T00:00:00+04:00"),
        ("1 Sept 2025", "2025-09-01T00:00:00+04:00"),
        ("Dec 19 2025 6 pm", "2025-12-19T18:00:00+04:00"),
        ("Dec 19 2025 12 am", "2025-12-19T00:00:00+04:00"),
        ("Dec 19 2025 12:30 pm", "2025-12-19T12:30:00+04:00"),
        ("19 Dec 2025 18:24:05.25", "2025-12-19T18:24:05.250000+04:00"),
        ("19 Dec 2025 18:24 UTC-04:30", "2025-12-19T18:24:00-04:30"),
        ("Fri Dec 19 18:24:05 UTC 2025", "2025-12-19T18:24:05+00:00"),
        ("Dec 19, 99", "1999-12-19T00:00:00+04:00"),
        ("Dec 19, '25", "2025-12-19T00:00:00+04:00"),
    ],
)
def test_the_parts_of_what_people_write_keep_their_places(text: str, moment: str) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("03/04/2025", "2025-04-03", "2025-03-04"),
        ("03-04-2025", "2025-04-03", "2025-03-04"),
        ("03.04.25", "2025-04-03", "2025-03-04"),
        ("10.11.12", "2012-11-10", "2012-10-11"),
        ("5 6 2025", "2025-06-05", "2025-05-06"),
        ("19.12.2025", "2025-12-19", "2025-12-19"),
        ("12/31/2025", "2025-12-31", "2025-12-31"),
        ("10/10/2025", "2025-10-10", "2025-10-10"),
        ("19 Dec 25", "2025-12-19", "2025-12-19"),
    ],
)
def test_day_first_chooses_between_the_readings(text: str, day_first: str, month_first: str) -> None:
    assert read(text, day_first=True)[:10] == day_first
    assert read(text, day_first=False)[:10] == month_first


@pytest.mark.parametrize("text", ["31/12/2025", "31.12.2025", "12/31/2025", "12-31-2025", "31 12 2025"])
def test_a_date_with_one_reading_needs_no_day_first(text: str) -> None:
    assert read(text) == "2025-12-31T00:00:00+04:00"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2025", "3 April 2025 or as 4 March 2025"),
        ("03.04.25", "3 April 2025 or as 4 March 2025 or as 25 April 2003"),
        ("10.11.12", "10 November 2012 or as 11 October 2012 or as 12 November 2010"),
        ("31.12.25", "31 December 2025 or as 25 December 2031"),
        ("19 Dec 25", "19 December 2025 or as 25 December 2019"),
        ("5 6 2025 7:08", "5 June 2025 or as 6 May 2025"),
    ],
)
def test_what_can_be_read_two_ways_is_refused_with_all_readings(text: str, readings: str) -> None:
    error = refusal(text)
    assert error.reason == f"{text!r} can be read as {readings}"
    assert error.remedy == 'write the year first, as in "2025-12-19", or set site.day_first'


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "18:24", "December", "2025", "December 2025", "2025-12", "12", "19 December", "Friday"),
        *("Friday 18:24", "19.12", "1/1/1", "19.12.5", "6 pm"),
        *("19 Dec 2025 10", "19 Dec 2025 18.24", "19 Dec 2025 1824", "19 Dec 2025 20 Dec 2025"),
    ],
)
def test_nothing_is_filled_in_and_nothing_is_left_over(text: str) -> None:
    assert refusal(text).reason.endswith("isn't a complete date with day, month and year")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025-13-19",
            "2025-19-12",
            "2025-02-29",
            "0000-01-01",
            "2025-12-19T24:00:00Z",
            "2025-12-19T18:60:00Z",
        ),
        *("2025-12-19T18:24:61Z", "2025-12-19T18:24:00+24:00", "2025-12-19T18:24:00+04:60"),
        *(
            "31 Nov 2025 18:24:00 GMT",
            "30 February 2025",
            "13.13.2025",
            "31.04.2025",
            "04/31/2025",
            "5/2025/3",
        ),
        *("19 Dec 2025 18:60", "19 Dec 2025 24:00", "19 Dec 2025 13:24 PM", "19 Dec 2025 18:24 +25"),
        *("30.02.25", "29.02.25", "31 Nov 25", "2025 2026 Dec", "00.00.00"),
    ],
)
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    assert refusal(text).reason == f"{text!r} is a date or time that doesn't exist"


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Mon, 19 Dec 2025 18:24:00 GMT", "Friday"),
        ("Mon 19 Dec 2025", "Friday"),
        ("Fri, Sat 19 Dec 2025", "Friday"),
        ("Thursday, December 19, 2025 6:24 PM", "Friday"),
    ],
)
def test_a_weekday_that_contradicts_the_date_is_refused(text: str, weekday: str) -> None:
    assert refusal(text).reason == f"{text!r} names the wrong weekday: 19 December 2025 is a {weekday}"


@pytest.mark.parametrize("name", ["EST", "AZT", "MSK", "IST", "CET", "CEST", "A", "EST+5", "EST-5"])
@pytest.mark.parametrize(
    "date_and_time", ["19 Dec 2025 18:24", "Fri, 19 Dec 2025 18:24:00", "2025-12-19T18:24:00"]
)
def test_an_abbreviation_that_names_no_one_zone_is_refused(date_and_time: str, name: str) -> None:
    error = refusal(f"{date_and_time} {name}")
    assert error.reason.startswith(f"{name.removesuffix('-5')!r} in ")
    assert error.reason.endswith("doesn't name one time zone")
    assert error.remedy == 'write the offset instead, as in "+04:00"'


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Published 19 Dec 2025", "Published"),
        ("19 Dec 2025 18:24 tomorrow", "tomorrow"),
        ("19 декабря 2025", "декабря"),
        ("19 dekabr 2025", "dekabr"),
        ("²/3/2025", "²"),
        ("2025-W51-5", "W51"),
        ("2025-353", "353"),
        ("19 Dec 12025", "12025"),
        ("19 Dec 0025", "0025"),
        ("19 Dec 2025 18:24 (EST)", "(EST)"),
        ("19 Dec 2025 18h24", "18h24"),
        ("2025-12-19\0", "19\0"),
    ],
)
def test_a_word_that_says_nothing_of_a_date_is_refused(text: str, word: str) -> None:
    assert refusal(text).reason == f"{word!r} in {text!r} isn't understood"


@pytest.mark.parametrize("text", ["20251219", "251219", "20251219T182400Z", "1e400", "nan"])
def test_a_single_word_that_is_no_date_is_refused(text: str) -> None:
    assert refusal(text).reason == f"can't read {text!r} as a date"


def test_two_times_are_refused() -> None:
    assert refusal("18:24 19:25 19 Dec 2025").reason == "'18:24 19:25 19 Dec 2025' has more than one time"


def test_a_long_text_is_refused_and_shown_in_short() -> None:
    error = refusal("9" * 1_000_000)
    assert error.reason == "'999999999999...9999999999999' is too long for a date"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2025-12-19T18:24", "2025-12-19 18:24:00"),
        ("19 December, 2025", "2025-12-19 00:00:00"),
        (date(2025, 12, 19), "2025-12-19 00:00:00"),
        (datetime(2025, 12, 19, 18, 24), "2025-12-19 18:24:00"),  # noqa: DTZ001 - as front matter has it
    ],
)
def test_without_offset_and_time_zone_there_is_no_moment(value: object, shown: str) -> None:
    error = refusal(value, zone=None)
    assert error.reason == f"{shown} has no offset from UTC, and there is no time zone to read it in"
    assert error.remedy == 'add the offset, as in "2025-12-19T18:24:00+04:00", or set site.timezone'


@pytest.mark.parametrize("text", [EVENING, "Fri, 19 Dec 2025 18:24:00 +0400", "19 Dec 2025 6:24 PM GMT+4"])
def test_an_offset_needs_no_time_zone(text: str) -> None:
    assert read_moment(text, timezone=None, day_first=None) == Reading(datetime.fromisoformat(EVENING), None)


def test_dates_of_python_are_read_in_the_time_zone() -> None:
    assert read(date(2025, 12, 19)) == "2025-12-19T00:00:00+04:00"
    assert read(datetime(2025, 12, 19, 18, 24)) == EVENING  # noqa: DTZ001 - as front matter has it


def test_an_aware_datetime_is_kept() -> None:
    moment = datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=1)
    reading = read_moment(moment, timezone=BAKU, day_first=None)
    assert reading.moment is moment
    assert reading.repair is None


@pytest.mark.parametrize(
    ("value", "name"),
    [(20251219, "int"), (True, "bool"), (1.5, "float"), (None, "NoneType"), (["2025"], "list")],
)
def test_no_other_type_is_a_date(value: object, name: str) -> None:
    error = refusal(value)
    assert error.reason == f"a date can't be of type {name}"
    assert error.remedy == 'write it as text, as in "2025-12-19T18:24:00+04:00"'


@pytest.mark.parametrize(
    ("zone", "wall", "moment", "clocks_went"),
    [
        ("Europe/Berlin", "2025-03-30 02:30", "2025-03-30T03:30:00+02:00", "forward"),
        ("Australia/Lord_Howe", "2025-10-05 02:15", "2025-10-05T02:45:00+11:00", "forward"),
        ("Pacific/Apia", "30 December 2011 12:00", "2011-12-31T12:00:00+14:00", "forward"),
        ("Africa/Cairo", "2025-04-25", "2025-04-25T01:00:00+03:00", "forward"),
        ("Europe/Berlin", "2025-10-26 02:30", "2025-10-26T02:30:00+02:00", "back"),
        ("Europe/Berlin", "2025-03-30 01:59", "2025-03-30T01:59:00+01:00", None),
        ("Europe/Berlin", "2025-03-30 03:00", "2025-03-30T03:00:00+02:00", None),
        ("Europe/Berlin", "2025-10-26 03:00", "2025-10-26T03:00:00+01:00", None),
        ("Europe/Berlin", "2025-10-26T02:30:00+01:00", "2025-10-26T02:30:00+01:00", None),
        ("Europe/Berlin", "2025-03-30T02:30:00+01:00", "2025-03-30T02:30:00+01:00", None),
    ],
)
def test_hours_that_summer_time_repeats_or_skips(
    zone: str, wall: str, moment: str, clocks_went: str | None
) -> None:
    reading = read_moment(wall, timezone=ZoneInfo(zone), day_first=None)
    assert reading.moment.isoformat() == moment
    if clocks_went is None:
        assert reading.repair is None
    else:
        assert f" in {zone}, where clocks went {clocks_went}; " in str(reading.repair)


def test_a_repair_says_what_was_read() -> None:
    gap = read_moment("2025-03-30 02:30", timezone=BERLIN, day_first=None).repair
    twice = read_moment("2025-10-26 02:30", timezone=BERLIN, day_first=None).repair
    assert gap == (
        "2025-03-30 02:30:00 never occurs in Europe/Berlin, where clocks went forward; "
        "it was read as 2025-03-30 03:30:00"
    )
    assert twice == (
        "2025-10-26 02:30:00 occurs twice in Europe/Berlin, where clocks went back; the first one was taken"
    )


def test_fold_chooses_the_second_of_two_hours_but_opens_no_gap() -> None:
    twice = datetime(2025, 10, 26, 2, 30, fold=1)  # noqa: DTZ001 - as front matter has it
    reading = read_moment(twice, timezone=BERLIN, day_first=None)
    assert (reading.moment.isoformat(), reading.repair) == ("2025-10-26T02:30:00+01:00", None)
    never = datetime(2025, 3, 30, 2, 30, fold=1)  # noqa: DTZ001 - as front matter has it
    assert (
        read_moment(never, timezone=BERLIN, day_first=None).moment.isoformat() == "2025-03-30T03:30:00+02:00"
    )


@pytest.mark.parametrize(
    "value",
    [
        "0001-01-01",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        date.min,
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-1))),
    ],
)
def test_moments_beyond_the_calendar_are_refused(value: object) -> None:
    assert refusal(value).reason.endswith("lies outside the years 1 to 9999 in UTC")


@pytest.fixture(params=["UTC0", "EST5EDT", "AZT-4"])
def _machine_in_another_zone(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    zone_before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    clock_of_the_machine.tzset()
    yield
    if zone_before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", zone_before)
    clock_of_the_machine.tzset()


@pytest.mark.skipif(not hasattr(clock_of_the_machine, "tzset"), reason="this system can't change its zone")
@pytest.mark.usefixtures("_machine_in_another_zone")
def test_the_time_zone_of_the_machine_changes_nothing() -> None:
    assert read("19 December, 2025 18:24") == EVENING
    assert rfc3339(datetime.fromisoformat(EVENING)) == "2025-12-19T14:24:00Z"
    for name in ("EST", "EDT", "AZT"):
        assert refusal(f"19 Dec 2025 18:24 {name}").reason.endswith("doesn't name one time zone")


@given(st.datetimes(), st.sampled_from([UTC, BAKU, BERLIN, timezone(timedelta(hours=-11, minutes=-30))]))
def test_what_is_written_is_read_again(wall: datetime, zone: tzinfo) -> None:
    moment = wall.replace(tzinfo=zone)
    try:
        check_moment(moment)
    except InvalidValue:
        assert wall.year in {1, 9999}  # only there
        return
    assert read_moment(rfc3339(moment), timezone=None, day_first=None).moment == moment.astimezone(UTC)
    whole_second = moment.astimezone(UTC).replace(microsecond=0)
    assert read_moment(rfc822(moment), timezone=None, day_first=None).moment == whole_second


@given(
    st.dates(),
    st.sampled_from(["{day} {month} {year:04}", "{month} {day}, {year:04}", "{year:04} {month} {day}"]),
)
def test_a_month_in_letters_leaves_one_reading(day: date, order: str) -> None:
    month = "JanFebMarAprMayJunJulAugSepOctNovDec"[day.month * 3 - 3 : day.month * 3]
    text = order.format(day=day.day, month=month, year=day.year)
    if day.year < 1000:
        refusal(text, zone=UTC)
    else:
        assert read_moment(text, timezone=UTC, day_first=None).moment.date() == day


_PIECES = st.sampled_from(
    [
        *(
            "19",
            "12",
            "2025",
            "25",
            "3",
            "0",
            "99999999999",
            "December",
            "dec",
            "Fri",
            "18:24",
            "6:24",
            "PM",
            "am",
        ),
        *(
            "+04:00",
            "-5",
            "GMT",
            "Z",
            "EST",
            "T",
            "th",
            "of",
            "at",
            "/",
            ".",
            "-",
            ":",
            ",",
            "(",
            ")",
            "'",
            "٣",
            "e5",
        ),
    ]
)


@settings(deadline=None)  # the first example loads dateutil
@given(
    text=st.text(max_size=120)
    | st.lists(_PIECES, max_size=12).map(" ".join)
    | st.lists(_PIECES, max_size=12).map("".join),
    day_first=st.sampled_from([None, True, False]),
    zone=st.sampled_from([None, UTC, BERLIN]),
)
def test_any_text_is_a_moment_or_an_invalid_value(
    text: str, *, day_first: bool | None, zone: tzinfo | None
) -> None:
    try:
        moment, _ = read_moment(text, timezone=zone, day_first=day_first)
    except InvalidValue as error:
        assert error.reason  # noqa: PT017 - either outcome is right
        assert error.remedy  # noqa: PT017 - either outcome is right
    else:
        assert check_moment(moment) is moment


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2025-12-19", "a moment can't be of type str"),
        (date(2025, 12, 19), "a moment can't be of type date"),
        (datetime(2025, 12, 19, 18, 24), "2025-12-19 18:24:00 has no time zone"),  # noqa: DTZ001 - refused
    ],
)
def test_check_moment_takes_aware_datetimes_only(value: object, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_moment(value)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("moment", "atom", "rss"),
    [
        (datetime.fromisoformat(EVENING), "2025-12-19T14:24:00Z", "Fri, 19 Dec 2025 14:24:00 GMT"),
        (
            datetime(2025, 1, 1, 2, 3, 4, 50, tzinfo=BAKU),
            "2024-12-31T22:03:04.000050Z",
            "Tue, 31 Dec 2024 22:03:04 GMT",
        ),
        (datetime(987, 6, 5, tzinfo=UTC), "0987-06-05T00:00:00Z", "Tue, 05 Jun 0987 00:00:00 GMT"),
    ],
)
def test_moments_are_written_for_machines(moment: datetime, atom: str, rss: str) -> None:
    assert (rfc3339(moment), rfc822(moment)) == (atom, rss)


@pytest.mark.parametrize("write", [rfc3339, rfc822])
def test_a_naive_datetime_is_never_taken_for_local_time(write: object) -> None:
    assert callable(write)
    with pytest.raises(InvalidValue, match="has no time zone"):
        write(datetime(2025, 12, 19, 18, 24))  # noqa: DTZ001 - refused


def test_writing_for_rss_leaves_the_locale_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(locale, "setlocale", forbidden)
    assert rfc822(datetime.fromisoformat(EVENING)) == "Fri, 19 Dec 2025 14:24:00 GMT"


@pytest.mark.parametrize("name", ["Asia/Baku", "Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_time_zone_has_a_name(name: str) -> None:
    assert timezone_named(name).key == name


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Asia/Bakuu", "Asia/Baku"),
        ("asia/baku", "Asia/Baku"),
        ("Baku", "Asia/Baku"),
        ("America/New York", "America/New_York"),
    ],
)
def test_the_nearest_time_zone_is_suggested(name: str, nearest: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        timezone_named(name)
    assert caught.value.remedy == f'write "{nearest}"'


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "../etc/passwd",
            "/etc/localtime",
            "UTC\0",
            "America",
            "zone.tab",
            "right/UTC",
            "localtime",
        ),
        *("\ud800", "x" * 10_000),
    ],
)
def test_no_other_name_is_looked_for_on_disk(name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        timezone_named(name)
    assert caught.value.remedy == 'write a name such as "Asia/Baku", "Europe/Berlin" or "UTC"'
