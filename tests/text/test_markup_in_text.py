"""HTML in titles and summaries: what it is, what only looks like it, and what is left."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.text.html.words import escape
from newsfeed.text.markup_in_text import markup_in, without_excerpt_mark, without_markup


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("<p>Text. [&hellip;]</p>", "Text. […]"),
        ("<p>Text. [&hellip;]</p>\n", "Text. […]"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<p>One.\n", "One."),
        ("<p> One. </p>", "One."),
        ("One.</p>", "One."),
        ('<p class="lead">One <a href="/x">two</a> three</p>', "One two three"),
        ("The <em>Titanic</em> & its &#8220;sisters&#8221; &amp; more", "The Titanic & its “sisters” & more"),
        ("🚢 Ship &#x1F6A2; at 5 < 6", "🚢 Ship 🚢 at 5 < 6"),
        ("<b>5 < 6</b> and 7 <8", "5 < 6 and 7 <8"),
        ("<strong>Live:</strong> Snow", "Live: Snow"),
        ("First line<br>second line", "First line second line"),
        ("First line <br /> second line", "First line second line"),
        ("Snow <img src='/a.jpg'> in Baku", "Snow in Baku"),
        ("Snow in <span style=color:red>Baku", "Snow in Baku"),
        ("H<sub>2</sub>O", "H2O"),
        ("<!-- wp:paragraph -->Snow<!-- /wp:paragraph -->", "Snow"),
        ('Snow in <a href="https://repo', "Snow in"),
        ("Snow<script>alert(1)</script>", "Snow"),
        ("<P>SNOW</P>", "SNOW"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("Snow&amp;hellip;", "Snow…"),
        ("&quot;Snow&quot; &#039;24", '"Snow" \'24'),
        ("It&rsquo;s&nbsp;snowing", "It’s\xa0snowing"),
        ("&lt;p&gt;Snow &amp;amp; rain&lt;/p&gt;", "Snow & rain"),
        ("The &lt;b&gt; element", "The <b> element"),
        ("Write &lt;b&gt;bold&lt;/b&gt; &amp; more", "Write <b>bold</b> & more"),
        ("Why the <b> tag &amp; friends", "Why the <b> tag & friends"),
        ("a&#1;b&amp;c", "ab&c"),
    ],
)
def test_html_becomes_plain(written: str, plain: str) -> None:
    assert without_markup(written) == plain
    assert markup_in(written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Snow in Baku",
        "a < b",
        "a<b and b>c",
        "if a<p && p>b",
        "I <3 Baku",
        "5 <6> 7",
        "AT&T, Q&A, R&D; rock&roll",
        "&c; &unknown; &",
        "List<String> and Map<K, V>",
        "<Enter> to go on",
        "How the <b> element differs from <strong>",
        "<div> or <section>?",
        "The <br> element",
        "The <b> and </b> tags",
        "Use `<b>bold</b>`",
        'What do "<b>" and "</b>" mean?',
        "What does “<em>” mean?",
        'The <input type="email"> element',
        "Leyla <leyla@report.example>",
        "See <https://report.example/?a=1&copy=2>",
        "x <y z=1",
        "[…]",
        "->, <-, <->, </>",
    ],
)
def test_what_only_looks_like_html_stays(text: str) -> None:
    assert without_markup(text) is text
    assert markup_in(text) == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The <em>Titanic</em> &amp; more", "<em>"),
        ("Tom &amp; Jerry", "&amp;"),
        ("&ldquo;The <b>word</b>&rdquo;", "&ldquo;"),
    ],
)
def test_the_first_piece_is_shown(written: str, shown: str) -> None:
    assert markup_in(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The ministers met in […]", "The ministers met in …"),
        ("The ministers met. [...] ", "The ministers met. …"),
        ("He said […] nothing", "He said […] nothing"),
        ("Snow [video]", "Snow [video]"),
    ],
)
def test_an_excerpt_ends_as_people_write_it(written: str, shown: str) -> None:
    assert without_excerpt_mark(written) == shown


pieces = st.sampled_from(
    [
        "a",
        "b",
        " ",
        "<",
        ">",
        "&",
        ";",
        "/",
        "=",
        "'",
        '"',
        "!",
        "-",
        "`",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<a b=",
        "&amp;",
        "&lt;",
        "&gt;",
        "<!--",
        "-->",
    ]
)


@given(st.lists(pieces).map("".join))
def test_a_text_changes_only_if_it_holds_something_to_show(text: str) -> None:
    if without_markup(text) != text:
        assert markup_in(text)


@given(st.text("ab &<>"))
def test_a_paragraph_holds_what_was_escaped(text: str) -> None:
    words = " ".join(text.split())
    if words and without_markup(words) == words:
        assert without_markup(f"<p>{escape(words)}</p>") == words


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<p ", "<a b=", "<a b='", '<a b="', "&", "&amp;", "<p>", "</p>", "<b>x</b>", "<a a a a "],
)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    start = perf_counter()
    without_markup(piece * 30_000 + ">")
    assert perf_counter() - start < 5
