"""The distribution: its name, its extras, and versions that are locked."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.packaging.locked import ROOT, direct_dependencies, locked_versions, project

TEXTS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "src/newsfeed/errors.py",
]
EXTRAS = project()["project"]["optional-dependencies"].keys()
GROUPS = project()["dependency-groups"].keys()


def test_what_serves_development_is_a_group_and_no_extra() -> None:
    assert {"benchmarks", "docs", "fuzz", "lint", "pages", "readers", "recipes", "test"} <= GROUPS
    assert not EXTRAS & GROUPS


def test_the_extra_all_has_every_other_extra() -> None:
    (everything,) = project()["project"]["optional-dependencies"]["all"]
    assert everything == f"newsroom-feeds[{','.join(sorted(EXTRAS - {'all'}))}]"


def test_the_distribution_has_a_name_of_its_own() -> None:
    metadata = distribution("newsroom-feeds").metadata
    assert metadata["Name"] == "newsroom-feeds"
    assert set(metadata.get_all("Provides-Extra") or ()) == set(EXTRAS)


@pytest.mark.parametrize("requirement", direct_dependencies(), ids=lambda it: it.name)
def test_every_direct_dependency_is_locked_at_a_version_that_it_allows(requirement: Requirement) -> None:
    if requirement.marker is None or requirement.marker.evaluate():
        locked = locked_versions()[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(locked, prereleases=True)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_said_to_install_is_this_project(text: Path) -> None:
    said = text.read_text(encoding="utf-8")
    for name, extras in re.findall(r"([\w./-]*)\[([a-z,]+)\]'", said):
        assert name in {"newsroom-feeds", ".", "./newsfeed", "../newsfeed"}, f"{name}[{extras}]"
        assert set(extras.split(",")) <= EXTRAS, f"{name}[{extras}]"
    assert set(re.findall(r"--group (\w+)", said)) <= GROUPS


def test_extras_that_messages_name_exist() -> None:
    named = {
        extra
        for path in (ROOT / "src").rglob("*.py")
        for extra in re.findall(r"MissingExtra\(.*[\"'](\w+)[\"']\)", path.read_text(encoding="utf-8"))
    }
    assert {"cli", "remote", "web", "websub"} <= named <= EXTRAS


def test_the_commands_of_the_readme_install_what_is_locked() -> None:
    commands = re.findall(
        r"^python3 .*$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert len(commands) == 2
    for command in commands:
        assert re.findall(r"pip install (-c \S+)", command) == ["-c constraints.txt"]
