"""`newsfeed diff --ids`: which articles subscribers would see as new if one feed took the place of another."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run, Write

RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Report</title>{}</channel></rss>
"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Report</title>{}</feed>
"""


def rss(*items: tuple[str, str, str]) -> str:
    return RSS.format(
        "".join(f"<item><guid>{a}</guid><link>{b}</link><title>{c}</title></item>" for a, b, c in items)
    )


def atom(*items: tuple[str, str, str]) -> str:
    return ATOM.format(
        "".join(f'<entry><id>{a}</id><link href="{b}"/><title>{c}</title></entry>' for a, b, c in items)
    )


def json_feed(*items: tuple[object, str, str]) -> str:
    listed = [{"id": name, "url": url, "title": title} for name, url, title in items]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Report", "items": listed})


SNOW = ("tag:a,2025:snow", "https://report.example/en/snow", "Snow")
RAIN = ("tag:a,2025:rain", "https://report.example/en/rain", "Rain")
HAIL = ("tag:a,2025:hail", "https://report.example/en/hail", "Hail")


@pytest.mark.parametrize("old", [rss, atom, json_feed])
@pytest.mark.parametrize("new", [rss, atom, json_feed])
def test_the_same_ids_in_any_two_formats(run: Run, tmp_path: Path, old: object, new: object) -> None:
    (tmp_path / "old").write_text(old(SNOW, RAIN))  # type: ignore[operator]
    (tmp_path / "new").write_text(new(RAIN, SNOW))  # type: ignore[operator]
    result = run("diff", "--ids", "old", "new")
    assert result.exit_code == 0
    assert result.stdout == "old and new: 2 ids in both\nSubscribers would see nothing new.\n"


def test_what_subscribers_would_see(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.rss").write_text(rss(SNOW, RAIN, ("gone", "https://report.example/gone", "Gone")))
    moved = ("https://report.example/en/snow", SNOW[1], "Snow in Baku")
    (tmp_path / "new.atom").write_text(atom(moved, RAIN, HAIL))
    result = run("diff", "--ids", "old.rss", "new.atom")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "old.rss and new.atom: 1 id in both",
        "  ~ tag:a,2025:snow is now https://report.example/en/snow  (Snow in Baku)",
        "  + tag:a,2025:hail  (Hail)",
        "  - gone  (Gone)",
        (
            "Subscribers would see as new: 1 article with another id (~), "
            "1 article that the old feed lacks (+)."
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://a.example/1", "https://a.example/1/"),
        ("http://a.example/1", "https://a.example/1"),
        ("tag:a.example,2025:/1", "tag:a.example,2025:/1/"),
        ("ABC", "abc"),
        ("1", "https://a.example/ids/1"),
    ],
)
def test_ids_are_compared_letter_for_letter(run: Run, tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "old.rss").write_text(rss((old, "https://a.example/1", "One")))
    (tmp_path / "new.rss").write_text(rss((new, "https://a.example/1", "One")))
    result = run("diff", "--ids", "old.rss", "new.rss")
    assert (result.exit_code, f"  ~ {old} is now {new}  (One)" in result.stdout) == (1, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(("1", "http://www.a.example/1?utm_source=rss", "X"), ("2", "https://a.example/1/", "Y"), id="place"),
        pytest.param(("1", "https://a.example/1?ref=feed", "X"), ("2", "https://a.example/1", "Y"), id="reference"),
        pytest.param(("1", "https://a.example/?p=1", "A  Title"), ("2", "https://b.example/1", "a title"), id="title"),
    ],
)  # fmt: skip
def test_the_same_article_is_known_by_its_address_or_title(
    run: Run, tmp_path: Path, old: tuple[str, str, str], new: tuple[str, str, str]
) -> None:
    (tmp_path / "old.rss").write_text(rss(old))
    (tmp_path / "new.rss").write_text(rss(new))
    assert "  ~ 1 is now 2" in run("diff", "--ids", "old.rss", "new.rss").stdout


def test_a_title_of_two_articles_says_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.rss").write_text(rss(("1", "", "News"), ("2", "", "News")))
    (tmp_path / "new.rss").write_text(rss(("3", "", "News"), ("4", "", "News")))
    lines = run("diff", "--ids", "old.rss", "new.rss").stdout.splitlines()
    assert [line[:5] for line in lines[1:5]] == ["  + 3", "  + 4", "  - 1", "  - 2"]


