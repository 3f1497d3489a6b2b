"""Moving from builds of files to a store, and back: no subscriber notices.

The law: whatever happens to a newsroom, a folder that moves to and fro has the same files, and the same record whenever it
belongs to no store, as one into which the same articles are built each time.
"""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.test_the_law import SITE, Model, follow
from tests.store.test_the_law_of_publishing import StoredRows, files

from newsfeed import FeedRule, Newsroom, PublishError, Report, Site, Store, StoreError
from newsfeed.cli.program import program
from newsfeed.publish.record import GONE_PATH, RECORD_PATH, PublishRecord
from newsfeed.publish.stored_seals import StoredSeals
from newsfeed.web import gone_from

FEEDS = [FeedRule(path="{language}/all", limit=2), FeedRule(path="{language}/{topic}", limit=1)]
SITES = (
    msgspec.structs.replace(SITE, feeds=FEEDS, tombstones=30, retired="empty"),
    msgspec.structs.replace(SITE, feeds=FEEDS, retired="remove"),
    msgspec.structs.replace(SITE, feeds=FEEDS, retired="keep", url="https://news.example/"),
)
#: The same with archives.
SITES_WITH_ARCHIVES = tuple(
    msgspec.structs.replace(
        site,
        feeds=[
            FeedRule(path="{language}/all", archive="day", formats=["json"], limit=1),
            FeedRule(path="{language}/{topic}", archive="month", formats=["json"], limit=1),
        ],
    )
    for site in SITES
)
KEYS = "1234"


@st.composite
def puts(draw: st.DrawFn) -> tuple[str, list[tuple[str, Any]]]:
    """Each key is an article that has its own address, or none of its own but one on the site, and may change its id."""
    key = draw(st.sampled_from(KEYS))
    optional = {
        "id": st.sampled_from([f"urn:report:{key}", f"urn:new:{key}"]),
        "story": st.just(f"story-{key}"),
        "expires": st.sampled_from(["2025-12-20 00:00", "2200-01-01 00:00"]),
    }
    fields = {
        "language": st.just("en"),
        "title": st.sampled_from([f"Snow {key}", f"Rain {key}"]),
        "url": st.just(f"/{key}" if key in "12" else f"https://report.example/{key}"),
        "published": st.sampled_from([f"2025-12-1{key} 10:00", f"2025-12-1{key} 10:00", "2025-12-20 00:00"]),
        "topics": st.lists(st.sampled_from(["Ice", "Sea"]), max_size=1),
    }
    return "put", [(key, draw(st.fixed_dictionaries(fields, optional=optional)))]


steps = st.lists(
    st.one_of(
        puts(),
        st.tuples(st.sampled_from(["withdraw", "remove"]), st.sampled_from(KEYS)),
        st.tuples(st.just("wait"), st.sampled_from([1, 20, 24 * 31])),
        st.tuples(st.just("site"), st.sampled_from(range(len(SITES)))),
        st.tuples(st.just("publish"), st.booleans()),
        st.tuples(st.just("publish"), st.booleans()),
    ),
    min_size=6,
    max_size=20,
)


def check(history: list[tuple[str, Any]], sites: Sequence[Site] = SITES) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        moment = datetime(2025, 12, 19, 12, tzinfo=UTC)
        site, model = sites[0], Model()
        store = Store(folder / "news.db", site)
        for number, (what, value) in enumerate([*history, ("publish", True), ("publish", False)]):
            if what == "wait":
                moment += timedelta(hours=value)
            elif what == "site":
                site = sites[value]
                store.close()
                store = Store(folder / "news.db", site)
            elif what == "publish":
                newsroom = Newsroom(site, StoredRows(store, site), as_of=moment)
                newsroom.publish(folder / "built", accept_loss=True)
                if value:
                    store.publish(folder / "moved", as_of=moment, accept_loss=True)
                else:
                    built_without(store, newsroom, folder / "moved")
                    assert record(folder / "moved") == record(folder / "built"), number
                    assert not (folder / "moved" / GONE_PATH).exists()
                assert files(folder / "moved") == files(folder / "built"), number
            else:
                follow(store, model, (what, value))
        store.close()


