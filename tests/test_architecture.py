"""The house: imports point one way, importing is cheap, and the public names are what they seem."""

import ast
import subprocess
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import newsfeed

PACKAGE = Path(newsfeed.__file__).parent

#: The rooms from the bottom of the house to its top. A room imports only itself and rooms below it.
ROOMS = [
    "findings",
    "errors",
    "text",
    "model",
    "profiles",
    "sources",
    "catalog",
    "plan",
    "formats",
    "sitemaps",
    "discovery",
    "publish",
    "feed",
    "newsroom",
    "opening",
    "store",
    "check",
    "websub",
    "web",
    "cli",
    "contrib",
]

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
    "jmespath",
    "lxml",
    "markdown_it",
    "nh3",
    "psycopg",
    "rich",
    "s3fs",
    "sqlalchemy",
    "sqlite3",
    "waitress",
    "yaml",
    "zstandard",
}


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "newsfeed" and len(parts) > 1 else None


def module_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


#: Every file of the package, by the name of its module.
FILES = {module_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def imports_of(file: Path) -> list[tuple[str, int]]:
    """Every module that a file imports, at its top, inside functions or for type checkers, with the line."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{name.name}" for name in node.names]
            found += [(name if name in FILES else node.module, node.lineno) for name in names]
        elif isinstance(node, ast.Import):
            found += [(name.name, node.lineno) for name in node.names]
    return found


def files_imported_by(file: Path) -> set[str]:
    return {module for module, _ in imports_of(file) if module in FILES} - {module_of(file)}


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_an_import_points_down(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    room = name.split("/")[0].removesuffix(".py")
    if room in {"__init__", "__main__"}:
        return
    above = ROOMS[ROOMS.index(room) + 1 :]
    for module, line in imports_of(file):
        other = room_of(module)
        assert other not in above, f"{name}:{line} imports {module}"


def test_the_rooms_of_a_store_know_only_those_below_them() -> None:
    """`catalog/stored/__init__.py` says what each is for."""
    house = "newsfeed.catalog.stored"
    rooms = ["database", "rows", "sync", "index", "answers"]
    for module, file in FILES.items():
        if module.startswith(f"{house}.") and module.split(".")[3] in rooms:
            above = rooms[rooms.index(module.split(".")[3]) + 1 :]
            for other in files_imported_by(file):
                assert not any(other.startswith(f"{house}.{room}.") for room in above), f"{module} → {other}"
    assert {module.split(".")[3] for module in FILES if module.startswith(f"{house}.")} == set(rooms)


def test_no_file_imports_itself_through_others() -> None:
    """Imports for type checkers and those inside functions count like all others."""
    sorter = TopologicalSorter({name: files_imported_by(file) for name, file in FILES.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


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


def test_no_two_public_types_share_a_name() -> None:
    names = Counter(
        node.name
        for module, file in FILES.items()
        if ".management.commands." not in module  # Django wants each to be called Command
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_types_are_shipped() -> None:
    assert (PACKAGE / "py.typed").exists()
