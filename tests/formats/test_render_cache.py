"""What was rendered of an entry belongs to that very entry, and stays behind when a feed is copied or pickled."""

import copy
import pickle
from collections.abc import Callable

import pytest

import newsfeed
from newsfeed import Feed
from newsfeed.formats.render_cache import RenderCache


@pytest.fixture
def feed() -> Feed:
    return newsfeed.open("examples/report").feed("en/category/media")


def pickled(feed: Feed) -> Feed:
    found: Feed = pickle.loads(pickle.dumps(feed))  # noqa: S301 - made a moment ago
    return found


@pytest.mark.parametrize("copied", [pickled, copy.deepcopy])
def test_a_copy_begins_with_nothing_and_is_written_alike(feed: Feed, copied: Callable[[Feed], Feed]) -> None:
    before = len(pickle.dumps(feed))
    document = feed.rss()
    assert len(pickle.dumps(feed)) == before
    assert copied(feed).rss() == document


def test_an_entry_that_was_forgotten_has_nothing(feed: Feed) -> None:
    cache = RenderCache()
    (entry,) = feed.entries
    cache.rendered(entry)["rss"] = "<item/>"
    assert cache.rendered(entry) == {"rss": "<item/>"}
    cache.forget([entry])
    assert cache.rendered(entry) == {}
