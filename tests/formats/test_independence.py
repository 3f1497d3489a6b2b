"""Laws of sameness, for any articles: the bytes depend on nothing but the site, the articles and the moment."""

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.articles import AS_OF, RICH_SITE, many_articles, sites
from tests.formats.elsewhere import Elsewhere, digest_of, documents

from newsfeed import Article, FeedRule, Newsroom, Site

pytestmark = pytest.mark.slow

#: Every axis of a path, over few articles: each set that is walked without an order would show.
RULES = [
    FeedRule(path=path)
    for path in (
        "{language}/all",
        "{language}/topic/{topic}",
        "{language}/author/{author}",
        "{flag}",
        "{year}",
    )
]
WIDE_SITE = msgspec.structs.replace(RICH_SITE, feeds=tuple(RULES), derive_flags=True, timezone="Asia/Baku")


@settings(max_examples=50)
@given(made=many_articles, site=sites, data=st.data())
def test_the_order_of_the_input(made: list[Article], site: Site, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(made))
    assert digest_of(Newsroom(site, shuffled, as_of=AS_OF)) == digest_of(Newsroom(site, made, as_of=AS_OF))


ENVIRONMENTS = {
    "hash seed": {"PYTHONHASHSEED": "1"},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale of C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.fixture(scope="module", params=list(ENVIRONMENTS.values()), ids=list(ENVIRONMENTS))
def elsewhere(request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    with Elsewhere(request.param) as started:
        yield started


@settings(max_examples=25)
@given(made=many_articles)
def test_the_machine(elsewhere: Elsewhere, made: list[Article]) -> None:
    here = digest_of(Newsroom(WIDE_SITE, made, as_of=AS_OF))
    assert elsewhere.digest_of(WIDE_SITE, made, AS_OF) == here


@pytest.fixture(scope="module")
def in_turkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A machine that writes 1,5 for 1.5 and Kasım for November."""
    maker, folder = shutil.which("localedef"), tmp_path_factory.mktemp("locales")
    if maker is None:
        pytest.skip("no localedef to make a locale with")
    made = subprocess.run(
        [maker, "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("localedef can't make Turkish here")
    with Elsewhere({"LOCPATH": str(folder), "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}) as started:
        yield started


@settings(max_examples=25)
@given(made=many_articles)
def test_the_locale(in_turkey: Elsewhere, made: list[Article]) -> None:
    here = digest_of(Newsroom(WIDE_SITE, made, as_of=AS_OF))
    assert in_turkey.digest_of(WIDE_SITE, made, AS_OF) == here


@settings(max_examples=50)
@given(made=many_articles, site=sites)
def test_the_number_of_threads(made: list[Article], site: Site) -> None:
    expected = [write() for write in documents(Newsroom(site, made, as_of=AS_OF))]
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(write) for write in documents(Newsroom(site, made, as_of=AS_OF))]
        assert [job.result() for job in jobs] == expected


def test_newsrooms_that_are_published_side_by_side(tmp_path: Path, newsroom: Any, article: Any) -> None:
    made = [article(f"a{number}", content=f"<p>{number}</p>", topics=["x"]) for number in range(20)]

    def published(name: str) -> dict[str, bytes]:
        newsroom(*made).publish(tmp_path / name)
        files = (file for file in (tmp_path / name).rglob("*") if file.suffix in {".rss", ".atom", ".json"})
        return {file.relative_to(tmp_path / name).as_posix(): file.read_bytes() for file in files}

    alone = published("alone")
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(published, "abcd")) == [alone] * 4
