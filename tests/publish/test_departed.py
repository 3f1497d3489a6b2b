"""Articles that have left their feeds keep their ids: for a tombstone, and for when they come back."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule
from newsfeed.publish.report import Report

Make = Callable[..., Any]

HTTP, HTTPS = "http://report.example/", "https://report.example/"
NAMES = ["snow", "rain", "hail", "frost"]
WITHDRAWN = {"withdrawn": True}


class Desk:
    """Publishes articles, the newest last, in a feed that has room for two, and whatever is changed of them."""

    def __init__(self, make: tuple[Make, Make, Make], noon: datetime, folder: Path) -> None:
        self._newsroom, self._site, self._article = make
        self._noon = noon
        self._folder = folder

    def publish(self, *names: str, url: str = HTTP, **changes: dict[str, Any]) -> Report:
        """Publish the articles of these names."""
        site = self._site(
            url=url,
            languages=["en"],
            tombstones=30,
            discovery=False,
            feeds=[FeedRule(path="all", limit=2, formats=["atom"])],
        )
        articles = [
            self._article(**self._published(name) | {"url": url + name} | changes.get(name, {}))
            for name in names
        ]
        report: Report = self._newsroom(*articles, site=site).publish(self._folder)
        return report

    def _published(self, name: str) -> dict[str, datetime]:
        when = self._noon + timedelta(minutes=NAMES.index(name))
        return {"published": when, "updated": when}

    def ids(self) -> list[str]:
        """The ids of entries."""
        return re.findall(r"<id>(.*?)</id>", (self._folder / "all.atom").read_text())[1:]

    def buried(self) -> list[str]:
        """The ids of tombstones."""
        return re.findall(r'deleted-entry .*?ref="(.*?)"', (self._folder / "all.atom").read_text())


@pytest.fixture
def desk(newsroom: Make, site: Make, article: Make, noon: datetime, tmp_path: Path) -> Desk:
    return Desk((newsroom, site, article), noon, tmp_path)


class TestWithdrawn:
    def test_when_the_site_moves(self, desk: Desk) -> None:
        desk.publish("snow", "rain")
        report = desk.publish("snow", "rain", url=HTTPS, snow=WITHDRAWN)
        assert desk.buried() == [f"{HTTP}snow"]
        assert [finding.code for finding in report.changed] == ["NF125"]

    def test_before_the_site_moves(self, desk: Desk) -> None:
        desk.publish("snow", "rain")
        desk.publish("snow", "rain", snow=WITHDRAWN)
        for _ in range(2):
            desk.publish("snow", "rain", url=HTTPS, snow=WITHDRAWN)
            assert desk.buried() == [f"{HTTP}snow"]

    def test_when_its_id_changes(self, desk: Desk) -> None:
        desk.publish("snow", "rain")
        desk.publish("snow", "rain", snow={"id": "urn:test:new"} | WITHDRAWN)
        assert desk.buried() == [f"{HTTP}snow"]

    def test_when_another_of_its_story_takes_its_place(self, desk: Desk) -> None:
        """Two articles; no feed says of one id both that it is there and that it is gone."""
        story = {"story": "weather"}
        desk.publish("snow", snow=story)
        desk.publish("snow", "hail", snow=story | WITHDRAWN, hail=story)
        assert (desk.buried(), desk.ids()) == ([f"{HTTP}snow"], [f"{HTTP}hail"])


class TestComesBack:
    """It had no room any more, until a newer one was withdrawn."""

    def test_after_the_site_has_moved(self, desk: Desk) -> None:
        names = ("snow", "rain", "hail")
        desk.publish(*names[:2])
        desk.publish(*names)
        desk.publish(*names, url=HTTPS)
        assert desk.ids() == [f"{HTTP}hail", f"{HTTP}rain"]
        desk.publish(*names, url=HTTPS, hail=WITHDRAWN)
        assert desk.ids() == [f"{HTTP}rain", f"{HTTP}snow"]

    def test_with_another_id(self, desk: Desk) -> None:
        names = ("snow", "rain", "hail")
        desk.publish(*names[:2])
        desk.publish(*names)
        desk.publish(*names, snow={"id": "urn:test:new"})
        report = desk.publish(*names, snow={"id": "urn:test:new"}, hail=WITHDRAWN)
        assert desk.ids() == [f"{HTTP}rain", f"{HTTP}snow"]
        assert [finding.code for finding in report.changed] == ["NF121"]

    def test_never(self, desk: Desk) -> None:
        """That it is gone from the sources is no news then."""
        desk.publish("snow", "rain")
        desk.publish("snow", "rain", "hail")
        assert desk.publish("rain", "hail", "frost").changed == ()
