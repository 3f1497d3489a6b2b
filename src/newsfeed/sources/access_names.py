"""Whether records have what `access` in `[sources.fields]` names: a misspelt name would publish what is closed."""

from collections.abc import Mapping

from newsfeed.errors import InvalidValue
from newsfeed.model.field_names import finder, steps_of
from newsfeed.sources.not_public import may_close
from newsfeed.text.nearest import nearest

__all__ = ["has_named", "misspelt_access"]

_LIKENESS = 0.75


def has_named(named: str, record: object) -> bool:
    """Return whether a record has a place with a dotted name, even if nothing is there; or a value for JMESPath.

    >>> has_named("meta.tier", {"meta": {"tier": None}}), has_named("meta.tier", {"meta": {}})
    (True, False)
    """
    steps = steps_of(named)
    if steps is None:
        return finder(named)(record) is not None
    for step in steps:
        if not isinstance(record, Mapping) or step not in record:
            return False
        record = record[step]
    return True


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
