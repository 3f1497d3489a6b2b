"""Conditions that a feed rule sets on its articles: terms by facet, as `where` and `without` have them."""

from collections.abc import Mapping, Sequence

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.article import FLAGS
from newsfeed.model.axes import AXES
from newsfeed.model.shown_values import is_a
from newsfeed.model.value_rules import distinct, items_of, mapping_of, needed_text, one_of
from newsfeed.text.nearest import did_you_mean

__all__ = ["check_conditions", "terms_by_facet"]


def check_conditions(value: object) -> dict[str, tuple[str, ...]]:
    """Check a table of conditions: a term or a list of terms by facet.

    Raises:
        InvalidValue: If it isn't a table.
        InvalidRecord: With every facet and term that can't be one.
    """
    if not isinstance(value, Mapping):
        raise InvalidValue(is_a(value), 'write a table, such as { category = "…" }')
    conditions = mapping_of(lambda wanted: wanted)(value)
    kept: dict[str, tuple[str, ...]] = {}
    problems: list[InvalidValue] = []
    for facet, wanted in conditions.items():
        try:
            kept[facet] = _terms(facet, wanted)
        except InvalidValue as problem:
            problems.append(problem.at(facet))
        except InvalidRecord as nested_problems:
            problems += [problem.at(facet) for problem in nested_problems.problems]
    if problems:
        noun = "table"
        raise InvalidRecord(noun, problems)
    return kept


def terms_by_facet(conditions: Mapping[str, str | Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return conditions with a tuple of terms for each facet."""
    return {
        facet: (wanted,) if isinstance(wanted, str) else tuple(wanted) for facet, wanted in conditions.items()
    }


def _terms(facet: str, wanted: object) -> tuple[str, ...]:
    if facet not in AXES:
        raise InvalidValue("there is no such facet", did_you_mean(facet, AXES))
    is_list = items_of(wanted) is not None or isinstance(wanted, Mapping)
    terms = distinct(needed_text)(wanted) if is_list else (needed_text(wanted),)
    if not terms:
        raise InvalidValue(
            "the list is empty, so it says nothing about articles", "name at least one, or leave it out"
        )
    return distinct(one_of(FLAGS))(terms) if facet == "flag" else terms
