"""Plain feedgen as the other opinion: element by element we write what it writes, but for a list of differences."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given
from lxml import etree
from tests.articles import RICH_SITE, articles, feed_of, many_articles, sites
from tests.formats.feedgen_differences import DIFFERENCES, Difference
from tests.formats.plain_feedgen import document

from newsfeed import Article, Feed, Media, Person, Site, Source

pytestmark = pytest.mark.slow

NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
ENTRIES = ("item", "{http://www.w3.org/2005/Atom}entry")

#: What an element holds: its attributes, and its children's canonical XML by name, in their order.
Held = tuple[dict[str, str], dict[str, list[str]]]


def held(element: etree._Element) -> Held:
    children: dict[str, list[str]] = defaultdict(list)
    for child in element:
        if child.tag not in ENTRIES:
            children[str(child.tag)].append(etree.tostring(child, method="c14n", exclusive=True).decode())
    return {str(name): str(value) for name, value in element.attrib.items()}, dict(children)


def all_held(root: etree._Element) -> list[Held]:
    """The head of a feed and each of its entries."""
    head = root[0] if root.tag == "rss" else root
    return [held(element) for element in (head, *root.iter(*ENTRIES))]


def written(feed: Feed, name: str) -> list[Held]:
    return all_held(etree.fromstring(feed.render(name)))


def by_feedgen(feed: Feed, name: str, *without: Difference) -> list[Held]:
    """What feedgen alone writes, with every listed difference mended but some."""
    root = etree.fromstring(document(feed, name))
    for difference in DIFFERENCES:
        if name in difference.formats and difference not in without:
            difference.mend(root, feed)
    return all_held(root)


@pytest.mark.parametrize("name", ["rss", "atom"])
@given(article=articles, site=sites)
def test_any_article_is_written_as_feedgen_writes_it(name: str, article: Article, site: Site) -> None:
    feed = feed_of(article, site=site)
    assert written(feed, name) == by_feedgen(feed, name)


@pytest.mark.parametrize("name", ["rss", "atom"])
@given(made=many_articles, site=sites)
def test_any_feed_is_written_as_feedgen_writes_it(name: str, made: list[Article], site: Site) -> None:
    feed = feed_of(*made, site=site)
    assert written(feed, name) == by_feedgen(feed, name)


@pytest.fixture
def telling() -> list[Feed]:
    """Two feeds in which every difference shows, the second without entries."""
    english = Article(
        language="en",
        title="Snow",
        url="https://report.example/en/snow",
        published=NOON,
        updated=NOON.replace(hour=13),
        story="snow",
        authors=[Person(name="Leyla", email="leyla@report.example", url="https://report.example/leyla")],
        source=Source(url="https://other.example/snow", title="Other"),
        media=[
            Media(url="https://report.example/1.jpg", description="Snow", credit="Rauf"),
            Media(url="https://report.example/2.jpg"),
        ],
    )
    azerbaijani = Article(
        language="az", title="Qar", url="https://report.example/az/qar", published=NOON, story="snow"
    )
    withdrawn = Article(
        language="en", title="Ice", url="https://report.example/en/ice", published=NOON, withdrawn=True
    )
    return [feed_of(english, azerbaijani, site=RICH_SITE), feed_of(withdrawn)]


@pytest.mark.parametrize(
    ("name", "difference"),
    [(name, difference) for difference in DIFFERENCES for name in difference.formats],
    ids=lambda value: value if isinstance(value, str) else value.element,
)
def test_each_difference_occurs(name: str, difference: Difference, telling: list[Feed]) -> None:
    ours = [written(feed, name) for feed in telling]
    assert [by_feedgen(feed, name) for feed in telling] == ours
    assert [by_feedgen(feed, name, difference) for feed in telling] != ours
