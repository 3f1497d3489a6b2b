"""The file newsroom.toml, with any bytes in it: a site comes out, or an error that says where the file is wrong."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from newsfeed import InvalidNewsroom, Site
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["newsroom_toml"]


def newsroom_toml(data: bytes) -> None:
    """Read a `newsroom.toml`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "newsroom.toml"
        file.write_bytes(data)
        try:
            site, root = read_site(folder)
        except InvalidNewsroom as error:
            _check_message(str(error), file, data)
        else:
            assert isinstance(site, Site)
            assert root == file.parent


def _check_message(message: str, file: Path, data: bytes) -> None:
    message.encode()
    for problem in message.split("\n"):
        said = re.fullmatch(rf"{re.escape(str(file))}(?::([0-9]+))?: .+\. .+[.?…]", problem)
        assert said is not None, problem
        assert 1 <= int(said[1] or 1) <= data.count(b"\n") + data.count(b"\r") + 1
