"""`manage.py newsfeed_sync`: compare all rows with the store, also those that changed without a signal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import router

from newsfeed.catalog.stored.turns import put_turn
from newsfeed.contrib.django.changes import publish
from newsfeed.contrib.django.registry import Registration, registered
from newsfeed.contrib.django.settings import configuration
from newsfeed.contrib.live_feeds import ABSENT, KeyedRow, LiveFeeds, log_findings
from newsfeed.errors import NewsfeedError
from newsfeed.model.loss import is_suspicious

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
                self.stdout.write(_synced(feeds, registration, accept_loss=accept_loss))
            if publishes_on_commit and not no_publish:
                report = publish(feeds, accept_loss=accept_loss)
                self.stdout.write(f"{len(report.written):,} documents written to {report.folder}.")
        except NewsfeedError as error:
            raise CommandError(str(error)) from error


def _chosen(labels: list[str]) -> list[Registration]:
    by_label = {each.source: each for each in registered()}
    for label in labels:
        if label.lower() not in by_label:
            known = ", ".join(by_label) or "none"
            raise CommandError(f"{label} isn't registered for feeds. Registered: {known}.")
    return [by_label[label.lower()] for label in labels] or list(by_label.values())


def _synced(feeds: LiveFeeds, registration: Registration, *, accept_loss: bool) -> str:
    """Sync a model, and say what changed."""
    using = router.db_for_read(registration.model)
    source = registration.source
    stored = sum(1 for _ in feeds.store.keys(source))
    vanished = list(registration.vanished(feeds.store.keys(source), using))
    if vanished and not accept_loss:
        _check_loss(source, len(vanished), stored, feeds.site.max_loss)
    rows = changed = 0
    last: object = None
    while True:
        with put_turn(feeds.path, wait=feeds.wait):
            some = registration.after(last, using)
            put = feeds.put(source, registration.read(some, feeds.site))
        log_findings(put.findings)
        if not some:
            break
        last = some[-1].pk
        rows += len(some)
        changed += put.changed
    with put_turn(feeds.path, wait=feeds.wait):
        gone = list(registration.vanished(vanished, using))  # some may be back
        feeds.put(source, [KeyedRow(key, ABSENT) for key in gone])
    return f"{source}: {rows:,} rows, {changed:,} new or changed, {len(gone):,} removed."


def _check_loss(source: str, count: int, stored: int, max_loss: float) -> None:
    if count == stored or is_suspicious(count, stored, max_loss):
        raise CommandError(
            f"{source}: {count:,} of {stored:,} rows in the store would be removed, because they are no longer in the "
            "database. Nothing was changed. If this is right, let them go with --accept-loss."
        )
