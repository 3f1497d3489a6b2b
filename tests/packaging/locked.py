"""What pyproject.toml asks for, and what constraints.txt locks. Run as a module, it prints what is installed instead."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["direct_dependencies", "locked_versions", "project"]

ROOT = Path(__file__).parents[2]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def direct_dependencies() -> list[Requirement]:
    """What the package, its extras and its dependency groups ask for themselves."""
    tables = project()
    lists = [
        tables["project"]["dependencies"],
        *tables["project"]["optional-dependencies"].values(),
        *tables["dependency-groups"].values(),
    ]
    named = [Requirement(item) for items in lists for item in items if isinstance(item, str)]
    return [it for it in named if it.name != tables["project"]["name"]]


def locked_versions() -> dict[str, str]:
    """The versions that are locked for this Python and this system, by canonical name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins
        if pin.marker is None or pin.marker.evaluate()
    }


def main() -> None:
    locked = locked_versions()
    others = []
    for name in sorted({canonicalize_name(it.name) for it in direct_dependencies()}):
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue  # of a group that isn't installed
        if installed != locked.get(name):
            others.append(f"{name} {installed} (locked: {locked.get(name)})")
    print("\n".join(others) or "Every direct dependency is installed as it is locked.")


if __name__ == "__main__":
    main()
