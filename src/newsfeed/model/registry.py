"""Registries: each kind of thing that can be added has its rows in one place, and plug-ins add theirs to it.

A plug-in is a distribution that names a row as an entry point:

```toml
[project.entry-points."newsfeed.formats"]
ninjs = "newsroom_ninjs:FORMAT"
```

Looking for plug-ins reads the metadata of every installed distribution, which takes tens of milliseconds. So it is done
only for a name that isn't one of newsfeed's own, or when all rows are wanted.
"""

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from newsfeed.errors import InvalidPlugin
from newsfeed.model.cached_property import cached_property

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["Named", "Registry"]


class Named(Protocol):
    """A row, which has a name."""

    @property
    def name(self) -> str:
        """Its name."""


Row = TypeVar("Row", bound=Named)


class Registry(Collection[str], Generic[Row]):
    """Rows by name: newsfeed's own, then those of plug-ins. As a collection, it has the names.

    Args:
        group: The group of the plug-ins' entry points.
        kind: The type of the rows.
        own: Returns newsfeed's own rows.
        conflict: Returns why a plug-in's row can't be used beside newsfeed's own, without a full stop; empty if it can.
    """

    def __init__(
        self,
        group: str,
        kind: type[Row],
        own: Callable[[], Iterable[Row]],
        *,
        conflict: Callable[[Row], str] = lambda _: "",
    ) -> None:
        self.group = group
        self._kind = kind
        self._list_own = own
        self._conflict = conflict
        self._loaded: dict[str, Row] = {}

    @cached_property
    def own(self) -> dict[str, Row]:
        """The rows that are newsfeed's own, by name."""
        return {row.name: row for row in self._list_own()}

    def __getitem__(self, name: str) -> Row:
        """Return the row of that name.

        Raises:
            KeyError: There is none.
            InvalidPlugin: A plug-in has it, but can't be used.
        """
        if name in self.own:
            return self.own[name]
        if name not in self._loaded:
            self._loaded[name] = self._load(name, self._plugins[name])
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self.own or name in self._plugins

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from (name for name in self._plugins if name not in self.own)

    def __len__(self) -> int:
        return len({*self.own, *self._plugins})

    def rows(self) -> tuple[Row, ...]:
        """Return all rows. A plug-in that can't be used is left out, with a warning: nobody asked for it by name."""
        return (*self.own.values(), *self._usable)

    @cached_property
    def _usable(self) -> tuple[Row, ...]:
        """The rows of the plug-ins that can be used."""
        usable: list[Row] = []
        for name, points in self._plugins.items():
            if name in self.own:
                _warn(f"{self._described(points[0])} has the name of newsfeed's own. Rename it.")
                continue
            try:
                usable.append(self[name])
            except InvalidPlugin as error:
                _warn(str(error))
        return tuple(usable)

    @cached_property
    def _plugins(self) -> dict[str, list["EntryPoint"]]:
        """The entry points of the group, by name."""
        from importlib.metadata import entry_points

        found: dict[str, list[EntryPoint]] = {}
        for point in sorted(entry_points(group=self.group), key=lambda point: point.name):
            found.setdefault(point.name, []).append(point)
        return found

    def _load(self, name: str, points: list["EntryPoint"]) -> Row:
        point, described = points[0], self._described(points[0])
        if len(points) > 1:
            others = " and ".join(_distribution(other) for other in points[1:])
            raise InvalidPlugin(f"{described} is registered by {others} as well. Uninstall all but one.")
        try:
            row = point.load()
        except Exception as error:
            raise InvalidPlugin(
                f"{described} can't be loaded: {type(error).__name__}: {str(error).removesuffix('.')}. "
                f"Upgrade {_distribution(point)}, or uninstall it."
            ) from error
        if not isinstance(row, self._kind):
            problem = f"{point.value} is a {type(row).__name__}, not a {self._kind.__name__}"
        elif row.name != name:
            problem = f"its {self._kind.__name__} is named {row.name!r}, and both names must be the same"
        else:
            problem = self._conflict(row)
        if problem:
            raise InvalidPlugin(f"{described} can't be used: {problem}. Report this to its authors.")
        return row  # type: ignore[no-any-return] # what an entry point loads has no type

    def _described(self, point: "EntryPoint") -> str:
        return f"the plug-in {point.name!r} ({self.group}, from {_distribution(point)})"


def _distribution(point: "EntryPoint") -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "an unknown distribution"


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=4)
