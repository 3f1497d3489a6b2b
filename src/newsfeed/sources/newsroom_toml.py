"""The file newsroom.toml: read it, and report all its problems together, each with its line."""

import shlex
from collections.abc import Iterator
from operator import itemgetter
from os import PathLike, path
from pathlib import Path

from newsfeed.errors import InvalidNewsroom, InvalidValue
from newsfeed.model.facets import checked_conditions
from newsfeed.model.limits import NEWSROOM_TOML
from newsfeed.model.shown_values import kind, quoted
from newsfeed.model.site import Site
from newsfeed.profiles import profile_of
from newsfeed.sources.records import too_deep
from newsfeed.sources.text_files import content_of, not_utf8
from newsfeed.sources.toml_lines import InvalidToml, Lines, line_of, lines_of_keys, read_toml
from newsfeed.text.nearest import did_you_mean

__all__ = ["line_in_newsroom", "read_site"]

_NAME = "newsroom.toml"
#: The arrays of tables next to `[site]`.
_ARRAYS = ("sources", "categories", "feeds", "profiles")


def read_site(folder: str | PathLike[str]) -> tuple[Site, Path]:
    """Read a newsroom's site.

    Args:
        folder: The newsroom's folder, or its `newsroom.toml` under any name.

    Returns:
        The site, and the newsroom's folder, to which the paths in `site.articles` are relative. `site.templates` and
        `site.store` are absolute, and so are modules in `site.extensions` that lie in the folder.

    Raises:
        InvalidNewsroom: With all problems, one per line, with file, line, table and key.

    Example:
        >>> site, root = read_site("examples/report")
        >>> site.languages, root.name
        (('en', 'az', 'ru'), 'report')
    """
    file = _file_in(Path(folder))
    try:
        return _site_in(file), file.parent
    except RecursionError as error:
        raise InvalidNewsroom(f"{file}: {too_deep()}") from error


def _site_in(file: Path) -> Site:
    text = _text_of(file)
    values, problems = _site_values(_tables_in(text, file))
    problems += [_at_its_table(problem) for problem in Site.problems_in(values)]
    if isinstance(templates := values.get("templates"), str):
        values["templates"] = str((file.parent / templates).absolute())
        problems += _problems_of_folder(file.parent / templates)
    if isinstance(store := values.get("store"), str) and "://" not in store and not store.startswith("env:"):
        values["store"] = path.abspath(file.parent / store)  # noqa: PTH100 - links stay links
    if isinstance(extensions := values.get("extensions"), tuple):
        values["extensions"] = tuple(_in_folder(written, file.parent) for written in extensions)
    if problems:
        raise InvalidNewsroom("\n".join(_reports(problems, file, lines_of_keys(text))))
    site = Site.from_mapping(values)
    if problems := list(_problems_of_rules(site)):
        raise InvalidNewsroom("\n".join(_reports(problems, file, lines_of_keys(text))))
    return site


def _in_folder(extension: str, folder: Path) -> str:
    """Return an extension with the file of its module, if that lies in the newsroom's folder."""
    module, _, name = extension.rpartition(":")
    file = folder / f"{module}.py"
    return f"{file.absolute()}:{name}" if file.is_file() else extension


def line_in_newsroom(root: Path, field: str) -> int:
    """Return the line of a field in the newsroom.toml of a folder; 0 if it can't be told."""
    try:
        return line_of(field, lines_of_keys(_text_of(root / _NAME)))
    except (InvalidNewsroom, ValueError):
        return 0


def _file_in(folder: Path) -> Path:
    if folder.is_dir():
        file = folder / _NAME
        if not file.exists():
            raise InvalidNewsroom(f"there is no {_NAME} in {folder}. To make one, run: {_new(folder)}")
        return file
    if not folder.exists():
        home = folder.parent if folder.suffix == ".toml" else folder
        raise InvalidNewsroom(f"there is no folder {folder}. To make a newsroom, run: {_new(home)}")
    return folder


def _new(folder: Path) -> str:
    return f"newsfeed new {shlex.quote(str(folder))}"


def _text_of(file: Path) -> str:
    data, problem = content_of(file, most=NEWSROOM_TOML)
    if problem is not None:
        raise InvalidNewsroom(f"{file}: {problem}")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidNewsroom(f"{file}:{line}: {not_utf8(data[error.start :])}") from error


def _tables_in(text: str, file: Path) -> dict[str, object]:
    try:
        return read_toml(text)
    except InvalidToml as error:
        raise InvalidNewsroom(f"{file}:{error.line}: {error.problem}") from error


def _site_values(tables: dict[str, object]) -> tuple[dict[str, object], list[InvalidValue]]:
    """Merge the tables into the values of a Site, and collect the problems of the tables themselves."""
    problems = [_unknown_table(name) for name in tables if name not in {"site", *_ARRAYS}]
    site = tables.get("site", {})
    if not isinstance(site, dict):
        problems.append(
            InvalidValue(f"{quoted(site)} is {kind(site)}", "write [site] above its keys", field="site")
        )
        site = {}
    values: dict[str, object] = {}
    for key, value in site.items():
        if key in _ARRAYS:
            remedy = f"write [[{key}]], in double brackets, below all of [site]"
            problems.append(InvalidValue("there is no such key", remedy, field=f"site.{key}"))
        else:
            values[key] = value
    for name in _ARRAYS:
        array = tables.get(name, [])
        if isinstance(array, list):
            values[name] = array
        else:
            remedy = f"write [[{name}]], in double brackets"
            problems.append(InvalidValue(f"{quoted(array)} is {kind(array)}", remedy, field=name))
    return values, problems


def _unknown_table(name: str) -> InvalidValue:
    if name in Site.__struct_fields__:
        return InvalidValue("it isn't in a table", "write it below [site]", field=name)
    near = did_you_mean(name, ("site", *_ARRAYS))
    return InvalidValue("there is no such table", near, field=name)


def _at_its_table(problem: InvalidValue) -> InvalidValue:
    return problem if problem.steps[0] in _ARRAYS else problem.at("site")


def _problems_of_rules(site: Site) -> Iterator[InvalidValue]:
    """Yield what rules name that the site doesn't have: a category, a profile."""
    for number, rule in enumerate(site.feeds):
        for key, conditions in (("where", rule.conditions), ("without", rule.excluded)):
            try:
                checked_conditions(conditions, site)
            except InvalidValue as problem:
                yield problem.at(f"feeds[{number}].{key}")
        try:
            profile_of(rule, site)
        except InvalidValue as problem:
            yield problem.at(f"feeds[{number}]")


def _problems_of_folder(folder: Path) -> Iterator[InvalidValue]:
    if not folder.is_dir():
        yield InvalidValue(
            f"there is no folder {folder}", "create it, or remove the key", field="site.templates"
        )


def _reports(problems: list[InvalidValue], file: Path, lines: Lines) -> Iterator[str]:
    placed = [(line_of(problem.field, lines), problem) for problem in problems]
    for line, problem in sorted(placed, key=itemgetter(0)):
        yield f"{file}:{line}: {problem}" if line else f"{file}: {problem}"
