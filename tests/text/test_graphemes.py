"""Letters that are several characters are not torn."""

import pytest

from newsfeed.text.graphemes import is_boundary


@pytest.mark.parametrize(
    "letters",
    [
        pytest.param(["e\u0301", "a"], id="accent"),
        pytest.param(["👍🏽", "👍"], id="skin tone"),
        pytest.param(["👨\u200d👩\u200d👧", "👨"], id="family"),
        pytest.param(["❤\ufe0f", "❤"], id="variation selector"),
        pytest.param(["🇦🇿", "🇹🇷", "🇬🇧"], id="flags"),
        pytest.param(["1\ufe0f\u20e3", "2"], id="keycap"),
        pytest.param(["🏴\U000e0067\U000e0062\U000e007f", "a"], id="flag of tags"),
        pytest.param(["กำ", "นี้"], id="Thai"),
        pytest.param(["का", "क्ष"], id="Devanagari"),
        pytest.param(["각", "가"], id="Korean"),
        pytest.param(["\u1100\u1161\u11a8", "\u1100\uac00\u11a8", "a"], id="Korean in parts"),
        pytest.param(["ｶﾞ", "ｶ"], id="half-width Japanese"),
        pytest.param(["\r\n", "\n"], id="line ends"),
        pytest.param(["阿", "塞"], id="Chinese"),
    ],
)
def test_boundaries(letters: list[str]) -> None:
    text = "".join(letters)
    ends = [len("".join(letters[:count])) for count in range(len(letters) + 1)]
    found = [index for index in range(len(text) + 1) if is_boundary(text, index)]
    assert found == ends
