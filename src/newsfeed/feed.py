"""Feed: a feed that can be written in any format, and how one is made from a feedgen generator."""

from typing import TYPE_CHECKING, Self

from msgspec import structs

from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.writing import render
from newsfeed.model.feed import FeedData
from newsfeed.model.site import Site

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

__all__ = ["Feed", "from_feedgen"]


class Feed(FeedData, frozen=True, kw_only=True):
    """A feed, ready to be written in any format.

    Example:
        >>> import newsfeed
        >>> feed = newsfeed.open("examples/report").feed("en/category/media")
        >>> feed
        <Feed 'Report – Media' en/category/media: 1 entry>
        >>> feed.rss()[:38]
        b"<?xml version='1.0' encoding='UTF-8'?>"
    """

    #: What was rendered of the newsroom's entries; feeds that carry the same entries share it.
    _cache: RenderCache | None = None

    def __eq__(self, other: object) -> bool:
        """Return whether both feeds say the same, whatever was rendered of them."""
        if not isinstance(other, Feed):
            return NotImplemented
        return structs.astuple(self)[:-1] == structs.astuple(other)[:-1]

    __hash__ = None  # type: ignore[assignment]  # entries hold mappings

    @classmethod
    def of(cls, data: FeedData, cache: RenderCache) -> Self:
        """Return the feed of some data.

        Args:
            data: The feed's data.
            cache: Where what is rendered of its entries is kept.
        """
        return cls(**structs.asdict(data), _cache=cache)

    def rss(self) -> bytes:
        """Write the feed as RSS 2.0, with `atom`, `content`, `dc` and `media` elements."""
        return self.render("rss")

    def atom(self) -> bytes:
        """Write the feed as Atom 1.0 (RFC 4287)."""
        return self.render("atom")

    def json(self) -> bytes:
        """Write the feed as JSON Feed 1.1."""
        return self.render("json")

    def html(self) -> str:
        """Write the feed as a listing, an HTML page."""
        return self.render("html").decode()

    def text(self) -> str:
        """Write the feed as a listing in plain text."""
        return self.render("text").decode()

    def render(self, name: str) -> bytes:
        """Write the feed in the format of that name.

        Args:
            name: `rss`, `atom`, `json`, `html`, `text`, or the name of a plug-in's format.

        Returns:
            The document, as it is published.

        Raises:
            InvalidValue: If there is no such format.
        """
        return render(self, name, self._cache)

    def to_feedgen(self) -> "FeedGenerator":
        """Fill a feedgen generator with the feed, to go on with.

        Returns:
            A generator whose `rss_str()` and `atom_str()` are what `rss()` and `atom()` write.
        """
        from newsfeed.formats.feedgen_mapping import generator_of

        return generator_of(self)


def from_feedgen(
    generator: "FeedGenerator", *, site: Site | None = None, language: str | None = None
) -> Feed:
    """Take a feedgen generator and its entries into a Feed.

    Ids, of the feed and of its entries, stay letter for letter, and so do links that are URIs: no subscriber is shown
    old news as new. Entries are put in order, newest first. HTML is cleaned, dates lose their fractions of a second,
    and an entry that never had `updated` set has that of `published`. Not taken over are contributors, comments,
    feedgen's other RSS elements (`ttl`, `skipHours` …) and what extensions hold.

    Args:
        generator: A filled generator; it is left as it is.
        site: Whose feed it is. If None, one is made of what the generator says: its title, its home page, its authors.
        language: The language it is written in, a BCP 47 tag; if None, the generator's own.

    Returns:
        The feed, which has no place in any output folder: its documents have no link to themselves.

    Raises:
        InvalidRecord: An entry has no link, or a value that no feed can carry. All such entries are told at once.
        InvalidValue: The generator names no language or no home page, or `language` is none.

    Example:
        >>> from feedgen.feed import FeedGenerator
        >>> generator = FeedGenerator()
        >>> generator.title("Report")
        'Report'
        >>> _ = generator.link(href="https://report.example/")
        >>> entry = generator.add_entry()
        >>> entry.id("tag:report.example,2025:1"), entry.title("Snow in Baku")
        ('tag:report.example,2025:1', 'Snow in Baku')
        >>> _ = entry.link(href="https://report.example/snow")
        >>> feed = from_feedgen(generator, language="en")
        >>> [(entry.id, entry.url) for entry in feed.entries]
        [('tag:report.example,2025:1', 'https://report.example/snow')]
    """
    from newsfeed.formats.feedgen_reading import read_generator

    data = read_generator(generator, site=site, language=language)
    return Feed.of(data, RenderCache())
