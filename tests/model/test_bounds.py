"""An article with too much of something is published with less of it, and that is told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from newsfeed import Article, Category, Newsroom, Site

NOON = datetime(2025, 12, 19, 12, tzinfo=UTC)
SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    categories=[Category(term=f"c{number}", label="C") for number in range(300)],
)


def room(**values: Any) -> Newsroom:
    defaults: dict[str, Any] = {
        "language": "en",
        "title": "Snow",
        "url": "https://report.example/snow",
        "published": NOON,
    }
    return Newsroom(SITE, [Article(**defaults | values)], as_of=NOON)


@pytest.mark.parametrize(
    ("field", "items", "most"),
    [
        ("media", [{"url": f"https://report.example/{number}.jpg"} for number in range(1_500)], 1_000),
        ("topics", [f"t{number}" for number in range(1_500)], 250),
        ("authors", [{"name": f"a{number}"} for number in range(1_500)], 250),
        ("categories", [f"c{number}" for number in range(300)], 250),
    ],
)
def test_of_too_many_items_the_first_are_kept(field: str, items: list[Any], most: int) -> None:
    made = room(**{field: items})
    (finding,) = made.findings
    assert str(finding).partition("NF142 ")[2] == (
        f"{field}: it has {len(items):,} items; the first {most:,} are kept. Write fewer."
    )
    assert finding.severity == "warning"
    (article,) = made.articles
    values: dict[str, Any] = {field: items}
    given = Article(language="en", title="x", url="https://a.example/", published=NOON, **values)
    assert tuple(getattr(article, field)) == tuple(getattr(given, field)[:most])
    assert room(**{field: items[:most]}).findings == ()


@pytest.mark.parametrize(("field", "longest"), [("title", 1_000), ("summary", 10_000)])
def test_a_text_that_is_too_long_is_cut_after_a_word(field: str, longest: int) -> None:
    made = room(**{field: "word " * longest + "end"})
    (finding,) = made.findings
    assert str(finding).partition("NF143 ")[2] == (
        f"{field}: it has {5 * longest + 3:,} characters; cut after {longest:,}. Write a shorter one."
    )
    cut = getattr(made.articles[0], field)
    assert cut.endswith("word…")
    assert longest - 6 < len(cut) <= longest
    assert len(getattr(room(**{field: "x" * (longest + 1)}).articles[0], field)) == longest
    assert room(**{field: "x" * longest}).findings == ()
