"""Every target by its name: a function that takes any bytes, and fails where newsfeed breaks a promise."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.fuzz.article_files import json_files, json_lines, markdown
from tests.fuzz.checking import check
from tests.fuzz.cleaning import html
from tests.fuzz.newsroom_toml import newsroom_toml

__all__ = ["BESIDES", "CORPUS", "TARGETS"]

#: The inputs that are kept, a folder for each target.
CORPUS: Final = Path(__file__).parent / "corpus"

#: Folders of other tests that a fuzzer may begin with as well.
BESIDES: Final = {"check": Path(__file__).parents[1] / "check" / "cases"}

TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "check": check,
    "html": html,
    "json": json_files,
    "json_lines": json_lines,
    "markdown": markdown,
    "newsroom_toml": newsroom_toml,
}
