"""Articles that editors might write, and articles that nobody should: strategies for Hypothesis.

Texts hold what breaks feeds elsewhere, such as controls, lone surrogates, `]]>`, text that is escaped twice, marks
that turn the direction of writing, and joined emoji. Contents hold HTML of many kinds, half of it broken.
"""

from datetime import UTC, datetime

import msgspec
from hypothesis import strategies as st

from newsfeed import Article, Category, Comments, Feed, FeedRule, Media, Newsroom, Person, Site, Source

__all__ = [
    "AS_OF",
    "HOSTILE",
    "MARKUP",
    "PLAIN_SITE",
    "RICH_SITE",
    "SUMMARY_SITE",
    "TRUSTING_SITE",
    "all_kinds",
    "articles",
    "careful_sites",
    "contents",
    "feed_of",
    "many_articles",
    "sites",
    "texts",
]

#: A moment after every article.
AS_OF = datetime(2101, 1, 1, tzinfo=UTC)

HOSTILE = (
    "\x00", "\x08", "\x1b", "\x7f", "\x85", "\x93", "\u2028", "\ufdd0", "\ufeff", "\uffff", "\U0001ffff",
    "\ud800", "\udc00", "\ud83d\ude00", "\ufffd",
    "\t", "\r", "\n", "\r\n", "\xa0", "\xad", "\u200b",
    "]]>", "<![CDATA[", "<!--", "-->", "<?xml?>", "<b>", "</", "<", ">", "&", "'", '"', "\\",
    "&amp;", "&amp;amp;lt;", "&lt;b&gt;", "&#60;", "&#1;", "&#0;", "&#xD800;", "&#x110000;", "&nbsp;", "&unknown;", "&#x1F600;",
    "%", "%41", "{site}", "%(x)s", "${x}", "://", "?", "#",
    "\u202e", "\u2066", "\u200f", "مرحبا", "שלום",
    "👩\u200d👩\u200d👧", "\u200d", "\u200c", "🇦🇿", "👍🏽", "e\u0301", "İ", "ß", "ə", "Ⅷ",
)  # fmt: skip

MARKUP = (
    "<p>", "</p>", "<p dir=rtl lang=ar>", "<b><i></b>", "<br/>", "<hr>", "<table><tr><td>", "</table>", "<ul><li>",
    "<pre>\n\n", "</pre>", "<blockquote cite=/q>", "<bdo dir=rtl>", "<ruby>東<rt>とう", "<details><summary>",
    "<a href=/x>", "<a href='javascript:alert(1)'>", '<a href="java\tscript:alert(1)">', "<a href=mailto:a@b>",
    "<a href='data:text/html,x'>", "<a href=#n name=n id=n>", "<a href='//m.example/ə?a=1&b=2'>", "</a>",
    "<img src=x.jpg srcset='a.jpg 1x, b,c.jpg 2x' onerror=go()>", "<img src=javascript:x alt='a\"b'>", "<img src=>",
    "<img srcset='javascript:x 1x'>", "<picture><source srcset=a.avif>", "<img src=data:image/png;base64,AA==>",
    "<video src=a.mp4 poster=p.jpg controls autoplay>", "<audio src=a.mp3>", "<track src=a.vtt>",
    "<script>alert(1)</script>", "<script src=//x.example/x.js>", "<style>p{color:red}</style>", "<style>",
    "<iframe src=https://v.example/1></iframe>", "<object data=x.swf>", "<embed src=x>", "<applet>",
    "<form action=x><input name=a>", "<textarea>", "<select><option>", "<button onclick=x()>", "<svg><script>x</script>",
    "<svg><a xlink:href='javascript:x'>", "<math><mi>x", "<template>", "<noscript>", "<plaintext>", "<xmp>", "<title>",
    "<html><head><base href=https://other.example/>", "<body onload=x()>", "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=x>", "<center><font size=1>", "<p style='position:fixed' class=x onclick=x()>",
    "<!-- a comment -->", "<!--[if IE]>x<![endif]-->", "<!doctype html>", "<?php x ?>", "<o:p>", "<x-y>", "<p<p>",
)  # fmt: skip


def _joined(*pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*pieces), max_size=8).map("".join)


