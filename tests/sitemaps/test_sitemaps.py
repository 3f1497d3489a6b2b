"""Sitemaps: which articles stand in which file, by their schemas, by `newsfeed check`, and whatever articles hold."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from lxml import etree
from tests.articles import AS_OF, PLAIN_SITE, RICH_SITE, many_articles

from newsfeed import Article, Newsroom
from newsfeed.check.checker import check_document
from newsfeed.sitemaps import news, sitemaps
from newsfeed.sitemaps.urlsets import SitemapUrl, split_urls
from newsfeed.web.folder import gone_from

Make = Callable[..., Any]

SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def written(newsroom: Newsroom) -> dict[str, Any]:
    """The files by their paths, as trees."""
    return {sitemap.path: etree.fromstring(sitemap.render()) for sitemap in sitemaps(newsroom.catalog)}


def addresses(tree: Any) -> list[str]:
    return [element.text for element in tree.iter(f"{SITEMAP}loc")]


def in_part(newsroom: Newsroom) -> Any:
    """The one sitemap of stories in several languages, which the index names."""
    index, part = written(newsroom).values()
    assert index.tag == f"{SITEMAP}sitemapindex"
    return part


@pytest.fixture
def news_site(site: Make) -> Callable[..., Any]:
    return lambda **keys: site(**{"sitemaps": ["news"], "feeds_url": "https://report.example/", **keys})


@pytest.fixture
def story_site(site: Make) -> Callable[..., Any]:
    return lambda **keys: site(**{"sitemaps": ["languages"], "feeds_url": "https://report.example/", **keys})


class TestNews:
    def test_an_article(self, newsroom: Make, article: Make, news_site: Make, noon: datetime) -> None:
        snow = article(
            "qar",
            language="az",
            title="Qar & <buz>\n",
            url="https://report.example/az/qar ə",
            published=noon.replace(microsecond=5),
            media=[
                {"url": "https://media.example/ə.jpg"},
                {"url": "https://media.example/a.mp4"},
                {"url": "https://media.example/b.png"},
            ],
        )
        room = newsroom(snow, site=news_site(title={"en": "Report", "az": "Hesabat"}))
        (url,) = written(room)["sitemap-news-az.xml"]
        assert [(element.tag, element.text) for element in url.iter() if element.text] == [
            (f"{SITEMAP}loc", "https://report.example/az/qar%20%C9%99"),
            (f"{NEWS}name", "Hesabat"),
            (f"{NEWS}language", "az"),
            (f"{NEWS}publication_date", "2025-12-19T12:00:00Z"),
            (f"{NEWS}title", "Qar & <buz>"),
            (f"{IMAGE}loc", "https://media.example/%C9%99.jpg"),
            (f"{IMAGE}loc", "https://media.example/b.png"),
        ]

    @pytest.mark.parametrize(
        ("age", "is_news"),
        [
            (timedelta(0), True),
            (timedelta(days=2), True),
            (timedelta(days=2, seconds=1), False),
            (timedelta(days=-1), False),
        ],
    )
    def test_two_days(
        self, newsroom: Make, article: Make, news_site: Make, noon: datetime, age: timedelta, *, is_news: bool
    ) -> None:
        room = newsroom(article(published=noon - age), site=news_site(), as_of=noon)
        assert ("sitemap-news-en.xml" in written(room)) == is_news

    def test_nothing_that_is_not_live(
        self, newsroom: Make, article: Make, news_site: Make, noon: datetime
    ) -> None:
        hidden = [article("snow", withdrawn=True), article("rain", expires=noon)]
        assert written(newsroom(*hidden, site=news_site())) == {}
        found = written(newsroom(*hidden, article("hail"), site=news_site()))
        assert addresses(found["sitemap-news-en.xml"]) == ["https://report.example/en/hail"]

    def test_each_language_has_a_file_and_the_index_names_all(
        self, newsroom: Make, article: Make, news_site: Make
    ) -> None:
        found = written(newsroom(article("snow"), article("qar", language="az"), site=news_site()))
        assert {path: addresses(tree) for path, tree in found.items()} == {
            "sitemap-news.xml": [
                "https://report.example/sitemap-news-en.xml",
                "https://report.example/sitemap-news-az.xml",
            ],
            "sitemap-news-en.xml": ["https://report.example/en/snow"],
            "sitemap-news-az.xml": ["https://report.example/az/qar"],
        }

    def test_a_language_without_news_has_no_file(
        self, newsroom: Make, article: Make, news_site: Make, noon: datetime
    ) -> None:
        old = article("qar", language="az", published=noon - timedelta(days=3))
        found = written(newsroom(article("snow"), old, site=news_site()))
        assert list(found) == ["sitemap-news.xml", "sitemap-news-en.xml"]
        assert addresses(found["sitemap-news.xml"]) == ["https://report.example/sitemap-news-en.xml"]

    def test_without_news_the_newest_article_stands_in_for_the_index(
        self, newsroom: Make, article: Make, news_site: Make, noon: datetime
    ) -> None:
        """Search engines know the address, and neither an index nor a sitemap may be empty."""
        old = [article(f"{days}", published=noon - timedelta(days=days)) for days in (4, 3, 5)]
        (tree,) = written(newsroom(*old, site=news_site())).values()
        assert tree.tag == f"{SITEMAP}urlset"
        assert addresses(tree) == ["https://report.example/en/3"]
        assert len(list(tree.iter(f"{NEWS}news"))) == 0

    def test_a_site_without_articles_has_no_sitemap(
        self, newsroom: Make, news_site: Make, story_site: Make
    ) -> None:
        assert written(newsroom(site=news_site())) == {}
        assert written(newsroom(site=story_site())) == {}

    @pytest.mark.slow
    def test_a_thousand_in_a_file_the_newest_first(
        self, newsroom: Make, article: Make, news_site: Make, noon: datetime
    ) -> None:
        articles = [article(f"{age:04}", published=noon - timedelta(seconds=age)) for age in range(2_001)]
        found = written(newsroom(*articles, site=news_site(languages=["en"]), as_of=noon))
        assert addresses(found.pop("sitemap-news.xml")) == [
            f"https://report.example/{path}" for path in found
        ]
        assert {path: len(tree) for path, tree in found.items()} == {
            "sitemap-news-en.xml": 1000,
            "sitemap-news-en-2.xml": 1000,
            "sitemap-news-en-3.xml": 1,
        }
        listed = [address for tree in found.values() for address in addresses(tree)]
        assert listed == [f"https://report.example/en/{age:04}" for age in range(2_001)]

    @pytest.mark.parametrize(
        ("tag", "name"),
        [("en", "en"), ("en-GB", "en"), ("az-Latn-AZ", "az"), ("kok", "kok"), ("zh", "zh-cn"), ("zh-CN", "zh-cn"), ("zh-Hant", "zh-tw"), ("zh-Hant-HK", "zh-tw")],
    )  # fmt: skip
    def test_languages_as_google_names_them(self, tag: str, name: str) -> None:
        assert news.news_language(tag) == name


class TestStories:
    def test_each_edition_names_all(self, newsroom: Make, article: Make, story_site: Make) -> None:
        room = newsroom(
            article("snow", story="snow"),
            article("qar", language="az", story="snow"),
            article("alone", story="alone"),
            article("rain"),
            site=story_site(),
        )
        tree = in_part(room)
        assert [
            (url.findtext(f"{SITEMAP}loc"), [(link.get("hreflang"), link.get("href")) for link in url.iter(f"{XHTML}link")])
            for url in tree
        ] == [
            (address, [("en", "https://report.example/en/snow"), ("az", "https://report.example/az/qar")])
            for address in ("https://report.example/en/snow", "https://report.example/az/qar")
        ]  # fmt: skip

    def test_when_an_edition_last_changed(
        self, newsroom: Make, article: Make, story_site: Make, noon: datetime
    ) -> None:
        room = newsroom(
            article("snow", story="snow", updated=noon + timedelta(hours=1)),
            article("qar", language="az", story="snow"),
            site=story_site(),
        )
        tree = in_part(room)
        dates = [element.text for element in tree.iter(f"{SITEMAP}lastmod")]
        assert dates == ["2025-12-19T13:00:00Z", "2025-12-19T12:00:00Z"]

    def test_an_edition_that_is_not_live_is_not_named(
        self, newsroom: Make, article: Make, story_site: Make
    ) -> None:
        room = newsroom(
            article("snow", story="snow"),
            article("qar", language="az", story="snow", withdrawn=True),
            article("rain", story="rain"),
            article("yağış", language="az", story="rain"),
            site=story_site(),
        )
        tree = in_part(room)
        assert [address for address in addresses(tree) if "snow" in address or "qar" in address] == []
        assert len(tree) == len(["rain", "yağış"])

    def test_no_file_where_no_story_has_two_editions(
        self, newsroom: Make, article: Make, story_site: Make
    ) -> None:
        assert written(newsroom(article("snow", story="snow"), site=story_site())) == {}


class TestFiles:
    def test_each_file_has_one_host(self, newsroom: Make, article: Make, site: Make) -> None:
        own = site(sitemaps=["news"], languages=["en"], feeds_url="https://report.example/")
        articles = [article(f"{host}{number}", url=f"https://{host}.example/{number}") for number in (1, 2) for host in ("a", "b")]  # fmt: skip
        found = written(newsroom(*articles, site=own))
        assert addresses(found["sitemap-news-en.xml"]) == ["https://a.example/1", "https://a.example/2"]
        assert addresses(found["sitemap-news-en-2.xml"]) == ["https://b.example/1", "https://b.example/2"]

    def test_an_address_too_long_for_a_sitemap_is_left_out(
        self, newsroom: Make, article: Make, news_site: Make
    ) -> None:
        start = "https://report.example/"
        longest = [article(f"{size}", url=start + "x" * (size - len(start))) for size in (2047, 2048)]
        tree = written(newsroom(*longest, site=news_site()))["sitemap-news-en.xml"]
        assert [len(address) for address in addresses(tree)] == [2047]

    def test_no_file_is_too_large(self) -> None:
        urls = [SitemapUrl(f"https://report.example/{number}", b"x" * 99) for number in range(50)]
        parts = split_urls(urls, max_urls=50, max_bytes=1024 + 1000)
        assert [len(part) for part in parts] == [10] * 5

    def test_a_site_that_asks_for_none_has_its_articles_left_unread(
        self, newsroom: Make, article: Make
    ) -> None:
        room = newsroom(article())
        assert [*sitemaps(room.catalog)] == []
        assert "articles" not in vars(room)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schemas of sitemaps.org and Google; of XHTML what sitemaps have of it, since they say to be strict."""
    if not SCHEMAS.exists():
        pytest.skip("the schemas are not part of a clone")
    folder = tmp_path_factory.mktemp("schemas")
    (folder / "xhtml.xsd").write_text(XHTML_LINK)
    (folder / "all.xsd").write_text(ALL.format(bundle=(SCHEMAS / "sitemap-news-bundle.xsd").as_uri()))
    return etree.XMLSchema(etree.parse(folder / "all.xsd"))


