"""A folder and a bucket as targets of one store, against moto's server on this machine."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("s3fs", reason="it comes with the extra `remote`")

from tests.s3 import fresh_bucket, running_server
from tests.store.test_object_storage import SITE, row
from tests.store.test_the_law_of_publishing import files

from newsfeed import PublishError, Store
from newsfeed.publish.objects import ObjectStorage
from newsfeed.publish.record import GONE_PATH, RECORD_PATH

pytestmark = pytest.mark.slow

URL = "s3://news/feeds/"


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[str]:
    """The address of a server that speaks S3."""
    with running_server() as address:
        yield address


@pytest.fixture
def bucket(server: str) -> Iterator[Any]:
    """A fresh bucket, and what S3 tells of it."""
    with fresh_bucket(server) as client:
        yield client


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", SITE) as opened:
        yield opened


def place() -> ObjectStorage:
    # fsspec would return the file system that another test opened, with the server of that test
    return ObjectStorage(URL, options={"skip_instance_cache": True})


def objects(bucket: Any) -> dict[str, bytes]:
    """What lies there, newsfeed's own files left out."""
    listed = bucket.list_objects_v2(Bucket="news", Prefix="feeds/").get("Contents", [])
    keys = [found["Key"] for found in listed if "/.newsfeed/" not in found["Key"]]
    return {
        key.removeprefix("feeds/"): bucket.get_object(Bucket="news", Key=key)["Body"].read() for key in keys
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of S3, in order."""
    import s3fs

    noted: list[str] = []
    real = s3fs.S3FileSystem._call_s3

    async def noting(files_of_s3: Any, method: str, *args: Any, **values: Any) -> Any:
        noted.append(f"{method} {values.get('Key', '').removeprefix('feeds/')}".strip())
        return await real(files_of_s3, method, *args, **values)

    monkeypatch.setattr(s3fs.S3FileSystem, "_call_s3", noting)
    return noted


def test_a_change_asks_for_what_it_touches(store: Store, bucket: Any, asked: list[str]) -> None:
    store.put([row(1), row(2), row(3)])
    store.publish(place())
    before = objects(bucket)
    asked.clear()
    store.put(row(2, title="Rain"))
    assert len(store.publish(place()).written) == 3
    marker = Counter({"head_object": 1, "get_object": 1, "put_object": 1})
    touched = Counter({"head_object": 3, "put_object": 3})
    assert Counter(each.split()[0] for each in asked) == marker + touched
    assert asked[-1] == f"put_object {RECORD_PATH}"
    assert {path for path, data in objects(bucket).items() if data != before[path]} == {
        "en/all.rss",
        "en/all.json",
        "topic/topic-2.json",
    }
    asked.clear()
    assert store.publish(place()).written == ()
    assert asked == [f"head_object {RECORD_PATH}", f"get_object {RECORD_PATH}"]


def test_what_is_newsfeeds_own_is_kept_by_no_cache(store: Store, bucket: Any) -> None:
    store.put([row(1), row(2)])
    store.publish(place())
    store.withdraw("urn:report:2")
    store.publish(place())
    heads = {
        path: bucket.head_object(Bucket="news", Key=f"feeds/{path}")["CacheControl"]
        for path in (RECORD_PATH, GONE_PATH, "en/all.rss")
    }
    assert heads == {
        RECORD_PATH: "private, no-store",
        GONE_PATH: "private, no-store",
        "en/all.rss": "public, max-age=300",
    }


def test_a_folder_and_a_bucket(store: Store, bucket: Any, tmp_path: Path) -> None:
    store.put([row(1), row(2)])
    store.publish(place())
    store.put(row(3))
    store.withdraw("urn:report:1")
    store.publish(tmp_path / "public")
    report = store.publish(place())
    assert not report.is_whole
    assert set(report.written) == {"en/all.rss", "en/all.json", "topic/topic-3.json"}
    assert report.removed == ("topic/topic-1.json",)
    assert objects(bucket) == files(tmp_path / "public")


def test_a_bucket_that_somebody_emptied(store: Store, bucket: Any) -> None:
    store.put([row(1), row(2)])
    store.publish(place())
    before = objects(bucket)
    for found in bucket.list_objects_v2(Bucket="news")["Contents"]:
        bucket.delete_object(Bucket="news", Key=found["Key"])
    report = store.publish(place())
    assert [(found.code, found.reason) for found in report.changed] == [
        ("NF129", "the record is missing, so everything was compared")
    ]
    assert objects(bucket) == before


def test_rights_that_end_in_the_middle(
    store: Store, bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    store.put([row(1), row(2)])
    store.publish(place())
    store.put(row(2, title="Rain"))
    real = s3fs.S3FileSystem._call_s3

    async def forbidden(files_of_s3: Any, method: str, *args: Any, **values: Any) -> Any:
        if method == "put_object" and values["Key"].endswith("topic-2.json"):
            raise PermissionError("The provided token has expired")
        return await real(files_of_s3, method, *args, **values)

    with monkeypatch.context() as patch:
        patch.setattr(s3fs.S3FileSystem, "_call_s3", forbidden)
        with pytest.raises(PublishError) as caught:
            store.publish(place())
    assert str(caught.value) == (
        "can't write s3://news/feeds/topic/topic-2.json: The provided token has expired. Every document is whole, "
        "but some of them are still old; the next build finishes the job. "
        "Let these credentials list, read, write and remove objects there."
    )
    report = store.publish(place())
    assert not report.is_whole
    assert report.written == ("topic/topic-2.json",)
    store.publish(tmp_path / "public")
    assert objects(bucket) == files(tmp_path / "public")


def test_the_command(bucket: Any, tmp_path: Path) -> None:
    (tmp_path / "newsroom.toml").write_text(
        '[site]\ntitle = "Report"\nurl = "https://report.example/"\nlanguages = ["en"]\n'
        'timezone = "UTC"\nstore = "news.db"\n'
        'discovery = false\n[[feeds]]\npath = "all"\nformats = ["json"]\n'
    )
    (tmp_path / "rows.jsonl").write_text(json.dumps(row(1)))

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "newsfeed", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("put", ".", "rows.jsonl")
    assert run("build", ".", "-o", URL).startswith(f"Wrote 1 file from 1 article in 1 language to {URL}")
    assert run("build", ".", "-o", URL).startswith("Wrote 0 files")
    assert set(objects(bucket)) == {"all.json"}
    status = json.loads(run("store", ".", "--json"))
    assert [(each["target"], each["waiting"]) for each in status["targets"]] == [("s3://news/feeds", False)]
