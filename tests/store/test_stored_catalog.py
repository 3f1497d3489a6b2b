"""The law of the third home: a store's index gives the catalog that a reading of its rows gives, whatever happened."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.databases import SQLITE, Database, Postgresql

from newsfeed import Category, FeedRule, Newsroom, Person, Site, Store
from newsfeed.catalog.catalog import Catalog, FeedContent
from newsfeed.catalog.read_catalog import ReadCatalog
from newsfeed.catalog.stored.answers.catalog import StoredCatalog
from newsfeed.catalog.stored.answers.opening import opened_catalog
from newsfeed.catalog.stored.database.connecting import connected
from newsfeed.catalog.stored.index.refresh import refresh
from newsfeed.catalog.stored.rows.article_cache import ArticleCache
from newsfeed.catalog.stored.rows.articles import StoredArticles
from newsfeed.model.axes import AXES
from newsfeed.model.plain_paths import plain_path
from newsfeed.plan.planning import plan_of

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en", "az", "ru"],
    timezone="Asia/Baku",
    categories=[Category(term="media"), Category(term="sport")],
    authors=[Person(name="Desk")],
    sitemaps=["news", "languages"],
    tombstones=2,
    feeds=[
        FeedRule(path="{language}/all", limit=2),
        FeedRule(path="{language}/{topic}", limit=2),
        FeedRule(path="by/{author}", limit=1, paged=2),
        FeedRule(path="{language}/photo/{category}", where={"flag": ["photo"], "category": ["media"]}),
        FeedRule(path="archive/{language}", archive="day", formats=["atom"]),
        FeedRule(path="{language}/{year}/{month}", complete=True),
        FeedRule(path="other/{topic}", without={"topic": "Sea", "category": ["media"]}, min_articles=2),
        FeedRule(path="changed/{language}", order="updated", limit=2, max_age="26h"),
        FeedRule(path="changed/by/{author}", order="updated", limit=1, min_articles=2),
    ],
)
#: The same articles are something else on each of these.
OTHER_SITES = [
    SITE,
    Site(title="Report", url="https://report.example/", languages=["en", "ru"], timezone="UTC"),
    Site(
        title="Report", url="https://report.example/", languages=["az"], sitemaps=["languages"], tombstones=9
    ),
]
START = datetime(2025, 12, 19, tzinfo=UTC)
#: What is said of a row that lost names the winner, which may be another although the loser is as it was.
IN_CONFLICT = {"NF104", "NF105"}
KEYS = ("1", "2", "3", "4", "5")


def at(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


hours = st.sampled_from([-900, -30, -2, -1, 0, 0.5, 1, 2, 3, 24, 48, 49])
records = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "en", "az", "ru", "fr"]),
        "title": st.sampled_from(["Snow", "Rain", "<b>Hail</b>", "Ice\x01"]),
        "url": st.sampled_from(
            [f"https://report.example/{name}" for name in ("snow", "rain", "ə", "x" * 2100)]
        ),
        "published": hours.map(at),
    },
    optional={
        "id": st.sampled_from(["urn:report:1", "urn:report:2", "urn:report:3", 7]),
        "story": st.sampled_from(["a", "b"]),
        "updated": hours.map(at),
        "topics": st.lists(st.sampled_from(["Ice", "ice", "Öl", "Ol", "Sea", "All"]), max_size=3),
        "categories": st.lists(st.sampled_from(["media", "sport", "war"]), max_size=2),
        "authors": st.lists(st.sampled_from([{"name": "Ann"}, {"name": "ANN"}, {"name": "Bo"}]), max_size=2),
        "flags": st.just(["photo"]),
        "withdrawn": st.booleans(),
        "content": st.sampled_from(["<p>A.</p>", "<p>A.</p><!--members-only--><p>B.</p>"]),
        "access": st.sampled_from(["free", "members"]),
        "expires": hours.map(at),
    },
)
puts = st.tuples(st.just("put"), st.lists(st.tuples(st.sampled_from(KEYS), records), min_size=1, max_size=4))
steps = st.lists(
    st.one_of(
        puts,
        puts,
        st.tuples(
            st.sampled_from(["withdraw", "remove"]), st.sampled_from(["urn:report:1", "urn:report:2", 7])
        ),
        st.tuples(st.just("refresh"), hours),
        st.tuples(st.just("site"), st.integers(0, 2)),
    ),
    max_size=10,
)


def follow(store: Store, history: list[tuple[str, Any]]) -> Site:
    """Do what happened, and return the site that the store is of at last."""
    site, clock = SITE, START - timedelta(days=90)
    for what, value in history:
        if what == "put":
            keys = iter([key for key, _ in value])
            store.put((row for _, row in value), key=partial(take, keys))
        elif what == "withdraw":
            store.withdraw(value, when=START + timedelta(hours=1))
        elif what == "remove":
            store.remove(value)
        elif what == "refresh":
            clock = max(clock, START + timedelta(hours=value))
            with closing(connected(store.path, wait=1)) as connection:
                refresh(connection, site, clock)
        else:
            site = OTHER_SITES[value]
    return site


def take(keys: Iterator[str], _: object) -> str:
    return next(keys)


def catalogs(store: Store, site: Site, as_of: datetime) -> tuple[StoredCatalog, ReadCatalog]:
    stored = opened_catalog(store.path, site, as_of, wait=1, cache=ArticleCache())
    assert stored is not None
    return stored, ReadCatalog(site, StoredArticles(store.path, site), as_of)


def terms_of(axis: str, catalog: Catalog) -> list[str]:
    values = {
        "language": ["en", "az"],
        "category": ["media"],
        "topic": ["Ice", "Öl", "Sea"],
        "author": ["Ann", "Desk"],
        "flag": ["photo"],
        "year": ["2025"],
        "month": ["11", "12"],
    }
    known = AXES[axis].known
    return [term for term in values[axis] if known is None or term in known(catalog.site)]


def selections(catalog: Catalog) -> Iterator[dict[str, tuple[str, ...]]]:
    yield {}
    for axis in AXES:
        for term in terms_of(axis, catalog):
            yield {axis: (term,)}
    yield {"language": ("en",), "topic": ("Ice", "Sea")}
    yield {"author": ("Ann",), "flag": ("photo",)}
    yield {"year": ("2025",), "month": ("12",), "topic": ("Öl",)}
    yield {"year": ("2025",), "language": ("en",)}


def content_of(content: FeedContent) -> tuple[Any, ...]:
    candidates = [(each.rank, each.digest, each.article) for each in content.candidates]
    return candidates, content.tombstones, content.departed, content.has_enough


def answers(catalog: Catalog) -> dict[str, Any]:
    """Every answer of a catalog."""
    site, live = catalog.site, sorted(catalog.read(), key=lambda article: article.id or "")
    ids = [f"urn:report:{number}" for number in range(1, 4)] + ["https://report.example/7"]
    ids += [f"https://report.example/{name}" for name in ("snow", "rain", "%C9%99")]
    found: dict[str, Any] = {
        "as of": catalog.as_of,
        "findings": [str(finding) for finding in catalog.findings],
        "sources": dict(catalog.sources),
        "live": catalog.live,
        "next change": catalog.next_change,
        "withdrawn": sorted(catalog.withdrawn, key=lambda article: article.id or ""),
        "articles": live,
        "carried": sorted(
            ((each.rank, catalog.digest(each), each.article) for each in catalog.carried), key=str
        ),
        "translations": [catalog.translations(article) for article in live],
        "has": [catalog.has_article(own_id) for own_id in ids],
        "held back": [catalog.is_held_back(own_id) for own_id in ids],
        "set aside": [catalog.is_set_aside(own_id) for own_id in ids],
        "removed": [catalog.is_removed(own_id) for own_id in ids],
        "closed": [catalog.is_closed(own_id) for own_id in ids],
        "pages": [
            catalog.has_page_held_back(url, story, language)
            for url, story, language in product(
                ["https://report.example/snow", "/"], ["a", None], ["en", "az"]
            )
        ],
        "news": list(catalog.listed_news()),
        "newest": catalog.newest_listed(),
        "months": {month: list(catalog.stories(month)) for month in catalog.story_months()},
    }
    for number in range(len(site.feed_rules)):
        contents = catalog.feeds(number)
        found[f"feeds {number}"] = {terms: content_of(content) for terms, content in contents.items()}
        for combination in [*contents, ("en", "nothing")[: len(site.feed_rules[number].axes)]]:
            found[f"feed {number} {combination}"] = content_of(catalog.content(number, combination))
    for conditions in selections(catalog):
        for limit in (1, 10):
            found[f"select {conditions} {limit}"] = [each.rank for each in catalog.newest(conditions, limit)]
        without = catalog.newest(conditions, 10, {"topic": ("Ice",), "author": ("Bo",)})
        found[f"select {conditions} without"] = [each.rank for each in without]
    for facet, language in product(["topic", "author"], [*site.languages, None]):
        terms = catalog.first_seen.terms(facet, language)
        found[f"terms {facet} {language}"] = terms
        found[f"firsts {facet} {language}"] = [
            catalog.first_seen.first(facet, term, language) for term in [*terms, "Nobody"]
        ]
        for slug in ("ice", "ol", "ann"):
            found[f"alike {facet} {language} {slug}"] = list(catalog.terms_alike(facet, language, slug))
    return found


def asked(catalog: Catalog) -> dict[str, Any]:
    """What users ask of its newsroom."""
    newsroom = Newsroom.of(catalog)
    pages: list[dict[str, Any]] = [
        {},
        {"topic": ["Ice", "Öl"], "author": "Ann"},
        {"category": "media", "flag": "photo"},
    ]
    pages = [page for page in pages if "category" not in page or catalog.site.categories]
    found: dict[str, Any] = {path: newsroom.feed(path) for path in plan_of(catalog).with_parts}
    for language in catalog.site.languages:
        found[f"latest {language}"] = newsroom.latest(language)
        found[f"links {language}"] = [newsroom.alternate_links(language=language, **page) for page in pages]
    return found


def check(
    history: list[tuple[str, Any]], more: list[tuple[str, Any]], hour: float, database: Database = SQLITE
) -> None:
    with database.folder() as folder, Store(database.at(folder / "news.db"), SITE) as store:
        site = follow(store, history)
        as_of = START + timedelta(hours=hour + 49)
        stored, read = catalogs(store, site, as_of)
        expected = answers(read)
        assert answers(stored) == expected
        assert asked(stored) == asked(read)
        check_index(stored)
        before = states(stored)
        follow(store, [(what, value) for what, value in more if what in {"put", "withdraw", "remove"}])
        later, read = catalogs(store, site, as_of + timedelta(hours=hour + 1))
        assert answers(later) == answers(read)
        check_index(later)
        check_changes(stored, before, later)
        assert answers(stored) == expected  # what is put later isn't in it
        stored.close()
        later.close()


def check_index(catalog: StoredCatalog) -> None:
    """What only an indexed catalog answers fits what all catalogs do."""
    live: dict[tuple[int, tuple[str, ...]], str] = {}
    for number in range(len(catalog.site.feed_rules)):
        feeds = {terms for terms, content in catalog.feeds(number).items() if content.has_enough}
        assert set(catalog.feed_terms(number)) == feeds
        live |= {(number, terms): plain_path(number, terms, catalog.site) for terms in feeds}
    assert all(catalog.has_feed(*key) for key in live)
    assert not catalog.has_feed(0, ("xx",))
    for plain in {*live.values(), "nowhere"}:
        assert sorted(catalog.feeds_wanting(plain)) == sorted(
            key for key, path in live.items() if path == plain
        )
    for term in ("Ice", "Sea"):
        of_term = [
            key for key in live if ("topic", term) in zip(rule_axes(catalog, key[0]), key[1], strict=True)
        ]
        assert sorted(catalog.feeds_with("topic", term)) == sorted(of_term)


def rule_axes(catalog: Catalog, number: int) -> tuple[str, ...]:
    return catalog.site.feed_rules[number].axes


def states(catalog: StoredCatalog) -> dict[str, Any]:
    """What a publish would write of each feed, article and month."""
    feeds = {
        (number, terms): ([(each.rank, catalog.digest(each)) for each in content.candidates], content[1:])
        for number in range(len(catalog.site.feed_rules))
        for terms, content in catalog.feeds(number).items()
    }
    articles = {article.id: article for article in catalog.read()}
    months = {month: list(catalog.stories(month)) for month in catalog.story_months()}
    return {"feeds": feeds, "articles": articles, "months": months, "findings": set(catalog.findings)}


def check_changes(earlier: StoredCatalog, before: dict[str, Any], later: StoredCatalog) -> None:
    """Everything that differs is among the changes; where anything changed the revision is another."""
    changes, after = later.changes_since(earlier.revision), states(later)
    for name, known in zip(("feeds", "articles", "months"), changes[:3], strict=True):
        keys = before[name].keys() | after[name].keys()
        differing = {key for key in keys if before[name].get(key) != after[name].get(key)}
        assert differing <= set(known), name
        assert len(list(known)) == len(set(known))
    new = {found for found in after["findings"] - before["findings"] if found.code not in IN_CONFLICT}
    assert new <= set(changes.findings) <= after["findings"]
    assert later.revision > earlier.revision or not any(map(list, changes))


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(steps, steps, st.sampled_from([0, 1, 2, 48]))
def test_the_index_gives_the_catalog_that_reading_gives(
    history: list[tuple[str, Any]], more: list[tuple[str, Any]], hour: float
) -> None:
    check(history, more, hour)


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(steps, steps, st.sampled_from([0, 1, 2, 48]))
def test_the_index_in_postgresql_too(
    postgresql: Postgresql, history: list[tuple[str, Any]], more: list[tuple[str, Any]], hour: float
) -> None:
    check(history, more, hour, postgresql)


@settings(max_examples=3, deadline=None)
@given(steps, steps, st.sampled_from([0, 1, 2, 48]))
def test_the_same_of_a_few(history: list[tuple[str, Any]], more: list[tuple[str, Any]], hour: float) -> None:
    check(history, more, hour)
