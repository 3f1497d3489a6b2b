"""newsfeed.contrib.django: rows are put after the transaction that changes them, and published."""

import json
import logging
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.template import Context, Template
from django.test import AsyncClient, Client, override_settings
from tests.contrib.press.models import (
    Author,
    Brief,
    Note,
    Opinion,
    Photo,
    Report,
    Story,
    StoryTopic,
    Topic,
)

import newsfeed
from newsfeed.contrib.django import changed
from newsfeed.contrib.django.checks import check
from newsfeed.contrib.django.models import PendingChange
from newsfeed.contrib.django.worker import watch
from newsfeed.contrib.live_feeds import LiveFeeds

PUBLISHED = datetime(2025, 12, 19, 18, 24, tzinfo=UTC)


def save(headline: str = "Snow", **values: Any) -> Story:
    story: Story = Story.objects.create(
        headline=headline, slug=headline.lower(), published=PUBLISHED, **values
    )
    return story


def items(feeds: LiveFeeds) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(feeds.output, "all.json").read_bytes())["items"]
    return found


def titles(feeds: LiveFeeds) -> list[str]:
    return sorted(item["title"] for item in items(feeds))


class TestSaving:
    def test_a_saved_row_is_in_the_feeds(self, feeds: LiveFeeds) -> None:
        story = save()
        (item,) = items(feeds)
        assert (item["title"], item["url"]) == ("Snow", "https://report.example/snow")
        assert list(feeds.store.keys("press.story")) == [str(story.pk)]
        assert not PendingChange.objects.exists()

    def test_several_saves_of_a_transaction_are_published_once(
        self, feeds: LiveFeeds, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published: list[Any] = []
        publish = feeds.publish

        def count(**options: Any) -> Any:
            published.append(publish(**options))

        monkeypatch.setattr(feeds, "publish", count)
        with transaction.atomic():
            story = save("Snow")
            save("Rain")
            story.headline = "Much snow"
            story.save()
            assert not Path(feeds.path).exists()
        assert titles(feeds) == ["Much snow", "Rain"]
        assert len(published) == 1

    def test_what_is_rolled_back_never_happened(self, feeds: LiveFeeds) -> None:
        story = save("Snow")
        with transaction.atomic():
            Story.objects.all().delete()
            save("Rain")
            transaction.set_rollback(True)
        with transaction.atomic():
            with transaction.atomic():
                story.delete()
                transaction.set_rollback(True)
            save("Hail")
        assert titles(feeds) == ["Hail", "Snow"]

    def test_a_deleted_row_is_removed(self, feeds: LiveFeeds) -> None:
        save("Snow")
        save("Rain")
        Story.objects.filter(headline="Snow").delete()
        assert titles(feeds) == ["Rain"]
        assert len(list(feeds.store.keys("press.story"))) == 1

    def test_a_row_that_is_no_article_any_longer_is_withdrawn(self, feeds: LiveFeeds) -> None:
        story = save("Snow")
        save("Rain")
        story.is_public = False
        story.save()
        assert titles(feeds) == ["Rain"]
        assert len(list(feeds.store.keys("press.story"))) == 2
        story.is_public = True
        story.save()
        assert titles(feeds) == ["Rain", "Snow"]

    def test_a_draft_is_never_stored(self, feeds: LiveFeeds) -> None:
        save("Snow")
        save("Rain", is_public=False)
        assert len(list(feeds.store.keys("press.story"))) == 1

    def test_an_address_that_changes_leaves_the_id(self, feeds: LiveFeeds) -> None:
        story = save("Snow")
        story.slug = "first-snow"
        story.save()
        (item,) = items(feeds)
        assert (item["id"], item["url"]) == (
            "https://report.example/snow",
            "https://report.example/first-snow",
        )

    def test_rows_of_proxies_and_of_extending_models(self, feeds: LiveFeeds) -> None:
        save("Snow")
        opinion = Opinion.objects.get()
        opinion.headline = "Too much snow"
        opinion.save()
        Report.objects.create(headline="Rain", slug="rain", published=PUBLISHED)
        assert titles(feeds) == ["Rain", "Too much snow"]
        Report.objects.get().delete()
        assert titles(feeds) == ["Too much snow"]

    def test_rows_that_are_articles_as_they_are(self, feeds: LiveFeeds) -> None:
        note = Note.objects.create(title="Snow", published=PUBLISHED)
        brief = Brief.objects.create(title="Rain", url="https://report.example/rain", published=PUBLISHED)
        Brief.objects.create(title="Hail", url="/hail", published=PUBLISHED)
        assert {item["title"]: item["id"] for item in items(feeds)} == {
            "Snow": f"https://report.example/notes/{note.uid}",
            "Rain": "https://report.example/rain",
            "Hail": "https://report.example/hail",
        }
        note.withdrawn = True
        note.save()
        brief.delete()
        assert titles(feeds) == ["Hail"]

    def test_rows_of_another_database(self, feeds: LiveFeeds) -> None:
        with transaction.atomic(using="other"):
            Story.objects.using("other").create(headline="Snow", slug="snow", published=PUBLISHED)
        assert titles(feeds) == ["Snow"]


class TestRelations:
    def test_to_many_from_both_sides(self, feeds: LiveFeeds) -> None:
        story, reader = save(), Author.objects.create(name="Leyla")

        def readers() -> int:
            (article,) = feeds.store.newsroom().articles
            count: int = article.extra["readers"]
            return count

        story.readers.add(reader)
        assert readers() == 1
        story.readers.clear()
        assert readers() == 0
        reader.read.add(story)
        assert readers() == 1
        reader.read.remove(story)
        assert readers() == 0
        reader.read.set([story])
        assert readers() == 1
        reader.read.clear()
        assert readers() == 0

    def test_through_a_model_of_its_own(self, feeds: LiveFeeds) -> None:
        story, topic = save(), Topic.objects.create(name="winter")
        link = StoryTopic.objects.create(story=story, topic=topic)
        assert items(feeds)[0]["tags"] == ["winter"]
        topic.name = "weather"
        topic.save()
        assert items(feeds)[0]["tags"] == ["weather"]
        link.delete()
        assert "tags" not in items(feeds)[0]

    def test_followed_rows(self, feeds: LiveFeeds) -> None:
        author = Author.objects.create(name="Leyla")
        story = save(author=author)
        author.name = "Leyla Abbasova"
        author.save()
        assert items(feeds)[0]["authors"] == [{"name": "Leyla Abbasova"}]
        photo = Photo.objects.create(story=story, url="https://report.example/snow.jpg")
        assert items(feeds)[0]["attachments"][0]["url"] == "https://report.example/snow.jpg"
        photo.delete()
        assert "attachments" not in items(feeds)[0]
        author.delete()
        assert items(feeds)[0].get("authors") != [{"name": "Leyla Abbasova"}]


class TestTroubles:
    def test_a_bad_row_is_logged_by_its_name_and_breaks_nothing(
        self, feeds: LiveFeeds, caplog: pytest.LogCaptureFixture
    ) -> None:
        bad = save("")
        save("Rain")
        assert titles(feeds) == ["Rain"]
        assert caplog.messages == [
            f'press.story ("{bad.pk}"): NF102 title: it is empty. Write a headline, a summary or content.'
        ]
        assert caplog.records[0].levelno == logging.ERROR

    def test_a_function_that_fails_leaves_what_is_stored(
        self, feeds: LiveFeeds, caplog: pytest.LogCaptureFixture
    ) -> None:
        story = save("Snow")
        story.headline = "broken"
        story.save()
        assert titles(feeds) == ["Snow"]
        assert caplog.messages == [
            f"press.story (\"{story.pk}\"): no article can be made of it: KeyError: 'headline'"
        ]

    def test_a_store_that_cant_be_written_loses_nothing(
        self, feeds: LiveFeeds, caplog: pytest.LogCaptureFixture
    ) -> None:
        store = Path(feeds.path)
        store.write_bytes(b"This is no database at all, and SQLite says so when it reads it." * 20)
        save("Snow")
        assert caplog.messages == [f"{store}: the file isn't a store. Name another file."]
        assert PendingChange.objects.count() == 1
        store.unlink()
        save("Rain")
        assert titles(feeds) == ["Rain", "Snow"]

    def test_a_refused_publish_doesnt_break_the_request(
        self, feeds: LiveFeeds, caplog: pytest.LogCaptureFixture
    ) -> None:
        Path(feeds.output).write_text("in the way")
        save("Snow")
        (message,) = caplog.messages
        assert message.startswith(feeds.output)
        Path(feeds.output).unlink()
        call_command("newsfeed_publish", stdout=StringIO())
        assert titles(feeds) == ["Snow"]

    def test_wrong_settings_dont_break_it_either(
        self, tables: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        with override_settings(NEWSFEED={}):
            save("Snow")
        assert "NEWSFEED has no SITE." in caplog.text
        call_command("flush", interactive=False, verbosity=0)


def test_an_older_row_never_replaces_a_newer_one(feeds: LiveFeeds, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process reads a row and is slow to put it; meanwhile another one saves the row, and reads and puts it."""
    story = save("Snow")
    put = feeds.put
    was_read, is_put = Event(), Event()

    def slow_put(source: str, rows: Any) -> Any:
        given = list(rows)
        if not was_read.is_set():
            was_read.set()
            is_put.wait(0.3)
        return put(source, given)

    def write(headline: str) -> None:
        Story(pk=story.pk, headline=headline, slug="snow", published=PUBLISHED).save()
        connections.close_all()

    monkeypatch.setattr(feeds, "put", slow_put)
    slow = Thread(target=write, args=("Older",))
    slow.start()
    was_read.wait()
    write("Newer")
    is_put.set()
    slow.join()
    assert titles(feeds) == ["Newer"]
    assert not PendingChange.objects.exists()


class TestBulkChanges:
    def test_changed_tells_of_an_update(self, feeds: LiveFeeds) -> None:
        save("Snow")
        stories = Story.objects.filter(slug="snow")
        stories.update(headline="Much snow")
        assert titles(feeds) == ["Snow"]
        changed(stories)
        assert titles(feeds) == ["Much snow"]
        changed(list(Report.objects.all()))
        with pytest.raises(ValueError, match="press.author isn't registered for feeds. Register it"):
            changed([Author.objects.create(name="Leyla")])

    @pytest.mark.slow
    def test_a_sync_brings_what_was_imported_changed_and_deleted(self, feeds: LiveFeeds) -> None:
        Story.objects.bulk_create(
            Story(headline=f"Story {number}", slug=f"s{number}", published=PUBLISHED, is_public=number != 7)
            for number in range(1100)
        )
        said = StringIO()
        call_command("newsfeed_sync", stdout=said)
        assert said.getvalue().splitlines()[0] == "press.story: 1,100 rows, 1,099 new or changed, 0 removed."
        assert len(items(feeds)) == 50
        Story.objects.filter(slug="s5").update(headline="Changed", published=PUBLISHED + timedelta(days=1))
        Story.objects.filter(slug="s6").update(is_public=False)
        Story.objects.filter(pk__in=Story.objects.filter(slug__in=["s1", "s2"]).values("pk"))._raw_delete(
            "default"
        )
        said = StringIO()
        call_command("newsfeed_sync", "press.Story", stdout=said)
        assert said.getvalue().splitlines()[0] == "press.story: 1,098 rows, 1 new or changed, 2 removed."
        assert items(feeds)[0]["title"] == "Changed"
        assert set(feeds.store.keys("press.story")) == {
            str(pk) for pk in Story.objects.exclude(slug="s7").values_list("pk", flat=True)
        }

    def test_a_bad_day_is_refused(self, feeds: LiveFeeds) -> None:
        with transaction.atomic():
            for number in range(20):
                save(f"Story{number}")
        Story.objects.filter(pk__in=Story.objects.values("pk")[:12])._raw_delete("default")
        with pytest.raises(CommandError) as refused:
            call_command("newsfeed_sync", stdout=StringIO())
        assert str(refused.value) == (
            "press.story: 12 of 20 rows in the store would be removed, because they are no longer in the database. "
            "Nothing was changed. If this is right, let them go with --accept-loss (accept_loss=True in Python)."
        )
        assert len(items(feeds)) == 20
        call_command("newsfeed_sync", accept_loss=True, stdout=StringIO())
        assert len(items(feeds)) == 8

    def test_a_model_that_isnt_registered(self, feeds: LiveFeeds) -> None:
        with pytest.raises(
            CommandError, match="press.author isn't registered for feeds. Registered: press.story,"
        ):
            call_command("newsfeed_sync", "press.author")


class TestWorker:
    @pytest.fixture
    def by_worker(self, feeds: LiveFeeds) -> Any:
        said = {"SITE": feeds.site, "STORE": feeds.path, "OUTPUT": feeds.output, "PUBLISH": "worker"}
        with override_settings(NEWSFEED=said):
            yield feeds

    def test_a_save_is_only_noted(self, by_worker: LiveFeeds) -> None:
        save("Snow")
        assert PendingChange.objects.count() == 1
        assert not Path(by_worker.path).exists()
        said = StringIO()
        call_command("newsfeed_publish", stdout=said)
        assert titles(by_worker) == ["Snow"]
        assert said.getvalue().startswith("3 documents written to ") or "documents written" in said.getvalue()

    @pytest.mark.slow
    def test_it_notices_rows_puts_of_others_and_moments(self, by_worker: LiveFeeds) -> None:
        stop = Event()
        told: list[int] = []
        seen = Event()

        def tell(documents: int) -> None:
            told.append(documents)
            seen.set()

        def expect(*expected: str) -> None:
            for _ in range(100):
                if Path(by_worker.output, "all.json").exists() and titles(by_worker) == list(expected):
                    return
                seen.wait(0.1)
                seen.clear()
            raise AssertionError(told)

        def run() -> None:
            watch(by_worker, stop, tell)
            connections.close_all()

        worker = Thread(target=run)
        worker.start()
        try:
            save("Snow")
            expect("Snow")
            with newsfeed.Store(by_worker.path, by_worker.site) as store:
                store.put(
                    {"language": "en", "title": "Rain", "url": "https://a.example/", "published": PUBLISHED}
                )
            expect("Rain", "Snow")
            Story.objects.create(
                headline="Hail", slug="hail", published=datetime.now(UTC) + timedelta(seconds=1)
            )
            expect("Hail", "Rain", "Snow")
        finally:
            stop.set()
            worker.join()


class TestView:
    def test_a_feed(self, feeds: LiveFeeds) -> None:
        save("Snow")
        client = Client()
        response = client.get("/feeds/all.rss")
        assert (response.status_code, response["Content-Type"]) == (
            200,
            "application/rss+xml; charset=utf-8",
        )
        assert response.content == Path(feeds.output, "all.rss").read_bytes()
        again = client.get("/feeds/all.rss", headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content, again.get("Content-Type")) == (304, b"", None)
        assert client.get("/feeds/all.rss", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
        assert client.head("/feeds/all.rss").content == b""

    def test_what_isnt_there(self, feeds: LiveFeeds) -> None:
        save("Snow")
        client = Client(enforce_csrf_checks=True)
        assert client.post("/feeds/all.rss").status_code == 405
        page = client.get("/feeds/al.rss", headers={"Accept": "text/html"})
        assert page.status_code == 404
        assert 'href="/feeds/all.rss"' in page.content.decode()
        assert client.get("/feeds/%2e%2e/news.db").status_code == 404
        assert client.get("/feeds/.newsfeed/record.jsonl").status_code == 404

    def test_a_long_document_is_sent_in_pieces(self, feeds: LiveFeeds) -> None:
        save("Snow")
        long = Path(feeds.output, "long.txt")
        long.write_bytes(b"snow" * 400_000)
        response = Client().get("/feeds/long.txt")
        assert response.streaming
        assert response.getvalue() == long.read_bytes()

    async def read(self) -> bytes:
        response = await AsyncClient().get("/feeds/long.txt")
        pieces = [piece async for piece in response.streaming_content]
        return b"".join(pieces)

    def test_also_by_asgi(self, feeds: LiveFeeds) -> None:
        import asyncio

        save("Snow")
        long = Path(feeds.output, "long.txt")
        long.write_bytes(b"snow" * 400_000)
        assert asyncio.run(self.read()) == long.read_bytes()


class TestTemplateTag:
    def test_tags(self, feeds: LiveFeeds) -> None:
        save(author=Author.objects.create(name="Leyla"))
        page = Template('{% load newsfeed %}{% feed_links author=name category="" %}')
        assert page.render(Context({"name": "Leyla"})).splitlines()[0] == (
            '<link rel="alternate" type="application/feed+json" hreflang="en" title="Report – Leyla" '
            'href="https://report.example/feeds/author/leyla.json">'
        )
        assert "/feeds/all.rss" in page.render(Context())

    def test_a_page_without_feeds(self, feeds: LiveFeeds, caplog: pytest.LogCaptureFixture) -> None:
        Path(feeds.path).write_bytes(b"not a database")
        assert Template("{% load newsfeed %}{% feed_links %}").render(Context()) == ""
        assert len(caplog.messages) == 1


def problems(**said: Any) -> list[str]:
    with override_settings(NEWSFEED=said):
        return [f"{problem.id} {problem.msg} {problem.hint}" for problem in check()]


class TestChecks:
    def test_right_settings(self, feeds: LiveFeeds) -> None:
        assert check() == []

    def test_no_settings(self) -> None:
        with override_settings(NEWSFEED=None):
            (problem,) = check()
        assert problem.id == "newsfeed.E001"
        assert problem.msg == "NEWSFEED isn't set."
        assert problem.hint == (
            'Write NEWSFEED = {"SITE": BASE_DIR / "newsroom.toml", "STORE": BASE_DIR / "news.db", '
            '"OUTPUT": BASE_DIR / "feeds"}'
        )

    def test_wrong_ones(self, feeds: LiveFeeds, tmp_path: Path) -> None:
        right = {"SITE": feeds.site, "STORE": feeds.path, "OUTPUT": feeds.output}
        assert problems(**right | {"SIET": 1}) == [
            "newsfeed.E002 NEWSFEED has an unknown key, 'SIET'. Did you mean 'SITE'?"
        ]
        assert problems(**right | {"SITE": None}) == [
            (
                "newsfeed.E003 NEWSFEED has no SITE. "
                'Name its newsroom.toml, "SITE": BASE_DIR / "newsroom.toml", or give a newsfeed.Site.'
            )
        ]
        (problem,) = problems(**right | {"SITE": tmp_path / "nothing"})
        assert problem.startswith(
            f"newsfeed.E003 NEWSFEED['SITE'] can't be used. there is no folder {tmp_path}"
        )
        assert problems(**right | {"STORE": None}) == [
            (
                "newsfeed.E004 NEWSFEED has no STORE, and neither has the site. "
                'Name a file, which is created if there is none: "STORE": BASE_DIR / "news.db".'
            )
        ]
        assert problems(**right | {"STORE": tmp_path / "no" / "news.db"}) == [
            (
                f"newsfeed.E004 NEWSFEED['STORE'] can't be created: there is no folder {tmp_path / 'no'}. "
                "Create the folder, or name another file."
            )
        ]
        assert problems(**right | {"OUTPUT": 7}) == [
            (
                "newsfeed.E005 NEWSFEED has no OUTPUT, or it isn't a path. "
                'Name the folder to publish into: "OUTPUT": BASE_DIR / "feeds".'
            )
        ]
        assert problems(**right | {"PUBLISH": "celery"}) == [
            (
                "newsfeed.E006 NEWSFEED['PUBLISH'] can't be 'celery'. "
                'Write "commit" to publish after each transaction, or "worker" if newsfeed_publish --watch runs.'
            )
        ]
        (problem,) = problems(**right | {"SERVE": {"max_age": -1}})
        assert problem.startswith("newsfeed.E007 NEWSFEED['SERVE'] can't be used. ")
        (problem,) = problems(**right | {"SERVE": {"age": 1}})
        assert "'age'" in problem

    def test_feeds_that_are_elsewhere(self, feeds: LiveFeeds) -> None:
        site = newsfeed.Site(
            title="Report",
            url="https://report.example/",
            languages=["en"],
            feeds_url="https://report.example/rss/",
        )
        assert problems(SITE=site, STORE=feeds.path, OUTPUT=feeds.output) == [
            (
                "newsfeed.W002 Feeds are served below /feeds/, but the site's feeds_url says /rss/. "
                'Mount them there, path("rss/", include("newsfeed.contrib.django.urls")), or correct feeds_url.'
            )
        ]

    def test_the_first_use_says_what_is_wrong(self, tables: None) -> None:
        with (
            override_settings(NEWSFEED={}),
            pytest.raises(ImproperlyConfigured, match="NEWSFEED has no OUTPUT"),
        ):
            Client().get("/feeds/all.rss")
