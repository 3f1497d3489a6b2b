"""The listing as an HTML page, and the templates of sites."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from newsfeed import Category, FeedRule
from newsfeed.errors import InvalidTemplate
from newsfeed.formats import html_listing
from newsfeed.model.feed import FeedData, Link
from newsfeed.model.labels import LABELS

Make = Callable[..., Any]


def write(feed: FeedData) -> str:
    return html_listing.write(feed).decode()


class Page:
    """A page as a browser would build it, without the white space around texts."""

    def __init__(self, source: str) -> None:
        self.root: Any = html.document_fromstring(source)

    def texts(self, path: str) -> list[str]:
        found = self.root.xpath(path)
        return [" ".join((one if isinstance(one, str) else one.text_content()).split()) for one in found]

    @property
    def item_list(self) -> Any:
        [script] = self.root.xpath("//script[@type='application/ld+json']")
        return json.loads(script.text)


def spoken(site: Make, *languages: str, **values: Any) -> Any:
    media = Category(term="media", label={"en": "Media", "az": "Media", "ar": "إعلام"})
    return site(languages=languages, **{"categories": [media], "date_format": "d MMMM, y"} | values)


def test_a_story_shows_its_time_flags_headline_and_categories_in_that_order(
    newsroom: Make, article: Make
) -> None:
    room = newsroom(
        article("visit", flags=["photo", "video"], categories=["media", "politics"]),
        article("bare"),
    )
    page = Page(write(room.latest("en")))
    assert page.texts("//ol/li") == ["16:00 About bare", "16:00 Photo Video About visit Media · Politics"]
    assert page.texts("//article/time/@datetime") == ["2025-12-19T16:00:00+04:00"] * 2
    assert page.texts("//ol//a/@href") == [
        "https://report.example/en/bare",
        "https://report.example/en/visit",
    ]
    assert page.texts("//p[@class='flags']/span") == ["Photo", "Video"]


def test_the_head_says_what_the_page_is(newsroom: Make, article: Make) -> None:
    source = write(newsroom(article()).feed("en/latest"))
    page = Page(source)
    assert source.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n')
    assert source.endswith("</html>\n")
    assert page.texts("/html/head/title") == ["Latest News – Report"]
    assert page.texts("//h1") == ["Latest News"]
    assert page.texts("//link[@rel='canonical']/@href") == ["https://report.example/feeds/en/latest.html"]
    assert page.texts("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]


def test_a_title_that_names_the_site_does_not_name_it_twice(newsroom: Make) -> None:
    page = Page(write(newsroom().select(language="en", category="media")))
    assert page.texts("/html/head/title") == page.texts("//h1") == ["Report – Media"]


def test_a_page_that_nobody_planned_has_no_address_of_its_own(newsroom: Make) -> None:
    page = Page(write(newsroom().latest("en")))
    assert page.texts("//link[@rel='canonical']") == []
    assert page.texts("//nav[@class='languages']") == []


def test_headlines_are_h2_on_one_day_and_h3_below_the_days_of_several(
    newsroom: Make, article: Make, site: Make, noon: datetime
) -> None:
    today = article("today"), article("now", published=noon + timedelta(hours=1))
    yesterday = article("yesterday", published=noon - timedelta(days=1))
    own = site(date_format="d MMMM, y")
    one_day = Page(write(newsroom(*today, site=own, as_of=noon + timedelta(hours=1)).latest("en")))
    two_days = Page(write(newsroom(*today, yesterday, site=own).latest("en")))
    assert one_day.texts("//main//h2") == ["About now", "About today"]
    assert one_day.texts("//h3") == one_day.texts("//section") == []
    assert two_days.texts("//main//h2") == ["19 December, 2025", "18 December, 2025"]
    assert two_days.texts("//main//h2/time/@datetime") == ["2025-12-19", "2025-12-18"]
    assert two_days.texts("//section[1]//h3") == ["About now", "About today"]
    assert two_days.texts("//section[2]//h3") == ["About yesterday"]


def test_the_feeds_are_offered_to_people_and_to_programs(newsroom: Make, site: Make) -> None:
    rules = [FeedRule(path="{language}/all"), FeedRule(path="{language}/{category}", formats=["atom"])]
    page = Page(write(newsroom(site=spoken(site, "en", feeds=rules)).latest()))
    base = "https://report.example/feeds/en/"
    assert [dict(link.attrib) for link in page.root.xpath("//link[@rel='alternate']")] == [
        {"rel": "alternate", "type": media_type, "title": title, "hreflang": "en", "href": base + name}
        for media_type, title, name in [
            ("application/rss+xml", "Report", "all.rss"),
            ("application/atom+xml", "Report", "all.atom"),
            ("application/feed+json", "Report", "all.json"),
            ("application/atom+xml", "Report – Media", "media.atom"),
        ]
    ]
    assert page.texts("//footer//h2") == ["Feeds"]
    assert page.texts("//footer//li") == ["Report RSS Atom JSON Feed", "Report – Media Atom"]
    assert page.texts("//footer//a/@href") == [
        base + "all.rss",
        base + "all.atom",
        base + "all.json",
        base + "media.atom",
    ]
    assert page.texts("//footer//a/@type") == page.texts("//link[@rel='alternate']/@type")
    assert page.texts("//p[@class='all']") == ["All News Feed"]
    assert page.texts("//p[@class='all']/a/@href") == [base + "all.rss"]


def test_a_published_pages_links_lead_from_it(newsroom: Make, article: Make, site: Make) -> None:
    """They are relative, so that they lead to the feeds of a folder on a disk as well."""
    rules = [
        FeedRule(path="{language}/all", formats=["rss"]),
        FeedRule(path="{language}/topic/{topic}", formats=["rss", "html"]),
    ]
    own = spoken(site, "en", feeds=rules, trending=["Snow"])
    page = Page(write(newsroom(article(topics=["Snow"]), site=own).feed("en/topic/snow")))
    assert page.texts("//main//p[@class='all']/a/@href") == ["../all.rss"]
    assert page.texts("//footer//a/@href") == ["snow.rss", "../all.rss"]
    assert page.texts("//div[@class='topics']//a/@href") == ["snow.rss"]
    assert page.texts("//header/p[@class='site']/a/@href") == ["https://report.example/"]


def test_a_pages_own_feeds_come_first_and_no_feed_twice(newsroom: Make, article: Make, site: Make) -> None:
    rules = [
        FeedRule(path="{language}/all", formats=["rss"]),
        FeedRule(path="{language}/topic/{topic}", formats=["rss", "html"]),
        FeedRule(path="{language}/{category}", formats=["rss", "html"]),
    ]
    room = newsroom(article(topics=["Snow"]), site=spoken(site, "en", feeds=rules))
    base = "https://report.example/feeds/en/"
    addresses = "//link[@rel='alternate']/@href"
    assert Page(write(room.feed("en/topic/snow"))).texts(addresses) == [
        base + "topic/snow.rss", base + "all.rss", base + "media.rss"
    ]  # fmt: skip
    assert Page(write(room.feed("en/media"))).texts(addresses) == [base + "media.rss", base + "all.rss"]


def test_a_link_without_type_title_or_language_has_none_of_these_attributes(newsroom: Make) -> None:
    feed = msgspec.structs.replace(
        newsroom().latest("en"), siblings=(Link(url="https://f.example/1"),), all_news=None
    )
    page = Page(write(feed))
    [link] = page.root.xpath("//link[@rel='alternate']")
    assert dict(link.attrib) == {
        "rel": "alternate",
        "title": "https://f.example/1",
        "href": "https://f.example/1",
    }
    assert page.texts("//p[@class='all']") == []


def test_other_languages_are_named_in_themselves(newsroom: Make, site: Make) -> None:
    page = Page(write(newsroom(site=spoken(site, "en", "az", "ar")).feed("en/latest")))
    [nav] = page.root.xpath("//nav[@class='languages']")
    assert nav.get("aria-label") == "Languages"
    assert [
        (link.text, link.get("lang"), link.get("hreflang"), link.get("href")) for link in nav.iter("a")
    ] == [
        ("Azərbaycan", "az", "az", "../az/latest.html"),
        ("العربية", "ar", "ar", "../ar/latest.html"),
    ]


def test_trending_topics_stand_above_in_the_sites_order(newsroom: Make, site: Make) -> None:
    room = newsroom(site=spoken(site, "en", "az", trending={"en": ["WUF13", "amnesty act"]}))
    assert Page(write(room.latest("en"))).texts("//header//*[@class='topics']/*") == [
        "Trending",
        "WUF13 amnesty act",
    ]
    assert Page(write(room.latest("az"))).texts("//header//*[@class='topics']") == []


def test_a_right_to_left_page(newsroom: Make, article: Make, site: Make) -> None:
    room = newsroom(
        article("a", language="ar", title="WUF13: أخبار", flags=["photo"], categories=["media"]),
        article("b", language="ar", title="Qarabag FC 3:1 Ajax"),
        site=spoken(site, "ar"),
    )
    source = write(room.latest())
    page = Page(source)
    assert '<html lang="ar" dir="rtl">' in source
    assert page.texts("//h1") == ["آخر الأخبار"]
    assert page.texts("//ol/li") == ["16:00 صور WUF13: أخبار إعلام", "16:00 Qarabag FC 3:1 Ajax"]
    assert [link.get("dir") for link in page.root.xpath("//ol//a")] == [None, "ltr"]
    assert not re.search(r"\b(left|right|(margin|padding|border)-(top|bottom))\b", source)


def test_stories_in_other_languages_than_the_page_say_so(newsroom: Make, article: Make, site: Make) -> None:
    room = newsroom(
        article("a", language="ar", title="أخبار", categories=["media"]),
        article("b", language="az"),
        article("c"),
        site=spoken(site, "en", "az", "ar"),
    )
    stories = Page(write(room.select(limit=3))).root.xpath("//article")
    assert [story.get("lang") for story in stories] == ["ar", "az", None]
    assert [story.xpath(".//a/@dir") for story in stories] == [["rtl"], [], []]
    assert stories[0].xpath(".//p[@class='categories']/span/@dir") == ["rtl"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "No articles yet"), ("az", "Hələ ki xəbər yoxdur"), ("ar", "لا توجد أخبار بعد")],
)
def test_a_page_without_articles_says_so(newsroom: Make, site: Make, language: str, sentence: str) -> None:
    page = Page(write(newsroom(site=spoken(site, language)).latest()))
    assert page.texts("//main/p[@class='empty']") == [sentence]
    assert page.texts("//ol") == []
    assert page.item_list["itemListElement"] == []


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><!-- </title></style>",
    "\"double\" 'single' & &amp; &lt;",
    "{{ 7*7 }} {% raw %} {# none #}",
    'x" onmouseover="alert(1)',
    "\\u003cb\\u003e \\",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_wherever_it_stands(
    newsroom: Make, article: Make, site: Make, noon: datetime, title: str
) -> None:
    room = newsroom(
        article(title=title, categories=["media"]),
        site=spoken(
            site,
            "en",
            title=title,
            trending=[title],
            categories=[Category(term="media", label=title)],
            plain_texts=True,
        ),
        as_of=noon,
    )
    page = Page(write(msgspec.structs.replace(room.latest("en"), title=title)))
    shown = " ".join(title.split())
    assert page.texts("//h1") == page.texts("//main//h2") == page.texts("//p[@class='categories']") == [shown]
    assert page.texts("/html/head/title") == page.texts("//*[@class='topics']/ul/li") == [shown]
    assert page.texts("//link[@title]/@title")[:1] == [shown]
    assert page.item_list["name"] == page.item_list["itemListElement"][0]["name"] == shown
    assert page.root.xpath("//script/@type") == ["application/ld+json"]
    assert page.root.xpath("//@onmouseover") == []


def test_search_engines_find_the_articles_as_an_item_list(newsroom: Make, article: Make) -> None:
    source = write(newsroom(article("a", title="Snow & <ice>"), article("b", title="Qar ❄")).latest("en"))
    assert Page(source).item_list == {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": "Latest News",
        "numberOfItems": 2,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "url": "https://report.example/en/a",
                "name": "Snow & <ice>",
            },
            {"@type": "ListItem", "position": 2, "url": "https://report.example/en/b", "name": "Qar ❄"},
        ],
    }
    assert '"name": "Snow \\u0026 \\u003cice\\u003e"' in source


def test_the_page_asks_for_nothing_else(newsroom: Make, article: Make) -> None:
    page = Page(write(newsroom(article(flags=["photo"])).feed("en/latest")))
    assert page.texts("//@src") == []
    assert {*page.texts("//link/@rel")} == {"canonical", "alternate"}
    assert not re.search(r"url\(|@import", page.texts("//style")[0])


def test_every_element_that_is_opened_is_closed(newsroom: Make, article: Make, noon: datetime) -> None:
    room = newsroom(
        article("a", flags=["photo", "live"], categories=["media", "politics"]),
        article("b", published=noon - timedelta(days=1)),
    )
    source = write(room.feed("en/latest"))
    body = source.replace("<!DOCTYPE html>", "")
    opened = [name for name in re.findall(r"<([a-z][a-z0-9]*)", body) if name not in {"meta", "link"}]
    assert sorted(opened) == sorted(re.findall(r"</([a-z][a-z0-9]*)>", body))
    ids = re.findall(r' id="([^"]*)"', body)
    assert {*re.findall(r'aria-labelledby="([^"]*)"', body)} <= {*ids}
    assert len(ids) == len({*ids})


def test_the_same_feed_gives_the_same_bytes_in_every_thread(newsroom: Make, article: Make) -> None:
    feed = newsroom(*(article(f"a{number}", flags=["photo"]) for number in range(20))).feed("en/latest")
    with ThreadPoolExecutor(8) as threads:
        pages = [*threads.map(lambda _: write(feed), range(40))]
    assert {*pages} == {write(feed)}


@pytest.fixture
def page_of(newsroom: Make, article: Make, site: Make, tmp_path: Path) -> Callable[[str | bytes], str]:
    """The page of one article with a site's own listing.html."""

    def make(template: str | bytes) -> str:
        written = template.encode() if isinstance(template, str) else template
        (tmp_path / "listing.html").write_bytes(written)
        own = site(templates=str(tmp_path))
        return write(newsroom(article(title="Snow & ice", extra={"mood": "cold"}), site=own).latest("en"))

    return make


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("<h1>{{ title }}</h1>", "<h1>Latest News</h1>"),
        ("{% for row in days[0].rows %}{{ row.time }} {{ row.title }}{% endfor %}", "16:00 Snow &amp; ice"),
        ("{{ days[0].rows[0].entry.extra.mood }}", "cold"),
        ("{{ label('all') }}, {{ site.url }}\n", "All News Feed, https://report.example/\n"),
    ],
)
def test_a_sites_own_template_replaces_the_page(
    page_of: Callable[[str], str], template: str, page: str
) -> None:
    assert page_of(template) == page


