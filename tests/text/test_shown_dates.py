"""How people read dates."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.errors import InvalidValue
from newsfeed.text.shown_dates import check_date_pattern, clock_text, day_text

BAKU = ZoneInfo("Asia/Baku")
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
EVENING = datetime(2025, 12, 19, 14, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "19 December, 2025"),
        ("az", "19 dekabr, 2025"),
        ("az-Latn-AZ", "19 dekabr, 2025"),
        ("ru", "19 декабря, 2025"),
        ("tr", "19 Aralık, 2025"),
        ("ar", "19 ديسمبر, 2025"),
        ("tlh", "19 December, 2025"),
    ],
)
def test_a_day_in_the_pattern_of_a_site(language: str, shown: str) -> None:
    assert day_text(EVENING, language=language, timezone=BAKU, pattern="d MMMM, y") == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "December 19, 2025"),
        ("en-GB", "19 December 2025"),
        ("az", "19 dekabr 2025"),
        ("ru", "19 декабря 2025 г."),
        ("tr", "19 Aralık 2025"),
        ("ar", "19 ديسمبر 2025"),
    ],
)
def test_a_day_in_the_form_of_its_language(language: str, shown: str) -> None:
    day = day_text(EVENING, language=language, timezone=BAKU)
    assert day.replace("\u202f", " ").replace("\xa0", " ") == shown


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("EEEE, d MMMM y", "Friday, 19 December 2025"),
        ("dd.MM.yyyy", "19.12.2025"),
        ("d 'de' MMMM 'de' y", "19 de December de 2025"),
        ("d. LLLL y 'o''clock'", "19. December 2025 o'clock"),
        ("d.M.yy г.", "19.12.25 г."),
        ("EEEE d MMM y G, 'week' w 'of' Y, QQQ, D", "Friday 19 Dec 2025 AD, week 51 of 2025, Q4, 353"),
        ("long", "December 19, 2025"),
        ("medium", "Dec 19, 2025"),
        ("full", "Friday, December 19, 2025"),
        ("short", "12/19/25"),
    ],
)
def test_patterns_of_the_cldr(pattern: str, shown: str) -> None:
    assert check_date_pattern(pattern) == pattern
    assert day_text(EVENING, language="en", timezone=None, pattern=pattern) == shown


def test_day_and_clock_are_those_of_the_time_zone() -> None:
    late = datetime(2025, 12, 19, 21, 5, tzinfo=UTC)
    assert day_text(late, language="en", timezone=BAKU) == "December 20, 2025"
    assert clock_text(late, timezone=BAKU) == "01:05"
    assert day_text(late.astimezone(BAKU), language="en", timezone=None) == "December 19, 2025"
    assert clock_text(late.astimezone(BAKU), timezone=None) == "21:05"


def test_a_clock_has_24_hours() -> None:
    assert clock_text(EVENING, timezone=BAKU) == "18:24"


@pytest.mark.parametrize(
    "pattern",
    [
        *("", " ", "''", "'today'", "hello", "Long", "%d.%m.%Y"),
        *("d", "MMMM", "y", "d MMMM", "d 'de' MMMM", "MMMM y", "d y", "d MMMM 'y'"),  # a part is missing
        *("DD.MM.YYYY", "d MMMM Y", "yyyy-DDD", "d MMMMM y"),  # a part is another than the date's
        *("ddd", "dddd", "MMMMMMM", "g", "ddd MMMM y", "d MMMMMMM y", "d MMMM yyyyy", "d MMMM y g"),
        *("HH:mm", "d MMMM y, HH:mm", "d MMMM y z", "d MMMM yT", "d de MMMM de y"),
        *("d MMMM y 'o", "d MMMM y '''", "d MMMM, y\0", "d\nMMMM y"),
    ],
)
def test_a_pattern_that_shows_no_whole_date_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_date_pattern(pattern)
    assert caught.value.reason == f"{pattern!r} isn't a date pattern"
    assert caught.value.remedy == (
        'show the day (d), the month (M) and the year (y), as in "d MMMM, y"; '
        "put other letters in quotes, as in \"d 'de' MMMM 'de' y\""
    )


LETTERS = st.text(alphabet="dMyYuEQGwWDFLqceg' ,.-", max_size=6)
PARTS = st.permutations(["d", "MMM", "y"])


@settings(deadline=None)  # the first example loads Babel
@given(
    st.text(max_size=20)
    | st.builds(" {} ".join, PARTS).flatmap(lambda text: st.builds(text.format, LETTERS, LETTERS)),
    st.sampled_from(["en", "ar", "az"]),
)
def test_a_pattern_that_passes_writes_every_day(pattern: str, language: str) -> None:
    try:
        check_date_pattern(pattern)
    except InvalidValue as error:
        assert error.remedy  # noqa: PT017 - either outcome is right
    else:
        days = [
            day_text(day, language=language, timezone=BAKU, pattern=pattern) for day in (NEW_YEAR, EVENING)
        ]
        assert days[0] != days[1]


@pytest.mark.parametrize(
    ("language", "day", "clock"),
    [
        ("fa", "۱۹ دسامبر ۲۰۲۵", "۱۸:۲۴"),
        ("ur", "19 دسمبر، 2025", "18:24"),
        ("hi", "19 दिसंबर 2025", "18:24"),
        ("bn", "১৯ ডিসেম্বর, ২০২৫", "১৮:২৪"),
        ("mr", "१९ डिसेंबर, २०२५", "१८:२४"),
        ("ar-EG", "١٩ ديسمبر ٢٠٢٥", "١٨:٢٤"),
        ("ja", "2025年12月19日", "18:24"),
        ("ka", "19 დეკემბერი, 2025", "18:24"),
        ("sr-Latn", "19. decembar 2025.", "18:24"),
        ("zh-Hant", "2025年12月19日", "18:24"),
    ],
)
def test_days_and_times_have_the_digits_of_the_language(language: str, day: str, clock: str) -> None:
    moment = datetime(2025, 12, 19, 18, 24, tzinfo=UTC)
    assert day_text(moment, language=language, timezone=UTC) == day
    assert clock_text(moment, timezone=UTC, language=language) == clock
