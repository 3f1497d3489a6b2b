"""Sitemap files: addresses of one host each, within the limits of search engines; and their index.

The protocol is at https://www.sitemaps.org/protocol.html.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from markupsafe import escape

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["MAX_BYTES", "SitemapUrl", "numbered", "plain_url", "sitemap_index", "split_urls", "urlset"]

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: The most bytes of a file.
MAX_BYTES = 50 * 1024 * 1024
#: How many of them the element around the addresses may take.
_ROOT_BYTES = 1024
_HOST = lazy_pattern("[^/?#]*//([^/?#]*)")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"


class SitemapUrl(msgspec.Struct, frozen=True):
    """An address, and its element `url`."""

    address: str
    element: bytes


def plain_url(address: str) -> SitemapUrl:
    """Return an address whose element says nothing else.

    >>> plain_url("https://report.example/?a&b").element
    b'<url><loc>https://report.example/?a&amp;b</loc></url>'
    """
    return SitemapUrl(address, f"<url><loc>{escape(address)}</loc></url>".encode())


def split_urls(
    urls: Iterable[SitemapUrl], *, max_urls: int, max_bytes: int = MAX_BYTES
) -> tuple[tuple[SitemapUrl, ...], ...]:
    """Split addresses into files.

    Args:
        urls: The addresses, in their order.
        max_urls: The most addresses in a file.
        max_bytes: The most bytes of a file.

    Returns:
        The addresses of each file, which have the same host. No file is empty. The hosts are in alphabetical order, so
        that the number of a file doesn't depend on which address comes first.
    """
    by_host: dict[str, list[SitemapUrl]] = {}
    for url in urls:
        by_host.setdefault(_host(url.address), []).append(url)
    return tuple(
        part
        for _, those in sorted(by_host.items())
        for part in _parts(those, max_urls, max_bytes - _ROOT_BYTES)
    )


def _host(address: str) -> str:
    """Return the host of an address with its port, as urlsplit does, which is slower."""
    found = _HOST.match(address)
    return found[1] if found else ""


def _parts(urls: Iterable[SitemapUrl], max_urls: int, max_bytes: int) -> Iterator[tuple[SitemapUrl, ...]]:
    part: list[SitemapUrl] = []
    size = 0
    for url in urls:
        if part and (len(part) == max_urls or size + len(url.element) + 1 > max_bytes):
            yield tuple(part)
            part, size = [], 0
        part.append(url)
        size += len(url.element) + 1
    if part:
        yield tuple(part)


def numbered(name: str, number: int) -> str:
    """Return the path of one of the files into which addresses were split; the first has no number.

    >>> numbered("sitemap-news-en", 1), numbered("sitemap-news-en", 2)
    ('sitemap-news-en.xml', 'sitemap-news-en-2.xml')
    """
    return f"{name}.xml" if number == 1 else f"{name}-{number}.xml"


def urlset(urls: Iterable[SitemapUrl], namespaces: Mapping[str, str]) -> bytes:
    """Write a sitemap.

    Args:
        urls: The addresses.
        namespaces: The namespaces that their elements use besides the sitemap's own, by prefix.

    Returns:
        The document in UTF-8, each address on a line of its own.
    """
    declared = {"xmlns": SITEMAP, **{f"xmlns:{prefix}": name for prefix, name in namespaces.items()}}
    return _document("urlset", declared, [url.element for url in urls])


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """Write an index of sitemaps.

    Args:
        addresses: The addresses of the sitemaps.

    Returns:
        The document in UTF-8.

    >>> print(sitemap_index(["https://report.example/feeds/sitemap-news-en.xml"]).decode().splitlines()[2])
    <sitemap><loc>https://report.example/feeds/sitemap-news-en.xml</loc></sitemap>
    """
    elements = [f"<sitemap><loc>{escape(address)}</loc></sitemap>".encode() for address in addresses]
    return _document("sitemapindex", {"xmlns": SITEMAP}, elements)


def _document(name: str, attributes: Mapping[str, str], elements: Iterable[bytes]) -> bytes:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    root = f"{_DECLARATION}\n<{name}{written}>"
    return b"\n".join([root.encode(), *elements, f"</{name}>\n".encode()])
