"""Articles that aren't for everybody: what is closed appears in feeds of rules that name its word, and nowhere else."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsfeed import Article, FeedRule, InvalidValue, Media, Place, Site, Store
from newsfeed.catalog import repairs
from newsfeed.model.profile import Profile
from newsfeed.text.html.teasers import before_any_mark, before_members_only, with_ends

Make = Callable[..., Any]

#: Words that stand in what is closed, and nowhere else.
CLOSED = b"xyzzy"
MARK = "<!--members-only-->"
FILM = Media(url="https://report.example/xyzzy.mp4", description="xyzzy")
PICTURE = Media(url="https://report.example/snow.jpg")
EVERYTHING = ("rss", "atom", "json", "html", "text")
#: A partner's elements with all that an article says.
PARTNER = Profile(
    name="partner",
    namespaces={"p": "https://partner.example/ns"},
    elements={"p:text": "{text}", "p:content": "{content:none}", "p:summary": "{summary:none}"},
)
RULES = [
    FeedRule(path="{language}/all", formats=EVERYTHING),
    FeedRule(path="{language}/teasers", content="teaser", formats=EVERYTHING),
    FeedRule(path="{language}/summaries", content="summary", formats=EVERYTHING),
    FeedRule(path="{language}/partner", profile="partner", formats=["rss"]),
    FeedRule(path="{language}/months", archive="month"),
    FeedRule(path="{language}/pictures", lead_image=True),
    FeedRule(path="{language}/vips", access=["vip"]),
    FeedRule(path="{language}/vips-teasers", access=["vip"], content="teaser"),
]
MEMBERS = FeedRule(path="{language}/members", access=["members"], formats=["rss", "atom", "json"])


def closed_articles(article: Make) -> Iterator[Article]:
    yield article("access", access="members", content="<p>xyzzy</p>")
    yield article("access-and-summary", access="members", summary="Open.", content="<p>xyzzy</p>")
    yield article("more-opens-nothing", access="members", content="<p>xyzzy</p><!--more--><p>xyzzy</p>")
    yield article("mark", content=f"<p>Open words.</p>{MARK}<p>xyzzy</p>")
    yield article("mark-inside", content=f"<div><p>Open <b>words.{MARK} xyzzy</b></p><p>xyzzy</p></div>")
    yield article("mark-first", content=f"{MARK}<p>xyzzy</p>")
    yield article("mark-and-access", access="Members", content=f"<p>Open.</p>{MARK}<p>xyzzy</p>")
    yield article("mark-and-more", content=f"<p>A.</p><!--more--><p>B.</p>{MARK}<p>xyzzy</p>")
    yield article("spaced", content="<p>Open.</p>\n<!-- MEMBERS-ONLY : gold --><p>xyzzy</p>")
    yield article("made-from-hyphens", content="<p>Open.</p><!---members\u2011only---><p>xyzzy</p>")
    yield article("escaped", content="&lt;p&gt;Open.&lt;!--members-only--&gt; xyzzy&lt;/p&gt;")
    yield article("summary", summary=f"<p>Open.</p>{MARK}<p>xyzzy</p>", content="<p>Open.</p>")
    yield article("plain-summary", summary=f"Open. {MARK} xyzzy")
    yield article("escaped-summary", summary="&lt;p&gt;Open. &lt;!--members-only--&gt; xyzzy&lt;/p&gt;")
    text = f"<p>Open words.</p>{MARK}<p>xyzzy and much more of what happened there.</p>"
    yield article("made-summary", summary="<p>Open words. xyzzy and much [&hellip;]</p>", content=text)
    yield article("made-and-whole", summary="Open words.\nxyzzy and", content=text)
    more = "Open words. xyzzy and much more of what happened … Continue reading Snow"
    yield article("made-with-a-link", summary=more, content=text)
    yield article("made-of-closed-text", summary="xyzzy and much …", content=text.partition("</p>")[2])
    yield article("mark-in-title", title=f"Snow {MARK} xyzzy", summary="Open.")
    yield article("title-behind-the-mark", title=f"{MARK}xyzzy", summary="Open.")
    yield article("only-a-closed-title", title=f"{MARK}xyzzy")
    yield article(
        "short-texts",
        topics=[f"Snow{MARK}xyzzy", f"{MARK}xyzzy"],
        rights=f"{MARK}xyzzy",
        authors=[{"name": f"Leyla{MARK}xyzzy"}, {"name": f"{MARK}xyzzy"}],
        media=[
            Media(url="https://report.example/ice.jpg", description=f"{MARK}xyzzy", credit=f"AA{MARK}xyzzy")
        ],
    )
    yield article("in-an-attribute", content=f'<p title="{MARK} xyzzy">xyzzy</p>')
    yield article("in-a-script", content=f"<p>Open.</p><script>'{MARK}'</script><p>xyzzy</p>")
    yield article("untitled", title="", access="members", content="<p>xyzzy</p>", story="a")
    yield article("untitled-az", title="", language="az", content=f"<p>A.</p>{MARK}<p>xyzzy</p>", story="a")
    yield article("untitled-media", title="", access="members", content="<p>xyzzy</p>", media=[FILM])
    yield article("media", access="members", media=[PICTURE, FILM])


def everything_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def leaks(folder: Path, *, but: str = "nothing") -> list[str]:
    """The files in which closed words stand, the names of files included."""
    return [name for name, data in everything_in(folder) if CLOSED in data and f"/{but}." not in name]


@pytest.fixture
def own(site: Make, tmp_path: Path) -> Site:
    """A site that publishes whatever can be published."""
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "listing.html").write_text(
        "{% for day in days %}{% for row in day.rows %}{{ row.title }} {{ row.entry.summary }} "
        "{{ row.entry.content }} {{ row.entry.media }} {{ row.entry }}{% endfor %}{% endfor %}"
    )
    made: Site = site(
        feeds=[*RULES, MEMBERS],
        profiles=[PARTNER],
        sitemaps=["news", "languages"],
        stylesheet=True,
        templates=str(templates),
    )
    return made


class TestNothingClosedIsPublished:
    @pytest.mark.parametrize("trusted", [False, True])
    def test_in_any_byte_of_the_output(
        self,
        trusted: bool,
        own: Site,
        site: Make,
        newsroom: Make,
        article: Make,
        noon: datetime,
        tmp_path: Path,
    ) -> None:
        values = {field: getattr(own, field) for field in own.__struct_fields__}
        room = newsroom(
            *closed_articles(article), site=site(**values | {"trusted_html": trusted}), as_of=noon
        )
        room.publish(tmp_path / "public")
        assert leaks(tmp_path / "public", but="members") == []
        for name in ("members.rss", "members.atom", "members.json"):
            assert CLOSED in (tmp_path / "public" / "en" / name).read_bytes()

    def test_from_a_store_either(self, own: Site, article: Make, noon: datetime, tmp_path: Path) -> None:
        with Store(tmp_path / "news.db", own) as store:
            store.put(closed_articles(article))
            store.publish(tmp_path / "public", as_of=noon)
            assert leaks(tmp_path / "public", but="members") == []
            store.put(article("mark", content=f"<p>Other words.</p>{MARK}<p>xyzzy</p>"))
            store.publish(tmp_path / "public", as_of=noon)
        with Store(tmp_path / "news.db", own) as store:  # what it keeps of entries
            shutil.rmtree(tmp_path / "public")
            store.publish(tmp_path / "public", as_of=noon)
            assert leaks(tmp_path / "public", but="members") == []
            room = store.newsroom(noon)
            for feed in (
                room.select(),
                room.select(content="teaser"),
                room.latest("en"),
                room.feed("en/vips"),
            ):
                for name in EVERYTHING:
                    assert CLOSED not in feed.render(name)
                assert CLOSED not in feed.to_feedgen().rss_str()
            assert "xyzzy" not in repr([room.entry(each) for each in room.articles])

    def test_rendered_elsewhere_or_under_another_id(
        self, own: Site, newsroom: Make, article: Make, noon: datetime, tmp_path: Path
    ) -> None:
        mark = f"<p>Open.</p>{MARK}<p>xyzzy</p>"
        known = [
            article(f"{n}", id=f"urn:old:{n}", url=f"https://report.example/{n}", content=mark)
            for n in range(210)
        ]
        renamed = [
            article(f"{n}", id=f"urn:new:{n}", url=f"https://report.example/{n}", content=mark)
            for n in range(210)
        ]
        with ThreadPoolExecutor(1) as executor:
            newsroom(*known, site=own, as_of=noon).publish(tmp_path / "public", executor=executor)
            assert leaks(tmp_path / "public", but="members") == []
        newsroom(*renamed, site=own, as_of=noon + timedelta(hours=1)).publish(tmp_path / "public")
        assert leaks(tmp_path / "public", but="members") == []
        assert b"urn:new" not in (tmp_path / "public" / "en" / "members.rss").read_bytes()

    def test_an_article_that_is_closed_later_leaves_the_feeds_that_are_kept(
        self, site: Make, newsroom: Make, article: Make, noon: datetime, tmp_path: Path
    ) -> None:
        rules = [FeedRule(path="all"), FeedRule(path="old")]
        snow = {"content": "<p>xyzzy</p>"}
        newsroom(article(**snow), site=site(feeds=rules), as_of=noon).publish(tmp_path)
        own = site(feeds=rules[:1], retired="keep")
        newsroom(article(**snow), site=own, as_of=noon).publish(tmp_path)
        assert leaks(tmp_path) == ["all.atom", "all.json", "all.rss", "old.atom", "old.json", "old.rss"]
        newsroom(article(access="members", **snow), site=own, as_of=noon).publish(tmp_path)
        assert leaks(tmp_path) == []


class TestWhatEverybodyReads:
    def test_the_summary_of_a_text_that_is_too_long(
        self, article: Make, site: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(repairs, "_LONGEST", 100)
        monkeypatch.setattr(repairs, "_SURELY_SHORT", 10)
        much = "<p>Much.</p>" * 10
        texts = {"free": much, "mark": f"<p>It snows.</p>{MARK}{much}"}
        summaries = {
            name: repairs.repaired(article(content=text, access=access), site(), Place())[0].summary
            for name, text, access in (
                ("free", much, "free"),
                ("closed", much, "members"),
                ("mark", texts["mark"], "free"),
            )
        }
        assert summaries == {"free": "Much. " * 9 + "Much.", "closed": None, "mark": "It snows."}

    def test_the_text_before_the_mark_and_a_summary_of_it(
        self, newsroom: Make, article: Make, site: Make
    ) -> None:
        room = newsroom(
            article(content=f"<div><p>It snows in <b>Baku.{MARK} Much.</b></p></div>"),
            site=site(feeds=[FeedRule(path="all"), FeedRule(path="members", access=["members"])]),
        )
        (opened,) = room.feed("all").entries
        (whole,) = room.feed("members").entries
        assert opened.content == "<div><p>It snows in <b>Baku.</b></p></div>"
        assert opened.summary == "It snows in Baku."
        assert whole.content == "<div><p>It snows in <b>Baku. Much.</b></p></div>"

    def test_the_editors_own_summary(self, newsroom: Make, article: Make, site: Make) -> None:
        room = newsroom(
            article(access="members", summary="It snows.", content="<p>Much.</p>", media=[PICTURE, FILM]),
            site=site(feeds=[FeedRule(path="all")]),
        )
        (entry,) = room.feed("all").entries
        assert (entry.summary, entry.content, entry.media) == ("It snows.", None, (PICTURE,))

    def test_an_article_for_others_is_closed_to_members(
        self, newsroom: Make, article: Make, site: Make
    ) -> None:
        rules = [
            FeedRule(path="members", access=["members"]),
            FeedRule(path="vip", access=["members", "VIP"]),
        ]
        room = newsroom(article(access="vip", content="<p>Much.</p>"), site=site(feeds=rules))
        assert [room.feed(path).entries[0].content for path in ("members", "vip")] == [None, "<p>Much.</p>"]

    def test_a_feed_that_no_rule_plans(self, newsroom: Make, article: Make) -> None:
        room = newsroom(article(access="members", content="<p>Much.</p>"), article("b", access="public"))
        feeds = [room.select(), room.select(access=["Members"])]
        assert [feed.entries[1].content for feed in feeds] == [None, "<p>Much.</p>"]
        with pytest.raises(InvalidValue) as refused:
            room.select(access="members")
        assert str(refused.value) == "access: 'members' is text. Write a list, [\"members\"]."


class TestTeasers:
    @pytest.mark.parametrize(
        ("values", "content", "summary"),
        [
            ({"content": "<p>A.</p><!--more--><p>B.</p>"}, "<p>A.</p>", "A."),
            ({"content": "<p>A.</p><!-- more Read on --><p>B.</p>", "summary": "S."}, "<p>A.</p>", "S."),
            ({"content": f"<p>A.</p>{MARK}<p>B.</p>"}, "<p>A.</p>", "A."),
            ({"content": "<p>A.</p><p>B.</p>"}, None, "A. B."),
            ({"content": "<!--more--><p>A.</p>"}, None, "A."),
            ({"content": "<p>A.</p><!--more--><p>B.</p>", "access": "members"}, None, None),
            ({"summary": "S."}, None, "S."),
        ],
    )
    def test_up_to_the_mark_else_the_summary(
        self,
        values: dict[str, Any],
        content: str | None,
        summary: str | None,
        newsroom: Make,
        article: Make,
        site: Make,
    ) -> None:
        room = newsroom(article(**values), site=site(feeds=[FeedRule(path="all", content="teaser")]))
        (entry,) = room.feed("all").entries
        assert (entry.content, entry.summary) == (content, summary)

    def test_the_mark_takes_nothing_from_a_free_article(self, newsroom: Make, article: Make) -> None:
        room = newsroom(article(content="<p>A.</p><!--more--><p>B.</p>"))
        assert room.feed("en/all").entries[0].content == "<p>A.</p><p>B.</p>"


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ("<p>a</p><!--members-only--><p>b</p>", "<p>a</p>"),
        ("a<!--\n Members-Only\n-->b", "a"),
        ("a<!--members-only", "a"),
        ("a<!--members-only--b", "a"),
        ("a<!--members-only-banner-->b", None),
        ("a<!--more-->b", None),
        ("a &lt;!--members-only--&gt; b", None),
        ("<p>The <code>&lt;!--members-only--&gt;</code></p>", None),
        ("<p>a</p><!---members-only---><p>b</p>", "<p>a</p>"),
        ("a<!-- members only -->b", "a"),
        ("a<!--MEMBERS_ONLY-->b", "a"),
        ("a<!--\ufeffmembers-only-->b", "a"),
        ("a<!--mem\u200bbers-\u2060only-->b", "a"),
        ("a<!--members\u2010only-->b", "a"),
        ("a<!--members\u2011only-->b", "a"),
        ("a<!--members&#8209;only-->b", "a"),
        ("a<!\u2013members-only\u2013>b", "a"),
        ("&lt;p&gt;a&lt;/p&gt;&lt;!--members-only--&gt;&lt;p&gt;b&lt;/p&gt;", "&lt;p&gt;a&lt;/p&gt;"),
        ("&lt;p&gt;a &lt;!-- Members only --&gt; b&lt;/p&gt;", "&lt;p&gt;a "),
        ("&amp;lt;p&amp;gt;a&amp;lt;!--members-only--&amp;gt;b", "&amp;lt;p&amp;gt;a"),
        ("<p>a</p><p>&lt;!--members-only--&gt;</p><p>b</p>", "<p>a</p><p>"),
    ],
)
def test_where_the_mark_is(html: str, before: str | None) -> None:
    assert before_members_only(html) == before


def test_a_teaser_ends_at_the_first_mark() -> None:
    assert before_any_mark("a<!--members-only-->b<!--more-->c") == "a"
    assert before_any_mark("a<!--moreover-->b") is None


@pytest.mark.parametrize(
    ("html", "ended"),
    [
        ("<ul><li>a<li>b", "<ul><li>a<li>b</li></li></ul>"),
        ("<p>a<p>b", "<p>a<p>b</p>"),
        ("<p>a</p></div>", "<p>a</p></div>"),
        ('<p>a<img src="x" alt="y>', "<p>a</p>"),
        ("a<!-- note ", "a"),
        ("<script>'", "<script>'</script>"),
    ],
)
def test_trusted_html_is_ended(html: str, ended: str) -> None:
    assert with_ends(html) == ended


def test_a_summary_that_reaches_past_the_mark_is_left_out_and_reported(article: Make, site: Make) -> None:
    content = f"<p>Open words.</p>{MARK}<p>Closed words.</p>"
    for summary in ("Open words.", "Open words …", "Closed words.", "Open words. What follows?"):
        repaired, findings = repairs.repaired(article(summary=summary, content=content), site(), Place())
        assert (repaired.summary, findings) == (summary, [])
    made = article(summary="Open words. Closed …", content=content)
    repaired, (finding,) = repairs.repaired(made, site(), Place())
    assert repaired.summary is None
    assert str(finding).partition("NF151 ")[2] == (
        "summary: it is the beginning of the content and goes on behind <!--members-only-->, so it is left out. "
        "Write a summary that everybody may read, or leave the field out."
    )
