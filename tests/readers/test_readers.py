"""Programs that others wrote show of each entry what its article says, or what is declared of them."""

import os
from collections.abc import Callable

import pytest
from tests.readers.comparison import expected, surprises
from tests.readers.feeds import NEWSROOMS, entries_of, feed_names
from tests.readers.program import Difference, Program, Reading
from tests.readers.programs import PROGRAMS
from tests.readers.shown import truth

SWITCH = "NEWSFEED_READERS"
CASES = [
    pytest.param(program, newsroom, form, id=f"{program.name}-{newsroom}-{form}")
    for program in PROGRAMS
    for newsroom in NEWSROOMS
    for form in program.formats
]
DECLARED = [
    pytest.param(program, difference, form, id=f"{program.name}-{difference.feature}-{form}")
    for program in PROGRAMS
    for difference in program.differences
    for form in difference.formats
    if difference.shows is not None
]


def need(program: Program) -> None:
    """Skip the test where a program isn't installed; fail it where the core must be, as in continuous integration."""
    if program.version() is None:
        stop = pytest.fail if program.is_core and os.environ.get(SWITCH) == "required" else pytest.skip
        stop(f"{program.name} is not installed: {program.install}")


@pytest.mark.slow
@pytest.mark.parametrize(("program", "newsroom", "form"), CASES)
def test_what_a_program_shows(
    program: Program, newsroom: str, form: str, reading: Callable[[Program], Reading]
) -> None:
    need(program)
    found = {path.name: shown for path, shown in reading(program).items()}
    for feed in feed_names(newsroom):
        assert surprises(program, form, feed, entries_of(feed), found[f"{feed}.{form}"]) == []


@pytest.mark.parametrize(("program", "difference", "form"), DECLARED)
def test_a_declared_difference_makes_one(program: Program, difference: Difference, form: str) -> None:
    """Some entry of the newsrooms is shown otherwise than its article says it."""
    feature = difference.feature
    assert form in program.formats
    assert program.difference(feature, form) == difference
    entries = [entry for newsroom in NEWSROOMS for feed in feed_names(newsroom) for entry in entries_of(feed)]
    assert any(expected(program, form, entry)[feature] != truth(entry, form)[feature] for entry in entries)


def test_the_core_is_of_several_languages() -> None:
    core = [program for program in PROGRAMS if program.is_core]
    assert len(core) >= 5
    assert len({program.language for program in core}) >= 3


@pytest.mark.parametrize(
    ("is_core", "switch", "outcome"),
    [
        (True, "required", pytest.fail.Exception),
        (True, "", pytest.skip.Exception),
        (False, "required", pytest.skip.Exception),
    ],
)
def test_a_missing_program_is_named_with_what_to_install(
    is_core: bool, switch: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, switch)
    missing = PROGRAMS[0]._replace(version=lambda: None, is_core=is_core, install="apt-get install it")
    with pytest.raises(outcome, match="is not installed: apt-get install it"):
        need(missing)
