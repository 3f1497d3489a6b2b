"""Notes: articles without a title. RSS and JSON Feed have none for them, and all else the beginning of the text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from newsfeed import Article, Feed, Media, Newsroom, Store, from_feedgen
from newsfeed.check import check_document
from newsfeed.errors import InvalidRecord

Make = Callable[..., Any]

LONG = "The snow in Baku began before dawn and went on all day. " * 4
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def note(article: Make) -> Make:
    def make(name: str = "note", **values: Any) -> Article:
        made: Article = article(name, title=None, **values)
        return made

    return make


@pytest.fixture
def feed(newsroom: Make, note: Make) -> Callable[..., Feed]:
    def make(**values: Any) -> Feed:
        made: Feed = newsroom(note(**values)).feed("en/all")
        return made

    return make


def test_rss_and_json_feed_have_no_title(feed: Make) -> None:
    made = feed(content="<p>Snow &amp; ice in Baku</p>")
    (item,) = etree.fromstring(made.rss()).iterfind("channel/item")
    assert item.find("title") is None
    assert item.findtext("description") == "Snow &amp; ice in Baku"
    (entry,) = json.loads(made.json())["items"]
    assert "title" not in entry
    assert entry["content_html"] == "<p>Snow &amp; ice in Baku</p>"


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ({"summary": "Snow & ice\nin Baku"}, "Snow & ice in Baku"),
        ({"content": "<p>Snow &amp; ice</p><p>in Baku.</p>"}, "Snow & ice. in Baku."),
        ({"summary": "Snow", "content": "<p>Ice</p>"}, "Snow"),
        ({"summary": LONG}, "The snow in Baku began before dawn and went on all day."),
        ({"summary": "Snow " * 50}, ("Snow " * 20).strip() + "…"),
        (
            {
                "content": "<img src='/1.jpg'>",
                "media": [Media(url="https://report.example/1.jpg", description="Snow on the sea")],
            },
            "Snow on the sea",
        ),
        ({"content": "<img src='/1.jpg'>"}, "https://report.example/en/note"),
    ],
    ids=["a summary", "content", "both", "sentences", "words", "a picture", "nothing to read"],
)
def test_where_a_title_is_needed_stands_the_beginning_of_the_text(
    written: dict[str, Any], headline: str, feed: Make
) -> None:
    made = feed(**written)
    assert made.entries[0].headline == headline
    assert etree.fromstring(made.atom()).findtext(f"{ATOM}entry/{ATOM}title") == headline
    assert f">{headline}</a>" in made.html().replace("&amp;", "&")
    assert headline in made.text()


def test_links_to_a_note_have_the_beginning_of_its_text(newsroom: Make, note: Make, article: Make) -> None:
    titled = article("snow", story="s")
    made = newsroom(titled, note("qar", language="az", story="s", summary="Bakıda qar"))
    (translation,) = made.feed("en/all").entries[0].translations
    assert translation.title == "Bakıda qar"


def test_the_news_sitemap_has_the_beginning_of_the_text(newsroom: Make, note: Make, site: Make) -> None:
    made = newsroom(note(content="<p>Snow in Baku</p>"), site=site(sitemaps=["news"]))
    (listed,) = made.catalog.listed_news()
    assert listed.title == "Snow in Baku"


def test_an_extension_of_feedgen_is_given_a_note_as_it_is(feed: Make) -> None:
    made = feed(summary="Snow in Baku")
    generator = made.to_feedgen()
    assert etree.fromstring(generator.rss_str()).find("channel/item/title") is None
    assert b"<title>Snow in Baku</title>" in generator.atom_str()
    (entry,) = from_feedgen(generator).entries
    assert (entry.title, entry.headline) == ("", "Snow in Baku")


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
def test_check_finds_nothing_in_notes(name: str, feed: Make) -> None:
    made = feed(summary="Snow in Baku", content="<p>Snow in Baku. More of it.</p>")
    assert check_document(made.render(name), name=f"all.{name}", as_of=made.entries[0].published) == []


def test_a_store_publishes_notes_as_a_newsroom_does(
    site: Make, note: Make, article: Make, tmp_path: Path
) -> None:
    made = [
        article("snow", story="s"),
        note("qar", language="az", story="s", content="<p>Bakıda qar</p>"),
    ]
    own = site(sitemaps=["news"])
    with Store(tmp_path / "news.db", own) as store:
        report = store.put(made)
        stored = store.newsroom(as_of=made[0].published)
        read = Newsroom(own, made, as_of=made[0].published)
        assert report.findings == ()
        for path in ("en/all", "az/all"):
            for name in ("rss", "atom", "json", "html"):
                assert stored.feed(path).render(name) == read.feed(path).render(name)
        assert stored.catalog.listed_news() == read.catalog.listed_news()


def test_an_article_without_any_text_is_refused(note: Make) -> None:
    with pytest.raises(InvalidRecord) as refused:
        note(summary=" ")
    assert str(refused.value) == "Article: title: it is missing. Write a headline, a summary or content."


def test_a_title_of_markup_alone_is_left_out_of_an_article_with_text(newsroom: Make, article: Make) -> None:
    made = newsroom(article(title="<br>", content="<p>Snow</p>"))
    assert made.articles[0].title == ""
    assert [finding.reason for finding in made.findings] == ["it contains '<br>'; left out"]
