"""How long importing takes, in a fresh Python each."""

from functools import partial

from tests.benchmarks.measuring import Cost, interleaved, medians, ratios, run
from tests.benchmarks.peers.all import missing
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Table, megabytes, seconds

__all__ = ["imports"]

#: A process is short, so more of them are measured.
_TIMES = 3

_STATEMENTS = {
    "import newsfeed": "newsroom-feeds",
    "import feedgen.feed": "feedgen",
    "import django.utils.feedgenerator": "django",
}


def imports(sizes: Sizes) -> Table:
    """Measure it."""
    statements = [statement for statement, package in _STATEMENTS.items() if package not in missing()]
    rows = {statement: partial(_imported, statement) for statement in [*statements, "pass"]}
    costs = interleaved(rows, sizes.repeats * _TIMES)
    base = [cost.cpu for cost in costs["import newsfeed"]]
    bare = medians(costs["pass"])
    return Table(
        title="Import",
        about=(
            f"A fresh Python that does nothing else: medians (repeats: {sizes.repeats * _TIMES}), and how many times "
            "newsfeed's they are (the least and the most). Beyond bare: less what Python takes for nothing."
        ),
        head=("statement", "processor time", "× newsfeed", "beyond bare", "on the clock", "peak memory"),
        rows=[
            (
                f"`{statement}`",
                seconds(medians(measured).cpu),
                ratios([cost.cpu for cost in measured], base),
                seconds(medians(measured).cpu - bare.cpu),
                seconds(medians(measured).wall),
                megabytes(medians(measured).peak),
            )
            for statement, measured in costs.items()
        ],
    )


def _imported(statement: str) -> Cost:
    return run("-c", statement).cost
