"""An article that was withdrawn, embargoed anew or expired comes back under the id that readers know."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import make_article, make_newsroom, make_site

from newsfeed import FeedRule
from newsfeed.publish.record import RECORD_PATH, PublishRecord, SealedArticle
from newsfeed.publish.report import Report
from newsfeed.publish.seals import MAX_SEALS, merge_seals
from newsfeed.publish.unfinished import UNFINISHED_PATH

Make = Callable[..., Any]

#: What may change about an article, or the whole site, from one build to the next.
EDITED = {"id": "urn:test:edited"}
EDITED_AGAIN = {"id": "urn:test:edited-again"}
SLUG = {"slug": "white"}
HTTPS = {"site": "https://report.example/"}
DOMAIN = {"site": "https://news.example/"}
IDS_URL = {"ids_url": "https://ids.example/"}
RETITLED = {"title": "White"}

ABSENCES: dict[str, dict[str, Any]] = {
    "withdrawn": {"withdrawn": True},
    "embargoed": {"published": datetime.fromisoformat("2026-02-01T12:00:00Z")},
    "expired": {"expires": datetime.fromisoformat("2025-12-19T13:00:00Z")},
}


class Desk:
    """Publishes an article, as it is changed from build to build, beside another that stays."""

    def __init__(self, make: tuple[Make, Make, Make], folder: Path) -> None:
        self._newsroom, self._site, self._article = make
        self.folder = folder
        self._state: dict[str, Any] = {}

    def publish(
        self, *changes: dict[str, Any], absence: str | None = None, tombstones: int = 0, **options: bool
    ) -> Report:
        """Publish after some changes, which stay."""
        for change in changes:
            self._state |= change
        state = self._state
        url = state.get("site", "http://report.example/")
        site = self._site(
            url=url,
            ids_url=state.get("ids_url", ""),
            languages=["en"],
            feeds=[FeedRule(path="all")],
            discovery=False,
            tombstones=tombstones,
        )
        snow = {name: state[name] for name in ("id", "title", "story") if name in state}
        snow |= {"url": f"{url}en/{state.get('slug', 'snow')}"} | ABSENCES.get(absence or "", {})
        articles = [self._article("rain", url=f"{url}en/rain", title="Rain")]
        if absence != "deleted":
            articles.append(self._article(**snow))
        report: Report = self._newsroom(*articles, site=site).publish(self.folder, **options)
        return report

    def id(self) -> str | None:
        """The id under which the article is published."""
        atom = (self.folder / "all.atom").read_text()
        entries = re.findall(r"<entry.*?</entry>", atom, re.DOTALL)
        ids = [re.findall("<id>(.*?)</id>", entry)[0] for entry in entries if "Rain" not in entry]
        return ids[0] if ids else None

    def names(self) -> list[str]:
        """What all files together name of the article."""
        files = [file.read_text() for file in self.folder.rglob("*") if file.is_file()]
        return re.findall("urn:|snow|white", " ".join(files), re.IGNORECASE)


@pytest.fixture
def desk(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> Desk:
    return Desk((newsroom, site, article), tmp_path)


FIRST = "http://report.example/en/snow"


@pytest.mark.slow
@pytest.mark.parametrize("absence", ABSENCES)
@pytest.mark.parametrize(
    ("before", "during", "after"),
    [
        pytest.param([], [], [], id="nothing changes"),
        pytest.param([EDITED], [], [], id="an editor had changed its id"),
        pytest.param([HTTPS], [], [], id="the site had moved"),
        pytest.param([HTTPS, EDITED], [], [], id="both"),
        pytest.param([], [], [EDITED], id="with another id"),
        pytest.param([], [], [{"id": "urn:test:edited"} | RETITLED], id="with another id and title"),
        pytest.param([], [], [SLUG], id="with another address"),
        pytest.param(
            [{"story": "s"}], [], [SLUG | RETITLED], id="with another address and title of its story"
        ),
        pytest.param([], [HTTPS], [], id="the site moves meanwhile"),
        pytest.param([], [], [DOMAIN], id="it is back when the site moves"),
        pytest.param([HTTPS], [DOMAIN], [], id="the site moves twice"),
        pytest.param([HTTPS], [DOMAIN, HTTPS], [], id="there and back"),
        pytest.param([], [EDITED], [], id="an editor changes its id meanwhile"),
        pytest.param([EDITED], [EDITED_AGAIN, HTTPS], [DOMAIN], id="everything"),
        pytest.param([IDS_URL], [], [], id="another ids_url"),
        pytest.param([], [IDS_URL], [], id="another ids_url meanwhile"),
        pytest.param(
            [], [DOMAIN | {"ids_url": "http://report.example/"}], [], id="ids_url as the report says"
        ),
        pytest.param([], [DOMAIN | SLUG], [], id="the site moves, and its addresses change"),
    ],
)
def test_it_keeps_the_id_that_readers_know(
    before: list[dict[str, Any]],
    during: list[dict[str, Any]],
    after: list[dict[str, Any]],
    absence: str,
    desk: Desk,
) -> None:
    desk.publish()
    for change in before:
        desk.publish(change)
        assert desk.id() == FIRST
    for change in [{}, *during, {}]:
        desk.publish(change, absence=absence)
        assert desk.id() is None
    for change in [{}, *after, {}] if not after else [*after, {}]:
        desk.publish(change)
        assert desk.id() == FIRST
    assert desk.publish().written == ()


def test_also_when_it_was_deleted_meanwhile(desk: Desk) -> None:
    """Withdrawn first, so that nobody misses it, and cleared away later."""
    desk.publish(EDITED)
    desk.publish(absence="withdrawn")
    for change in ({}, HTTPS):
        assert [finding.code for finding in desk.publish(change, absence="deleted").changed] in (
            [],
            ["NF125"],
        )
        assert desk.names() == []
    desk.publish(EDITED_AGAIN)
    assert desk.id() == "urn:test:edited"


#: What stays the same about an article, so that it is matched, and what may change with it.
ANCHORS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "id": ({"id": "urn:test:fixed"}, ["slug", "title", "site", "ids_url"]),
    "story": ({"story": "snow-story"}, ["id", "slug", "title", "site", "ids_url"]),
    "address": ({}, ["id", "title", "site", "ids_url"]),
    "title": ({}, ["id", "slug", "site", "ids_url"]),
}
VALUES: dict[str, list[Any]] = {
    "id": [None, "urn:test:1", "urn:test:2"],
    "slug": ["snow", "white"],
    "title": ["Snow", "White"],
    "site": ["http://report.example/", "https://report.example/", "https://news.example/"],
    "ids_url": ["", "https://ids.example/"],
}


@pytest.mark.slow
@settings(max_examples=25)
@given(st.data(), st.sampled_from(sorted(ANCHORS)))
def test_whatever_happens_it_has_one_id(data: st.DataObject, anchor: str) -> None:
    """However often it goes and comes, and wherever builds die."""
    stays, changes = ANCHORS[anchor]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        desk = Desk((make_newsroom, make_site, make_article), Path(folder))
        desk.publish(stays)
        first = desk.id()
        for _ in range(data.draw(st.integers(1, 6))):
            names = data.draw(st.lists(st.sampled_from(changes), max_size=2, unique=True))
            change = {name: data.draw(st.sampled_from(VALUES[name]), label=name) for name in names}
            absence = data.draw(st.sampled_from([None, None, *ABSENCES, "deleted"]), label="absence")
            if data.draw(st.booleans(), label="dies"):
                with patch.context() as killed:
                    killed.setattr(PublishRecord, "encoded", _killed)
                    with suppress(KeyboardInterrupt):
                        desk.publish(change, absence=absence, accept_loss=True)
            desk.publish(change, absence=absence, accept_loss=True)
            assert desk.id() == (None if absence else first)
            # its title alone doesn't show that it is held back
            if absence in ABSENCES and anchor != "title":
                assert desk.names() == []
        record = (desk.folder / RECORD_PATH).read_bytes()
        assert desk.publish(absence=absence).written == ()
        assert (desk.folder / RECORD_PATH).read_bytes() == record


@pytest.mark.parametrize("absence", ABSENCES)
def test_meanwhile_nothing_names_it(absence: str, desk: Desk) -> None:
    desk.publish({"story": "snow-story"})
    desk.publish(EDITED)
    for change in ({}, HTTPS, EDITED_AGAIN):
        desk.publish(change, absence=absence)
        assert desk.names() == []


def test_the_person_is_told_when_it_comes_back(desk: Desk) -> None:
    desk.publish()
    desk.publish(absence="withdrawn")
    (told,) = desk.publish(EDITED).changed
    assert str(told) == (
        f"the newsroom: NF121 id: {FIRST} has a new id, urn:test:edited; readers know it under another, which stays {FIRST}. "
        f'Write "id": "{FIRST}"; or --accept the new one, and every subscriber will see the article as new.'
    )
    assert desk.publish().changed == ()


def test_accept_lets_it_out_under_its_new_id_for_ever(desk: Desk) -> None:
    desk.publish()
    desk.publish(absence="withdrawn")
    desk.publish(EDITED, accept=True)
    assert desk.id() == "urn:test:edited"
    desk.publish(absence="withdrawn")
    desk.publish(EDITED_AGAIN)
    assert desk.id() == "urn:test:edited"


def test_accept_decides_nothing_about_one_that_is_away(desk: Desk) -> None:
    desk.publish()
    desk.publish(EDITED)
    desk.publish(absence="withdrawn")
    desk.publish(absence="withdrawn", accept=True)
    desk.publish()
    assert desk.id() == FIRST


def test_one_whose_id_changes_as_it_is_withdrawn_is_neither_named_nor_missed(desk: Desk) -> None:
    desk.publish()
    assert desk.publish(EDITED, absence="withdrawn").changed == ()
    assert desk.names() == []
    desk.publish()
    assert desk.id() == FIRST


def test_after_its_tombstone_has_fallen(desk: Desk) -> None:
    desk.publish()
    desk.publish(EDITED)
    desk.publish(absence="withdrawn", tombstones=30)
    desk.publish(absence="withdrawn")
    assert desk.names() == []
    desk.publish(absence="withdrawn", tombstones=30)
    assert f'ref="{FIRST}"' in (desk.folder / "all.atom").read_text()
    desk.publish(absence="withdrawn")
    desk.publish()
    assert desk.id() == FIRST


def test_another_at_its_address_is_another(newsroom: Make, site: Make, article: Make, tmp_path: Path) -> None:
    own = site(languages=["en"], feeds=[FeedRule(path="all")], discovery=False)
    gone = article(id="urn:test:gone", withdrawn=True)
    for articles in (
        [article(id="urn:test:gone")],
        [gone],
        [gone, article(id="urn:test:other", title="Other")],
    ):
        newsroom(*articles, site=own).publish(tmp_path)
    assert "<id>urn:test:other</id>" in (tmp_path / "all.atom").read_text()


def test_after_a_build_that_died(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before and after the record: whatever it says, the id stays."""
    desk.publish()
    desk.publish(EDITED)
    for absence in ("withdrawn", None, "withdrawn", None):
        with monkeypatch.context() as patch:
            patch.setattr(PublishRecord, "encoded", _killed)
            with pytest.raises(KeyboardInterrupt):
                desk.publish(absence=absence)
        assert desk.id() == (None if absence else FIRST)
        desk.publish(absence=absence)
        assert desk.id() == (None if absence else FIRST)
    assert not (desk.folder / UNFINISHED_PATH).exists()


