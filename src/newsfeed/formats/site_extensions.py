"""The feedgen extensions that a site names in newsroom.toml, `extensions = ["module:NAME"]`."""

import sys
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from newsfeed.errors import InvalidNewsroom
from newsfeed.model.feed import Extension
from newsfeed.model.site import Site
from newsfeed.text.nearest import did_you_mean

__all__ = ["site_extensions"]

#: More modules than any site has.
_MOST_KEPT = 32


def site_extensions(site: Site) -> tuple[Extension, ...]:
    """Return the extensions that a site names.

    Raises:
        InvalidNewsroom: If one can't be imported, or isn't an `Extension`.
    """
    return tuple(_extension(written, number) for number, written in enumerate(site.extensions))


def _extension(written: str, number: int) -> Extension:
    place = f"site.extensions[{number}]"
    name, _, attribute = written.rpartition(":")
    try:
        module = _module_of(name)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        raise InvalidNewsroom(
            f"{place}: {name} can't be imported: {told}. Correct it, or put {name}.py beside newsroom.toml."
        ) from error
    found = getattr(module, attribute, None)
    if isinstance(found, Extension):
        return found
    known = [each for each, value in vars(module).items() if isinstance(value, Extension)]
    what = f"{name} has no {attribute}" if found is None else f"{written} isn't a newsfeed.Extension"
    remedy = did_you_mean(attribute, known) if known else "write NAME = newsfeed.Extension(…) there"
    raise InvalidNewsroom(
        f"{place}: {what}. {remedy[:1].upper()}{remedy[1:].removesuffix('?')}{'?' if remedy.endswith('?') else '.'}"
    )


def _module_of(name: str) -> ModuleType:
    if not name.endswith(".py"):
        return import_module(name)
    return _module_in(name, Path(name).stat().st_mtime_ns)


@lru_cache(_MOST_KEPT)
def _module_in(file: str, _modified: int) -> ModuleType:
    """Import a file of a newsroom's folder, again after it was edited. Another newsroom may have one of the same name."""
    folder = str(Path(file).parent)
    if folder not in sys.path:  # what it imports may lie there, too
        sys.path.insert(0, folder)
    name = f"{Path(file).stem}_{blake2b(file.encode(), digest_size=4).hexdigest()}"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} isn't a module")
    module = module_from_spec(spec)
    sys.modules[name] = module  # where the source of its classes is looked for
    spec.loader.exec_module(module)
    return module
