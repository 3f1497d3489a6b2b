"""Distributions for tests of plug-ins, as pip leaves them in a folder of packages."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import newsfeed

__all__ = ["install", "run"]

SOURCE = Path(newsfeed.__file__).parents[1]


def install(folder: Path, name: str, entry_points: str, files: Mapping[str, str]) -> None:
    """Install a distribution, version 1.0: its metadata, and its files."""
    metadata = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(entry_points)
    for path, text in files.items():
        (folder / path).write_text(text)


def run(script: str, *folders: Path) -> str:
    """Run Python with some folders of packages, and return what it prints, warnings included."""
    path = os.pathsep.join(map(str, [*folders, SOURCE]))
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
