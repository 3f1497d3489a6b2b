"""Open a newsroom and publish it, and print what each took: `python -m tests.benchmarks.publishing FOLDER OUTPUT`."""

import json
import sys
import time

import newsfeed

__all__ = ["main"]


def main() -> None:
    """Publish, and print seconds as JSON."""
    folder, output = sys.argv[1:]
    began = time.process_time()
    newsroom = newsfeed.open(folder)
    opened, opened_at = time.process_time(), time.perf_counter()
    newsroom.publish(output)
    took = {
        "reading": opened - began,
        "publishing": time.process_time() - opened,
        "waited": time.perf_counter() - opened_at,
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main()
