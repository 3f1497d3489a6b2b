"""Players, posts and charts that a script would put into an empty element: they become links, as frames do."""

import time

import pytest

from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.losses import losses
from newsfeed.text.html.replacements.filled import with_frames

PAGE = "https://paper.example/en/story"


@pytest.mark.parametrize(
    ("html", "address", "words"),
    [
        pytest.param(
            '<amp-youtube data-videoid="ab1" layout="responsive" width="480" height="270"></amp-youtube>',
            "https://www.youtube.com/watch?v=ab1",
            "www.youtube.com",
            id="AMP, YouTube",
        ),
        pytest.param(
            '<amp-twitter data-tweetid="12"></amp-twitter>',
            "https://twitter.com/i/status/12",
            "twitter.com",
            id="AMP, a tweet",
        ),
        pytest.param(
            '<amp-instagram data-shortcode="fB"></amp-instagram>',
            "https://www.instagram.com/p/fB/",
            "www.instagram.com",
            id="AMP, Instagram",
        ),
        pytest.param(
            '<lite-youtube videoid="ab1" playlabel="Play: Snow"></lite-youtube>',
            "https://www.youtube.com/watch?v=ab1",
            "Play: Snow",
            id="lite-youtube",
        ),
        pytest.param(
            '<div class="plyr__video-embed" data-plyr-provider="vimeo" data-plyr-embed-id="7"></div>',
            "https://vimeo.com/7",
            "vimeo.com",
            id="Plyr",
        ),
        pytest.param(
            '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/x" data-id="x" data-alt="Snow"></div>',
            "https://www.youtube.com/watch?v=x",
            "Snow",
            id="WP Rocket",
        ),
        pytest.param(
            '<div class="t-video-lazyload" data-videolazy-type="youtube" data-videolazy-id="ab"></div>',
            "https://www.youtube.com/watch?v=ab",
            "www.youtube.com",
            id="Tilda",
        ),
        pytest.param(
            '<div class="sqs-video-wrapper" data-html="&lt;iframe src=&quot;//v.example/s&quot;&gt;&lt;/iframe&gt;"></div>',
            "https://v.example/s",
            "v.example",
            id="Squarespace",
        ),
        pytest.param(
            """<div class="tweet" data-attrs='{"url":"https://t.example/1","full_text":"It snows &amp; snows"}'></div>""",
            "https://t.example/1",
            "It snows &amp; snows",
            id="Substack, a post",
        ),
        pytest.param(
            '<div class="iframe_temp" data-src="https://v.example/iframe/1"></div>',
            "https://v.example/iframe/1",
            "v.example",
            id="a frame that waits",
        ),
        pytest.param(
            '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="paper/43"></script>',
            "https://t.me/paper/43",
            "t.me",
            id="Telegram",
        ),
        pytest.param(
            '<script src="https://gist.github.com/octo/0a1b.js"></script>',
            "https://gist.github.com/octo/0a1b",
            "gist.github.com",
            id="a gist",
        ),
        pytest.param(
            '<div class="infogram-embed" data-id="u1" data-title="Votes"></div>',
            "https://infogram.com/u1",
            "Votes",
            id="Infogram",
        ),
    ],
)
def test_what_a_script_would_show_becomes_a_link(html: str, address: str, words: str) -> None:
    link = f'<p><a href="{address}">{words}</a></p>'
    assert clean(f"<p>Before.</p>{html}<p>After.</p>", page=PAGE) == f"<p>Before.</p>{link}<p>After.</p>"
    assert [loss.code for loss in losses(html)] == ["NF160"]


def test_a_video_of_elementor_becomes_a_link_where_it_would_be() -> None:
    html = (
        '<div data-settings="{&quot;youtube_url&quot;:&quot;https:\\/\\/youtu.be\\/ab&quot;}" data-widget_type="video.default">'
        '<div class="elementor-wrapper"><div class="elementor-video"></div></div></div>'
    )
    assert (
        clean(html, page=PAGE)
        == '<div><div><div><p><a href="https://youtu.be/ab">youtu.be</a></p></div></div></div>'
    )


@pytest.mark.parametrize(
    "html",
    [
        (
            '<script src="https://datawrapper.dwcdn.net/A/embed.js"></script>'
            '<noscript><img src="https://datawrapper.dwcdn.net/A/full.png" alt="Prices"></noscript>'
        ),
        (
            '<div class="flourish-embed" data-src="visualisation/1"></div>'
            '<noscript><img src="https://datawrapper.dwcdn.net/A/full.png" alt="Prices"></noscript>'
        ),
    ],
)
def test_a_picture_that_stands_for_a_chart_is_enough(html: str) -> None:
    cleaned = clean(html, page=PAGE).removeprefix("<div></div>")
    assert cleaned == '<img src="https://datawrapper.dwcdn.net/A/full.png" alt="Prices">'


def test_the_caption_of_a_picture_of_drupal_stays() -> None:
    html = '<drupal-media data-entity-uuid="0a" data-caption="A plough &lt;em&gt;at work&lt;/em&gt;"></drupal-media>'
    assert clean(html, page=PAGE) == "<p>A plough <em>at work</em></p>"
    assert [loss.code for loss in losses(html)] == ["NF168"]


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            "<figure><iframe><blockquote><p>It snows.</p></blockquote></iframe></figure>",
            "<figure><blockquote><p>It snows.</p></blockquote></figure>",
        ),
        ('<iframe srcdoc="&lt;p onclick=x()&gt;It snows.&lt;/p&gt;"></iframe>', "<p>It snows.</p>"),
        (
            """<div role="img" aria-label="Snow" style="background-image: url('/a.jpg')"></div>""",
            '<img src="https://paper.example/a.jpg" alt="Snow">',
        ),
        (
            '<div class="latex-rendered" data-attrs="{&quot;persistentExpression&quot;:&quot;x^2&quot;}"></div>',
            "<p>x^2</p>",
        ),
    ],
)
def test_what_stands_in_an_attribute_or_a_frame_is_kept(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    "html",
    [
        '<div data-id="1"></div>',
        '<div class="wp-block" data-settings="{&quot;speed&quot;:1}"></div>',
        '<div data-attrs="{&quot;url&quot;:[1]}"></div><div data-attrs="[1]"></div><div data-attrs="{"></div>',
        '<amp-youtube data-videoid="&quot;onload=x"></amp-youtube>',
        '<div data-youtube-id="ab">words</div>',
    ],
)
def test_nothing_else_changes(html: str) -> None:
    assert with_frames(html) == html


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "<a data-",
        '<div data-id="x',
        "<iframe>",
        "<iframe><b ",
        "<div data-embed=x>",
        "<div data-embed='",
        '<iframe a="',
        "<script ",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    start = time.process_time()
    with_frames(piece * 50_000 + "//gist.github.com/")
    assert time.process_time() - start < 2
