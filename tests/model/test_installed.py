"""The versions of packages are those that `importlib.metadata` tells."""

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from newsfeed.model import installed
from newsfeed.model.installed import _PACKAGES, installed_version


@pytest.mark.parametrize("package", [*_PACKAGES, "Python_DateUtil", "NH3"])
def test_versions_are_as_importlib_tells_them(package: str) -> None:
    assert installed_version(package) == version(package)


def test_the_first_folder_of_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nh3-99.1.dist-info").mkdir()
    (tmp_path / "nh3-99.1.dist-info" / "METADATA").write_text("Name: nh3\nVersion: 99.1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed_version("nh3") == version("nh3") == "99.1"


def test_packages_without_such_a_folder_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    egg = tmp_path / "snow.egg-info"
    egg.mkdir()
    (egg / "PKG-INFO").write_text("Name: snow\nVersion: 1.2\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed_version("snow") == "1.2"


def test_a_package_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    installed._versions_in.cache_clear()
    with pytest.raises(PackageNotFoundError):
        installed_version("snow")
