"""From Article to Entry: HTML made safe and absolute, addresses made ASCII, labels chosen, authors filled in."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

import msgspec

from newsfeed.catalog.candidates import Candidate
from newsfeed.model.access import closing_word, open_to
from newsfeed.model.article import Article, Comments, Media, Person, Source
from newsfeed.model.feed import Entry, FeedData, Tag, Translation, site_authors
from newsfeed.model.site import Site
from newsfeed.text.html.cleaning import clean
from newsfeed.text.html.pixels import without_pixels
from newsfeed.text.html.summary.lead import Lead, lead
from newsfeed.text.html.teasers import before_any_mark, with_ends
from newsfeed.text.html.trusted import resolve
from newsfeed.text.urls import ascii_uri

__all__ = ["EVERYBODY", "EntryView", "entry_of", "view_of"]


class EntryView(NamedTuple):
    """What of an article an entry has, depending on the rule of the feed that carries it."""

    #: The words whose articles it may have whole.
    access: tuple[str, ...] = ()
    #: Whether its content ends at the article's mark.
    is_teaser: bool = False

    def on(self, article: Article) -> "EntryView":
        """Return the view that shows as much of an article, so that what is free is made once for all rules."""
        return self._replace(access=()) if self.access and closing_word(article) is None else self

    def of(self, candidate: Candidate) -> "EntryView":
        """Do the same for a candidate, whose article may have to be read."""
        return self.on(candidate.article) if self.access else self

    @property
    def digest(self) -> bytes:
        """What distinguishes it from others; nothing for what everybody reads in most feeds."""
        return b"" if self == EVERYBODY else msgspec.json.encode(self)


EVERYBODY = EntryView()


def entry_of(
    article: Article, site: Site, translations: Iterable[Translation] = (), view: EntryView = EVERYBODY
) -> Entry:
    """Return the entry of an article.

    Args:
        article: A repaired article, so one with an id.
        site: Its site.
        translations: The live editions of the same story in other languages, in the site's order.
        view: What of it to show. What isn't for the readers of a feed is nowhere in the entry.

    Returns:
        The entry, the same for every feed that shows it alike.
    """
    shown = open_to(view.access, article)
    html, page = shown.content, ascii_uri(article.url or "")
    made = _lead(shown) if article.summary is None and html else None
    repeats = made is not None and made.is_whole
    if view.is_teaser:
        html = _teaser(html, is_cut=shown is not article)
        if made is not None:
            repeated = _lead(shown.with_kept(content=html)) if html else None
            repeats = repeated is not None and repeated.is_whole and repeated.text == made.text
    if html is not None and html is not article.content and site.trusted_html:
        html = with_ends(html)
    content = _content(html, site, page) if html else None
    if made is not None and content is None and not view.is_teaser:
        made = None
    return Entry(
        id=article.id or page,
        url=page,
        title=article.title,
        summary=made.text if made else article.summary,
        summary_repeats_content=repeats and content is not None,
        content=content,
        published=_to_the_second(article.published),
        updated=_to_the_second(article.updated or article.published),
        language=article.language,
        authors=tuple(_with_ascii_urls(person) for person in article.authors)
        or site_authors(site, article.language),
        tags=_tags(article, site),
        media=tuple(_file(media) for media in shown.media),
        rights=article.rights,
        source=_with_ascii_urls(article.source) if article.source else None,
        comments=_with_ascii_urls(article.comments) if article.comments else None,
        external_url=_external_url(article, page),
        story=article.story,
        translations=tuple(translations),
        extra=article.extra,
    )


def view_of(feed: FeedData) -> EntryView:
    """Return what the entries of a feed show."""
    return EntryView(feed.access, feed.content == "teaser")


def _teaser(html: str | None, *, is_cut: bool) -> str | None:
    """Return a content up to its mark; None if it has none, so that the summary stands for it."""
    teaser = before_any_mark(html or "") or (html if is_cut else None)
    return teaser if teaser and teaser.strip() else None


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


def _external_url(article: Article, page: str) -> str | None:
    """Return where the headline leads; None if that is the article's own page."""
    address = ascii_uri(article.external_url) if article.external_url else page
    return None if address == page else address


def _file(media: Media) -> Media:
    """Return a file whose addresses, and those of its renditions, are ASCII URIs."""
    file = _with_ascii_urls(media)
    if not file.renditions:
        return file
    return file.with_kept(renditions=tuple([_with_ascii_urls(rendition) for rendition in file.renditions]))


_Addressed = TypeVar("_Addressed", Comments, Media, Person, Source)
#: The fields that are addresses, in any of these records.
_ADDRESSES = ("url", "avatar", "thumbnail", "feed")


def _with_ascii_urls(record: _Addressed) -> _Addressed:
    """Return a record whose addresses are ASCII URIs."""
    changes: dict[str, object] = {}
    for field in _ADDRESSES:
        written = getattr(record, field, None)
        if written and (uri := ascii_uri(written)) != written:
            changes[field] = uri
    return record.with_kept(**changes) if changes else record


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
