"""The floor of a site: `python -m tests.benchmarks.floor_of_site FOLDER BUILT OUTPUT`.

It decodes every article, and writes files that are already there, each with a rename into its place.
"""

import sys
from pathlib import Path

import msgspec
from tests.benchmarks.replacing import put

__all__ = ["main"]


def main() -> None:
    """Decode the articles of a folder, and copy the files of one that was built to another."""
    source, built, output = map(Path, sys.argv[1:])
    with (source / "articles.jsonl").open("rb") as file:
        decode = msgspec.json.Decoder().decode
        for line in file:
            decode(line)
    for path in sorted(path for path in built.rglob("*") if path.is_file()):
        put(output / path.relative_to(built), path.read_bytes())


if __name__ == "__main__":
    main()
