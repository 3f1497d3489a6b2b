"""The guard of a sync: what would be removed because it vanished from the files, and whether that is too much.

It is the guard of a build (see `publish/loss.py`), a step earlier.
"""

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from newsfeed.catalog.stored.sync.stage import Lost
from newsfeed.errors import LossRefused
from newsfeed.findings import Finding
from newsfeed.model.loss import SUSPICIOUS_LOSS, is_suspicious

__all__ = ["check_loss"]

_REMEDY = "Fix the source and sync again. If this is right, let them go with --accept-loss (accept_loss=True in Python)."


def check_loss(
    lost: Sequence[Lost],
    *,
    max_loss: float,
    named: Collection[str],
    broken: Mapping[int, Finding],
    empty: Mapping[int, str],
    stored_of: Callable[[str, int], int],
) -> None:
    """Refuse to remove more than may go missing on any day.

    Args:
        lost: The articles that would be removed.
        max_loss: The share of a source's articles that may go missing.
        named: The sources that the site names.
        broken: By number, what is wrong with files that couldn't be read to their end.
        empty: By number, the names of files that had several articles, and in which nothing was found.
        stored_of: Returns how many articles a source has in the store, or the second number if there are more.

    Raises:
        LossRefused: If it is too much; the message says of which source and file, how much, and what to do.
    """
    lines = list(_lines_of_files(Counter(each.file for each in lost), broken, empty))
    for source, count in Counter(each.source for each in lost).items():
        most = _most_suspicious(count, max_loss)
        stored = stored_of(source, most + 1)
        if count == stored or (stored <= most and is_suspicious(count, stored, max_loss)):
            lines.append(_line_of_source(source, count, stored, is_named=source in named))
    if lines:
        raise LossRefused(
            "\n".join([*lines, f"Nothing was changed. {_REMEDY}"]), [each.own_id for each in lost]
        )


def _most_suspicious(count: int, max_loss: float) -> int:
    """Return how many articles a source has at most if losing some of them is suspicious; others needn't be counted."""
    if count < SUSPICIOUS_LOSS:
        return count
    return int(count / max_loss) if max_loss else sys.maxsize - 1


def _lines_of_files(
    lost: Mapping[int, int], broken: Mapping[int, Finding], empty: Mapping[int, str]
) -> Iterator[str]:
    for file, count in lost.items():
        would_be = f"{_counted(count)} that it had would be removed."
        if file in broken:
            yield f"{broken[file].place}: {broken[file].reason}; {would_be}"
        elif file in empty:
            yield f"{empty[file]}: it has no articles now; {would_be}"


def _line_of_source(source: str, count: int, stored: int, *, is_named: bool) -> str:
    why = "their records vanished from it" if is_named else "newsroom.toml doesn't name it any longer"
    return f"{source}: {count:,} of {_counted(stored)} in the store would be removed, because {why}."


def _counted(number: int) -> str:
    return f"{number:,} article" if number == 1 else f"{number:,} articles"
