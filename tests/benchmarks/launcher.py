"""Run a command, and then say on a last line what it cost: `python -I -S launcher.py COMMAND…`.

The system counts a process's peak memory from its parent on. This program is a small parent, so that the figure is
the command's own.
"""

import json
import subprocess
import sys
import time

__all__ = ["main"]


def main() -> int:
    """Run the command, and print its cost as JSON: seconds, and bytes.

    Returns:
        Its exit status.
    """
    import resource  # not on Windows

    began = time.perf_counter()
    status = subprocess.run(sys.argv[1:], check=False).returncode
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": used.ru_maxrss * unit}))
    return status


if __name__ == "__main__":
    sys.exit(main())
