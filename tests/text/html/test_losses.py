"""What is told of an article's HTML: everything that readers of a feed don't get as the page has it."""

import pytest

from newsfeed.text.html.losses import losses


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ('<p>a</p><iframe src="https://video.example/1"></iframe><IFRAME SRC=x></IFRAME>', ["NF160"]),
        ('<object data="/a.pdf"></object><embed src="/a.swf">', ["NF160"]),
        ("<math><mi>x</mi></math>", ["NF161"]),
        ('<script type="math/tex">x</script>', ["NF161"]),
        ('<svg role="img" aria-label="Turnout"></svg>', ["NF162"]),
        ("<canvas></canvas>", ["NF162"]),
        ("<form><label>Mail <input type=email></label><button>Send</button></form>", ["NF163"]),
        ('<img src="data:image/png;base64,R0" alt="Chart">', ["NF164"]),
        ('<img src="file:///C:/a.jpg">', ["NF164"]),
        ('<img alt="Chart">', ["NF164"]),
        ('<a href="javascript:void(0)">a</a>', ["NF165"]),
        ('<a class=x href="whatsapp://send?text=x">a</a>', ["NF165"]),
        ("<p>&#0;</p>", ["NF166"]),
        ("<p>&#xD83D;&#xDE00;</p>", ["NF166"]),
        ("<p>&#1114112;</p>", ["NF166"]),
        ('<p>[gallery ids="1,2"]</p>', ["NF167"]),
        ("<p>[caption]a[/caption]</p>", ["NF167"]),
        ("<p>{% youtube x %}</p>", ["NF167"]),
        ("<p>{{ page.title }}</p>", ["NF167"]),
        ("<p>Prices rose.[^1]</p>", ["NF167"]),
        ('<drupal-media data-entity-uuid="x"></drupal-media>', ["NF168"]),
        ("<iframe></iframe><svg></svg><form></form>[gallery]", ["NF160", "NF162", "NF163", "NF167"]),
    ],
)
def test_each_kind_is_told_once(html: str, codes: list[str]) -> None:
    assert [loss.code for loss in losses(html)] == codes
    assert [loss.code for loss in losses(html * 3)] == codes


@pytest.mark.parametrize(
    "html",
    [
        "<p>One.</p><h2>Two</h2><ul><li><a href='/x'>Three</a></li></ul>",
        '<p class="lead" id="a" style="color:red">a<!-- <iframe> [gallery] --></p>',
        "<script>document.write('<iframe></iframe>'); x[y z=1]</script><style>a { b: c }</style>",
        '<img data-src="/a.jpg" src="data:image/gif;base64,R0"><noscript><img src="/a.jpg"></noscript>',
        '<img src="/a.jpg" alt=""><img srcset="/a.jpg 1x">',
        '<svg aria-hidden="true"><path/></svg><svg role="presentation"></svg>',
        '<a href="https://a.example/">a</a><a href="mailto:a@b.example">b</a><a href="/c:d">c</a><a name="x"></a>',
        '<h2>Later<a class="headerlink" href="#l">#</a></h2>',
        "<p>He [sic] said: “[…] a[0]”. {a, b}</p><p>&#8220;&#x1F600;&#10;</p>",
        "<pre>{{ title }} [gallery ids='1']</pre><p>Write <code>{% raw %}</code>.</p>",
        '<ul><li><input type="checkbox"> a</li></ul><h3><button aria-expanded="true">b</button></h3>',
        '<p>&lt;iframe src="x"&gt;</p><o:p></o:p><amp-img src="/a.jpg"></amp-img><my-quote>a</my-quote>',
    ],
)
def test_what_loses_nothing_is_not_told(html: str) -> None:
    assert losses(html) == []


def test_a_widget_that_a_script_fills_is_told() -> None:
    quiz = '<div class="riddle-wrapper" data-rid="1"></div><div class="playbuzz" data-id="2"> </div>'
    assert [loss.code for loss in losses(quiz)] == ["NF168"]
    assert losses('<div class="playbuzz-like"></div><div class="playbuzz">words</div>') == []


def test_classes_in_capitals_count_like_others() -> None:
    assert [loss.code for loss in losses('<SPAN CLASS="MathJax"></SPAN>')] == ["NF161"]


def test_html_that_would_keep_a_parser_busy_is_reported() -> None:
    assert [loss.code for loss in losses("<div>" * 50_000)] == ["NF169"]
