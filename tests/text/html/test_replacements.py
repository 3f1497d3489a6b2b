"""What takes the place of what feeds can't carry: nothing that a person reads or hears is lost."""

import pytest

from newsfeed.text.html.cleaning import clean

PAGE = "https://paper.example/en/story"
YOUTUBE = "https://www.youtube-nocookie.com/embed/abc123"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        pytest.param(
            f'<p>Watch:</p><iframe src="{YOUTUBE}" title="The mayor speaks" allowfullscreen></iframe>',
            f'<p>Watch:</p><p><a href="{YOUTUBE}">The mayor speaks</a></p>',
            id="title",
        ),
        pytest.param(
            '<iframe src="/maps/42"></iframe>',
            '<p><a href="https://paper.example/maps/42">paper.example</a></p>',
            id="host",
        ),
        pytest.param(
            f'<figure><iframe src="{YOUTUBE}"></iframe><figcaption>Sunday</figcaption></figure>',
            f'<figure><p><a href="{YOUTUBE}">www.youtube-nocookie.com</a></p><figcaption>Sunday</figcaption></figure>',
            id="in a figure",
        ),
        pytest.param(
            f'<p>See <iframe src="{YOUTUBE}" title="it"></iframe>now.</p>',
            f'<p>See <a href="{YOUTUBE}">it</a> now.</p>',
            id="among words",
        ),
        pytest.param(
            f'<p>Before.</p><iframe src="{YOUTUBE}"/><p>After.</p>',
            f'<p>Before.</p><p><a href="{YOUTUBE}">www.youtube-nocookie.com</a></p><p>After.</p>',
            id="closed in itself",
        ),
        pytest.param(
            f"<p>Before.</p><iframe src={YOUTUBE}><p>After.</p>",
            f'<p>Before.</p><p><a href="{YOUTUBE}">www.youtube-nocookie.com</a></p><p>After.</p>',
            id="never closed",
        ),
        pytest.param(
            f'<iframe src="{YOUTUBE}"/><p>One.</p><iframe src="{YOUTUBE}" title="b"></iframe>',
            f'<p><a href="{YOUTUBE}">www.youtube-nocookie.com</a></p><p>One.</p><p><a href="{YOUTUBE}">b</a></p>',
            id="closed in itself, then another",
        ),
        pytest.param(
            f'<iframe src="about:blank" data-src="{YOUTUBE}" title="b"></iframe>',
            f'<p><a href="{YOUTUBE}">b</a></p>',
            id="lazily loaded",
        ),
        pytest.param(
            '<iframe src="javascript:x()" title="Poll"></iframe>', "<p>Poll</p>", id="no address on the web"
        ),
        pytest.param(
            f'<a href="/x">See <iframe src="{YOUTUBE}" title="it"></iframe></a>',
            '<a href="https://paper.example/x">See it</a>',
            id="inside a link",
        ),
        pytest.param(
            '<iframe src="https://t.example/ns.html" height="0" width="0" style="display:none"></iframe>',
            "",
            id="tracker",
        ),
        pytest.param(
            '<object data="/a.swf"><param name="movie" value="/a.swf"><embed src="/a.swf"></object>',
            '<p><a href="https://paper.example/a.swf">paper.example</a></p>',
            id="object, once",
        ),
        pytest.param(
            '<object data="/doc.pdf"><p>No <a href="/doc.pdf">PDF</a>?</p></object>',
            '<p><a href="https://paper.example/doc.pdf">paper.example</a></p>'
            '<p>No <a href="https://paper.example/doc.pdf">PDF</a>?</p>',
            id="object with something instead",
        ),
        pytest.param(
            '<object data="/logo.svg" type="image/svg+xml">Logo</object>',
            '<p><a href="https://paper.example/logo.svg"><img src="https://paper.example/logo.svg" alt="Logo"></a></p>',
            id="object that is a picture",
        ),
        pytest.param(
            '<amp-video src="/v.mp4" poster="/v.jpg" title="V"></amp-video>',
            '<p><a href="https://paper.example/v.mp4"><img src="https://paper.example/v.jpg" alt=""><br>V</a></p>',
            id="poster",
        ),
        pytest.param(
            '<figure class="media"><oembed url="https://video.example/1"></oembed></figure>',
            '<figure><p><a href="https://video.example/1">video.example</a></p></figure>',
            id="oembed",
        ),
        pytest.param(
            '<div class="fb-post" data-href="https://social.example/1"></div>',
            '<p><a href="https://social.example/1">social.example</a></p>',
            id="filled by a script",
        ),
        pytest.param(
            '<map name="m"><area href="/x" alt="North"></map>',
            '<a href="https://paper.example/x">North</a>',
            id="area of a map",
        ),
    ],
)
def test_a_player_is_a_link(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            "Growth of <math><mfrac><mn>1</mn><mn>3</mn></mfrac></math> by <math><msup><mi>e</mi><mi>k</mi></msup></math>.",
            "Growth of 1/3 by e^k.",
        ),
        (
            "<math><semantics><mrow><mi>E</mi></mrow><annotation encoding='application/x-tex'>E=mc^2</annotation></semantics></math>",
            "E=mc^2",
        ),
        ("<math alttext='{\\displaystyle a &lt; b}'><mi>a</mi></math>", "a &lt; b"),
        ("<math><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt></math>", "√(x + 1)"),
        ("by <math><msup><mi>e</mi><mi>k</mi></msup>", "by e^k"),
        (
            (
                'So <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mfrac><mn>1</mn><mn>3</mn></mfrac></mrow>'
                '<annotation encoding="application/x-tex">\\frac{1}{3}</annotation></semantics></math></span><span class="katex-html"'
                ' aria-hidden="true"><span>3</span><span>1</span></span></span> of voters'
            ),
            "So \\frac{1}{3} of voters",
        ),
        (
            (
                '<span class="MathJax_Preview">a</span><span class="MathJax"><span>a</span></span>'
                '<script type="math/tex">a^2 < b</script>'
            ),
            "a^2 &lt; b",
        ),
        (
            '<mjx-container><svg><path d="M1"></path></svg><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container>',
            "x",
        ),
        (
            '<span class="mwe-math-element"><math alttext="{\\displaystyle x}"><mi>x</mi></math><img src="/x.svg" alt="x"></span>',
            "x",
        ),
        ('<span class="math" data-tex="a_1"></span>', "a_1"),
        ('<span class="katex">\\(a &lt; b\\)</span>', "<span>\\(a &lt; b\\)</span>"),
    ],
)
def test_a_formula_is_its_tex_or_its_text_once(html: str, cleaned: str) -> None:
    assert clean(f"<p>{html}</p>", page=PAGE) == f"<p>{cleaned}</p>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            '<figure><svg role="img" aria-label="Turnout"><title>Turnout</title><text>54 %</text></svg></figure>',
            "<figure><p>Turnout</p></figure>",
        ),
        ("<svg><title>Turnout</title><rect/></svg>", "<p>Turnout</p>"),
        ("<svg><desc>Turnout</desc><rect/></svg>", "<p>Turnout</p>"),
        ("<svg><g><text>54 %</text><text>46 %</text></g></svg>", "<p>54 % 46 %</p>"),
        ("<p>a<svg aria-hidden='true'><title>t</title></svg>b</p>", "<p>ab</p>"),
        ("<p>a<svg><path d='M1'/></svg>b</p>", "<p>ab</p>"),
        ('<a href="/s"><svg><title>Share</title></svg></a>', '<a href="https://paper.example/s">Share</a>'),
    ],
)
def test_a_drawing_is_its_title(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            '<img src="/blank.gif" data-src="/a.jpg" alt="A">',
            '<img src="https://paper.example/a.jpg" alt="A">',
        ),
        (
            '<img src="data:image/gif;base64,R0" data-original="/a.jpg">',
            '<img src="https://paper.example/a.jpg">',
        ),
        (
            '<img data-srcset="/a.jpg 1x, /b.jpg 2x">',
            '<img srcset="https://paper.example/a.jpg 1x, https://paper.example/b.jpg 2x" src="https://paper.example/a.jpg">',
        ),
        (
            '<img src="data:x" srcset="data:x 1w" data-lazy-src="/a.jpg" data-lazy-srcset="/a.jpg 600w" data-lazy-sizes="50vw">',
            '<img src="https://paper.example/a.jpg" srcset="https://paper.example/a.jpg 600w" sizes="50vw">',
        ),
        (
            '<img src="data:x" data-lazy-src="/c.jpg"><noscript><img src="/c.jpg" alt="C"></noscript>',
            '<img src="https://paper.example/c.jpg" alt="C">',
        ),
        (
            '<noscript><img src="/c.jpg" alt="C"></noscript>',
            '<img src="https://paper.example/c.jpg" alt="C">',
        ),
        ('<noscript><img src="https://t.example/1" width="1" height="1"></noscript>', ""),
        (
            '<img data-src="/c.jpg"><noscript><img src="/c.jpg" alt="C"></noscript><p title="<img src=/d.jpg>">d</p>',
            '<img src="https://paper.example/c.jpg" alt="C"><p title="&lt;img src=/d.jpg&gt;">d</p>',
        ),
        (
            '<img data-src="/c.jpg"><noscript><p>See</p><img src="/c.jpg"><img src="/d.jpg"></noscript>',
            '<img src="https://paper.example/c.jpg"><p>See</p><img src="https://paper.example/d.jpg">',
        ),
        (
            '<picture><source data-srcset="/d.webp" type="image/webp"><img data-src="/d.jpg" src="data:x"></picture>',
            '<picture><source type="image/webp" srcset="https://paper.example/d.webp"><img src="https://paper.example/d.jpg"></picture>',
        ),
        (
            '<amp-img src="/a.jpg" width="4" height="3"></amp-img>',
            '<img src="https://paper.example/a.jpg" width="4" height="3">',
        ),
        ('<img src="/a.jpg" data-lazy="true" data-original="1">', '<img src="https://paper.example/a.jpg">'),
        (
            '<noscript><img src="/h.jpg" alt="H"></noscript><img data-image="/h.jpg" data-load="false" alt="H">',
            '<img alt="H" src="https://paper.example/h.jpg">',
        ),
        (
            '<img src="data:," data-ezsrc="/r.jpg"><img src="/pagespeed_static/1.gif" data-pagespeed-lazy-src="/m.jpg">',
            '<img src="https://paper.example/r.jpg"><img src="https://paper.example/m.jpg">',
        ),
        (
            '<img data-srcset="/b.jpg 2x" src="/blank.gif"><noscript><img src="/a.jpg" alt="A"></noscript>',
            '<img src="https://paper.example/a.jpg" srcset="https://paper.example/b.jpg 2x" alt="A">',
        ),
        (
            '<noscript><img src="/a.jpg"></noscript><img data-srcset="/b.jpg 2x" src="/blank.gif">',
            '<img src="https://paper.example/a.jpg" srcset="https://paper.example/b.jpg 2x">',
        ),
        (
            '<img data-srcset="/b.jpg 2x" src="/blank.gif">',
            '<img src="https://paper.example/b.jpg" srcset="https://paper.example/b.jpg 2x">',
        ),
        ('<img src="/a.jpg" loading="lazy">', '<img src="https://paper.example/a.jpg">'),
        (
            '<video data-fallbacksrc="/v.mp4"></video>',
            '<video controls="" src="https://paper.example/v.mp4"></video>',
        ),
        (
            '<video controls data-src="/v.mp4"></video>',
            '<video controls="" src="https://paper.example/v.mp4"></video>',
        ),
    ],
)
def test_a_lazily_loaded_picture_is_the_picture_once(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<span style="font-weight: 700">a</span>', "<span><b>a</b></span>"),
        ('<span style="color:red;font-style:italic">a</span>', "<span><i>a</i></span>"),
        ('<span style="text-decoration: underline">a <em>b</em></span>', "<span><u>a <em>b</em></u></span>"),
        (
            '<span style="font-weight:bold;font-style:italic;text-decoration:underline">a</span>',
            "<span><u><i><b>a</b></i></u></span>",
        ),
        ('<span style="FONT-WEIGHT: bold">a</span>', "<span><b>a</b></span>"),
        ('<b style="font-weight:normal"><i>a</i></b>', "<i>a</i>"),
        ('<SPAN STYLE="font-weight:bold">a</SPAN>', "<span><b>a</b></span>"),
        ('<span style="font-weight:bold">a', "<span><b>a</b></span>"),
        ('<a href="/x" style="text-decoration:underline">a</a>', '<a href="https://paper.example/x">a</a>'),
        ("<b style='mso-bidi-font-weight:normal'>a</b>", "<b>a</b>"),
    ],
)
def test_emphasis_by_style_is_kept(html: str, cleaned: str) -> None:
    assert clean(f"<p>{html}</p>", page=PAGE) == f"<p>{cleaned}</p>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        pytest.param(
            "<p>a</p><p></p><p>&nbsp;</p><p> <br> </p><p><span></span></p>", "<p>a</p>", id="empty paragraphs"
        ),
        pytest.param('<p>a<a name="x"></a> <a id="y">b</a></p>', "<p>a b</p>", id="links without an address"),
        pytest.param(
            '<h2 id="l">Later<a class="headerlink" href="#l" title="Permanent link">#</a></h2>',
            "<h2>Later</h2>",
            id="sign",
        ),
        pytest.param(
            '<div><h2>Later</h2><a class="anchor" href="#l"><svg><path/></svg></a></div>',
            "<div><h2>Later</h2></div>",
            id="beside",
        ),
        pytest.param(
            '<h2><a class="anchor" href="#l">Later</a></h2>',
            f'<h2><a href="{PAGE}#l">Later</a></h2>',
            id="the heading itself",
        ),
        pytest.param(
            '<p>a<sup id="r"><a href="#fn:1" class="footnote-ref">1</a></sup></p>',
            f'<p>a<sup><a href="{PAGE}#fn:1">1</a></sup></p>',
            id="footnote",
        ),
        pytest.param(
            '<pre><code><span class="ln" aria-hidden="true">1</span><span>if a:</span></code></pre>',
            "<pre><code><span>if a:</span></code></pre>",
            id="line numbers",
        ),
        pytest.param(
            '<pre><code><span><span style="user-select:none">1</span><span>if a:</span></span></code></pre>',
            "<pre><code><span><span>if a:</span></span></code></pre>",
            id="line numbers of Hugo",
        ),
        pytest.param(
            '<p style="user-select:none">1999</p>', "<p>1999</p>", id="a number that can't be selected"
        ),
        pytest.param(
            '<audio controls src="/a.mp3"></audio><div>Song</div><div class="kg-audio-player">'
            "<button>Play</button><span>0:00</span><div>/<span>62.6</span></div></div>",
            '<audio controls="" src="https://paper.example/a.mp3"></audio><div>Song</div>',
            id="buttons of Ghost's player",
        ),
        pytest.param(
            '<table class="lntable"><tr><td class="lntd"><pre><code><span class="lnt">1\n</span></code></pre></td>'
            '<td class="lntd"><pre><code>if a:\n</code></pre></td></tr></table>',
            "<table><tbody><tr><td><pre><code>if a:\n</code></pre></td></tr></tbody></table>",
            id="line numbers in a table",
        ),
        pytest.param(
            '<table><tr><td class="gutter"><pre><span class="lineno">1</span>\n<span class="lineno">2</span></pre></td>'
            "<td><pre>if a:</pre></td></tr></table>",
            "<table><tbody><tr><td><pre>if a:</pre></td></tr></tbody></table>",
            id="several line numbers in a cell",
        ),
        pytest.param(
            '<p>in <span class="ln">2026</span></p>', "<p>in <span>2026</span></p>", id="a number in text"
        ),
        pytest.param(
            "<h3><button aria-expanded='false'>Why?</button></h3>",
            "<h3>Why?</h3>",
            id="button that is a heading",
        ),
        pytest.param(
            '<ul><li><input type="checkbox" checked> Done</li><li><input type="checkbox"> Open</li></ul>',
            "<ul><li>☑  Done</li><li>☐  Open</li></ul>",
            id="list of tasks",
        ),
        pytest.param("<xmp><b>old</b></xmp>", "<pre>&lt;b&gt;old&lt;/b&gt;</pre>", id="xmp"),
        pytest.param(
            "<p style='font-weight:bold'>a</p><pre>\n\nb</pre>",
            "<p><b>a</b></p><pre>\n\nb</pre>",
            id="first line of pre",
        ),
    ],
)
def test_what_only_the_page_needs_goes(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            f'<noscript><iframe src="{YOUTUBE}" title="Snow"></iframe></noscript>',
            f'<a href="{YOUTUBE}">Snow</a>',
        ),
        ("<noscript><p>It snows.</p></noscript>", "<p>It snows.</p>"),
        ('<noscript>Enable JavaScript for <a href="/c">comments</a>.</noscript>', ""),
        (
            '<noscript><iframe src="https://t.example/ns.html" style="display:none"></iframe></noscript>',
            "",
        ),
    ],
)
def test_what_stands_in_noscript_is_shown_unless_it_speaks_of_scripts(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            '<amp-carousel><amp-img src="/1.jpg"></amp-img></amp-carousel>',
            '<img src="https://paper.example/1.jpg">',
        ),
        (
            '<amp-audio src="/a.mp3" title="Listen"><div fallback>No audio</div></amp-audio>',
            '<p><a href="https://paper.example/a.mp3">Listen</a></p>',
        ),
        (
            '<video controls src="/v.mp4" poster="data:," data-poster="/v.jpg"></video>',
            '<video controls="" src="https://paper.example/v.mp4" poster="https://paper.example/v.jpg"></video>',
        ),
        ('<img src="" alt="audio-thumbnail" class="kg-audio-thumbnail kg-audio-hide">', ""),
    ],
)
def test_pictures_and_players_of_amp_and_ghost(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            '<P>It <SPAN CLASS="KaTeX"><MATH><MI>x</MI></MATH><SPAN ARIA-HIDDEN="true">x</SPAN></SPAN></P>',
            "<p>It x</p>",
        ),
        ('<P>It <SPAN DATA-TEX="X^2"></SPAN></P>', "<p>It X^2</p>"),
        (
            '<DIV DATA-HREF="https://posts.example/Q" CLASS="post"></DIV>',
            '<p><a href="https://posts.example/Q">posts.example</a></p>',
        ),
        ('<P STYLE="font-weight: bold">It</P>', "<p><b>It</b></p>"),
    ],
)
def test_attributes_may_be_written_in_capitals(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned


def test_formulas_that_are_blocks_are_paragraphs() -> None:
    html = '<p>a</p><div data-latex="b"></div><div data-latex="c"></div><script type="math/tex; mode=display">d</script>'
    assert clean(html, page=PAGE) == "<p>a</p><p>b</p><p>c</p><p>d</p>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            "<p><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>First point</p>",
            "<p>First point</p>",
        ),
        ('<P><SPAN STYLE="mso-list: Ignore">1.</SPAN>First point</P>', "<p>First point</p>"),
        ('<p><span style="mso-list:Ignore">First point</p>', "<p>First point</p>"),
        (
            '<p style="mso-list:l0 level1 lfo1">First <b>point</b></p>',
            "<p>First <b>point</b></p>",
        ),
    ],
)
def test_a_bullet_that_word_writes_as_text_is_left_out(html: str, cleaned: str) -> None:
    assert clean(html, page=PAGE) == cleaned
