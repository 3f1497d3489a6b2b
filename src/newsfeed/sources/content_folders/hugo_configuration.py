"""What Hugo's configuration says about addresses and languages: `hugo.toml`, or `config.*` in one of three notations."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from newsfeed.sources.content_folders.written_values import folded, is_yes, text_of
from newsfeed.sources.front_matter import InvalidFrontMatter, split_front_matter

__all__ = ["HugoConfiguration", "configuration_of"]

_FOLDERS = ("", "config/_default")
_NAMES = ("hugo", "config")
_SUFFIXES = (".toml", ".yaml", ".yml", ".json")
#: Parts of the configuration that may have a file of their own in `config/_default`.
_PARTS = ("languages", "permalinks")
_MOST_BYTES = 200_000


class HugoConfiguration(NamedTuple):
    """The configuration of a site, as far as addresses and languages depend on it."""

    #: The language of files that don't say theirs; empty if it isn't said.
    language: str = ""
    #: Whether its addresses begin with the language, too.
    is_in_folder: bool = False
    #: Patterns of addresses by section: `/:year/:month/:slug/`.
    permalinks: Mapping[str, str] = {}
    #: Languages by their content folder, below the site's: `content/english`.
    folders: Mapping[str, str] = {}
    is_ugly: bool = False


def configuration_of(site_folder: Path) -> HugoConfiguration:
    """Return the configuration of the site in a folder; without one, Hugo's defaults."""
    files = []
    for folder in _FOLDERS:
        names = (*_NAMES, *_PARTS) if folder else _NAMES
        files += [site_folder / folder / f"{name}{suffix}" for name in names for suffix in _SUFFIXES]
    stamps = []
    for file in files:
        try:
            stamps.append((file, file.stat().st_mtime_ns))
        except OSError:
            continue
    return _read(tuple(stamps)) if stamps else HugoConfiguration()


@lru_cache(maxsize=16)
def _read(files: tuple[tuple[Path, int], ...]) -> HugoConfiguration:
    said: dict[str, Any] = {}
    for file, _ in reversed(files):
        values = _values_in(file)
        said |= {file.stem: values} if file.stem in _PARTS else values
    return HugoConfiguration(
        language=text_of(said.get("defaultcontentlanguage")),
        is_in_folder=is_yes(said.get("defaultcontentlanguageinsubdir")),
        permalinks=_permalinks(said.get("permalinks")),
        folders=_folders(said.get("languages")),
        is_ugly=is_yes(said.get("uglyurls")),
    )


def _values_in(file: Path) -> dict[str, Any]:
    """Return a file's values with folded keys; none if it can't be read, because Hugo tells that itself."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            text = opened.read(_MOST_BYTES)
        fence = {".toml": "+++", ".json": ""}.get(file.suffix, "---")
        whole = f"{fence}\n{text}\n{fence}\n" if fence else text.lstrip()
        values = split_front_matter(whole).fields
    except (OSError, InvalidFrontMatter, RecursionError):
        return {}
    return {folded(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _permalinks(value: object) -> dict[str, str]:
    """Return the patterns of pages by section, in either form: `posts = "…"`, or `[permalinks.page]`."""
    if not isinstance(value, Mapping):
        return {}
    page = value.get("page")
    return {
        str(section): pattern
        for section, pattern in {**value, **(page if isinstance(page, Mapping) else {})}.items()
        if isinstance(pattern, str)
    }


def _folders(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    found = {}
    for language, settings in value.items():
        keys = {folded(key): each for key, each in settings.items()} if isinstance(settings, Mapping) else {}
        if folder := text_of(keys.get("contentdir")):
            found[folder.strip("/")] = str(language)
    return found
