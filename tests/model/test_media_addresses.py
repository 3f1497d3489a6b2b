"""Files whose address has no ending, and pages that are no files."""

from collections.abc import Callable
from typing import Any

import pytest

from newsfeed import Media

Make = Callable[..., Any]

CDN = "https://images.example"
PLACE = 'article 1 ("https://report.example/en/snow")'


@pytest.mark.parametrize(
    ("address", "values", "kind"),
    [
        (f"{CDN}/abc/x?format=webp", {"width": 1200, "height": 800}, "image/webp"),
        (f"{CDN}/abc/x?w=9&FM=JPG", {}, "image/jpeg"),
        (f"{CDN}/abc/x?auto=format&fm=pjpg", {}, "image/jpeg"),
        (f"{CDN}/p.png/1200x630", {}, "image/png"),
        (f"{CDN}/upload/f_avif,w_600/abc", {}, "image/avif"),
        (f"{CDN}/rs:fit:300/plain/abc@webp", {}, "image/webp"),
        (f"{CDN}/stream?format=mp3", {"duration": 61}, "audio/mpeg"),
        (f"{CDN}/image?id=9", {"width": 1200}, "image/jpeg"),
        (f"{CDN}/image?format=auto", {"height": 800}, "image/jpeg"),
    ],
)
def test_a_type_is_told_from_what_an_address_asks_for_or_the_numbers_say(
    address: str, values: dict[str, Any], kind: str, newsroom: Make, article: Make
) -> None:
    room = newsroom(article(media=[Media(url=address, **values)]))
    assert room.articles[0].media == (Media(url=address, type=kind, **values),)
    assert [str(finding) for finding in room.findings] == [
        (
            f"{PLACE}: NF155 media[0].type: the type is unknown, because {address} has no file extension; treated as {kind}. "
            f'Write "type": "{kind}", or what it is.'
        )
    ]


@pytest.mark.parametrize(
    ("address", "values"),
    [
        (f"{CDN}/image?id=9&w=1200", {}),
        (f"{CDN}/live", {"duration": 61, "width": 1920}),
        (f"{CDN}/a.docx", {}),
        (f"{CDN}/?format=html", {}),
    ],
)
def test_a_file_of_which_nothing_is_known(
    address: str, values: dict[str, Any], newsroom: Make, article: Make
) -> None:
    room = newsroom(article(media=[Media(url=address, **values)]))
    assert room.articles[0].media == (Media(url=address, **values),)
    assert [str(finding) for finding in room.findings] == [
        (
            f"{PLACE}: NF155 media[0].type: the type is unknown, because {address} has no file extension; published as "
            'application/octet-stream, which readers don\'t show. Write "type": "image/jpeg", or what it is.'
        )
    ]


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "YouTube"),
        ("https://youtu.be/dQw4w9WgXcQ", "YouTube"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "YouTube"),
        ("https://vimeo.com/123456", "Vimeo"),
        ("https://player.vimeo.com/video/123456", "Vimeo"),
        ("https://www.dailymotion.com/video/x7tgad0", "Dailymotion"),
        ("https://www.tiktok.com/@report/video/7000000000000000000", "TikTok"),
        ("https://rutube.ru/video/0123456789abcdef/", "Rutube"),
        ("https://az-az.facebook.com/report/videos/1/", "Facebook"),
    ],
)
@pytest.mark.parametrize("values", [{}, {"type": "video/mp4"}, {"type": "text/html", "width": 1280}])
def test_a_page_of_a_video_site_is_left_out(
    address: str, site: str, values: dict[str, Any], newsroom: Make, article: Make
) -> None:
    picture = Media(url="https://report.example/a.jpg")
    room = newsroom(article(media=[picture, Media(url=address, **values)]))
    assert room.articles[0].media == (picture,)
    assert [str(finding) for finding in room.findings] == [
        (
            f"{PLACE}: NF156 media[1].url: {address} is a page of {site}, not a file; left out. "
            "Write the address of a file, or put the player into the content."
        )
    ]


@pytest.mark.parametrize(
    "file",
    [
        Media(url=f"{CDN}/a.jpg"),
        Media(url=f"{CDN}/a", type="image/webp"),
        Media(url=f"{CDN}/a", type="video/mp4"),
        Media(url=f"{CDN}/a.pdf"),
        Media(url=f"{CDN}/youtube.com/watch.mp4"),
        Media(url="https://player.vimeo.com/external/1.hd?s=2", type="video/mp4"),
        Media(url="https://notyoutube.com/watch", type="video/mp4"),
    ],
)
def test_other_files_stay(file: Media, newsroom: Make, article: Make) -> None:
    room = newsroom(article(media=[file]))
    assert (room.articles[0].media, room.findings) == ((file,), ())


def test_flags_are_derived_from_what_files_turn_out_to_be(newsroom: Make, site: Make, article: Make) -> None:
    media = [Media(url=f"{CDN}/x?format=webp"), Media(url="https://youtu.be/x", type="video/mp4")]
    room = newsroom(article(media=media), site=site(derive_flags=True))
    assert room.articles[0].flags == ("photo",)
