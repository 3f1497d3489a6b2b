"""Measure newsfeed beside others, and print tables: `python -m tests.benchmarks [PART…] [--quick] [--repeats N]`.

The figures depend on the machine and on what else it does; the ratios do so less, since each repeat measures every
row. `pip install --group benchmarks` brings the others; who isn't installed is left out, and named.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence

from tests.benchmarks.archives import archives
from tests.benchmarks.changes import changes
from tests.benchmarks.django_saves import django_saves
from tests.benchmarks.flat import flat
from tests.benchmarks.html import html
from tests.benchmarks.imports import imports
from tests.benchmarks.live import live
from tests.benchmarks.machine import machine
from tests.benchmarks.site import site
from tests.benchmarks.sizes import FULL, QUICK, Sizes
from tests.benchmarks.table import Table

__all__ = ["PARTS", "main"]

PARTS: Mapping[str, Callable[[Sizes], Table]] = {
    "flat": flat,
    "site": site,
    "changes": changes,
    "archives": archives,
    "live": live,
    "django": django_saves,
    "html": html,
    "import": imports,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the parts that are asked for, all if none is.

    Args:
        arguments: As typed; `None` is those of the process.

    Returns:
        The exit status.
    """
    asked = _parser().parse_args(arguments)
    sizes = QUICK if asked.quick else FULL
    given = {
        name: value for name, value in vars(asked).items() if name in Sizes._fields and value is not None
    }
    sizes = sizes._replace(**given)
    print(f"Measured on {machine()}.\n")
    for part in asked.parts or PARTS:
        print(f"Measuring: {part}", file=sys.stderr)
        print(PARTS[part](sizes), flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument(
        "parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=f"{', '.join(PARTS)}; default: all"
    )
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that everything runs")
    parser.add_argument(
        "--repeats", type=int, help=f"how often each row is measured; default: {FULL.repeats}"
    )
    parser.add_argument("--entries", type=int, help=f"of the flat feed; default: {FULL.entries:,}")
    parser.add_argument("--articles", type=int, help=f"of the site; default: {FULL.articles:,}")
    parser.add_argument("--body", type=int, help=f"bytes of HTML in an article; default: {FULL.body:,}")
    parser.add_argument(
        "--archives",
        type=int,
        nargs="+",
        help="how many articles each archive has; default: 1,000 to a million",
    )
    parser.add_argument(
        "--sizes",
        dest="live",
        type=_counts,
        metavar="N,N…",
        help="how many articles each store has; default: 1000,10000",
    )
    parser.add_argument(
        "--keep",
        metavar="FOLDER",
        help="keep stores of 100,000 articles and more, and use them in later runs",
    )
    return parser


def _counts(value: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[1-9][0-9]*(,[1-9][0-9]*)*", value):
        raise argparse.ArgumentTypeError(f"can't read {value!r}. Write numbers like 1000,10000")
    return tuple(sorted({int(count) for count in value.split(",")}))


if __name__ == "__main__":
    sys.exit(main())
