"""Publishing to S3, against moto's server on this machine."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from tests.s3 import fresh_bucket, running_server

from newsfeed import FeedRule, Newsroom, PublishError
from newsfeed.publish.objects import ObjectStorage
from newsfeed.publish.record import RECORD_PATH
from newsfeed.publish.unfinished import UNFINISHED_PATH

pytest.importorskip("s3fs", reason="it comes with the extra `remote`")
import boto3

pytestmark = pytest.mark.slow

Make = Callable[..., Any]
ROOT = Path(__file__).parents[2]
URL = "s3://news/feeds/"
RULES = [
    FeedRule(path="{language}/all", formats=["rss", "atom", "json", "html", "text"]),
    FeedRule(path="{language}/topic/{topic}", formats=["rss"]),
]


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


def room_of(newsroom: Make, site: Make, *articles: Any, **values: Any) -> Newsroom:
    made: Newsroom = newsroom(
        *articles, site=site(**{"feeds": RULES, "languages": ["en"], "discovery": False} | values)
    )
    return made


def place() -> ObjectStorage:
    # fsspec would return the file system that another test opened, with the server of that test
    return ObjectStorage(URL, options={"skip_instance_cache": True})


def objects(bucket: Any) -> dict[str, Any]:
    """The facts of each object, newsfeed's own left out."""
    listed = bucket.list_objects_v2(Bucket="news", Prefix="feeds/").get("Contents", [])
    return {
        found["Key"].removeprefix("feeds/"): found for found in listed if "/.newsfeed/" not in found["Key"]
    }


def body(bucket: Any, path: str) -> bytes:
    answer: bytes = bucket.get_object(Bucket="news", Key=f"feeds/{path}")["Body"].read()
    return answer


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("en/all.rss", "application/rss+xml; charset=utf-8"),
        ("en/all.atom", "application/atom+xml; charset=utf-8"),
        ("en/all.json", "application/feed+json; charset=utf-8"),
        ("en/all.html", "text/html; charset=utf-8"),
        ("en/all.txt", "text/plain; charset=utf-8"),
    ],
)
def test_objects_have_the_headers_that_readers_and_caches_go_by(
    path: str, media_type: str, newsroom: Make, site: Make, article: Make, bucket: Any
) -> None:
    room_of(newsroom, site, article()).publish(place())
    head = bucket.head_object(Bucket="news", Key=f"feeds/{path}")
    assert (head["ContentType"], head["CacheControl"]) == (media_type, "public, max-age=300")


def test_how_long_caches_may_keep_them_is_the_callers_choice(
    newsroom: Make, site: Make, article: Make, bucket: Any
) -> None:
    store = ObjectStorage(URL, cache_control="public, max-age=60", options={"skip_instance_cache": True})
    room_of(newsroom, site, article()).publish(store)
    assert bucket.head_object(Bucket="news", Key="feeds/en/all.rss")["CacheControl"] == "public, max-age=60"


def test_the_record_is_kept_by_no_cache(newsroom: Make, site: Make, article: Make, bucket: Any) -> None:
    room_of(newsroom, site, article()).publish(place())
    head = bucket.head_object(Bucket="news", Key=f"feeds/{RECORD_PATH}")
    assert (head["ContentType"], head["CacheControl"]) == ("application/jsonl", "private, no-store")


