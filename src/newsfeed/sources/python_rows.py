"""Rows from a function of the newsroom's own: `call = "module:function"`, so that anything can be a source."""

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from newsfeed.errors import InvalidValue, NewsfeedError, SourceError
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.shown_values import kind, quoted
from newsfeed.model.site import Site
from newsfeed.sources.records import finding
from newsfeed.sources.rows import UnreadableRow, told, values_of
from newsfeed.sources.source_records import Everything, SourceRecord

__all__ = ["record_of_row", "rows"]


def rows(
    source: ArticleSource,
    site: Site,  # noqa: ARG001 - as all kinds are called
    root: Path,
    since: datetime | None,
) -> Iterator[SourceRecord | Everything | Finding]:
    """Yield the rows that the source's function yields.

    Args:
        source: The source, which names the function in `call`. It is called without arguments, or if it has a parameter
            `since`, with the moment from which changes are wanted (None: everything).
        site: The site.
        root: The newsroom's folder, in which the module may lie.
        since: The moment.

    Raises:
        SourceError: If the function can't be found, or fails.
    """
    call = str(source.call)
    function = _function(source, call, root)
    try:
        takes_since = "since" in inspect.signature(function).parameters
        found = function(since=since) if takes_since else function()
        if since is not None and not takes_since:
            yield Everything()
        for number, row in enumerate(_checked(found, source, call), start=1):
            yield record_of_row(row, Place(file=source.name, record=number))
    except NewsfeedError:
        raise
    except Exception as error:
        raise SourceError(f"{source.name}: {call} failed: {told(error)}. Correct it.") from error


def _checked(found: object, source: ArticleSource, call: str) -> Iterable[object]:
    if isinstance(found, str | bytes) or not isinstance(found, Iterable):
        raise SourceError(
            f"{source.name}: {call} returned {quoted(found)}, which is {kind(found)}. "
            "Let it return or yield articles: mappings, or objects with their fields."
        )
    return found


def record_of_row(row: object, place: Place) -> SourceRecord | Finding:
    """Return the record of a row of any type."""
    try:
        values, problems = values_of(row)
    except UnreadableRow as error:
        remedy = "yield a mapping, or an object with the attributes title, url and so on"
        return finding(InvalidValue(str(error), remedy), place, code="NF106")
    if problems:
        return finding(problems[0], place)
    return SourceRecord(values, place)


def _function(source: ArticleSource, call: str, root: Path) -> Callable[..., object]:
    module, colon, name = call.partition(":")
    if not colon or not module or not name.isidentifier():
        raise SourceError(f"{source.name}: {call!r} doesn't name a function. Write call = 'module:function'.")
    try:
        found = getattr(_module(module, root), name, None)
    except Exception as error:
        raise SourceError(
            f"{source.name}: the module {module} can't be imported: {told(error)}. "
            f"Correct it, or put {module}.py beside newsroom.toml."
        ) from error
    if not callable(found):
        raise SourceError(f"{source.name}: {module} has no function {name}. Correct call.")
    function: Callable[..., object] = found
    return function


def _module(name: str, root: Path) -> ModuleType:
    """Import a module that lies in a newsroom's folder, or is installed."""
    folder = str(root.absolute())
    if folder not in sys.path:  # what it imports may lie there, too
        sys.path.insert(0, folder)
    file = root / f"{name}.py"
    spec = spec_from_file_location(name, file) if file.is_file() else None
    if spec is None or spec.loader is None:
        return import_module(name)
    module = module_from_spec(spec)  # another newsroom may have one of the same name
    spec.loader.exec_module(module)
    return module
