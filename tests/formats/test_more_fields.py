"""Comments, link blogs, avatars, renditions, lead pictures and a site's own members, in every format with a place for them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from newsfeed import Article, Comments, Feed, FeedRule, Media, Newsroom, Person, Store, from_feedgen
from newsfeed.check import check_document
from newsfeed.errors import InvalidRecord
from newsfeed.formats.feedgen_documents import untraced

Make = Callable[..., Any]

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
PAGE = "https://report.example/en/snow"
PICTURE = Media(
    url="https://report.example/images/snow-in-baku.jpg", description='Snow & "ice"', credit="Rauf", width=3
)
FILM = Media(
    url="https://report.example/film.mp4",
    title="Film",
    description="A film",
    thumbnail="https://report.example/still.jpg",
    renditions=[Media(url="https://report.example/film-hd.mp4", width=1920, height=1080)],
)
EVERYTHING: dict[str, Any] = {
    "external_url": "https://weather.example/how?a=1&b=2",
    "content": '<p>Worth a <a href="read">read</a>.</p>',
    "comments": Comments(url=f"{PAGE}#comments", feed=f"{PAGE}/comments.atom", count=12),
    "authors": [Person(name="Leyla", avatar="https://report.example/ə.jpg"), Person(name="Rauf")],
    "media": [FILM, PICTURE],
    "extra": {"mood": "calm", "desk": "night"},
}


@pytest.fixture
def feed(newsroom: Make, article: Make, site: Make) -> Callable[..., Feed]:
    def make(
        rule: dict[str, Any] | None = None, settings: dict[str, Any] | None = None, **values: Any
    ) -> Feed:
        own = site(feeds=[FeedRule(path="{language}/all", **rule or {})], **settings or {})
        made: Feed = newsroom(article(**values), site=own).feed("en/all")
        return made

    return make


def item_of(feed: Feed) -> etree._Element:
    (item,) = etree.fromstring(feed.rss()).iterfind("channel/item")
    return item


def entry_of(feed: Feed) -> etree._Element:
    (entry,) = etree.fromstring(feed.atom()).iterfind(f"{ATOM}entry")
    return entry


def json_item(feed: Feed) -> dict[str, Any]:
    (item,) = json.loads(feed.json())["items"]
    return dict(item)


class TestLinkBlogs:
    def test_the_headline_leads_there_and_the_own_page_stays_named(self, feed: Make) -> None:
        made, there = feed(**EVERYTHING), EVERYTHING["external_url"]
        item, entry = item_of(made), entry_of(made)
        assert (item.findtext("link"), item.findtext("guid")) == (there, PAGE)
        assert item.find("guid[@isPermaLink='true']") is not None
        assert [link.get("href") for link in item.iterfind(f"{ATOM}link[@rel='related']")] == [PAGE]
        assert [link.get("href") for link in entry.iterfind(f"{ATOM}link[@rel='alternate']")] == [there]
        assert [link.get("href") for link in entry.iterfind(f"{ATOM}link[@rel='related']")] == [PAGE]
        assert (json_item(made)["url"], json_item(made)["external_url"]) == (PAGE, there)

    def test_relative_links_resolve_against_the_own_page(self, feed: Make) -> None:
        made = feed(**EVERYTHING)
        assert 'href="https://report.example/en/read"' in (made.entries[0].content or "")

    def test_listings_lead_there_and_search_engines_are_told_of_the_own_page(self, feed: Make) -> None:
        page = feed(**EVERYTHING).html()
        assert 'href="https://weather.example/how?a=1&amp;b=2"' in page
        assert f'"url": "{PAGE}"' in page

    def test_the_own_page_is_no_external_url(self, feed: Make) -> None:
        assert feed(external_url=PAGE).atom() == feed().atom()


class TestComments:
    def test_each_format_has_its_elements(self, feed: Make) -> None:
        made = feed(**EVERYTHING)
        item, entry = item_of(made), entry_of(made)
        assert item.findtext("comments") == f"{PAGE}#comments"
        assert item.findtext("{http://purl.org/rss/1.0/modules/slash/}comments") == "12"
        assert item.findtext("{http://wellformedweb.org/CommentAPI/}commentRss") == f"{PAGE}/comments.atom"
        replies = entry.findall(f"{ATOM}link[@rel='replies']")
        assert [(link.get("href"), link.get("type"), link.get(f"{THREAD}count")) for link in replies] == [
            (f"{PAGE}#comments", "text/html", "12"),
            (f"{PAGE}/comments.atom", "application/atom+xml", "12"),
        ]
        assert entry.findtext(f"{THREAD}total") == "12"
        assert json_item(made)["_newsfeed"]["comments"] == {
            "url": f"{PAGE}#comments",
            "feed": f"{PAGE}/comments.atom",
            "count": 12,
        }

    def test_no_comments_yet_is_a_number_too(self, feed: Make) -> None:
        made = feed(comments=Comments(url=f"{PAGE}#comments", count=0))
        assert item_of(made).findtext("{http://purl.org/rss/1.0/modules/slash/}comments") == "0"
        assert json_item(made)["_newsfeed"]["comments"]["count"] == 0

    def test_an_address_may_be_relative(self, site: Make) -> None:
        row = {
            "language": "en",
            "title": "x",
            "url": PAGE,
            "published": "2025-12-19",
            "comments": {"url": "#c"},
        }
        made = Newsroom(site(), [row])
        assert made.articles[0].comments == Comments(url=f"{PAGE}#c")

    @pytest.mark.parametrize("switch", [True, False])
    def test_a_switch_of_a_site_generator_is_no_comments(self, switch: bool, article: Make) -> None:
        assert article(comments=switch).comments is None

    def test_without_an_address_they_are_refused(self, article: Make) -> None:
        with pytest.raises(InvalidRecord) as refused:
            article(comments={"count": 12})
        assert str(refused.value) == "Article: comments.url: it is missing. Add it to the comments."


class TestPictures:
    def test_avatars(self, feed: Make) -> None:
        made, avatar = feed(**EVERYTHING), "https://report.example/%C9%99.jpg"
        assert json_item(made)["authors"] == [{"name": "Leyla", "avatar": avatar}, {"name": "Rauf"}]
        (image,) = entry_of(made).iterfind(f"{ATOM}author/{{http://schemas.google.com/g/2005}}image")
        assert image.get("src") == avatar

    def test_renditions_are_one_group(self, feed: Make) -> None:
        made = feed(**EVERYTHING)
        for element in (item_of(made), entry_of(made)):
            (group,) = element.iterfind(f"{MEDIA}group")
            files = [(file.get("url"), file.get("isDefault")) for file in group.iterfind(f"{MEDIA}content")]
            assert files == [
                ("https://report.example/film.mp4", "true"),
                ("https://report.example/film-hd.mp4", None),
            ]
            assert group.findtext(f"{MEDIA}title") == "Film"
            (still,) = group.iterfind(f"{MEDIA}thumbnail")
            assert still.get("url") == "https://report.example/still.jpg"
        attachments = json_item(made)["attachments"]
        assert [attachment["title"] for attachment in attachments] == ["Film", "Film", 'Snow & "ice"']

    def test_a_still_is_the_image_of_an_article_without_pictures(self, feed: Make) -> None:
        assert json_item(feed(media=[FILM]))["image"] == "https://report.example/still.jpg"

    def test_renditions_have_none_of_their_own(self, article: Make) -> None:
        inner = {
            "url": "https://report.example/1.jpg",
            "renditions": [{"url": "https://report.example/2.jpg"}],
        }
        with pytest.raises(InvalidRecord) as refused:
            article(media=[{"url": "https://report.example/0.jpg", "renditions": [inner]}])
        assert str(refused.value) == (
            "Article: media[0].renditions[0]: a rendition can't have renditions of its own. "
            "Write all of them in one list."
        )


FIGURE = (
    '<figure><img src="https://report.example/images/snow-in-baku.jpg" alt="Snow &amp; &#34;ice&#34;" width="3">'
    "<figcaption>Snow &amp; &#34;ice&#34; – Rauf</figcaption></figure>"
)


class TestLeadPictures:
    @pytest.mark.parametrize(
        "content",
        [
            "<p>Snow.</p>",
            '<p><img src="https://report.example/images/rain.jpg"></p>',
            '<p><a href="https://other.example/images/">Snow</a></p>',
        ],
    )
    def test_the_first_picture_stands_at_the_head(self, content: str, feed: Make) -> None:
        made = feed({"lead_image": True}, content=content, media=[FILM, PICTURE])
        assert json_item(made)["content_html"] == f"{FIGURE}{content}"
        assert entry_of(made).findtext(f"{ATOM}content") == f"{FIGURE}{content}"
        assert (
            item_of(made).findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
            == f"{FIGURE}{content}"
        )

    @pytest.mark.parametrize(
        "content",
        [
            '<p><img src="https://report.example/images/snow-in-baku.jpg?w=300"></p>',
            '<p><img src="https://report.example/images/snow-in-baku-300x200.jpg"></p>',
            '<p><img src="https://cdn.example/w_600/snow-in-baku.jpg"></p>',
            '<p><a href="https://report.example/images/snow-in-baku-scaled.jpg">Snow</a></p>',
            '<img srcset="https://a.example/x.jpg 1x, https://report.example/images/snow-in-baku@2x.jpg 2x">',
        ],
    )
    def test_not_where_the_content_shows_it_already(self, content: str, feed: Make) -> None:
        made = feed({"lead_image": True}, content=content, media=[PICTURE])
        assert json_item(made)["content_html"] == made.entries[0].content

    def test_not_in_other_feeds_and_not_in_summaries(self, feed: Make) -> None:
        assert json_item(feed(content="<p>Snow.</p>", media=[PICTURE]))["content_html"] == "<p>Snow.</p>"
        made = feed({"lead_image": True, "content": "summary"}, content="<p>Snow.</p>", media=[PICTURE])
        assert "content_html" not in json_item(made)

    def test_two_feeds_may_show_one_article_differently(
        self, newsroom: Make, article: Make, site: Make
    ) -> None:
        rules = [FeedRule(path="{language}/all"), FeedRule(path="{language}/pictures", lead_image=True)]
        made = newsroom(article(content="<p>Snow.</p>", media=[PICTURE]), site=site(feeds=rules))
        for name in ("rss", "atom", "json"):
            documents = [made.feed(path).render(name) for path in ("en/all", "en/pictures", "en/all")]
            assert [b"figure" in document for document in documents] == [False, True, False]


def test_a_sites_own_members_in_json_feed(feed: Make) -> None:
    assert json_item(feed(settings={"json_extra": ["mood", "rating"]}, **EVERYTHING))["_site"] == {
        "mood": "calm"
    }
    assert "_site" not in json_item(feed(**EVERYTHING))


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
def test_check_finds_nothing(name: str, feed: Make) -> None:
    made = feed({"lead_image": True}, {"json_extra": ["mood"]}, **EVERYTHING)
    found = check_document(
        made.render(name), name="all", as_of=made.entries[0].published, address=f"{made.id}.{name}"
    )
    assert found == []


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_traced_equals_untraced(form: Any, newsroom: Make, article: Make, site: Make) -> None:
    others = [
        article("plain"),
        article("rain", **{**EVERYTHING, "media": [PICTURE, FILM, FILM], "authors": [Person(name="Bo")]}),
        article("film", media=[FILM]),
        article("picture", media=[PICTURE]),
        article("link", external_url="https://weather.example/"),
        article("talk", comments=Comments(url=PAGE, count=3)),
        article("more-talk", comments=Comments(url=PAGE, feed=f"{PAGE}/feed")),
    ]
    made = newsroom(article(**EVERYTHING), *others, site=site()).feed("en/all")
    assert made.render(form) == untraced(made, form)


def test_feedgen_gives_back_what_it_was_given(feed: Make) -> None:
    made = feed(**EVERYTHING)
    (before,) = made.entries
    (after,) = from_feedgen(made.to_feedgen()).entries
    for field in ("url", "external_url", "comments", "authors", "media", "content"):
        assert getattr(after, field) == getattr(before, field)


def test_a_store_publishes_them_as_a_newsroom_does(site: Make, article: Make, tmp_path: Path) -> None:
    own = site(json_extra=["mood"], feeds=[FeedRule(path="{language}/all", lead_image=True)])
    made: Article = article(**EVERYTHING)
    with Store(tmp_path / "news.db", own) as store:
        assert store.put([made]).findings == ()
        store.publish(tmp_path / "stored", as_of=made.published)
        store.publish(tmp_path / "stored", as_of=made.published, verify=True)
    Newsroom(own, [made], as_of=made.published).publish(tmp_path / "built")
    for suffix in ("rss", "atom", "json"):
        path = f"en/all.{suffix}"
        assert (tmp_path / "stored" / path).read_bytes() == (tmp_path / "built" / path).read_bytes()
