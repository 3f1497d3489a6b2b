"""Items of a JSON Feed (jsonfeed.org, versions 1 and 1.1) as articles."""

from collections.abc import Iterator, Mapping
from typing import Any

from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.feeds.entry_values import as_html, distinct_media, plain
from newsfeed.sources.site_languages import default_language, site_language
from newsfeed.sources.term_sorter import TermSorter

__all__ = ["item_values"]


def item_values(
    item: Mapping[str, Any], feed: Mapping[str, Any], words: TermSorter, source: ArticleSource, site: Site
) -> dict[str, object]:
    """Return an article's values by field.

    Args:
        item: The item.
        feed: The feed.
        words: Sorts its tags.
        source: The source.
        site: The site.
    """
    categories, topics = words.sorted(plain(tag) for tag in _list(item.get("tags")))
    content = item.get("content_html")
    if not content and isinstance(item.get("content_text"), str):
        content = as_html(item["content_text"])
    language = item.get("language")
    values: dict[str, object] = {
        "id": item.get("id"),
        "url": item.get("url") or item.get("external_url"),
        "external_url": item.get("external_url") if item.get("url") else None,
        "title": plain(item.get("title")),
        "published": item.get("date_published") or item.get("date_modified"),
        "updated": item.get("date_modified"),
        "summary": plain(item.get("summary")),
        "content": content,
        "language": site_language(language, site)
        or language
        or default_language(source, site, feed.get("language")),
        "categories": categories,
        "topics": topics,
        "authors": list(_authors(item)) or list(_authors(feed)),
        "media": list(distinct_media(_media(item))),
    }
    return {field: value for field, value in values.items() if value not in ("", [], None)}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _authors(holder: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    for author in _list(holder.get("authors")) or [holder.get("author")]:
        if isinstance(author, Mapping) and plain(author.get("name")):
            url = author.get("url")
            yield {
                "name": plain(author["name"]),
                **({"url": url} if isinstance(url, str) and url.startswith("http") else {}),
            }


def _media(item: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    yield {"url": item.get("image") or item.get("banner_image")}
    for file in _list(item.get("attachments")):
        if isinstance(file, Mapping):
            yield {
                "url": file.get("url"),
                "type": file.get("mime_type"),
                "length": file.get("size_in_bytes"),
                "duration": file.get("duration_in_seconds"),
                "description": file.get("title"),
            }
