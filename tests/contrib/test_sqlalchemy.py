"""newsfeed.contrib.sqlalchemy: rows are put after the transaction of the session that changes them, and published."""

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.contrib.conftest import SITE

pytest.importorskip("sqlalchemy", reason="SQLAlchemy comes with the extra `sqlalchemy`")

from sqlalchemy import (
    Column,
    ForeignKey,
    NullPool,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
)

import newsfeed
from newsfeed.contrib.sqlalchemy import ModelFeeds

PUBLISHED = datetime(2025, 12, 19, 18, 24, tzinfo=UTC)


class Base(DeclarativeBase):
    pass


story_tag = Table(
    "story_tag",
    Base.metadata,
    Column("story_id", ForeignKey("story.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    stories: Mapped[list["Story"]] = relationship(secondary=story_tag, viewonly=False, overlaps="tags")


class Issue(Base):
    __tablename__ = "issue"
    id: Mapped[int] = mapped_column(primary_key=True)
    stories: Mapped[list["Story"]] = relationship(cascade="all, delete-orphan")


class Story(Base):
    __tablename__ = "story"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="story")
    headline: Mapped[str]
    is_public: Mapped[bool] = mapped_column(default=True)
    published: Mapped[str] = mapped_column(default=PUBLISHED.isoformat())
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"))
    author: Mapped[Author | None] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=story_tag, overlaps="stories")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "story"}  # noqa: RUF012 - SQLAlchemy's way


class Interview(Story):
    __mapper_args__ = {"polymorphic_identity": "interview"}  # noqa: RUF012 - as above


class Note(Base):
    """Its rows are articles as they are."""

    __tablename__ = "note"
    uid: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    title: Mapped[str]
    url: Mapped[str]
    published: Mapped[str] = mapped_column(default=PUBLISHED.isoformat())
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Edition(Base):
    """Its primary key is of two columns."""

    __tablename__ = "edition"
    number: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str]


def article(story: Story) -> dict[str, Any] | None:
    if not story.is_public:
        return None
    if story.headline == "broken":
        raise KeyError("headline")
    return {
        "title": story.headline,
        "url": f"/{story.id}",
        "published": story.published,
        "authors": [story.author] if story.author else [],
        "topics": sorted(tag.name for tag in story.tags),
    }


def of_edition(edition: Edition) -> dict[str, Any]:
    url = f"/{edition.number}/{edition.language}"
    return {"title": edition.title, "url": url, "published": PUBLISHED}


def registered(feeds: ModelFeeds) -> ModelFeeds:
    feeds.register(
        Story, article, query=select(Story).options(joinedload(Story.tags)), follow=[Story.author, Story.tags]
    )
    feeds.register(Note)
    feeds.register(Edition, of_edition)
    return feeds


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[ModelFeeds]:
    feeds = registered(ModelFeeds(SITE, tmp_path / "news.db", output=tmp_path / "public"))
    yield feeds
    feeds.close()


@pytest.fixture
def engine(tmp_path: Path, feeds: ModelFeeds) -> Iterator[Any]:  # noqa: ARG001 - it adds a table
    """A database with the tables, and with one connection: whoever holds it while publishing waits for ever."""
    engine = create_engine(f"sqlite:///{tmp_path / 'cms.db'}", pool_size=1, max_overflow=0, pool_timeout=1)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Any) -> Iterator[Any]:
    with Session(engine) as session:
        yield session


def items(feeds: ModelFeeds) -> list[dict[str, Any]]:
    file = Path(feeds.output, "all.json")
    found: list[dict[str, Any]] = json.loads(file.read_bytes())["items"] if file.exists() else []
    return found


def titles(feeds: ModelFeeds) -> list[str]:
    return sorted(item["title"] for item in items(feeds))


def number_pending(session: Any) -> int:
    return len(session.execute(select(Base.metadata.tables["newsfeed_pending_change"])).all())


