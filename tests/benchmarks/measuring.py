"""Measure things side by side: each repeat runs every one of them once, so that a busy moment falls on all alike."""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from tests.benchmarks.table import short

__all__ = ["ROOT", "Cost", "Process", "emptied", "in_process", "interleaved", "medians", "ratios", "run"]

#: Where `python -m tests.benchmarks` finds itself.
ROOT = Path(__file__).parents[2]

T = TypeVar("T")
Row = TypeVar("Row", bound=Hashable)


class Cost(NamedTuple):
    """What something cost."""

    #: Seconds of a processor, the system's work for it among them.
    cpu: float
    #: Seconds on the clock.
    wall: float
    #: The most memory that the process held, in bytes; 0 where that was not measured.
    peak: int = 0


class Process(NamedTuple):
    """A process that has ended."""

    cost: Cost
    printed: str


def interleaved(rows: Mapping[Row, Callable[[], T]], repeats: int) -> dict[Row, list[T]]:
    """Measure every row once in each repeat, forwards and backwards in turn.

    Args:
        rows: What measures each row.
        repeats: How often.

    Returns:
        What each row's measurings gave, by its name.
    """
    measured: dict[Row, list[T]] = {name: [] for name in rows}
    for repeat in range(repeats):
        for name in list(rows)[:: -1 if repeat % 2 else 1]:
            measured[name].append(rows[name]())
    return measured


def in_process(prepare: Callable[[], Callable[[], object]]) -> Cost:
    """Measure work in this process.

    Args:
        prepare: Makes the work anew, with all that it needs; this is not measured.
    """
    work = prepare()
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    cost = Cost(time.process_time() - cpu, time.perf_counter() - wall)
    del done  # not before the clock has stopped
    return cost


def run(*arguments: str | Path) -> Process:
    """Run Python in a fresh process, and measure all of it; what was written before is brought to the disk first.

    Args:
        arguments: What follows `python`.

    Raises:
        RuntimeError: If it fails; with what it said.
    """
    launcher = (sys.executable, "-I", "-S", Path(__file__).with_name("launcher.py"))
    if hasattr(os, "sync"):
        os.sync()  # else the system does it while this process runs, and at its cost
    # containers often set this; without it, Python compiles modules once and not in each process
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [*launcher, sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"python {' '.join(map(str, arguments))} failed:\n{done.stderr}")
    *printed, cost = done.stdout.splitlines()
    return Process(Cost(**json.loads(cost)), "\n".join(printed))


def emptied(folder: Path) -> None:
    """Give back the room that the files of a folder take, and leave them: they go when all is measured.

    A file system such as ext4 doesn't use again at once what was removed, and looks around it for minutes; that would
    be counted as the time of whoever writes next.
    """
    for file in folder.rglob("*"):
        if file.is_file():
            os.truncate(file, 0)


def medians(costs: Sequence[Cost]) -> Cost:
    """Give the median of each figure."""
    cpu, wall, peak = zip(*costs, strict=True)
    return Cost(median(cpu), median(wall), round(median(peak)))


def ratios(figures: Sequence[float], base: Sequence[float]) -> str:
    """Compare figures with those of another row, repeat by repeat: the median ratio, the least and the most."""
    each = [figure / other for figure, other in zip(figures, base, strict=True)]
    if len(each) == 1:
        return short(each[0])
    return f"{short(median(each))} ({short(min(each))}–{short(max(each))})"
