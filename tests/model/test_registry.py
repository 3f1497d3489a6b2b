"""Registries: rows of newsfeed's own, and rows of plug-ins, which are looked for only when they are needed."""

import importlib.metadata
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.distributions import install

from newsfeed import InvalidPlugin
from newsfeed.model.registry import Registry

GROUP = "newsfeed.tests"
PLUGIN = "the plug-in 'sea' (newsfeed.tests, from sea-rows 1.0)"


class Row(NamedTuple):
    name: str
    depth: int = 0


Install = Callable[..., Any]


@pytest.fixture
def rows() -> Registry[Row]:
    """Where a depth below 0 can't be used."""
    return Registry(
        GROUP,
        Row,
        lambda: [Row("lake", 10), Row("pond", 1)],
        conflict=lambda row: "its depth is negative" if row.depth < 0 else "",
    )


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a plug-in whose row `sea` is an expression."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def installed(
        row: str, name: str = "sea", distribution: str = "sea-rows", module: str = "sea_rows"
    ) -> None:
        code = f"from tests.model.test_registry import Row\nROW = {row}\n"
        install(tmp_path, distribution, f"[{GROUP}]\n{name} = {module}:ROW\n", {f"{module}.py": code})
        monkeypatch.delitem(sys.modules, module, raising=False)

    return installed


def test_its_own_rows_need_no_search_for_plug_ins(
    rows: Registry[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(importlib.metadata, "entry_points")
    assert rows["pond"] == Row("pond", 1)
    assert "lake" in rows
    assert list(rows.own) == ["lake", "pond"]


def test_a_plug_in_adds_a_row(rows: Registry[Row], plugin: Install) -> None:
    plugin("Row('sea', 4000)")
    assert rows["sea"] == Row("sea", 4000)
    assert rows["sea"] is rows["sea"]
    assert (list(rows), len(rows), "sea" in rows) == (["lake", "pond", "sea"], 3, True)
    assert [row.depth for row in rows.rows()] == [10, 1, 4000]


def test_an_unknown_name(rows: Registry[Row], plugin: Install) -> None:
    plugin("Row('sea')")
    assert "ocean" not in rows
    with pytest.raises(KeyError, match="ocean"):
        rows["ocean"]


def test_names_are_listed_without_loading_plug_ins(rows: Registry[Row], plugin: Install) -> None:
    plugin("1 / 0")
    assert list(rows) == ["lake", "pond", "sea"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "1 / 0",
            "can't be loaded: ZeroDivisionError: division by zero. Upgrade sea-rows 1.0, or uninstall it.",
        ),
        ("None", "can't be used: sea_rows:ROW is a NoneType, not a Row. Report this to its authors."),
        (
            "Row('ocean')",
            "can't be used: its Row is named 'ocean', and both names must be the same. Report this to its authors.",
        ),
        ("Row('sea', -1)", "can't be used: its depth is negative. Report this to its authors."),
    ],
)
def test_a_plug_in_that_can_not_be_used(rows: Registry[Row], plugin: Install, row: str, problem: str) -> None:
    plugin(row)
    with pytest.raises(InvalidPlugin) as caught:
        rows["sea"]
    assert str(caught.value) == f"{PLUGIN} {problem}"
    with pytest.warns(UserWarning, match=re.escape(PLUGIN)) as warned:
        assert [row.name for row in rows.rows()] == ["lake", "pond"]
    assert [str(warning.message) for warning in warned] == [f"{PLUGIN} {problem}"]


def test_two_plug_ins_with_one_name(rows: Registry[Row], plugin: Install) -> None:
    plugin("Row('sea')")
    plugin("Row('sea')", distribution="other-rows", module="other_rows")
    with pytest.raises(InvalidPlugin) as caught:
        rows["sea"]
    told = str(caught.value)
    first, second = sorted(["sea-rows 1.0", "other-rows 1.0"], key=told.index)
    assert told == (
        f"the plug-in 'sea' (newsfeed.tests, from {first}) is registered by {second} as well. Uninstall all but one."
    )


def test_a_plug_in_with_the_name_of_an_own_row(rows: Registry[Row], plugin: Install) -> None:
    plugin("Row('pond', 99)", name="pond")
    assert rows["pond"].depth == 1
    message = "the plug-in 'pond' \\(newsfeed.tests, from sea-rows 1.0\\) has the name of newsfeed's own. Rename it."
    with pytest.warns(UserWarning, match=message):
        assert [row.depth for row in rows.rows()] == [10, 1]
