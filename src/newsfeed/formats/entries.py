"""From Article to Entry: HTML made safe and absolute, addresses made ASCII, labels chosen, authors filled in."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec

from newsfeed.model.article import Article, Media, Person, Source
from newsfeed.model.feed import Entry, Tag, Translation, site_authors
from newsfeed.model.site import Site
from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.pixels import without_pixels
from newsfeed.text.html.summary.lead import Lead, lead
from newsfeed.text.html.trusted import resolve
from newsfeed.text.urls import ascii_uri

__all__ = ["entry_of"]


def entry_of(article: Article, site: Site, translations: Iterable[Translation] = ()) -> Entry:
    """Return the entry of an article.

    Args:
        article: A repaired article, so one with an id.
        site: Its site.
        translations: The live editions of the same story in other languages, in the site's order.

    Returns:
        The entry, the same for every feed that carries it.
    """
    page = ascii_uri(article.url or "")
    content = _content(article.content, site, page) if article.content else None
    made = _lead(article) if article.summary is None and content else None
    return Entry(
        id=article.id or page,
        url=page,
        title=article.title,
        summary=made.text if made else article.summary,
        summary_repeats_content=made is not None and made.is_whole,
        content=content,
        published=_to_the_second(article.published),
        updated=_to_the_second(article.updated or article.published),
        language=article.language,
        authors=tuple(_with_ascii_url(person) for person in article.authors)
        or site_authors(site, article.language),
        tags=_tags(article, site),
        media=tuple(_with_ascii_url(media) for media in article.media),
        rights=article.rights,
        source=_with_ascii_url(article.source) if article.source else None,
        story=article.story,
        translations=tuple(translations),
        extra=article.extra,
    )


def _lead(article: Article) -> Lead | None:
    """Summarise the content before it is cleaned, because cleaning removes what distinguishes captions from prose."""
    return lead(
        article.content or "",
        language=article.language,
        title=article.title,
        authors=[author.name for author in article.authors],
    )


def _to_the_second(moment: datetime) -> datetime:
    """Drop fractions of a second: RSS has none, and some readers take any digits as milliseconds."""
    return moment.replace(microsecond=0) if moment.microsecond else moment


def _content(html: str, site: Site, page: str) -> str | None:
    """Return a content ready for feeds; None if nothing or only space is left of it."""
    if not site.tracking_pixels:
        html = without_pixels(html)
    prepare = resolve if site.trusted_html else clean
    prepared = prepare(html, page=page, can_be_carried=True)  # repairs have seen to it
    return None if not prepared or prepared.isspace() else prepared


_Addressed = TypeVar("_Addressed", Person, Media, Source)


def _with_ascii_url(record: _Addressed) -> _Addressed:
    url = ascii_uri(record.url) if record.url else record.url
    return record if url == record.url else msgspec.structs.replace(record, url=url)


def _tags(article: Article, site: Site) -> tuple[Tag, ...]:
    base = ascii_uri(site.url)
    language = article.language

    def tag(kind: str, folder: str, term: str, label: str) -> Tag:
        return Tag(kind=kind, term=term, label=label, scheme=f"{base}{folder}/")

    categories = [
        tag("category", "categories", term, site.category_label(term, language))
        for term in article.categories
    ]
    topics = [tag("topic", "topics", topic, topic) for topic in article.topics]
    flags = [tag("flag", "flags", flag, site.label(flag, language)) for flag in article.flags]
    return (*categories, *topics, *flags)
