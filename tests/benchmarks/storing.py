"""Put the articles of a file and publish: `python -m tests.benchmarks.storing FOLDER FILE OUTPUT`."""

import json
import sys
from pathlib import Path

from newsfeed import Store
from newsfeed.sources.newsroom_toml import read_site

__all__ = ["main"]


def main() -> None:
    """Put, and publish."""
    folder, file, output = sys.argv[1:]
    site, _ = read_site(folder)
    with Store(str(site.store), site) as store, Path(file).open("rb") as lines:
        store.put(map(json.loads, lines))
        store.publish(output)


if __name__ == "__main__":
    main()
