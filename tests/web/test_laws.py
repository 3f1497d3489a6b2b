"""What holds of every answer, whatever was asked, and whatever happens to the folder meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import Ask, asking, rss, writer

from newsfeed.web.documents import digest_of
from newsfeed.web.folder import PublishedFolder

STATUSES = {200, 204, 226, 304, 308, 404, 405, 406, 410, 412}
NAMES = [
    "A-IM",
    "Accept",
    "Accept-Encoding",
    "Access-Control-Request-Method",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Unmodified-Since",
    "Origin",
    "Range",
]
VALUES = [
    "*",
    "feed",
    '"a"',
    'W/"a", "b"',
    "gzip, br;q=0.5",
    "identity;q=0",
    "*;q=0",
    "text/html",
    "application/atom+xml",
    "Fri, 19 Dec 2025 12:00:00 GMT",
    "https://a.example",
]
PATHS = ["/", "/en/all.rss", "/en/all", "/en/", "/about", "/gone.rss", "/nothing", "/../x", "*", ""]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("public")
    write = writer(folder)
    write("en/all.rss", rss(*map(str, range(40))))
    write("en/all.atom", b"<feed/>")
    write("about/index.html", b"<!doctype html>")
    return asking(
        PublishedFolder(folder), negotiate=True, gone="gone.rss".__eq__, origins=("https://a.example",)
    )


headers = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=40), max_size=5)
paths = st.sampled_from(PATHS) | st.text(max_size=30).map(lambda text: f"/{text}")
methods = st.sampled_from(["GET", "HEAD", "OPTIONS", "POST"]) | st.text(max_size=8)


@given(methods, paths, st.text(max_size=10), headers)
def test_any_request_is_answered(
    asked: Ask, method: str, path: str, mount: str, headers: dict[str, str]
) -> None:
    answer = asked(path, method, mount, **{name.replace("-", "_"): value for name, value in headers.items()})
    assert answer.status in STATUSES
    if answer.status in {200, 226} and method == "GET":
        assert len(answer.body) == int(answer.headers["Content-Length"])
    if answer.status in {200, 226, 304}:
        assert {"ETag", "Last-Modified", "Cache-Control"} <= answer.headers.keys()
    if answer.status in {204, 304} or method == "HEAD":
        assert answer.body == b""
    assert answer.headers.get("Access-Control-Allow-Origin") in {None, "https://a.example"}


@given(paths, headers)
def test_asking_twice_changes_nothing(asked: Ask, path: str, headers: dict[str, str]) -> None:
    sent = {
        name.replace("-", "_"): value
        for name, value in headers.items()
        if name not in {"If-None-Match", "A-IM"}
    }
    first = asked(path, **sent)
    assert asked(path, **sent) == first
    if first.status == 200:
        sent.pop("If_Match", None)
        again = asked(path, **sent, If_None_Match=first.headers["ETag"])
        assert (again.status, again.headers["ETag"]) == (304, first.headers["ETag"])


@pytest.fixture
def replaced(public: Path) -> Iterator[None]:
    """A document that is replaced as a build does it, all the time, by longer and shorter ones."""
    ended = Event()

    def replace() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            beside = public / "en/.part"
            beside.write_bytes(rss(*["Snow"] * (number % 7 * 300)))
            beside.replace(public / "en/all.rss")

    thread = Thread(target=replace)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.mark.usefixtures("replaced")
def test_a_tag_is_always_that_of_the_bytes(ask: Ask) -> None:
    tags = set()
    for _ in range(300):
        answer = ask("/en/all.rss")
        assert answer.headers["ETag"] == f'"{digest_of([answer.body])}"'
        assert answer.headers["Content-Length"] == str(len(answer.body))
        tags.add(answer.headers["ETag"])
    assert len(tags) > 1
