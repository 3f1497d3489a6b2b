"""Articles from Markdown files: front matter with the fields, and the text below it, in CommonMark 0.31."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from newsfeed.errors import InvalidValue, MissingExtra
from newsfeed.model.conflicts import Located
from newsfeed.model.finding import Finding, Place
from newsfeed.model.site import Site
from newsfeed.sources.front_matter import FrontMatter, InvalidFrontMatter, split_front_matter
from newsfeed.sources.records import article_or_findings, finding, too_deep
from newsfeed.sources.text_files import content_of, not_utf8

__all__ = ["read_markdown"]


def read_markdown(path: Path, name: str, site: Site) -> Iterator[Located | Finding]:
    """Read the article of a Markdown file: its front matter holds the fields, its text becomes `content`.

    Args:
        path: The file.
        name: What findings call it.
        site: The site, for the dates.

    Yields:
        The article, or what is wrong with it.

    Raises:
        MissingExtra: If the packages of the extra `markdown` aren't there.
    """
    render = _renderer()
    place = Place(file=name)
    data, problem = content_of(path)
    if problem is not None:
        yield finding(problem, place, code="NF101")
        return
    try:
        front_matter = split_front_matter(data.decode("utf-8"))
        record = _record(front_matter, render)
    except UnicodeDecodeError as error:
        bad = not_utf8(data[error.start : error.end])
        line = data.count(b"\n", 0, error.start) + 1
        yield finding(bad, Place(file=name, line=line), code="NF101")
    except InvalidFrontMatter as error:
        yield finding(error.problem, Place(file=name, line=error.line), code="NF101")
    except InvalidValue as error:
        yield finding(error, place)
    except RecursionError:
        yield finding(too_deep(), place, code="NF101")
    else:
        yield from article_or_findings(record, place=place, site=site)


def _record(front_matter: FrontMatter, render: Callable[[str], str]) -> object:
    fields, body = front_matter
    if not isinstance(fields, dict) or not body.strip():
        return fields
    if fields.get("content") is not None:
        reason = "the front matter has content, and there is text below it"
        raise InvalidValue(reason, "keep one of the two", field="content")
    return {**fields, "content": render(body)}


@cache
def _renderer() -> Callable[[str], str]:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        purpose = "Markdown articles"
        extra = "markdown"
        raise MissingExtra(purpose, extra) from error
    # HTML in the text is let through, for all content is cleaned where it is published.
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    markdown.render("*Its rules are put together at its first use, before other threads can see it.*")
    return markdown.render
