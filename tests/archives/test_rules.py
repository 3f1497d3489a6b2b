"""The keys `archive`, `paged` and `complete` of `[[feeds]]`: what they take, and what they refuse."""

from typing import Any

import pytest

from newsfeed import FeedRule, InvalidRecord


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"archive": "monthly"}, "archive", "'monthly' isn't known"),
        ({"archive": True}, "archive", "it is true, which isn't a value for this key"),
        ({"paged": 0}, "paged", "0 isn't a whole number of 1 or more"),
        ({"paged": -1}, "paged", "-1 isn't a whole number of 1 or more"),
        ({"paged": "all"}, "paged", "'all' isn't a whole number of 1 or more"),
        ({"complete": 1}, "complete", "1 is a number"),
        ({"complete": True, "limit": 20}, "limit", "a complete feed has no limit"),
        ({"archive": "year", "paged": True}, "paged", "a feed can't have paged as well as archive"),
        ({"archive": "year", "complete": True}, "complete", "a feed can't have complete as well as archive"),
        ({"paged": 3, "complete": True}, "complete", "a feed can't have complete as well as paged"),
        ({"archive": "year", "formats": ["html"]}, "archive", "none of the rule's formats supports it"),
        ({"paged": True, "formats": ["html", "text"]}, "paged", "none of the rule's formats supports it"),
        ({"archive": "day", "max_bytes": 9}, "max_bytes", "it may leave articles out, and with archive none"),
        (
            {"complete": True, "profile": "msn"},
            "profile",
            "it may leave articles out, and with complete none",
        ),
    ],
)
def test_refused(values: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        FeedRule(path="all", **values)
    (problem,) = caught.value.problems
    assert problem.field == field
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"archive": "day"},
        {"archive": "month", "limit": 10},
        {"archive": "year", "formats": ["html", "atom"]},
        {"paged": True, "limit": 10},
        {"paged": 7, "complete": False},
        {"complete": True, "limit": 50},
        {"max_bytes": 9, "paged": False, "complete": False},
    ],
)
def test_taken(values: dict[str, Any]) -> None:
    rule = FeedRule(path="all", **values)
    assert {key: getattr(rule, key) for key in values} == {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
