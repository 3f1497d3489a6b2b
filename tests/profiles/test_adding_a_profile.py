"""A partner's profile is added by a file in profiles/, or by a plug-in."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import make_site
from tests.distributions import install, run

from newsfeed import Article, FeedRule, InvalidValue, Newsroom, profiles
from newsfeed.profiles import PROFILES, profile_named

PROFILE = """
from newsfeed.model.profile import Profile

PROFILE = Profile(
    name="zz-reader",
    title="News Reader",
    namespaces={"nr": "urn:zz-reader"},
    elements={"nr:kind": "{extra.kind:text}"},
)
"""
BUILD = """
import newsfeed
from datetime import UTC, datetime
noon = datetime(2025, 12, 19, tzinfo=UTC)
snow = newsfeed.Article(url="https://report.example/snow", language="en", title="Snow", published=noon)
rule = newsfeed.FeedRule(path="all", profile="zz-reader")
site = newsfeed.Site(title="Report", url="https://report.example/", languages=["en"], feeds=[rule])
try:
    print(newsfeed.Newsroom(site, [snow]).feed("all").rss().decode())
except newsfeed.NewsfeedError as error:
    print(type(error).__name__, error, sep=": ")
"""


def test_the_files_are_named_like_their_profiles() -> None:
    folder = Path(profiles.__file__).parent
    files = {file.stem.replace("_", "-") for file in folder.glob("*.py")} - {"--init--"}
    assert files == {*PROFILES.own}


def test_a_file_adds_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    newsroom: Callable[..., Newsroom],
    article: Callable[..., Article],
) -> None:
    (tmp_path / "zz_reader.py").write_text(PROFILE)
    assert "zz-reader" not in PROFILES.own
    monkeypatch.setattr(profiles, "__path__", [*profiles.__path__, str(tmp_path)])
    monkeypatch.delitem(vars(PROFILES), "own")  # list them again
    room = newsroom(article("snow"), site=make_site(feeds=[FeedRule(path="all", profile="zz-reader")]))
    sys.modules.pop("newsfeed.profiles.zz_reader", None)
    assert b"<nr:kind>text</nr:kind>" in room.feed("all").rss()
    assert profile_named("zz-reader").partner == "News Reader"
    with pytest.raises(InvalidValue, match="there is no profile 'zzreader'. Did you mean 'zz-reader'?"):
        profile_named("zzreader")


@pytest.mark.slow
def test_a_plug_in_adds_one(tmp_path: Path) -> None:
    entry_points = "[newsfeed.profiles]\nzz-reader = reader_profile:PROFILE\n"
    install(tmp_path, "reader-profile", entry_points, {"reader_profile.py": PROFILE})
    assert "<nr:kind>text</nr:kind>" in run(BUILD, tmp_path)
    (tmp_path / "reader_profile.py").write_text("PROFILE = {}")
    assert run(BUILD, tmp_path).strip() == (
        "InvalidPlugin: the plug-in 'zz-reader' (newsfeed.profiles, from reader-profile 1.0) can't be used: "
        "reader_profile:PROFILE is a dict, not a Profile. Report this to its authors."
    )
