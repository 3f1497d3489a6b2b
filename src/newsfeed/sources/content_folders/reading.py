"""Read a file of a content folder by the preset of its site generator."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.limits import MARKDOWN_FILE
from newsfeed.model.site import Site
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.commonmark import html_of
from newsfeed.sources.content_folders.eleventy import ELEVENTY, folder_defaults
from newsfeed.sources.content_folders.file_dates import day_in_name, is_date
from newsfeed.sources.content_folders.hugo import HUGO
from newsfeed.sources.content_folders.jekyll import JEKYLL
from newsfeed.sources.content_folders.pelican import PELICAN
from newsfeed.sources.content_folders.preset import ContentFile, Preset
from newsfeed.sources.content_folders.written_values import as_date, folded, people, pictures, text_of, words
from newsfeed.sources.front_matter import InvalidFrontMatter, split_front_matter
from newsfeed.sources.left_out import left_out
from newsfeed.sources.not_public import may_hold_back
from newsfeed.sources.records import finding, too_deep
from newsfeed.sources.site_languages import default_language
from newsfeed.sources.source_records import SourceRecord
from newsfeed.sources.term_sorter import TermSorter
from newsfeed.sources.text_files import Meter, TooLarge, code_of, content_of, not_utf8
from newsfeed.text.url_references import absolute

__all__ = ["PRESETS", "read_content_file"]

#: All presets by name.
PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in (HUGO, JEKYLL, PELICAN, ELEVENTY)}

_LISTS: Mapping[str, Callable[[Any], list[Any]]] = {"authors": people, "media": pictures}
_WORDS = frozenset({"categories", "topics"})
_HTML = frozenset({".html", ".htm"})
_DATES = frozenset({"published", "updated", "expires"})
#: Keys that say how a page is shown on its site, and mark no article as not public.
_SHOWN_ELSEWHERE = frozenset(
    {
        "hiddenfromhomepage",
        "hiddeninhomelist",
        "hiddenfromsearch",
        "hiddenfromrelated",
        "hidemeta",
        "published",
        "status",
    }
)


def read_content_file(
    file: ArticleFile, source: ArticleSource, site: Site, meter: Meter | None = None
) -> Iterator[SourceRecord | Finding]:
    """Read the article of a file in a content folder.

    Args:
        file: The file.
        source: The source, whose `preset` names the generator.
        site: The site, for languages and addresses.
        meter: Counts the bytes that are read.

    Yields:
        The article; or a note that it isn't one; or what is wrong with the file.

    Raises:
        MissingExtra: If the packages of the extra `markdown` aren't installed.
    """
    preset = PRESETS[source.preset or ""]
    place = Place(file=file.name)
    if file.path.suffix.lower() == ".rst":
        rst = InvalidValue(
            "reStructuredText can't be read",
            "convert the file to Markdown, or read the feed of the built site",
        )
        yield finding(rst, place, code="NF101")
        return
    data, problem = content_of(file.path, meter, most=MARKDOWN_FILE)
    if problem is not None:
        yield finding(problem, place, code=code_of(problem))
        return
    try:
        fields, body = _split(data.decode("utf-8"), preset)
        content = ContentFile(file.path, preset.place(file.path, _steps(file)), fields, body, site)
        if preset is ELEVENTY:
            content = content._replace(fields={**folder_defaults(file.path, content.parts), **fields})
        if why := preset.why_left_out(content):
            yield left_out(why, place)
        else:
            yield SourceRecord(_values(content, preset, source), place, raw=dict(content.fields))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = not_utf8(data[error.start : error.end])
        yield finding(bad, Place(file=file.name, line=line), code="NF101")
    except InvalidFrontMatter as error:
        yield finding(error.problem, Place(file=file.name, line=error.line), code=code_of(error.problem))
    except TooLarge as error:
        yield finding(error, place, code=code_of(error))
    except RecursionError:
        yield finding(too_deep(), place, code="NF101")


def _steps(file: ArticleFile) -> tuple[str, ...]:
    """Return the folders of a file below the newsroom's folder, and its name."""
    name = file.name.removesuffix(f" ({file.source})")
    steps = tuple(step for step in name.split("/") if step not in {"", ".", ".."})
    return steps or (file.path.name,)


def _split(text: str, preset: Preset) -> tuple[dict[str, Any], str]:
    if preset.split is not None:
        return preset.split(text)
    if not text.lstrip().startswith(("---", "+++", "{")):
        return {}, text
    front_matter = split_front_matter(text.lstrip())
    fields = front_matter.fields if isinstance(front_matter.fields, dict) else {}
    params = fields.get("params")
    own = {**params, **fields} if isinstance(params, dict) else fields
    return {folded(key): value for key, value in own.items() if value is not None}, front_matter.body


def _values(file: ContentFile, preset: Preset, source: ArticleSource) -> dict[str, object]:
    """Return the article's values by field."""
    site = file.site
    values = _written_values(file, preset)
    if not is_date(values.get("published"), site) and (day := day_in_name(file.path)):
        values["published"] = day
    added = preset.added(file, values)
    values |= {field: value for field, value in added.items() if value not in (None, "", [])}
    categories, topics = TermSorter(source, site).sorted(values.pop("categories", ()))
    values |= {"categories": categories, "topics": list(dict.fromkeys([*topics, *values.get("topics", ())]))}
    if not values.get("language") and (language := default_language(source, site)):
        values["language"] = language
    page = str(values["url"])
    written = preset.body(file, page)
    if written.strip():
        values["content"] = written if file.path.suffix.lower() in _HTML else html_of(written)
    for picture in values.get("media", ()):
        picture["url"] = absolute(picture["url"], page=_base(picture["url"], page, file)) or picture["url"]
    if source.article_url:
        # the template tells the address, unless the article does
        if not any(text_of(file.fields.get(key)) for key in ("url", "permalink")):
            del values["url"]
            values.pop("id", None)
    else:
        values.pop("slug", None)
    return values | _in_doubt(file, preset)


def _written_values(file: ContentFile, preset: Preset) -> dict[str, Any]:
    """Return what front matter says, by field: the first of the field's keys that says something."""
    values: dict[str, Any] = {}
    for field, keys in preset.fields.items():
        read = (_value(field, key, file.fields.get(key), preset) for key in keys)
        if (said := next((value for value in read if value not in (None, "", [])), None)) is not None:
            values[field] = said
    return values


def _in_doubt(file: ContentFile, preset: Preset) -> dict[str, object]:
    """Return unknown keys that may mean that a page isn't public. They are reported: nothing is published on a guess."""
    known = _known(preset.name) | _SHOWN_ELSEWHERE
    return {
        key: value for key, value in file.fields.items() if key not in known and may_hold_back(key, value)
    }


def _value(field: str, key: str, value: object, preset: Preset) -> Any:  # noqa: ANN401 - front matter holds anything
    if value is None:
        return None
    if field in _WORDS:
        return words(value, split_at_spaces=preset.split_at_spaces and key.endswith("s"))
    if field in _LISTS:
        return _LISTS[field](value)
    return as_date(value) if field in _DATES else text_of(value)


@cache
def _known(preset_name: str) -> frozenset[str]:
    return frozenset(key for keys in PRESETS[preset_name].fields.values() for key in keys)


def _base(address: str, page: str, file: ContentFile) -> str:
    """Return what a picture's address is relative to: the page if the file lies beside it, else the site's front page."""
    try:
        is_beside = not address.startswith("/") and (file.path.parent / address).is_file()
    except (OSError, ValueError):
        is_beside = False
    return page if is_beside else file.site.url
