"""Publish a newsroom with a Dask cluster: `python cluster.py FOLDER OUTPUT [SCHEDULER]`.

Without the address of a scheduler, as in `tcp://10.0.0.7:8786`, two processes on this machine are the cluster. Its
workers need the same versions of newsfeed and of the packages that it writes with, and reach FOLDER and OUTPUT under the
same paths, as on a shared disk. They read the articles, and write the documents. What a worker that dies had to do is done by the others, or by those
that join the cluster later.
"""

import sys

from distributed import Client

import newsfeed


def main() -> None:
    """Publish, and say what was written."""
    folder, output, *scheduler = sys.argv[1:]
    with _client(*scheduler) as client:
        newsroom = newsfeed.open(folder, executor=client.get_executor())
        report = newsroom.publish(output)
        print(f"Wrote {len(report.written)} files with {len(client.nthreads())} workers.")


def _client(scheduler: str | None = None) -> Client:
    if scheduler is not None:
        return Client(scheduler)
    return Client(n_workers=2, threads_per_worker=1, dashboard_address=None)


if __name__ == "__main__":  # the workers import this file as well
    main()
