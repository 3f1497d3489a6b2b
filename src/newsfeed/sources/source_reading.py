"""Read the sources of `[[sources]]`: the function that reads a kind is found through the row of the kind."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from newsfeed.errors import InvalidPlugin, InvalidValue, NewsfeedError, SourceError
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.shown_values import kind
from newsfeed.model.site import Site
from newsfeed.model.source_kinds import SourceKind
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.mapping import RecordMapping
from newsfeed.sources.records import finding
from newsfeed.sources.source_records import Fetched, Note, SourceRecord
from newsfeed.sources.text_files import Meter

__all__ = ["articles_elsewhere", "articles_in_file", "records_elsewhere", "records_in_file"]


def articles_in_file(
    file: ArticleFile, source: ArticleSource, site: Site, meter: Meter | None = None
) -> Iterator[SourcedArticle | Finding]:
    """Read the articles of a file of a source.

    Args:
        file: The file.
        source: The source.
        site: The site.
        meter: Counts the bytes that are read.

    Yields:
        Each article with its place, and each finding.

    Raises:
        InvalidPlugin: If the kind is a plug-in's, which can't be used.
        MissingExtra: If the kind needs packages that aren't installed.
    """
    mapping = RecordMapping(source, site)
    for each in records_in_file(file, source, site, meter):
        if isinstance(each, SourceRecord):
            yield from mapping.articles(each)
        else:
            yield each
    yield from mapping.problems(file.name)


def articles_elsewhere(
    source: ArticleSource, site: Site, root: Path, since: datetime | None = None, version: str = ""
) -> Iterator[SourcedArticle | Finding | Note]:
    """Read the articles of a source that isn't in files of the newsroom.

    Args:
        source: The source.
        site: The site.
        root: The newsroom's folder.
        since: The moment from which changes are asked for; None: everything. Kinds that can't tell yield everything.
        version: The version of a document that is known, as an earlier reading said.

    Yields:
        Each article with its place, and each finding.

    Raises:
        SourceError: If it can't be reached, or not read to its end.
        InvalidPlugin: As `articles_in_file`.
        MissingExtra: As `articles_in_file`.
    """
    mapping = RecordMapping(source, site)
    is_empty = since is None
    for each in records_elsewhere(source, site, root, since, version):
        is_empty = is_empty and isinstance(each, Fetched) and not each.is_known
        if isinstance(each, SourceRecord):
            yield from mapping.articles(each)
        else:
            yield each
    if since is None:
        yield from mapping.problems(source.name)
    if is_empty:
        remedy = "check where newsroom.toml says that it is, and what it gives"
        yield finding(InvalidValue("it has no records", remedy), Place(file=source.name), code="NF101")


def records_in_file(
    file: ArticleFile, source: ArticleSource, site: Site, meter: Meter | None = None
) -> Iterator[SourceRecord | Finding]:
    """Read the records of a file, before they are made into articles; the rest is as for `articles_in_file`."""
    return _function(source.source_kind)(file, source, site, meter)


def records_elsewhere(
    source: ArticleSource, site: Site, root: Path, since: datetime | None = None, version: str = ""
) -> Iterator[SourceRecord | Finding | Note]:
    """Read the records of a source, before they are made into articles; the rest is as for `articles_elsewhere`."""
    own = source.source_kind
    try:
        if own.is_in_files:
            from newsfeed.sources.downloads import records_at

            yield from records_at(source, site, _function(own), version)
        else:
            yield from _function(own)(source, site, root, since)
    except InvalidValue as problem:
        raise SourceError(f"{source.name}: {problem}") from problem


@cache
def _function(own: SourceKind) -> Callable[..., Iterator[Any]]:
    """Import the function of a kind by its dotted name, `package.module:function`."""
    dotted = own.reader or own.rows
    module, _, name = dotted.partition(":")
    try:
        function: Callable[..., Iterator[Any]] = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        if isinstance(error, NewsfeedError):
            raise
        raise InvalidPlugin(
            f"sources of the kind {own.name!r} can't be read, because {dotted} can't be imported: {error}. "
            "Correct its row, or upgrade the plug-in."
        ) from error
    if not callable(function):
        raise InvalidPlugin(
            f"sources of the kind {own.name!r} can't be read, because {dotted} is {kind(function)}, not a function. "
            "Correct its row, or upgrade the plug-in."
        )
    return function
