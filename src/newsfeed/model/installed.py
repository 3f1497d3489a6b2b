"""The versions of installed packages."""

import os
import re
import sys
from functools import cache

__all__ = ["installed_version", "versions"]

#: Packages that read articles, or whose output is part of documents.
_PACKAGES = (
    "newsroom-feeds",
    "babel",
    "feedgen",
    "idna",
    "jinja2",
    "lxml",
    "markupsafe",
    "msgspec",
    "nh3",
    "python-dateutil",
)


@cache
def versions() -> tuple[str, ...]:
    """Return the names and versions of newsfeed and of the packages on which what it writes depends."""
    return tuple(f"{package} {installed_version(package)}" for package in _PACKAGES)


def installed_version(package: str) -> str:
    """Return the version of an installed package, as `importlib.metadata.version` does.

    That module parses e-mail messages to find it, and importing it takes as long as publishing half an article. So the
    version is read from the name of the package's `.dist-info` folder, and only asked of that module where there is none.

    Raises:
        importlib.metadata.PackageNotFoundError: If it isn't installed.

    >>> from importlib.metadata import version
    >>> installed_version("python-dateutil") == version("python-dateutil")
    True
    """
    for folder in sys.path:
        if found := _versions_in(folder or ".").get(_normalised(package)):
            return found
    from importlib.metadata import version

    return version(package)


@cache
def _versions_in(folder: str) -> dict[str, str]:
    """Return the versions of the packages that are installed in a folder (PEP 376), by their names."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    except OSError:  # an archive, or nothing
        return {}
    found = [name.removesuffix(".dist-info").partition("-") for name in names if name.endswith(".dist-info")]
    return {_normalised(name): version for name, _, version in found}


def _normalised(package: str) -> str:
    return re.sub(r"[-_.]+", "_", package).lower()