def test_a_death_between_two_builds_that_differ(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish()
    desk.publish(EDITED)
    desk.publish(absence="withdrawn")
    with monkeypatch.context() as patch:
        patch.setattr(PublishRecord, "encoded", _killed)
        with pytest.raises(KeyboardInterrupt):
            desk.publish()
    desk.publish(absence="withdrawn")
    assert desk.names() == []
    desk.publish(EDITED_AGAIN)
    assert desk.id() == FIRST


def _killed(_record: PublishRecord) -> bytes:
    raise KeyboardInterrupt


def test_one_article_has_one_seal(desk: Desk) -> None:
    desk.publish()
    for _ in range(3):
        desk.publish(absence="withdrawn")
        assert len(PublishRecord.read((desk.folder / RECORD_PATH).read_bytes()).sealed) == 1
        desk.publish()
        assert PublishRecord.read((desk.folder / RECORD_PATH).read_bytes()).sealed == ()


def test_so_many_are_remembered_the_latest() -> None:
    seals = [SealedArticle(((f"{number:016x}", ""),), "") for number in range(MAX_SEALS + 2)]
    assert merge_seals(seals[:-1], seals[-1:]) == tuple(seals[2:])


@pytest.mark.parametrize("part", ["line", "key", "a longer key"])
def test_a_record_that_was_tampered_with_opens_nothing(part: str, desk: Desk) -> None:
    desk.publish()
    desk.publish(absence="withdrawn")
    record = desk.folder / RECORD_PATH
    data = record.read_bytes()
    (seal,) = PublishRecord.read(data).sealed
    if part == "line":
        data = data.replace(seal.line.encode(), b"AAAA")
    for _, key in seal.locks if part != "line" else ():
        data = data.replace(key.encode(), b"ab" * (16 if part == "key" else 40))
    record.write_bytes(data)
    desk.publish(EDITED)
    assert desk.id() == "urn:test:edited"


def test_one_that_many_newer_ones_have_pushed_out_keeps_its_second_id(
    newsroom: Make,
    site: Make,
    article: Make,
    noon: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many have come since: it is remembered while it is there, and sealed while it is held back."""
    monkeypatch.setattr("newsfeed.publish.published_articles._REMEMBERED", 1)
    own = site(languages=["en"], feeds=[FeedRule(path="all", limit=1)], discovery=False)
    newer = [article(f"n{hour}", published=noon + timedelta(hours=hour)) for hour in range(1, 6)]
    snow = {"id": "urn:test:edited"}
    newsroom(article(), site=own).publish(tmp_path)
    newsroom(article(**snow), site=own).publish(tmp_path)
    for count in range(1, 6):
        newsroom(article(**snow), *newer[:count], site=own).publish(tmp_path)
    newsroom(article(withdrawn=True, **snow), *newer, site=own).publish(tmp_path)
    assert b"snow" not in (tmp_path / RECORD_PATH).read_bytes()
    gone = [article(f"n{hour}", withdrawn=True) for hour in range(1, 6)]
    newsroom(article(**snow), *gone, site=own).publish(tmp_path)
    assert "<id>https://report.example/en/snow</id>" in (tmp_path / "all.atom").read_text()


def test_so_do_many_that_were_lost_after_the_site_moved(
    newsroom: Make, site: Make, article: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsfeed.publish.published_articles._REMEMBERED", 1)
    feeds = [FeedRule(path="all", formats=["atom"])]

    def publish(address: str, count: int) -> set[str]:
        own = site(languages=["en"], url=address, feeds=feeds)
        rows = [article(f"snow{number}", url=f"{address}{number}") for number in range(count)]
        newsroom(*rows, site=own).publish(tmp_path, accept_loss=True)
        return set(re.findall("<id>(.+)</id>", (tmp_path / "all.atom").read_text()))

    first = publish("https://report.example/", 20)
    publish("https://news.example/", 20)
    publish("https://news.example/", 1)
    publish("https://news.example/", 1)
    assert publish("https://news.example/", 20) == first


@pytest.mark.parametrize("own_id", [None, "urn:test:edited"])
def test_one_that_is_withdrawn_when_no_feed_carried_it_is_sealed_though_no_document_changes(
    own_id: str | None, newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path
) -> None:
    own = site(languages=["en"], feeds=[FeedRule(path="all", limit=1)], discovery=False)
    newer = article("rain", published=noon + timedelta(minutes=1))
    newsroom(article(), site=own).publish(tmp_path)
    newsroom(article(id=own_id), site=own).publish(tmp_path)
    newsroom(article(id=own_id), newer, site=own).publish(tmp_path)
    assert b"snow" in (tmp_path / RECORD_PATH).read_bytes()
    report = newsroom(article(id=own_id, withdrawn=True), newer, site=own).publish(tmp_path)
    record = (tmp_path / RECORD_PATH).read_bytes()
    assert (report.written, b"snow" in record, b"urn:test" in record) == ((), False, False)
    newsroom(article(id=own_id, withdrawn=True), newer, site=own).publish(tmp_path)
    assert (tmp_path / RECORD_PATH).read_bytes() == record
    newsroom(article(id="urn:test:newer"), site=own).publish(tmp_path, accept_loss=True)
    assert "<id>https://report.example/en/snow</id>" in (tmp_path / "all.atom").read_text()
