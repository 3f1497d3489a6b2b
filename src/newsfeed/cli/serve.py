"""`newsfeed serve`: serve a published folder, or a newsroom in its current state."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from newsfeed.catalog.indexed_catalog import is_indexed
from newsfeed.cli.messages import complain, counted
from newsfeed.cli.opening import named
from newsfeed.errors import MissingExtra, NewsfeedError

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer, MultiSocketServer

    from newsfeed.web.reloading import ReloadingNewsroom

__all__ = ["serve"]

#: How many seconds to wait between looks at the files.
_LOOK_EVERY = 1.0
_NEWSROOM = "newsroom.toml"
#: An idle connection is closed after this many seconds.
_IDLE_FOR = 10
_MOST_CONNECTIONS = 1_000
#: These listen on many addresses, so feeds can't name a single one as theirs.
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - only compared


@click.command(
    epilog="\b\nExamples:\n"
    "  newsfeed serve public                a folder that newsfeed build wrote\n"
    "  newsfeed serve mysite                a newsroom, reloaded as you edit\n"
    "  newsfeed serve public --port 8080 --max-age 300",
)
@click.argument("path", metavar="PATH", type=click.Path(), callback=named)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 for every machine on the network.",
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 for any free port.",
)
@click.option(
    "--max-age",
    metavar="SECONDS",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How long clients may use a copy without asking again.",
)
@click.option("--negotiate", is_flag=True, help="Serve /en/all in the format that the client prefers.")
def serve(*, path: str, host: str, port: int, max_age: int, negotiate: bool) -> None:
    """Serve the feeds in the folder PATH, or those of the newsroom in it, without a build.

    A newsroom is reloaded when its files change and when an article is due. Press Ctrl+C to stop.
    """
    from newsfeed.web.applications import wsgi_app
    from newsfeed.web.folder import gone_from

    is_newsroom = _is_newsroom(path)
    application = _Application()
    server = _server(_logged(application), host, port)
    addresses = list(_addresses(server))
    try:
        newsroom = _newsroom(path, None if host in _EVERYWHERE else addresses[0]) if is_newsroom else None
    except BaseException:
        server.close()
        raise
    gone = None if is_newsroom else gone_from(path)
    application.answer = wsgi_app(newsroom or path, max_age=max_age, negotiate=negotiate, gone=gone)
    ended = Event()
    if newsroom is not None:
        _tell(newsroom)
        Thread(target=_keep_looking, args=(newsroom, ended), daemon=True).start()
    for address in addresses:
        click.echo(f"Serving {click.format_filename(path)} at {address}")
    click.echo("Press Ctrl+C to stop.", err=True)
    sys.stdout.flush()
    try:
        server.run()
    finally:
        ended.set()


class _Application:
    """A WSGI application whose answer is set once the server knows its address, because feeds name it."""

    answer: Callable[..., Iterable[bytes]]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        return self.answer(environ, start_response)


def _is_newsroom(path: str) -> bool:
    """Return whether a path is a newsroom, not a folder of feeds."""
    top = Path(path)
    if top.is_file() or (top / _NEWSROOM).is_file():
        return True
    if not top.is_dir():
        raise click.UsageError(f"there is no folder {path}")
    return False


def _newsroom(path: str, feeds_url: str | None) -> "ReloadingNewsroom":
    from newsfeed.web.reloading import ReloadingNewsroom

    return ReloadingNewsroom(path, feeds_url=feeds_url)


def _server(app: Callable[..., Any], host: str, port: int) -> "BaseWSGIServer | MultiSocketServer":
    try:
        from waitress.server import create_server
    except ModuleNotFoundError:
        raise MissingExtra("the server and compression of newsfeed serve", "web") from None
    try:
        return create_server(
            app,
            host=host,
            port=port,
            ident=None,
            threads=8,
            connection_limit=_most_connections(),
            channel_timeout=_IDLE_FOR,
            cleanup_interval=_IDLE_FOR // 2,
            asyncore_use_poll=True,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        complain(f"can't listen on {host}, port {port}: {reason}; choose another with --host or --port")
        sys.exit(1)


def _most_connections() -> int:
    """Return how many connections may be open at once: enough to survive many half-sent requests.

    Each connection takes a file descriptor, and so does each document that is read.
    """
    try:
        import resource
    except ModuleNotFoundError:  # pragma: no cover - Windows
        return _MOST_CONNECTIONS
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = descriptors == resource.RLIM_INFINITY
    return _MOST_CONNECTIONS if unlimited else max(min(_MOST_CONNECTIONS, descriptors - 64), 1)


def _addresses(server: "BaseWSGIServer | MultiSocketServer") -> Iterable[str]:
    """Yield the addresses where a server listens; `localhost` may be two."""
    own = [(getattr(server, "effective_host", ""), getattr(server, "effective_port", 0))]
    for host, port in getattr(server, "effective_listen", own):
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _keep_looking(newsroom: "ReloadingNewsroom", ended: Event) -> None:
    """Reload the newsroom whenever it has changed, until the server ends."""
    while not ended.wait(_LOOK_EVERY):
        try:
            if newsroom.reload_if_changed():
                _tell(newsroom)
        except (NewsfeedError, OSError) as error:
            complain(f"{error}\nStill serving the last good version.")


def _tell(newsroom: "ReloadingNewsroom") -> None:
    room = newsroom()
    if is_indexed(room.catalog):  # feeds and findings aren't counted, because there may be many
        complain(counted(room.catalog.live, "article"))
        return
    left_out = len({finding.place for finding in room.findings if finding.severity == "error"})
    told = f"{counted(len(room.plan.feeds), 'feed')} from {counted(room.catalog.live, 'article')}"
    if left_out:
        told += f", {counted(left_out, 'article')} left out. Run newsfeed build to see why."
    complain(told)


def _logged(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return an application that logs each request and its status on stderr."""

    def logged(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        def telling(status: str, headers: list[tuple[str, str]], *error: object) -> object:
            asked = quote(environ.get("PATH_INFO", ""), encoding="latin-1")
            click.echo(f"{quote(environ['REQUEST_METHOD'])} {asked} {status}", err=True)
            return start_response(status, headers, *error)

        return app(environ, telling)

    return logged
