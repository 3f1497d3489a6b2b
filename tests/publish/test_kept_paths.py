"""Feeds of topics in Cyrillic stay where they were published, though their slugs would be others today."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsfeed import Article, Newsroom, Site, Store
from newsfeed.catalog.stored.index import progress
from newsfeed.model import plain_paths
from newsfeed.text.slugs import slug

Make = Callable[..., Any]


@contextmanager
def an_earlier_release() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_paths, "slug", partial(slug, earlier=True))
        patched.setattr(progress, "_DERIVATION", 0)
        yield


def topics_in(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "uk/topic").glob("*.rss"))


@pytest.fixture
def uk(site: Make) -> Site:
    made: Site = site(languages=["uk"])
    return made


@pytest.fixture
def old(article: Make) -> Article:
    made: Article = article("snow", language="uk", topics=["Київ", "Львів"])
    return made


@pytest.fixture
def new(article: Make) -> Article:
    made: Article = article("rain", language="uk", topics=["Київ", "Юрій"])
    return made


def test_a_folder_that_an_earlier_release_built(
    uk: Site, old: Article, new: Article, newsroom: Make, tmp_path: Path
) -> None:
    with an_earlier_release():
        newsroom(old, site=uk).publish(tmp_path)
    assert topics_in(tmp_path) == ["kyyiv", "lviv"]
    made: Newsroom = newsroom(old, new, site=uk)
    for _ in range(2):
        report = made.publish(tmp_path)
        assert (topics_in(tmp_path), report.removed) == (["kyyiv", "lviv", "yurii"], ())
    assert b"https://report.example/feeds/uk/topic/kyyiv.rss" in (tmp_path / "feeds.opml").read_bytes()


def test_a_store_from_which_an_earlier_release_published(
    uk: Site, old: Article, new: Article, tmp_path: Path
) -> None:
    with an_earlier_release(), Store(tmp_path / "news.db", uk) as store:
        store.put([old])
        store.publish(tmp_path / "public")
    assert topics_in(tmp_path / "public") == ["kyyiv", "lviv"]
    with Store(tmp_path / "news.db", uk) as store:
        store.publish(tmp_path / "public")
        assert topics_in(tmp_path / "public") == ["kyyiv", "lviv"]
        store.put([new])
        report = store.publish(tmp_path / "public")
        assert not report.is_whole
        assert topics_in(tmp_path / "public") == ["kyyiv", "lviv", "yurii"]


def test_a_store_takes_over_the_paths_of_a_folder(
    uk: Site, old: Article, newsroom: Make, tmp_path: Path
) -> None:
    with an_earlier_release():
        newsroom(old, site=uk).publish(tmp_path / "public")
    with Store(tmp_path / "news.db", uk) as store:
        store.put([old])
        store.publish(tmp_path / "public")
        assert topics_in(tmp_path / "public") == ["kyyiv", "lviv"]


def test_a_new_folder_has_the_slugs_of_today(uk: Site, old: Article, newsroom: Make, tmp_path: Path) -> None:
    newsroom(old, site=uk).publish(tmp_path)
    assert topics_in(tmp_path) == ["kyiv", "lviv"]
