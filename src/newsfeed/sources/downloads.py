"""Sources of which a document lies at an address: it is fetched into a temporary file, and read as a file is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from newsfeed.errors import SourceError
from newsfeed.findings import Finding, two_sentences
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.fetching import Answer, Fetcher
from newsfeed.sources.source_records import Fetched, SourceRecord
from newsfeed.sources.text_files import GZIP_MAGIC

__all__ = ["records_at"]

_NOT_MODIFIED = 304
#: The headers that name a version, and the conditions that they become (RFC 9110 §13).
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def records_at(
    source: ArticleSource,
    site: Site,
    read: Callable[..., Iterator[SourceRecord | Finding]],
    version: str = "",
) -> Iterator[SourceRecord | Fetched | Finding]:
    """Fetch the document of a source, and read its records.

    Args:
        source: The source.
        site: The site.
        read: Reads such a file.
        version: The version that is known, as an earlier reading said.

    Yields:
        The version of the document; and unless it is known, the records, named after the source, and what is wrong with
        others.

    Raises:
        SourceError: If it can't be fetched, or not read to its end.
    """
    url = str(source.url)
    with TemporaryDirectory(prefix="newsfeed-") as folder:
        path = Path(folder, "document")
        with path.open("wb+") as file, Fetcher(source.name, site) as fetcher:
            headers = {"Accept": source.source_kind.accept, **_conditions(version)}
            answer = fetcher.download(url, file, headers=headers, also={_NOT_MODIFIED} if version else ())
        if answer.status == _NOT_MODIFIED:
            yield Fetched(version, is_known=True)
            return
        with path.open("rb") as file:
            is_gzip = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        if is_gzip:
            path = path.rename(path.with_suffix(".gz"))
        yield Fetched(_version(answer), is_known=False)
        for each in read(ArticleFile(path, source.name, source.name, source), source, site, None):
            if isinstance(each, Finding) and each.severity == "error" and not each.place.record:
                raise SourceError(f"{each.place}: {two_sentences(each.reason, each.remedy)}")
            yield each


def _version(answer: Answer) -> str:
    """Return what a server calls the version of its document; empty if it doesn't say."""
    said = {
        name: value
        for name in _VALIDATORS
        if (value := answer.headers.get(name)) and value.isascii()  # others can't be sent back
    }
    return json.dumps(said) if said else ""


def _conditions(version: str) -> dict[str, str]:
    """Return the headers that ask only for another version."""
    return {_VALIDATORS[name]: value for name, value in json.loads(version).items()} if version else {}