def built_without(store: Store, newsroom: Newsroom, folder: Path) -> Report:
    """Build without the store, after the record was exported if the folder belongs to it."""
    if folder.exists() and read_record(folder).store:
        store.export_record(folder, as_of=newsroom.as_of, accept_loss=True)
    return newsroom.publish(folder, accept_loss=True)


def read_record(folder: Path) -> PublishRecord:
    return PublishRecord.read((folder / RECORD_PATH).read_bytes())


def record(folder: Path) -> Any:
    """What the record of a folder says, in no order, except when its files were written."""
    found = read_record(folder)
    documents = {(path, known.digest, known.retired) for path, known in found.documents.items()}
    head = {name: value for name, value in found.head.items() if name != "sealed"}
    return head, documents, sorted(found.articles), sorted(seal.locks for seal in found.sealed)


@pytest.mark.slow
@settings(max_examples=40)
@given(steps)
def test_nobody_notices(history: list[tuple[str, Any]]) -> None:
    check(history)


@pytest.mark.slow
@settings(max_examples=30)
@given(steps)
def test_nor_with_archives(history: list[tuple[str, Any]]) -> None:
    check(history, SITES_WITH_ARCHIVES)


SITE_OF_FILES = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[
        FeedRule(path="{language}/all", formats=["json"]),
        FeedRule(path="topic/{topic}", formats=["json"]),
    ],
    retired="remove",
    discovery=False,
)


