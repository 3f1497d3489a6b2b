"""Parameters that are added to an address."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote

__all__ = ["with_parameters"]


def with_parameters(url: str, parameters: Sequence[tuple[str, str]]) -> str:
    """Return an address with parameters in its query, but for those that it has already.

    Args:
        url: An absolute address, an ASCII URI.
        parameters: Names and values.

    >>> with_parameters(
    ...     "https://report.example/1?utm_source=x#top", [("utm_source", "rss"), ("utm_medium", "a b")]
    ... )
    'https://report.example/1?utm_source=x&utm_medium=a%20b#top'
    """
    if not parameters:
        return url
    address, hash_sign, fragment = url.partition("#")
    base, _, query = address.partition("?")
    known = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    added = [
        f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters if name not in known
    ]
    joined = "&".join(filter(None, [query, *added]))
    return f"{base}?{joined}{hash_sign}{fragment}" if joined else url
