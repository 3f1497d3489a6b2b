"""One address for a feed in all its formats: the client's `Accept` decides (RFC 9110 §12.5.1)."""

from collections.abc import Iterable

from newsfeed.model.rule import FORMATS
from newsfeed.web.weights import weighted

__all__ = ["suffixes_by_preference"]

#: Under these names clients ask for a format too.
_ALSO = {
    "rss": ("application/xml", "text/xml"),
    "atom": ("application/xml", "text/xml"),
    "json": ("application/json",),
    "html": ("application/xhtml+xml",),
    "text": (),
}
_REFUSED = -1.0


def suffixes_by_preference(accept: str | None) -> Iterable[str]:
    """Order the suffixes of documents by what a client prefers.

    Args:
        accept: The header `Accept`; `None` where there is none.

    Returns:
        All suffixes, the best first, equals in the order of `FORMATS`; those that the client refuses come last, for
        where nothing else is there (RFC 9110 §12.4.1 allows that, and a subscriber is better off with it).

    >>> suffixes_by_preference("application/atom+xml, application/json;q=0.5")
    ['.atom', '.json', '.rss', '.html', '.txt']
    >>> suffixes_by_preference("text/html, application/xml;q=0.9, */*;q=0.8")[:2]
    ['.html', '.rss']
    """
    weights = weighted(accept) if accept is not None else {}
    order = sorted(FORMATS, key=lambda name: -_weight(name, weights))
    return [FORMATS[name].suffix for name in order]


def _weight(name: str, weights: dict[str, float]) -> float:
    """Give the weight of a format, that of the most specific range that fits; below 0 where it is refused."""
    own = FORMATS[name].media_type
    ranges = (own, *_ALSO[name], own.partition("/")[0] + "/*", "*/*")
    found = next((weights[known] for known in ranges if known in weights), None)
    if found is None:
        return 0.0
    return found or _REFUSED