texts = _joined(
    st.text(st.characters(), max_size=8), st.sampled_from(HOSTILE), st.sampled_from(["a word", " "])
)
_visible = texts.map(lambda text: f"x{text}")
contents = _joined(st.sampled_from(MARKUP), st.sampled_from(HOSTILE), st.text(st.characters(), max_size=8))
_paths = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=10)
_urls = _paths.map(lambda path: f"https://report.example/{path}x")
_moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
_numbers = st.none() | st.integers(0, 2**40)
_people = st.builds(
    Person,
    name=_visible,
    email=st.none() | st.sampled_from(["leyla@report.example", "o'neil+news@report.example"]),
    url=st.none() | _urls,
)
_media = st.builds(
    Media,
    url=_urls,
    type=st.sampled_from(["image/jpeg", "video/mp4", "audio/ogg", "application/pdf", "application/zip"]),
    length=_numbers,
    width=_numbers,
    height=_numbers,
    duration=st.none() | st.floats(0, 1e6),
    credit=st.none() | texts,
    description=st.none() | texts,
)
_TERMS = tuple(f"term-{number}" for number in range(60))

_titled = st.builds(
    Article,
    id=st.none() | _visible | st.sampled_from(["urn:report:1", "tag:report.example,2025:2"]) | _urls,
    language=st.sampled_from(["en", "ar", "az"]),
    title=_visible,
    url=_urls,
    published=_moments,
    updated=st.none() | _moments,
    summary=st.none() | texts,
    content=st.none() | contents,
    categories=st.lists(st.sampled_from(_TERMS), unique=True, max_size=3) | st.just(_TERMS),
    topics=st.lists(texts, max_size=3),
    authors=st.lists(_people, max_size=3),
    flags=st.lists(st.sampled_from(["photo", "video", "live"]), max_size=2),
    media=st.lists(_media, max_size=3),
    rights=st.none() | texts,
    source=st.none() | st.builds(Source, url=_urls, title=st.none() | texts),
    story=st.none() | st.sampled_from(["a", "b"]),
)

_notes = st.builds(
    msgspec.structs.replace, _titled, title=st.none(), summary=_visible, content=st.none() | contents
)
articles = _titled | _titled | _titled | _notes

_renditions = st.builds(
    Media,
    url=_urls,
    type=st.sampled_from(["image/jpeg", "video/mp4"]),
    width=_numbers,
    title=st.none() | texts,
)
_films = st.builds(
    msgspec.structs.replace,
    _media,
    title=st.none() | texts,
    thumbnail=st.none() | _urls,
    renditions=st.just(()) | st.lists(_renditions, max_size=2),
)
_comments = st.builds(Comments, url=_urls, feed=st.none() | _urls, count=_numbers)
#: Articles of link blogs, with comments, avatars and renditions.
_rich_articles = st.builds(
    msgspec.structs.replace,
    articles,
    media=st.lists(_films, max_size=3),
    authors=st.lists(st.builds(msgspec.structs.replace, _people, avatar=st.none() | _urls), max_size=2),
    comments=st.none() | _comments,
    external_url=st.none() | _urls,
)
#: Articles of all kinds.
all_kinds = st.lists(articles | _rich_articles, min_size=2, max_size=4)

#: Articles some of which tell the same story in different languages.
many_articles = st.lists(articles, min_size=2, max_size=4)

_CATEGORIES = [
    Category(term=term, label={"en": f"Term & {term}", "az": f"Ə {term}", "ar": f"\u200fع {term}"})
    for term in _TERMS
]
PLAIN_SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "ar", "az"],
    categories=_CATEGORIES,
    plain_texts=True,
    feeds=[FeedRule(path="{language}/all")],
)
RICH_SITE = Site(
    title={"en": 'Report "1 < 2" & ]]> more', "ar": "\u202eتقرير\u202c", "az": "Hesabat &amp;"},
    url="https://сайт.example/",
    languages=["en", "ar", "az"],
    description="What < happens & when",
    authors=[Person(name="The desk & co", email="desk@report.example", url="https://report.example/Ə")],
    rights="© <Report> & partners",
    logo="https://report.example/logo ə.png",
    icon="https://report.example/icon.png",
    hub="https://hub.example/?a=1&b=2",
    translations="alternate",
    categories=_CATEGORIES,
    plain_texts=True,
    feeds=[FeedRule(path="{language}/all")],
)

#: Takes the HTML of its articles as it is.
TRUSTING_SITE = msgspec.structs.replace(PLAIN_SITE, trusted_html=True)
#: Publishes its articles without their contents.
SUMMARY_SITE = msgspec.structs.replace(
    PLAIN_SITE, feeds=(FeedRule(path="{language}/all", content="summary"),)
)

#: Sites whose HTML is cleaned.
careful_sites = st.sampled_from([PLAIN_SITE, RICH_SITE, SUMMARY_SITE])
sites = careful_sites | st.just(TRUSTING_SITE)


def feed_of(*made: Article, site: Site = PLAIN_SITE) -> Feed:
    """The planned feed of the first article's language, with its own address and its links."""
    return Newsroom(site, made, as_of=AS_OF).feed(f"{made[0].language}/all")
