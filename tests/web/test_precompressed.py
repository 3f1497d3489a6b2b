"""Copies that are compressed beforehand: whole, of their documents as they are, and never left over."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import PUBLISHED, Ask, long_rss
from tests.web.test_codings import READ

from newsfeed import Newsroom
from newsfeed.errors import InvalidValue, MissingExtra, PublishError
from newsfeed.publish.folder_target import folder_for_build
from newsfeed.web import content_codings, precompress
from newsfeed.web.content_codings import CODINGS

Write = Callable[..., Path]

PART = ".*.newsfeed-part"
#: A process that is killed while it writes its first file.
KILLED = """
import os, signal, sys
from pathlib import Path
from newsfeed.web import precompress

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

Path.replace = killed
precompress(sys.argv[1])
"""


class TestPrecompress:
    def test_what_it_writes_is_served(self, ask: Ask, public: Path) -> None:
        written = precompress(public, ["gzip", "br", "zstd"])
        assert written[:3] == ["en/all.rss.br", "en/all.rss.gz", "en/all.rss.zst"]
        assert {name.split(".")[0] for name in written[3:]} == {"en/category/media", "en/category/military"}
        for coding in CODINGS:
            answer = ask("/en/all.rss", accept_encoding=coding)
            file = public / f"en/all.rss{CODINGS[coding].suffix}"
            assert answer.body == file.read_bytes()
            assert READ[coding](answer.body) == long_rss()

    def test_only_what_changed_is_written_again(self, public: Path, write: Write) -> None:
        precompress(public)
        assert precompress(public) == []
        write("en/all.rss", long_rss(41), at=PUBLISHED.replace(day=20))
        assert precompress(public) == ["en/all.rss.gz"]
        assert gzip.decompress((public / "en/all.rss.gz").read_bytes()) == long_rss(41)

    def test_only_documents_that_are_named(self, public: Path) -> None:
        named = ["en/all.rss", "en/gone.rss", "en"]
        assert precompress(public, documents=named) == ["en/all.rss.gz"]
        assert precompress(public, documents=named) == []
        assert "en/category/media.rss.gz" in precompress(public)

    def test_the_same_document_gives_the_same_bytes(self, public: Path, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()
        (tmp_path / "other/all.rss").write_bytes(long_rss())
        for folder in (public, tmp_path / "other"):
            precompress(folder, list(CODINGS))
        for coding in CODINGS.values():
            first, second = public / "en/all.rss", tmp_path / "other/all.rss"
            assert (
                Path(f"{first}{coding.suffix}").read_bytes() == Path(f"{second}{coding.suffix}").read_bytes()
            )

    def test_hidden_files_and_folders_are_left_alone(self, public: Path, write: Write) -> None:
        write(".git/x.txt", b"x" * 1000)
        write(".x.txt", b"x" * 1000)
        assert not any(name.startswith(".") for name in precompress(public))

    def test_a_file_that_cant_be_written(self, public: Path) -> None:
        (public / "en/all.rss.gz").mkdir()
        with pytest.raises(PublishError, match=r"can't write .*: Is a directory"):
            precompress(public)
        assert not list(public.rglob("*.newsfeed-part"))

    @pytest.mark.slow
    @pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
    @pytest.mark.parametrize("next_one", ["precompress", "build"])
    def test_what_a_killed_one_leaves_is_cleared_away(
        self, newsroom: Callable[..., Newsroom], article: Callable[..., Any], tmp_path: Path, next_one: str
    ) -> None:
        room = newsroom(article())
        room.publish(tmp_path)
        subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
        assert len(list(tmp_path.rglob(PART))) == 1
        if next_one == "build":
            room.publish(tmp_path)
        else:
            precompress(tmp_path)
        assert list(tmp_path.rglob(PART)) == []
        assert (tmp_path / "en/all.rss.gz").exists() is (next_one == "precompress")

    def test_it_waits_for_a_build(self, public: Path) -> None:
        """Else it could put a copy of the old document beside the new one, and nginx would serve that."""
        with (
            folder_for_build(public),
            pytest.raises(PublishError, match=r"public is being written by process \d+"),
        ):
            precompress(public)
        assert "en/all.rss.gz" in precompress(public)

    def test_a_folder_that_is_not_there_stays_so(self, tmp_path: Path) -> None:
        assert precompress(tmp_path / "nowhere") == []
        assert not (tmp_path / "nowhere").exists()

    def test_an_unknown_coding(self, public: Path) -> None:
        with pytest.raises(InvalidValue, match="'deflate' isn't a known coding. Use one of br, zstd, gzip."):
            precompress(public, ["deflate"])

    def test_a_missing_package(self, public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(content_codings, "zstandard", None)
        with pytest.raises(MissingExtra, match=r"pip install 'newsroom-feeds\[web\]'"):
            precompress(public, ["gzip", "zstd"])
