"""The reference names every key, code, option and name that the code has, and no other."""

import importlib
import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
import msgspec
import pytest

import newsfeed
from newsfeed import (
    Article,
    Category,
    Extension,
    Feed,
    FeedRule,
    Media,
    Newsroom,
    Person,
    Report,
    Site,
    Source,
)
from newsfeed.cli.program import program
from newsfeed.errors import InvalidValue
from newsfeed.findings import CODES, LONGEST_MESSAGE
from newsfeed.formats import html_listing
from newsfeed.formats.listing import Day, Row
from newsfeed.model import limits
from newsfeed.model.article import FLAGS
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.axes import AXES
from newsfeed.model.formats import FORMATS
from newsfeed.model.labels import LABELS
from newsfeed.model.limits import size_shown
from newsfeed.model.profile import Profile
from newsfeed.model.source_kinds import SOURCE_KINDS
from newsfeed.text.dates import Reading, read_moment
from newsfeed.text.time_zones import timezone_named

Table = Callable[[str, str], list[list[str]]]

ROOT = Path(__file__).parents[2]
ARTICLE = "docs/reference/article.md"
NEWSROOM = "docs/reference/newsroom-toml.md"
PYTHON = "docs/reference/python.md"
TEMPLATE = "docs/how-to/own-template.md"
COMMANDS = program.list_commands(click.Context(program))