XHTML_LINK = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
<xsd:element name="link"><xsd:complexType>
<xsd:attribute name="rel" use="required" fixed="alternate"/>
<xsd:attribute name="hreflang" use="required" type="xsd:language"/>
<xsd:attribute name="href" use="required" type="xsd:anyURI"/>
</xsd:complexType></xsd:element></xsd:schema>"""
ALL = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:include schemaLocation="{bundle}"/>
<xsd:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="xhtml.xsd"/>
</xsd:schema>"""


@pytest.fixture(scope="module")
def index_schema() -> Any:
    if not SCHEMAS.exists():
        pytest.skip("the schemas are not part of a clone")
    return etree.XMLSchema(etree.parse(SCHEMAS / "siteindex.xsd"))


def test_by_their_schemas(
    schema: Any, index_schema: Any, newsroom: Make, article: Make, site: Make, noon: datetime
) -> None:
    room = newsroom(
        article("snow", story="snow", media=[{"url": "https://report.example/a.jpg"}]),
        article("qar", language="az", story="snow"),
        site=site(sitemaps=["news", "languages"]),
        as_of=noon,
    )
    found = written(room)
    index_schema.assertValid(found.pop("sitemap-news.xml"))
    index_schema.assertValid(found.pop("sitemap-languages.xml"))
    assert len(found) == 3
    for tree in found.values():
        schema.assertValid(tree)