def test_only_what_changed_is_sent_and_nothing_is_read(
    newsroom: Make, site: Make, article: Make, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    asked: list[str] = []
    real = s3fs.S3FileSystem._call_s3

    async def noting(files: Any, method: str, *args: Any, **values: Any) -> Any:
        asked.append(f"{method} {values.get('Key', '')}".strip())
        return await real(files, method, *args, **values)

    monkeypatch.setattr(s3fs.S3FileSystem, "_call_s3", noting)
    room_of(newsroom, site, article(topics=["Snow"])).publish(place())
    before = objects(bucket)
    asked.clear()
    rain = article("rain", topics=["Rain"])
    report = room_of(newsroom, site, article(topics=["Snow"]), rain).publish(place())
    assert report.unchanged == ("en/topic/snow.rss",)
    assert objects(bucket)["en/topic/snow.rss"] == before["en/topic/snow.rss"]
    assert sorted(name.partition("feeds/")[2] for name in asked if name.startswith("put_object")) == sorted(
        [*report.written, RECORD_PATH, UNFINISHED_PATH]
    )
    asked.clear()
    assert (
        room_of(newsroom, site, article(topics=["Snow"]), rain, title="Report").publish(place()).written == ()
    )
    assert [name for name in asked if "get_object" in name] == [f"get_object feeds/{RECORD_PATH}"]
    assert [name for name in asked if "put_object" in name] == []


@pytest.mark.parametrize("harm", ["removed", "damaged in its old length"])
def test_an_object_that_somebody_harmed_is_sent_again(
    harm: str, newsroom: Make, site: Make, article: Make, bucket: Any
) -> None:
    room = room_of(newsroom, site, article())
    room.publish(place())
    whole = body(bucket, "en/all.rss")
    if harm == "removed":
        bucket.delete_object(Bucket="news", Key="feeds/en/all.rss")
    else:
        bucket.put_object(Bucket="news", Key="feeds/en/all.rss", Body=b"!" * len(whole))
    assert room.publish(place()).written == ("en/all.rss",)
    assert body(bucket, "en/all.rss") == whole


def test_feeds_that_are_no_longer_planned_go(newsroom: Make, site: Make, article: Make, bucket: Any) -> None:
    room_of(newsroom, site, article(topics=["Snow"])).publish(place())
    bucket.put_object(Bucket="news", Key="feeds/robots.txt", Body=b"mine")
    assert room_of(newsroom, site, article()).publish(place()).removed == ("en/topic/snow.rss",)
    assert set(objects(bucket)) == {f"en/all.{end}" for end in ("rss", "atom", "json", "html", "txt")} | {
        "robots.txt"
    }


def test_a_build_that_the_network_leaves_in_the_middle_is_mended_by_the_next(
    newsroom: Make, site: Make, article: Make, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    old, new = room_of(newsroom, site, article()), room_of(newsroom, site, article(title="Changed"))
    old.publish(place())
    real = s3fs.S3FileSystem._call_s3

    async def broken(files: Any, method: str, *args: Any, **values: Any) -> Any:
        if method == "put_object" and values["Key"].endswith((".json", ".html")):
            raise ConnectionResetError("Connection reset by peer")
        return await real(files, method, *args, **values)

    with monkeypatch.context() as patch:
        patch.setattr(s3fs.S3FileSystem, "_call_s3", broken)
        with pytest.raises(
            PublishError, match=r"can't write s3://news/feeds/en/all.*the next build finishes the job"
        ):
            new.publish(place())
    for path in objects(bucket):
        assert body(bucket, path) in {_document(old, path), _document(new, path)}
    new.publish(place())
    assert {path: body(bucket, path) for path in objects(bucket)} == {
        path: _document(new, path) for path in objects(bucket)
    }


def _document(room: Newsroom, path: str) -> bytes:
    name = {"txt": "text"}.get(path.rpartition(".")[2], path.rpartition(".")[2])
    return room.feed(path.rpartition(".")[0]).render(name)


class TestWhatGoesWrong:
    def test_no_bucket(self, newsroom: Make, site: Make, article: Make) -> None:
        with pytest.raises(
            PublishError, match=r"s3://nowhere/.*does not exist.*Nothing was changed. Create the bucket"
        ):
            room_of(newsroom, site, article()).publish("s3://nowhere/feeds/")

    def test_no_right_to_write(
        self, newsroom: Make, site: Make, article: Make, bucket: Any, server: str
    ) -> None:
        options = {"skip_instance_cache": True, **_who_may(server, "s3:ListBucket", "s3:GetObject")}
        with (
            _rights_matter(server),
            pytest.raises(
                PublishError, match=r"can't write s3://news/.*Nothing was changed\. Let these credentials"
            ),
        ):
            room_of(newsroom, site, article()).publish(ObjectStorage(URL, options=options))
        assert objects(bucket) == {}

    @pytest.mark.usefixtures("bucket")
    def test_no_more_rights_are_needed_than_the_documentation_says(
        self, newsroom: Make, site: Make, article: Make, server: str
    ) -> None:
        page = (ROOT / "docs/how-to/publish-to-s3.md").read_text()
        rights = set(re.findall(r"`(s3:\w+)`", page))
        assert len(rights) == 4
        store = ObjectStorage(URL, options={"skip_instance_cache": True, **_who_may(server, *rights)})
        with _rights_matter(server):
            room_of(newsroom, site, article(topics=["Snow"])).publish(store)
            assert room_of(newsroom, site, article()).publish(store).removed == ("en/topic/snow.rss",)

    def test_unknown_credentials(self, newsroom: Make, site: Make, article: Make, server: str) -> None:
        with (
            _rights_matter(server),
            pytest.raises(
                PublishError, match=r"can't read s3://news/feeds/\.newsfeed/.*\. Let these credentials list"
            ),
        ):
            room_of(newsroom, site, article()).publish(place())

    def test_no_network(self, newsroom: Make, site: Make, article: Make) -> None:
        options = {
            "endpoint_url": "http://127.0.0.1:9",
            "config_kwargs": {"retries": {"max_attempts": 0}},
        }
        store = ObjectStorage(URL, options=options)
        with pytest.raises(PublishError, match=r"s3://news/feeds/.*: Could not connect.*Check the network"):
            room_of(newsroom, site, article()).publish(store)


def _who_may(server: str, *actions: str) -> dict[str, str]:
    """The options of a user who has some rights."""
    iam = boto3.client("iam", endpoint_url=server)
    name = f"user{len(iam.list_users()['Users'])}"
    iam.create_user(UserName=name)
    rights = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": actions, "Resource": "*"}}
    iam.put_user_policy(UserName=name, PolicyName="some", PolicyDocument=json.dumps(rights))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    iam.close()
    return {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}


@contextmanager
def _rights_matter(server: str) -> Iterator[None]:
    """Have moto look at rights; else everybody may do everything."""
    _begin_with_rights_after(server, b"0")
    try:
        yield
    finally:
        _begin_with_rights_after(server, b"inf")


def _begin_with_rights_after(server: str, requests: bytes) -> None:
    asked = Request(f"{server}/moto-api/reset-auth", requests, {"Content-Type": "text/plain"})  # noqa: S310 - our own server
    with urlopen(asked) as answer:  # noqa: S310 - as above
        assert answer.status == 200


def test_the_command(example: Path, bucket: Any) -> None:
    from newsfeed.cli.program import program

    arguments = ["build", str(example), "-o", URL, "--as-of", "2025-12-19 19:00", "--json"]
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["folder"] == URL
    assert set(report["written"]) == set(objects(bucket))


@pytest.mark.usefixtures("bucket")
def test_the_command_says_where_people_find_it(example: Path) -> None:
    from newsfeed.cli.program import program

    result = CliRunner().invoke(program, ["build", str(example), "-o", URL, "--as-of", "2025-12-19 19:00"])
    assert f"to {URL} (0 unchanged)" in result.stdout
    assert "https://report.example/feeds/en/all.rss in a feed reader" in result.stdout
