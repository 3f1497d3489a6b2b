"""A folder of two thousand feeds in which one article changes: only its feeds are rendered, and only they are touched."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsfeed import Article, FeedRule, Newsroom, Site
from newsfeed.formats import writing
from newsfeed.formats.render_cache import RenderCache
from newsfeed.model.feed import FeedData
from newsfeed.publish import document_rendering

pytestmark = pytest.mark.slow

NOON = datetime(2025, 12, 19, 12, 0, tzinfo=UTC)
TOPICS = 1996
CHANGED = 700
#: The article's own topics, the feeds of everything, and the listing.
ITS_FEEDS = {"all.atom", "all.json", "all.rss", "latest.html", "topic/topic-1400.rss", "topic/topic-1401.rss"}


def article(number: int, title: str) -> Article:
    return Article(
        language="en",
        title=title,
        url=f"https://report.example/{number}",
        published=NOON,
        topics=[f"Topic {2 * number}", f"Topic {2 * number + 1}"],
        content="<p>What was said of it.</p>",
    )


def newsroom(*, title: str = "No. 700") -> Newsroom:
    """The newsroom, in which one article has that title."""
    site = Site(
        title="Report",
        url="https://report.example/",
        languages=["en"],
        feeds=[
            FeedRule(path="all", limit=TOPICS),
            FeedRule(path="latest", limit=TOPICS, formats=["html"]),
            FeedRule(path="topic/{topic}", formats=["rss"]),
        ],
    )
    numbers = range(TOPICS // 2)
    articles = [article(number, title if number == CHANGED else f"No. {number}") for number in numbers]
    return Newsroom(site, articles, as_of=NOON)


def states(folder: Path) -> dict[str, tuple[int, int, int]]:
    """The inode and the times of the file at each path."""
    found = {}
    for file in folder.rglob("*.*"):
        if file.is_file() and ".newsfeed" not in file.parts:
            facts = file.stat()
            path = file.relative_to(folder).as_posix()
            found[path] = (facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("feeds")
    newsroom().publish(folder)
    return folder


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path and the format of every feed that is rendered."""
    names: list[str] = []
    render = writing.render

    def note_and_render(feed: FeedData, name: str, cache: RenderCache) -> bytes:
        names.append(f"{feed.path}.{name}")
        return render(feed, name, cache)

    monkeypatch.setattr(document_rendering, "render", note_and_render)
    return names


def test_one_article_changes(folder: Path, rendered: list[str]) -> None:
    before = states(folder)
    assert len(before) > 2000
    report = newsroom(title="No. 700, corrected").publish(folder)
    after = states(folder)
    assert {path for path in after if after[path] != before.get(path)} == ITS_FEEDS
    assert {*report.written} == ITS_FEEDS
    assert sorted(rendered) == sorted(ITS_FEEDS)
    assert len(report.unchanged) == len(before) - len(ITS_FEEDS)


def test_none_changes(folder: Path, rendered: list[str]) -> None:
    newsroom().publish(folder)
    rendered.clear()
    before = states(folder)
    assert newsroom().publish(folder).written == ()
    assert states(folder) == before
    assert rendered == []
