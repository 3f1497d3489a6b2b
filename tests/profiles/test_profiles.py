"""Profiles: declarations that hold, the elements that they add, and the limits that feeds keep by them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from lxml import etree
from tests.articles import feed_of, many_articles

from newsfeed import Article, Feed, InvalidRecord, InvalidValue, Newsroom, Site
from newsfeed.check import check_document
from newsfeed.formats.profile_elements import extension_of
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.writing import render
from newsfeed.model.profile import Profile
from newsfeed.model.rule import FeedRule
from newsfeed.plan.partner_limits import byte_limit, within_limits
from newsfeed.profiles import PROFILES, profile_named

Make = Callable[..., Any]

YANDEX = PROFILES["yandex"]
NEWS = "{http://news.yandex.ru}"
SITE = Site(title="Report", url="https://report.example/", languages=["en"])


def with_elements(feed: Feed, profile: Profile) -> Feed:
    return msgspec.structs.replace(feed, extensions=(extension_of(profile),))


@pytest.fixture
def feed(newsroom: Make, article: Make) -> Feed:
    """Two articles: one with a genre and a text, the other with neither."""
    made: Feed = newsroom(
        article("a", content="<p>Snow &amp; ice</p>", extra={"genre": "article"}),
        article("b", summary="Rain"),
    ).feed("en/all")
    return made


class TestElements:
    def test_each_item_carries_them(self, feed: Feed) -> None:
        items = etree.fromstring(with_elements(feed, YANDEX).rss()).iter("item")
        assert [(item.findtext(f"{NEWS}genre"), item.findtext(f"{NEWS}full-text")) for item in items] == [
            ("article", "Snow & ice"),
            ("message", "Rain"),
        ]

    def test_a_text_of_trusted_html_has_formulas_once_and_no_permalink_signs(
        self, newsroom: Make, article: Make
    ) -> None:
        formula = "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>"
        content = f'<h2 id="a">Growth<a class="headerlink" href="#a">¶</a></h2><p>It is {formula}.</p><script>go()</script>'
        trusting = msgspec.structs.replace(SITE, trusted_html=True)
        feed: Feed = newsroom(article("a", content=content), site=trusting).feed("en/all")
        (item,) = etree.fromstring(with_elements(feed, YANDEX).rss()).iter("item")
        assert item.findtext(f"{NEWS}full-text") == "Growth It is x^2."

    def test_the_namespace_is_declared_once(self, feed: Feed) -> None:
        assert with_elements(feed, YANDEX).rss().count(b"http://news.yandex.ru") == 1

    def test_only_in_formats_that_the_partner_reads(self, feed: Feed) -> None:
        assert with_elements(feed, YANDEX).atom() == feed.atom()
        assert with_elements(feed, YANDEX).json() == feed.json()

    def test_in_atom_where_the_partner_reads_it(self, feed: Feed) -> None:
        atom = etree.fromstring(
            with_elements(feed, msgspec.structs.replace(YANDEX, formats=("atom",))).atom()
        )
        assert [element.text for element in atom.iter(f"{NEWS}genre")] == ["article", "message"]

    def test_all_else_stays_the_same(self, feed: Feed) -> None:
        root = etree.fromstring(with_elements(feed, YANDEX).rss())
        for element in [*root.iter(f"{NEWS}*")]:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        plain = etree.fromstring(feed.rss())
        assert [(element.tag, element.text) for element in root.iter()] == [
            (element.tag, element.text) for element in plain.iter()
        ]

    def test_an_element_without_a_value_is_left_out(self, feed: Feed) -> None:
        assert b"shortTitle" not in with_elements(feed, PROFILES["msn"]).rss()

    def test_equal_profiles_have_one_extension_so_that_entries_are_written_once(self, feed: Feed) -> None:
        assert extension_of(YANDEX) is extension_of(Profile.from_mapping(msgspec.structs.asdict(YANDEX)))
        cache = RenderCache()
        for _ in range(2):
            render(with_elements(feed, YANDEX), "rss", cache)
            assert len(cache.rendered(feed.entries[0])) == 1

    def test_to_feedgen_carries_them_too(self, feed: Feed) -> None:
        changed = with_elements(feed, YANDEX)
        assert changed.to_feedgen().rss_str() == changed.rss()

    @pytest.mark.parametrize(
        ("template", "text"),
        [
            ("{title}", "About a"),
            ("{url} {language}", "https://report.example/en/a en"),
            ("{published}", "2025-12-19T12:00:00Z"),
            ("{category}", "Media"),
            ("{category:none}, {author}", "Media, Report"),
            ("{content}", "<p>x</p>"),
            ("{extra.number}", "7"),
            ("{extra.truth}", "true"),
            ("{extra.list}", None),
            ("{extra.missing}", None),
            ("{extra.missing:word}", "word"),
            ("{summary}", "x"),
            ("{{title}}", "{title}"),
        ],
    )
    def test_what_can_stand_in_them(
        self, template: str, text: str | None, newsroom: Make, article: Make
    ) -> None:
        extra = {"number": 7, "truth": True, "list": [1]}
        feed = newsroom(article("a", content="<p>x</p>", categories=["media"], extra=extra)).feed("en/all")
        profile = Profile(name="p", namespaces={"p": "urn:test:p"}, elements={"p:e": template})
        assert etree.fromstring(with_elements(feed, profile).rss()).findtext(".//{urn:test:p}e") == text

    @pytest.mark.slow
    @given(made=many_articles)
    def test_whatever_an_article_says(self, made: list[Article]) -> None:
        feed = feed_of(*made)
        root = etree.fromstring(with_elements(feed, YANDEX).rss())
        assert len([*root.iter(f"{NEWS}genre")]) == len(feed.entries)

    def test_a_rule_names_its_profile(self, newsroom: Make, article: Make, site: Make) -> None:
        rules = [FeedRule(path=name, profile=name) for name in ("yandex", "flipboard")]
        room = newsroom(article(), site=site(feeds=[*rules, FeedRule(path="all")]))
        assert [room.feed(path).extensions for path in ("all", "flipboard", "yandex")] == [
            (),
            (),
            (extension_of(YANDEX),),
        ]


class TestLimits:
    NOON = datetime(2025, 12, 19, 12, tzinfo=UTC)

    @pytest.fixture
    def feed(self, newsroom: Make, article: Make) -> Feed:
        """Articles of today and of the nine days before."""
        made: Feed = newsroom(
            *(article(f"d{days}", published=self.NOON - timedelta(days=days)) for days in range(10))
        ).feed("en/all")
        return made

    def kept(self, feed: Feed, **limits: Any) -> int:
        profile = Profile(name="p", **limits)
        return len(within_limits(profile, feed.entries, attrgetter("published"), as_of=self.NOON))

    def test_age(self, feed: Feed) -> None:
        assert [self.kept(feed, max_age_days=days) for days in (1, 2, 20)] == [2, 3, 10]

    def test_count(self, feed: Feed) -> None:
        three = within_limits(
            Profile(name="p", max_entries=3), feed.entries, attrgetter("published"), as_of=self.NOON
        )
        assert three == feed.entries[:3]

    def test_both(self, feed: Feed) -> None:
        assert self.kept(feed, max_age_days=4, max_entries=3) == 3

    @pytest.mark.parametrize(
        ("of_rule", "of_profile", "limit"),
        [(None, None, None), (5, None, 5), (None, 6, 6), (5, 6, 5), (7, 6, 6)],
    )
    def test_bytes(self, of_rule: int | None, of_profile: int | None, limit: int | None) -> None:
        rule, profile = FeedRule(path="all", max_bytes=of_rule), Profile(name="p", max_bytes=of_profile)
        assert byte_limit(rule, profile) == limit


class TestNames:
    @pytest.mark.parametrize("name", PROFILES)
    def test_each_says_where_it_is_written(self, name: str) -> None:
        assert (PROFILES[name].name, PROFILES[name].source is not None) == (name, True)

    def test_a_site_may_know_better(self) -> None:
        own = msgspec.structs.replace(SITE, profiles=(Profile(name="msn", max_entries=5),))
        assert profile_named("msn", own).max_entries == 5
        assert profile_named("msn").max_entries is None

    def test_one_that_nobody_knows(self) -> None:
        with pytest.raises(InvalidValue, match="there is no profile 'mns'. Did you mean 'msn'"):
            profile_named("mns")

    def test_two_of_one_name(self) -> None:
        own = msgspec.structs.replace(SITE, profiles=(Profile(name="p"), Profile(name="p")))
        with pytest.raises(InvalidValue, match="'p' is also the name of another profile"):
            profile_named("p", own)


class TestDeclarations:
    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"max_bytes": 0}, "max_bytes: 0 isn't a whole number of 1 or more"),
            ({"max_title": "60"}, "max_title: '60' isn't a whole number"),
            ({"needs": ["photo"]}, "needs[0]: 'photo' isn't known"),
            ({"advised": ["max_size"]}, "advised[0]: 'max_size' isn't known"),
            ({"formats": ["json"]}, "formats[0]: 'json' isn't known"),
            ({"elements": {"genre": "message"}}, "elements.genre: 'genre' isn't an element name"),
            ({"elements": {"y:genre": "message"}}, "elements.y:genre: the prefix 'y' has no namespace"),
            ({"elements": {"y:genre": "{genres}"}}, "elements.y:genre: '{genres}' isn't a placeholder"),
            (
                {"elements": {"y:genre": "{title"}},
                "elements.y:genre: '{title' has an unmatched brace",
            ),
            ({"namespaces": {"xml": "urn:test:x"}}, "namespaces.xml: no namespace can have this prefix"),
            ({"namespaces": {"y": "a b"}}, "namespaces.y: 'a b' isn't a namespace"),
            ({"short_title": "mi:short"}, "short_title: the prefix 'mi' has no namespace"),
            ({"max_byte": 5}, "max_byte: there is no such key. Did you mean 'max_bytes'"),
        ],
    )
    def test_what_is_wrong_is_told(self, values: dict[str, Any], said: str) -> None:
        with pytest.raises(InvalidRecord) as caught:
            Profile.from_mapping({"name": "p"} | values)
        assert said in str(caught.value)

    def test_newsroom_toml_may_declare_them(self) -> None:
        site = Site.from_mapping(
            {
                "title": "Report",
                "url": "https://report.example/",
                "languages": ["en"],
                "feeds": [{"path": "partner", "profile": "p", "max_bytes": 500}],
                "profiles": [{"name": "p", "max_entries": 5}],
            }
        )
        assert (site.feeds[0].profile, site.feeds[0].max_bytes) == ("p", 500)
        assert profile_named("p", site).max_entries == 5


#: Articles that a partner would refuse, each with the code and the words that tell it by its name.
REFUSED = [
    (
        "msn",
        {"title": "Snow in Baku"},
        "NF808",
        "'Snow in Baku': its title has 12 characters; MSN requires at least 21",
    ),
    ("msn", {"title": "Snow " * 40}, "NF809", "its title has 199 characters; MSN allows 150"),
    (
        "msn",
        {"published": datetime(2024, 1, 1, tzinfo=UTC)},
        "NF805",
        "days old; MSN takes articles up to 364 days old",
    ),
    ("msn", {"content": None}, "NF807", "it has no content; MSN needs one"),
    ("msn", {"url": "http://report.example/en/a"}, "NF812", "isn't https; MSN requires it"),
    ("apple-news", {"title": "A <b>new</b> road to the mountains"}, "NF814", "its title contains '<b>'"),
    (
        "google",
        {"content": "<p>" + "x" * 1_100_000 + "</p>"},
        "NF802",
        "Google Publisher Center allows 1,000,000",
    ),
    (
        "flipboard",
        {"url": "https://other.example/a"},
        "NF813",
        "it is on other.example, but the feed is on report.example",
    ),
    (
        "flipboard",
        {"media": [{"url": "https://report.example/a.jpg", "width": 800, "height": 300}]},
        "NF811",
        "the shorter side of its largest picture has 300 pixels; Flipboard requires 400",
    ),
    ("yandex", {}, "NF815", "it has no yandex:full-text; Yandex reads it"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "values", "code", "said"), REFUSED)
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_articles_that_a_partner_would_refuse(
    name: str, values: dict[str, Any], code: str, said: str, form: str
) -> None:
    good = {
        "language": "en",
        "title": "Snow closes the mountain roads for a day",
        "url": "https://report.example/en/a",
        "published": datetime(2025, 12, 19, 12, tzinfo=UTC),
        "content": "<p>Snow fell.</p>",
    }
    moment = datetime(2025, 12, 20, tzinfo=UTC)
    site = msgspec.structs.replace(SITE, feeds=(FeedRule(path="all"),), plain_texts=True)
    profile = profile_named(name)
    if form not in profile.formats:
        pytest.skip("the partner doesn't read it")

    def found(article: Article) -> list[str]:
        data = Newsroom(site, [article], as_of=moment).feed("all").render(form)
        told = check_document(data, name="all", as_of=moment, profile=profile, codes={code})
        return [finding.reason for finding in told]

    assert [reason for reason in found(Article.from_mapping(good | values)) if said in reason]
    if values:
        assert [reason for reason in found(Article.from_mapping(good)) if said in reason] == []


def test_advice_is_a_note() -> None:
    data = feed_of(
        Article(
            language="en",
            title="x",
            url="https://report.example/a",
            published=datetime(2025, 1, 1, tzinfo=UTC),
        )
    )
    moment = datetime(2025, 12, 20, tzinfo=UTC)
    told = check_document(
        data.rss(), name="all", as_of=moment, profile=profile_named("apple-news"), codes={"NF808", "NF816"}
    )
    assert {finding.code: finding.severity for finding in told} == {"NF808": "note", "NF816": "error"}
