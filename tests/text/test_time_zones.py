"""What is suggested for time zones that aren't names."""

import json
from datetime import datetime

import pytest

from newsfeed.errors import InvalidValue
from newsfeed.text.time_zone_places import PLACES_OF, PLACES_WITH
from newsfeed.text.time_zones import timezone_named


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("MSK", "Europe/Moscow"),
        ("msk", "Europe/Moscow"),
        ("AZT", "Asia/Baku"),
        ("CEST", "Europe/Berlin"),
        ("PST", "America/Los_Angeles"),
        ("ET", "America/New_York"),
        ("GMT+4", "Asia/Baku"),
        ("UTC+3", "Europe/Istanbul"),
        ("UTC +05:30", "Asia/Kolkata"),
        ("+04:00", "Asia/Baku"),
        ("GMT-5", "America/New_York"),
        ("Azerbaijan", "Asia/Baku"),
        ("Azerbaijan Standard Time", "Asia/Baku"),
        ("Georgia", "Asia/Tbilisi"),
    ],
)
def test_a_place_is_named_for_what_people_write(written: str, place: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        timezone_named(written)
    assert str(refused.value) == (
        f"there is no time zone {written!r}. Write the name of a place that has it, such as {json.dumps(place)}."
    )


@pytest.mark.parametrize("place", [*PLACES_OF.values(), *PLACES_WITH.values()])
def test_every_place_has_a_time_zone(place: str) -> None:
    assert timezone_named(place).key == place


@pytest.mark.parametrize(("offset", "place"), PLACES_WITH.items())
def test_a_place_has_its_offset_in_winter(offset: str, place: str) -> None:
    offsets = {
        datetime(2026, month, 15, tzinfo=timezone_named(place)).strftime("%z").replace("+0000", "-0000")
        for month in (1, 7)
    }
    assert offset.replace(":", "").replace("+0000", "-0000") in offsets
