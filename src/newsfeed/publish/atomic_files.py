"""Files that are replaced whole: written under a temporary name beside their place, then renamed."""

import os
import uuid
from pathlib import Path

__all__ = ["TEMPORARY_SUFFIX", "replace_file", "temporary_path"]

#: How the names of temporary files end. A build removes those that another one left.
TEMPORARY_SUFFIX = ".newsfeed-part"


def temporary_path(folder: Path) -> Path:
    """Return a new temporary path in a folder."""
    return folder / f".{uuid.uuid4().hex}{TEMPORARY_SUFFIX}"


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file whole, and wait until its bytes are on the disk."""
    temporary = temporary_path(path.parent)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
