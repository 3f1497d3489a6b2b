"""WSGI and ASGI: both say the same as the room below them, and keep their servers' rules."""

import asyncio
import gc
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper, setup_testing_defaults
from wsgiref.validate import validator

import pytest
from tests.web.conftest import long_rss, rss

import newsfeed
from newsfeed.web import asgi_app, wsgi_app

Reply = tuple[int, dict[str, str], bytes]
Client = Callable[..., Reply]

FILE_WRAPPERS = {"": None, "a file wrapper": FileWrapper}


def by_wsgi(app: Any, path: str, method: str = "GET", mount: str = "", **environ: Any) -> Reply:
    """Ask a WSGI application as a server does that checks all of PEP 3333."""
    full = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "SCRIPT_NAME": mount,
        "QUERY_STRING": "",
    } | environ
    setup_testing_defaults(full)
    started: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[..., object]:
        started.append((int(status[:3]), dict(headers)))
        return lambda _: None

    pieces: Iterable[bytes] = validator(app)(full, start_response)
    try:
        body = b"".join(pieces)
    finally:
        pieces.close()  # type: ignore[attr-defined]
    ((status, headers),) = started
    return status, headers, body


def by_asgi(app: Any, path: str = "", method: str = "GET", mount: str = "", **scope: Any) -> Reply:
    """Ask an ASGI application, and look at the order of what it sends."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body of a request is nobody's business")

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    full = {"type": "http", "method": method, "path": mount + path, "root_path": mount, "headers": []} | scope
    asyncio.run(app(full, receive, send))
    start, *parts = sent
    assert start["type"] == "http.response.start"
    assert {part["type"] for part in parts} == {"http.response.body"}
    assert [part.get("more_body", False) for part in parts] == [True] * (len(parts) - 1) + [False]
    names = [name for name, _ in start["headers"]]
    assert names == [name.lower() for name in names]
    headers = {name.decode().title(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, b"".join(part["body"] for part in parts)


@pytest.mark.parametrize(
    ("path", "method", "header", "value"),
    [
        ("/en/all.rss", "GET", "x", "y"),
        ("/en/all.rss", "HEAD", "x", "y"),
        ("/en/all.rss", "GET", "accept-encoding", "gzip"),
        ("/en/all.rss", "GET", "if-none-match", "*"),
        ("/en/all.rss", "POST", "x", "y"),
        ("/en/all.rss", "OPTIONS", "origin", "https://a.example"),
        ("/snow.jpg", "GET", "accept-encoding", "gzip"),
        ("/nowhere", "GET", "accept", "text/html"),
        ("/about", "GET", "x", "y"),
        ("/Снег", "GET", "x", "y"),
        ("/long.rss", "GET", "x", "y"),
        ("/long.rss", "GET", "accept-encoding", "gzip"),
        ("/en/all.rss", "GET", "accept-encoding", "identity;q=0"),
    ],
)
@pytest.mark.parametrize("mount", ["", "/feeds"])
def test_both_say_the_same(
    public: Path, write: Callable[..., Path], path: str, method: str, header: str, value: str, mount: str
) -> None:
    write("long.rss", rss("Snow " * 400_000))
    wsgi = by_wsgi(
        wsgi_app(public), path, method, mount, **{f"HTTP_{header.upper().replace('-', '_')}": value}
    )
    asgi = by_asgi(asgi_app(public), path, method, mount, headers=[(header.encode(), value.encode())])
    assert {name.title(): it for name, it in wsgi[1].items()} == asgi[1]
    assert (wsgi[0], wsgi[2]) == (asgi[0], asgi[2])


@pytest.mark.parametrize("wrapper", FILE_WRAPPERS.values(), ids=FILE_WRAPPERS)
def test_wsgi_files(public: Path, wrapper: Any) -> None:
    environ = {} if wrapper is None else {"wsgi.file_wrapper": wrapper}
    app = wsgi_app(public)
    for path, encoding in [("/en/all.rss", "identity"), ("/en/all.rss", "gzip"), ("/nowhere", "identity")]:
        status, headers, body = by_wsgi(app, path, HTTP_ACCEPT_ENCODING=encoding, **environ)
        assert (len(body), bool(status)) == (int(headers["Content-Length"]), True)


@pytest.mark.slow
@pytest.mark.parametrize("wrapper", FILE_WRAPPERS.values(), ids=FILE_WRAPPERS)
def test_files_are_closed_even_if_nobody_reads_them(public: Path, wrapper: Any) -> None:
    """A file that is left to the collector warns, and warnings are errors here."""
    app = wsgi_app(public)
    environ: dict[str, Any] = {"PATH_INFO": "/en/all.rss"} | (
        {} if wrapper is None else {"wsgi.file_wrapper": wrapper}
    )
    setup_testing_defaults(environ)
    pieces: Any = app(environ, lambda *_: None)
    pieces.close()
    pieces.close()
    gc.collect()


@pytest.mark.parametrize("path", ["\xff\xfe", "/\x80.rss"])
def test_bytes_that_are_no_text_are_no_address(public: Path, path: str) -> None:
    environ = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    statuses: list[str] = []
    b"".join(wsgi_app(public)(environ, lambda status, _: statuses.append(status)))
    assert statuses == ["404 Not Found"]


class TestAsgi:
    def test_a_header_that_comes_twice_is_one_list(self, public: Path) -> None:
        app = asgi_app(public)
        headers = [(b"accept-encoding", b"br;q=0.1"), (b"accept-encoding", b"gzip")]
        assert by_asgi(app, "/en/all.rss", headers=headers)[1]["Content-Encoding"] == "gzip"

    @pytest.mark.parametrize(
        ("path", "root_path"),
        [("/feeds/en/all.rss", "/feeds"), ("/en/all.rss", "/feeds"), ("/en/all.rss", "/")],
    )
    def test_servers_of_both_customs(self, public: Path, path: str, root_path: str) -> None:
        assert by_asgi(asgi_app(public), path=path, root_path=root_path)[0] == 200

    def test_it_agrees_to_start_and_stop(self, public: Path) -> None:
        messages = iter(["lifespan.startup", "lifespan.shutdown"])
        sent: list[str] = []

        async def receive() -> dict[str, Any]:
            return {"type": next(messages)}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        asyncio.run(asgi_app(public)({"type": "lifespan"}, receive, send))
        assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    def test_it_speaks_nothing_else(self, public: Path) -> None:
        with pytest.raises(ValueError, match="this application serves HTTP, not websocket"):
            asyncio.run(asgi_app(public)({"type": "websocket"}, None, None))  # type: ignore[arg-type]

    @pytest.mark.slow
    def test_a_client_that_goes_away(self, public: Path, write: Callable[..., Path]) -> None:
        write("long.rss", rss("Snow " * 400_000))

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                raise OSError("gone")

        scope = {"type": "http", "method": "GET", "path": "/long.rss", "headers": []}
        with pytest.raises(OSError, match="gone"):
            asyncio.run(asgi_app(public)(scope, None, send))  # type: ignore[arg-type]
        gc.collect()

    def test_the_loop_is_free_while_a_disk_is_slow(self, public: Path) -> None:
        from threading import Event

        released = Event()

        def gone(_: str) -> bool:
            return not released.wait(timeout=10)

        async def both() -> list[Any]:
            async def release() -> None:
                released.set()

            sent: list[Any] = []

            async def send(message: Any) -> None:
                sent.append(message)

            scope = {"type": "http", "method": "GET", "path": "/en/all.rss", "headers": []}
            await asyncio.gather(asgi_app(public, gone=gone)(scope, None, send), release())  # type: ignore[arg-type]
            return sent

        assert asyncio.run(both())[0]["status"] == 200


class TestSources:
    def test_a_newsroom(self) -> None:
        room = newsfeed.open("examples/report")
        assert by_wsgi(wsgi_app(room), "/en/all.rss")[2] == room.feed("en/all").rss()

    def test_a_function_that_gives_one(self) -> None:
        room = newsfeed.open("examples/report")
        assert by_asgi(asgi_app(lambda: room), "/en/all.rss")[2] == room.feed("en/all").rss()

    def test_choices_reach_the_room_below(self, public: Path) -> None:
        for app, ask in ((wsgi_app, by_wsgi), (asgi_app, by_asgi)):
            made: Any = app(
                public, max_age=60, negotiate=True, origins=[], deltas=False, gone="en/gone".__eq__
            )
            status, headers, _ = ask(made, "/en/all")
            assert (status, headers["Cache-Control"], headers["Vary"]) == (
                200,
                "public, max-age=60",
                "Accept, Accept-Encoding, Origin",
            )
            assert ask(made, "/en/gone")[0] == 410


@pytest.mark.slow
def test_memory_does_not_grow_with_a_document(public: Path, write: Callable[..., Path]) -> None:
    import tracemalloc

    entry = "Snow in Baku " * 1000
    write("long.rss", rss(*[entry] * 1500))
    size = (public / "long.rss").stat().st_size
    assert size > 19_000_000
    app = wsgi_app(public)
    for environ in (
        {},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_A_IM": "feed"},
        {"HTTP_ACCEPT_ENCODING": "br"},
    ):
        full: dict[str, Any] = {"PATH_INFO": "/long.rss"} | environ
        setup_testing_defaults(full)
        tracemalloc.start()
        sink = BytesIO()
        pieces: Any = app(full, lambda *_: None)
        for piece in pieces:
            sink.seek(0)
            sink.write(piece)
        pieces.close()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2_000_000, environ


def test_a_document_that_grows_while_it_is_sent_is_sent_as_it_was(public: Path) -> None:
    app = wsgi_app(public)
    environ: dict[str, Any] = {"PATH_INFO": "/en/all.rss"}
    setup_testing_defaults(environ)
    pieces: Any = app(environ, lambda *_: None)
    with (public / "en/all.rss").open("ab") as file:
        file.write(b"<more/>")
    assert b"".join(pieces) == long_rss()
    pieces.close()
