"""Media types: how they are read, and what they say a file is."""

import re

import pytest

from newsfeed import InvalidRecord, Media
from newsfeed.check.values import mime_type_problem
from newsfeed.model.media_types import check_media_type, medium_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("image/jpeg", "image/jpeg"),
        (" Image/JPEG ", "image/jpeg"),
        ("application/vnd.apple.mpegurl", "application/vnd.apple.mpegurl"),
        ('video/mp4; codecs="avc1"', 'video/mp4; codecs="avc1"'),
        ('Video/MP4;Codecs="avc1.42E01E, mp4a.40.2"', 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"'),
        ("audio/ogg ; codecs=opus ;rate=48000", "audio/ogg; codecs=opus; rate=48000"),
        ("text/html;charset=UTF-8;", "text/html; charset=UTF-8"),
    ],
)
def test_a_media_type_and_its_parameters(written: str, kept: str) -> None:
    assert check_media_type(written) == kept
    assert check_media_type(kept) == kept
    assert mime_type_problem(kept) is None


@pytest.mark.parametrize(
    "written",
    [
        "jpeg",
        "image/",
        "a b/c",
        "video/mp4; codecs",
        "video/mp4; codecs=",
        'video/mp4; codecs="avc1',
        "video/mp4; codecs=avc1, mp4a",
        "a/b; c=d e",
        5,
    ],
)
def test_what_is_none(written: object) -> None:
    with pytest.raises(InvalidRecord, match=re.escape(f"type: {written!r} isn't a media type")):
        Media(url="https://report.example/x", type=written)  # type: ignore[arg-type]


def test_parameters_do_not_change_what_a_file_is() -> None:
    assert medium_of('video/mp4; codecs="avc1"') == "video"
    assert medium_of("application/pdf; version=2") == "document"
