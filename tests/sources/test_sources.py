"""[[sources]]: where records are, and what becomes of them."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import newsfeed
from newsfeed import Article, InvalidNewsroom, LossRefused, Place, Site
from newsfeed.model.article_source import ArticleSource
from newsfeed.sources.mapping import RecordMapping
from newsfeed.sources.source_records import SourceRecord

#: Writes a newsroom with a source, and files; returns the folder.
Room = Callable[..., Path]

SITE = """
[site]
title = "Report"
url = "https://report.example/"
languages = ["en", "az"]
timezone = "Asia/Baku"

[[categories]]
term = "politics"
label = { en = "Politics", az = "Siyasət" }
"""
SNOW = {
    "id": 12,
    "language": "en",
    "title": "Snow",
    "published": "2025-12-31 22:00",
    "url": "https://report.example/snow",
}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    def write(sources: str, **files: Any) -> Path:
        (tmp_path / "newsroom.toml").write_text(SITE + sources)
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / name.replace("_", ".")).write_text(text)
        return tmp_path

    return write


def source(lines: str, tables: str = "", *, name: str = "cms", kind: str = "json") -> str:
    return f'\n[[sources]]\nname = "{name}"\nkind = "{kind}"\n{lines}\n{tables}\n'


def only_article(folder: Path) -> Article:
    newsroom = newsfeed.open(folder)
    assert newsroom.findings == ()
    (article,) = newsroom.articles
    return article


def found(folder: Path) -> list[str]:
    return [str(finding) for finding in newsfeed.open(folder).findings]


class TestRecords:
    @pytest.mark.parametrize(
        ("records", "document"),
        [
            ("data.posts", {"next": [{}], "data": {"count": 1, "posts": [SNOW]}}),
            ("post", {"post": SNOW}),
            ("days[].posts[]", {"days": [{"posts": []}, {"posts": [SNOW]}]}),
        ],
    )
    def test_where_they_are(self, records: str, document: object, room: Room) -> None:
        folder = room(source(f'files = ["a.json"]\nrecords = "{records}"'), a_json=document)
        assert only_article(folder).title == "Snow"

    def test_in_json_lines(self, room: Room) -> None:
        lines = "\n".join(
            json.dumps({"post": SNOW | {"id": number, "url": f"https://report.example/{number}"}})
            for number in (1, 2)
        )
        folder = room(source('files = ["a.jsonl"]\nrecords = "post"', kind="jsonl"), a_jsonl=lines)
        assert len(newsfeed.open(folder).articles) == 2

    def test_a_file_of_any_name(self, room: Room) -> None:
        folder = room(source('files = ["a.export"]'), a_export=[SNOW])
        assert only_article(folder).title == "Snow"

    @pytest.mark.parametrize(
        ("document", "message"),
        [
            (
                {"data": {"items": [SNOW], "n": 1}},
                "there are no records at 'data.posts': in 'data' there are only the keys items, n",
            ),
            ({"data": None}, "there are no records at 'data.posts': in 'data' there is nothing"),
            ([SNOW], "there are no records at 'data.posts': in the document there is a list"),
            ({"data": {"posts": "none"}}, "there are no records at 'data.posts': none is text, not a list"),
        ],
    )
    def test_a_document_that_changed_its_shape(self, document: object, message: str, room: Room) -> None:
        folder = room(source('files = ["a.json"]\nrecords = "data.posts"'), a_json=document)
        assert found(folder) == [
            f"a.json: NF101 {message}; nothing in it was read. Correct records in newsroom.toml."
        ]

    def test_those_before_the_place_where_a_file_breaks_off(self, room: Room) -> None:
        text = json.dumps({"next": {"a": [1]}, "data": {"posts": [SNOW, SNOW]}})[:-70]
        folder = room(source('files = ["a.json"]\nrecords = "data.posts"'), a_json=text)
        newsroom = newsfeed.open(folder)
        assert [article.title for article in newsroom.articles] == ["Snow"]
        (finding,) = newsroom.findings
        assert "the record before it was read" in finding.reason

    def test_a_file_that_breaks_off_before_them(self, room: Room) -> None:
        folder = room(source('files = ["a.json"]\nrecords = "data.posts"'), a_json='{"next": {"a"')
        (message,) = found(folder)
        assert message.startswith(
            "a.json:1: NF101 this isn't valid JSON: expecting ':' delimiter at column 14; nothing"
        )

    def test_several_sources_beside_articles(self, room: Room) -> None:
        toml = SITE.replace("timezone", 'articles = ["a.json"]\ntimezone')
        folder = room(
            source('files = ["b.json"]\nrecords = "posts"', name="b")
            + source('files = ["b.json"]\nrecords = "pages"', name="c"),
            a_json=[SNOW],
            b_json={
                "posts": [SNOW | {"id": 13, "url": "https://report.example/13"}],
                "pages": [SNOW | {"id": 14, "url": "https://report.example/14"}, {"title": "?"}],
            },
        )
        (folder / "newsroom.toml").write_text((folder / "newsroom.toml").read_text().replace(SITE, toml))
        newsroom = newsfeed.open(folder)
        assert newsroom.sources == {"a.json": 1, "b": 1, "c": 1}
        assert {str(finding.place) for finding in newsroom.findings} == {"b.json (c), record 2"}


class TestFields:
    def test_what_each_is_made_of(self, room: Room) -> None:
        tables = """
