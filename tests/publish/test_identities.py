"""Ids for ever: what was published keeps its id, and whoever changes one is told before any subscriber sees it."""

import json
import re
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import make_article, make_newsroom, make_site

from newsfeed import Article, Extension, FeedRule, Newsroom
from newsfeed.publish.identities import identities_of
from newsfeed.publish.published_articles import carried_lines
from newsfeed.publish.record import RECORD_PATH, PublishRecord
from newsfeed.publish.report import Report

Make = Callable[..., Any]

RULES = [FeedRule(path="{language}/all", formats=["rss", "atom", "json"])]


@pytest.fixture
def publish(newsroom: Make, site: Make, tmp_path: Path) -> Callable[..., Report]:
    def build(*articles: Any, accept: bool = False, **values: Any) -> Report:
        room: Newsroom = newsroom(*articles, site=site(**{"feeds": RULES, "languages": ["en"]} | values))
        return room.publish(tmp_path, accept=accept, accept_loss=True)

    return build


def ids_in(folder: Path, path: str = "en/all") -> list[str]:
    """The id of the feed, and those of its entries, in Atom; the other formats have to agree."""
    atom = re.findall(r"<id>(.*?)</id>", (folder / f"{path}.atom").read_text())
    rss = re.findall(r"<guid[^>]*>(.*?)</guid>", (folder / f"{path}.rss").read_text())
    json = re.findall(r'"items":.*', (folder / f"{path}.json").read_text(), re.DOTALL)
    assert rss == atom[1:]
    assert [f'"id":"{name}"' in json[0] for name in rss] == [True] * len(rss)
    return atom


FEED = "https://report.example/feeds/en/all"
LATER = datetime(2025, 12, 19, 18, 0, tzinfo=UTC)
SNOW = "https://report.example/en/snow"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, {"id": "urn:test:new"}, id="an id where there was none"),
        pytest.param({"id": "urn:test:old"}, {"id": "urn:test:new"}, id="another id"),
        pytest.param({"id": "urn:test:old"}, {}, id="no id any more"),
        pytest.param(
            {"story": "s"},
            {"story": "s", "url": "https://report.example/2025/snow"},
            id="another address of a known story",
        ),
    ],
)
def test_a_known_article_keeps_its_id(
    before: dict[str, Any], after: dict[str, Any], publish: Make, article: Make, tmp_path: Path
) -> None:
    publish(article(**before))
    (feed, first) = ids_in(tmp_path)
    for title in ("Snow", "More snow"):
        report = publish(article(title=title, **after))
        assert ids_in(tmp_path) == [feed, first]
        assert {finding.code for finding in report.changed} <= {"NF121", "NF122"}


def test_the_first_id_stays_when_it_changes_again_and_again(
    publish: Make, article: Make, tmp_path: Path
) -> None:
    publish(article(story="s"))
    for name in ("urn:test:new", "urn:test:newer", "urn:test:newest"):
        publish(article(story="s", id=name), article("rain"))
        assert SNOW in ids_in(tmp_path)[1:]


def test_an_expired_twin_takes_no_id_away(publish: Make, article: Make, noon: Any, tmp_path: Path) -> None:
    """Two records have one id. The live one keeps the id that readers know, in every build."""
    publish(article(id="urn:test:old"), article("rain"))
    twin = article("twin", id="urn:test:new", published=noon - timedelta(days=9), expires=noon)
    for title in ("Rain", "More rain", "More rain still"):
        publish(article(id="urn:test:new"), twin, article("rain", title=title))
        assert "urn:test:old" in ids_in(tmp_path)


