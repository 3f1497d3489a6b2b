"""`manage.py newsfeed_sync`: compare all rows with the store, also those that changed without a signal."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsfeed.contrib.django.registry import Registration, registered
from newsfeed.contrib.django.settings import configuration
from newsfeed.contrib.syncing import sync_rows
from newsfeed.errors import NewsfeedError

__all__ = ["Command"]


class Command(BaseCommand):
    """The command."""

    help = "Bring all rows of the registered models into the store, and publish. Run it after bulk changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the command's options."""
        parser.add_argument(
            "models", nargs="*", help="labels such as news.story; default: all that are registered"
        )
        parser.add_argument(
            "--accept-loss", action="store_true", help="remove rows that vanished, however many they are"
        )
        parser.add_argument("--no-publish", action="store_true", help="leave publishing to others")

    def handle(self, *, models: list[str], accept_loss: bool, no_publish: bool, **_: Any) -> None:  # noqa: ANN401 - Django's
        """Sync."""
        feeds, publishes_on_commit, _responder = configuration()
        try:
            for registration in _chosen(models):
                rows = registration.rows_in(None, feeds.site)
                synced = sync_rows(feeds, rows, accept_loss=accept_loss, progress=self._progress())
                self.stdout.write(str(synced))
            if publishes_on_commit and not no_publish:
                report = feeds.publish(accept_loss=accept_loss)
                self.stdout.write(f"{len(report.written):,} documents written to {report.folder}.")
        except NewsfeedError as error:
            raise CommandError(str(error)) from error

    def _progress(self) -> Callable[[str, int, int], None] | None:
        """Return what shows the progress on a terminal."""
        if not self.stderr.isatty():
            return None

        def show(source: str, done: int, total: int) -> None:
            ending = "\n" if done == total else "\r"
            self.stderr.write(f"{source}: {done:,} of {total:,} rows", self.style.NOTICE, ending=ending)
            self.stderr.flush()

        return show


def _chosen(labels: list[str]) -> list[Registration]:
    by_label = {each.source: each for each in registered()}
    for label in labels:
        if label.lower() not in by_label:
            known = ", ".join(by_label) or "none"
            raise CommandError(f"{label} isn't registered for feeds. Registered: {known}.")
    return [by_label[label.lower()] for label in labels] or list(by_label.values())
