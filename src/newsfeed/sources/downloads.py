"""Sources of which a document lies at an address: it is fetched into a temporary file, and read as a file is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from newsfeed.errors import SourceError
from newsfeed.findings import Finding, two_sentences
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.fetching import Fetcher
from newsfeed.sources.source_records import SourceRecord

__all__ = ["records_at"]


def records_at(
    source: ArticleSource, site: Site, read: Callable[..., Iterator[SourceRecord | Finding]]
) -> Iterator[SourceRecord | Finding]:
    """Fetch the document of a source, and read its records.

    Args:
        source: The source.
        site: The site.
        read: Reads such a file.

    Yields:
        The records, named after the source, and what is wrong with others.

    Raises:
        SourceError: If it can't be fetched, or not read to its end.
    """
    url = str(source.url)
    with TemporaryDirectory(prefix="newsfeed-") as folder:
        path = Path(folder, "document.gz" if url.partition("?")[0].endswith(".gz") else "document")
        with path.open("wb+") as file, Fetcher(source.name, site) as fetcher:
            fetcher.download(url, file, headers={"Accept": source.source_kind.accept})
        for each in read(ArticleFile(path, source.name, source.name, source), source, site, None):
            if isinstance(each, Finding) and each.severity == "error" and not each.place.record:
                raise SourceError(f"{each.place}: {two_sentences(each.reason, each.remedy)}")
            yield each
