"""newsroom.toml: what it becomes, and that all that is wrong with it is said at once, each with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsfeed import Category, FeedRule, InvalidNewsroom
from newsfeed.sources.newsroom_toml import read_site

GOOD = """\
# A comment
[site]
title = "Report"
url = "https://report.example/"
languages = ["en", "az"]
articles = ["articles.jsonl"]
"""

Problems = Callable[[str | bytes], list[str]]


@pytest.fixture
def problems(tmp_path: Path) -> Problems:
    """Read a newsroom.toml that is wrong; give the lines of what is said, without the folder."""

    def of(text: str | bytes) -> list[str]:
        file = tmp_path / "newsroom.toml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises(InvalidNewsroom) as refused:
            read_site(tmp_path)
        return [line.replace(f"{tmp_path}/", "") for line in str(refused.value).splitlines()]

    return of


def test_a_folder_and_a_file(tmp_path: Path) -> None:
    (tmp_path / "newsroom.toml").write_text(GOOD)
    (tmp_path / "other.toml").write_text(GOOD.replace("Report", "Other"))
    site, root = read_site(tmp_path)
    assert (site.title, site.languages, root) == ("Report", ("en", "az"), tmp_path)
    assert read_site(str(tmp_path / "newsroom.toml")) == (site, tmp_path)
    assert read_site(tmp_path / "other.toml")[0].title == "Other"


@pytest.mark.parametrize("change", ["plain", "mark", "windows"])
def test_tables_become_one_site(change: str, tmp_path: Path) -> None:
    text = GOOD + (
        'labels.latest.en = "News"\n'
        "[site.trending]\n"
        'en = ["Snow"]\n'
        "[[categories]]\n"
        'term = "media"\n'
        'label = { en = "Media", az = "Mediá" }\n'
        "[[categories]]\n"
        'term = "army"\n'
        "[[feeds]]\n"
        'path = "{language}/photo"\n'
        'where = { flag = "photo" }\n'
    )
    written = {"plain": text, "mark": "\ufeff" + text, "windows": text.replace("\n", "\r\n")}[change]
    (tmp_path / "newsroom.toml").write_bytes(written.encode())
    site, _ = read_site(tmp_path)
    assert site.categories == (
        Category(term="media", label={"en": "Media", "az": "Mediá"}),
        Category(term="army"),
    )
    assert site.feeds == (FeedRule(path="{language}/photo", where={"flag": "photo"}),)
    assert site.trending_in("en") == ("Snow",)
    assert site.label("latest", "en") == "News"


def test_everything_that_is_wrong_is_said_at_once_with_its_line(problems: Problems) -> None:
    text = """\
[site]
# the next line is misspelt
titel = "Report"
url = "report"
languages = [
  "en",
  "azeri language",  # not a tag
]
rights = \"\"\"
[site]
titel = 3
\"\"\"
"day_first" = "yes"
labels."photos" = "Foto"

[[categories]]
term = "media"
[categories.label]
en = "Media"
az = " "

[[categories]]
term = "media"
lable = "Media"

[[feeds]]
path = "{langauge}/all"

