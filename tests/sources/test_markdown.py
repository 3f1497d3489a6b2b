"""Markdown files: front matter in TOML and YAML, the text as HTML, and what is wrong with either."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newsfeed import MissingExtra
from newsfeed.sources import commonmark

Make = Callable[..., Any]

YAML = """\
---
language: en
title: Snow
url: https://report.example/en/snow
published: 2025-12-19 18:24
---
"""
TOML = """\
+++
language = "en"
title = "Snow"
url = "https://report.example/en/snow"
published = 2025-12-19T18:24:00
+++
"""
MOMENT = datetime(2025, 12, 19, 14, 24, tzinfo=UTC)


@pytest.mark.parametrize("front_matter", [TOML, YAML], ids=["TOML", "YAML"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["Unix", "Windows"])
@pytest.mark.parametrize(
    ("body", "content"),
    [
        ("", None),
        ("\n  \n", None),
        ("It **snowed**.\n", "<p>It <strong>snowed</strong>.</p>\n"),
        ("\n# Snow\n\n---\n\nmore", "<h1>Snow</h1>\n<hr />\n<p>more</p>\n"),
        ("It <b>snowed</b>.", "<p>It <b>snowed</b>.</p>\n"),
        ("~~rain~~", "<p><s>rain</s></p>\n"),
        (
            "|a|\n|-|\n|b|\n",
            (
                "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
                "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"
            ),
        ),
        ("+++\nno front matter", "<p>+++\nno front matter</p>\n"),
    ],
)
def test_an_article(front_matter: str, line_end: str, body: str, content: str | None, found: Make) -> None:
    articles, findings = found("snow.md", (front_matter + body).replace("\n", line_end))
    assert findings == []
    (located,) = articles
    assert str(located.place) == "snow.md"
    assert (located.article.title, located.article.content) == ("Snow", content)
    assert located.article.published == MOMENT


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-12-19T18:24:00+04:00", MOMENT),
        ("2025-12-19 18:24:00 +0400", MOMENT),
        ("2025-12-19T14:24:00Z", MOMENT),
        ("2025-12-19", datetime(2025, 12, 18, 20, tzinfo=UTC)),
        ("19 December, 2025 18:24", MOMENT),
    ],
)
def test_dates_in_yaml_keep_their_offset(written: str, moment: datetime, found: Make) -> None:
    articles, findings = found("snow.md", YAML.replace("2025-12-19 18:24", written))
    assert findings == []
    assert articles[0].article.published == moment


def test_words_in_yaml_stay_words(found: Make) -> None:
    fields = (
        "language: no\nrights: on\nstory: 18:24\nid: 007\nsummary: 2025-12-19\nwithdrawn: false\nexpires: ~\n"
    )
    extra = "extra: {no: [yes, off, 0x10, 1_000, 010, 1e3, .inf, '5', !!str 5], 1: [5, -2.5, true, null]}\n"
    articles, findings = found(
        "snow.md", YAML.replace("language: en\n", fields + extra), languages=["no", "en"]
    )
    assert findings == []
    article = articles[0].article
    assert (article.language, article.rights, article.story, article.id) == ("no", "on", "18:24", "007")
    assert (article.summary, article.withdrawn, article.expires) == ("2025-12-19", False, None)
    assert article.extra == {
        "no": ["yes", "off", "0x10", "1_000", "010", "1e3", ".inf", "5", "5"],
        "1": [5, -2.5, True, None],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "# Snow\n",
            ":1: NF101 the file has no front matter. Begin it with a line of +++, "
            'then title = "…" and the other fields, then another line of +++',
            id="no front matter",
        ),
        pytest.param("", ":1: NF101 the file has no front matter. ", id="empty"),
        pytest.param(
            "---\ntitle: Snow\n",
            ":1: NF101 the front matter isn't closed. Write a line of --- below its fields.",
            id="no end",
        ),
        pytest.param(
            "+++\ntitle: Snow\n---\n",
            ":1: NF101 the front matter isn't closed. Write a line of +++ below its fields.",
            id="another end",
        ),
        pytest.param(
            TOML.replace('"Snow"', "Snow"),
            ":3: NF101 this isn't valid TOML: invalid value at column 9. Correct it; ",
            id="TOML without quotes",
        ),
        pytest.param(
            "+++\ntitle = [\n1,\n+++\n",
            ":2: NF101 this isn't valid TOML: invalid value. Correct it",
            id="TOML unclosed",
        ),
        pytest.param(
            TOML.replace("language", "title"),
            ":3: NF101 this isn't valid TOML: cannot overwrite a value at column 15",
            id="TOML with a key twice",
        ),
        pytest.param(
            YAML.replace("Snow", "Snow: in Baku"),
            ":3: NF101 this isn't valid YAML: mapping values are not allowed here (column 12). "
            "Text with a colon or a # in it needs quotes.",
            id="YAML with a colon",
        ),
        pytest.param(
            YAML.replace("language", "title"),
            ":3: NF101 the key 'title' appears twice (column 1). Remove one.",
            id="YAML with a key twice",
        ),
        pytest.param(
            YAML.replace("Snow", "&snow Snow\nsummary: *snow"),
            ":3: NF101 an alias repeats an earlier value (column 8). Write it out again.",
            id="YAML with an alias",
        ),
        pytest.param(
            YAML.replace("Snow", "!python/name:os.system Snow"),
            ":3: NF101 the tag !python/name:os.system isn't supported here (column 8). Remove it.",
            id="YAML with a tag",
        ),
        pytest.param(
            YAML.replace("Snow", "Sn\x01ow"),
            ":3: NF101 YAML can't hold the character U+0001. Remove it.",
            id="YAML with a control character",
        ),
        pytest.param(
            YAML.replace("title: Snow", "? [title]\n: Snow"),
            ":3: NF101 a key isn't text (column 3). Write key: value.",
            id="YAML with a list for a key",
        ),
        pytest.param(
            YAML.replace("Snow", '"\\UFFFFFFFF"'),
            ":3: NF101 this isn't valid YAML: a number is too large (column 11). Remove it.",
            id="YAML with a character beyond Unicode",
        ),
        pytest.param(
            "+++\ntitle = " + "9" * 5000 + "\n+++\n",
            ":2: NF101 a number has more digits than can be read. Write a shorter one, or put it in quotes.",
            id="TOML with an endless number",
        ),
        pytest.param(
            "---\n- Snow\n---\n",
            ": NF101 an article is an object with fields, and ['Snow'] is a list. ",
            id="a list",
        ),
        pytest.param(
            f"---\nextra: {'[' * 5000}\n---\n",
            ": NF101 lists or tables are nested too deeply. ",
            id="deep YAML",
        ),
        pytest.param(
            f"+++\nextra = {'[' * 5000}\n+++\n",
            ": NF101 lists or tables are nested too deeply. ",
            id="deep TOML",
        ),
        pytest.param(
            (YAML + "Sn\xf6w").encode("latin-1"),
            ":7: NF101 the byte 0xF6 isn't UTF-8. Save the file in UTF-8.",
            id="Latin-1",
        ),
    ],
)
def test_what_is_wrong_with_a_file(text: str | bytes, said: str, read: Make) -> None:
    titles, findings = read("snow.md", text)
    assert titles == {}
    assert [finding[: len("snow.md" + said)] for finding in findings] == ["snow.md" + said]


def test_fields_are_checked_all_at_once_and_content_stands_once(read: Make) -> None:
    text = YAML.replace("title: Snow", "titel: Snow\ncontent: <p>Snow</p>").replace("18:24", "24:18")
    titles, findings = read("snow.md", text + "It snowed.")
    assert titles == {}
    assert [finding.split(": ")[1] for finding in findings] == [
        "NF102 content",
        "NF102 titel",
        "NF102 published",
        "NF102 title",
    ]
    assert findings[0] == (
        "snow.md: NF102 content: the front matter has content, and there is text below it. Keep one of the two."
    )


def test_content_may_stand_in_the_front_matter(found: Make) -> None:
    articles, findings = found("snow.md", YAML.replace("title: Snow", "title: Snow\ncontent: <p>Snow</p>"))
    assert (articles[0].article.content, findings) == ("<p>Snow</p>", [])


def test_empty_front_matter_lacks_every_field(read: Make) -> None:
    titles, findings = read("snow.md", "---\n---\nIt snowed.")
    assert titles == {}
    assert [finding.split(": ")[1] for finding in findings] == [
        "NF102 language",
        "NF102 published",
        "NF102 url",
    ]


def test_text_that_nests_too_deeply_for_the_stack_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, read: Make
) -> None:
    def overflow(_: str) -> str:
        raise RecursionError

    monkeypatch.setattr(commonmark, "_renderer", lambda: overflow)
    titles, findings = read("snow.md", TOML + "> > > snow")
    assert titles == {}
    assert [finding.rpartition(". ")[0] for finding in findings] == [
        "snow.md: NF101 lists or tables are nested too deeply"
    ]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def take_away(package: str) -> None:
        monkeypatch.setitem(sys.modules, package, None)
        monkeypatch.delitem(sys.modules, "newsfeed.sources.yaml_front_matter", raising=False)
        commonmark._renderer.cache_clear()

    return take_away


@pytest.mark.parametrize(("package", "text"), [("markdown_it", TOML), ("markdown_it", YAML), ("yaml", YAML)])
def test_missing_packages_are_named_by_their_extra(
    package: str, text: str, without: Callable[[str], None], found: Make
) -> None:
    without(package)
    with pytest.raises(
        MissingExtra, match=r"Markdown articles need .*pip install 'newsroom-feeds\[markdown\]'"
    ):
        found("snow.md", text)


def test_front_matter_in_toml_needs_no_pyyaml(without: Callable[[str], None], read: Make) -> None:
    without("yaml")
    assert read("snow.md", TOML) == ({"snow.md": "Snow"}, [])


def test_json_needs_no_extra(without: Callable[[str], None], read: Make) -> None:
    without("yaml")
    without("markdown_it")
    assert read("a.json", "[]") == ({}, [])