[sources.fields]
title = "title.rendered"
published = "dates.online"
topics = "tags[].name"
media = { url = "image.src", credit = "image.by" }
extra.region = "geo.region"
"""
        record = {
            "url": "https://report.example/snow",
            "language": "en",
            "title": {"rendered": "Snow"},
            "dates": {"online": "2025-12-19T18:24:00+04:00"},
            "tags": [{"name": "Baku"}, {"name": "Winter"}],
            "image": {"src": "https://report.example/a.jpg", "by": "AA"},
            "geo": {"region": "Absheron"},
            "kicker": "ignored, because fields are named",
        }
        article = only_article(room(source('files = ["a.json"]', tables), a_json=[record]))
        assert (article.title, article.published.hour) == ("Snow", 18)
        assert article.topics == ("Baku", "Winter")
        assert [(media.url, media.credit) for media in article.media] == [
            ("https://report.example/a.jpg", "AA")
        ]
        assert article.extra == {"region": "Absheron"}

    def test_a_field_that_the_record_lacks_is_absent(self, room: Room) -> None:
        folder = room(
            source('files = ["a.json"]', '[sources.fields]\nsummary = "a.b"\nmedia = { url = "c" }'),
            a_json=[SNOW | {"summary": "not this one", "a": 5}],
        )
        article = only_article(folder)
        assert (article.summary, article.media) == (None, ())

    def test_a_key_that_may_hold_an_article_back_still_does(self, room: Room) -> None:
        tables = '[sources.fields]\ntitle = "title"'
        folder = room(source('files = ["a.json"]', tables), a_json=[SNOW | {"status": "draft"}])
        (message,) = found(folder)
        assert "NF107 status: this key is unknown, and it may mean that the article isn't public" in message

    def test_unless_a_field_is_made_of_it(self, room: Room) -> None:
        tables = '[sources.fields]\nextra = { state = "status" }'
        folder = room(source('files = ["a.json"]', tables), a_json=[SNOW | {"status": "draft"}])
        assert only_article(folder).extra == {"state": "draft"}

    def test_categories_of_the_cms(self, room: Room) -> None:
        tables = '[sources.categories]\n"7" = "politics"\n"Siyasət" = "politics"'
        for written in (7, "7", [7, "Siyasət"], "Siyasət"):
            folder = room(source('files = ["a.json"]', tables), a_json=[SNOW | {"categories": written}])
            assert only_article(folder).categories == ("politics",), written

    def test_defaults_are_for_what_is_missing_or_empty(self, room: Room) -> None:
        tables = '[sources.defaults]\nlanguage = "az"\nrights = "© Report"\nauthors = [{ name = "Report" }]'
        record = {key: value for key, value in SNOW.items() if key != "language"} | {"rights": ""}
        article = only_article(room(source('files = ["a.json"]', tables), a_json=[record]))
        assert (article.language, article.rights, article.authors[0].name) == ("az", "© Report", "Report")

    def test_a_time_zone_of_its_own(self, room: Room) -> None:
        folder = room(source('files = ["a.json"]\ntimezone = "UTC"'), a_json=[SNOW])
        assert only_article(folder).published.isoformat() == "2025-12-31T22:00:00+00:00"


class TestAddresses:
    RECORD = {key: value for key, value in SNOW.items() if key != "url"} | {
        "slug": "snow-ə",
        "story": "s1",
        "categories": ["politics"],
    }

    @pytest.mark.parametrize(
        ("template", "address"),
        [
            ("https://report.example/{language}/{slug}/", "https://report.example/en/snow-%C9%99/"),
            ("https://report.example/?p={id}", "https://report.example/?p=12"),
            ("https://report.example/{category}/{story}", "https://report.example/politics/s1"),
            ("https://report.example/{year}/{month}/{day}", "https://report.example/2026/01/01"),
        ],
    )
    def test_templates(self, template: str, address: str, room: Room) -> None:
        lines = f'files = ["a.json"]\ntimezone = "UTC"\narticle_url = "{template}"'
        assert only_article(room(source(lines), a_json=[self.RECORD])).url == address

    def test_an_address_of_its_own_stays(self, room: Room) -> None:
        lines = 'files = ["a.json"]\narticle_url = "https://report.example/{id}"'
        assert only_article(room(source(lines), a_json=[SNOW])).url == "https://report.example/snow"

    def test_what_it_lacks(self, room: Room) -> None:
        lines = 'files = ["a.json"]\narticle_url = "https://report.example/{slug}"'
        record = self.RECORD | {"slug": ""}
        assert found(room(source(lines), a_json=[record])) == [
            "a.json, record 1: NF102 url: it is missing, and article_url can't make it, because the record has no slug. Add slug to [sources.fields], or the address."
        ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('kind = "jsn"', "newsroom.toml:14: sources[0].kind: 'jsn' isn't known. Did you mean 'json'?"),
        ('kind = "json"', "newsroom.toml:12: sources[0].files: it is missing. Name files, or a url."),
        (
            'kind = "json"\nfiles = ["a"]\nurl = "https://a.example/"',
            "newsroom.toml:16: sources[0].url: there are files as well. Write a source for each.",
        ),
        (
            'kind = "json"\nfiles = ["a"]\nquery = "SELECT 1"',
            "newsroom.toml:16: sources[0].query: sources of the kind 'json' have no such key. Remove it.",
        ),
        (
            'kind = "json"\nfiles = ["a"]\narticle_url = "https://a.example/{slog}"',
            "newsroom.toml:16: sources[0].article_url: '{slog}' isn't a placeholder. Did you mean 'slug'?",
        ),
        (
            'kind = "json"\nfiles = ["a"]\narticle_url = "https://a.example/"',
            "newsroom.toml:16: sources[0].article_url: all articles would have the same address. Write placeholders such as {slug} or {id}.",
        ),
        (
            'kind = "json"\nfiles = ["a"]\n[sources.fields]\ntitel = "t"',
            "newsroom.toml:17: sources[0].fields.titel: articles have no such field. Did you mean 'title'?",
        ),
        (
            'kind = "json"\nfiles = ["a"]\n[sources.fields]\ntitle = "t["',
            "newsroom.toml:17: sources[0].fields.title: 't[' isn't valid JMESPath",
        ),
        (
            'kind = "json"\nfiles = ["a"]\n[sources.defaults]\nlang = "en"',
            "newsroom.toml:17: sources[0].defaults.lang: articles have no such field. Did you mean 'language'?",
        ),
        (
            'kind = "json"\nfiles = ["a.json"]\n[[sources]]\nname = "cms"\nkind = "json"\nfiles = ["b.json"]',
            "newsroom.toml:17: sources[1].name: 'cms' is defined by sources[0] as well. Give each source its own name.",
        ),
        (
            'kind = "json"\nfiles = ["nowhere.json"]',
            "newsroom.toml:15: sources[0].files: 'nowhere.json' names no file in",
        ),
    ],
)
def test_what_is_wrong_with_a_table(lines: str, problem: str, room: Room) -> None:
    folder = room('\n[[sources]]\nname = "cms"\n' + lines + "\n")
    with pytest.raises(InvalidNewsroom) as caught:
        newsfeed.open(folder)
    assert problem in str(caught.value)


def test_an_address_that_is_none_and_may_hold_a_password_is_not_shown(room: Room) -> None:
    folder = room('\n[[sources]]\nname = "cms"\nkind = "json"\nurl = "ftp://desk:geheim@cms.example/"\n')
    with pytest.raises(InvalidNewsroom) as caught:
        newsfeed.open(folder)
    assert str(caught.value).endswith(
        "newsroom.toml:15: sources[0].url: it isn't a full web address. Write one that begins with https:// or http://."
    )


def test_workers_read_the_same(room: Room) -> None:
    """Lines that fields are mapped in aren't cut into parts by those who don't know the fields; rows are read once."""
    lines = "\n".join(json.dumps({"n": n, "t": f"Title {n}", "when": 1766154240 + n}) for n in range(20))
    tables = (
        '[sources.fields]\nid = "n"\ntitle = "t"\npublished = "when"\n[sources.defaults]\nlanguage = "en"'
    )
    keys = 'files = ["a.jsonl"]\narticle_url = "https://report.example/{id}"'
    rows = 'call = "mine:rows"\ndefaults = { language = "az" }'
    folder = room(source(keys, tables, kind="jsonl") + source(rows, name="own", kind="python"), a_jsonl=lines)
    (folder / "mine.py").write_text(f"def rows():\n    yield {SNOW | {'id': 99, 'language': 'az'}!r}\n")
    read = newsfeed.open(folder)
    with ThreadPoolExecutor(2) as executor:
        merged = newsfeed.open(folder, executor=executor)
        assert merged.sources == read.sources == {"cms": 20, "own": 1}
        assert merged.articles == read.articles
        assert merged.findings == read.findings == ()


def test_the_guard_names_the_source(room: Room) -> None:
    lines = 'files = ["a.json"]\nrecords = "posts"'
    folder = room(source(lines), a_json={"posts": [SNOW]})
    newsfeed.open(folder).publish(folder / "public")
    (folder / "a.json").write_text('{"items": []}')
    with pytest.raises(LossRefused) as caught:
        newsfeed.open(folder).publish(folder / "public")
    assert "cms had 1 article last time, and has none now." in str(caught.value)


HUGE = 10**5000


@pytest.mark.parametrize(
    "field", ["id", "story", "title", "published", "updated", "categories", "topics", "slug", "media"]
)
@pytest.mark.parametrize(
    "value",
    [HUGE, [HUGE], -HUGE, 1e308, [[]] * 20, {"a": {"b": [HUGE]}}, "9" * 5000, [None, {}, [[]]]],
    ids=["huge", "in a list", "negative", "float", "lists", "inside", "digits", "nothings"],
)
def test_a_value_of_no_use_costs_no_more_than_its_record(field: str, value: object) -> None:
    table = ArticleSource(
        name="cms",
        kind="json",
        files=["a.json"],
        article_url="https://report.example/{slug}/{id}/{year}/{category}",
        categories={"7": "politics"},
    )
    site = Site(title="Report", url="https://report.example/", languages=["en"], timezone="Asia/Baku")
    record = {key: each for key, each in SNOW.items() if key != "url"} | {
        "slug": "x",
        "categories": [7],
        field: value,
    }
    found = RecordMapping(table, site).articles(SourceRecord(record, Place(file="a.json")))
    assert found


def test_a_source_is_shown_without_what_is_secret() -> None:
    cms = ArticleSource(name="cms", kind="json", url="https://desk:s3cret@cms.example/posts?key=s3cret")
    archive = ArticleSource(
        name="archive", kind="sql", database="mysql://desk:s3/cret@db.example/news", query="SELECT 1"
    )
    site = Site(title="Report", url="https://report.example/", languages=["en"], sources=[cms, archive])
    assert "name='cms', kind='json', files=(), url='https://cms.example/posts', database=None" in repr(site)
    assert "database='mysql://…', query='SELECT 1'" in repr(archive)
    assert "s3" not in repr(site) + repr(cms.__rich_repr__())
    assert "database='env:NEWS'" in repr(replace(archive, database="env:NEWS"))
