"""The house: imports point one way, importing is cheap, and the public names are what they seem."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import newsfeed

PACKAGE = Path(newsfeed.__file__).parent

#: The rooms in the order in which data walks through them; a room imports only itself and rooms before it.
ROOMS = [
    "errors",
    "text",
    "model",
    "profiles",
    "sources",
    "entries",
    "intake",
    "newsroom",
    "selection",
    "plan",
    "formats",
    "sitemaps",
    "discovery",
    "publish",
    "check",
    "websub",
    "web",
    "cli",
]

#: Methods that open a later room for their callers, inside the method.
FACADES = {
    ("model/feed.py", "formats"),
    ("newsroom.py", "plan"),
    ("newsroom.py", "publish"),
    ("newsroom.py", "selection"),
}

HEAVY = {
    "babel",
    "brotli",
    "click",
    "dateutil",
    "feedgen",
    "fsspec",
    "httpx",
    "idna",
    "jinja2",
    "lxml",
    "markdown_it",
    "nh3",
    "rich",
    "s3fs",
    "waitress",
    "yaml",
    "zstandard",
}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "newsfeed" and len(parts) > 1 else None


def imports_of(file: Path) -> list[tuple[str, bool, int]]:
    """Each module imported, whether at the top of the file, and its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    only_for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in only_for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, node in tree.body, node.lineno))
        elif isinstance(node, ast.Import):
            found += [(name.name, node in tree.body, node.lineno) for name in node.names]
    return found


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_an_import_never_points_to_a_later_room(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    room = name.split("/")[0].removesuffix(".py")
    if room in {"__init__", "__main__"}:
        return
    for module, at_top, line in imports_of(file):
        other = room_of(module)
        if other is None or ROOMS.index(other) <= ROOMS.index(room):
            continue
        assert (name, other) in FACADES, f"{name}:{line} imports {module}"
        assert not at_top, f"{name}:{line} imports {module} at the top"


def test_importing_is_cheap() -> None:
    script = "import sys, newsfeed; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "newsfeed" in loaded
    assert HEAVY & set(loaded) == set()


def test_the_public_names() -> None:
    assert list(newsfeed.__all__) == sorted(newsfeed.__all__)
    for name in newsfeed.__all__:
        assert getattr(newsfeed, name).__doc__, name


def test_types_are_shipped() -> None:
    assert (PACKAGE / "py.typed").exists()