@pytest.mark.parametrize("block", ["title", "head", "style", "header", "story", "footer"])
def test_a_sites_own_template_replaces_single_blocks(page_of: Callable[[str], str], block: str) -> None:
    extended = '{% extends "newsfeed/listing.html" %}{% block ' + block + " %}<!-- mine -->{% endblock %}"
    page = page_of(extended)
    assert page.count("<!-- mine -->") == 1
    assert "<h1>Latest News</h1>" in page
    assert ("About Snow" in page, 'id="feeds"' in page) == (False, block != "footer")
    assert ("Snow &amp; ice</a>" in page) == (block != "story")


def test_a_block_for_a_story_knows_its_row(page_of: Callable[[str], str]) -> None:
    page = page_of(
        '{% extends "newsfeed/listing.html" %}{% block story %}<b>{{ row.title }}</b>{% endblock %}'
    )
    assert "<b>Snow &amp; ice</b>" in page


def test_a_folder_without_a_listing_leaves_newsfeeds_own(newsroom: Make, site: Make, tmp_path: Path) -> None:
    assert write(newsroom(site=site(templates=str(tmp_path))).latest("en")) == write(newsroom().latest("en"))


def test_a_template_that_comes_or_goes_later_is_noticed(newsroom: Make, site: Make, tmp_path: Path) -> None:
    latest = newsroom(site=site(templates=str(tmp_path))).latest("en")
    own = write(latest)
    (tmp_path / "listing.html").write_text("mine")
    assert write(latest) == "mine"
    (tmp_path / "listing.html").unlink()
    assert write(latest) == own