def spans(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


class TestRecords:
    @pytest.mark.parametrize(
        ("page", "heading", "record", "elsewhere"),
        [
            (NEWSROOM, "[site]", Site, {"sources", "categories", "feeds", "profiles"}),
            (NEWSROOM, "[[sources]]", ArticleSource, set()),
            (NEWSROOM, "[[categories]]", Category, set()),
            (NEWSROOM, "[[feeds]]", FeedRule, set()),
            (NEWSROOM, "[[profiles]]", Profile, set()),
            (ARTICLE, "Article", Article, set()),
            (ARTICLE, "Person", Person, set()),
            (ARTICLE, "Media", Media, set()),
            (ARTICLE, "Source", Source, set()),
        ],
    )
    def test_keys_and_defaults(
        self, page: str, heading: str, record: Any, elsewhere: set[str], table: Table
    ) -> None:
        documented = {row[0].strip("`"): row[2] for row in table(page, heading)}
        fields = [field for field in msgspec.structs.fields(record) if field.name not in elsewhere]
        assert documented == {field.name: default(field) for field in fields}

    @pytest.mark.parametrize(
        ("page", "heading", "key", "words"),
        [
            (ARTICLE, "Article", "flags", FLAGS),
            (NEWSROOM, "[site]", "labels", LABELS),
            (NEWSROOM, "[[feeds]]", "formats", FORMATS),
            (NEWSROOM, "[[sources]]", "kind", SOURCE_KINDS),
            (NEWSROOM, "[[feeds]]", "path", [f"`{{{axis}}}`" for axis in AXES]),
        ],
    )
    def test_the_words_of_a_key(self, page: str, heading: str, key: str, words: Any, table: Table) -> None:
        (meaning,) = [row[3] for row in table(page, heading) if row[0] == f"`{key}`"]
        assert ", ".join(words) + "." in meaning

    def test_extension(self, table: Table) -> None:
        rows = table("docs/how-to/feedgen-extensions.md", "An extension for every feed")
        fields = msgspec.structs.fields(Extension)
        assert [(row[0].strip("`"), row[1].strip("`")) for row in rows] == [
            (field.name, "needed" if field.required else str(field.default).replace("None", "none"))
            for field in fields
        ]


def default(field: msgspec.structs.FieldInfo) -> str:
    """The default as the tables write it: a value, or what the field's description says stands in its place."""
    if field.required:
        return "needed"
    if field.default not in (None, "", (), {}, msgspec.NODEFAULT):
        return f"`{json.dumps(field.default)}`"
    (description,) = [note.description for note in get_args(field.type) if isinstance(note, msgspec.Meta)]
    said = re.search(r"[Dd]efault: (.+)\.$", description or "")
    return said[1] if said else "none"


class TestCodes:
    @pytest.mark.parametrize(
        ("heading", "first"),
        [
            ("What is left out", "NF10"),
            ("What is repaired", ("NF11", "NF15", "NF16")),
            ("What changed since it was published", "NF12"),
            ("What has no room", "NF13"),
            ("What is beyond a limit", "NF14"),
        ],
    )
    def test_every_code_is_explained(self, heading: str, first: str | tuple[str, ...], table: Table) -> None:
        assert [row[0].strip("`") for row in table(ARTICLE, heading)] == [
            code for code in CODES if code.startswith(first)
        ]


class TestLimits:
    @pytest.mark.parametrize(
        ("what", "most"),
        [
            ("a record: a line of JSON Lines, an item of a JSON array", size_shown(limits.RECORD)),
            ("a `.json` file", size_shown(limits.JSON_FILE)),
            ("a Markdown file", size_shown(limits.MARKDOWN_FILE)),
            ("front matter", size_shown(limits.FRONT_MATTER)),
            ("opening brackets in the text of a Markdown file", f"{limits.BRACKETS:,}"),
            ("newsroom.toml", size_shown(limits.NEWSROOM_TOML)),
            ("one answer of a source's server", size_shown(limits.RESPONSE)),
            ("media of an article", f"{limits.MEDIA:,}"),
            ("topics, authors and categories of an article, each", f"{limits.TOPICS:,}"),
            ("topics, authors and categories of an article, each", f"{limits.AUTHORS:,}"),
            ("topics, authors and categories of an article, each", f"{limits.CATEGORIES:,}"),
            ("characters of a title", f"{limits.TITLE:,}"),
            ("characters of a summary", f"{limits.SUMMARY:,}"),
            ("lists and tables inside each other, and names in a dotted key", f"{limits.DEEPEST:,}"),
            (
                "what a `.gz` holds",
                f"{size_shown(limits.UNPACKED)} and {limits.UNPACKED_RATIO} times its own size",
            ),
            ("lines of one file that are too long, together", size_shown(limits.SKIPPED)),
            ("blank lines in a row", f"{limits.BLANK_LINES:,}"),
            ("errors in a row in one file, without an article", f"{limits.PROBLEMS_IN_A_ROW:,}"),
            ("characters of a finding's reason, and of its remedy", f"{LONGEST_MESSAGE:,}"),
        ],
    )
    def test_each_is_in_the_table(self, what: str, most: str) -> None:
        assert f"| {what} | {most} |" in (ROOT / "docs/reference/limits.md").read_text(encoding="utf-8")


class TestDates:
    """Each is read as its row says, or is an error that says what the row says."""

    def read(self, written: str) -> Reading:
        (text,) = spans(written)
        languages = ("en", "ru", "ar")
        return read_moment(
            text, timezone=timezone_named("Europe/Berlin"), day_first=None, languages=languages
        )

    def test_good_ones(self, table: Table) -> None:
        rows = [row for row in table(ARTICLE, "Dates") if not row[1].startswith("error: ")]
        readings = [self.read(written) for written, _ in rows]
        assert [reading.moment.isoformat() for reading in readings] == [spans(row[1])[0] for row in rows]
        assert [reading.repair is not None for reading in readings] == ["NF116" in row[1] for row in rows]

    def test_bad_ones(self, table: Table) -> None:
        errors = [row for row in table(ARTICLE, "Dates") if row[1].startswith("error: ")]
        assert errors
        for written, outcome in errors:
            with pytest.raises(InvalidValue) as caught:
                self.read(written)
            assert caught.value.reason.endswith(outcome.removeprefix("error: "))


class TestCommand:
    PAGE = "docs/reference/command.md"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_options(self, name: str, table: Table) -> None:
        command = program.get_command(click.Context(program), name)
        assert command is not None
        arguments = [it.metavar or "NAME" for it in command.params if isinstance(it, click.Argument)]
        heading = " ".join(["newsfeed", name, *arguments])
        documented = {
            tuple(span.partition(" ")[0] for span in spans(row[0])): row[1]
            for row in table(self.PAGE, heading)
        }
        options = {
            tuple(option.opts): option for option in command.params if isinstance(option, click.Option)
        }
        assert documented.keys() == options.keys()
        for names, option in options.items():
            if isinstance(option.default, str | int) and not option.is_flag:
                assert documented[names] == f"`{option.default}`"

    def test_no_other_command(self) -> None:
        headings = re.findall(
            r"^## newsfeed (\w+)", (ROOT / self.PAGE).read_text("utf-8"), flags=re.MULTILINE
        )
        assert sorted(headings) == sorted(COMMANDS)


class TestPython:
    HEADINGS = ("A newsroom", "Feeds", "A store", "Records", "The report")

    @pytest.fixture
    def documented(self, table: Table) -> list[str]:
        return [span for heading in self.HEADINGS for row in table(PYTHON, heading) for span in spans(row[0])]

    def test_public_names(self, documented: list[str], section: Callable[[str, str], str]) -> None:
        names = {re.split(r"[.(]", span)[0] for span in documented}
        errors = set(re.findall(r"^(?:├── |└── )?(\w+)", section(PYTHON, "Errors"), flags=re.MULTILINE)) - {
            "text"
        }
        assert sorted(names | errors) == list(newsfeed.__all__)

    @pytest.mark.parametrize("cls", [Newsroom, Feed, Report])
    def test_public_attributes(self, cls: type, documented: list[str]) -> None:
        own = {name for name in dir(cls) if not name.startswith("_")}
        if cls is Newsroom:
            room = Newsroom(Site(title="x", url="https://x.example/", languages=["en"]))
            own |= {name for name in vars(room) if not name.startswith("_")}
        prefix = f"{cls.__name__}."
        assert {
            span.removeprefix(prefix).partition("(")[0] for span in documented if span.startswith(prefix)
        } == own

    def test_signatures(self, documented: list[str]) -> None:
        calls = [re.fullmatch(r"([\w.]+)\((.*)\)", span) for span in documented]
        for call in filter(None, calls):
            called: Any = newsfeed
            for name in call[1].split("."):
                called = getattr(called, name)
            parameters = [it for it in inspect.signature(called).parameters.values() if it.name != "self"]
            assert call[2] == ", ".join(map(written, parameters)), call[1]

    @pytest.mark.parametrize("heading", ["In rooms of their own", "Where to"])
    def test_names_with_their_modules(self, heading: str, table: Table) -> None:
        for span in (span for row in table(PYTHON, heading) for span in spans(row[0])):
            name, _, parameters = span.removesuffix(")").partition("(")
            module, _, called = name.rpartition(".")
            found = getattr(importlib.import_module(module), called)
            if parameters:
                signature = inspect.signature(found).parameters.values()
                assert parameters == ", ".join(map(written, signature)), name

    def test_the_tree_of_errors(self, section: Callable[[str, str], str]) -> None:
        tree = (newsfeed.errors.__doc__ or "").partition("```text\n")[2].partition("```")[0]
        assert tree
        assert tree in section(PYTHON, "Errors")


def written(parameter: inspect.Parameter) -> str:
    """A parameter as the tables write it."""
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        return f"**{parameter.name}"
    if parameter.default is inspect.Parameter.empty:
        return parameter.name
    return f"{parameter.name}={parameter.default!r}".replace("'", '"')


class TestTemplate:
    HEADING = "What a template can use"

    def test_names(
        self, table: Table, monkeypatch: pytest.MonkeyPatch, newsroom: Callable[..., Newsroom]
    ) -> None:
        given: list[str] = []

        def render_page(_name: str, values: dict[str, object], **_: object) -> str:
            given.extend(values)
            return ""

        monkeypatch.setattr(html_listing, "render_page", render_page)
        newsroom().latest("en").html()
        documented = [spans(row[0])[0] for row in table(TEMPLATE, self.HEADING)]
        assert [name for name in documented if "." not in name] == given

    @pytest.mark.parametrize(("prefix", "cls"), [("day.", Day), ("row.", Row)])
    def test_days_and_rows(self, prefix: str, cls: type[msgspec.Struct], table: Table) -> None:
        documented = [spans(row[0])[0] for row in table(TEMPLATE, self.HEADING)]
        assert [name for name in documented if name.startswith(prefix)] == [
            prefix + name for name in cls.__struct_fields__
        ]
