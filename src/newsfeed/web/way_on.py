"""A way on from an address that leads nowhere: the documents nearest to it."""

from bisect import bisect
from pathlib import PurePosixPath

from newsfeed.model.rule import FORMATS
from newsfeed.text.nearest import nearest
from newsfeed.web.documents import Documents

__all__ = ["way_on"]

_MOST = 6
#: Names beyond this length are compared by their beginnings.
_LONGEST = 100
#: So many names are compared, whatever a folder holds.
_COMPARED = 400
_SUFFIXES = tuple(form.suffix for form in FORMATS.values())


def way_on(documents: Documents, place: str) -> list[str]:
    """Find the documents nearest to a place where there is none.

    From the top, the walk follows each segment, or the name that is nearest to it; so it looks into as many folders
    as the address has segments.

    Args:
        documents: Where they are looked for.
        place: Where there is none; empty for the top.

    Returns:
        Places of documents, a few at most, the nearest first.
    """
    folder = ""
    *outer, wanted = place.removesuffix("/").split("/")
    for segment in outer:
        name = _nearest(f"{segment}/", [name for name in _names(documents, folder) if name.endswith("/")])
        if name is None:
            break
        folder += name
    return _near(documents, folder, wanted)


def _near(documents: Documents, folder: str, wanted: str) -> list[str]:
    """Find feeds named alike; else those of the folder named alike; else those beside it, or one step below."""
    names = _names(documents, folder)
    feeds = _feeds_among(names)
    stems = dict.fromkeys(map(_stem, feeds))
    stem = _stem(wanted) if _stem(wanted) in stems else _nearest(_stem(wanted), list(stems))
    found = [name for name in feeds if _stem(name) == stem]
    if not found:
        folders = [name for name in names if name.endswith("/")]
        inner = _nearest(f"{wanted}/", folders) or (None if feeds else next(iter(folders), None))
        if inner is not None:
            folder += inner
            feeds = _feeds_among(_names(documents, folder))
    return [folder + name for name in (found or feeds)[:_MOST]]


def _feeds_among(names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(_SUFFIXES)]


def _names(documents: Documents, folder: str) -> list[str]:
    return list(documents.names(folder) or ())


def _nearest(wanted: str, names: list[str]) -> str | None:
    """Find the name itself, or the nearest of those that a dictionary would have around it."""
    if wanted in names:
        return wanted
    if len(names) > _COMPARED:
        names = sorted(names)
        middle = bisect(names, wanted)
        names = names[max(0, middle - _COMPARED // 2) : middle + _COMPARED // 2]
    return nearest(wanted[:_LONGEST], names)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem if PurePosixPath(name).suffix in (*_SUFFIXES, ".xml") else name
