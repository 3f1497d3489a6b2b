"""Jekyll: `_posts/2025-12-19-slug.md`, permalinks, Liquid tags, and the ids that jekyll-feed gives."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from re import Match
from typing import Any

from newsfeed.sources.content_folders.file_dates import day_in_name, moment_of, without_day
from newsfeed.sources.content_folders.preset import ContentFile, Preset, below_configuration, on_site
from newsfeed.sources.content_folders.written_values import is_yes, text_of
from newsfeed.sources.front_matter import InvalidFrontMatter, split_front_matter
from newsfeed.sources.site_languages import site_language
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["JEKYLL"]

_POSTS = "_posts"
_DRAFTS = "_drafts"
_CONFIGURATION = "_config.yml"
_MOST_CONFIGURATION = 100_000
#: A body with more Liquid tags than this stays as it is, because to pair them would take long.
_MOST_TAGS = 500
#: Jekyll's own styles of permalinks (jekyllrb.com/docs/permalinks).
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_PLACEHOLDER = lazy_pattern(
    r":(year|short_year|month|i_month|day|i_day|y_day|hour|minute|second|title|slug|categories|output_ext)(?![a-z_])"
)
_NOT_IN_SLUGS = lazy_pattern(r"[^\w]+")
_RAW = lazy_pattern(r"(?s)\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}")
_HIGHLIGHT = lazy_pattern(r"(?s)\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}")
_COMMENT = lazy_pattern(r"(?s)\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}")
_POST_ADDRESS = lazy_pattern(r"\{%-?\s*(?:post_url|link)\s+(?P<target>[^%\s]+)\s*-?%\}")
_ADDRESS = lazy_pattern(
    r"\{\{-?\s*(?:site\.(?:baseurl|url)|(?P<quote>[\"'])(?P<path>[^\"'{}]*)(?P=quote)\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url))(?:\s*\|\s*prepend:\s*site\.url)?)\s*-?\}\}"
)
_EMBED = lazy_pattern(
    r"\{%-?\s*(?P<name>youtube|vimeo|include\s+(?:youtube|video|vimeo)[\w./-]*)\s+(?P<rest>[^%]*?)\s*-?%\}"
)
_VIDEO = lazy_pattern(r"(?:id\s*=\s*)?[\"']?(?P<id>[\w-]{6,})[\"']?")
#: kramdown's attributes: `{: .class}`, `{:toc}`.
_ATTRIBUTES = lazy_pattern(r"(?m)^[ \t>]*\{:[^{}\n]*\}[ \t]*$|\{:[^{}\n]*\}")


def _place(path: Path, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return a file's place below the folder of the site, where `_config.yml` lies: categories may stand before `_posts`."""
    return below_configuration(path, parts, (_CONFIGURATION, "_config.yaml", "_config.toml")) or parts


def _why_left_out(file: ContentFile) -> str:
    if _DRAFTS in file.parts[:-1] or is_yes(file.fields.get("draft")):
        return "it's a draft"
    if str(file.fields.get("published")).casefold() == "false":
        return "it says published: false"
    if is_yes(file.fields.get("hidden")) or is_yes(file.fields.get("private")):
        return "its front matter keeps it out of lists"
    if not day_in_name(file.path) and not file.fields.get("date"):
        return "it has no date, so it's a page"
    return ""


def _added(file: ContentFile, values: Mapping[str, Any]) -> dict[str, Any]:
    slug = text_of(values.get("slug")) or without_day(file.stem)
    added: dict[str, Any] = {"slug": slug}
    if not values.get("title"):
        added["title"] = " ".join(word.capitalize() for word in slug.replace("_", "-").split("-"))
    folders = [folder for folder in file.parts[:-1] if folder != _POSTS]
    before = file.parts[: file.parts.index(_POSTS)] if _POSTS in file.parts else ()
    language = next((found for word in reversed(folders) if (found := site_language(word, file.site))), None)
    added["language"] = site_language(text_of(values.get("language")), file.site) or language
    categories = list(values.get("categories") or ())
    in_folders = [
        folder
        for folder in before
        if site_language(folder, file.site) is None and folder not in {"src", "docs"}
    ]
    if in_folders and file.parts[0] != _POSTS:
        categories = [*in_folders, *(word for word in categories if word not in in_folders)]
        added["categories"] = categories
    path = _path(file, slug, categories, moment_of(values.get("published"), file.site))
    added["url"] = on_site(path, file.site)
    # jekyll-feed's: the address without its suffix and its last slash (Jekyll::Document#id)
    parent = path.rstrip("/").rpartition("/")[0]
    added["id"] = on_site(f"{parent}/{slug}", file.site)
    return added


