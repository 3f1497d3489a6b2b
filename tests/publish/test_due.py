"""When the next build is due: whenever a document would change although nobody has changed a file."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Newsroom
from newsfeed.model.profile import Profile

Make = Callable[..., Any]
PARTNER = Profile(name="partner", max_age_days=3)


@pytest.mark.parametrize(
    ("values", "due"),
    [
        pytest.param({}, None, id="nothing moves"),
        pytest.param({"feeds": [FeedRule(path="all", archive="day")]}, "2025-12-20T00:00+04:00", id="into an archive of the day"),
        pytest.param({"feeds": [FeedRule(path="all", archive="month")]}, "2026-01-01T00:00+04:00", id="of the month"),
        pytest.param({"feeds": [FeedRule(path="all", archive="year")]}, "2026-01-01T00:00+04:00", id="of the year"),
        pytest.param({"sitemaps": ["news"]}, "2025-12-21T12:00:01+00:00", id="out of the sitemap of news"),
        pytest.param(
            {"feeds": [FeedRule(path="all", profile="partner")], "profiles": [PARTNER]},
            "2025-12-22T12:00:01+00:00",
            id="out of a partner's feed",
        ),
    ],
)  # fmt: skip
def test_an_article_moves_on(
    values: Mapping[str, Any],
    due: str | None,
    newsroom: Make,
    site: Make,
    article: Make,
    noon: datetime,
    tmp_path: Path,
) -> None:
    def build(as_of: datetime) -> Newsroom:
        made: Newsroom = newsroom(
            article(), site=site(discovery=False, languages=["en"], **values), as_of=as_of
        )
        return made

    room = build(noon)
    assert room.next_change == (due and datetime.fromisoformat(due))
    room.publish(tmp_path)
    if room.next_change is not None:
        just_before = build(room.next_change - timedelta(seconds=1)).publish(tmp_path)
        assert just_before.written == ()
        assert build(room.next_change).publish(tmp_path).written != ()


def test_an_archive_that_nothing_moves_into(
    newsroom: Make, site: Make, article: Make, noon: datetime
) -> None:
    rules = [FeedRule(path="all", archive="month")]
    old = article(published=noon - timedelta(days=60))
    assert newsroom(old, site=site(feeds=rules)).next_change is None


def test_what_comes_first_counts(newsroom: Make, site: Make, article: Make, noon: datetime) -> None:
    rules = [FeedRule(path="all", archive="month")]
    soon = article("soon", published=noon + timedelta(days=1))
    room = newsroom(article(), soon, site=site(feeds=rules), as_of=noon)
    assert room.next_change == soon.published


def test_the_end_of_the_calendar(newsroom: Make, site: Make, article: Make) -> None:
    last = datetime.fromisoformat("9999-12-31T12:00+04:00")
    values = {"feeds": [FeedRule(path="all", archive="month")], "sitemaps": ["news"]}
    assert newsroom(article(published=last), site=site(**values), as_of=last).next_change is None