def snow(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"urn:report:{number}",
        "language": "en",
        "title": f"Snow {number}",
        "url": f"https://report.example/{number}",
        "published": f"2025-12-{number:02} 18:24",
    } | values


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder with a history: a kept id, a withdrawn article, a feed that is gone, and a site that has moved."""
    folder = tmp_path / "public"
    old = msgspec.structs.replace(SITE_OF_FILES, url="https://old.example/")
    Newsroom(old, [snow(1), snow(2), snow(3, topics=["Gone"])]).publish(folder)
    Newsroom(SITE_OF_FILES, [snow(1, id="urn:changed:1"), snow(2, withdrawn=True), snow(3)]).publish(folder)
    return folder


def ids(folder: Path) -> list[str]:
    feed = msgspec.json.decode((folder / "en" / "all.json").read_bytes())
    return sorted(item["id"] for item in feed["items"])


def test_a_folder_that_moves_in_keeps_its_bytes_and_its_memory(public: Path, tmp_path: Path) -> None:
    before = files(public)
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put([snow(1, id="urn:changed:1"), snow(2, withdrawn=True), snow(3)], key="title")
        assert store.publish(public).written == ()
        assert files(public) == before
        assert ids(public) == ["urn:report:1", "urn:report:3"]
        assert gone_from(public)("topic/gone.json")
        # all of it is in the store now
        store.put(snow(2, id="urn:changed:2"), key="title")
        report = store.publish(public)
        assert not report.is_whole
        assert ids(public) == ["urn:report:1", "urn:report:2", "urn:report:3"]
        assert store.publish(public).written == ()


def test_of_what_is_remembered_encrypted_only_what_comes_back_is_read(
    public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put([snow(1), snow(2, withdrawn=True), snow(3)], key="title")
        store.publish(public)
        monkeypatch.delattr(StoredSeals, "all")
        store.put([snow(2, id="urn:changed:2"), snow(4)], key="title")
        store.publish(public)
        assert ids(public) == [f"urn:report:{number}" for number in (1, 2, 3, 4)]


def test_a_folder_that_moves_out_keeps_its_bytes_and_its_memory(public: Path, tmp_path: Path) -> None:
    rows = [snow(1, id="urn:changed:1"), snow(2, withdrawn=True), snow(3)]
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(rows, key="title")
        store.publish(public)
        before = files(public)
        assert store.export_record(public).written == ()
    assert files(public) == before
    assert read_record(public).store == ""
    assert not (public / GONE_PATH).exists()
    assert gone_from(public)("topic/gone.json")
    assert Newsroom(SITE_OF_FILES, rows).publish(public).written == ()
    rows[1] = snow(2, id="urn:changed:2")
    Newsroom(SITE_OF_FILES, rows).publish(public)
    assert ids(public) == ["urn:report:1", "urn:report:2", "urn:report:3"]


def test_a_record_names_nothing_that_is_held_back(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put([snow(1), snow(2)])
        store.publish(tmp_path / "public")
        store.withdraw("urn:report:2")
        store.export_record(tmp_path / "public")
    exported = (tmp_path / "public" / RECORD_PATH).read_text()
    assert "urn:report:1" in exported
    assert "report:2" not in exported
    assert "report.example/2" not in exported


def test_a_store_without_the_target_has_no_record_of_it(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(snow(1))
        with pytest.raises(StoreError) as caught:
            store.export_record(tmp_path / "public")
    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        "public isn't published from this store, so there is no record to export. "
        "Name the folder or the address that it is published to."
    )


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_build_into_the_target_of_a_store_is_refused(dry_run: bool, tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(snow(1))
        store.publish(tmp_path / "public")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(PublishError) as caught:
        Newsroom(SITE_OF_FILES, [snow(1)]).publish(tmp_path / "public", dry_run=dry_run)
    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        "public is published from a store, which knows the ids of its articles. Publish from the store; to go on "
        "without it, first run: newsfeed store DIR --export-record -o public"
    )
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_build_that_died_is_taken_over_as_well(public: Path, tmp_path: Path) -> None:
    """It had published an article under an id, and a feed that no record names."""
    from newsfeed.publish.folder import OpenFolder

    def dies(_folder: OpenFolder, _name: str, _data: bytes) -> None:
        raise KeyboardInterrupt

    rows = [snow(1, id="urn:changed:1"), snow(2, withdrawn=True), snow(3), snow(4, topics=["New"])]
    with pytest.MonkeyPatch.context() as patch:
        real = OpenFolder._replace
        patch.setattr(OpenFolder, "_replace", lambda *a: dies(*a) if a[1] == RECORD_PATH else real(*a))
        with pytest.raises(KeyboardInterrupt):
            Newsroom(SITE_OF_FILES, rows).publish(public)
    assert (public / "topic" / "new.json").exists()
    rows[3] = snow(4, id="urn:changed:4")
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(rows, key="title")
        store.publish(public)
    assert ids(public) == ["urn:report:1", "urn:report:3", "urn:report:4"]
    assert not (public / "topic" / "new.json").exists()


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    toml = '[site]\ntitle = "Report"\nurl = "https://report.example/"\nlanguages = ["en"]\ntimezone = "UTC"\n'
    files_only = toml + 'articles = ["*.jsonl"]\n'
    Path("newsroom.toml").write_text(files_only)
    Path("all.jsonl").write_bytes(msgspec.json.encode(snow(1)))

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(program, list(arguments))

    def refused(*arguments: str) -> bool:
        result = run(*arguments)
        hint = "to go on without it, first run: newsfeed store DIR --export-record -o public"
        return result.exit_code == 1 and hint in " ".join(result.output.split())

    assert run("build", ".").exit_code == 0
    before = files(Path("public"))
    Path("newsroom.toml").write_text(files_only + 'store = "news.db"\n')
    assert run("put", ".", "all.jsonl").exit_code == 0
    assert run("build", ".").stdout.startswith("Wrote 0 files")
    Path("newsroom.toml").write_text(files_only)
    assert refused("build", ".")
    assert refused("build", ".", "--dry-run")
    assert refused("diff", ".")
    Path("newsroom.toml").write_text(files_only + 'store = "news.db"\n')
    assert run("store", ".", "--export-record").stdout == (
        "Wrote the record of what was published to public, and 0 files that had changed.\n"
        "To build without the store, take `store` out of newsroom.toml, and name files in `articles`.\n"
    )
    Path("newsroom.toml").write_text(files_only)
    assert run("build", ".").stdout.startswith("Wrote 0 files")
    assert files(Path("public")) == before


UNRECORDED = (
    "NF127",
    (
        "newsfeed wrote this, but it isn't planned and no record names it, so it was left alone; "
        "it may show withdrawn articles"
    ),
)


class TestAnotherPlace:
    """A target that isn't as the store left it is compared as a whole, and a finding says why."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with Store(tmp_path / "news.db", SITE_OF_FILES) as opened:
            opened.put([snow(1, topics=["Old"]), snow(2)])
            opened.publish(tmp_path / "public")
            opened.put(snow(1))
            yield opened

    @staticmethod
    def check(store: Store, public: Path, tmp_path: Path, reason: str) -> None:
        """The next publish repairs all, says why once, and those after it look only at what changed again."""
        report = store.publish(public)
        found = [each for each in report.changed if each.code == "NF129"]
        assert [each.reason.replace(f"{tmp_path}/", "") for each in found] == [
            f"{reason}, so everything was compared"
        ]
        assert report.is_whole
        assert sorted(files(public)) == ["en/all.json"]
        assert gone_from(public)("topic/old.json")
        again = store.publish(public)
        assert not again.is_whole
        assert again.changed == ()

    def test_copied(self, store: Store, tmp_path: Path) -> None:
        shutil.copytree(tmp_path / "public", tmp_path / "copy")
        reason = "this was copied or moved from public"
        self.check(store, tmp_path / "copy", tmp_path, reason)
        store.publish(tmp_path / "public")
        assert store.publish(tmp_path / "public").changed == ()
        assert files(tmp_path / "copy") == files(tmp_path / "public")

    def test_moved(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "public").rename(tmp_path / "moved")
        self.check(store, tmp_path / "moved", tmp_path, "this was copied or moved from public")
        places = store._rows.connection.execute("SELECT place FROM target").fetchall()
        assert places == [(str(tmp_path / "moved"),)]

    def test_the_marker_was_deleted(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "public" / RECORD_PATH).unlink()
        self.check(store, tmp_path / "public", tmp_path, "the record is missing")

    def test_the_marker_was_damaged(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "public" / RECORD_PATH).write_text("{")
        self.check(store, tmp_path / "public", tmp_path, "the record can't be read")

    def test_a_backup_was_restored(self, store: Store, tmp_path: Path) -> None:
        shutil.copytree(tmp_path / "public", tmp_path / "backup")
        store.publish(tmp_path / "public")
        shutil.rmtree(tmp_path / "public")
        (tmp_path / "backup").rename(tmp_path / "public")
        report = store.publish(tmp_path / "public")
        reason = "this isn't as the last publish from this store left it, so everything was compared"
        assert [(each.code, each.reason) for each in report.changed] == [("NF129", reason), UNRECORDED]

    @pytest.mark.usefixtures("store")
    def test_of_another_store(self, tmp_path: Path) -> None:
        """What the other published that isn't planned is left alone, and reported."""
        with Store(tmp_path / "other.db", SITE_OF_FILES) as other:
            other.put([snow(1), snow(2)])
            report = other.publish(tmp_path / "public")
            assert [(each.code, each.reason) for each in report.changed] == [
                ("NF129", "another store published here, so everything was compared"),
                UNRECORDED,
            ]
            assert sorted(files(tmp_path / "public")) == ["en/all.json", "topic/old.json"]

    @pytest.mark.parametrize("harm", ["deleted", "edited"])
    def test_a_file_that_was_harmed_is_repaired_by_verify(
        self, harm: str, store: Store, tmp_path: Path
    ) -> None:
        store.publish(tmp_path / "public")
        file = tmp_path / "public" / "en" / "all.json"
        whole = file.read_bytes()
        file.unlink() if harm == "deleted" else file.write_bytes(b"harmed")
        assert store.publish(tmp_path / "public").written == ()
        assert store.publish(tmp_path / "public", verify=True).written == ("en/all.json",)
        assert file.read_bytes() == whole

    def test_the_list_of_what_is_gone_was_deleted(self, store: Store, tmp_path: Path) -> None:
        store.publish(tmp_path / "public")
        (tmp_path / "public" / GONE_PATH).unlink()
        store.publish(tmp_path / "public", verify=True)
        assert gone_from(tmp_path / "public")("topic/old.json")
