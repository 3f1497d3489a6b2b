"""HTML that readers show differently, and HTML that they don't."""

from datetime import UTC, datetime

import pytest

from newsfeed.check import check_document
from newsfeed.check.html_grammar import syntax_errors, unclosed
from newsfeed.check.html_texts import closed_drawings

MOMENT = datetime(2025, 12, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ("<p>One<p>Two", []),
        ("<ul><li>One<li>Two</ul>", []),
        ("<table><tr><td>One<table><tr><td>Two</table></table>", []),
        ("<p><b>One</p>", ["<b> isn't closed"]),
        ("<td>One</td>", ["<td> is outside a table"]),
        ("<table><p>One</p></table>", ["<p> is between the cells of a table"]),
        ("<a href='/1'>One <a href='/2'>Two</a></a>", ["<a> is inside <a>"]),
        ("<a><table><tr><td><a>One</a></td></tr></table></a>", []),
        ("<h2>One <h3>Two</h3></h2>", ["<h3> is inside <h2>"]),
        ("<svg><title>Turnout</title><rect width='5'/><g><path d='M1'/></g></svg>", []),
        ("<svg/><math><mspace/><mi>x</mi></math>", []),
        ("<svg><foreignObject><p><b/>One</p></foreignObject></svg>", ["<b> isn't closed"]),
        ("<svg><g></svg>", ["<g> isn't closed"]),
        (closed_drawings("<svg><style/><title/><path/></svg> <p>One</p>"), []),
    ],
)
def test_what_is_opened_is_closed_and_stands_where_it_may(html: str, faults: list[str]) -> None:
    assert unclosed(html) == faults


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ("AT&amp;T, 1 &lt; 2, &copy; &#169; &#xA9;", []),
        ("<img src=a.png alt='A'/><br/>", []),
        ("AT&T", ["&T isn't a valid character reference"]),
        ("&nbsp", ["&nbsp isn't a valid character reference"]),
        ("&#0;", ["&#0; isn't a valid character reference"]),
        ("&#147;", ["&#147; isn't a valid character reference"]),
        ("&#xD800;", ["&#xD800; isn't a valid character reference"]),
        ("&#99999999999;", ["&#99999999999; isn't a valid character reference"]),
        ("<a href='/?a=1&b=2'>", ["&b isn't a valid character reference"]),
        ("<p/>", ["<p/> doesn't close the element"]),
        ("<svg><a/><font/></svg>", []),
        ("<a href=/snow/>", []),
        ("<img src=>", ["the value of src has no quotes"]),
        ("<img src=AA==>", ["the value of src has no quotes"]),
    ],
)
def test_tags_and_references_are_written_to_their_end(html: str, faults: list[str]) -> None:
    assert list(syntax_errors(html)) == faults


def test_the_title_of_a_drawing_is_not_that_of_a_page() -> None:
    html = "&lt;svg&gt;&lt;title&gt;Turnout&lt;/title&gt;&lt;rect/&gt;&lt;/svg&gt;"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">{html}</content></entry></feed>'
    codes = {finding.code for finding in check_document(feed.encode(), name="all.atom", as_of=MOMENT)}
    assert "NF708" in codes
    assert not {"NF707", "NF710"} & codes