class TestSaving:
    def test_a_committed_row_is_in_the_feeds(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(story := Story(headline="Snow"))
        session.flush()
        assert items(feeds) == []
        session.commit()
        (item,) = items(feeds)
        assert (item["title"], item["url"]) == ("Snow", f"https://report.example/{story.id}")
        assert list(feeds.store.keys("story")) == [str(story.id)]
        assert number_pending(session) == 0

    def test_a_transaction_is_published_once(
        self, feeds: ModelFeeds, session: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published: list[Any] = []
        publish = feeds.publish

        def count() -> Any:
            published.append(publish())
            return published[-1]

        monkeypatch.setattr(feeds, "publish", count)
        session.add(story := Story(headline="Snow"))
        session.flush()
        session.add(Story(headline="Rain"))
        story.headline = "Much snow"
        session.commit()
        assert titles(feeds) == ["Much snow", "Rain"]
        assert len(published) == 1
        session.scalars(select(Story)).all()
        session.commit()
        assert len(published) == 1

    def test_what_is_rolled_back_never_happened(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(story := Story(headline="Snow"))
        session.commit()
        session.add(Story(headline="Rain"))
        session.delete(story)
        session.flush()
        session.rollback()
        session.add(Story(headline="Hail"))
        session.commit()
        assert titles(feeds) == ["Hail", "Snow"]

    def test_nor_what_is_rolled_back_to_a_savepoint(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(Story(headline="Snow"))
        savepoint = session.begin_nested()
        session.add(Story(headline="Rain"))
        session.flush()
        savepoint.rollback()
        with session.begin_nested():
            session.add(Story(headline="Hail"))
        assert items(feeds) == []
        session.commit()
        assert titles(feeds) == ["Hail", "Snow"]

    def test_a_flush_that_fails_leaves_nothing(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(Story(headline="Snow"))
        session.commit()
        session.add_all([Story(headline="Rain"), Story(headline=None)])
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
        session.add(Story(headline="Sleet"))
        session.commit()
        assert titles(feeds) == ["Sleet", "Snow"]

    def test_a_deleted_row_is_removed(self, feeds: ModelFeeds, session: Any) -> None:
        session.add_all([snow := Story(headline="Snow"), Story(headline="Rain")])
        session.commit()
        session.delete(snow)
        session.commit()
        assert titles(feeds) == ["Rain"]
        assert len(list(feeds.store.keys("story"))) == 1

    def test_also_one_that_its_parent_takes_along(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(issue := Issue(stories=[Story(headline="Snow"), Story(headline="Rain")]))
        session.commit()
        del issue.stories[0]
        session.commit()
        assert titles(feeds) == ["Rain"]
        session.delete(issue)
        session.commit()
        assert titles(feeds) == []

    def test_a_row_that_is_no_article_any_longer_is_withdrawn(self, feeds: ModelFeeds, session: Any) -> None:
        session.add_all([snow := Story(headline="Snow"), Story(headline="Rain")])
        session.commit()
        snow.is_public = False
        session.commit()
        assert titles(feeds) == ["Rain"]
        assert len(list(feeds.store.keys("story"))) == 2
        snow.is_public = True
        session.commit()
        assert titles(feeds) == ["Rain", "Snow"]

    def test_rows_of_a_model_that_extends_another(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(interview := Interview(headline="Snow"))
        session.commit()
        assert titles(feeds) == ["Snow"]
        session.delete(interview)
        session.commit()
        assert titles(feeds) == []

    def test_rows_that_are_articles_as_they_are(self, feeds: ModelFeeds, session: Any) -> None:
        session.add(note := Note(title="Snow", url="/snow"))
        session.commit()
        assert list(feeds.store.keys("note")) == [str(note.uid)]
        assert items(feeds)[0]["id"] == "https://report.example/snow"
        note.withdrawn = True
        session.commit()
        assert titles(feeds) == []

    def test_a_primary_key_of_two_columns(self, feeds: ModelFeeds, session: Any) -> None:
        session.add_all(
            [
                edition := Edition(number=7, language="en", title="Snow"),
                Edition(number=7, language="de", title="Schnee"),
            ]
        )
        session.commit()
        assert list(feeds.store.keys("edition")) == ['["7", "de"]', '["7", "en"]']
        session.delete(edition)
        session.commit()
        assert titles(feeds) == ["Schnee"]

    def test_a_transaction_around_that_of_the_session(self, feeds: ModelFeeds, tmp_path: Path) -> None:
        """The way of many test suites: what the session commits is rolled back in the end."""
        engine = create_engine(f"sqlite:///{tmp_path / 'cms.db'}", poolclass=NullPool)
        Base.metadata.create_all(engine)
        with engine.connect() as connection, connection.begin() as transaction:
            with Session(connection) as session:
                session.add(Story(headline="Snow"))
                session.commit()
            transaction.rollback()
        with Session(engine) as session:
            session.add(Story(headline="Rain"))
            session.commit()
        assert titles(feeds) == ["Rain"]


class TestRelations:
    def test_to_many_from_both_sides(self, feeds: ModelFeeds, session: Any) -> None:
        session.add_all([story := Story(headline="Snow"), winter := Tag(name="winter"), Tag(name="unused")])
        session.commit()
        story.tags.append(winter)
        session.commit()
        assert items(feeds)[0]["tags"] == ["winter"]
        story.tags.clear()
        session.commit()
        assert "tags" not in items(feeds)[0]
        winter.stories.append(story)
        session.commit()
        assert items(feeds)[0]["tags"] == ["winter"]
        winter.stories.remove(story)
        session.commit()
        assert "tags" not in items(feeds)[0]

    def test_followed_rows(self, feeds: ModelFeeds, session: Any) -> None:
        leyla, winter = Author(name="Leyla"), Tag(name="winter")
        session.add(Story(headline="Snow", author=leyla, tags=[winter]))
        session.commit()
        leyla.name = "Leyla Abbasova"
        winter.name = "weather"
        session.commit()
        assert items(feeds)[0]["authors"] == [{"name": "Leyla Abbasova"}]
        assert items(feeds)[0]["tags"] == ["weather"]
        session.delete(winter)
        session.commit()
        assert "tags" not in items(feeds)[0]

    def test_a_path_of_relations(self, tmp_path: Path, feeds: ModelFeeds, engine: Any) -> None:
        others = ModelFeeds(SITE, tmp_path / "others.db", output=tmp_path / "others")
        feeds.close()
        try:
            others.register(
                Issue,
                lambda issue: {
                    "title": ", ".join(story.author.name for story in issue.stories),
                    "url": f"/{issue.id}",
                    "published": PUBLISHED,
                },
                follow=[[Issue.stories, Story.author]],
            )
            with Session(engine) as session:
                leyla = Author(name="Leyla")
                session.add(Issue(stories=[Story(headline="Snow", author=leyla)]))
                session.commit()
                leyla.name = "Leyla Abbasova"
                session.commit()
            assert titles(others) == ["Leyla Abbasova"]
        finally:
            others.close()


class TestTroubles:
    def test_a_bad_row_is_logged_by_its_name_and_breaks_nothing(
        self, feeds: ModelFeeds, session: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        session.add_all([bad := Story(headline=""), Story(headline="Rain")])
        session.commit()
        assert titles(feeds) == ["Rain"]
        assert (
            caplog.messages[0]
            == f'story ("{bad.id}"): NF102 title: it is empty. Write a headline, a summary or content.'
        )
        assert caplog.records[0].levelno == logging.ERROR

    def test_a_function_that_fails_leaves_what_is_stored(
        self, feeds: ModelFeeds, session: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        session.add(story := Story(headline="Snow"))
        session.commit()
        story.headline = "broken"
        session.commit()
        assert titles(feeds) == ["Snow"]
        assert caplog.messages == [
            f"story (\"{story.id}\"): no article can be made of it: KeyError: 'headline'"
        ]

    def test_a_store_that_cant_be_written_loses_nothing(
        self, feeds: ModelFeeds, session: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        store = Path(feeds.path)
        store.write_bytes(b"This is no database at all, and SQLite says so when it reads it." * 20)
        session.add(Story(headline="Snow"))
        session.commit()
        assert caplog.messages == [f"{store}: the file isn't a store. Name another file."]
        assert number_pending(session) == 1
        store.unlink()
        session.add(Story(headline="Rain"))
        session.commit()
        assert titles(feeds) == ["Rain", "Snow"]

    def test_no_store(self) -> None:
        with pytest.raises(newsfeed.InvalidValue) as refused:
            ModelFeeds(SITE, output="public")
        assert str(refused.value) == 'store: there is none. Name a file, which is created: "news.db".'


class TestBulkChanges:
    def test_statements_are_told_of(self, feeds: ModelFeeds, session: Any) -> None:
        session.execute(insert(Story), [{"headline": "Snow"}, {"headline": "Rain"}])
        session.commit()
        assert titles(feeds) == []
        feeds.changed(session, Story)
        session.commit()
        assert titles(feeds) == ["Rain", "Snow"]
        session.execute(update(Story).where(Story.headline == "Snow").values(headline="Much snow"))
        feeds.changed(session, Story, Story.headline == "Much snow")
        feeds.changed(session, Story, Story.headline == "Rain")
        session.execute(delete(Story).where(Story.headline == "Rain"))
        session.commit()
        assert titles(feeds) == ["Much snow"]
        with pytest.raises(newsfeed.InvalidValue) as refused:
            feeds.changed(session, Author)
        assert str(refused.value) == "model: Author isn't registered. Register it first."

    @pytest.mark.slow
    def test_a_sync_brings_what_was_imported_changed_and_deleted(
        self, feeds: ModelFeeds, engine: Any
    ) -> None:
        with engine.begin() as connection:
            connection.execute(insert(Story), [{"headline": f"Story {number}"} for number in range(1100)])
            connection.execute(insert(Note), [{"title": "A note", "url": "/note"}])
            connection.execute(
                insert(Edition),
                [{"number": n, "language": "en", "title": f"Edition {n}"} for n in range(600)],
            )
        told: list[tuple[str, int, int]] = []
        assert [str(done) for done in feeds.sync(engine, progress=lambda *said: told.append(said))] == [
            "story: 1,100 rows, 1,100 new or changed, 0 removed.",
            "note: 1 rows, 1 new or changed, 0 removed.",
            "edition: 600 rows, 600 new or changed, 0 removed.",
        ]
        assert told[:3] == [("story", 500, 1100), ("story", 1000, 1100), ("story", 1100, 1100)]
        with engine.begin() as connection:
            connection.execute(update(Story).where(Story.id == 5).values(headline="Changed"))
            connection.execute(delete(Story).where(Story.id < 3))
            connection.execute(delete(Edition).where(Edition.number == 599))
        assert [str(done) for done in feeds.sync(engine)] == [
            "story: 1,098 rows, 1 new or changed, 2 removed.",
            "note: 1 rows, 0 new or changed, 0 removed.",
            "edition: 599 rows, 0 new or changed, 1 removed.",
        ]
        with Session(engine) as session:
            assert set(feeds.store.keys("story")) == {str(key) for key in session.scalars(select(Story.id))}

    def test_a_bad_day_is_refused(self, feeds: ModelFeeds, engine: Any, session: Any) -> None:
        session.add_all(Story(headline=f"Story {number}") for number in range(20))
        session.commit()
        with engine.begin() as connection:
            connection.execute(delete(Story).where(Story.id <= 12))
        with pytest.raises(newsfeed.LossRefused) as refused:
            feeds.sync(engine)
        assert str(refused.value) == (
            "story: 12 of 20 rows in the store would be removed, because they are no longer in the database. "
            "Nothing was changed. If this is right, let them go with --accept-loss (accept_loss=True in Python)."
        )
        assert len(items(feeds)) == 20
        feeds.sync(engine, accept_loss=True)
        assert len(items(feeds)) == 8


@pytest.mark.slow
def test_a_worker(feeds: ModelFeeds, engine: Any, session: Any) -> None:
    feeds.publish_on_commit = False
    session.add(Story(headline="Snow"))
    session.commit()
    assert number_pending(session) == 1
    session.rollback()
    assert not Path(feeds.path).exists()
    stop = Event()
    worker = Thread(target=feeds.watch, args=(stop, engine))
    worker.start()
    try:
        expect(feeds, ["Snow"])
        session.add(Story(headline="Hail", published=(datetime.now(UTC) + timedelta(seconds=1)).isoformat()))
        session.commit()
        expect(feeds, ["Hail", "Snow"])
    finally:
        stop.set()
        worker.join()


def expect(feeds: ModelFeeds, expected: list[str]) -> None:
    for _ in range(100):
        if titles(feeds) == expected:
            return
        Event().wait(0.1)
    raise AssertionError(titles(feeds))


@pytest.mark.slow
def test_threads_never_replace_newer_rows_by_older_ones(feeds: ModelFeeds, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'cms.db'}", connect_args={"timeout": 60})
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Story(headline="Snow", id=1))
        session.commit()

    def write(thread: int) -> None:
        for number in range(5):
            with Session(engine) as session:
                session.get_one(Story, 1).headline = f"Snow {thread} {number}"
                session.commit()

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        assert titles(feeds) == [session.get_one(Story, 1).headline]
        assert number_pending(session) == 0
    engine.dispose()


class TestAsyncio:
    @pytest.fixture(autouse=True)
    def _aiosqlite(self) -> None:
        pytest.importorskip("aiosqlite", reason="aiosqlite comes with the group `recipes`")

    def run(self, tmp_path: Path, work: Any) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine

        async def main() -> None:
            address = f"sqlite+aiosqlite:///{tmp_path / 'cms.db'}"
            engine = create_async_engine(address, connect_args={"timeout": 60})
            async with engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            try:
                await work(engine)
            finally:
                await engine.dispose()

        asyncio.run(main())

    def test_async_sessions(self, feeds: ModelFeeds, tmp_path: Path) -> None:
        from sqlalchemy.ext.asyncio import AsyncSession

        async def work(engine: Any) -> None:
            async with AsyncSession(engine) as session:
                session.add(story := Story(headline="Snow", author=Author(name="Leyla")))
                await session.commit()
                assert titles(feeds) == ["Snow"]
                assert items(feeds)[0]["authors"] == [{"name": "Leyla"}]
                session.add(Story(headline="Rain"))
                await session.rollback()
                await session.delete(await session.get_one(Story, 1))
                await session.commit()
                assert titles(feeds) == []
                assert story is not None
                await session.execute(insert(Story), [{"headline": "Hail"}])
                await session.run_sync(feeds.changed, Story)
                await session.commit()
                assert titles(feeds) == ["Hail"]

        self.run(tmp_path, work)

    @pytest.mark.slow
    def test_the_loop_goes_on_while_many_wait(self, feeds: ModelFeeds, tmp_path: Path) -> None:
        from sqlalchemy.ext.asyncio import AsyncSession

        beats = 0

        async def work(engine: Any) -> None:
            nonlocal beats

            async def save(number: int) -> None:
                async with AsyncSession(engine) as session:
                    session.add(Story(headline=f"Story {number}"))
                    await session.commit()

            async def beat() -> None:
                nonlocal beats
                while True:
                    await asyncio.sleep(0.005)
                    beats += 1

            beating = asyncio.create_task(beat())
            await asyncio.gather(*(save(number) for number in range(60)))
            beating.cancel()
            assert len(items(feeds)) == 50
            assert len(list(feeds.store.keys("story"))) == 60
            with pytest.raises(asyncio.CancelledError):
                await beating

        self.run(tmp_path, work)
        assert beats > 20

    def test_a_sync(self, feeds: ModelFeeds, tmp_path: Path) -> None:
        async def work(engine: Any) -> None:
            async with engine.begin() as connection:
                await connection.execute(insert(Story), [{"headline": "Snow"}, {"headline": "Rain"}])
            done = await feeds.async_sync(engine)
            assert str(done[0]) == "story: 2 rows, 2 new or changed, 0 removed."
            assert titles(feeds) == ["Rain", "Snow"]

        self.run(tmp_path, work)


def test_closed_feeds_watch_no_longer(feeds: ModelFeeds, session: Any) -> None:
    feeds.close()
    session.add(Story(headline="Snow"))
    session.commit()
    assert number_pending(session) == 0
    assert not event.contains(Session, "after_commit", feeds._changes_of_sessions._after_commit)