def _path(file: ContentFile, slug: str, categories: list[str], published: datetime | None) -> str:
    written = text_of(file.fields.get("permalink")) or _permalink_of(file.content_folder)
    pattern = _STYLES.get(written, written)
    day = published or datetime(1, 1, 1, tzinfo=UTC)
    meanings = {
        "year": f"{day.year:04}",
        "short_year": f"{day.year % 100:02}",
        "month": f"{day.month:02}",
        "i_month": str(day.month),
        "day": f"{day.day:02}",
        "i_day": str(day.day),
        "y_day": f"{day.timetuple().tm_yday:03}",
        "hour": f"{day.hour:02}",
        "minute": f"{day.minute:02}",
        "second": f"{day.second:02}",
        "title": slug,
        "slug": _NOT_IN_SLUGS.sub("-", slug.lower()).strip("-"),
        "categories": "/".join(_NOT_IN_SLUGS.sub("-", word.lower()).strip("-") for word in categories),
        "output_ext": ".html",
    }
    path = _PLACEHOLDER.sub(lambda found: meanings.get(found[1], ""), pattern)
    return "/".join(["", *(step for step in path.split("/") if step)]) + ("/" if path.endswith("/") else "")


def _permalink_of(folder: Path) -> str:
    """Return the style of permalinks that the site's `_config.yml` names; Jekyll's own if it names none."""
    configuration = folder / _CONFIGURATION
    try:
        return _permalink_in(configuration, configuration.stat().st_mtime_ns)
    except OSError:
        return "date"


@lru_cache(maxsize=16)
def _permalink_in(configuration: Path, _changed: int) -> str:
    try:
        with configuration.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_MOST_CONFIGURATION)
        fields = split_front_matter(f"---\n{text}\n---\n").fields
    except (OSError, InvalidFrontMatter):
        return "date"
    return text_of(fields.get("permalink")) or "date" if isinstance(fields, Mapping) else "date"


def _body(file: ContentFile, page: str) -> str:
    if file.body.count("{%") > _MOST_TAGS:
        return file.body
    front = file.site.url.rstrip("/")
    kept: list[str] = []

    def keep(found: Match[str]) -> str:
        kept.append(found[1])
        return f"\x00{len(kept) - 1}\x00"

    def address(found: Match[str]) -> str:
        return front + (f"/{found['path'].lstrip('/')}" if found["path"] else "")

    def post(found: Match[str]) -> str:
        name = found["target"].rpartition("/")[2].rpartition(".")[0] or found["target"].rpartition("/")[2]
        slug, day = without_day(name), day_in_name(Path(f"{name}.md"))
        if not day:
            return f"{front}/{found['target'].lstrip('/').removesuffix('.md')}"
        return on_site(_path(file._replace(fields={}), slug, [], moment_of(day, file.site)), file.site)

    text = _RAW.sub(keep, file.body.replace("\x00", ""))
    text = _COMMENT.sub("", text)
    text = _HIGHLIGHT.sub(r"\n```\1\n\2\n```\n", text)
    text = _ADDRESS.sub(address, text).replace("{{ page.url }}", page)
    text = _POST_ADDRESS.sub(post, text)
    text = _EMBED.sub(_player, text)
    text = _ATTRIBUTES.sub("", text)
    return lazy_pattern("\x00([0-9]+)\x00").sub(lambda found: kept[int(found[1])], text)


def _player(found: Match[str]) -> str:
    video = _VIDEO.search(found["rest"])
    if video is None:
        return found[0]
    host = "https://vimeo.com/" if "vimeo" in found["name"] else "https://www.youtube.com/watch?v="
    return f"[{host}{video['id']}]({host}{video['id']})"


JEKYLL = Preset(
    name="jekyll",
    fields={
        "title": ("title",),
        "published": ("date",),
        "updated": (
            "lastmodifiedat",
            "updated",
            "update",
            "lastupdated",
            "lastmod",
            "modified",
            "modifieddate",
        ),
        "expires": ("expires", "expirydate"),
        "summary": ("excerpt", "description", "summary", "subtitle"),
        "categories": ("categories", "category"),
        "topics": ("tags", "tag", "keywords"),
        "authors": ("authors", "author"),
        "media": (
            "image",
            "featuredimage",
            "featureimage",
            "cover",
            "coverimage",
            "thumbnail",
            "thumbnailimg",
            "img",
            "banner",
            "header",
        ),
        "language": ("lang", "language", "locale"),
        "story": ("ref", "translationkey", "translationid", "langref"),
        "slug": ("slug",),
        "external_url": ("externalurl", "externallink", "linkurl"),
    },
    place=_place,
    why_left_out=_why_left_out,
    added=_added,
    body=_body,
    split_at_spaces=True,
)
