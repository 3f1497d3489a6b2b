"""What can be wrong with an output folder: the error says what and where, and the folder is as it was."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from newsfeed import FeedRule, Newsroom, PublishError

resource = pytest.importorskip("resource", reason="these are the troubles of POSIX systems")

Make = Callable[..., Any]
ROOT = Path(__file__).parents[2]
RULES = [FeedRule(path="{language}/all", formats=["rss", "text"]), FeedRule(path="deep/down/all")]
NOBODY = 65534
PART = "*.newsfeed-part"


def room_of(newsroom: Make, site: Make, *articles: Any, **values: Any) -> Newsroom:
    made: Newsroom = newsroom(*articles, site=site(**{"feeds": RULES, "discovery": False} | values))
    return made


@pytest.fixture
def old(newsroom: Make, site: Make, article: Make) -> Newsroom:
    return room_of(newsroom, site, article())


@pytest.fixture
def new(newsroom: Make, site: Make, article: Make) -> Newsroom:
    return room_of(newsroom, site, article(title="Changed", content="<p>" + "long " * 9_000))


def everything(folder: Path) -> dict[str, bytes | None]:
    """Each file with its bytes, each folder; newsfeed's own left out."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
        if ".newsfeed" not in path.parts
    }


def refused(newsroom: Newsroom, folder: Path, message: str) -> None:
    """Publishing fails with a message, and changes nothing."""
    before = everything(folder)
    with pytest.raises(PublishError, match=message):
        newsroom.publish(folder)
    assert everything(folder) == before
    assert not list(folder.rglob(PART))