@pytest.mark.parametrize("hour", [10, 14], ids=["older", "newer"])
def test_of_two_that_may_be_a_known_article_the_surer_one_keeps_its_id(
    hour: int, publish: Make, article: Make, tmp_path: Path
) -> None:
    """One tells its story, the other one has its address; in whichever order feeds carry them."""
    publish(article(id="urn:test:old", story="s"))
    told = article("told", id="urn:test:told", story="s")
    publish(article(id="urn:test:other", published=LATER.replace(hour=hour)), told)
    assert sorted(ids_in(tmp_path)[1:]) == ["urn:test:old", "urn:test:other"]
    assert "/en/told" in (tmp_path / "en/all.atom").read_text().partition("urn:test:old")[2]


names = st.sampled_from(["a", "b", "c", "d"])
changing = st.builds(
    lambda name, own_id, story, hour, withdrawn: make_article(
        name,
        id=own_id and f"urn:test:{own_id}",
        story=story,
        published=LATER.replace(hour=hour),
        updated=LATER if withdrawn else None,
        withdrawn=withdrawn,
    ),
    name=names,
    own_id=st.none() | names,
    story=st.none() | names,
    hour=st.integers(10, 11),
    withdrawn=st.sampled_from([False, False, False, True]),
)


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(st.lists(changing, max_size=4), min_size=2, max_size=5),
    st.sampled_from([None, 0, 1, 2]),
    st.sampled_from([0, 30]),
)
def test_to_look_at_what_differs_is_to_look_at_all(
    states: list[list[Article]], accepted: int | None, tombstones: int
) -> None:
    site = make_site(languages=["en"], feeds=RULES, tombstones=tombstones, discovery=False)
    with TemporaryDirectory() as folder:
        for number, made in enumerate(states):
            room = make_newsroom(*made, site=site)
            file = Path(folder, RECORD_PATH)
            before = PublishRecord.read(file.read_bytes() if file.exists() else None)
            lines = carried_lines(room.plan, before.kept_ids)
            for accept in (False, True):
                assert identities_of(room.plan, before, lines, accept=accept) == identities_of(
                    room.plan, before, [b""] * len(lines), accept=accept
                )
            room.publish(folder, accept=number == accepted, accept_loss=True)


def test_the_person_is_told_once(publish: Make, article: Make) -> None:
    publish(article())
    (told,) = publish(article(id="urn:test:new")).changed
    assert str(told) == (
        f"the newsroom: NF121 id: {SNOW} has a new id, urn:test:new; readers know it under another, which stays {SNOW}. "
        f'Write "id": "{SNOW}"; or --accept the new one, and every subscriber will see the article as new.'
    )
    assert publish(article(id="urn:test:new")).changed == ()
    assert publish(article(id="urn:test:new", title="Snow again")).changed == ()


