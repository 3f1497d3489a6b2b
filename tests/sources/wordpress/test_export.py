"""WordPress's export file: what is published of it, what isn't, and what is wrong with files that aren't whole."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.cms import Source
from tests.sources.wordpress.export_file import export, item

from newsfeed import Media, Person

NOTE = "Nothing to do, unless it belongs in the feeds."
AGAIN = "Export it again in WordPress: Tools, Export, All content."
WORDS = (
    '<category domain="category" nicename="siyaset"><![CDATA[Siyasət]]></category>'
    '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>'
    '<category domain="post_tag" nicename="qar"><![CDATA[Qar &amp; buz]]></category>'
)


@pytest.fixture
def wxr(tmp_path: Path) -> Source:
    return Source(tmp_path, kind="wxr", files=["export.xml"])


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post_is_an_article(wxr: Source, version: str) -> None:
    post = item(1, title="Tom &amp;amp; Jerry&#8217;s", excerpt="In <b>Baku</b> [&hellip;]", more=WORDS)
    read = wxr.read({"export.xml": export(post, version=version)}, categories=[{"term": "siyaset"}])
    assert (read.problems, read.notes) == ([], [])
    article = read.articles["post-1"]
    assert (article.id, article.url) == (
        "https://report.example/?p=1",
        "https://report.example/2025/12/post-1/",
    )
    assert (article.title, article.summary, article.language) == ("Tom & Jerry’s", "In Baku", "en")
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)
    assert article.updated == datetime(2025, 12, 20, 6, tzinfo=UTC)
    assert (article.categories, article.topics) == (("siyaset",), ("Qar & buz",))
    assert article.authors == (Person(name="Leyla Abbasova"),)
    assert article.content == "<p>It snowed.</p>"


def test_raw_text_gets_its_paragraphs_and_shortcodes(wxr: Source) -> None:
    text = (
        'It &nbsp; snowed.\n\n[caption id="a" width="9"]<img src="/a.jpg" /> Ten cm[/caption]\n\nBuses\nstood.\n\n'
        "https://video.example/1\n\n<ul>\n<li>a</li>\n</ul>\n<!--more-->\n[poll id=7]"
    )
    content = wxr.read({"export.xml": export(item(1, content=text))}).articles["post-1"].content
    assert content == (
        "<p>It &#160; snowed.</p>\n"
        '<figure><img src="/a.jpg" /><figcaption>Ten cm</figcaption></figure>\n'
        "<p>Buses<br />\nstood.</p>\n"
        '<p><a href="https://video.example/1">https://video.example/1</a></p>\n'
        "<ul>\n<li>a</li>\n</ul>\n<p><!--more--><br />\n[poll id=7]</p>"
    )


def test_pictures_may_come_after_the_posts_that_show_them(wxr: Source) -> None:
    picture = "\t\t<wp:attachment_url><![CDATA[\nhttps://report.example/u/9.jpg\n]]></wp:attachment_url>\n"
    read = wxr.read(
        {
            "export.xml": export(
                item(1, meta={"_thumbnail_id": "9"}, content='[gallery ids="9"]'),
                item(2, meta={"enclosure": "https://report.example/a.mp3\n1234\naudio/mpeg"}),
                item(9, kind="attachment", status="inherit", more=picture),
            )
        }
    )
    assert read.articles["post-1"].media == (Media(url="https://report.example/u/9.jpg"),)
    assert read.articles["post-1"].content == '<p><img src="https://report.example/u/9.jpg" alt=""></p>'
    assert read.articles["post-2"].media == (
        Media(url="https://report.example/a.mp3", length=1234, type="audio/mpeg"),
    )
    assert read.notes == [f"export.xml, record 3: NF108 it's an attachment, not a post. {NOTE}"]


def test_languages_and_stories_of_polylang(wxr: Source) -> None:
    az = '<category domain="language" nicename="az"><![CDATA[Azərbaycan]]></category>'
    group = '<category domain="post_translations" nicename="pll_1"><![CDATA[pll_1]]></category>'
    wxr.write({"export.xml": export(item(1, more=group), item(2, more=az + group))})
    assert [(story, language) for story, language, _ in wxr.stories()] == [("pll_1", "az"), ("pll_1", "en")]


@pytest.mark.parametrize(
    ("post", "why"),
    [
        (item(1, status="draft"), "it's a draft"),
        (item(1, status="private"), "it's private"),
        (item(1, status="pending"), "it waits for review"),
        (item(1, status="trash"), "it's in the trash"),
        (item(1).replace("<wp:post_password><![CDATA[", "<wp:post_password><![CDATA[x"), "it has a password"),
        (item(1, kind="page"), "it's a page, not a post"),
        (item(1, kind="nav_menu_item"), "it's a nav menu item, not a post"),
        (item(1, status="acf-disabled"), "its status is 'acf-disabled'"),
    ],
)
def test_what_is_not_public_is_noted_and_never_published(wxr: Source, post: str, why: str) -> None:
    read = wxr.read({"export.xml": export(post)})
    assert read == ({}, [], [f"export.xml, record 1: NF108 {why}. {NOTE}"])


def test_dates_that_wordpress_leaves_blank_are_read_elsewhere(wxr: Source) -> None:
    post = item(1).replace("<![CDATA[2025-12-19 14:24:00]]>", "<![CDATA[0000-00-00 00:00:00]]>")
    article = wxr.read({"export.xml": export(post)}).articles["post-1"]
    assert article.published == datetime(2025, 12, 19, 14, 24, tzinfo=UTC)


def test_an_id_that_stands_twice_is_given_once(wxr: Source) -> None:
    twin = item(2).replace("?p=2", "?p=1")
    read = wxr.read({"export.xml": export(item(1), twin)})
    assert [article.id for article in read.articles.values()] == [
        "https://report.example/?p=1",
        "https://report.example/2025/12/post-2/",
    ]


def test_an_export_that_breaks_off_gives_the_whole_posts_before(wxr: Source) -> None:
    whole = export(item(1), item(2, content="And then it rained, and rained."))
    read = wxr.read({"export.xml": whole[: whole.index("and rained")]})
    assert list(read.articles) == ["post-1"]
    assert read.problems == [
        f"export.xml: NF101 the file ends before </rss>, so it was cut off; 1 item was read. {AGAIN}"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", f"the file is empty. {AGAIN}"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", f"this is an HTML page, not an export. {AGAIN}"),
        ('{"posts": []}', f"this isn't a WordPress export: it isn't XML. {AGAIN}"),
        ("<feed/>", f"this isn't a WordPress export: its first element is feed, not rss. {AGAIN}"),
        (
            '<rss version="2.0"><channel><item/></channel></rss>',
            'this is a feed, not a WordPress export. Export the site in WordPress, or write kind = "feed".',
        ),
        (export(), f"the export has no items. {AGAIN}"),
    ],
)
def test_what_is_no_export_is_told(wxr: Source, text: str, said: str) -> None:
    assert wxr.read({"export.xml": text}) == ({}, [f"export.xml: NF101 {said}"], [])


def test_entities_of_its_own_are_not_expanded_and_bad_characters_are_dropped(wxr: Source) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<rss version'
    text = export(item(1, title="a &b; c", content="It\x0b snowed.")).replace("<rss version", bomb, 1)
    article = wxr.read({"export.xml": text}).articles["post-1"]
    assert (article.title, article.content) == ("a &b; c", "<p>It snowed.</p>")


def test_another_encoding(wxr: Source) -> None:
    text = export(item(1, title="Первый снег")).replace("UTF-8", "windows-1251").replace("ə", "e")
    assert wxr.read({"export.xml": text.encode("windows-1251")}).articles["post-1"].title == "Первый снег"


def test_fields_can_be_made_of_what_an_item_says(wxr: Source) -> None:
    table = {"fields": {"summary": "meta.lead", "story": "post_id"}}
    article = wxr.read({"export.xml": export(item(1, meta={"lead": "In Baku"}))}, table=table).articles[
        "post-1"
    ]
    assert (article.summary, article.story) == ("In Baku", "1")


def test_damaged_xml_is_told_with_its_line(wxr: Source) -> None:
    text = export(item(1), item(2).replace("<wp:post_id>2", "<wp:post_id><b>2"), item(3))
    read = wxr.read({"export.xml": text})
    assert "post-1" in read.articles
    assert read.problems[-1] == (
        "export.xml: NF101 the XML isn't well-formed at line 46 (opening and ending tag mismatch: b line 46 and wp:post_id), "
        f"and posts may be missing; 3 items were read. {AGAIN}"
    )


def test_an_item_without_a_type_is_told(wxr: Source) -> None:
    read = wxr.read({"export.xml": export(item(1).replace("wp:post_type", "wp:other"), item(2))})
    assert list(read.articles) == ["post-2"]
    assert read.problems == [
        f"export.xml, record 1: NF101 the item has no post_type, so it may be damaged. {AGAIN}"
    ]


@pytest.mark.slow
def test_a_text_of_many_megabytes_is_read_whole(wxr: Source) -> None:
    article = wxr.read({"export.xml": export(item(1, content="x" * 10_500_000))}).articles["post-1"]
    assert len(article.content or "") > 10_500_000
