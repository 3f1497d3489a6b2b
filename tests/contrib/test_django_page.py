"""docs/reference/django.md lists what the app has."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("django")

from django.core.management import load_command_class

from newsfeed.contrib.django import changed, register
from newsfeed.contrib.django import settings as app_settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/django.md").read_text(encoding="utf-8")


def test_the_settings() -> None:
    assert tuple(re.findall(r"^\| `([A-Z]+)` \|", PAGE, flags=re.MULTILINE)) == app_settings._KEYS


def test_the_checks() -> None:
    sources = [
        (ROOT / f"src/newsfeed/contrib/django/{name}.py").read_text() for name in ("checks", "settings")
    ]
    ids = {found for source in sources for found in re.findall(r"newsfeed\.[EW]\d{3}", source)}
    assert set(re.findall(r"^\| `(newsfeed\.[EW]\d{3})` \|", PAGE, flags=re.MULTILINE)) == ids


@pytest.mark.parametrize("name", ["newsfeed_sync", "newsfeed_publish"])
def test_the_commands(name: str) -> None:
    parser = load_command_class("newsfeed.contrib.django", name).create_parser("manage.py", name)
    of_django = load_command_class("django.core", "shell").create_parser("manage.py", "shell")
    common = {option for action in of_django._actions for option in action.option_strings} | {"--skip-checks"}
    options = {option for action in parser._actions for option in action.option_strings} - common
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}")]
    assert set(re.findall(r"`(--[a-z-]+)`", row)) == options


@pytest.mark.parametrize("function", [register, changed])
def test_the_functions(function: Callable[..., object]) -> None:
    parameters = inspect.signature(function).parameters.values()
    shown = [it.name if it.default is it.empty else f"{it.name}={it.default!r}" for it in parameters]
    assert f"`{function.__name__}({', '.join(shown)})`" in PAGE
