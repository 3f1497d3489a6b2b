"""Conditional requests, by the order of RFC 9110 §13.2.2."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import NOW, PUBLISHED, Ask, rss

from newsfeed.web.conditions import entity_tags
from newsfeed.web.http_dates import http_date, read_http_date

Write = Callable[..., Path]

#: `Last-Modified` of every document here, and a second to each side of it.
THEN = http_date(PUBLISHED)
BEFORE = http_date(PUBLISHED - timedelta(seconds=1))
AFTER = http_date(PUBLISHED + timedelta(seconds=1))

#: Headers of a request, `TAG` for the document's own tag, and the status.
CASES: list[tuple[dict[str, str], int]] = [
    ({}, 200),
    # If-None-Match: any tag that is the document's, weakly compared (§13.1.2)
    ({"if_none_match": "TAG"}, 304),
    ({"if_none_match": "W/TAG"}, 304),
    ({"if_none_match": '"a", TAG'}, 304),
    ({"if_none_match": '"a",,TAG,"b"'}, 304),
    ({"if_none_match": "*"}, 304),
    ({"if_none_match": " * "}, 304),
    ({"if_none_match": '"a"'}, 200),
    ({"if_none_match": '"*"'}, 200),
    ({"if_none_match": ""}, 200),
    ({"if_none_match": "TAG without its quotes"}, 200),
    # If-Modified-Since (§13.1.3), in the three forms of a date
    ({"if_modified_since": THEN}, 304),
    ({"if_modified_since": AFTER}, 304),
    ({"if_modified_since": BEFORE}, 200),
    ({"if_modified_since": "Friday, 19-Dec-25 12:00:00 GMT"}, 304),
    ({"if_modified_since": "Fri Dec 19 12:00:00 2025"}, 304),
    ({"if_modified_since": "Fri Dec 19 11:59:59 2025"}, 200),
    ({"if_modified_since": "2025-12-19T12:00:00Z"}, 200),
    ({"if_modified_since": "Fri, 19 Dec 2025 12:00:00 +0000"}, 200),
    ({"if_modified_since": "Fri, 31 Feb 2025 12:00:00 GMT"}, 200),
    ({"if_modified_since": f"{THEN}, {THEN}"}, 200),
    ({"if_modified_since": "0"}, 200),
    # If-None-Match goes before If-Modified-Since, whatever it says (§13.2.2)
    ({"if_none_match": '"a"', "if_modified_since": THEN}, 200),
    ({"if_none_match": "TAG", "if_modified_since": BEFORE}, 304),
    ({"if_none_match": "nonsense", "if_modified_since": THEN}, 200),
    # If-Match: strongly compared (§13.1.1)
    ({"if_match": "TAG"}, 200),
    ({"if_match": "*"}, 200),
    ({"if_match": '"a", TAG'}, 200),
    ({"if_match": '"a"'}, 412),
    ({"if_match": "W/TAG"}, 412),
    ({"if_match": ""}, 412),
    # If-Unmodified-Since (§13.1.4)
    ({"if_unmodified_since": THEN}, 200),
    ({"if_unmodified_since": BEFORE}, 412),
    ({"if_unmodified_since": "yesterday"}, 200),
    # If-Match goes before If-Unmodified-Since, and both before the others
    ({"if_match": "TAG", "if_unmodified_since": BEFORE}, 200),
    ({"if_match": '"a"', "if_unmodified_since": THEN}, 412),
    ({"if_match": '"a"', "if_none_match": "TAG"}, 412),
    ({"if_match": "TAG", "if_none_match": "TAG"}, 304),
    ({"if_unmodified_since": BEFORE, "if_modified_since": THEN}, 412),
    ({"if_unmodified_since": THEN, "if_modified_since": THEN}, 304),
    # Ranges aren't served, so conditions on them are as if they weren't there (§13.1.5, §14.2)
    ({"range": "bytes=0-4", "if_range": "TAG"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), CASES, ids=str)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_order_in_which_conditions_count(
    ask: Ask, method: str, headers: dict[str, str], status: int
) -> None:
    tag = ask("/en/all.atom").headers["ETag"]
    sent = {name: value.replace("TAG", tag) for name, value in headers.items()}
    if "without" in str(headers):
        sent = {"if_none_match": tag.strip('"')}
    answer = ask("/en/all.atom", method, **sent)
    assert answer.status == status
    assert bool(answer.body) is (status != 304 and method == "GET")


def test_what_304_says(ask: Ask) -> None:
    """Validators and what caches need, and nothing about a body that isn't there (RFC 9110 §15.4.5)."""
    whole = ask("/en/all.rss")
    answer = ask("/en/all.rss", if_none_match=whole.headers["ETag"])
    kept = {name: value for name, value in whole.headers.items() if not name.startswith(("Content-", "X-"))}
    del kept["Link"]
    assert answer == (304, kept, b"")


