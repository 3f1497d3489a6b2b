"""Publish a newsroom with the help of a Dask cluster: `python cluster.py FOLDER OUTPUT [SCHEDULER]`.

Without the address of a scheduler, as in `tcp://10.0.0.7:8786`, two processes on this machine are the cluster. Its
workers need the same version of newsfeed, no files: articles are sent to them, and entries come back.
"""

import sys

from distributed import Client

import newsfeed


def main() -> None:
    """Publish, and say what was written."""
    folder, output, *scheduler = sys.argv[1:]
    newsroom = newsfeed.open(folder)
    with _client(*scheduler) as client:
        report = newsroom.publish(output, executor=client.get_executor())
        print(f"Wrote {len(report.written)} files with {len(client.nthreads())} workers.")


def _client(scheduler: str | None = None) -> Client:
    if scheduler is not None:
        return Client(scheduler)
    return Client(n_workers=2, threads_per_worker=1, dashboard_address=None)


if __name__ == "__main__":  # the workers import this file as well
    main()
