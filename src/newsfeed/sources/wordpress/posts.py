"""From a post of WordPress's REST API, with what it embeds, to an article's values."""

from collections.abc import Iterator, Mapping
from typing import Any

from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.site_languages import default_language
from newsfeed.sources.term_sorter import TermSorter
from newsfeed.sources.wordpress.post_values import (
    is_no_category,
    language_of,
    moment,
    note_on_state,
    open_summary,
    text_of,
)

__all__ = ["id_of", "post_values", "why_post_left_out"]

_SIZES = {"width": "width", "height": "height", "length": "filesize"}
#: Where plug-ins write the language of a post.
_LANGUAGES = ("lang", "language_code", "language", "wpml_current_locale", "locale")


def id_of(post: Mapping[str, Any]) -> str:
    """Return a post's permanent id, which WordPress's feeds give as well: its guid, or else its address."""
    return _rendered(post.get("guid")) or _text(post.get("link"))


def why_post_left_out(post: Mapping[str, Any]) -> str:
    """Return why a post isn't public; empty if it is."""
    content = post.get("content")
    is_protected = isinstance(content, Mapping) and content.get("protected") is True
    return note_on_state(
        _text(post.get("status")), _text(post.get("password")) or ("yes" if is_protected else "")
    )


def post_values(
    post: Mapping[str, Any], source: ArticleSource, site: Site, language: str | None = None
) -> dict[str, object]:
    """Return an article's values by field.

    Args:
        post: The post, as the API gives it with `_embed`.
        source: The source.
        site: The site.
        language: The language that was asked for, if the site has to be asked for each.
    """
    embedded = post["_embedded"] if isinstance(post.get("_embedded"), Mapping) else {}
    url = _text(post.get("link"))
    content = _rendered(post.get("content")).strip()
    published = moment(_text(post.get("date_gmt")), _text(post.get("date")))
    updated = moment(_text(post.get("modified_gmt")), _text(post.get("modified")))
    said = next((post[key] for key in _LANGUAGES if isinstance(post.get(key), str) and post[key]), None)
    terms = [
        term for group in _list(embedded.get("wp:term")) for term in _list(group) if isinstance(term, Mapping)
    ]
    categories, others = TermSorter(source, site).sorted(_categories(terms))
    tags = (text_of(term.get("name")) for term in terms if term.get("taxonomy") == "post_tag")
    values: dict[str, object] = {
        "id": id_of(post),
        "url": url,
        "title": text_of(_rendered(post.get("title"))),
        "published": published,
        "updated": updated if updated[:19] >= published[:19] else "",
        "summary": open_summary(_rendered(post.get("excerpt")), content, post, source),
        "content": content,
        "language": language_of(said or language, url, site) or default_language(source, site),
        "story": _story(post),
        "categories": categories,
        "topics": list(dict.fromkeys([*others, *tags])),
        "authors": [{"name": name} for name in dict.fromkeys(_authors(post, embedded))],
        "media": list(_media(post, embedded)),
        "slug": _text(post.get("slug")) if source.article_url else "",
    }
    return {field: value for field, value in values.items() if value not in ("", [], None)}


def _rendered(value: object) -> str:
    """Return the HTML of a value, which some dumps have without the object around it."""
    return _text(value.get("rendered")) if isinstance(value, Mapping) else _text(value)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _story(post: Mapping[str, Any]) -> str:
    """Return the key that translations share: the smallest number among them (Polylang, WPML)."""
    numbers = [post.get("id")]
    translations = post.get("translations")
    if isinstance(translations, Mapping):
        numbers += [each.get("id") if isinstance(each, Mapping) else each for each in translations.values()]
    for each in _list(post.get("wpml_translations")):
        numbers.append(each.get("id") if isinstance(each, Mapping) else each)
    known = [int(str(number)) for number in numbers if str(number).isdecimal()]
    return f"post-{min(known)}" if len(known) > 1 else ""


def _categories(terms: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for term in terms:
        slug, name = _text(term.get("slug")), text_of(term.get("name"))
        if term.get("taxonomy") == "category" and not is_no_category(slug or name):
            yield slug, name


def _authors(post: Mapping[str, Any], embedded: Mapping[str, Any]) -> Iterator[str]:
    several = _list(post.get("authors")) or _list(post.get("coauthors"))
    named = [
        text_of(each.get("display_name") or each.get("name")) for each in several if isinstance(each, Mapping)
    ]
    if not any(named):
        named = [
            text_of(each.get("name")) for each in _list(embedded.get("author")) if isinstance(each, Mapping)
        ]
    if not any(named) and isinstance(post.get("yoast_head_json"), Mapping):
        named = [text_of(post["yoast_head_json"].get("author"))]
    yield from filter(None, named)


def _media(post: Mapping[str, Any], embedded: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    for picture in _list(embedded.get("wp:featuredmedia")):
        if isinstance(picture, Mapping) and (url := _text(picture.get("source_url"))):
            details = picture["media_details"] if isinstance(picture.get("media_details"), Mapping) else {}
            values: dict[str, object] = {
                "url": url,
                "type": _text(picture.get("mime_type")),
                "description": text_of(picture.get("alt_text")) or text_of(_rendered(picture.get("caption"))),
                **{field: details.get(key) for field, key in _SIZES.items() if type(details.get(key)) is int},
            }
            yield {field: value for field, value in values.items() if value}
            return
    if url := _text(post.get("jetpack_featured_media_url")):
        yield {"url": url}