@pytest.mark.parametrize("path", ["/nowhere", "/about"])
def test_conditions_mean_nothing_where_there_is_no_document(ask: Ask, path: str) -> None:
    unconditional = ask(path)
    assert ask(path, if_none_match="*", if_modified_since=THEN, if_match='"a"') == unconditional


def test_a_document_that_changed_is_sent(ask: Ask, write: Write) -> None:
    write("x.rss", rss("Snow"))
    first = ask("/x.rss")
    assert ask("/x.rss", if_none_match=first.headers["ETag"]).status == 304
    write("x.rss", rss("Rain"))
    assert ask("/x.rss", if_none_match=first.headers["ETag"]).body == rss("Rain")


def test_writing_the_same_again_changes_nothing(ask: Ask, write: Write) -> None:
    write("x.rss", rss("Snow"))
    tag = ask("/x.rss").headers["ETag"]
    write("x.rss", rss("Snow"), at=NOW)
    assert ask("/x.rss", if_none_match=tag).status == 304


class TestReadingTags:
    tag = st.text(st.characters(exclude_characters='"', min_codepoint=0x21, exclude_categories=["C"]))
    tags = st.lists(st.tuples(tag.filter(lambda text: "\x7f" not in text), st.booleans()))

    @pytest.mark.slow
    @given(tags, st.sampled_from([", ", ",", " , ,"]))
    def test_a_list_is_read_as_it_was_written(self, tags: list[tuple[str, bool]], comma: str) -> None:
        written = comma.join(f'{"W/" * weak}"{opaque}"' for opaque, weak in tags)
        assert len(written) > 8192 or entity_tags(written) == tags

    @given(st.text())
    def test_whatever_stands_there_is_read(self, text: str) -> None:
        assert all(f'"{tag.opaque}"' in text for tag in entity_tags(text))

    def test_a_long_header_takes_no_time(self) -> None:
        assert len(entity_tags('"a",' * 1_000_000)) < 10_000


class TestDates:
    moments = st.datetimes(
        min_value=datetime(1, 1, 1),  # noqa: DTZ001 - strategies take naive bounds
        max_value=datetime(9999, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ).map(lambda moment: moment.replace(microsecond=0))

    @given(moments)
    def test_what_is_written_is_read(self, moment: datetime) -> None:
        assert read_http_date(http_date(moment), NOW) == moment

    @pytest.mark.slow
    @given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"))
    def test_whatever_stands_there_is_read_or_nothing(self, text: str) -> None:
        moment: Any = read_http_date(text, NOW)
        assert moment is None or moment.tzinfo is UTC

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
            ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37+00:00"),
            ("Thursday, 01-Jan-70 00:00:00 GMT", "2070-01-01T00:00:00+00:00"),
            ("Wednesday, 01-Jan-76 00:00:00 GMT", "1976-01-01T00:00:00+00:00"),
            ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59+00:00"),
        ],
    )
    def test_the_three_forms(self, text: str, expected: str) -> None:
        moment = read_http_date(text, NOW)
        assert moment is not None
        assert moment.isoformat() == expected


class TestADocumentThatHasJustChanged:
    """A date can't tell two builds within a second apart, so it isn't given until the second is over."""

    AT = datetime(2025, 12, 20, 12, 0, 0, 250_000, tzinfo=UTC)

    def asked(self, ask: Ask, seconds: float, **headers: str) -> Any:
        return ask("/x.rss", now=self.AT + timedelta(seconds=seconds), **headers)

    def test_the_second_of_two_builds_is_never_missed(self, ask: Ask, write: Write) -> None:
        """Whether a client asks by `Last-Modified` or, without one, by the `Date` of what it got."""
        write("x.rss", rss("Snow"), at=self.AT)
        first = self.asked(ask, 0.25)
        assert "Last-Modified" not in first.headers
        write("x.rss", rss("Sun!"), at=self.AT + timedelta(seconds=0.5))
        for seconds in (0.7, 1, 3, 60):
            answer = self.asked(ask, seconds, if_modified_since=http_date(self.AT))
            assert (answer.status, answer.body) == (200, rss("Sun!"))

    def test_the_date_comes_with_the_second_after(self, ask: Ask, write: Write) -> None:
        write("x.rss", rss("Snow"), at=self.AT)
        assert "Last-Modified" not in self.asked(ask, 1.7).headers
        date = self.asked(ask, 1.75).headers["Last-Modified"]
        assert date == "Sat, 20 Dec 2025 12:00:01 GMT"
        assert self.asked(ask, 60, if_modified_since=date).status == 304

    def test_no_date_is_good_while_it_is_young(self, ask: Ask, write: Write) -> None:
        write("x.rss", rss("Snow"), at=self.AT)
        assert self.asked(ask, 0.25, if_modified_since=http_date(self.AT + timedelta(days=1))).status == 200

    def test_its_tag_is_good_at_once(self, ask: Ask, write: Write) -> None:
        write("x.rss", rss("Snow"), at=self.AT)
        answer = self.asked(ask, 0.25, if_none_match=self.asked(ask, 0.25).headers["ETag"])
        assert (answer.status, "Last-Modified" in answer.headers) == (304, False)
