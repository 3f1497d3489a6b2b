"""Advice: what to do about an error of the system."""

import errno

__all__ = ["advice_for"]

_FULL = "; make room there"
_FORBIDDEN = "; let the user who builds write there"
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "; allow larger files, or give the feed a lower limit",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: "; mount it as writable",
    errno.EEXIST: "; move the file that is in the way, or name another folder",
    errno.ENOTDIR: "; move the file that is in the way, or name another folder",
    errno.ENAMETOOLONG: "; give the feed a shorter path",
    errno.ELOOP: "; fix the link that leads back to itself",
}


def advice_for(error: OSError) -> str:
    """Give the end of a message: what to do, after a semicolon; empty where nothing is known to help.

    >>> advice_for(OSError(errno.ENOSPC, "No space left on device"))
    '; make room there'
    """
    return _ADVICE.get(error.errno or 0, "")
