"""The examples of docs/ run in a folder of their own beside examples/, so that none finds what another one wrote."""

from pathlib import Path

import pytest

_ROOT = Path(__file__).parent


@pytest.fixture(autouse=True)
def _own_folder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if isinstance(request.node, pytest.DoctestItem) and request.path.is_relative_to(_ROOT / "docs"):
        folder = request.getfixturevalue("tmp_path")
        (folder / "examples").symlink_to(_ROOT / "examples")
        monkeypatch.chdir(folder)
