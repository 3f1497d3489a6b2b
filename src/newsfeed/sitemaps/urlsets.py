"""Sitemap files: addresses of one host each, no more of them and no larger than search engines read, and an index.

The protocol is at https://www.sitemaps.org/protocol.html.
"""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

import msgspec
from markupsafe import escape

__all__ = ["LARGEST", "Url", "index", "parted", "plain_url", "urlset"]

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: The most bytes of a file.
LARGEST = 50 * 1024 * 1024
#: What the element around the addresses may take of them.
_FOR_THE_ROOT = 1024
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"


class Url(msgspec.Struct, frozen=True):
    """An address, and the element `url` that says of it what there is to say."""

    address: str
    element: bytes


def plain_url(address: str) -> Url:
    """Make the element of an address about which nothing else is said.

    >>> plain_url("https://report.example/?a&b").element
    b'<url><loc>https://report.example/?a&amp;b</loc></url>'
    """
    return Url(address, f"<url><loc>{escape(address)}</loc></url>".encode())


def parted(urls: Iterable[Url], *, most: int, largest: int = LARGEST) -> tuple[tuple[Url, ...], ...]:
    """Part addresses into what fits into one file each.

    Args:
        urls: The addresses, in their order.
        most: The most addresses in a file.
        largest: The most bytes of a file.

    Returns:
        Files of addresses that have one host, none of them empty; the order of hosts is that of their first addresses.
    """
    by_host: dict[str, list[Url]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url.address).netloc, []).append(url)
    return tuple(part for those in by_host.values() for part in _parts(those, most, largest - _FOR_THE_ROOT))


def _parts(urls: Iterable[Url], most: int, largest: int) -> Iterator[tuple[Url, ...]]:
    part: list[Url] = []
    size = 0
    for url in urls:
        if part and (len(part) == most or size + len(url.element) + 1 > largest):
            yield tuple(part)
            part, size = [], 0
        part.append(url)
        size += len(url.element) + 1
    if part:
        yield tuple(part)


def urlset(urls: Iterable[Url], namespaces: Mapping[str, str]) -> bytes:
    """Write a sitemap.

    Args:
        urls: The addresses.
        namespaces: The namespaces that their elements use besides the sitemap's own, by prefix.

    Returns:
        The document in UTF-8, each address on a line of its own.
    """
    declared = {"xmlns": SITEMAP, **{f"xmlns:{prefix}": name for prefix, name in namespaces.items()}}
    return _document("urlset", declared, [url.element for url in urls])


def index(addresses: Iterable[str]) -> bytes:
    """Write an index of sitemaps.

    Args:
        addresses: The addresses of the sitemaps.

    Returns:
        The document in UTF-8.

    >>> print(index(["https://report.example/feeds/sitemap-news-en.xml"]).decode().splitlines()[2])
    <sitemap><loc>https://report.example/feeds/sitemap-news-en.xml</loc></sitemap>
    """
    elements = [f"<sitemap><loc>{escape(address)}</loc></sitemap>".encode() for address in addresses]
    return _document("sitemapindex", {"xmlns": SITEMAP}, elements)


def _document(name: str, attributes: Mapping[str, str], elements: Iterable[bytes]) -> bytes:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    root = f"{_DECLARATION}\n<{name}{written}>"
    return b"\n".join([root.encode(), *elements, f"</{name}>\n".encode()])
