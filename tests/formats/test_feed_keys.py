"""What a rule and a site add to feeds: `utm`, `ttl`, `license`, and the extensions that newsroom.toml names."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import newsfeed
from newsfeed import Extension, Feed, FeedRule, InvalidNewsroom, InvalidRecord, Store
from newsfeed.text.url_parameters import with_parameters

Make = Callable[..., Any]

BY = "https://creativecommons.org/licenses/by/4.0/"
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
    "rsl": "https://rslstandard.org/rsl",
}


class TestUtm:
    @pytest.fixture
    def rules(self) -> list[FeedRule]:
        tagged = FeedRule(
            path="tagged",
            utm={"source": "feed", "ref": "a&b"},
            formats=["rss", "atom", "json", "html", "text"],
        )
        return [tagged, FeedRule(path="plain")]

    def test_links_to_articles_have_it_and_nothing_else_has(
        self, rules: list[FeedRule], newsroom: Make, article: Make, site: Make, tmp_path: Path
    ) -> None:
        own = site(feeds=rules, languages=["en"], sitemaps=["news"])
        room = newsroom(article(content='<a href="/2">x</a>'), site=own)
        feed = room.feed("tagged")
        (item,) = etree.fromstring(feed.rss()).iter("item")
        (entry,) = etree.fromstring(feed.atom()).iter("{*}entry")
        (listed,) = json.loads(feed.json())["items"]
        address = "https://report.example/en/snow"
        link = f"{address}?utm_source=feed&ref=a%26b"
        headline = entry.find("{*}link[@rel='alternate']")
        assert headline is not None
        assert (item.findtext("link"), headline.get("href"), listed["url"]) == (link, link, link)
        guid = item.find("guid")
        assert guid is not None
        assert (guid.text, guid.get("isPermaLink")) == (address, "true")
        assert (entry.findtext("{*}id"), listed["id"]) == (address, address)
        assert "utm" not in feed.html() + feed.text() + listed["content_html"]
        assert b"utm" not in room.feed("plain").rss() + room.feed("plain").json()
        room.publish(tmp_path)
        assert b"utm" not in b"".join(file.read_bytes() for file in tmp_path.glob("sitemap*"))
        assert feed.to_feedgen().rss_str() == feed.rss()

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("https://a.example", "https://a.example?utm_source=x"),
            ("https://a.example/?", "https://a.example/?utm_source=x"),
            ("https://a.example/?id=1&n=", "https://a.example/?id=1&n=&utm_source=x"),
            ("https://a.example/?utm_source=own", "https://a.example/?utm_source=own"),
            ("https://a.example/#top?", "https://a.example/?utm_source=x#top?"),
        ],
    )
    def test_the_query_of_an_address(self, url: str, expected: str) -> None:
        assert with_parameters(url, [("utm_source", "x")]) == expected


class TestTtl:
    def test_only_rss_has_a_place_for_it(self, newsroom: Make, article: Make, site: Make) -> None:
        feed: Feed = newsroom(article(), site=site(feeds=[FeedRule(path="x", ttl=60)])).feed("x")
        assert etree.fromstring(feed.rss()).findtext("channel/ttl") == "60"
        assert b"60" not in feed.atom().replace(b"+00:00", b"")

    @pytest.mark.parametrize("ttl", [0, -5, "60", 1.5])
    def test_refused(self, ttl: object) -> None:
        with pytest.raises(InvalidRecord, match="ttl: .* isn't a whole number of 1 or more"):
            FeedRule(path="x", ttl=ttl)  # type: ignore[arg-type]


class TestLicense:
    @pytest.mark.parametrize(
        ("address", "payment"),
        [
            (BY, "attribution"),
            ("https://creativecommons.org/publicdomain/zero/1.0/", "free"),
            ("https://report.example/licence", None),
        ],
    )
    def test_in_each_format(
        self, address: str, payment: str | None, newsroom: Make, article: Make, site: Make
    ) -> None:
        feed: Feed = newsroom(article(), site=site(license=address)).feed("en/all")
        rss = etree.fromstring(feed.rss())
        assert rss.findtext("channel/cc:license", namespaces=NAMES) == address
        (content,) = rss.iterfind("channel/item/rsl:content", NAMES)
        assert content.get("url") == "https://report.example/en/snow"
        if payment is None:
            assert content.findtext("rsl:terms", namespaces=NAMES) == address
        else:
            (paid,) = content.iterfind("rsl:license/rsl:payment", NAMES)
            assert (paid.get("type"), paid.findtext("rsl:standard", namespaces=NAMES)) == (payment, address)
        (link,) = etree.fromstring(feed.atom()).iterfind("atom:link[@rel='license']", NAMES)
        assert link.get("href") == address
        assert json.loads(feed.json())["_newsfeed"]["license"] == address
        assert feed.to_feedgen().rss_str() == feed.rss()

    def test_nothing_without_one(self, newsroom: Make, article: Make) -> None:
        feed: Feed = newsroom(article()).feed("en/all")
        assert b"icense" not in feed.rss() + feed.atom() + feed.json()


SCRIPT = """
import newsfeed