@pytest.mark.parametrize(
    ("template", "line", "reason"),
    [
        ("<p>\n{% if %}", 2, "Expected an expression, got 'end of statement block'"),
        ("<p>\n\n{{ storys }}", 3, "'storys' is undefined"),
        ("{{ feed.titel }}", 1, "'newsfeed.feed.Feed object' has no attribute 'titel'"),
        ('{% extends "other.html" %}', 1, "there is no template 'other.html'"),
        (
            '{% extends "listing.html" %}',
            1,
            'it extends or includes itself; newsfeed\'s own is named "newsfeed/listing.html"',
        ),
        ("{{ href(nope) }}", 1, "'nope' is undefined"),
        ("{{ label(nope) }}", 1, "'nope' is undefined"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError: division by zero"),
        (
            '{% extends "newsfeed/listing.html" %}\n{% block story %}\n{{ rows }}{% endblock %}',
            3,
            "'rows' is undefined",
        ),
    ],
)
def test_what_is_wrong_in_a_sites_template_is_told_with_its_line(
    page_of: Callable[[str], str], tmp_path: Path, template: str, line: int, reason: str
) -> None:
    with pytest.raises(InvalidTemplate) as caught:
        page_of(template)
    assert str(caught.value) == f"{tmp_path / 'listing.html'}, line {line}: {reason}. Correct that line."


EXTENDS = '{% extends "newsfeed/listing.html" %}'


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ label('lates') }}", "line 1: there is no label 'lates'. Did you mean 'latest'?"),
        (
            "\n{{ label('nope') }}",
            (
                "line 2: there is no label 'nope'. Choose from latest, all, breaking, live, photo, video, audio, topics, "
                f"feeds, languages, empty, how_to_subscribe … and {len(LABELS) - 12} more."
            ),
        ),
        ("{{ href(5) }}", "line 1: 5 isn't an address. Write text, such as href(link.url)."),
        (
            EXTENDS + "\n{% block foter %}mine{% endblock %}",
            "line 2: there is no block 'foter' in newsfeed/listing.html. Did you mean 'footer'?",
        ),
        (
            EXTENDS + "{% block nowhere %}mine{% endblock %}",
            (
                "line 1: there is no block 'nowhere' in newsfeed/listing.html. "
                "Choose from footer, head, header, story, style, title."
            ),
        ),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_that_says_which_do(
    page_of: Callable[[str], str], tmp_path: Path, template: str, said: str
) -> None:
    with pytest.raises(InvalidTemplate) as caught:
        page_of(template)
    assert str(caught.value) == f"{tmp_path / 'listing.html'}, {said}"