@pytest.fixture
def publish_as_before(publish: Make, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Publish as earlier versions did, which took any URI for an id, whatever its scheme asks."""

    def build(*articles: Any) -> Report:
        with monkeypatch.context() as earlier:
            earlier.setattr("newsfeed.catalog.repairs.uri_of_id", lambda name, _: name)
            report: Report = publish(*articles)
            return report

    return build


@pytest.mark.parametrize("moved", [{}, {"url": "https://report.example/2025/snow"}])
def test_an_id_that_breaks_the_rules_of_its_scheme_stays_if_readers_know_it(
    moved: dict[str, str], publish: Make, publish_as_before: Make, article: Make, tmp_path: Path
) -> None:
    publish_as_before(article(id="urn:x"))
    report = publish(article(id="urn:x", **moved))
    assert ids_in(tmp_path) == [FEED, "urn:x"]
    assert str(report.changed[0]) == (
        f"the newsroom: NF121 id: {moved.get('url', SNOW)} keeps the id that readers know, urn:x, which breaks the rules "
        "of its scheme. Leave it; or --accept https://report.example/ids/urn%3Ax instead, and every subscriber "
        "will see the article as new."
    )
    assert publish(article(id="urn:x", title="More snow", **moved)).changed == ()
    assert ids_in(tmp_path) == [FEED, "urn:x"]


def test_an_id_that_breaks_the_rules_of_its_scheme_goes_when_it_is_told_to(
    publish: Make, publish_as_before: Make, article: Make, tmp_path: Path
) -> None:
    publish_as_before(article(id="urn:x"))
    publish(article(id="urn:x"), accept=True)
    assert ids_in(tmp_path) == [FEED, "https://report.example/ids/urn%3Ax"]


def test_an_id_that_an_earlier_version_made_of_a_tag_stays_if_readers_know_it(
    publish: Make, publish_as_before: Make, article: Make, tmp_path: Path
) -> None:
    publish_as_before(article(id="tag:m%C3%BCller.example,2025:1"))
    publish(article(id="tag:müller.example,2025:1"))
    assert ids_in(tmp_path) == [FEED, "tag:m%C3%BCller.example,2025:1"]


def test_accept_takes_the_new_id(publish: Make, article: Make, tmp_path: Path) -> None:
    publish(article())
    publish(article(id="urn:test:new"))
    publish(article(id="urn:test:new"), accept=True)
    assert ids_in(tmp_path) == [FEED, "urn:test:new"]
    assert publish(article(id="urn:test:new")).written == ()


@pytest.mark.parametrize(
    "changed",
    [{"title": "More snow"}, {"updated": LATER}, {"url": "https://report.example/2025/snow"}],
    ids=["title", "updated", "url"],
)
def test_an_accepted_id_stays_whatever_changes_later(
    changed: dict[str, Any], publish: Make, article: Make, tmp_path: Path
) -> None:
    publish(article(story="s"))
    publish(article(story="s", id="urn:test:new"))
    publish(article(story="s", id="urn:test:new"), accept=True)
    assert publish(article(story="s", id="urn:test:new", **changed)).written
    assert ids_in(tmp_path) == [FEED, "urn:test:new"]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_id_that_another_was_let_take_the_place_of_is_forgotten(
    at_once: bool, publish: Make, article: Make, tmp_path: Path
) -> None:
    publish(article(story="s", id="urn:test:a"))
    if not at_once:
        publish(article(story="s", id="urn:test:b"))
    told = publish(article(story="s", id="urn:test:b"), accept=True).changed
    assert {finding.code for finding in told} <= {"NF121"}
    assert b"urn:test:a" not in (tmp_path / RECORD_PATH).read_bytes()
    assert [finding.code for finding in publish(article(story="s", id="urn:test:a")).changed] == ["NF121"]
    assert ids_in(tmp_path) == [FEED, "urn:test:b"]


def test_an_accepted_id_stays_when_the_article_comes_back_with_a_third(
    publish: Make, article: Make, tmp_path: Path
) -> None:
    rules = [FeedRule(path="{language}/all", formats=["rss", "atom", "json"], limit=1)]
    publish(article(id="urn:test:a"), feeds=rules)
    publish(article(id="urn:test:b"), feeds=rules, accept=True)
    publish(article(id="urn:test:b"), article("rain", published=LATER), feeds=rules)
    publish(article(id="urn:test:c"), feeds=rules)
    assert ids_in(tmp_path)[1:] == ["urn:test:b"]


def test_an_accepted_id_stays_when_the_article_was_away(publish: Make, article: Make, tmp_path: Path) -> None:
    rules = [FeedRule(path="{language}/all", formats=["rss", "atom", "json"], limit=1)]
    publish(article(), feeds=rules)
    publish(article(id="urn:test:new"), feeds=rules)
    publish(article(id="urn:test:new"), feeds=rules, accept=True)
    publish(article(id="urn:test:new"), article("rain", published=LATER), feeds=rules)
    assert ids_in(tmp_path)[1:] == ["https://report.example/en/rain"]
    publish(article(id="urn:test:new"), feeds=rules)
    assert ids_in(tmp_path)[1:] == ["urn:test:new"]


def test_an_article_that_takes_the_place_of_another_is_no_change(
    publish: Make, article: Make, tmp_path: Path
) -> None:
    publish(article("snow"), article("rain"))
    publish(article("snow", id="urn:test:rain"), article("rain"))
    assert ids_in(tmp_path)[1:] == ["https://report.example/en/rain", SNOW]
    publish(article("snow", id="https://report.example/en/rain"))
    assert ids_in(tmp_path)[1:] == ["https://report.example/en/rain"]


def test_no_two_articles_have_one_id(publish: Make, article: Make, tmp_path: Path) -> None:
    publish(article(id="urn:test:1", story="s"))
    publish(article(id="urn:test:2", story="s"))
    publish(article("rain", id="urn:test:3", story="s"), article(id="urn:test:2"))
    assert sorted(ids_in(tmp_path)[1:]) == ["urn:test:1", "urn:test:3"]


def test_what_is_withdrawn_is_named_by_nothing(publish: Make, article: Make, tmp_path: Path) -> None:
    """Not by the record either, though it is how a kept id would be known if the article came back."""
    publish(article(id="urn:test:1", story="s"), article("rain"))
    publish(article(id="urn:test:2", story="s"), article("rain"))
    publish(article(id="urn:test:2", story="s", withdrawn=True), article("rain"))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert not re.search(rb"urn:[12]|snow", file.read_bytes()), file


def test_but_by_its_tombstone(publish: Make, article: Make, noon: Any, tmp_path: Path) -> None:
    publish(article(id="urn:test:1", story="s"), tombstones=30)
    publish(article(id="urn:test:2", story="s"), tombstones=30)
    for _ in range(2):
        publish(article(id="urn:test:2", story="s", withdrawn=True, updated=noon), tombstones=30)
        assert 'ref="urn:test:1"' in (tmp_path / "en/all.atom").read_text()


@pytest.mark.slow
def test_archives_of_a_site_that_moved_need_no_more_memory(
    newsroom: Make, site: Make, article: Make, noon: Any, tmp_path: Path
) -> None:
    """Entries of an archive are let go when it is written, also those that are published under a kept id."""
    feeds = [FeedRule(path="all", formats=["rss"], archive="day", limit=1)]
    peaks = []
    for url in ("https://report.example/", "https://news.example/"):
        articles = [
            article(
                url=f"{url}{day}",
                content=f"<p>{day} {'snow ' * 5_000}</p>",
                published=noon - timedelta(days=day),
            )
            for day in range(100)
        ]
        room = newsroom(*articles, site=site(url=url, feeds=feeds, languages=["en"], discovery=False))
        tracemalloc.start()
        room.publish(tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    before, after = peaks
    assert after < 2 * before


def test_extensions_change_nothing_about_ids(
    newsroom: Make, site: Make, article: Make, tmp_path: Path
) -> None:
    extensions = [Extension(name="podcast")]
    for name in ("urn:test:old", "urn:test:new"):
        room = newsroom(article(id=name), site=site(feeds=RULES, languages=["en"]), extensions=extensions)
        report = room.publish(tmp_path)
    assert ids_in(tmp_path)[1:] == ["urn:test:old"]
    assert [finding.code for finding in report.changed] == ["NF121"]


def test_the_list_of_feeds_names_the_same_ids(publish: Make, article: Make, tmp_path: Path) -> None:
    publish(article(), url="https://old.example/")
    publish(article())
    (section,) = json.loads((tmp_path / "feeds.json").read_bytes())["languages"]
    assert [feed["id"] for feed in section["feeds"]] == ids_in(tmp_path)[:1]
    assert publish(article()).written == ()
    publish(article(), accept=True)
    (section,) = json.loads((tmp_path / "feeds.json").read_bytes())["languages"]
    assert [feed["id"] for feed in section["feeds"]] == [FEED]


MOVED = {"url": "https://news.example/", "feeds_url": "https://news.example/feeds/"}


@pytest.mark.parametrize("scheme", ["http://report.example/", "https://old.example/"])
def test_a_site_that_moves_keeps_all_ids(scheme: str, publish: Make, article: Make, tmp_path: Path) -> None:
    publish(article(url=f"{scheme}en/snow"), article("rain", url=f"{scheme}en/rain"), url=scheme)
    before = ids_in(tmp_path)
    for title in ("Snow", "More snow"):
        moved = [
            article(url="https://news.example/en/snow", title=title),
            article("rain", url="https://news.example/en/rain"),
        ]
        report = publish(*moved, url="https://news.example/")
        assert ids_in(tmp_path) == before
    publish(*moved, url="https://news.example/")
    document = (tmp_path / "en/all.atom").read_text()
    assert '<link href="https://news.example/feeds/en/all.atom" rel="self"' in document
    assert '<link href="https://news.example/en/snow" rel="alternate"' in document
    assert report.changed == ()


def test_a_move_is_told_in_one_sentence(publish: Make, article: Make) -> None:
    publish(article(url="http://report.example/en/snow"), url="http://report.example/")
    (told,) = publish(article(), url="https://report.example/").changed
    assert told.code == "NF125"
    assert told.reason == (
        "the site has moved from http://report.example/ to https://report.example/; 1 articles keep their ids"
    )
    assert told.remedy.startswith('write ids_url = "http://report.example/" in newsroom.toml')


@pytest.mark.parametrize(
    ("after", "code", "said"),
    [
        ({"published": 1}, "NF123", f"{SNOW} was published on 2025-12-19T12:00:00Z, but now says 2025-12-19T11:00:00Z"),
        ({"id": SNOW, "url": "https://report.example/b"}, "NF122", f"{SNOW} was published at {SNOW}, and is at https://report.example/b now"),
    ],
    ids=["another date", "another address"],
)  # fmt: skip
def test_what_else_moved_is_told(
    after: dict[str, Any], code: str, said: str, publish: Make, article: Make, noon: Any
) -> None:
    publish(article())
    if "published" in after:
        after = {"published": noon - timedelta(hours=1)}
    (told,) = publish(article(**after)).changed
    assert (told.code, told.reason.split(";")[0]) == (code, said)
    assert publish(article(**after)).changed == ()


class TestMovedSlugs:
    """Addresses of articles change without an id or a story: language, date and title tell which is which."""

    def test_a_whole_site(self, publish: Make, article: Make, tmp_path: Path) -> None:
        names = ("snow", "rain", "hail")
        publish(*[article(name) for name in names])
        before = ids_in(tmp_path)
        moved = [article(name, url=f"https://report.example/{name}/") for name in names]
        report = publish(*moved)
        assert ids_in(tmp_path) == before
        assert sorted(finding.code for finding in report.changed) == ["NF121"] * 3 + ["NF122"] * 3
        told = next(finding for finding in report.changed if finding.code == "NF121")
        assert str(told) == (
            "the newsroom: NF121 id: https://report.example/hail/ has a new id, https://report.example/hail/; "
            "readers know it under another, which stays https://report.example/en/hail. "
            'Write "id": "https://report.example/en/hail"; or --accept the new one, '
            "and every subscriber will see the article as new."
        )
        again = publish(*moved)
        assert (again.changed, again.written) == ((), ())

    def test_accept_lets_the_new_ids_out(self, publish: Make, article: Make, tmp_path: Path) -> None:
        publish(article())
        publish(article(url="https://report.example/snow/"), accept=True)
        assert ids_in(tmp_path)[1:] == ["https://report.example/snow/"]

    def test_again_and_again(self, publish: Make, article: Make, tmp_path: Path) -> None:
        publish(article())
        for number in range(3):
            publish(article(url=f"https://report.example/{number}"))
            assert ids_in(tmp_path)[1:] == [SNOW]

    @pytest.mark.parametrize(
        "other",
        [{"title": "Another"}, {"published": LATER}, {"language": "az"}],
        ids=["title", "date", "language"],
    )
    def test_what_differs_in_one_of_them_is_news(
        self, other: dict[str, Any], publish: Make, article: Make, tmp_path: Path
    ) -> None:
        publish(article(), languages=["en", "az"])
        moved = {"title": "About snow", "url": "https://report.example/moved"} | other
        publish(article(**moved), languages=["en", "az"])
        assert "https://report.example/moved" in ids_in(tmp_path, f"{other.get('language', 'en')}/all")

    def test_a_title_that_two_published_articles_had_tells_nothing(
        self, publish: Make, article: Make, tmp_path: Path
    ) -> None:
        publish(article("a", title="Weather"), article("b", title="Weather"))
        publish(article("c", title="Weather"))
        assert ids_in(tmp_path)[1:] == ["https://report.example/en/c"]

    def test_nor_does_one_that_two_new_articles_have(
        self, publish: Make, article: Make, tmp_path: Path
    ) -> None:
        publish(article("a", title="Weather"))
        publish(article("b", title="Weather"), article("c", title="Weather"))
        assert ids_in(tmp_path)[1:] == ["https://report.example/en/b", "https://report.example/en/c"]

    def test_an_article_that_is_still_there_is_itself(
        self, publish: Make, article: Make, tmp_path: Path
    ) -> None:
        publish(article("a", title="Weather"))
        publish(article("a", title="Weather"), article("b", title="Weather"))
        assert ids_in(tmp_path)[1:] == ["https://report.example/en/a", "https://report.example/en/b"]

    def test_one_that_another_is_by_its_story_is_no_candidate(
        self, publish: Make, article: Make, tmp_path: Path
    ) -> None:
        publish(article("a", title="Weather", story="s"), article("b", title="Weather"))
        publish(article("y", title="Weather"), article("z", title="Storm", story="s"))
        assert ids_in(tmp_path)[1:] == ["https://report.example/en/b", "https://report.example/en/a"]

    def test_a_record_of_a_former_version_knows_no_titles(
        self, publish: Make, article: Make, tmp_path: Path
    ) -> None:
        publish(article())
        record = tmp_path / RECORD_PATH
        record.write_bytes(re.sub(rb',"title_digest":"[0-9a-f]+"|,"sealed":\[\]', b"", record.read_bytes()))
        assert b"title_digest" not in record.read_bytes()
        assert publish(article()).written == ()
        publish(article(id="urn:test:new"))
        assert ids_in(tmp_path)[1:] == [SNOW]
        publish(article(url="https://report.example/moved"))
        assert ids_in(tmp_path)[1:] == [SNOW]


class TestVanished:
    def test_an_article_that_is_gone(self, publish: Make, article: Make) -> None:
        publish(article(), article("rain"))
        (told,) = publish(article("rain")).changed
        assert str(told) == (
            f"{SNOW}: NF124 it was published, but is no longer among the articles. "
            'Restore it; to take an article back, write "withdrawn": true.'
        )

    @pytest.mark.parametrize("values", [{"withdrawn": True}, {"expires": "noon"}], ids=str)
    def test_one_that_ended_as_it_should(
        self, values: dict[str, Any], publish: Make, article: Make, noon: Any
    ) -> None:
        publish(article(), article("rain"))
        ended = {name: noon if value == "noon" else value for name, value in values.items()}
        assert publish(article(**ended), article("rain")).changed == ()

    def test_one_that_no_feed_has_room_for(self, publish: Make, article: Make, noon: Any) -> None:
        short = {"feeds": [FeedRule(path="{language}/all", formats=["rss", "atom", "json"], limit=1)]}
        publish(article(), **short)
        newer = article("rain", published=noon + timedelta(hours=1))
        assert publish(article(), newer, **short).changed == ()


def test_from_an_empty_folder_there_is_nothing_to_compare(publish: Make, article: Make) -> None:
    assert publish(article()).changed == ()
