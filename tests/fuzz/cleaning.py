"""HTML, whatever it is: cleaned it is safe, holds for good, and can stand in a feed."""

from html.parser import HTMLParser

from newsfeed.text.html.addresses import LINKS, RESOURCES
from newsfeed.text.html.allowed import ATTRIBUTES, SCHEMES, TAGS
from newsfeed.text.html.cleaning import _sanitised, clean
from newsfeed.text.html.pixels import without_pixels
from newsfeed.text.html.trusted import resolve
from newsfeed.text.html.words import plain_text
from newsfeed.text.xml_characters import without_forbidden

__all__ = ["html"]

_PAGE = "https://report.example/en/snow"


def html(data: bytes) -> None:
    """Clean a fragment, and look at what is left with a parser of others."""
    # a byte that is no UTF-8 becomes a lone surrogate, which no feed can hold
    fragment = data.decode("utf-8", "surrogateescape")
    cleaned = clean(fragment, page=_PAGE)
    assert _sanitised(cleaned) == clean(cleaned, page=_PAGE) == cleaned
    for text in (cleaned, plain_text(fragment), plain_text(cleaned), resolve(fragment, page=_PAGE)):
        assert without_forbidden(text) == text
    assert len(without_pixels(fragment)) <= len(fragment)
    looking = _Look()
    looking.feed(cleaned)
    looking.close()


class _Look(HTMLParser):
    """Holds every tag against the tables of what may stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names)
        for name, value in attrs:
            assert name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
            if (tag, name) in LINKS | RESOURCES:
                _check_address(value or "", anywhere=(tag, name) in LINKS)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def _check_address(address: str, *, anywhere: bool) -> None:
    scheme = address.partition(":")[0].lower()
    assert scheme in (SCHEMES if anywhere else {"http", "https"})
    assert address.isascii()
    assert not set(address) & set(' \t\n\r<>"')
