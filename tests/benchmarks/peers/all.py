"""Every peer that is installed, and what is missing."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from tests.benchmarks.peers.peer import Peer

__all__ = ["MODULES", "described", "installed", "missing"]

#: The files in this folder that say `PEERS`, with the package that each needs.
MODULES = {
    "newsfeed_itself": "newsroom-feeds",
    "feedgen": "feedgen",
    "django": "django",
    "feedgenerator": "feedgenerator",
    "pyrss2gen": "PyRSS2Gen",
    "rfeed": "rfeed",
    "feedwerk": "feedwerk",
}


def installed() -> list[Peer]:
    """Give the peers that can be measured; newsfeed is the first."""
    return [
        peer
        for module, package in MODULES.items()
        if _version(package)
        for peer in import_module(f"tests.benchmarks.peers.{module}").PEERS
    ]


def missing() -> list[str]:
    """Name the packages of those that can't."""
    return [package for package in MODULES.values() if not _version(package)]


def described() -> str:
    """Name the packages that were measured, with their versions."""
    return ", ".join(f"{package} {_version(package)}" for package in MODULES.values() if _version(package))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
