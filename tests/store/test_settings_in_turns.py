"""Programs whose settings differ make each other do everything anew: a publish tells that, an edit of the settings doesn't."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from tests.store.test_moving import SITE_OF_FILES, snow

from newsfeed import Finding, Site, Store
from newsfeed.findings import Place

RENAMED = msgspec.structs.replace(SITE_OF_FILES, title="The Report")
SPOKEN = msgspec.structs.replace(SITE_OF_FILES, languages=["en", "az"])
THIRD = msgspec.structs.replace(SITE_OF_FILES, title="Another")


def published(site: Site, folder: Path, output: str = "public") -> Sequence[Finding]:
    with Store(folder / "news.db", site) as store:
        return [each for each in store.publish(folder / output).changed if each.code == "NF120"]


@pytest.mark.parametrize("other", [RENAMED, SPOKEN])
def test_two_programs_publish_in_turns(other: Site, tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(snow(1))
    turns = [published(site, tmp_path) for site in (SITE_OF_FILES, other) * 2]
    assert turns == [
        [],
        [],
        [],
        [
            Finding(
                code="NF120",
                severity="warning",
                place=Place(file=str(tmp_path / "news.db")),
                reason="programs with different settings, or versions of newsfeed, use this store in turns, "
                "so everything is compared each time",
                remedy="give all of them the same newsroom.toml, or Site and extensions, and the same version",
            )
        ],
    ]


def test_one_publishes_and_the_other_reads(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store, Store(store.path, SPOKEN) as other:
        store.put(snow(1))
        told = []
        for _ in range(3):
            told.append(len(published(SITE_OF_FILES, tmp_path)))
            other.newsroom()
        assert told == [0, 0, 1]


@pytest.mark.parametrize(
    "edits", [(RENAMED, SITE_OF_FILES, THIRD, RENAMED), (RENAMED, SITE_OF_FILES, SITE_OF_FILES)]
)
def test_settings_that_somebody_edits(edits: Sequence[Site], tmp_path: Path) -> None:
    """Going back once is no sign of two programs."""
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(snow(1))
    assert [published(site, tmp_path) for site in (SITE_OF_FILES, *edits)] == [[]] * (len(edits) + 1)


def test_each_to_a_folder_of_its_own(tmp_path: Path) -> None:
    """What differs doesn't matter to the index, so no publish costs more because of the other."""
    with Store(tmp_path / "news.db", SITE_OF_FILES) as store:
        store.put(snow(1))
    for _ in range(3):
        assert published(SITE_OF_FILES, tmp_path) == []
        assert published(RENAMED, tmp_path, "other") == []
