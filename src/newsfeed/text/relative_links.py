"""Relative links (RFC 3986 §4.2), so that pages work anywhere: on a disk, on a local server."""

from newsfeed.errors import InvalidValue

__all__ = ["relative_link"]


def relative_link(address: str, page: str, base: str) -> str:
    """Return the link from one document to another that is published with it.

    Args:
        address: The absolute address that the link leads to.
        page: The absolute address of the page with the link.
        base: The address below which both are published, with its last `/`.

    Returns:
        The relative link; the address itself if one of the two isn't below the base.

    Raises:
        InvalidValue: If the address isn't text, in a site's own template.

    >>> base = "https://report.example/feeds/"
    >>> relative_link(base + "en/all.rss", base + "index.html", base)
    'en/all.rss'
    >>> relative_link(base + "en/all.rss", base + "en/topic/snow.html", base)
    '../all.rss'
    >>> relative_link("https://partner.example/all.rss", base + "index.html", base)
    'https://partner.example/all.rss'
    """
    if not isinstance(address, str):
        raise InvalidValue(f"{address} isn't an address", "write text, such as href(link.url)")
    if not (address.startswith(base) and page.startswith(base)):
        return address
    here = page.removeprefix(base).split("/")[:-1]
    there = address.removeprefix(base).split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        del here[0], there[0]
    steps = [".."] * len(here) + there
    # An empty first step would be a different link, and one with a colon would be read as a scheme.
    return "/".join(steps if steps[0] and ":" not in steps[0] else [".", *steps])
