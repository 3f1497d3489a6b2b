"""Articles from Markdown files: front matter with the fields, and text in CommonMark 0.31."""

from collections.abc import Container, Iterator
from pathlib import Path

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.limits import MARKDOWN_FILE
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.commonmark import check_installed, html_of
from newsfeed.sources.front_matter import InvalidFrontMatter, split_front_matter
from newsfeed.sources.records import article_or_findings, finding, read_record, too_deep
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.text_files import Meter, TooLarge, code_of, content_of, not_utf8

__all__ = ["read_markdown", "records_in_markdown"]


def read_markdown(
    path: Path,
    name: str,
    site: Site,
    stories: Container[str] | None = None,  # noqa: ARG001 - skipping a file saves nothing: it has to be read
    meter: Meter | None = None,
) -> Iterator[SourcedArticle | Finding]:
    """Read the article of a Markdown file: its front matter has the fields, its text becomes `content`.

    Args:
        path: The file.
        name: Its name in findings.
        site: The site, for the dates.
        stories: The stories whose articles are wanted; all are read.
        meter: Counts the bytes that are read.

    Yields:
        The article, or its problems.

    Raises:
        MissingExtra: If the packages of the extra `markdown` aren't installed.
    """
    for each in _found_in(path, name, site, meter):
        if isinstance(each, SourceRecord):
            yield from article_or_findings(each.values, place=each.place, site=site)
        else:
            yield each


def records_in_markdown(
    file: ArticleFile,
    source: ArticleSource,
    site: Site,
    meter: Meter | None = None,
) -> Iterator[SourceRecord | Finding]:
    """Read the record of a Markdown file of a source, as `read_markdown` does, or by its preset."""
    if source.preset is not None:
        from newsfeed.sources.content_folders.reading import read_content_file

        yield from read_content_file(file, source, site, meter)
    else:
        yield from _found_in(file.path, file.name, site, meter)


def _found_in(path: Path, name: str, site: Site, meter: Meter | None) -> Iterator[SourceRecord | Finding]:
    check_installed()
    place = Place(file=name)
    data, problem = content_of(path, meter, most=MARKDOWN_FILE)
    if problem is not None:
        yield finding(problem, place, code=code_of(problem))
        return
    try:
        front_matter = split_front_matter(data.decode("utf-8"))
        content = html_of(front_matter.body) if front_matter.body.strip() else None
    except UnicodeDecodeError as error:
        bad = not_utf8(data[error.start : error.end])
        line = data.count(b"\n", 0, error.start) + 1
        yield finding(bad, Place(file=name, line=line), code="NF101")
    except InvalidFrontMatter as error:
        yield finding(error.problem, Place(file=name, line=error.line), code=code_of(error.problem))
    except TooLarge as error:
        yield finding(error, place, code=code_of(error))
    except RecursionError:
        yield finding(too_deep(), place, code="NF101")
    else:
        yield from _record(front_matter.fields, content, place, site)


def _record(
    fields: object, content: str | None, place: Place, site: Site
) -> Iterator[SourceRecord | Finding]:
    if not isinstance(fields, dict) or content is None:
        yield SourceRecord(fields, place)
    elif fields.get("content") is None:
        yield SourceRecord({**fields, "content": content}, place)
    else:
        reason = "the front matter has content, and there is text below it"
        yield finding(InvalidValue(reason, "keep one of the two", field="content"), place)
        _, others = read_record(fields, place=place, site=site)
        yield from (other for other in others if other.severity == "error")
