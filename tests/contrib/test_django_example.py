"""examples/django_app: what is saved in the admin is in the feeds before the page has been reloaded."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import feedparser
import pytest

pytest.importorskip("django")
pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples"

#: What an editor does, and what readers get after each step.
SCRIPT = """
import json, os
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from news.models import Article, Author, Category

User.objects.create_superuser("editor", password="secret")
browser = Client(headers={"host": "localhost"})
browser.login(username="editor", password="secret")
form = {
    "language": "en", "slug": "snow", "title": "First snow", "content": "<p>Ten centimetres.</p>",
    "summary": "", "story": "", "published_0": "2025-12-19", "published_1": "20:00:00", "is_public": "on",
    "authors": [Author.objects.create(name="Leyla Abbasova").pk],
    "categories": [Category.objects.get(term="media").pk],
}
steps = {}

def step(name, path, data):
    answer = browser.post(path, data)
    assert answer.status_code == 302, answer.content.decode()
    feed = browser.get("/feeds/en/category/media.rss")
    steps[name] = [feed.status_code, feed.content.decode()]

step("saved", "/admin/news/article/add/", form)
change = f"/admin/news/article/{Article.objects.get(slug='snow').pk}/change/"
step("edited", change, form | {"title": "Much snow"})
step("renamed author", f"/admin/news/author/{form['authors'][0]}/change/", {"name": "Leyla A."})
steps["page"] = browser.get("/en/snow").content.decode()
form.pop("is_public")
step("unpublished", change, form)
step("published again", change, form | {"is_public": "on"})
step("deleted", change.replace("change", "delete"), {"post": "yes"})
print(json.dumps(steps))
"""


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    examples = tmp_path_factory.mktemp("examples")
    shutil.copytree(EXAMPLES / "report", examples / "report")
    shutil.copytree(EXAMPLES / "django_app", examples / "django_app")

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=examples / "django_app", check=True, capture_output=True, text=True
        )
        return done.stdout

    assert "no issues" in run("manage.py", "check")
    assert "No changes" in run("manage.py", "makemigrations", "--check", "--dry-run")
    run("manage.py", "migrate")
    assert "news.article: 11 rows" in run("manage.py", "load_report")
    found: dict[str, Any] = json.loads(run("-c", SCRIPT))
    return found


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("saved", [("First snow", "Leyla Abbasova")]),
        ("edited", [("Much snow", "Leyla Abbasova")]),
        ("renamed author", [("Much snow", "Leyla A.")]),
        ("unpublished", []),
        ("published again", [("First snow", "Leyla A.")]),
        ("deleted", []),
    ],
)
def test_a_step(step: str, expected: list[tuple[str, str]], steps: dict[str, Any]) -> None:
    status, text = steps[step]
    assert status == 200
    entries = [(entry.title, entry.author) for entry in feedparser.parse(text).entries]
    assert [entry for entry in entries if "snow" in entry[0]] == expected


class Workers:
    """Workers of a copy of the example, and an editor who saves articles without publishing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = os.environ | {"DJANGO_SETTINGS_MODULE": "by_worker"}
        (folder / "by_worker.py").write_text('from settings import *\nNEWSFEED["PUBLISH"] = "worker"\n')
        self._run("manage.py", "migrate")

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "manage.py", "newsfeed_publish", "--watch"]
        return subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def save(self, *titles: str) -> None:
        self._run("-c", SAVE, *titles)

    def pending(self) -> int:
        with closing(sqlite3.connect(self._folder / "db.sqlite3")) as database:
            ((count,),) = database.execute("SELECT count(*) FROM newsfeed_pendingchange")
            return int(count)

    def wait_for(self, *titles: str) -> None:
        feed = self._folder / "public/en/all.json"
        for _ in range(600):
            if feed.exists():
                found = sorted(item["title"] for item in json.loads(feed.read_bytes())["items"])
                if found == sorted(titles):
                    return
            time.sleep(0.1)
        raise AssertionError(found)

    def _run(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=self._folder,
            env=self._environment,
            check=True,
            capture_output=True,
        )


SAVE = """
import sys
import django
django.setup()
from news.models import Article

for title in sys.argv[1:]:
    Article.objects.create(language="en", slug=title, title=title, is_public=True)
"""


@pytest.fixture
def workers(tmp_path: Path) -> Workers:
    shutil.copytree(EXAMPLES / "report", tmp_path / "report")
    shutil.copytree(EXAMPLES / "django_app", tmp_path / "django_app")
    return Workers(tmp_path / "django_app")


@pytest.mark.skipif(os.name == "nt", reason="there are other ways to end a process")
def test_two_workers_and_ends_of_all_kinds(workers: Workers) -> None:
    first, second = workers.start(), workers.start()
    third = None
    try:
        workers.save("snow")
        workers.wait_for("snow")
        assert workers.pending() == 0
        workers.save("rain", "hail")
        first.send_signal(signal.SIGKILL)
        workers.wait_for("hail", "rain", "snow")
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=30) == 0
        workers.save("sleet")
        assert workers.pending() == 1
        third = workers.start()
        workers.wait_for("hail", "rain", "sleet", "snow")
        assert workers.pending() == 0
        third.send_signal(signal.SIGINT)
        assert third.wait(timeout=30) == 0
    finally:
        for worker in filter(None, (first, second, third)):
            worker.kill()
            worker.wait()


def test_the_page_names_its_feeds(steps: dict[str, Any]) -> None:
    assert 'href="https://report.example/feeds/en/category/media.rss"' in steps["page"]
