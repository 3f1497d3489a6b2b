"""No way out of the folder: whatever a path says, nothing outside of it, and nothing hidden in it, is served."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.web.conftest import Ask, asking, rss

from newsfeed.web.folder import PublishedFolder
from newsfeed.web.paths import document_path, reference

Write = Callable[..., Path]

SECRET = b"root:x:0:0"


@pytest.fixture
def secret(public: Path) -> Path:
    """A file beside the folder."""
    file = public.parent / "secret.txt"
    file.write_bytes(SECRET)
    return file


#: As they stand in a request; a server decodes them once.
WAYS = [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/en/../../secret.txt",
    "/en/%2e%2e/%2e%2e/secret.txt",
    "/en/..%2f..%2fsecret.txt",
    "/en/.%2e/.%2e/secret.txt",
    "/%252e%252e/secret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/en\\..\\..\\secret.txt",
    "//secret.txt",
    "/./../secret.txt",
    "/en/..;/../secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/en/all.rss%00.html",
    "/%00",
    "/en/all.rss/../../../secret.txt",
    "/C:/secret.txt",
    "/en/all.rss::$DATA",
    "/.hidden.rss",
    "/.git/config",
    "/en/.git/config",
    "/en/./all.rss",
    "/en//all.rss",
    "/en/all.rss/",
    "/en/all.rss/x",
    "/en/all.rss%0d%0aSet-Cookie:%20a=b",
    "/" + "a/" * 5000,
    "/" + "a" * 300,
    "/" + "a" * 5000,
    "/\ud800",
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: ascii(way[:40]))
def test_nothing_is_at_such_an_address(ask: Ask, write: Write, secret: Path, way: str) -> None:
    write(".hidden.rss", SECRET)
    write(".git/config", SECRET)
    write("en/.git/config", SECRET)
    assert secret.exists()
    for path in (way, unquote(way, errors="surrogateescape"), str(secret)):
        for accept in ("text/html", "*/*"):
            answer = ask(path, accept=accept)
            assert answer.status == 404
            assert SECRET not in answer.body
            assert b"secret" not in answer.body
            assert b"hidden" not in answer.body


class TestLinks:
    def test_one_inside_the_folder_is_followed(self, ask: Ask, public: Path) -> None:
        (public / "latest.rss").symlink_to(public / "en/all.rss")
        (public / "english").symlink_to("en")
        assert ask("/latest.rss").body == ask("/english/all.rss").body == ask("/en/all.rss").body

    @pytest.mark.parametrize("target", ["../secret.txt", "ABSOLUTE", "en/../../secret.txt", "out/secret.txt"])
    def test_one_that_leads_out_is_nothing(self, ask: Ask, public: Path, secret: Path, target: str) -> None:
        (public / "out").symlink_to("..")
        (public / "x.txt").symlink_to(target.replace("ABSOLUTE", str(secret)))
        assert ask("/x.txt").status == ask("/out/secret.txt").status == ask("/out/").status == 404

    def test_nor_one_to_what_is_hidden(self, ask: Ask, public: Path, write: Write) -> None:
        write(".git/config", SECRET)
        (public / "x.txt").symlink_to(".git/config")
        assert ask("/x.txt").status == 404

    def test_nor_a_loop(self, ask: Ask, public: Path) -> None:
        (public / "x.rss").symlink_to("x.rss")
        (public / "a").symlink_to("b")
        (public / "b").symlink_to("a")
        assert ask("/x.rss").status == ask("/a/x.rss").status == 404

    def test_a_folder_whose_name_begins_like_the_published_one(self, ask: Ask, public: Path) -> None:
        other = public.with_name("public-not")
        other.mkdir()
        (other / "x.txt").write_bytes(SECRET)
        (public / "x.txt").symlink_to(other / "x.txt")
        assert ask("/x.txt").status == 404

    def test_compressed_files_are_held_to_the_same(self, ask: Ask, public: Path, secret: Path) -> None:
        moment = (public / "en/all.rss").stat().st_mtime_ns
        os.utime(secret, ns=(moment, moment))
        (public / "en/all.rss.gz").symlink_to(secret)
        assert SECRET not in ask("/en/all.rss", accept_encoding="gzip").body

    def test_the_folder_itself_may_be_one_and_change(self, public: Path, tmp_path: Path) -> None:
        current = tmp_path / "current"
        current.symlink_to(public)
        ask = asking(PublishedFolder(current))
        assert ask("/en/all.rss").status == 200
        (tmp_path / "next").mkdir()
        (tmp_path / "next/x.rss").write_bytes(rss("Snow"))
        current.unlink()
        current.symlink_to(tmp_path / "next")
        assert (ask("/x.rss").status, ask("/en/all.rss").status) == (200, 404)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names as POSIX has them")
def test_what_is_no_file_is_nothing_and_nobody_waits_for_it(ask: Ask, public: Path) -> None:
    os.mkfifo(public / "x.rss")
    (public / "null.rss").symlink_to("/dev/zero")
    assert ask("/x.rss").status == ask("/null.rss").status == 404


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="whoever runs as root may read everything"
)
def test_what_may_not_be_read_is_nothing(ask: Ask, write: Write) -> None:
    write("x.rss", rss("Snow")).chmod(0)
    assert ask("/x.rss").status == 404


characters = st.sampled_from([*"ab./\\:%~ é", "\0", "\n", "..", "%2e", "\ud800"])
segments = st.lists(characters, max_size=6).map("".join)


@given(st.lists(segments).map("/".join))
@example("/..")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_place_is_inside_whatever_the_path(tmp_path: Path, path: str) -> None:
    place = document_path(path)
    if place is not None:
        inside = os.path.normpath(tmp_path / place)
        assert inside == str(tmp_path) or inside.startswith(f"{tmp_path}{os.sep}")
        assert not any(part.startswith(".") for part in place.split("/"))
        assert not any(character in place for character in "\0\\:\n")
        assert document_path(f"/{place}") == place


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_reference_holds_nothing_but_its_segment(text: str) -> None:
    written = reference([text])
    assert unquote(written) == text
    assert set(written) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%")


@pytest.mark.parametrize("name", ["Снег.rss", "q & a.rss", "100%.rss", "a#b?.rss"])
def test_any_name_that_a_document_may_have(ask: Ask, write: Write, name: str) -> None:
    write(name, rss("Snow"))
    assert ask(f"/{name}").body == rss("Snow")


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="names of files are Unicode there")
def test_a_name_that_the_locale_cannot_spell_is_nothing(public: Path) -> None:
    script = "import sys; from newsfeed.web.folder import PublishedFolder; print(PublishedFolder(sys.argv[1]).names('Снег'))"
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", script.encode("ascii", "backslashreplace").decode(), str(public)]
    done = subprocess.run(command, env=os.environ | ascii_only, capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"
