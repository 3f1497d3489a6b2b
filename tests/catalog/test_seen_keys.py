"""The census finds what was counted twice, and keeps little of what wasn't."""

import pickle
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.catalog.seen_keys import Key, SeenKeys

keys = st.text(max_size=3) | st.tuples(st.text(max_size=2), st.sampled_from(["en", "az"]))


@given(st.lists(keys, max_size=40))
def test_whatever_was_counted_is_known(counted: list[Key]) -> None:
    census = SeenKeys()
    for key in counted:
        census.count(key)
    assert all(key in census for key in counted)
    repeated = census.repeated()
    assert all(key in repeated for key in counted if counted.count(key) > 1)


@given(st.lists(keys, max_size=20), st.lists(keys, max_size=20))
def test_what_two_have_counted_is_put_together(first: list[Key], second: list[Key]) -> None:
    together = SeenKeys()
    for counted in (first, second):
        census = SeenKeys()
        for key in counted:
            census.count(key)
        together.merge(pickle.loads(pickle.dumps(census)))  # noqa: S301 - our own
    repeated = together.repeated()
    assert [key in together for key in first + second] == [True] * len(first + second)
    assert all(key in repeated for key in {*first, *second} if (first + second).count(key) > 1)


def test_keys_hash_alike_in_every_process() -> None:
    census = SeenKeys()
    census.count(("a", "en"))
    assert ("a", "en") in census
    assert list(census._buckets) == [1682]


def test_what_was_counted_once_is_not_repeated() -> None:
    census = SeenKeys()
    for number in range(10_000):
        census.count(f"https://report.example/{number}")
    assert not census.repeated()
    census.count("https://report.example/77")
    assert "https://report.example/77" in census.repeated()
    assert "https://report.example/78" not in census.repeated()


@pytest.mark.slow
def test_a_key_takes_less_than_eight_bytes() -> None:
    keys = [f"https://report.example/{number}" for number in range(200_000)]
    tracemalloc.start()
    census = SeenKeys()
    for key in keys:
        census.count(key)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sys.getsizeof(census) + kept < 8 * len(keys)
