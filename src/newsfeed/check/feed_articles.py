"""The articles of RSS and Atom feeds as partners see them, independent of the format."""

from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Final

from newsfeed.check.dates import moment_of
from newsfeed.check.documents import ATOM, ParsedDocument
from newsfeed.check.elements import XmlElement
from newsfeed.check.html_texts import HtmlText
from newsfeed.model.cached_property import cached_property
from newsfeed.text.html.words import plain_text

__all__ = ["FeedArticle", "Picture", "articles_of"]

_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_MEDIA: Final = "http://search.yahoo.com/mrss/"
_MAX_SHOWN: Final = 60
_MAX_DIGITS: Final = 6


class Picture:
    """A picture, with its size if the feed states it."""

    def __init__(self, where: XmlElement, url: str, width: str | None, height: str | None) -> None:
        self.where = where
        self.url = url
        self.size = _pixels(width), _pixels(height)

    @property
    def sides(self) -> tuple[int, int] | None:
        """Its shorter and its longer side in pixels; None unless the feed states both."""
        width, height = self.size
        return None if width is None or height is None else (min(width, height), max(width, height))


class FeedArticle:
    """An RSS item or an Atom entry."""

    def __init__(self, element: XmlElement, *, is_atom: bool) -> None:
        self.element = element
        self._is_atom = is_atom

    @property
    def name(self) -> str:
        """What to call it in messages: its title, else its link, else its path."""
        shown = self.title or self.link or self.element.path
        return repr(shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "…")

    @cached_property
    def title(self) -> str:
        """Its headline, as in the feed."""
        return self._text("title")

    @cached_property
    def link(self) -> str:
        """The address of its page."""
        if not self._is_atom:
            return self._text("link")
        links = (link for link in self.element.all("link") if link.get("rel") in {None, "alternate"})
        return next((link.get("href") or "" for link in links), "").strip()

    @cached_property
    def id(self) -> str:
        """Its `guid` or `id`."""
        return self._text("id" if self._is_atom else "guid")

    @cached_property
    def published(self) -> datetime | None:
        """When it was published; None if the date is missing or invalid."""
        return moment_of(self._text("published" if self._is_atom else "pubDate"))

    @cached_property
    def summary(self) -> str:
        """Its summary as plain text."""
        return plain_text(self._html("summary" if self._is_atom else "description"))

    @cached_property
    def content(self) -> str:
        """Its full text as HTML."""
        if self._is_atom:
            return self._html("content")
        return self._text("encoded", _CONTENT)

    @property
    def author(self) -> str:
        """Who wrote it."""
        if self._is_atom:
            author = self.element.find("author")
            name = author.find("name") if author is not None else None
            return name.text.strip() if name is not None else ""
        return self._text("author") or self._text("creator", _DC)

    @property
    def category(self) -> str:
        """Its first category."""
        first = self.element.find("category")
        if first is None:
            return ""
        return (first.get("term") or "").strip() if self._is_atom else first.text.strip()

    @property
    def picture(self) -> str:
        """The address of its first picture."""
        return next((picture.url for picture in self.pictures), "")

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures in Media RSS, enclosures and text; each address once, with its size if the feed states it."""
        found: dict[str, Picture] = {}
        for picture in self._pictures():
            if picture.url not in found or found[picture.url].sides is None:
                found[picture.url] = picture
        return tuple(found.values())

    def _pictures(self) -> Iterator[Picture]:
        for file in self.element.walk():
            if file.space == _MEDIA and file.name == "content" and _is_picture(file):
                yield Picture(file, file.get("url") or "", file.get("width"), file.get("height"))
        for enclosure in self._enclosures():
            if (enclosure.get("type") or "").startswith("image/"):
                yield Picture(enclosure, enclosure.get("url") or enclosure.get("href") or "", None, None)
        for start in HtmlText(self.element, self.content).starts:
            if start.name == "img":
                values = dict(start.attributes)
                yield Picture(self.element, values.get("src", ""), values.get("width"), values.get("height"))

    def _enclosures(self) -> list[XmlElement]:
        if not self._is_atom:
            return self.element.all("enclosure")
        return [link for link in self.element.all("link") if link.get("rel") == "enclosure"]

    def _text(self, name: str, space: str | None = None) -> str:
        found = self.element.find(name, space)
        return found.text.strip() if found is not None else ""

    def _html(self, name: str) -> str:
        """Return a text as HTML; of XHTML, only the text without tags."""
        found = self.element.find(name)
        if found is None:
            return ""
        if found.get("type") == "xhtml":
            return " ".join(part.text for part in found.walk()).strip()
        return found.text.strip()

    def has(self, part: str) -> bool:
        """Return whether it has this part, one of `ARTICLE_PARTS`."""
        return bool(getattr(self, part))

    @property
    def shown_title(self) -> str:
        """The title as readers show it."""
        return unescape(self.title)


def _is_picture(file: XmlElement) -> bool:
    return file.get("medium") == "image" or (file.get("type") or "").startswith("image/")


def _pixels(text: str | None) -> int | None:
    written = (text or "").strip()
    is_number = written.isascii() and written.isdigit() and len(written) <= _MAX_DIGITS
    return int(written) or None if is_number else None


def articles_of(document: ParsedDocument) -> Iterator[FeedArticle]:
    """Visit the articles of an RSS or Atom feed, in the order of the file."""
    is_atom = document.kind == "atom"
    for element in document.entries:
        yield FeedArticle(element, is_atom=is_atom or element.space == ATOM)
