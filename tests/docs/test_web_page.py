"""The pages on newsfeed.web name what it has, as it is called."""

import inspect
from collections.abc import Callable

from newsfeed import web

Table = Callable[[str, str], list[list[str]]]


def test_the_reference(table: Table) -> None:
    documented = [row[0].strip("`") for row in table("docs/reference/python.md", "On the web")]
    assert sorted(name.partition("(")[0] for name in documented) == list(web.__all__)
    for call in documented:
        name, _, parameters = call.partition("(")
        if parameters:
            assert parameters.replace(" ", "") == signature(name)


def signature(name: str) -> str:
    """The parameters of a call, with their defaults."""
    parameters = inspect.signature(getattr(web, name)).parameters.values()
    shown = [
        it.name if it.default is inspect.Parameter.empty else f"{it.name}={it.default!r}" for it in parameters
    ]
    return ",".join(shown).replace("'", '"').replace(" ", "") + ")"
