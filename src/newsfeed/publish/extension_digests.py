"""What users' extensions write depends on their source, the feed and the entry; so a digest of the source stands for them."""

import inspect
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from newsfeed.model.feed import Extension

__all__ = ["digest_of_extensions"]


def digest_of_extensions(extensions: Iterable[Extension]) -> bytes | None:
    """Return a digest of the source of extensions.

    Returns:
        The digest; None if it can't be known what one depends on: its source isn't in a file, or it keeps values of its own,
        as a closure or an object does.

    >>> from newsfeed.text.dates import rfc3339
    >>> len(digest_of_extensions([Extension(name="dc", entry=rfc3339)]))
    16
    >>> digest_of_extensions([Extension(name="dc", entry=[].append)]) is None
    True
    """
    digest = blake2b(digest_size=16)
    for extension in extensions:
        digest.update(f"\0{extension.name}\0{extension.atom}{extension.rss}".encode())
        for part in (extension.feed_class, extension.entry_class, extension.feed, extension.entry):
            source = b"" if part is None else _source(part)
            if source is None:
                return None
            digest.update(len(source).to_bytes(8, "big") + source)
    return digest.digest()


def _source(part: object) -> bytes | None:
    """Return the file of a class or a function, and its name there."""
    if not (inspect.isclass(part) or inspect.isfunction(part)) or getattr(part, "__closure__", None):
        return None
    try:
        file = inspect.getsourcefile(part)
        return None if file is None else part.__qualname__.encode() + Path(file).read_bytes()
    except (OSError, TypeError):
        return None
