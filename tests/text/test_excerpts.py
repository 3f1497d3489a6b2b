"""Summaries made from an article's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.errors import InvalidValue
from newsfeed.text.excerpts import excerpt
from newsfeed.text.graphemes import is_boundary

_LETTERS = "ab é.,!? \n—“”e\u0301👍🏽👨\u200d👩🇦🇿阿。กำ"


@pytest.mark.parametrize(
    ("language", "limit", "text", "shortened"),
    [
        pytest.param("en", 20, " It fits. ", "It fits.", id="fits"),
        pytest.param("en", 2, "\u200d.?", "\u200d.…", id="no sign is left hanging on a joiner"),
        pytest.param("en", 10, "0123456789", "0123456789", id="fits exactly"),
        pytest.param(
            "en", 40, "They met in Baku. They discussed the media, too.", "They met in Baku.", id="sentence"
        ),
        pytest.param(
            "en",
            36,
            "One. Two. Three is longer than others. Four.",
            "One. Two. Three is longer than…",
            id="sentences too short",
        ),
        pytest.param(
            "en",
            30,
            "Mr. Smith and Dr. Jones met here in Baku",
            "Mr. Smith and Dr. Jones met…",
            id="abbreviations",
        ),
        pytest.param("en", 11, "Hello there world", "Hello there…", id="whole word at the limit"),
        pytest.param("en", 13, "Hello there, world", "Hello there…", id="no comma"),
        pytest.param("en", 14, "Hello there — world", "Hello there…", id="no dash"),
        pytest.param("fr", 13, "Il a dit : « Bonjour »", "Il a dit…", id="no opening quote"),
        pytest.param("en", 12, "In C++ they wrote", "In C++ they…", id="plus signs stay"),
        pytest.param("en", 10, "a" * 30, "a" * 10 + "…", id="no space at all"),
        pytest.param("en", 20, "See https://report.example/long/path", "See https://report…", id="long word"),
        pytest.param("zh", 10, "阿塞拜疆和土耳其讨论了媒体合作前景", "阿塞拜疆和土耳其讨论…", id="Chinese"),
        pytest.param(
            "zh-Hant", 9, "第一句話很短。第二句話比較長一些", "第一句話很短。", id="Chinese sentence"
        ),
        pytest.param("zh", 10, "阿塞拜疆和Microsoft讨论了", "阿塞拜疆和…", id="Latin word in Chinese"),
        pytest.param("th", 4, "ทำน้ำ", "ทำ…", id="Thai"),
        pytest.param(
            "ar", 30, "وقال الوزير: هل هذا صحيح؟ نعم هو كذلك تماما", "وقال الوزير: هل هذا صحيح؟", id="Arabic"
        ),
        pytest.param("ar", 14, "وقال الوزير، هل هذا", "وقال الوزير…", id="Arabic comma"),
        pytest.param("en", 9, "👨\u200d👩\u200d👧\u200d👦" * 5, "👨\u200d👩\u200d👧\u200d👦…", id="families"),
        pytest.param("en", 3, "🇦🇿🇹🇷", "🇦🇿…", id="flags"),
        pytest.param("en", 3, "a" + "\u0301" * 9, "…", id="one endless letter"),
    ],
)
def test_excerpt(language: str, limit: int, text: str, shortened: str) -> None:
    assert excerpt(text, language=language, limit=limit) == shortened


def test_the_limit_is_300_characters() -> None:
    assert excerpt("word " * 100, language="en") == ("word " * 60).rstrip() + "…"


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_leaves_nothing(limit: int) -> None:
    with pytest.raises(InvalidValue, match="Write a limit of 1 or more"):
        excerpt("text", language="en", limit=limit)


@pytest.mark.slow
@given(
    st.one_of(st.text(alphabet=_LETTERS, max_size=60), st.text(max_size=60)),
    st.sampled_from(["en", "az", "ru", "zh", "th"]),
    st.integers(1, 40),
)
def test_an_excerpt_is_a_beginning_and_tears_no_letter(text: str, language: str, limit: int) -> None:
    whole = text.strip()
    shortened = excerpt(text, language=language, limit=limit)
    if len(whole) <= limit:
        assert shortened == whole
    else:
        kept = shortened if whole.startswith(shortened) else shortened.removesuffix("…")
        assert len(shortened) <= limit + 1
        assert whole.startswith(kept)
        assert is_boundary(whole, len(kept))