def test_blocks_of_a_template_between_are_known(page_of: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text(
        EXTENDS + "{% block footer %}{% block contact %}{% endblock %}{% endblock %}"
    )
    assert "mine" in page_of('{% extends "base.html" %}{% block contact %}mine{% endblock %}')
    with pytest.raises(InvalidTemplate, match="there is no block 'contakt' in base.html"):
        page_of('{% extends "base.html" %}{% block contakt %}mine{% endblock %}')


def test_a_template_chosen_while_rendering_may_have_any_block(page_of: Callable[[str], str]) -> None:
    chosen = '{% set parent = "newsfeed/listing.html" %}{% extends parent %}{% block any %}{% endblock %}'
    assert "Snow &amp; ice" in page_of(chosen)


def test_a_template_is_read_as_utf_8(page_of: Callable[[str | bytes], str], tmp_path: Path) -> None:
    assert page_of("<p>Hələ</p>") == "<p>Hələ</p>"
    with pytest.raises(InvalidTemplate, match="isn't in UTF-8. Save it in UTF-8.") as caught:
        page_of("<p>Привет, мир</p>".encode("cp1251"))
    assert str(tmp_path) in str(caught.value)


def test_a_folder_of_templates_that_is_not_there(newsroom: Make, site: Make, tmp_path: Path) -> None:
    missing = tmp_path / "templats"
    with pytest.raises(InvalidTemplate) as caught:
        write(newsroom(site=site(templates=str(missing))).latest("en"))
    assert str(caught.value) == f"there is no folder {missing}. Create it, or correct site.templates."


def test_a_relative_folder_is_found(
    newsroom: Make, site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "listing.html").write_text("\n{{ nothing }}")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidTemplate, match=r"listing\.html, line 2: 'nothing' is undefined"):
        write(newsroom(site=site(templates="pages")).latest("en"))
