"""newsfeed schema: JSON Schemas on stdout."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from newsfeed.model.json_schema import json_schema

Run = Callable[..., Result]


@pytest.mark.parametrize("name", ["article", "site"])
def test_the_schema_is_printed(run: Run, name: str) -> None:
    result = run("schema", name)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json_schema(name)


def test_wrong_usage(run: Run) -> None:
    result = run("schema", "articel")
    assert result.exit_code == 2
    assert "'articel' is not one of 'article', 'site'" in result.stderr
