"""Pelican: bare `Title:` lines, categories by folder, `{filename}` links, HTML files, and the ids of its feeds."""

from collections.abc import Mapping
from datetime import datetime
from html import unescape
from pathlib import Path
from re import Match
from typing import Any
from urllib.parse import urlsplit

from newsfeed.sources.content_folders.file_dates import day_in_name, moment_of
from newsfeed.sources.content_folders.preset import ContentFile, Preset, below, on_site
from newsfeed.sources.content_folders.written_values import folded, text_of
from newsfeed.sources.front_matter import InvalidFrontMatter, split_front_matter
from newsfeed.sources.site_languages import site_language
from newsfeed.text.html.tags import attributes_of
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.slugs import slug as slug_of

__all__ = ["PELICAN"]

_LINE = lazy_pattern(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE = lazy_pattern(r"[ ]{4,}(?P<value>.*)|\t(?P<more>.*)")
_HTML = lazy_pattern(r"\s*(?:<!doctype|<html|<head)", 2)  # re.IGNORECASE
_TITLE = lazy_pattern(r"(?is)<title[^>]*>(.*?)</title>")
_META = lazy_pattern(r"(?is)<meta\b[^>]*>")
_BODY = lazy_pattern(r"(?is)<body[^>]*>(.*?)(?:</body>|\Z)")
_LINK = lazy_pattern(
    r"[{|](?P<what>filename|attach|static|tag|category|author|index|archives)[}|](?P<path>[^\s\"'<>)]*)"
)
_LANGUAGE_IN_NAME = lazy_pattern(r"(?P<slug>.+)[._-](?P<language>[a-z]{2}(?:-[A-Za-z]{2,4})?)")
_NOT_IN_SLUGS = lazy_pattern(r"[^\w\s-]")
_BETWEEN_WORDS = lazy_pattern(r"[-\s]+")
_CONTENT = "content"
#: Bytes of a file that another links to, in which its title or slug stands.
_HEAD = 20_000


def split_pelican(text: str) -> tuple[dict[str, Any], str]:
    r"""Split a file into its metadata and its text: `Title:` lines, front matter, or an HTML page.

    >>> split_pelican("Title: Snow\nDATE: 2025-12-19\nTags: a,\n    b\n\nIt snowed.\n")
    ({'title': 'Snow', 'date': '2025-12-19', 'tags': 'a, b'}, 'It snowed.\n')
    >>> split_pelican(
    ...     '<html><head><title>Snow</title><meta name="date" content="2025-12-19"></head><body><p>It snowed.'
    ... )
    ({'title': 'Snow', 'date': '2025-12-19'}, '<p>It snowed.')

    Raises:
        InvalidFrontMatter: If there is front matter that can't be decoded.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if text.startswith(("---\n", "+++\n")):
        front_matter = split_front_matter(text)
        fields = front_matter.fields if isinstance(front_matter.fields, dict) else {}
        return {folded(key): value for key, value in fields.items()}, front_matter.body
    if _HTML.match(text):
        return _split_html(text)
    fields = {}
    lines = text.split("\n")
    key = ""
    for number, line in enumerate(lines):
        if not line.strip():
            return fields, "\n".join(lines[number + 1 :])
        found = _LINE.fullmatch(line)
        more = _MORE.fullmatch(line)
        if found and not more:
            key = folded(found["key"])
            fields[key] = f"{fields[key]}, {found['value']}" if key in fields else found["value"].strip()
        elif more and key:
            fields[key] = f"{fields[key]} {(more['value'] or more['more'] or '').strip()}".strip()
        else:
            return fields, "\n".join(lines[number:])
    return fields, ""


def _split_html(text: str) -> tuple[dict[str, Any], str]:
    title, body = _TITLE.search(text), _BODY.search(text)
    fields: dict[str, Any] = {"title": unescape(title[1]).strip()} if title else {}
    for tag in _META.findall(text):
        meta = attributes_of(tag, "meta")
        name, content = meta.get("name", ""), meta.get("content") or meta.get("contents") or ""
        if name:
            fields[{"keywords": "tags"}.get(folded(name), folded(name))] = content
    return fields, body[1] if body else ""


def _why_left_out(file: ContentFile) -> str:
    status = text_of(file.fields.get("status")).casefold()
    if status == "draft":
        return "it's a draft"
    if status not in {"", "published"}:
        return f"its status is {status!r}"
    if file.parts[0] == "pages":
        return "it's a page"
    if not text_of(file.fields.get("title")):
        return "it has no title, so it isn't an article"
    if not file.fields.get("date") and not day_in_name(file.path):
        return "it has no date, so it's a page"
    return ""


def _added(file: ContentFile, values: Mapping[str, Any]) -> dict[str, Any]:
    added: dict[str, Any] = {"slug": _slug(file.fields)}
    named = _LANGUAGE_IN_NAME.fullmatch(file.stem)
    language = site_language(text_of(values.get("language")), file.site) or (
        site_language(named["language"], file.site) if named else None
    )
    added["language"] = language
    added["story"] = added["slug"]
    if not values.get("categories") and len(file.parts) > 1:
        added["categories"] = [file.parts[-2]]
    added["url"] = on_site(_path(file, added["slug"], language or file.site.default_language), file.site)
    if (moment := moment_of(values.get("published"), file.site)) is not None:
        added["id"] = _tag(added["url"], moment)
    return added


def _slug(fields: Mapping[str, Any]) -> str:
    """Return the slug as Pelican makes it (SLUGIFY_SOURCE = "title"): letters of ASCII, joined by hyphens."""
    if written := text_of(fields.get("slug")):
        return written
    title = text_of(fields.get("title"))
    plain = _NOT_IN_SLUGS.sub("", slug_of(title).lower()) if title else ""
    return _BETWEEN_WORDS.sub("-", plain.strip())


def _path(file: ContentFile, slug: str, language: str) -> str:
    if written := text_of(file.fields.get("url")):
        return written
    if written := text_of(file.fields.get("saveas")):
        return written.removesuffix("index.html")
    return f"{slug}.html" if language == file.site.default_language else f"{slug}-{language}.html"


def _tag(url: str, moment: datetime) -> str:
    """Return the id that Pelican's feeds give (feedgenerator.get_tag_uri)."""
    parts = urlsplit(url)
    fragment = f"/{parts.fragment}" if parts.fragment else ""
    return f"tag:{parts.hostname},{moment:%Y-%m-%d}:{parts.path}{fragment}"


def _body(file: ContentFile, page: str) -> str:
    front = file.site.url.rstrip("/")

    def address(found: Match[str]) -> str:
        path, what = found["path"], found["what"]
        if what in {"index", "archives"}:
            return f"{front}/" if what == "index" else f"{front}/archives.html"
        if what in {"tag", "category", "author"}:
            return f"{front}/{what}/{slug_of(path)}.html"
        target = _target(file, path)
        if what == "filename" and target.suffix.lower() in {".md", ".markdown", ".mkd", ".rst", ".html"}:
            return _address_of(target, file) + (f"#{path.partition('#')[2]}" if "#" in path else "")
        where = (
            target.relative_to(file.content_folder).as_posix()
            if target.is_relative_to(file.content_folder)
            else path
        )
        return (
            page.rpartition("/")[0] + f"/{target.name}"
            if what == "attach"
            else f"{front}/{where.lstrip('/')}"
        )

    return _LINK.sub(address, file.body)


def _target(file: ContentFile, path: str) -> Path:
    """Return the file that a link leads to."""
    path = path.partition("#")[0]
    start = file.content_folder if path.startswith("/") else file.path.parent
    return Path(*_without_dots((start / path.lstrip("/")).parts))


def _without_dots(steps: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for step in steps:
        if step == ".." and kept:
            kept.pop()
        elif step != ".":
            kept.append(step)
    return kept


def _address_of(target: Path, file: ContentFile) -> str:
    """Return the address of another article, whose slug stands at its head."""
    fields: Mapping[str, Any] = {}
    if target.is_relative_to(file.content_folder):  # a link leads to no other files
        try:
            with target.open("rb") as head:
                fields, _ = split_pelican(head.read(_HEAD).decode("utf-8", "replace"))
        except (OSError, InvalidFrontMatter):
            fields = {}
    other = file._replace(fields=fields)
    language = site_language(text_of(fields.get("lang")), file.site) or file.site.default_language
    return on_site(_path(other, _slug(fields) or target.stem, language), file.site)


PELICAN = Preset(
    name="pelican",
    fields={
        "title": ("title",),
        "published": ("date",),
        "updated": ("modified",),
        "summary": ("summary", "description"),
        "categories": ("category",),
        "topics": ("tags", "keywords"),
        "authors": ("authors", "author"),
        "media": ("image", "cover", "headercover", "ogimage", "thumbnail", "featuredimage", "photo"),
        "language": ("lang",),
        "slug": ("slug",),
    },
    place=below(_CONTENT),
    why_left_out=_why_left_out,
    added=_added,
    body=_body,
    split=split_pelican,
)
