"""Whether records have what `access` in `[sources.fields]` names: a misspelt name would publish what is closed."""

from collections.abc import Mapping

from newsfeed.errors import InvalidValue
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.field_names import finder, steps_of
from newsfeed.sources.not_public import may_close
from newsfeed.text.nearest import nearest

__all__ = ["NamedAccess", "misspelt_access"]

_LIKENESS = 0.75
#: A file among others may have a few records of which none is closed.
_FEW = 10
_GLOB = frozenset("*?[")


class NamedAccess:
    """Whether any record of a reading has what `access` in `[sources.fields]` names.

    Args:
        source: The source.
    """

    def __init__(self, source: ArticleSource) -> None:
        made_of = source.fields.get("access")
        #: The name; None if `access` names nothing.
        self.name: str | None = made_of if isinstance(made_of, str) else None
        is_one_of_many = len(source.files) > 1 or any(_GLOB & {*name} for name in source.files)
        self._enough = _FEW if is_one_of_many else 1
        self._records = 0
        self._is_needed = self.name is not None and "access" not in source.defaults

    def look_at(self, record: object) -> InvalidValue | None:
        """Count a record, and return its problem if the name seems to be misspelt."""
        if self.name is None:
            return None
        problem = misspelt_access(self.name, record)
        if self._is_needed:
            self._records += 1
            self._is_needed = problem is None and not _has_named(self.name, record)
        return problem

    def problem(self) -> InvalidValue | None:
        """Return the problem of a source without any such record, all of which would be free."""
        if not self._is_needed or self._records < self._enough:
            return None
        records = (
            "its only record doesn't have"
            if self._records == 1
            else f"none of its {self._records:,} records has"
        )
        return InvalidValue(
            f"{records} {self.name}, so everybody may read all of its articles",
            'correct access in [sources.fields], or if that is right, write access = "free" in [sources.defaults]',
            field="access",
        )


def misspelt_access(named: str, record: object) -> InvalidValue | None:
    """Return the problem of a record that lacks what `access` names, and has something of a similar name or meaning.

    >>> print(misspelt_access("meta.acess", {"meta": {"access": "members"}}))
    access: the record has no meta.acess, so the article may not be for everybody. Did you mean 'meta.access'? Correct access in [sources.fields].
    """
    found: list[str] = []
    for step in steps_of(named) or ():
        if not isinstance(record, Mapping):
            return None
        if step not in record:
            meant = _meant(step, record)
            if meant is None:
                return None
            reason = f"the record has no {named}, so the article may not be for everybody"
            name = ".".join([*found, meant])
            remedy = f"did you mean {name!r}? Correct access in [sources.fields]"
            return InvalidValue(reason, remedy, field="access")
        found.append(step)
        record = record[step]
    return None


def _meant(step: str, record: Mapping[object, object]) -> str | None:
    """Return the key of a record that a missing one may mean, and that has a value."""
    said = {key: value for key, value in record.items() if isinstance(key, str) and value not in (None, "")}
    near = nearest(step, said, likeness=_LIKENESS)
    if near is not None:
        return near
    return next((key for key, value in said.items() if may_close(key, value)), None)


def _has_named(named: str, record: object) -> bool:
    """Return whether a record has a place with a dotted name, even if nothing is there; or a value for JMESPath."""
    steps = steps_of(named)
    if steps is None:
        try:
            return finder(named)(record) is not None
        except InvalidValue:  # which is reported with the record
            return True
    for step in steps:
        if not isinstance(record, Mapping) or step not in record:
            return False
        record = record[step]
    return True
