"""FeedData and Entry: what a format is given. Links are absolute, the language is chosen, the order is final.

Nothing here is specific to RSS, Atom or JSON Feed. All addresses and ids are ASCII URIs, and all HTML is safe to show.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.model.article import Comments, Media, Person, Source
from newsfeed.model.formats import FORMATS
from newsfeed.model.shown_values import is_a
from newsfeed.model.site import Site
from newsfeed.text.headlines import beginning
from newsfeed.text.urls import ascii_uri

__all__ = ["ContentProfile", "Entry", "Extension", "FeedData", "Link", "Tag", "Tombstone", "Translation"]


def site_authors(site: Site, language: str) -> tuple[Person, ...]:
    """Return the default authors: the site's authors, or the site itself under its name in a language."""
    own = Person(name=site.text(site.title, language), url=site.url)
    return tuple(
        msgspec.structs.replace(author, url=ascii_uri(author.url)) if author.url else author
        for author in site.authors or (own,)
    )


class Tag(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A category, topic or flag of an entry (RFC 4287 §4.2.2)."""

    #: `category`, `topic` or `flag`.
    kind: str
    term: str
    label: str
    scheme: str


class Translation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The same story in another language."""

    language: str
    url: str
    title: str


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A link from a feed to another document."""

    url: str
    #: The relation (RFC 4287 §4.2.7.2): `self`, `related`, `hub` …
    rel: str = "related"
    #: The media type.
    type: str | None = None
    title: str | None = None
    language: str | None = None
    #: The paths of documents that don't follow from its address, by format.
    documents: tuple[tuple[str, str], ...] = ()


class Tombstone(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The tombstone of a withdrawn article (RFC 6721 §3)."""

    #: The article's id.
    id: str
    #: When it was withdrawn, aware.
    when: datetime


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One article in a feed."""

    #: A permanent ASCII URI.
    id: str
    url: str
    #: Plain text; empty for a note without a title: see `headline`.
    title: str = ""
    #: Plain text; `None` if the article has neither summary nor content.
    summary: str | None
    #: HTML, safe to show, with absolute links.
    content: str | None
    #: Aware.
    published: datetime
    #: Aware, never before `published`.
    updated: datetime
    language: str
    authors: tuple[Person, ...]
    tags: tuple[Tag, ...] = ()
    media: tuple[Media, ...] = ()
    rights: str | None = None
    source: Source | None = None
    comments: Comments | None = None
    #: Where the headline leads, if not to `url`.
    external_url: str | None = None
    story: str | None = None
    translations: tuple[Translation, ...] = ()
    #: Whether the summary was generated and repeats the whole content, so that feeds with content leave it out.
    summary_repeats_content: bool = False
    extra: Mapping[str, Any] = {}

    def __repr__(self) -> str:
        return f"<Entry {self.headline!r} {self.id}>"

    @property
    def guid(self) -> str:
        """The id where it needn't be a URI, in RSS and JSON Feed: `extra["guid"]`, if an earlier feed had another text."""
        guid = self.extra.get("guid")
        return guid if isinstance(guid, str) and guid.strip() else self.id

    @property
    def headline(self) -> str:
        """The title, or the beginning of the text of an entry without one."""
        texts = [self.summary, *[file.description for file in self.media], self.url]
        return self.title or beginning(texts, self.language)

    @property
    def picture(self) -> Media | None:
        """The first picture of the article."""
        return next((media for media in self.media if media.type.startswith("image/")), None)

    @property
    def image(self) -> str | None:
        """The address of its first picture, or of the first still of a recording."""
        stills = (media.thumbnail for media in self.media if media.thumbnail)
        return self.picture.url if self.picture else next(stills, None)

    def tags_of(self, kind: str) -> tuple[Tag, ...]:
        """Return the entry's categories, topics or flags."""
        return tuple(tag for tag in self.tags if tag.kind == kind)


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """A feedgen extension for RSS and Atom feeds: one of feedgen's or your own.

    Example:
        >>> def explicit(fg, feed):
        ...     fg.podcast.itunes_explicit("no")
        >>> Extension(name="podcast", feed=explicit).atom
        True
    """

    #: feedgen's name for it: `podcast`, `geo`, `dc`, `torrent` …, or your own name with `feed_class`.
    name: str
    #: Your extension's classes, as `FeedGenerator.register_extension` takes them; none loads feedgen's own.
    feed_class: type | None = None
    entry_class: type | None = None
    #: Called with feedgen's generator and the `FeedData`, once per feed.
    feed: Callable[..., object] | None = None
    #: Called with feedgen's entry and the `Entry`, once per entry.
    entry: Callable[..., object] | None = None
    atom: bool = True
    rss: bool = True

    def __post_init__(self) -> None:
        for field in ("feed", "entry"):
            value = getattr(self, field)
            if value is not None and not callable(value):
                raise InvalidValue(is_a(value), "pass a function", field=field)


class ContentProfile(NamedTuple):
    """How a feed shows entries: all that a rendered entry depends on besides the entry."""

    #: `full`; `teaser` for entries whose content ends at the article's mark; `summary` for entries without their content.
    content: str = "full"
    #: The relation of links to other editions, `related` or `alternate`.
    translations: str = "related"
    extensions: tuple[Extension, ...] = ()
    #: The words whose articles are shown whole.
    access: tuple[str, ...] = ()
    #: Parameters for the links to articles.
    utm: tuple[tuple[str, str], ...] = ()
    #: The address of the licence under which entries may be used.
    license: str | None = None
    #: Whether the first picture stands at the head of the content.
    lead_image: bool = False
    #: The keys of a site's own data that JSON Feed has.
    json_extra: tuple[str, ...] = ()


class FeedData(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as formats, templates and extensions see it."""

    site: Site
    #: A permanent ASCII URI: the first address of its documents, without a suffix.
    id: str
    #: The feed's path in the output folder, without a suffix; empty for a feed outside the plan.
    path: str
    title: str
    description: str
    language: str
    #: In the feed's order, the newest first.
    entries: tuple[Entry, ...]
    #: `full`, `teaser`, or `summary` for entries without their content.
    content: str = "full"
    #: Whether the first picture stands at the head of the content of entries.
    lead_image: bool = False
    #: The words whose articles it carries whole; of other articles that aren't free, its entries have what everybody reads.
    access: tuple[str, ...] = ()
    #: Whether it names a hub, and the same feed in other languages.
    is_listed: bool = True
    #: Parameters for the links to articles.
    utm: tuple[tuple[str, str], ...] = ()
    #: For how many minutes readers may keep it; None if it doesn't say.
    ttl: int | None = None
    #: `published`, or `updated` for a feed whose entries are in the order in which they changed last.
    order: str = "published"
    #: The formats it is published in; none for a feed outside the plan.
    formats: tuple[str, ...] = ()
    #: The paths of its documents that don't follow from its own path, by format.
    documents: tuple[tuple[str, str], ...] = ()
    #: The same feed in the site's other languages.
    editions: tuple[Link, ...] = ()
    #: The site's other feeds in this language, for listings.
    siblings: tuple[Link, ...] = ()
    #: The planned feeds of the site's trending topics.
    trending: tuple[Link, ...] = ()
    #: The feed of everything, which a listing links to.
    all_news: Link | None = None
    #: The archives or pages that it links to (RFC 5005), without a suffix.
    history: tuple[Link, ...] = ()
    #: The articles that it carried and that were withdrawn, while the site's tombstones last.
    tombstones: tuple[Tombstone, ...] = ()
    #: `archive` or `complete` in the sense of RFC 5005, or neither.
    mark: str = ""
    extensions: tuple[Extension, ...] = ()
    #: The current time, for a listing that is read at once; none for published feeds, which are read at any time.
    as_of: datetime | None = None

    def __repr__(self) -> str:
        count = len(self.entries)
        return f"<{type(self).__name__} {self.title!r}{f' {self.path}' if self.path else ''}: {count} {'entry' if count == 1 else 'entries'}>"

    @property
    def content_profile(self) -> ContentProfile:
        """How the feed shows its entries."""
        site = self.site
        return ContentProfile(
            self.content,
            site.translations,
            self.extensions,
            self.access,
            self.utm,
            self.license,
            self.lead_image,
            tuple(site.json_extra),
        )

    @property
    def license(self) -> str | None:
        """The address of the site's licence, an ASCII URI."""
        return None if self.site.license is None else ascii_uri(self.site.license)

    @property
    def authors(self) -> tuple[Person, ...]:
        """The site's authors, or the site itself."""
        return site_authors(self.site, self.language)

    @property
    def address(self) -> str:
        """The address of its documents without a suffix, an ASCII URI. It equals the id until the site moves."""
        return ascii_uri(self.site.feeds_url + self.path)

    @property
    def home(self) -> str:
        """The site's front page, an ASCII URI."""
        return ascii_uri(self.site.url)

    def links(self, name: str) -> tuple[Link, ...]:
        """Return the links of the feed's document in a format: itself, the hub, its history, other formats and languages.

        Others are `related`: as `alternate`, some readers take them for the site's front page.

        Args:
            name: The format, `rss`, `atom` or `json`.

        Returns:
            The links; without `self` and other formats for a feed that isn't published. An archive names no hub,
            because nobody subscribes to it, and neither does a feed that isn't listed.
        """
        links = []
        own = Link(url=self.address, title=self.title, language=self.language, documents=self.documents)
        if name in self.formats:
            links.append(self._document("self", name, own))
        if self.site.hub is not None and self.mark != "archive" and self.is_listed:
            links.append(Link(rel="hub", url=ascii_uri(self.site.hub)))
        if name in self.formats:
            links += [self._document(link.rel, name, link) for link in self.history]
        others = [other for other in self.formats if other != name and FORMATS[other].is_feed]
        links += [self._document("related", other, own) for other in others]
        if name in self.formats:
            links += [self._document("related", name, edition) for edition in self.editions]
        return tuple(links)

    def _document(self, rel: str, name: str, feed: Link) -> Link:
        """Return a link to the document of a feed in a format."""
        form, path = FORMATS[name], dict(feed.documents).get(name)
        url = feed.url + form.suffix if path is None else ascii_uri(self.site.feeds_url + path)
        return Link(rel=rel, url=url, type=form.media_type, title=feed.title, language=feed.language)

    @property
    def updated(self) -> datetime | None:
        """When the newest entry was updated; `None` for a feed without entries."""
        return max((entry.updated for entry in self.entries), default=None)
