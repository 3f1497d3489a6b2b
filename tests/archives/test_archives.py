"""Archives (RFC 5005 §4): which document holds which articles, and how the documents link to each other."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree
from tests.archives.walking import BASE, Page, documents, page_of, walked

from newsfeed import FeedNotFound, FeedRule, Newsroom
from newsfeed.check import check_document

Make = Callable[..., Any]

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("rss", "atom", "json")

#: Articles by the day of their publication, at noon.
DAYS = ("2025-09-30", "2025-10-01", "2025-10-20", "2025-12-01", "2025-12-10", "2025-12-18")


@pytest.fixture
def room(newsroom: Make, article: Make, site: Make) -> Make:
    """A newsroom as of 20 December 2025 whose articles are named for their days."""

    def make(
        days: tuple[str, ...] = DAYS, as_of: str = "2025-12-20", also: tuple[Any, ...] = (), **rule: Any
    ) -> Newsroom:
        articles = [article(day, published=noon(day)) for day in days]
        values: dict[str, Any] = {"path": "all", "archive": "month", "limit": 2} | rule
        own = site(languages=["en"], feeds=[FeedRule(**values)])
        made: Newsroom = newsroom(*articles, *also, site=own, as_of=noon(as_of))
        return made

    return make


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def contents(newsroom: Newsroom) -> dict[str, list[str]]:
    """The days of the articles in each document."""
    return {
        path: [each.article.title.removeprefix("About ") for each in planned.carried]
        for path, planned in newsroom.plan.with_parts.items()
    }


class TestWhichDocumentHoldsWhat:
    def test_archives_are_of_periods_that_are_over(self, room: Make) -> None:
        assert contents(room()) == {
            "all": ["2025-12-18", "2025-12-10", "2025-12-01"],
            "all/archive/2025-10": ["2025-10-20", "2025-10-01"],
            "all/archive/2025-09": ["2025-09-30"],
        }

    def test_a_new_period_begins_with_the_newest_of_the_last(self, room: Make) -> None:
        assert contents(room(as_of="2026-01-01")) == {
            "all": ["2025-12-18", "2025-12-10"],
            "all/archive/2025-12": ["2025-12-18", "2025-12-10", "2025-12-01"],
            "all/archive/2025-10": ["2025-10-20", "2025-10-01"],
            "all/archive/2025-09": ["2025-09-30"],
        }

    @pytest.mark.parametrize(
        ("archive", "names"),
        [
            ("day", ["2025-12-18", "2025-12-10", "2025-12-01", "2025-10-20", "2025-10-01", "2025-09-30"]),
            ("month", ["2025-10", "2025-09"]),
            ("year", []),
        ],
    )
    def test_periods(self, archive: str, names: list[str], room: Make) -> None:
        paths = list(contents(room(archive=archive)))
        assert paths == [*[f"all/archive/{name}" for name in names], "all"]

    def test_periods_are_those_of_the_sites_time_zone(self, room: Make, article: Make) -> None:
        """22:00 in Greenwich is the next day in Baku."""
        late = article("late", published=datetime(2025, 11, 30, 22, 0, tzinfo=UTC))
        assert "late" in contents(room(also=(late,)))["all"]

    def test_the_feed_has_what_was_updated_since_as_well(self, room: Make, article: Make) -> None:
        """A client that has fetched an archive doesn't fetch it again; so much of it is there as the limit allows."""
        times = {
            "a": ("2024-01-01", "2025-12-01"),
            "b": ("2023-01-01", "2025-12-02"),
            "c": ("2022-01-01", "2025-12-03"),
            "d": ("2025-01-01", "2025-11-30"),
            "e": ("2021-01-01", "2026-12-01"),
        }
        also = [
            article(name, published=noon(published), updated=noon(updated))
            for name, (published, updated) in times.items()
        ]
        found = contents(room(("2025-12-19",), also=also))
        assert found["all"] == ["2025-12-19", "d", "b", "c"]
        assert found["all/archive/2023-01"] == ["b"]

    def test_each_feed_of_a_rule_has_its_own(self, room: Make, article: Make) -> None:
        old = article("old", published=noon("2024-01-01"), categories=["media"])
        parts = room((), also=(old,), path="{category}")
        assert list(contents(parts)) == ["media/archive/2024-01", "politics", "media"]

    def test_a_withdrawn_article_leaves_its_archive_where_it_is(self, room: Make, article: Make) -> None:
        gone = article("gone", published=noon("2025-10-05"), withdrawn=True)
        before, after = room(), room(tuple(day for day in DAYS if "-10-" not in day), also=(gone,))
        assert contents(after)["all/archive/2025-10"] == []
        archive = "all/archive/2025-09"
        assert after.feed(archive).atom() == before.feed(archive).atom()

    def test_nothing_that_is_embargoed(self, room: Make, article: Make) -> None:
        held_back = article("secret", published=noon("2025-12-21"))
        assert "secret" not in str(contents(room(also=(held_back,))))

    def test_without_articles(self, room: Make) -> None:
        assert contents(room(())) == {"all": []}


