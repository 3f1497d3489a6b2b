"""Saves articles and asks for feeds, and prints what that cost: `python -m tests.benchmarks.django_site ROWS REPEATS`."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

_BEGIN = datetime(2015, 1, 1, tzinfo=UTC)
_BODY = "<p>" + "Snow fell on the hills above the city, and the roads were closed. " * 40 + "</p>"
_SECTIONS = 10


def main(rows: int, repeats: int) -> None:
    """Fill the site, measure, and print seconds of a processor by what was done."""
    with tempfile.TemporaryDirectory() as folder:
        _set_up(folder)
        from django.core.management import call_command
        from django.test import Client
        from tests.benchmarks.django_site import by_feedgen
        from tests.benchmarks.django_site.models import StoryOfFeedgen, StoryOfNewsfeed, StoryOfSyndication

        call_command("migrate", run_syncdb=True, verbosity=0)
        for model in (StoryOfNewsfeed, StoryOfFeedgen, StoryOfSyndication):
            model.objects.bulk_create((_story(model, number) for number in range(rows)), batch_size=500)
        with open(os.devnull, "w") as nothing:  # noqa: PTH123 - it isn't a file
            call_command("newsfeed_sync", stdout=nothing)
        by_feedgen.write_feeds(_story(StoryOfFeedgen, rows - 1))
        client = Client()

        def request(address: str) -> None:
            response = client.get(address)
            assert response.status_code == 200, address
            b"".join(response)

        costs: dict[str, list[float]] = {}
        for number in range(rows, rows + repeats + 1):
            for name, work in {
                "newsfeed save": lambda: _story(StoryOfNewsfeed, number).save(),  # noqa: B023 - called at once
                "feedgen save": lambda: _story(StoryOfFeedgen, number).save(),  # noqa: B023 - as above
                "syndication save": lambda: _story(StoryOfSyndication, number).save(),  # noqa: B023 - as above
                "newsfeed request": lambda: request("/feeds/all.rss"),
                "syndication request": lambda: request("/syndication/all.rss"),
            }.items():
                costs.setdefault(name, []).append(_cost(work))
        print(json.dumps({name: sorted(taken[1:])[repeats // 2] for name, taken in costs.items()}))  # noqa: T201


def _cost(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _set_up(folder: str) -> None:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/db.sqlite3"}},
        FEEDGEN_OUTPUT=f"{folder}/feedgen",
        INSTALLED_APPS=["newsfeed.contrib.django", "tests.benchmarks.django_site.apps.NewsConfig"],
        NEWSFEED={
            "SITE": None,
            "STORE": f"{folder}/news.db",
            "OUTPUT": f"{folder}/newsfeed",
        },
        ROOT_URLCONF="tests.benchmarks.django_site.urls",
        USE_TZ=True,
    )
    import django

    django.setup()
    from tests.benchmarks.django_site.feeds import SITE

    settings.NEWSFEED["SITE"] = SITE


def _story(model: Any, number: int) -> Any:
    return model(
        headline=f"Story {number}",
        body=_BODY,
        section=f"section-{number % _SECTIONS}",
        published=_BEGIN + timedelta(minutes=number),
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
