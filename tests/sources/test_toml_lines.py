"""The lines of TOML keys, and of what is no TOML."""

import time

import pytest

from newsfeed.sources.toml_lines import InvalidToml, line_of, lines_of_keys, read_toml

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


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a = 1\n\n# c\nb = ", 4, "invalid value"),
        ('a = 1\nb = """\nc = 2\n', 2, "unterminated string"),
        ("a = 1\n# c\nb = [\n 1,\n 2", 3, "unclosed array"),
        ("a = 1\nb = 2 3\n", 2, "at column 7"),
        ("a = 1\nb = " + "9" * 5_000, 2, "a number has more digits than can be read"),
    ],
)
def test_the_line_of_what_is_no_toml(text: str, line: int, reason: str) -> None:
    with pytest.raises(InvalidToml) as refused:
        read_toml(text)
    assert refused.value.line == line
    assert reason in refused.value.problem.reason


@pytest.mark.parametrize(
    "text",
    [
        'a = """x""""\nb = 1',
        "a = '''x\n''''\nb = 1",
        'a = "\\""\nb = 1',
        "a = '\\'\nb = 1",
        'a = "# [ {"\nb = 1',
        "a = [ # ]\n1 ]\nb = 1",
        'a = { x = "}" }\nb = 1',
        '"a[" = """\n\\"""\n"""\nb = 1',
    ],
)
def test_where_a_statement_ends(text: str) -> None:
    last = text.count("\n") + 1
    assert line_of("b", lines_of_keys(text)) == last


def test_a_long_list_takes_no_time() -> None:
    text = "a = [\n" + "1,\n" * 20_000 + "]\nb = 1"
    start = time.process_time()
    assert line_of("b", lines_of_keys(text)) == 20_003
    assert time.process_time() - start < 2
