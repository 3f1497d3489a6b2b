"""The checks that feeds must pass: one file per kind of document or subject, one small function per check.

To add a check, write a function and decorate it with a method of its file's `CheckGroup`. To add a file, put it into
this folder: every `CheckGroup` at its top level is found.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from newsfeed.check.definitions import Check, CheckGroup

__all__ = ["CHECKS", "find_checks"]


def find_checks() -> dict[str, Check]:
    """Find every check in this package.

    Returns:
        The checks by code, sorted by code.

    Raises:
        ValueError: If two checks have the same code.
    """
    found: dict[str, Check] = {}
    for check in sorted(_defined(), key=lambda check: check.code):
        if check.code in found:
            raise ValueError(f"two checks have the code {check.code}; give one of them a code of its own")
        found[check.code] = check
    return found


def _defined() -> Iterator[Check]:
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, CheckGroup):
                yield from value


#: Every check by its code, sorted by code.
CHECKS = find_checks()
