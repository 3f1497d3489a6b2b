"""The lines of TOML keys."""

import pytest

from newsfeed.sources.toml_lines import line_of, lines_of_keys

TEXT = '''\
top = 1
[site] # a comment
title = "[not a table]"
"quoted key".dotted.x = 2
text = """
title = 3
"""

list = [
  { name = "a" },
  { name = "b" },
]
[[categories]]
term = "a"
[categories.label]
en = "A"
[[categories]]
[categories.label]
en = "B"
[[categories.rule]]
[[categories.rule]]
x = 1
[site.labels]
latest = { en = "L" }
'''


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("top", 1),
        ("site", 2),
        ("site.title", 3),
        ("site.quoted key.dotted.x", 4),
        ("site.text", 5),
        ("site.list", 9),
        ("site.list[1].name", 9),
        ("categories[0]", 13),
        ("categories[0].term", 14),
        ("categories[0].label", 15),
        ("categories[0].label.en", 16),
        ("categories[1].term", 17),
        ("categories[1].label.en", 19),
        ("categories[1].rule[0]", 20),
        ("categories[1].rule[1].x", 22),
        ("site.labels.latest.en", 24),
        ("site.labels.latest.az", 24),
        ("site.missing", 2),
        ("nowhere", 0),
        ("", 0),
    ],
)
def test_line_of_a_field(field: str, line: int) -> None:
    assert line_of(field, lines_of_keys(TEXT)) == line
