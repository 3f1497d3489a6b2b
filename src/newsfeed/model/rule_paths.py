"""The paths of feeds and documents, as rules write them: with placeholders, and inside of the output folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from string import Formatter

from newsfeed.errors import InvalidValue
from newsfeed.model.axes import AXES
from newsfeed.model.formats import FORMATS, Format
from newsfeed.model.value_rules import needed_text
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.nearest import did_you_mean

__all__ = ["axes_of", "check_document_path", "check_path", "filled", "placeholders", "problems_of_ending"]

#: Placeholders as other programs write them.
_OTHER_PLACEHOLDER = lazy_pattern(r"(?:\{\{\s*|\$\{?|<|:|%\()(?P<name>[a-z_]+)(?:\s*\}\}|\}|>|\)s|\b)")
_UNSAFE = lazy_pattern(r'[\x00-\x1f\x7f\\:*?"<>|]')


def placeholders(template: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the placeholders of a template, each once.

    Raises:
        InvalidValue: If one isn't known, or a brace is unmatched.
    """
    names: list[str] = []
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise InvalidValue(f"{template!r} has an unmatched brace", "write {name}") from error
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if spec or conversion or name not in known:
            raise InvalidValue(f"'{{{name}}}' isn't a placeholder", did_you_mean(name, known))
        names.append(name)
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=256)
def axes_of(path: str) -> tuple[str, ...]:
    """Return the distinct placeholders of a path, in their order."""
    return placeholders(path, tuple(AXES))


def filled(template: str, values: Mapping[str, str]) -> str:
    """Replace `{placeholders}` with values.

    >>> filled("{site} – {category}", {"site": "Report", "category": "Media"})
    'Report – Media'
    """
    return template.format_map(values)


def check_path(value: object) -> str:
    """Check the path of feeds, which has no ending.

    Raises:
        InvalidValue: If it leads out of the output folder, has an ending, or unknown placeholders.
    """
    path = check_document_path(value)
    for problem in problems_of_ending(path, FORMATS.own.values()):
        raise problem
    for axis in axes_of(path):
        if (needed := AXES[axis].needs) and needed not in axes_of(path):
            raise InvalidValue(
                f"{path!r} has a {axis} without its {needed}",
                f"add {{{needed}}}, as in {{language}}/{{{needed}}}/{{{axis}}}",
            )
    return path


def check_document_path(value: object) -> str:
    """Check the whole path of documents.

    Raises:
        InvalidValue: If it leads out of the output folder, or has unknown placeholders.
    """
    path = needed_text(value)
    for other in (found for found in _OTHER_PLACEHOLDER.finditer(path) if found["name"] in AXES):
        raise InvalidValue(f"{other[0]!r} isn't a placeholder", f"write {{{other['name']}}}")
    placeholders(path, tuple(AXES))
    if _UNSAFE.search(path) or any(
        part in {"", ".", ".."} or part.startswith(".") for part in path.split("/")
    ):
        raise InvalidValue(
            f"{path!r} isn't a safe path inside the output folder",
            "write one such as {language}/category/{category}, without a slash at either end",
        )
    return path


def problems_of_ending(path: str, formats: Iterable[Format]) -> Iterator[InvalidValue]:
    """Yield a problem for a path that ends as the documents of a format do."""
    for form in formats:
        for suffix in (form.suffix, *form.other_suffixes):
            if path.lower().endswith(suffix):
                yield InvalidValue(
                    f"{path!r} ends in {suffix}, and newsfeed adds the ending of each format itself",
                    f'write {path[: -len(suffix)]}, and formats = ["{form.name}"] if you want no other',
                )
