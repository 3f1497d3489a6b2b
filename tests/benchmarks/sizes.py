"""How much each part measures."""

from typing import NamedTuple

__all__ = ["FULL", "QUICK", "Sizes"]


class Sizes(NamedTuple):
    """How much each part measures."""

    repeats: int = 5
    #: Of the flat feed.
    entries: int = 2_000
    #: Of the site.
    articles: int = 20_000
    #: About how many bytes of HTML an article of these two has.
    body: int = 3_000
    #: How many articles each archive has.
    archives: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    #: The most entries of their feeds; the least archive fills them.
    carried: int = 50
    #: How many articles each store has, and where those of 100,000 and more are kept for the next run; nowhere if empty.
    live: tuple[int, ...] = (1_000, 10_000)
    keep: str = ""
    #: How many rows each Django site has.
    django: tuple[int, ...] = (5_000, 100_000)
    #: How many articles are put and published together.
    together: int = 1_000


FULL = Sizes()
#: To see that everything runs; the figures say nothing.
QUICK = Sizes(
    repeats=1,
    entries=20,
    articles=90,
    archives=(90, 180),
    carried=5,
    live=(90,),
    django=(90,),
    together=10,
)
