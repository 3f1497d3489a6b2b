"""The setting NEWSFEED, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from functools import cache
from os import PathLike, fspath
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

from newsfeed.contrib.live_feeds import LiveFeeds
from newsfeed.errors import NewsfeedError
from newsfeed.model.site import Site
from newsfeed.sources.newsroom_toml import read_site
from newsfeed.text.nearest import did_you_mean
from newsfeed.web import gone_from, wsgi_app
from newsfeed.web.responder import Responder

__all__ = ["Configuration", "configuration", "forget", "read_settings"]

_KEYS = ("SITE", "STORE", "OUTPUT", "PUBLISH", "SERVE")
_WHEN = ("commit", "worker")
_EXAMPLE = 'NEWSFEED = {"SITE": BASE_DIR / "newsroom.toml", "STORE": BASE_DIR / "news.db", "OUTPUT": BASE_DIR / "feeds"}'


class Configuration(NamedTuple):
    """What the setting says."""

    feeds: LiveFeeds
    #: Whether saving a row publishes; otherwise a worker does.
    publishes_on_commit: bool
    responder: Responder


@cache
def configuration() -> Configuration:
    """Return what the setting says.

    Raises:
        ImproperlyConfigured: If it is wrong; `manage.py check` lists everything.
    """
    read, problems = read_settings(getattr(settings, "NEWSFEED", None))
    if read is None:
        raise ImproperlyConfigured("\n".join(f"{problem.msg} {problem.hint}" for problem in problems))
    return read


def forget(*, setting: str = "NEWSFEED", **_: object) -> None:
    """Read the setting again when it is next needed, because it has changed."""
    if setting == "NEWSFEED":
        if configuration.cache_info().currsize:
            configuration().feeds.close()
        configuration.cache_clear()


def read_settings(values: object) -> tuple[Configuration | None, list[Error]]:
    """Return what the setting says, or None, and what is wrong with it."""
    if not isinstance(values, Mapping):
        said = "isn't set" if values is None else "isn't a dictionary"
        return None, [Error(f"NEWSFEED {said}.", hint=f"Write {_EXAMPLE}", id="newsfeed.E001")]
    problems = list(_unknown_keys(values))
    site = _site(values.get("SITE"), problems)
    store = values.get("STORE") or (site.store if site else None)
    if site is not None or store is not None:
        problems += _problems_of_store(store)
    output = values.get("OUTPUT")
    if not _is_path(output):
        problems.append(
            Error(
                "NEWSFEED has no OUTPUT, or it isn't a path.",
                hint='Name the folder to publish into: "OUTPUT": BASE_DIR / "feeds".',
                id="newsfeed.E005",
            )
        )
    when = values.get("PUBLISH", "commit")
    if when not in _WHEN:
        hint = (
            'Write "commit" to publish after each transaction, or "worker" if newsfeed_publish --watch runs.'
        )
        problems.append(Error(f"NEWSFEED['PUBLISH'] can't be {when!r}.", hint=hint, id="newsfeed.E006"))
    responder = _responder(output, values.get("SERVE", {}), problems) if _is_path(output) else None
    if site is None or responder is None or not _is_path(store) or not _is_path(output) or problems:
        return None, problems
    return Configuration(LiveFeeds(site, fspath(store), fspath(output)), when == "commit", responder), []


def _unknown_keys(values: Mapping[Any, Any]) -> Iterator[Error]:
    for key in values:
        if key not in _KEYS:
            meant = did_you_mean(str(key), _KEYS, likeness=0.5)
            hint = f"{meant[0].upper()}{meant[1:]}"
            yield Error(f"NEWSFEED has an unknown key, {key!r}.", hint=hint, id="newsfeed.E002")


def _site(given: object, problems: list[Error]) -> Site | None:
    if isinstance(given, Site):
        return given
    if not _is_path(given):
        hint = 'Name its newsroom.toml, "SITE": BASE_DIR / "newsroom.toml", or give a newsfeed.Site.'
        problems.append(Error("NEWSFEED has no SITE.", hint=hint, id="newsfeed.E003"))
        return None
    try:
        site, _ = read_site(fspath(given))
    except NewsfeedError as error:
        hint = "Correct the file, or name another."
        problems.append(Error(f"NEWSFEED['SITE'] can't be used. {error}", hint=hint, id="newsfeed.E003"))
        return None
    return site


def _problems_of_store(store: object) -> Iterator[Error]:
    if not _is_path(store):
        yield Error(
            "NEWSFEED has no STORE, and neither has the site.",
            hint='Name a file, which is created if there is none: "STORE": BASE_DIR / "news.db".',
            id="newsfeed.E004",
        )
        return
    path = fspath(store)
    if "://" not in path and not path.startswith("env:") and not Path(path).absolute().parent.is_dir():
        yield Error(
            f"NEWSFEED['STORE'] can't be created: there is no folder {Path(path).absolute().parent}.",
            hint="Create the folder, or name another file.",
            id="newsfeed.E004",
        )


def _responder(output: str | PathLike[str], options: object, problems: list[Error]) -> Responder | None:
    try:
        return wsgi_app(output, gone=gone_from(output), **options).responder  # type: ignore[arg-type]
    except (NewsfeedError, TypeError) as error:
        hint = "It holds arguments of newsfeed.web.wsgi_app, such as {'max_age': 60}."
        problems.append(Error(f"NEWSFEED['SERVE'] can't be used. {error}", hint=hint, id="newsfeed.E007"))
        return None


def _is_path(value: object) -> TypeGuard[str | PathLike[str]]:
    return isinstance(value, str | PathLike) and bool(fspath(value))