class TestLinks:
    @pytest.fixture(params=FORMATS)
    def pages(self, request: pytest.FixtureRequest, room: Make) -> dict[str, Page]:
        """What a client sees, by the path."""
        suffix = f".{request.param}"
        return {
            address.removeprefix(BASE).removesuffix(suffix): page_of(document)
            for address, document in documents(room()).items()
            if address.endswith(suffix)
        }

    def test_both_ways(self, pages: dict[str, Page]) -> None:
        paths = {BASE + path: path for path in pages}
        found = {
            path: {
                rel: paths[url.rpartition(".")[0]]
                for rel, url in page.links.items()
                if rel in {"prev-archive", "next-archive", "current"}
            }
            for path, page in pages.items()
        }
        assert found == {
            "all": {"prev-archive": "all/archive/2025-10"},
            "all/archive/2025-10": {"current": "all", "prev-archive": "all/archive/2025-09"},
            "all/archive/2025-09": {"current": "all", "next-archive": "all/archive/2025-10"},
        }

    def test_marks(self, pages: dict[str, Page]) -> None:
        assert [page.marks for page in pages.values()] == [{"archive"}, {"archive"}, set()]

    def test_next_url_of_json_leads_back_as_well(self, room: Make) -> None:
        published = documents(room())
        (_, first), (second, _), *_ = walked(published.__getitem__, f"{BASE}all.json")
        assert first.links["next"] == first.links["prev-archive"] == second

    def test_ids_are_distinct(self, room: Make) -> None:
        made = room()
        ids = [made.feed(path).id for path in contents(made)]
        assert ids == [BASE + path for path in contents(made)]

    def test_titles_tell_the_period(self, room: Make) -> None:
        assert room().feed("all/archive/2025-10").title == "Report – 2025-10"

    def test_archives_name_no_hub(self, newsroom: Make, article: Make, site: Make) -> None:
        own = site(hub="https://hub.example/", feeds=[FeedRule(path="all", archive="month")])
        made = newsroom(article("old", published=noon("2025-01-01")), site=own)
        hubs = [path for path in contents(made) for link in made.feed(path).links("rss") if link.rel == "hub"]
        assert hubs == ["all"]

    def test_listings_and_the_list_of_feeds_name_no_archives(self, room: Make) -> None:
        made = room(formats=["rss", "html"])
        assert "/archive/" not in made.feed("all").html()
        assert list(made.plan.feeds) == ["all"]

    def test_archives_are_for_feed_readers(self, room: Make) -> None:
        made = room(formats=["rss", "html", "text"])
        formats = {path: planned.formats for path, planned in made.plan.with_parts.items()}
        assert formats == {
            "all/archive/2025-10": ("rss",),
            "all/archive/2025-09": ("rss",),
            "all": ("rss", "html", "text"),
        }


@pytest.mark.parametrize("form", FORMATS)
def test_every_document_is_clean(form: str, room: Make) -> None:
    """But for the note that an archive alone is the first one."""
    for also in (
        {},
        {"days": ("2025-10-01",)},
        {"archive": None, "paged": True},
        {"archive": None, "complete": True, "limit": 50},
    ):
        made = room(formats=[form], **also)
        for address, document in documents(made).items():
            findings = check_document(document, name=address, address=address, as_of=made.as_of)
            assert {finding.code for finding in findings} <= {"NF353"}, (address, findings)


@pytest.mark.parametrize("form", FORMATS)
def test_every_article_is_found_once(form: str, room: Make) -> None:
    published = documents(room())
    found: dict[str, str] = {}
    for _, page in walked(published.__getitem__, f"{BASE}all.{form}"):
        found |= page.entries
    assert sorted(title.removeprefix("About ") for title in found.values()) == sorted(DAYS)


def test_the_marks_are_declared_where_they_stand(room: Make) -> None:
    """All heads declare the same namespaces, so that entries can be moved between feeds."""
    made = room()
    for form in ("rss", "atom"):
        roots = [etree.fromstring(made.feed(path).render(form)) for path in contents(made)]
        assert len({tuple(sorted(root.nsmap.items(), key=str)) for root in roots}) == 1


def test_feedgen_is_told_the_same(room: Make) -> None:
    archive = room().feed("all/archive/2025-09")
    assert archive.to_feedgen().rss_str() == archive.rss()
    assert archive.to_feedgen().atom_str() == archive.atom()


