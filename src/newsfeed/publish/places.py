"""Places: what a caller names as output, told apart: a folder on a disk, the URL of a store, or a place of their own."""

import re
from os import PathLike
from pathlib import Path
from urllib.parse import urlsplit

from newsfeed.errors import InvalidValue
from newsfeed.model.record import kind, shown
from newsfeed.publish.locking import DiskPlace
from newsfeed.publish.store import Place

__all__ = ["place_of"]

_URL = re.compile(r"[a-z][a-z0-9+.-]*(://|::)", re.IGNORECASE)
_REMEDY = "give the path of a folder, the URL of a store such as s3://news/feeds/, or your own Place"


def place_of(output: str | PathLike[str] | Place) -> Place:
    """Find the place that an output names.

    Args:
        output: A folder's path; a URL, `s3://bucket/feeds/`, of anything that fsspec reaches; or a place.

    Returns:
        The place.

    Raises:
        InvalidValue: If it is none of these.
        MissingExtra: If the package for a store is not installed.
        PublishError: If no store is known for a URL.

    >>> place_of("public/").name, place_of("memory://feeds/").name
    ('public/', 'memory://feeds/')
    """
    if isinstance(output, PathLike):
        output = str(output.__fspath__())
    if not isinstance(output, str):
        if not (hasattr(output, "for_build") and hasattr(output, "for_reading")):
            raise InvalidValue(f"{shown(output)} is {kind(output)}", _REMEDY, field="folder")
        return output
    if not _URL.match(output):
        return DiskPlace(Path(output), output)
    address = urlsplit(output)
    if address.scheme == "file" and address.netloc in {"", "localhost"}:
        from urllib.request import url2pathname  # which loads much that a folder's path has no need of

        return DiskPlace(Path(url2pathname(address.path)), output)
    from newsfeed.publish.objects import ObjectStore

    return ObjectStore(output)