[[category]]
term = "x"
"""
    assert problems(text) == [
        "newsroom.toml:1: site.title: it is missing. Add it to the site.",
        "newsroom.toml:3: site.titel: there is no such key. Did you mean 'title'?",
        (
            "newsroom.toml:4: site.url: 'report' isn't a full address. "
            "Write the full address, https://report.example/en/story."
        ),
        (
            "newsroom.toml:5: site.languages[1]: 'azeri language' isn't a language tag. "
            'Write a tag of BCP 47, such as "en", "az" or "pt-BR".'
        ),
        "newsroom.toml:13: site.day_first: 'yes' is text. Write true, without quotes.",
        "newsroom.toml:14: site.labels.photos: listings have no such word. Did you mean 'photo'?",
        "newsroom.toml:20: categories[0].label.az: it is empty. Write some text.",
        "newsroom.toml:24: categories[1].lable: there is no such key. Did you mean 'label'?",
        "newsroom.toml:27: feeds[0].path: '{langauge}' isn't a placeholder. Did you mean 'language'?",
        "newsroom.toml:29: category: there is no such table. Did you mean 'categories'?",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            GOOD + 'categories = [{ term = "media" }]\n',
            "newsroom.toml:7: site.categories: there is no such key. "
            "Write [[categories]], in double brackets, below all of [site].",
            id="categories inside the site",
        ),
        pytest.param(
            GOOD + 'feeds_url = "/feeds/"\n',
            "newsroom.toml:7: site.feeds_url: '/feeds/' isn't a full address. "
            "Write the full address, https://report.example/en/story.",
            id="a key that begins as the name of a table does",
        ),
        pytest.param(
            GOOD + '[site.feeds]\npath = "all"\n',
            "newsroom.toml:7: site.feeds: there is no such key. "
            "Write [[feeds]], in double brackets, below all of [site].",
            id="feeds inside the site",
        ),
        pytest.param(
            GOOD + '[categories]\nterm = "media"\n',
            "newsroom.toml:7: categories: {'term': 'media'} is a table. Write [[categories]], in double brackets.",
            id="single brackets",
        ),
        pytest.param(
            'timezone = "UTC"\n' + GOOD,
            "newsroom.toml:1: timezone: it isn't in a table. Write it below [site].",
            id="a key above its table",
        ),
        pytest.param(
            GOOD + "[sites]\n",
            "newsroom.toml:7: sites: there is no such table. Did you mean 'site'?",
            id="an unknown table",
        ),
        pytest.param(
            GOOD + 'templates = "pages"\n',
            "newsroom.toml:7: site.templates: there is no folder pages. Create it, or remove the key.",
            id="no folder of templates",
        ),
        pytest.param(
            GOOD + "hub = \n",
            "newsroom.toml:7: this isn't valid TOML: invalid value at column 7. "
            "Correct it; text needs quotes, and each key and table may appear only once.",
            id="a syntax error",
        ),
        pytest.param(
            GOOD + "trending = [\n'a',\n'b',\n",
            "newsroom.toml:7: this isn't valid TOML: invalid value. "
            "Correct it; text needs quotes, and each key and table may appear only once.",
            id="a list that is never closed",
        ),
        pytest.param(
            GOOD + "x = " + "[" * 5000,
            "newsroom.toml: lists or tables are nested too deeply. Nest them at most 50 deep.",
            id="endless nesting",
        ),
        pytest.param(
            GOOD + "x = 1\n" + ".".join("a" * 3000) + " = 1",
            "newsroom.toml: lists or tables are nested too deeply. Nest them at most 50 deep.",
            id="an endless key",
        ),
        pytest.param(
            GOOD + "x = " + "9" * 5000,
            "newsroom.toml:7: a number has more digits than can be read. Write a shorter one, or put it in quotes.",
            id="an endless number",
        ),
        pytest.param(
            (GOOD + "rights = 'R\xe9port'").encode("latin-1"),
            "newsroom.toml:7: the byte 0xE9 isn't UTF-8. Save the file in UTF-8.",
            id="Latin-1",
        ),
        pytest.param(
            GOOD.encode("utf-16"), "newsroom.toml: the file is in UTF-16. Save it in UTF-8.", id="UTF-16"
        ),
    ],
)
def test_what_is_refused(text: str | bytes, said: str, problems: Problems) -> None:
    assert problems(text) == [said]


def test_what_rules_name_that_the_site_does_not_have(problems: Problems) -> None:
    rules = """\
[[feeds]]
path = "{language}/all"
profile = "flipbord"

[[feeds]]
path = "{language}/oil"
where = { language = "ru" }
"""
    assert problems(GOOD + rules) == [
        "newsroom.toml:9: feeds[0].profile: there is no profile 'flipbord'. Did you mean 'flipboard'?",
        "newsroom.toml:13: feeds[1].where.language: the site has no language 'ru'. Choose from en, az.",
    ]


def test_a_site_that_is_no_table(problems: Problems) -> None:
    assert problems('site = "Report"')[0] == (
        "newsroom.toml:1: site: 'Report' is text. Write [site] above its keys."
    )


def test_an_empty_file_lacks_what_a_site_needs(problems: Problems) -> None:
    assert [line.split(": ")[1] for line in problems("")] == ["site.title", "site.url", "site.languages"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "there is no newsroom.toml in {root}. To make one, run: newsfeed new {root}"),
        (
            "no where",
            "there is no folder {root}/no where. To make a newsroom, run: newsfeed new '{root}/no where'",
        ),
        ("news.toml", "there is no folder {root}/news.toml. To make a newsroom, run: newsfeed new {root}"),
    ],
)
def test_what_is_not_there(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidNewsroom) as refused:
        read_site(tmp_path / name)
    assert str(refused.value) == said.format(root=tmp_path)


def test_templates_are_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news" / "pages").mkdir(parents=True)
    (tmp_path / "news" / "newsroom.toml").write_text(GOOD + 'templates = "pages"\n')
    monkeypatch.chdir(tmp_path)
    site, root = read_site("news")
    assert (site.templates, root) == (str(tmp_path / "news" / "pages"), Path("news"))
