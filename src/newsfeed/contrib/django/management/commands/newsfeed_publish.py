"""`manage.py newsfeed_publish`: put what changed and publish, once or whenever there is something to publish."""

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsfeed.contrib.django.changes import put_pending
from newsfeed.contrib.django.registry import databases
from newsfeed.contrib.django.settings import configuration
from newsfeed.contrib.django.worker import watch as keep_watching
from newsfeed.errors import NewsfeedError

__all__ = ["Command"]


class Command(BaseCommand):
    """The command."""

    help = "Publish the feeds: what changed, and what is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument(
            "--watch",
            action="store_true",
            help="go on, and publish whenever rows change or an article is due",
        )
        parser.add_argument(
            "--verify", action="store_true", help="look at all documents, and repair damaged ones"
        )
        parser.add_argument("--accept", action="store_true", help="publish changed ids")
        parser.add_argument(
            "--accept-loss", action="store_true", help="publish although many articles are gone"
        )

    def handle(self, *, watch: bool, verify: bool, accept: bool, accept_loss: bool, **_: Any) -> None:  # noqa: ANN401 - Django's
        """Publish."""
        feeds = configuration().feeds
        stop = _set_by_signals() if watch else None
        try:
            for using in databases():
                put_pending(feeds, using)
            report = feeds.publish(verify=verify, accept=accept, accept_loss=accept_loss)
        except NewsfeedError as error:
            if not watch:
                raise CommandError(str(error)) from error
            self.stderr.write(str(error))
        else:
            self.stdout.write(f"{len(report.written):,} documents written to {report.folder}.")
        if stop is not None:
            self.stdout.write("Watching. Ctrl+C or SIGTERM ends it.")
            keep_watching(feeds, stop, self._tell)

    def _tell(self, documents: int) -> None:
        self.stdout.write(f"{documents:,} documents written.")


def _set_by_signals() -> Event:
    """Return an event that the signals set which end a worker."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