def test_a_path_that_another_feed_has(newsroom: Make, article: Make, site: Make) -> None:
    rules = [FeedRule(path="all", archive="month"), FeedRule(path="all/archive/{year}-{month}")]
    made = newsroom(article(published=noon("2025-01-01")), site=site(feeds=rules))
    assert made.plan.with_parts["all/archive/2025-01"].part_of == "all"
    assert [path.startswith("all/archive/2025-01-") for path in made.plan.feeds] == [False, True]


def test_an_archive_that_is_not_there(room: Make) -> None:
    with pytest.raises(FeedNotFound):
        room().feed("all/archive/2025-11")


class TestPublished:
    def test_files(self, room: Make, tmp_path: Path) -> None:
        report = room(formats=["rss"]).publish(tmp_path)
        assert [path for path in report.written if path.endswith(".rss")] == [
            "all/archive/2025-10.rss",
            "all/archive/2025-09.rss",
            "all.rss",
        ]

    def test_archives_of_a_period_are_written_together_and_then_let_go(
        self, room: Make, article: Make, tmp_path: Path
    ) -> None:
        """So that their entries are made once, and memory holds those of one period."""
        also = [
            article(day, published=noon(day), categories=["media"]) for day in ("2025-11-02", "2025-10-03")
        ]
        made = room((), also=also, path="by/{category}", formats=["rss"], limit=1)
        everything = FeedRule(path="all", formats=["rss"], archive="month", limit=1)
        both = msgspec.structs.replace(made.site, feeds=[*made.site.feeds, everything])
        made = Newsroom(both, also, as_of=noon("2025-12-20"))
        report = made.publish(tmp_path)
        assert [path for path in report.written if path.endswith(".rss")] == [
            "by/media/archive/2025-11.rss",
            "all/archive/2025-11.rss",
            "by/media/archive/2025-10.rss",
            "all/archive/2025-10.rss",
            "by/politics.rss",
            "by/media.rss",
            "all.rss",
        ]
        archives = [planned for planned in made.plan.with_parts.values() if planned.period]
        kept = made.renderer._entries
        assert [sum(each.rank[1] in kept for each in planned.carried) for planned in archives] == [1, 1, 0, 0]

    def test_an_archive_is_left_alone(self, room: Make, article: Make, tmp_path: Path) -> None:
        room().publish(tmp_path)
        new = article("new", published=noon("2025-12-19"))
        report = room(also=(new,)).publish(tmp_path)
        assert [path for path in report.written if "archive" in path] == []
        assert {"all.rss", "all.atom", "all.json"} <= {*report.written}

    def test_only_the_archive_of_a_corrected_article_is_written(
        self, room: Make, article: Make, tmp_path: Path
    ) -> None:
        def with_title(title: str) -> Newsroom:
            made: Newsroom = room(also=(article("x", published=noon("2025-09-01"), title=title),))
            return made

        with_title("A typoo").publish(tmp_path)
        report = with_title("A typo").publish(tmp_path)
        assert {path.rpartition(".")[0] for path in report.written if "/" in path} == {"all/archive/2025-09"}


@pytest.mark.parametrize(
    ("path", "form"), [("all", "rss"), ("all/archive/2025-10", "rss"), ("all/archive/2025-10", "atom"), ("all/archive/2025-10", "json")]
)  # fmt: skip
def test_golden(path: str, form: str, room: Make, pytestconfig: pytest.Config) -> None:
    document = room().feed(path).render(form)
    file = GOLDEN / f"{path.replace('/', '-')}.{form}"
    if pytestconfig.getoption("--update-golden"):
        file.write_bytes(document)
    assert document.decode() == file.read_bytes().decode()


def test_a_correction_at_the_end_of_a_period_is_in_the_feed_of_the_next(
    newsroom: Make, article: Make, site: Make
) -> None:
    own = site(timezone="UTC", feeds=[FeedRule(path="all", archive="month", limit=1)])
    october, november = datetime(2025, 10, 5, tzinfo=UTC), datetime(2025, 11, 5, tzinfo=UTC)
    corrected = article("old", published=october, updated=datetime(2025, 11, 30, 23, 30, tzinfo=UTC))
    room = newsroom(
        corrected, article("new", published=november), site=own, as_of=datetime(2025, 12, 1, 1, tzinfo=UTC)
    )
    assert [entry.title for entry in room.feed("all").entries] == ["About new", "About old"]
    later = newsroom(
        corrected, article("new", published=november), site=own, as_of=datetime(2026, 1, 1, 1, tzinfo=UTC)
    )
    assert [entry.title for entry in later.feed("all").entries] == ["About new"]
