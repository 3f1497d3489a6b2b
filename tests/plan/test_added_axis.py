"""An axis is one row: what rules, plans, selections, lists and pages say of it is found through the row."""

import pytest
from tests.articles import AS_OF

from newsfeed import Article, FeedRule, InvalidRecord, InvalidValue, Newsroom, Site
from newsfeed.discovery.directory import Directory
from newsfeed.model.axes import AXES, Axis, SiteFacts


def regions_of(article: Article, _site: SiteFacts) -> tuple[str, ...]:
    return tuple(article.extra.get("regions", ()))


def article(title: str, *regions: str) -> Article:
    return Article(
        language="en",
        title=title,
        url=f"https://report.example/{title}",
        published=AS_OF,
        extra={"regions": regions},
    )


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setitem(AXES, "region", Axis(name="region", terms=regions_of))
    rules = [
        FeedRule(path="{language}/region/{region}", title="News from {region}"),
        FeedRule(path="north", where={"region": "North"}),
    ]
    site = Site(title="Report", url="https://report.example/", languages=["en"], feeds=rules)
    return Newsroom(site, [article("Snow", "North", "Köln"), article("Rain", "north")], as_of=AS_OF)


def test_each_term_has_a_feed_under_a_path_and_a_title_of_its_own(room: Newsroom) -> None:
    assert {path: (len(feed.carried), feed.title) for path, feed in room.plan.feeds.items()} == {
        "en/region/koln": (1, "News from Köln"),
        "en/region/north": (1, "News from north"),
        "en/region/north-43f853bb": (1, "News from North"),
        "north": (1, "Report – North"),
    }


def test_terms_that_would_share_a_path_are_reported(room: Newsroom) -> None:
    (finding,) = room.plan.findings
    assert str(finding).startswith(
        "the newsroom: NF117 region: the region 'North' would have the path of another"
    )


def test_it_can_be_asked_for(room: Newsroom) -> None:
    assert [entry.title for entry in room.select(region="Köln").entries] == ["Snow"]


def test_an_axis_that_nobody_added_is_an_error_that_names_the_nearest(room: Newsroom) -> None:
    with pytest.raises(InvalidValue) as caught:
        room.select(regoin="North")
    assert str(caught.value) == "regoin: there is no facet 'regoin'. Did you mean 'region'?"
    with pytest.raises(InvalidRecord, match="isn't a placeholder"):
        FeedRule(path="{regoin}")


def test_pages_list_and_link_its_feeds(room: Newsroom) -> None:
    (english,) = Directory(room.plan).sections
    assert [(group.kind, group.label, len(group.feeds)) for group in english.groups] == [
        ("region", "Region", 4)
    ]
    assert room.alternate_links(region="Köln").count("/en/region/koln.") == 3


@pytest.mark.parametrize(
    ("heading", "shown"), [("authors", "Authors"), ("Where it happened", "Where it happened")]
)
def test_its_feeds_stand_under_a_word_of_listings_or_a_text_of_its_own(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, heading: str, shown: str
) -> None:
    monkeypatch.setitem(AXES, "region", Axis(name="region", terms=regions_of, heading=heading))
    (english,) = Directory(room.plan).sections
    assert [group.label for group in english.groups] == [shown]
