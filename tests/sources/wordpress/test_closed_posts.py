"""Posts that aren't for everybody: WordPress makes an excerpt of the whole text, and leaves the mark out of it."""

from typing import Any

import pytest

from newsfeed import Site
from newsfeed.model.article_source import ArticleSource
from newsfeed.sources.wordpress.export_items import Export, ExportItem, values_of
from newsfeed.sources.wordpress.post_values import summary_of
from newsfeed.sources.wordpress.posts import post_values

SITE = Site(title="Report", url="https://report.example/", languages=["en"])
MARKED = "<p>It snows.</p><!--members-only--><p>SECRET and much more.</p>"
FREE = "<p>It snows.</p><p>SECRET and much more.</p>"
MEMBERS = {"defaults": {"access": "members"}}
TIER = {"fields": {"access": "meta.tier"}}


def summary(content: str, excerpt: str, *, meta: dict[str, str] | None = None, **values: Any) -> object:
    """The summary of a post from the REST API, which is that of the same post in an export file."""
    source = ArticleSource(name="cms", kind="wordpress", url="https://report.example/", **values)
    post = {
        "link": "https://report.example/1",
        "date_gmt": "2025-12-19T14:24:00",
        "content": {"rendered": content},
        "excerpt": {"rendered": excerpt},
        "meta": meta or {},
    }
    texts = {"link": "https://report.example/1", "encoded": content, "excerpt": excerpt}
    own = ArticleSource(name="file", kind="wxr", files=["a.xml"], **values)
    exported = values_of(ExportItem(texts, {}, meta or {}), Export({}, {}, {}, set()), own, SITE)
    found = post_values(post, source, SITE).get("summary")
    assert exported.get("summary") == found
    return found


@pytest.mark.parametrize(
    "excerpt",
    [
        "<p>It snows. SECRET and [&hellip;]</p>",
        "<p>It snows. SECRET and much more.</p>",
        "<p>It snows. SECRET and much&hellip;</p>",
        "<p>It snows. SECRET &hellip; <a>Continue reading <span>Snow</span></a></p>",
        "<p>It snows. SECRET and much more. <a>Read more</a></p>",
        "<p>Ad. It snows. SECRET [...]</p>",
    ],
)
@pytest.mark.parametrize(
    ("content", "values"),
    [
        (MARKED, {}),
        (FREE, MEMBERS),
        (FREE, {**TIER, "meta": {"tier": "gold"}}),
        (FREE, {**TIER, **MEMBERS, "meta": {"tier": " "}}),
        (FREE, {"fields": {"access": "meta.a[]"}, "meta": {"a": "gold"}, **MEMBERS}),
    ],
)
def test_a_closed_post_has_no_summary_that_wordpress_made(
    content: str, values: dict[str, Any], excerpt: str
) -> None:
    assert summary(content, excerpt, **values) is None


@pytest.mark.parametrize("excerpt", ["<p>What the snow means for buses.</p>", "<p>Buses stop\u2026</p>"])
def test_it_keeps_the_editors_own(excerpt: str) -> None:
    own = excerpt.removeprefix("<p>").removesuffix("</p>").removesuffix("\u2026")
    assert summary(MARKED, excerpt) == summary(FREE, excerpt, **MEMBERS) == own


def test_a_free_post_keeps_what_wordpress_made() -> None:
    made = "<p>It snows. SECRET and [&hellip;]</p>"
    assert summary(FREE, made) == "It snows. SECRET and"
    assert summary(FREE, made, **TIER, **MEMBERS, meta={"tier": "Public"}) == "It snows. SECRET and"


def test_an_excerpt_ends_at_its_mark() -> None:
    assert summary(FREE, "<p>Open words.</p><!--members-only--><p>SECRET</p>") == "Open words."


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        ("Read more books this winter, librarians say.", "Read more books this winter, librarians say."),
        ("Continue reading to your children.", "Continue reading to your children."),
        ("It snows. Read more books, they say.", "It snows. Read more books, they say."),
        ("It snows. Read more", "It snows."),
        ("It snows. Read more \u00bb", "It snows."),
        ("It snows. Continue reading Snow in Baku", "It snows."),
        ("It snows [\u2026] Read more about snow.", "It snows"),
        ("It snows\u2026 Continue reading Snow in Baku", "It snows"),
        ("It snows ... Read more", "It snows"),
        ("Read more", ""),
    ],
)
def test_words_at_the_end_of_excerpts(excerpt: str, shown: str) -> None:
    assert summary_of(excerpt) == shown
