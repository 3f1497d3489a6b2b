"""Equal records give equal articles, whatever the kind of file."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newsfeed
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.site_articles import SiteArticles, read_articles

Make = Callable[..., Any]

RECORD = {
    "language": "en",
    "title": "Qış \U0001f600 – “snow”",
    "url": "https://report.example/en/snow",
    "id": "tag:report.example,2025:snow",
    "story": "snow",
    "summary": "It snowed.",
    "content": "<p>It <em>snowed</em>.</p>\n",
    "published": "2025-12-19T18:24:00+04:00",
    "updated": "19 December, 2025 18:30",
    "categories": ["media"],
    "topics": ["Snow", "Baku"],
    "authors": [{"name": "Leyla", "email": "leyla@report.example"}],
    "flags": ["photo"],
    "media": [{"url": "https://report.example/a.jpg", "length": 48200, "width": 1280}],
    "source": {"url": "https://other.example/", "title": "Other"},
    "withdrawn": False,
    "extra": {"desk": 5, "paid": True},
}


def in_toml(record: dict[str, Any]) -> str:
    def value(item: Any) -> str:
        if isinstance(item, dict):
            return "{" + ", ".join(f"{key} = {value(inner)}" for key, inner in item.items()) + "}"
        if isinstance(item, list):
            return "[" + ", ".join(map(value, item)) + "]"
        return json.dumps(item, ensure_ascii=False)

    return "".join(f"{key} = {value(item)}\n" for key, item in record.items())


def in_yaml(record: dict[str, Any]) -> str:
    return "".join(f"{key}: {json.dumps(item, ensure_ascii=False)}\n" for key, item in record.items())


def front(record: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in record.items() if key != "content"}


FILES = {
    "array.json": json.dumps([RECORD]),
    "array-indented.json": json.dumps([RECORD], indent=2, ensure_ascii=False),
    "one.json": json.dumps(RECORD),
    "lines.jsonl": json.dumps(RECORD) + "\n",
    "lines.ndjson": json.dumps(RECORD, ensure_ascii=False),
    "toml.md": f"+++\n{in_toml(RECORD)}+++\n",
    "toml-body.md": f"+++\n{in_toml(front(RECORD))}+++\nIt *snowed*.\n",
    "yaml.markdown": f"---\n{in_yaml(RECORD)}---\n",
    "yaml-body.MD": f"---\n{in_yaml(front(RECORD))}---\n\nIt *snowed*.\n",
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
@pytest.mark.parametrize("name", FILES)
def test_equal_records_give_equal_articles(name: str, packed: bool, found: Make) -> None:
    plain, _ = found("reference.jsonl", json.dumps(RECORD))
    data = FILES[name].encode()
    articles, findings = found(f"{name}.gz" if packed else name, gzip.compress(data) if packed else data)
    assert findings == []
    assert [located.article for located in articles] == [plain[0].article]
    assert plain[0].article.title == RECORD["title"]


def test_a_newsroom_of_many_files(tmp_path: Path, record: Make, site: Make) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record("one")) + "\n{\n" + json.dumps(record("two")))
    (tmp_path / "b.json").write_text(json.dumps([record("three"), record("four", title=" ")]))
    (tmp_path / "c.md").write_text("no front matter")
    several = site(articles=["*"])
    articles, findings = read_articles(several, tmp_path)
    assert {str(located.place): located.article.title for located in articles} == {
        "a.jsonl:1": "About one",
        "a.jsonl:3": "About two",
        "b.json, record 1": "About three",
    }
    assert [(str(error.place), error.code, error.field) for error in findings] == [
        ("a.jsonl:2", "NF101", ""),
        ("b.json, record 2", "NF102", "title"),
        ("c.md:1", "NF101", ""),
    ]
    assert all(error.reason and error.remedy for error in findings)
    assert len(list(SiteArticles(several, tmp_path))) == 6


def test_articles_are_read_as_they_are_asked_for(tmp_path: Path, record: Make, site: Make) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record()))
    later = tmp_path / "b.jsonl"
    later.write_text("")
    articles = iter(SiteArticles(site(articles=["*.jsonl"]), tmp_path))
    assert isinstance(next(articles), SourcedArticle)
    later.write_text("{")
    assert [str(found)[:16] for found in articles] == ["b.jsonl:1: NF101"]


def test_the_example(example: Path) -> None:
    newsroom = newsfeed.open(example)
    assert newsroom.findings == ()
    assert len(newsroom.articles) == 11
