"""Suggestions for words that are not known."""

import pytest

from newsfeed.text.nearest import did_you_mean


@pytest.mark.parametrize(
    ("word", "known", "remedy"),
    [
        ("titel", ["url", "title"], "did you mean 'title'?"),
        ("PHOTO", ["photo", "video"], "did you mean 'photo'?"),
        ("siyaset", ["Siyasət"], "did you mean 'Siyasət'?"),
        ("zzz", ["title", "url"], "choose from title, url"),
        ("zzz", [], "none is defined"),
        (
            "zzz",
            [f"category{n}" for n in range(14)],
            "choose from " + ", ".join(f"category{n}" for n in range(12)) + " … and 2 more",
        ),
    ],
)
def test_did_you_mean(word: str, known: list[str], remedy: str) -> None:
    assert did_you_mean(word, known) == remedy
