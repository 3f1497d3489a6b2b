"""Keys of other systems by which an article may be a draft, not yet out, or over; any other costs it nothing."""

import pytest

from newsfeed.sources.not_public import may_hold_back


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("draft", True),
        ("status", "pending"),
        ("isPublished", False),
        ("publish", False),
        ("listed", False),
        ("unlisted", True),
        ("hide", True),
        ("password", "secret"),
        ("post_password", "secret"),
        ("publish_after", "2099-01-01"),
        ("publishFrom", "2099-01-01"),
        ("live_from", "2099-01-01"),
        ("available-from", "2099-01-01"),
        ("go_live", "2099-01-01"),
        ("scheduled", "2099-01-01"),
        ("not_before", "2099-01-01"),
        ("killed", True),
        ("removed", True),
        ("valid_until", "2020-01-01"),
        ("end date", "2020-01-01"),
        ("wihtdrawn", True),
        ("exipres", "2020-01-01"),
    ],
)
def test_what_may_hold_an_article_back(key: str, value: object) -> None:
    assert may_hold_back(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "publish"),
        ("draft", False),
        ("password", ""),
        ("scheduled", False),
        ("unlisted", "no"),
        ("killed", 0),
        ("publish", True),
        ("publishDate", "2025-12-19"),
        ("published_at", "2025-12-19"),
        ("hide_title", True),
        ("liveblog", True),
        ("experience", "good"),
        ("exports", 5),
        ("layout", "post"),
        ("tags", ["oil"]),
        ("weight", 5),
    ],
)
def test_what_costs_nothing(key: str, value: object) -> None:
    assert not may_hold_back(key, value)