def shout(filled, entry):
    filled.title(entry.title.upper() + "!")

def sign(generator, feed):
    generator.managingEditor("desk@report.example (Desk)")

LOUD = newsfeed.Extension(name="loud", entry=shout, feed=sign)
NOT_ONE = "x"
"""


class TestExtensions:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Callable[[str], Path]:
        (tmp_path / "hooks.py").write_text(SCRIPT)
        (tmp_path / "articles.jsonl").write_text(
            '{"language": "en", "title": "Snow", "url": "https://report.example/1", "published": "2025-12-19T12:00:00Z"}'
        )

        def write(extensions: str) -> Path:
            (tmp_path / "newsroom.toml").write_text(
                '[site]\ntitle = "Report"\nurl = "https://report.example/"\nlanguages = ["en"]\n'
                f'articles = ["articles.jsonl"]\nextensions = {extensions}\n'
            )
            return tmp_path

        return write

    def test_a_function_in_the_newsrooms_folder(self, folder: Callable[[str], Path]) -> None:
        room = newsfeed.open(folder('["hooks:LOUD"]'))
        feed = room.feed("en/all")
        assert b"<title>SNOW!</title>" in feed.rss()
        assert b"<managingEditor>desk@report.example (Desk)</managingEditor>" in feed.rss()
        assert b"SNOW!" in feed.atom()
        room.publish(folder('["hooks:LOUD"]') / "public")
        again = newsfeed.open(folder('["hooks:LOUD"]')).publish(folder('["hooks:LOUD"]') / "public")
        assert again.written == ()

    def test_from_a_store(self, folder: Callable[[str], Path], article: Make, tmp_path: Path) -> None:
        site = newsfeed.open(folder('["hooks:LOUD"]')).site
        with Store(tmp_path / "news.db", site) as store:
            store.put(article())
            store.publish(tmp_path / "public")
        assert b"ABOUT SNOW!" in (tmp_path / "public/en/all.rss").read_bytes()

    @pytest.mark.parametrize(
        ("extensions", "message"),
        [
            ('["nowhere:LOUD"]', "site.extensions[0]: nowhere can't be imported: ModuleNotFoundError: No module named 'nowhere'. Correct it, or put nowhere.py beside newsroom.toml."),
            ('["hooks:LOUT"]', "has no LOUT. Did you mean 'LOUD'?"),
            ('["hooks:NOT_ONE"]', ":NOT_ONE isn't a newsfeed.Extension. Choose from LOUD."),
        ],
    )  # fmt: skip
    def test_refused(self, extensions: str, message: str, folder: Callable[[str], Path]) -> None:
        with pytest.raises(InvalidNewsroom) as refused:
            newsfeed.open(folder(extensions)).feed("en/all").rss()
        assert message in str(refused.value)

    def test_a_name_that_names_nothing(self, folder: Callable[[str], Path]) -> None:
        with pytest.raises(InvalidNewsroom) as refused:
            newsfeed.open(folder('["hooks"]'))
        assert "site.extensions[0]: 'hooks' doesn't name an extension. Write \"module:NAME\"." in str(
            refused.value
        )

    def test_a_function_needs_no_class(self, newsroom: Make, article: Make) -> None:
        def shout(filled: Any, entry: Any) -> None:
            filled.title(f"{entry.title}!")

        feed: Feed = newsroom(article(), extensions=[Extension(name="mine", entry=shout)]).feed("en/all")
        assert b"<title>About snow!</title>" in feed.rss()
