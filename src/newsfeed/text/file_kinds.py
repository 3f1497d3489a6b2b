"""Special files, which may wait forever, never end, or have effects when they are opened."""

import stat

__all__ = ["kind_of_special_file"]

_KINDS = (
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


def kind_of_special_file(mode: int) -> str | None:
    """Return the kind of a file that is neither a regular file nor a folder.

    Args:
        mode: The mode from `stat`, with links followed.

    Returns:
        Its kind; None for regular files and folders.

    >>> kind_of_special_file(stat.S_IFIFO), kind_of_special_file(stat.S_IFREG)
    ('a pipe', None)
    """
    return next((name for is_kind, name in _KINDS if is_kind(mode)), None)