def test_an_article_without_an_id_is_known_by_its_address_as_in_readers(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.rss").write_text(RSS.format("<item><link>https://a.example/1</link></item>"))
    (tmp_path / "new.json").write_text(json_feed(("https://a.example/1", "https://a.example/1", "One")))
    assert run("diff", "--ids", "old.rss", "new.json").exit_code == 0


def test_a_number_in_a_json_feed_is_its_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(json_feed((17, "https://a.example/1", "One")))
    (tmp_path / "new.rss").write_text(rss(("17", "https://a.example/1", "One")))
    assert run("diff", "--ids", "old.json", "new.rss").exit_code == 0


class TestFolders:
    def test_each_old_feed_is_held_against_the_new_one_that_has_its_articles(
        self, run: Run, tmp_path: Path
    ) -> None:
        for name, text in {
            "old/feeds/all.atom.xml": atom(SNOW, RAIN, HAIL),
            "old/feeds/weather.rss.xml": rss(SNOW),
            "new/en/all.rss": rss(SNOW, RAIN, HAIL),
            "new/en/all.atom": atom(SNOW, RAIN, HAIL),
            "new/en/topic/weather.rss": rss(SNOW),
            "new/feeds.json": '{"feeds": []}',
        }.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        result = run("diff", "--ids", "old", "new")
        assert result.stdout.splitlines() == [
            "old/feeds/all.atom.xml and new/en/all.atom: 3 ids in both",
            "old/feeds/weather.rss.xml and new/en/topic/weather.rss: 1 id in both",
            "Subscribers would see nothing new.",
        ]

    def test_a_feed_against_what_a_build_wrote(self, run: Run, write: Write, tmp_path: Path) -> None:
        write()
        run("build", "mysite")
        (tmp_path / "old.rss").write_text(rss(("1", "https://report.example/en/snow", "Snow in Baku")))
        result = run("diff", "--ids", "old.rss", "public")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[:2] == [
            "old.rss and public/en/all.rss: 0 ids in both",
            "  ~ 1 is now https://report.example/en/snow  (Snow in Baku)",
        ]

    def test_a_feed_without_a_successor(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "new").mkdir()
        for name in ("one", "two"):
            (tmp_path / f"new/{name}.rss").write_text(rss(SNOW))
        (tmp_path / "old.rss").write_text(rss(RAIN))
        result = run("diff", "--ids", "old.rss", "new")
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            "old.rss: no feed in new has any of its articles (1)",
            "Some feeds have no successor; see above.",
        ]


def test_for_machines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.rss").write_text(rss(SNOW, RAIN))
    (tmp_path / "new.rss").write_text(rss(("2", SNOW[1], "Snow")))
    result = run("diff", "--ids", "--json", "old.rss", "new.rss")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "news": 1,
        "feeds": [
            {
                "old": "old.rss",
                "new": "new.rss",
                "same": [],
                "changed": [{"old": SNOW[0], "new": "2", "title": "Snow"}],
                "added": [],
                "dropped": [{"id": RAIN[0], "url": RAIN[1], "title": "Rain"}],
            }
        ],
    }


def test_control_characters_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(json_feed(("\x1b[31m", "", "\x1b[31mred")))
    (tmp_path / "new.json").write_text(json_feed(("\x1b[32m", "", "\x1b[32mgreen")))
    assert "\x1b" not in run("diff", "--ids", "old.json", "new.json").stdout


def test_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.rss").write_text(rss(SNOW))
    result = run("diff", "--ids", "-", "new.rss", input=rss(SNOW))
    assert result.stdout.splitlines()[0] == "standard input and new.rss: 1 id in both"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ["--ids", "old.rss"],
            "--ids compares two feeds, each a file or a folder: newsfeed diff --ids old.rss public/en/all.rss",
        ),
        (
            ["--ids", "old.rss", "old.rss", "old.rss"],
            "--ids compares two feeds, each a file or a folder: newsfeed diff --ids old.rss public/en/all.rss",
        ),
        (
            ["mysite", "old.rss"],
            "diff takes one newsroom, not 2 paths; to compare the ids of two feeds, use newsfeed diff --ids OLD NEW",
        ),
        (["--ids", "old.rss", "nowhere"], "there is no file or folder nowhere"),
        (["--ids", "old.rss", "empty"], "there are no feeds in empty: no RSS, Atom or JSON Feed files"),
        (
            ["--ids", "old.rss", "mysite"],
            "mysite is a newsroom; build it first with newsfeed build mysite -o public, and name the folder public",
        ),
        (
            ["--ids", "old.rss", "page.html"],
            "page.html can't be read as a feed: this is an HTML page, not a feed",
        ),
        (
            ["--ids", "list.opml", "old.rss"],
            "list.opml isn't an RSS, Atom or JSON Feed document; name a feed",
        ),
        (
            ["--ids", "broken.rss", "old.rss"],
            "broken.rss can't be read as a feed: it ends inside <rss>, which begins on line 1",
        ),
        (
            ["--ids", "https://report.example/feed", "old.rss"],
            (
                "https://report.example/feed is an address, but nothing is fetched; save the feed first: "
                "curl -s https://report.example/feed -o old.rss"
            ),
        ),
        (["--ids", "-", "-"], "only one of the two feeds can be standard input"),
        (
            ["--ids", "old.rss", "old.rss", "-o", "public"],
            "-o is for a newsroom, but --ids compares published feeds; leave it out",
        ),
        (
            ["--ids", "old.rss", "old.rss", "--as-of", "2026-01-01"],
            "--as-of is for a newsroom, but --ids compares published feeds; leave it out",
        ),
    ],
)
def test_wrong_usage(run: Run, write: Write, tmp_path: Path, arguments: list[str], problem: str) -> None:
    write()
    (tmp_path / "empty").mkdir()
    (tmp_path / "old.rss").write_text(rss(SNOW))
    (tmp_path / "broken.rss").write_text("<rss>")
    (tmp_path / "page.html").write_text("<html><title>Not found</title></html>")
    (tmp_path / "list.opml").write_text("<opml version='2.0'/>")
    result = run("diff", *arguments)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"Error: {problem}"
