"""Pages from Jinja2 templates: newsfeed's own, or those with which a site replaces them.

A site's folder is searched first. newsfeed's own templates are always available under `newsfeed/`, so that a site's
`listing.html` can begin with `{% extends "newsfeed/listing.html" %}` and replace single blocks.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)

from newsfeed.errors import InvalidTemplate, InvalidValue
from newsfeed.formats.template_blocks import check_blocks

__all__ = ["render_page"]

_OWN_FOLDER = Path(__file__).parent / "templates"


def render_page(
    name: str, values: Mapping[str, object], *, folder: str | None = None, own: Path = _OWN_FOLDER
) -> str:
    """Fill a template.

    Args:
        name: The template's name, `listing.html`.
        values: What it can use.
        folder: The folder of the site's own templates; newsfeed's own are used for those that aren't in it.
        own: The folder of newsfeed's own.

    Returns:
        The page.

    Raises:
        InvalidTemplate: The folder doesn't exist, or a template in it can't be read or filled.
    """
    if folder is None:
        return _environment(None, own, ()).get_template(name).render(values)
    place = Path(folder).absolute()
    if not place.is_dir():
        raise InvalidTemplate(f"there is no folder {place}. Create it, or correct site.templates.")
    try:
        template = _environment(place, own, _files_in(place)).get_template(name)
        page = template.render(values)
        check_blocks(template)
    except InvalidTemplate:
        raise
    except UnicodeDecodeError as error:
        raise InvalidTemplate(f"a template in {place} isn't in UTF-8. Save it in UTF-8.") from error
    except Exception as error:
        line = _line_in(place, error)
        if line is None:
            raise
        if isinstance(error, InvalidValue):  # from a function of newsfeed's
            raise InvalidTemplate(f"{line}: {error}") from error
        raise InvalidTemplate(f"{line}: {_reason(error, name)}. Correct that line.") from error
    return page


def _files_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.rglob("*")))


@lru_cache(maxsize=16)
def _environment(folder: Path | None, own_folder: Path, _files: tuple[Path, ...]) -> Environment:
    """Return the environment; a new one when files come or go, because Jinja2 only notices those that change."""
    own = FileSystemLoader(own_folder)
    sites = [FileSystemLoader(folder)] if folder is not None else []
    return Environment(
        loader=ChoiceLoader([PrefixLoader({"newsfeed": own}), *sites, own]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _line_in(folder: Path, error: Exception) -> str | None:
    """Return the line of a site's template that an error comes from; Jinja2 puts templates into the traceback."""
    for frame in reversed(extract_tb(error.__traceback__)):
        if folder in Path(frame.filename).parents:
            return f"{frame.filename}, line {frame.lineno}"
    return None


def _reason(error: Exception, name: str) -> str:
    match error:
        case RecursionError():
            return f'it extends or includes itself; newsfeed\'s own is named "newsfeed/{name}"'
        case TemplateNotFound():
            return f"there is no template {error.name!r}"
        case TemplateError():
            return error.message or type(error).__name__
        case _:
            return f"{type(error).__name__}: {error}"