def test_by_their_schemas_when_there_is_no_news(
    schema: Any, newsroom: Make, article: Make, site: Make, noon: datetime
) -> None:
    old = article("snow", story="snow", published=noon - timedelta(days=9))
    (tree,) = written(newsroom(old, site=site(sitemaps=["news", "languages"]))).values()
    schema.assertValid(tree)


def test_no_article_is_kept_for_them(
    newsroom: Make, news_site: Make, story_site: Make, article: Make
) -> None:
    for site in (news_site(), story_site()):
        room = newsroom(article(story="s"), article("qar", language="az", story="s"), site=site)
        assert written(room)
        assert "articles" not in vars(room)


@pytest.mark.slow
@given(many_articles)
def test_whatever_articles_hold(articles: list[Article]) -> None:
    """They are well formed, and `newsfeed check` has nothing to say."""
    recent = [
        msgspec.structs.replace(article, published=AS_OF - timedelta(hours=number))
        for number, article in enumerate(articles)
    ]
    for site in (PLAIN_SITE, RICH_SITE):
        asking = msgspec.structs.replace(site, sitemaps=("news", "languages"))
        room = Newsroom(asking, recent, as_of=AS_OF)
        for sitemap in sitemaps(room.catalog):
            document = sitemap.render()
            assert check_document(document, name=sitemap.path, as_of=AS_OF) == []
        news_files = [
            sitemap for sitemap in sitemaps(room.catalog) if sitemap.path.startswith("sitemap-news-")
        ]
        listed = sum(len(addresses(etree.fromstring(sitemap.render()))) for sitemap in news_files)
        assert listed == len(room.articles)


