"""A Django site with a database of its own. Its transactions are real ones: what happens after them is tested."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Site

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[FeedRule(path="all", formats=["json", "rss"]), FeedRule(path="author/{author}", formats=["json"])],
    discovery=False,
)

collect_ignore_glob = ["press/*"]  # Django imports it

try:
    import django
except ImportError:
    collect_ignore_glob += ["test_django*"]
else:
    from django.conf import settings

    _folder = tempfile.mkdtemp(prefix="newsfeed-django-")
    settings.configure(
        ALLOWED_HOSTS=["report.example", "testserver"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{_folder}/db.sqlite3"},
            "other": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{_folder}/other.sqlite3"},
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["newsfeed.contrib.django", "tests.contrib.press"],
        MIDDLEWARE=[
            "django.middleware.gzip.GZipMiddleware",
            "django.middleware.http.ConditionalGetMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        ROOT_URLCONF="tests.contrib.press.urls",
        SECRET_KEY="not secret",  # noqa: S106
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        USE_TZ=True,
    )
    django.setup()


@pytest.fixture(scope="session")
def tables() -> Iterator[None]:
    """The tables of the site's databases."""
    from django.core.management import call_command
    from django.db import connections

    for database in ("default", "other"):
        call_command("migrate", database=database, run_syncdb=True, verbosity=0)
    yield
    connections.close_all()
    for name in ("db.sqlite3", "other.sqlite3"):
        Path(_folder, name).unlink()
    Path(_folder).rmdir()


@pytest.fixture
def feeds(tables: None, tmp_path: Path) -> Iterator[Any]:  # noqa: ARG001 - they have to be there
    """What the setting NEWSFEED says, in a site without rows."""
    from django.core.management import call_command
    from django.test import override_settings

    from newsfeed.contrib.django.settings import configuration

    said = {"SITE": SITE, "STORE": tmp_path / "news.db", "OUTPUT": tmp_path / "public"}
    with override_settings(NEWSFEED=said):
        yield configuration().feeds
        for database in ("default", "other"):
            call_command("flush", database=database, interactive=False, verbosity=0)
