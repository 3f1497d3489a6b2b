"""The benchmarks run, and compare like with like. No test looks at how long anything took."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks.__main__ import PARTS, main
from tests.benchmarks.archives import exponent
from tests.benchmarks.feedgen_live import FeedgenSite
from tests.benchmarks.feedgen_loop import paths_of
from tests.benchmarks.flat import Ready
from tests.benchmarks.floor import FLOOR
from tests.benchmarks.live_articles import archive_of, corrected, news
from tests.benchmarks.live_stores import prepared
from tests.benchmarks.measuring import interleaved, ratios, run
from tests.benchmarks.newsrooms import LANGUAGES, Size, articles_of, line_of, one_more, write_newsroom
from tests.benchmarks.peers.all import MODULES, installed, missing
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.reading import Said, entries_in, features_in
from tests.benchmarks.sizes import QUICK
from tests.benchmarks.table import Table

from newsfeed import Feed, Store
from newsfeed.sources.newsroom_toml import read_site

pytestmark = pytest.mark.slow

PAIRS = [(module, form) for module in MODULES for form in ("rss", "atom")]

#: A time, a ratio with its spread, an amount, a count.
FIGURE = re.compile(r"-?[\d.,]+(e-\d+)?( m?s| MB| bytes| of [\d,]+)?( \([\d.,]+–[\d.,]+\))?")


@pytest.fixture(scope="module")
def ready() -> Ready:
    return Ready(entries=12, body=1_000)


@pytest.fixture(scope="module")
def tables() -> Mapping[str, Table]:
    return {part: measure(QUICK) for part, measure in PARTS.items()}


def peers_of(module: str, form: str) -> list[Peer]:
    package = MODULES[module]
    if package in missing():
        pytest.skip(f"{package} is not installed: pip install --group benchmarks")
    return [peer for peer in installed() if peer.package == package and form in peer.formats]


def said_by(feed: Feed) -> list[Said]:
    return [
        Said(
            id=entry.id,
            title=entry.title,
            url=entry.url,
            summary=(entry.summary or "").replace("&", "&amp;").replace("<", "&lt;"),
            content=entry.content or "",
            published=entry.published,
        )
        for entry in feed.entries
    ]


@pytest.mark.parametrize(("module", "form"), PAIRS)
def test_peers_write_the_same_entries(ready: Ready, module: str, form: str) -> None:
    for peer in peers_of(module, form):
        (document,) = peer.write(ready.fresh(), [form])
        assert entries_in(document, form) == said_by(ready.fresh()), peer.name


@pytest.mark.parametrize(("module", "form"), PAIRS)
def test_peers_have_categories_and_dates_of_change_as_far_as_they_can(
    ready: Ready, module: str, form: str
) -> None:
    for peer in peers_of(module, form):
        (document,) = peer.write(ready.fresh(), [form])
        assert features_in(document, form) >= (
            {"categories"} if form == "rss" else {"author", "when it changed"}
        )


def test_newsfeed_writes_every_feature(ready: Ready) -> None:
    rss, atom = installed()[0].write(ready.fresh(), ["rss", "atom"])
    assert features_in(atom, "atom") - features_in(rss, "rss") == {"their labels"}
    assert "translations" in features_in(rss, "rss")


def test_a_peer_writes_both_formats_as_it_writes_each(ready: Ready) -> None:
    for peer in installed():
        together = peer.write(ready.fresh(), peer.formats)
        for form, document in zip(peer.formats, together, strict=True):
            assert entries_in(document, form) == said_by(ready.fresh())


def test_fresh_feeds_share_no_entry_and_no_text(ready: Ready) -> None:
    (first, *_), (second, *_) = ready.fresh().entries, ready.fresh().entries
    assert first == second
    assert first is not second
    assert first.content is not second.content


def test_the_loop_around_feedgen_writes_the_feeds_that_newsfeed_writes(tmp_path: Path) -> None:
    write_newsroom(tmp_path / "newsroom", Size(articles=90, body=500, cms=False), limit=5)
    run("-m", "newsfeed", "build", tmp_path / "newsroom", "-o", tmp_path / "ours")
    run("-m", "tests.benchmarks.feedgen_loop", tmp_path / "newsroom", tmp_path / "theirs")
    ours, theirs = feeds_below(tmp_path / "ours"), feeds_below(tmp_path / "theirs")
    assert sum(map(bool, theirs.values())) > 100
    assert theirs == {path: said for path, said in ours.items() if said}


def test_the_live_loop_rewrites_what_a_store_publishes_for_one_article(tmp_path: Path) -> None:
    stores = prepared(tmp_path / "90", 90, repeats=1)
    site, _ = read_site(stores.two_formats)
    ours, theirs = stores.two_formats / "public", stores.loop / "public"
    articles = news(1, 90)
    with stores.open_loop() as loop, Store(str(site.store), site) as store:
        for change in (articles, [corrected(articles[0])]):
            store.put(change)
            report = store.publish(ours)
            loop.publish(change)
            written = {path for path in report.written if path.endswith((".rss", ".atom"))}
            assert written == {f"{path}.{form}" for path in paths_of(change[0]) for form in ("rss", "atom")}
            for path in written:
                form = path.rpartition(".")[2]
                assert without_html(theirs / path, form) == without_html(ours / path, form)
                assert change[0]["title"] in {said.title for said in without_html(ours / path, form)}


def without_html(file: Path, form: str) -> list[Said]:
    """Read the entries of a feed but for their content: the loop cleans HTML in a simpler way."""
    return [said._replace(content="") for said in entries_in(file.read_bytes(), form)]


def test_the_live_loop_rewrites_a_feed_that_an_article_leaves_and_removes_an_empty_one(
    tmp_path: Path,
) -> None:
    (article, other) = (made | {"language": "en", "categories": ["sport"]} for made in news(2, 0))
    politics, sport = (tmp_path / f"en/category/{term}.rss" for term in ("politics", "sport"))
    with FeedgenSite(tmp_path / "articles.db", tmp_path) as loop:
        loop.publish([article, other])
        loop.publish([article | {"categories": ["politics"]}])
        assert [said.id for said in entries_in(politics.read_bytes(), "rss")] == [article["id"]]
        assert [said.id for said in entries_in(sport.read_bytes(), "rss")] == [other["id"]]
        loop.publish([other | {"categories": ["politics"]}])
        assert not sport.exists()
        assert not sport.with_suffix(".atom").exists()


def test_an_article_comes_to_feeds_that_are_full_from_a_thousand_articles_on() -> None:
    entries = Counter(path for article in archive_of(1_000) for path in paths_of(article))
    for _ in range(20):
        (article,) = news(1, 1_000)
        feeds = {*paths_of(article)}
        assert len(feeds) == 6
        assert all(entries[feed] >= 50 for feed in feeds), feeds


def test_news_are_the_newest_and_have_no_topic_that_the_archive_lacks() -> None:
    archive = [*archive_of(300)]
    articles = [*news(40, 300), *news(40, 300)]
    dates = [article["published"] for article in [*archive, *articles]]
    assert dates == sorted(dates)
    assert len({article["id"] for article in articles}) == 80
    assert topics_of(articles) <= topics_of(archive)
    assert len(topics_of(archive)) == 105


def topics_of(articles: list[dict[str, Any]]) -> set[str]:
    return {topic for article in articles for topic in article["topics"]}


def test_kept_stores_are_used_again(tmp_path: Path) -> None:
    (tmp_path / "30" / "default").mkdir(parents=True)  # what an interrupted run left
    filled, found = (prepared(tmp_path / "30", 30, repeats=1) for _ in range(2))
    assert {what: len(costs) for what, costs in filled.wholes.items()} == {
        "all: a streamed build": 1,
        "all: the first put": 1,
        "all: a full publish": 1,
    }
    assert found == filled._replace(wholes={})


def feeds_below(folder: Path) -> dict[str, list[Said]]:
    return {
        path.relative_to(folder).as_posix(): entries_in(path.read_bytes(), path.suffix[1:])
        for path in folder.rglob("*")
        if path.suffix in {".rss", ".atom"}
    }


def test_every_part_gives_its_table(tables: Mapping[str, Table]) -> None:
    assert {part: table.title for part, table in tables.items()} == {
        "flat": "A flat feed",
        "site": "A site",
        "changes": "Changes",
        "archives": "Archives",
        "live": "Live",
        "django": "A save in Django",
        "html": "HTML",
        "import": "Import",
    }


@pytest.mark.parametrize("part", ["site", "changes", "django"])
def test_every_cell_is_a_figure(tables: Mapping[str, Table], part: str) -> None:
    for _, *figures in tables[part].rows:
        assert all(FIGURE.fullmatch(figure) for figure in figures), figures


def test_the_flat_table_has_everything_that_is_installed(tables: Mapping[str, Table]) -> None:
    measured = {(forms, name) for forms, name, *_ in tables["flat"].rows}
    names = {"rss": "RSS", "atom": "Atom"}
    assert {(names[form], peer.name) for peer in installed() for form in peer.formats} <= measured
    assert {("RSS + Atom", name) for name in FLOOR} <= measured
    assert all(package in " ".join(tables["flat"].notes) for package in missing())


def test_one_article_more_touches_its_feeds_and_nothing_touches_none(tables: Mapping[str, Table]) -> None:
    touched = {name: figures[-1] for name, *figures in tables["changes"].rows}
    everything, files = touched["everything is new"].split(" of ")
    assert everything == files
    assert 0 < int(touched["one article more"].split(" of ")[0]) < int(files) / 10
    assert touched["nothing"].startswith("0 of ")


def test_one_part_is_measured_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--quick", "--repeats", "1"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Measured on ")
    assert printed.count("## ") == 1
    assert "| `import newsfeed`" in printed


def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["speed"])
    assert "'speed'" in capsys.readouterr().err


@pytest.mark.parametrize("sizes", ["many", "0", "1000,", "1_000"])
def test_sizes_that_cannot_be_read_are_refused(capsys: pytest.CaptureFixture[str], sizes: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["live", "--sizes", sizes])
    said = f"argument --sizes: can't read '{sizes}'. Write numbers like 1000,10000\n"
    assert capsys.readouterr().err.endswith(said)


def test_the_same_seed_gives_the_same_articles() -> None:
    size = Size(articles=30, body=1_000)
    assert [*articles_of(size)] == [*articles_of(size)]
    assert [*articles_of(size)] != [*articles_of(size, seed=2)]


def test_articles_are_as_asked_for() -> None:
    size = Size(articles=3_000, body=2_000, categories=20, topics=300, authors=30, cms=False)
    articles = [*articles_of(size)]
    assert len({article["id"] for article in articles}) == 3_000
    assert {article["language"] for article in articles} == {*LANGUAGES}
    assert len({term for article in articles for term in article["categories"]}) == 20
    assert len({topic for article in articles for topic in article["topics"]}) == 300
    assert len({author["name"] for article in articles for author in article["authors"]}) == 30
    assert len({flag for article in articles for flag in article["flags"]}) == 5
    assert all(2_000 <= len(article["content"].encode()) < 2_700 for article in articles)


def test_one_article_more_is_new_and_the_newest() -> None:
    size = Size(articles=30, body=100)
    article = one_more(size)
    assert article["published"] > max(other["published"] for other in articles_of(size))
    assert article["id"] not in {other["id"] for other in articles_of(size)}
    assert line_of(article).endswith(b"}\n")


def test_memory_is_that_of_the_process_and_not_of_its_parent() -> None:
    held = bytearray(60_000_000)
    assert run("-c", "pass").cost.peak < 40_000_000
    assert run("-c", "held = bytearray(60_000_000)").cost.peak > len(held)


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        run("-c", "raise SystemExit('no such thing')")


def test_repeats_measure_every_row_in_turn() -> None:
    asked: list[str] = []
    rows = {name: partial(asked.append, name) for name in ("one", "two")}
    interleaved(rows, repeats=2)
    assert asked == ["one", "two", "two", "one"]


@pytest.mark.parametrize(
    ("figures", "base", "expected"),
    [
        ([6.0], [2.0], "3"),
        ([6.0, 4.0, 20.0], [2.0, 2.0, 4.0], "3 (2–5)"),
    ],
)
def test_ratios_are_taken_repeat_by_repeat(figures: list[float], base: list[float], expected: str) -> None:
    assert ratios(figures, base) == expected


def test_the_exponent_is_the_slope_between_logarithms() -> None:
    assert exponent({10: 5.0, 1_000: 5.0}) == 0
    assert exponent({10: 2.0, 100: 20.0, 1_000: 200.0}) == pytest.approx(1)


def test_a_table_stands_in_line() -> None:
    table = Table("Speed", "Of two.", ("by", "time"), [("a snail", "3 h"), ("us", "1 s")], ["Slowly."])
    assert str(table) == (
        "## Speed\n\nOf two.\n\n"
        "| by      | time |\n| ------- | ---- |\n| a snail | 3 h  |\n| us      | 1 s  |\n\n- Slowly.\n"
    )