@pytest.mark.slow
class TestTwoBuildsAtOnce:
    """One that holds the folder is a process of its own."""

    @pytest.fixture
    def holder(self, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
        script = (
            "import pathlib, sys\n"
            "from newsfeed.publish.folder_target import folder_for_build\n"
            f"with folder_for_build(pathlib.Path({str(tmp_path)!r})):\n"
            "    print('in', flush=True)\n"
            "    sys.stdin.readline()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "in\n"
            yield process
            process.kill()

    def test_the_error_says_who_holds_the_folder(
        self, holder: "subprocess.Popen[str]", old: Newsroom, tmp_path: Path
    ) -> None:
        with pytest.raises(
            PublishError, match=rf"being written by process {holder.pid} on .*. Wait until it ends"
        ):
            old.publish(tmp_path)
        assert everything(tmp_path) == {}

    def test_or_one_waits(self, holder: "subprocess.Popen[str]", old: Newsroom, tmp_path: Path) -> None:
        assert holder.stdin
        leaves = threading.Timer(0.3, holder.stdin.close)
        leaves.start()
        assert len(old.publish(tmp_path, wait=30).written) == 7
        assert holder.wait() == 0
        leaves.join()

    def test_but_no_longer_than_it_was_told(
        self, holder: "subprocess.Popen[str]", old: Newsroom, tmp_path: Path
    ) -> None:
        with pytest.raises(PublishError, match=str(holder.pid)):
            old.publish(tmp_path, wait=0.2)

    @pytest.mark.slow
    def test_the_command_waits_as_long_as_it_is_told(
        self, holder: "subprocess.Popen[str]", tmp_path: Path
    ) -> None:
        build = [
            sys.executable,
            "-m",
            "newsfeed",
            "build",
            str(ROOT / "examples/report"),
            "-o",
            str(tmp_path),
        ]
        done = subprocess.run([*build, "--wait", "0.2"], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert f"is being written by process {holder.pid}" in done.stderr
        assert holder.stdin
        leaves = threading.Timer(0.3, holder.stdin.close)
        leaves.start()
        done = subprocess.run([*build, "--wait", "30"], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        leaves.join()

    def test_a_lock_that_a_killed_process_has_left_stops_nobody(
        self, holder: "subprocess.Popen[str]", old: Newsroom, tmp_path: Path
    ) -> None:
        holder.kill()
        holder.wait()
        assert (tmp_path / ".newsfeed/building").exists()
        assert len(old.publish(tmp_path).written) == 7
        assert not (tmp_path / ".newsfeed/building").exists()


def test_a_disk_that_knows_no_locks(old: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So filelock says it, before it had a stand-in."""

    def acquire(*_: Any, **__: Any) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr("newsfeed.publish.folder_target.FileLock.acquire", acquire)
    refused(
        old,
        tmp_path,
        "has no locks, so two builds could write there at once. Build into a folder on another disk",
    )


class TestNoRoom:
    def test_a_file_too_large_for_this_user(self, old: Newsroom, new: Newsroom, tmp_path: Path) -> None:
        old.publish(tmp_path)
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, usual[1]))
        try:
            refused(new, tmp_path, r"can't write .*all\.rss: File too large. Nothing was changed. Allow")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        new.publish(tmp_path)

    @pytest.mark.slow
    def test_a_full_disk(self, tmp_path: Path) -> None:
        """A small disk of its own, mounted where only one process sees it."""
        script = (
            "import pathlib, sys; sys.path.insert(0, '.')\n"
            "from tests.conftest import make_article, make_newsroom, make_site\n"
            "from tests.publish.test_troubles import everything, refused, room_of\n"
            f"folder = pathlib.Path({str(tmp_path)!r})\n"
            "room_of(make_newsroom, make_site, make_article()).publish(folder)\n"
            "large = make_article(title='Changed', content='<p>' + 'long ' * 90_000)\n"
            "refused(room_of(make_newsroom, make_site, large), folder,\n"
            "        r'can.t write .*: No space left on device. Nothing was changed. Make room there')\n"
            "assert room_of(make_newsroom, make_site, make_article(title='Small')).publish(folder).written\n"
            "print('as it was')\n"
        )
        mounted = f"mount -t tmpfs -o size=1m none {tmp_path} && exec {sys.executable} -c {_quoted(script)}"
        if not shutil.which("unshare") or not _may_mount():
            pytest.skip("no disk can be mounted here")
        done = subprocess.run(
            ["unshare", "-Urm", "sh", "-c", mounted],  # noqa: S607 - wherever it is
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == "as it was\n", done.stderr


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)


def _may_mount() -> bool:
    tried = ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


class TestNoRight:
    """For a user who may do less than root."""

    @pytest.fixture
    def folder(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "public"
            folder.mkdir()
            folder.parent.chmod(0o755)
            yield folder

    @pytest.fixture
    def as_user(self, folder: Path) -> Callable[[], Any]:
        @contextmanager
        def user() -> Iterator[None]:
            if os.geteuid():
                yield
                return
            for file in (folder, *folder.rglob("*")):
                os.chown(file, NOBODY, -1)
            os.seteuid(NOBODY)
            try:
                yield
            finally:
                os.seteuid(0)

        return user

    def test_a_folder_that_may_only_be_read(
        self, folder: Path, as_user: Callable[[], Any], old: Newsroom
    ) -> None:
        folder.chmod(0o555)
        with as_user():
            refused(
                old, folder, r"can't write .*/public/\.newsfeed: Permission denied. Let the user who builds"
            )

    def test_a_folder_inside_that_may_only_be_read(
        self, folder: Path, as_user: Callable[[], Any], old: Newsroom, new: Newsroom
    ) -> None:
        old.publish(folder)
        (folder / "deep/down").chmod(0o555)
        with as_user():
            refused(
                new,
                folder,
                r"can't write .*/deep/down/all\.rss: Permission denied. Nothing was changed. Let",
            )
            (folder / "deep/down").chmod(0o755)
            new.publish(folder)

    def test_a_file_that_may_only_be_read_is_replaced_whole(
        self, folder: Path, as_user: Callable[[], Any], old: Newsroom, new: Newsroom
    ) -> None:
        """The right to replace a file is the folder's."""
        old.publish(folder)
        (folder / "en/all.rss").chmod(0o444)
        with as_user():
            assert "en/all.rss" in new.publish(folder).written
        assert (folder / "en/all.rss").read_bytes() == new.feed("en/all").rss()

    def test_a_file_that_may_not_even_be_read(
        self, folder: Path, as_user: Callable[[], Any], old: Newsroom, new: Newsroom
    ) -> None:
        old.publish(folder)
        (folder / ".newsfeed/record.jsonl").chmod(0)
        with as_user():
            refused(
                new, folder, r"can't read .*/\.newsfeed/record\.jsonl: Permission denied. Nothing was changed"
            )


class TestLinks:
    @pytest.mark.parametrize("link", ["deep", "deep/down", "en"])
    def test_a_folder_that_leads_out_of_the_tree(
        self, link: str, old: Newsroom, new: Newsroom, tmp_path: Path
    ) -> None:
        outside, folder = tmp_path / "outside", tmp_path / "public"
        old.publish(folder)
        shutil.move(folder / link, outside)
        (folder / link).symlink_to(outside)
        before = everything(outside)
        refused(
            new, folder, rf"{link} is a link that leads out of .*/public, to .*/outside.*Nothing was changed"
        )
        assert everything(outside) == before

    def test_nothing_is_removed_behind_such_a_link(
        self, old: Newsroom, newsroom: Make, site: Make, article: Make, tmp_path: Path
    ) -> None:
        outside, folder = tmp_path / "outside", tmp_path / "public"
        old.publish(folder)
        shutil.move(folder / "deep", outside)
        (folder / "deep").symlink_to(outside)
        before = everything(outside)
        assert room_of(newsroom, site, article(), feeds=RULES[:1]).publish(folder).removed == ()
        assert everything(outside) == before

    def test_newsfeeds_own_folder_as_such_a_link(self, old: Newsroom, tmp_path: Path) -> None:
        (tmp_path / "outside").mkdir()
        (tmp_path / "public").mkdir()
        (tmp_path / "public/.newsfeed").symlink_to(tmp_path / "outside")
        refused(old, tmp_path / "public", r"\.newsfeed is a link that leads out of")
        assert not list((tmp_path / "outside").iterdir())

    def test_links_inside_the_tree_are_followed(self, old: Newsroom, tmp_path: Path) -> None:
        (tmp_path / "english").mkdir()
        (tmp_path / "en").symlink_to("english")
        old.publish(tmp_path)
        assert (tmp_path / "english/all.rss").read_bytes() == old.feed("en/all").rss()

    def test_the_output_folder_may_be_a_link(self, old: Newsroom, new: Newsroom, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "public").symlink_to("real")
        old.publish(tmp_path / "public")
        new.publish(tmp_path / "public")
        assert (tmp_path / "real/en/all.rss").read_bytes() == new.feed("en/all").rss()

    def test_a_link_in_the_place_of_a_file_is_replaced_and_what_it_leads_to_stays(
        self, old: Newsroom, tmp_path: Path
    ) -> None:
        (tmp_path / "public/en").mkdir(parents=True)
        (tmp_path / "mine").write_text("mine")
        (tmp_path / "public/en/all.rss").symlink_to(tmp_path / "mine")
        old.publish(tmp_path / "public")
        assert (tmp_path / "mine").read_text() == "mine"
        assert not (tmp_path / "public/en/all.rss").is_symlink()


class TestInTheWay:
    def test_a_file_as_output(self, old: Newsroom, tmp_path: Path) -> None:
        (tmp_path / "public").write_text("mine")
        with pytest.raises(PublishError, match="public is a file. Name a folder"):
            old.publish(tmp_path / "public")
        assert (tmp_path / "public").read_text() == "mine"

    def test_a_file_above_the_output(self, old: Newsroom, tmp_path: Path) -> None:
        (tmp_path / "site").write_text("mine")
        with pytest.raises(PublishError, match="site.*Not a directory. Move the file"):
            old.publish(tmp_path / "site/public")
        assert (tmp_path / "site").read_text() == "mine"

    def test_a_file_where_feeds_have_their_folder(self, old: Newsroom, tmp_path: Path) -> None:
        (tmp_path / "deep").write_text("mine")
        refused(old, tmp_path, "deep is a file, but feeds belong below it. Nothing was changed")

    def test_a_folder_where_a_feed_has_its_place(self, old: Newsroom, new: Newsroom, tmp_path: Path) -> None:
        old.publish(tmp_path)
        (tmp_path / "en/all.rss").unlink()
        (tmp_path / "en/all.rss").mkdir()
        (tmp_path / "en/all.rss/mine").write_text("mine")
        refused(new, tmp_path, r"en/all\.rss is a folder, but a feed belongs there. Nothing was changed")

    def test_a_folder_where_a_feed_that_is_no_longer_planned_had_its_place(
        self, old: Newsroom, newsroom: Make, site: Make, article: Make, tmp_path: Path
    ) -> None:
        old.publish(tmp_path)
        (tmp_path / "deep/down/all.rss").unlink()
        (tmp_path / "deep/down/all.rss").mkdir()
        (tmp_path / "deep/down/all.rss/mine").write_text("mine")
        report = room_of(newsroom, site, article(), feeds=RULES[:1]).publish(tmp_path)
        assert report.removed == ("deep/down/all.atom", "deep/down/all.json")
        assert (tmp_path / "deep/down/all.rss/mine").read_text() == "mine"

    def test_a_path_too_long_for_the_disk(
        self, newsroom: Make, site: Make, article: Make, tmp_path: Path
    ) -> None:
        rule = FeedRule(path="all/" + "x" * 300, formats=["rss"])
        refused(
            room_of(newsroom, site, article(), feeds=[*RULES, rule]),
            tmp_path,
            "File name too long. Nothing was",
        )


def test_an_error_while_files_move_leaves_old_and_new_ones_and_the_next_build_goes_on(
    old: Newsroom, new: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.publish(tmp_path)
    before = everything(tmp_path)
    real = Path.replace

    def replace(beside: Path, place: Path) -> Path:
        if place.name == "all.atom":
            raise PermissionError(1, "Operation not permitted", str(beside))
        return real(beside, place)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(
            PublishError, match=r"all\.atom: Operation not permitted. Every document is whole"
        ):
            new.publish(tmp_path)
    assert not list(tmp_path.rglob(PART))
    between = everything(tmp_path)
    new.publish(tmp_path)
    after = everything(tmp_path)
    assert all(data in {before[path], after[path]} for path, data in between.items())
    assert between not in (before, after)
