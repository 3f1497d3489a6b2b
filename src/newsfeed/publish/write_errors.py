"""Errors while an output is read or written: what failed where, in which state the output is, and what to do."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsfeed.errors import PublishError

__all__ = ["HALFWAY", "UNCHANGED", "os_error_hint", "publish_errors"]

#: The state of an output before and after the first document was moved into its place.
UNCHANGED = "Nothing was changed."
HALFWAY = "Every document is whole, but some of them are still old; the next build finishes the job."

_FULL = "Make room there."
_FORBIDDEN = "Let the user who builds write there."
_IN_THE_WAY = "Move the file that is in the way, or name another folder."
_HINTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "Allow larger files, or give the feed a lower limit.",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: "Mount it as writable.",
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.ENAMETOOLONG: "Give the feed a shorter path.",
    errno.ELOOP: "Fix the link that leads back to itself.",
}


def os_error_hint(error: BaseException) -> str:
    """Return a sentence that says what to do about an error; empty if nothing is known to help.

    >>> os_error_hint(OSError(errno.ENOSPC, "No space left on device"))
    'Make room there.'
    """
    return _HINTS.get(getattr(error, "errno", None) or 0, "")


@contextmanager
def publish_errors(
    verb: str,
    place: object,
    state: str = "",
    *,
    errors: type[Exception] = OSError,
    hint: Callable[[Exception], str] = os_error_hint,
) -> Iterator[None]:
    """Turn errors into a PublishError that names the document, not a temporary file beside it.

    Args:
        verb: What is done: `read`, `write`.
        place: To which document. Where the error names a file and no `state` is known, that one is named.
        state: The state in which the output is if this fails.
        errors: The errors to turn.
        hint: Returns a sentence that says what to do about one, or an empty text.

    >>> with publish_errors("write", "public/all.rss", UNCHANGED):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    newsfeed.errors.PublishError: can't write public/all.rss: No space left on device. Nothing was changed. Make room there.
    """
    try:
        yield
    except errors as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
        where = place if state else getattr(error, "filename", None) or place
        sentences = (f"can't {verb} {where}: {reason.removesuffix('.')}.", state, hint(error))
        raise PublishError(" ".join(filter(None, sentences))) from error
