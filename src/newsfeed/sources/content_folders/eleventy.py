"""Eleventy: dates from file names, defaults from data files of folders, tags that are collections."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from newsfeed.sources.content_folders.file_dates import day_in_name, without_day
from newsfeed.sources.content_folders.preset import ContentFile, Preset, below_configuration, on_site
from newsfeed.sources.content_folders.written_values import folded, is_yes, text_of
from newsfeed.sources.site_languages import site_language
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["ELEVENTY", "folder_defaults"]

_HEADING = lazy_pattern(r"(?m)^#\s+(?P<title>.+?)\s*#*$")
_MARKUP = lazy_pattern(r"[*_`]|!?\[|\]\([^)]*\)|<[^>]*>")
_CONFIGURATIONS = (".eleventy.js", *(f"eleventy.config.{suffix}" for suffix in ("js", "mjs", "cjs", "ts")))
#: Folders that templates lie in, which are no part of an address.
_INPUT_FOLDERS = ("src", "content", "site", "www")
#: Tags that stand for a collection, not for a subject.
_COLLECTIONS = frozenset(
    {"post", "posts", "all", "blog", "article", "articles", "nav", "page", "pages", "news", "note", "notes"}
)
#: Dates that Eleventy takes from the file system or from Git.
_COMPUTED_DATES = frozenset({"last modified", "created", "git last modified", "git created"})
_MOST_DATA = 1 << 20


def _place(path: Path, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return a file's place below the input folder.

    >>> _place(Path("snow.md"), ("src", "posts", "snow.md")), _place(Path("snow.md"), ("posts", "snow.md"))
    (('posts', 'snow.md'), ('posts', 'snow.md'))
    """
    parts = below_configuration(path, parts, _CONFIGURATIONS) or parts
    return parts[1:] if len(parts) > 1 and parts[0] in _INPUT_FOLDERS else parts


def _why_left_out(file: ContentFile) -> str:
    fields = file.fields
    if is_yes(fields.get("draft")) or text_of(fields.get("status")).casefold() == "draft":
        return "it's a draft"
    if (
        str(fields.get("published")).casefold() == "false"
        or str(fields.get("permalink")).casefold() == "false"
    ):
        return "it isn't published as a page"
    if any(is_yes(fields.get(key)) for key in ("eleventyexcludefromcollections", "private", "hidden")):
        return "its front matter keeps it out of lists"
    if not day_in_name(file.path) and (
        not fields.get("date") or text_of(fields.get("date")).casefold() in _COMPUTED_DATES
    ):
        return "it has no date, so it's a page"
    return ""


def _added(file: ContentFile, values: Mapping[str, Any]) -> dict[str, Any]:
    added: dict[str, Any] = {}
    name = without_day(file.stem)
    folders = list(file.parts[:-1])
    # posts/snow/index.md and posts/snow/snow.md are the page of their folder
    if folders and name in {"index", without_day(folders[-1])}:
        name = without_day(folders.pop())
    added["slug"] = text_of(values.get("slug")) or name
    if not values.get("title") and (heading := _HEADING.search(file.body)):
        added["title"] = _MARKUP.sub("", heading["title"])
    in_folder = site_language(folders[0], file.site) if folders else None
    added["language"] = site_language(text_of(values.get("language")), file.site) or in_folder
    if in_folder:
        added["story"] = text_of(values.get("story")) or "/".join([*folders[1:], name])
    permalink = text_of(file.fields.get("permalink"))
    is_plain = permalink and "{" not in permalink
    path = permalink.removesuffix("index.html") if is_plain else "/".join([*folders, name]) + "/"
    added["url"] = on_site(path, file.site)
    if topics := values.get("topics"):
        added["topics"] = [word for word in topics if word.casefold() not in _COLLECTIONS]
    return added


def folder_defaults(path: Path, parts: tuple[str, ...]) -> dict[str, Any]:
    """Return what the data files of a file and its folders say (11ty.dev/docs/data-template-dir), with folded keys.

    Args:
        path: The file.
        parts: Its place below the input folder.
    """
    defaults: dict[str, Any] = {}
    for folder in reversed(path.parents[: len(parts)]):
        for name in (f"{folder.name}.json", f"{folder.name}.11tydata.json"):
            _add(defaults, _data_in(folder / name))
    for name in (f"{path.stem}.json", f"{path.stem}.11tydata.json"):
        _add(defaults, _data_in(path.parent / name))
    return defaults


def _add(defaults: dict[str, Any], data: Mapping[str, Any]) -> None:
    for key, value in data.items():
        earlier = defaults.get(key)
        defaults[key] = [*earlier, *value] if isinstance(earlier, list) and isinstance(value, list) else value


def _data_in(file: Path) -> Mapping[str, Any]:
    try:
        return _data(file, file.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=256)
def _data(file: Path, _changed: int) -> Mapping[str, Any]:
    try:
        with file.open("rb") as data:
            decoded = msgspec.json.decode(data.read(_MOST_DATA))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return {folded(key): value for key, value in decoded.items()} if isinstance(decoded, dict) else {}


def _body(file: ContentFile, page: str) -> str:  # noqa: ARG001 - relative links are resolved against the page later
    return file.body


ELEVENTY = Preset(
    name="eleventy",
    fields={
        "title": ("title",),
        "published": ("date", "pubdate", "published"),
        "updated": ("updated", "modified", "lastmod", "lastmodified", "dateupdated"),
        "summary": ("description", "excerpt", "summary", "intro"),
        "categories": ("categories", "category"),
        "topics": ("tags", "tag", "keywords"),
        "authors": ("authors", "author"),
        "media": (
            "image",
            "images",
            "cover",
            "coverimage",
            "featuredimage",
            "thumbnail",
            "ogimage",
            "hero",
            "socialimage",
        ),
        "language": ("lang", "language", "locale"),
        "story": ("translationkey",),
        "slug": ("slug",),
        "external_url": ("externalurl", "externallink", "linkurl"),
    },
    place=_place,
    why_left_out=_why_left_out,
    added=_added,
    body=_body,
)
