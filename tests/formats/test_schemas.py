"""Every document of the example, by the schemas of Atom (RFC 4287, appendix B) and JSON Feed 1.1."""

import json
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

import newsfeed
from newsfeed import Newsroom

SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"


@pytest.fixture
def schemas() -> Path:
    if not SCHEMAS.exists():
        pytest.skip("the schemas are not part of a clone")
    return SCHEMAS


@pytest.fixture
def room(example: Path) -> Newsroom:
    return newsfeed.open(example)


def test_atom(schemas: Path, room: Newsroom) -> None:
    schema = etree.RelaxNG(etree.parse(schemas / "atom-rfc4287.rng"))
    checked = 0
    for path, planned in room.plan.feeds.items():
        if "atom" in planned.rule.formats:
            schema.assertValid(etree.fromstring(room.feed(path).atom()))
            checked += 1
    assert checked > 40


def test_json_feed(schemas: Path, room: Newsroom) -> None:
    source = json.loads((schemas / "jsonfeed-1.1-sonicdoe.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(source, format_checker=jsonschema.FormatChecker())
    checked = 0
    for path, planned in room.plan.feeds.items():
        if "json" in planned.rule.formats:
            validator.validate(json.loads(room.feed(path).json()))
            checked += 1
    assert checked > 40
