"""Articles with nothing to mend are recognised quickly; what comes out is what a look at every text gives."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.articles import PLAIN_SITE, RICH_SITE, articles, texts

from newsfeed import Article, Media, Person, Source
from newsfeed.catalog.repairs import repaired
from newsfeed.findings import Place

Make = Callable[..., Any]

PLACE = Place(file="articles.jsonl", line=7, record=5)
DERIVING_SITE = msgspec.structs.replace(RICH_SITE, derive_flags=True, ids_url="https://old.example/")

more = st.fixed_dictionaries(
    {},
    optional={
        "categories": st.lists(st.sampled_from(["term-1", "term-2", "term\x08", "nothing"]), max_size=3),
        "topics": st.lists(st.sampled_from(["", " ", "\x01", "a\x08 b", "a b", "\x93a\x94"]), max_size=3),
        "extra": st.dictionaries(
            texts, st.recursive(st.integers() | texts, lambda inner: st.lists(inner, max_size=2)), max_size=2
        ),
        "story": st.just("a\x7f"),
        "rights": st.just("© Report"),
        "summary": st.just('"1" \\ 2\n\t\r/\\u0008'),
    },
)


@pytest.mark.slow
@given(articles, more, st.sampled_from([PLAIN_SITE, DERIVING_SITE]))
def test_what_is_mended_quickly_is_what_is_mended_slowly(
    article: Article, values: dict[str, Any], site: Any
) -> None:
    article = msgspec.structs.replace(article, **values)
    quickly = repaired(article, site, PLACE)
    with patch("newsfeed.catalog.repairs._is_clean", return_value=False):
        slowly = repaired(article, site, PLACE)
    assert repr(quickly) == repr(slowly)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"title": "Qar yağır", "summary": "«Снег» — “1”\n\t\\ 🙂", "content": '<p class="a">Snow</p>\n'},
        {"authors": [Person(name="Ülviyyə")], "source": Source(url="https://elsewhere.example/")},
        {
            "media": [Media(url="https://report.example/a.jpg", credit="© Лейла")],
            "extra": {"a": [1, {"b": "ə"}]},
        },
    ],
)
@pytest.mark.parametrize("is_clean", [True, False])
def test_no_text_is_looked_at_where_nothing_is_amiss(
    values: dict[str, Any], is_clean: bool, article: Make, site: Make
) -> None:
    with patch("newsfeed.catalog.repairs._cleaned", side_effect=AssertionError):
        mended, findings = repaired(article(**values), site(), PLACE, is_clean=is_clean)
    assert findings == []
    assert mended == msgspec.structs.replace(
        article(**values), id="https://report.example/en/snow", updated=mended.published
    )


def test_an_article_is_not_written_as_json_if_it_is_known_to_be_clean(article: Make, site: Make) -> None:
    with patch("newsfeed.catalog.repairs._ENCODER", None):
        _, findings = repaired(article(), site(), PLACE, is_clean=True)
    assert findings == []


def test_an_article_with_nothing_to_mend_stays_the_object_that_it_is(article: Make, site: Make) -> None:
    right = article(id="urn:test:a", updated=article().published)
    assert repaired(right, site(), PLACE) == (right, [])
    assert repaired(right, site(), PLACE)[0] is right


def test_values_that_json_cannot_say_are_looked_at_one_by_one(article: Make, site: Make) -> None:
    odd = article(extra={"when": timedelta(1), "what": object, "who": "Leyla\x08"})
    mended, findings = repaired(odd, site(), PLACE)
    assert mended.extra["who"] == "Leyla"
    assert [finding.field for finding in findings] == ["extra.who"]


def test_what_no_feed_can_show_is_told_whether_or_not_a_feed_carries_it(article: Make) -> None:
    content = '<p>Watch:</p><iframe src="https://video.example/1"></iframe><iframe src="https://b.example/"></iframe> [gallery]'
    kept, findings = repaired(article(content=content), PLAIN_SITE, PLACE)
    assert kept.content == content
    assert [str(finding) for finding in findings] == [
        (
            "articles.jsonl:7: NF160 content: a player or an embedded page (iframe, object, embed) can't be in a feed; a link to "
            "it takes its place. Give each iframe a title: it becomes the words of the link."
        ),
        (
            "articles.jsonl:7: NF167 content: the text has shortcodes or template tags of a CMS that weren't filled in "
            "([gallery], {% … %}, [^1]); published as they are. Export the article as the CMS shows it."
        ),
    ]


def test_a_site_that_trusts_its_html_is_told_of_shortcodes_alone(article: Make) -> None:
    site = msgspec.structs.replace(PLAIN_SITE, trusted_html=True)
    _, findings = repaired(
        article(content='<iframe src="https://video.example/1"></iframe> [gallery]'), site, PLACE
    )
    assert [finding.code for finding in findings] == ["NF167"]