class TestBuilds:
    """A sitemap that has nothing to list goes, whatever becomes of feeds, and comes back when there is news."""

    @pytest.mark.parametrize("retired", ["remove", "keep", "empty"])
    def test_goes_and_comes_back(
        self, newsroom: Make, article: Make, site: Make, noon: datetime, tmp_path: Path, retired: str
    ) -> None:
        own = site(sitemaps=["news", "languages"], discovery=False, retired=retired)
        articles = [
            article("snow", story="snow", published=noon - timedelta(days=5)),
            article("qar", language="az", story="snow", withdrawn=False),
            article("rain", published=noon + timedelta(days=5)),
        ]

        def build(days: int) -> list[str]:
            room = newsroom(*articles, site=own, as_of=noon + timedelta(days=days))
            room.publish(tmp_path)
            is_gone = gone_from(tmp_path)
            assert not any(is_gone(f"sitemap-{name}.xml") for name in ("news", "news-az", "languages"))
            return sorted(file.name for file in tmp_path.glob("sitemap*"))

        assert build(0) == [
            "sitemap-languages-2025-12.xml",
            "sitemap-languages.xml",
            "sitemap-news-az.xml",
            "sitemap-news.xml",
        ]
        articles[1] = article("qar", language="az", story="snow", withdrawn=True)
        assert build(3) == ["sitemap-news.xml"]
        assert b"<loc>https://report.example/en/snow</loc>" in (tmp_path / "sitemap-news.xml").read_bytes()
        assert build(5) == ["sitemap-news-en.xml", "sitemap-news.xml"]
