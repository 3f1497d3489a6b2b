"""Geographic positions: GeoRSS, GML, and the latitudes and longitudes of three simple vocabularies."""

import re
from collections.abc import Iterator
from typing import Final

from newsfeed.check.definitions import CheckGroup, Problem, at
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.namespaces import prefixed

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

_LIMITS: Final = {
    "geo:lat": 90,
    "geo:long": 180,
    "geourl:latitude": 90,
    "geourl:longitude": 180,
    "icbm:latitude": 90,
    "icbm:longitude": 180,
}
_POINTS: Final = {"georss:point", "gml:lowerCorner", "gml:pos", "gml:upperCorner"}
_LINES: Final = {"georss:line", "georss:polygon", "gml:posList"}
_MEASURES: Final = {"geo:alt", "georss:elev", "georss:radius"}
#: The elements that GML's shapes and georss:where may contain.
_INSIDE: Final = {
    "geo:Point": {"geo:alt", "geo:lat", "geo:long"},
    "georss:where": {"gml:Envelope", "gml:LineString", "gml:Point", "gml:Polygon"},
    "gml:Envelope": {"gml:lowerCorner", "gml:upperCorner"},
    "gml:LineString": {"gml:posList"},
    "gml:LinearRing": {"gml:posList"},
    "gml:Point": {"gml:pos"},
    "gml:Polygon": {"gml:exterior", "gml:interior"},
}
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,300}(\.[0-9]{0,300})?")
_LEAST_IN_A_LINE = 4


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


@CHECKS.error(
    "NF271",
    "A latitude is a number from -90 to 90, a longitude is a number from -180 to 180, and a point has both.",
    why="Otherwise readers can't show the item on a map.",
    fix="write degrees with a decimal point, such as 40.41 and 49.87",
    specification="W3C Basic Geo Vocabulary; GeoRSS Simple",
)
def degrees(document: ParsedDocument) -> Iterator[Problem]:
    """Find invalid latitudes, longitudes and heights, and incomplete points."""
    for name, element in document.called([*_LIMITS, *_MEASURES, "geo:Point"]):
        text = element.text.strip()
        limit = _LIMITS.get(name)
        if limit is not None and not (_is_number(text) and abs(float(text)) <= limit):
            yield at(element, f"{text[:60]!r} isn't a number of degrees from -{limit} to {limit}")
        elif name in _MEASURES and not _is_number(text):
            yield at(element, f"{text[:60]!r} isn't a number")
        elif name == "geo:Point":
            inside = {prefixed(child) for child in element}
            missing = sorted({"geo:lat", "geo:long"} - inside)
            yield from (at(element, f"{other} is missing") for other in missing)


@CHECKS.error(
    "NF257",
    "Coordinates are pairs of numbers, latitude first, separated by spaces.",
    why="Readers treat a comma as the end, or as a decimal point.",
    fix="write 40.41 49.87 for a point, and at least two such pairs for a line",
    specification="GeoRSS Simple; GeoRSS GML",
)
def coordinates(document: ParsedDocument) -> Iterator[Problem]:
    """Find other coordinates, and elements that don't belong in a shape."""
    for name, element in document.called(_POINTS | _LINES | _INSIDE.keys()):
        if name in _POINTS | _LINES:
            numbers = element.text.split()
            is_right = (
                len(numbers) == len(("latitude", "longitude"))
                if name in _POINTS
                else (len(numbers) % 2 == 0 and len(numbers) >= _LEAST_IN_A_LINE)
            )
            if not is_right or not all(_is_number(number) for number in numbers):
                yield at(element, f"{element.text.strip()[:60]!r} doesn't consist of pairs of numbers")
        allowed = _INSIDE.get(name)
        for child in element if allowed is not None else ():
            if allowed is not None and prefixed(child) not in allowed:
                yield at(child, f"{element.shown} can't contain {child.shown}")
