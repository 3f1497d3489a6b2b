"""From an item of WordPress's export file to an article's values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urljoin

from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.sources.site_languages import default_language
from newsfeed.sources.term_sorter import TermSorter
from newsfeed.sources.wordpress.paragraphs import with_paragraphs
from newsfeed.sources.wordpress.post_values import (
    is_no_category,
    language_of,
    moment,
    note_on_state,
    note_on_type,
    open_summary,
    text_of,
)
from newsfeed.sources.wordpress.shortcodes import with_shortcodes_shown

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Export", "ExportItem", "values_of", "why_left_out"]

_EXPORT = "wordpress.org/export"
_ENCLOSURE_PARTS = 3


class Export(NamedTuple):
    """What the whole file says, and its items refer to."""

    #: The addresses of attached files by their numbers.
    attachments: dict[str, str]
    #: The names that readers see, by login.
    authors: dict[str, str]
    #: What the head of the file says: `language`, `base_site_url`.
    head: dict[str, str]
    #: The ids given so far, because some exports have one twice.
    ids: set[int]


class ExportItem(NamedTuple):
    """An item, with its children by name: without prefix, but for `excerpt:encoded`."""

    texts: Mapping[str, str]
    #: Words with their terms by the domain of the category: `category`, `post_tag`, `language`, `post_translations`.
    words: Mapping[str, list[tuple[str, str]]]
    meta: Mapping[str, str]

    @classmethod
    def of(cls, element: "_Element") -> "ExportItem":
        """Read an item."""
        texts: dict[str, str] = {}
        words: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        meta: dict[str, str] = {}
        for child in element:
            name = _name(child)
            if name == "category":
                words[child.get("domain", "")].append(
                    (unquote(child.get("nicename", "")), (child.text or "").strip())
                )
            elif name == "postmeta":
                pair = {_name(each): each.text or "" for each in child}
                meta.setdefault(pair.get("meta_key", "").strip(), pair.get("meta_value", ""))
            elif name != "comment":
                texts.setdefault(name, child.text or "")
        return cls(texts, words, meta)

    def text(self, name: str) -> str:
        """Return a child's text without white space around it; empty if there is none."""
        return self.texts.get(name, "").strip()

    def raw(self) -> dict[str, Any]:
        """Return the item as `[sources.fields]` names its values."""
        words = {domain: [label for _, label in found] for domain, found in self.words.items()}
        return {**self.texts, "meta": dict(self.meta), "categories": words}


def _name(element: "_Element") -> str:
    tag = str(element.tag)
    namespace, _, name = tag.rpartition("}")
    name = name.rpartition(":")[2]  # a prefix that isn't declared
    return "excerpt" if name == "encoded" and ("excerpt" in namespace or tag.startswith("excerpt:")) else name


def why_left_out(item: ExportItem) -> str:
    """Return why an item isn't an article to publish; empty if it is."""
    return note_on_type(item.text("post_type")) or note_on_state(
        item.text("status"), item.text("post_password")
    )


def values_of(item: ExportItem, export: Export, source: ArticleSource, site: Site) -> dict[str, object]:
    """Return an article's values by field."""
    base = export.head.get("base_blog_url") or export.head.get("base_site_url") or site.url
    content = _content(item, export)
    url = urljoin(f"{base.rstrip('/')}/", item.text("link"))
    published = moment(item.text("post_date_gmt"), item.text("post_date")) or item.text("pubDate")
    updated = moment(item.text("post_modified_gmt"), item.text("post_modified"))
    categories, others = TermSorter(source, site).sorted(_categories(item))
    tags = (text_of(label) for _, label in (*item.words.get("post_tag", ()), *item.words.get("tag", ())))
    values: dict[str, object] = {
        "id": _id(item, url, export),
        "url": url,
        "title": text_of(item.texts.get("title", "")),
        "published": published,
        "updated": updated if updated[:19] >= published[:19] else "",
        "summary": open_summary(item.texts.get("excerpt", ""), content, item.raw(), source),
        "content": content,
        "language": language_of(
            _first(item.words.get("language")) or item.meta.get("_wpml_import_language_code", ""), url, site
        )
        or default_language(source, site, export.head.get("language")),
        "story": _first(item.words.get("post_translations"))
        or item.meta.get("_wpml_import_translation_group", ""),
        "categories": categories,
        "topics": list(dict.fromkeys([*others, *tags])),
        "authors": [{"name": name} for name in _authors(item, export)],
        "media": list(_media(item, export)),
        "slug": unquote(item.text("post_name")) if source.article_url else "",
    }
    return {field: value for field, value in values.items() if value not in ("", [], None)}


def _id(item: ExportItem, url: str, export: Export) -> str:
    written = item.text("guid") or url
    if hash(written) in export.ids:
        written = url
    export.ids.add(hash(written))
    return written


def _content(item: ExportItem, export: Export) -> str:
    text = item.texts.get("encoded", "")
    return with_paragraphs(with_shortcodes_shown(text, export.attachments)).strip()


def _first(words: list[tuple[str, str]] | None) -> str:
    return words[0][0] or words[0][1] if words else ""


def _categories(item: ExportItem) -> Iterator[tuple[str, str]]:
    for term, label in item.words.get("category") or item.words.get("", []):
        if not is_no_category(term or label):
            yield term, text_of(label)


def _authors(item: ExportItem, export: Export) -> Iterator[str]:
    several = [term.removeprefix("cap-") for term, _ in item.words.get("author", ())]
    for login in several or [item.text("creator")]:
        if login:
            yield export.authors.get(login, login)


def _media(item: ExportItem, export: Export) -> Iterator[dict[str, object]]:
    if picture := export.attachments.get(item.meta.get("_thumbnail_id", "").strip()):
        yield {"url": picture}
    enclosure = item.meta.get("enclosure", "").split("\n")
    if enclosure[0].strip().startswith(("http://", "https://")):
        file: dict[str, object] = {"url": enclosure[0].strip()}
        parts = [*map(str.strip, enclosure), *[""] * _ENCLOSURE_PARTS]
        if parts[1].isdecimal():
            file["length"] = int(parts[1])
        if "/" in parts[2]:
            file["type"] = parts[2]
        yield file
