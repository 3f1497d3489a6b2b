"""Records that are right are read quickly; what comes out is what a close look at each value gives.

A record is first made at once (`Record.from_right`); only if that fails is each value looked at.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.articles import texts

from newsfeed import Site
from newsfeed.catalog.repairs import repaired
from newsfeed.findings import Finding, Place
from newsfeed.model.record import Record
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.json_lines import read_line

Make = Callable[..., Any]

PLACE = Place(file="articles.jsonl", line=7, record=5)
SITE = Site(title="Report", url="https://report.example/", languages=["en"], timezone="Europe/Berlin")
ORDINARY: dict[str, Any] = {
    "id": "https://report.example/en/snow",
    "story": "snow",
    "language": "en",
    "url": "https://report.example/en/snow",
    "title": "Snow in Baku",
    "access": "free",
    "summary": "It snows.",
    "content": "<p>It snows.</p>",
    "published": "2025-12-19T18:24:00+04:00",
    "updated": "2025-12-19T14:30:00Z",
    "categories": ["weather"],
    "topics": ["Baku", "snow"],
    "authors": [{"name": "Leyla", "email": "leyla@report.example", "url": "https://report.example/leyla"}],
    "flags": ["photo"],
    "media": [
        {
            "url": "https://report.example/snow.jpg",
            "type": "image/jpeg",
            "length": 48200,
            "width": 1280,
            "credit": "Leyla",
        }
    ],
    "rights": "Report",
    "source": {"url": "https://elsewhere.example/snow", "title": "Elsewhere"},
    "withdrawn": False,
    "expires": "2026-12-19T18:24:00+04:00",
    "extra": {"weather": {"degrees": [-3, 1.5]}},
}


@contextmanager
def only_slowly() -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(patch.object(Record, "_kept_at_once", lambda *_: None))
        stack.enter_context(patch.object(Record, "from_right", lambda *_: None))
        for place in ("records", "json_lines"):
            stack.enter_context(patch(f"newsfeed.sources.{place}.article_at_once", lambda *_: None))
        stack.enter_context(patch("newsfeed.text.dates.usual_moment", lambda *_: None))
        stack.enter_context(patch("newsfeed.text.urls._USUAL", NeverMatching()))
        stack.enter_context(patch("newsfeed.model.media_types._KNOWN", frozenset()))
        yield


class NeverMatching:
    def fullmatch(self, _: str) -> None:
        return None


def read(line: str | bytes) -> list[SourcedArticle | Finding]:
    data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
    return read_line(data, PLACE, SITE)


def whole(found: list[SourcedArticle | Finding]) -> str:
    """Write what was found with all its types: 1 is not 1.0, and a list no tuple."""
    return repr(
        [
            msgspec.structs.replace(item, is_clean=False) if isinstance(item, SourcedArticle) else item
            for item in found
        ]
    )


hostile = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
    st.sampled_from(["", " ", "\u200b", "x", "0", "EN", "az_AZ", "1e999", "urn:test:1"]),
    st.lists(texts, max_size=2),
    st.dictionaries(texts, texts, max_size=2),
)
addresses = st.sampled_from(
    [
        *(
            "https://report.example",
            "http://a",
            "HTTPS://A.example/x",
            "https://a_b.example/~x",
            "https://-/",
        ),
        *("https://report.example/a b", "https://report.example/ə", "https://сайт.example/", "https:///x"),
        *(
            "https://report.example:443/",
            "https://report.example:99999/",
            "https://u@a.example/",
            "https://a..b/",
        ),
        *(
            "https://[::1]/",
            "https://[::g]/",
            "https://1.2.3.4/?q#f",
            "//a/",
            "/en/snow",
            "mailto:a@b",
            "https://a\\b",
        ),
        *(
            "https://a.example/\n",
            " https://a.example/",
            "https://a.example/\x7f",
            "https://a.example/\u2028",
        ),
        *(
            f"https://{'a' * 63}.example/",
            f"https://{'a' * 64}.example/",
            f"https://{'a.' * 130}b/",
            "https://a.",
        ),
        *("https://a|b/", "https://a%41/", "https://a.b.c.d.e/x", "https://a/x.MP3?y=.png"),
    ]
)
moments = st.one_of(
    st.from_regex(
        r"\A[0-2][0-9]{3}-[0-3][0-9]-[0-3W][0-9][Tt ][0-3][0-9]:[0-6][0-9](:[0-6][0-9](\.[0-9]{1,8})?)?([Zz]|[+-][0-2][0-9]:?[0-9]{2})?\Z"
    ),
    st.sampled_from(
        [
            *("2025-12-19", "2025-W51-5T18:24:00+04:00", "2025-12-19T18:24:00.9999999Z", "20251219T182400Z"),
            *(
                "2025-12-19T24:00:00Z",
                "2025-12-19T18:24:60Z",
                "2025-12-19T18:24:00-00:00",
                "2025-12-19T18:24Z",
            ),
            *("2025-12-19T18:24:00+24:00", "2025-12-19T18:24:00+04:60", "2025-12-19T18:24:00 +04:00"),
            *("0001-01-01T00:00:00+04:00", "9999-12-31T23:59:59-04:00", "0000-01-01T00:00:00Z"),
            *("٢٠٢٥-12-19T18:24:00Z", "2025-10-26T02:30:00", "19 December 2025 18:24", "03/04/2025"),
        ]
    ),
)
sizes = st.sampled_from([0, 1, -1, 2**40, 10**30, 1.0, 1.5, True, "3", None])
people = st.fixed_dictionaries(
    {"name": texts | st.just("Leyla")},
    optional={"email": st.sampled_from(["a@b.example", "a", "", None]), "url": addresses, "nmae": texts},
)
media = st.fixed_dictionaries(
    {"url": addresses},
    optional={
        "type": st.sampled_from(["image/jpeg", "Image/JPEG ", "audio/x", "jpeg", "", None]),
        "length": sizes,
        "width": sizes,
        "duration": sizes,
        "credit": texts,
    },
)
terms = st.lists(texts | st.sampled_from(["a", "a  b", " a", "a b", ""]), max_size=4)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "id": texts | addresses,
    "story": texts,
    "language": st.sampled_from(["en", "EN-us", "zh-hant", "az_AZ", "english", "x", ""]),
    "url": addresses,
    "title": texts,
    "summary": texts,
    "content": texts,
    "published": moments,
    "updated": moments,
    "categories": terms,
    "topics": terms,
    "authors": st.lists(people, max_size=2),
    "flags": st.lists(st.sampled_from(["photo", "live", "Photo", "photo "]), max_size=3),
    "media": st.lists(media, max_size=2),
    "rights": texts,
    "source": st.fixed_dictionaries({"url": addresses}, optional={"title": texts}),
    "withdrawn": st.sampled_from([True, False, 0, 1, "no"]),
    "expires": moments,
    "extra": st.dictionaries(texts, hostile, max_size=2),
    "titel": texts,
}
fields = st.sampled_from(sorted(FIELDS))
changes = st.lists(
    fields.flatmap(lambda field: st.tuples(st.just(field), FIELDS[field] | hostile)), min_size=1, max_size=3
).map(dict)


@pytest.mark.slow
@given(changes, st.sets(fields, max_size=2), st.booleans())
def test_what_is_read_quickly_is_what_is_read_slowly(
    changed: dict[str, Any], missing: set[str], ascii_only: bool
) -> None:
    record = {field: value for field, value in (ORDINARY | changed).items() if field not in missing}
    line = json.dumps(record, ensure_ascii=ascii_only)
    quickly = read(line)
    with only_slowly():
        slowly = read(line)
    assert whole(quickly) == whole(slowly)


@pytest.mark.slow
@given(changes, st.booleans())
def test_what_is_known_to_be_clean_has_nothing_to_mend(changed: dict[str, Any], ascii_only: bool) -> None:
    for found in read(json.dumps(ORDINARY | changed, ensure_ascii=ascii_only)):
        if isinstance(found, SourcedArticle) and found.is_clean:
            with patch("newsfeed.catalog.repairs._is_clean", return_value=False):
                mended = repaired(found.article, SITE, PLACE)
            assert repr(mended) == repr(repaired(found.article, SITE, PLACE, is_clean=True))


def test_articles_share_nothing_that_can_change() -> None:
    line = json.dumps({field: ORDINARY[field] for field in ("language", "title", "published", "url")})
    (first,), (second,) = read(line), read(line)
    assert isinstance(first, SourcedArticle)
    assert isinstance(second, SourcedArticle)
    first.article.extra["weather"] = "snow"
    assert second.article.extra == {}


@pytest.mark.slow
@given(moments)
def test_dates_alone(written: str) -> None:
    line = json.dumps(ORDINARY | {"published": written, "updated": written})
    quickly = read(line)
    with only_slowly():
        slowly = read(line)
    assert whole(quickly) == whole(slowly)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {field: None for field in ORDINARY if field not in {"language", "title", "published", "url"}},
        {"title": "Qar yağır", "content": "<p>Снег\n</p>", "topics": [], "published": "2025-12-19T18:24:00Z"},
    ],
)
def test_an_ordinary_record_is_read_quickly(changed: dict[str, Any]) -> None:
    line = json.dumps(ORDINARY | changed)
    slow_ways: list[Any] = [
        patch.object(Record, "problems_in", side_effect=AssertionError),
        patch("newsfeed.text.dates._read_text", side_effect=AssertionError),
        patch("newsfeed.text.urls._check_authority", side_effect=AssertionError),
    ]
    with ExitStack() as stack:
        for slow_way in slow_ways:
            stack.enter_context(slow_way)
        (located,) = read(line)
    assert isinstance(located, SourcedArticle)
    assert located.article.title == json.loads(line)["title"]


def test_an_ordinary_record_comes_out_as_it_was_written() -> None:
    (located,) = read(json.dumps(ORDINARY))
    assert isinstance(located, SourcedArticle)
    written = json.loads(msgspec.json.encode(located.article))
    said = {field: value for field, value in written.items() if value is not None}
    assert {field: value for field, value in said.items() if field not in {"authors", "media"}} == {
        field: value for field, value in ORDINARY.items() if field not in {"authors", "media"}
    }


def test_an_article_keeps_its_line(found: Make) -> None:
    line = json.dumps(ORDINARY)
    articles, _ = found("a.jsonl", f"\ufeff{line}\r\n\n  {line}  \n")
    assert [located.source for located in articles] == [line.encode(), b"  " + line.encode()]
