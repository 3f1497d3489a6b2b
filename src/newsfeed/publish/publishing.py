"""Publishing a newsroom: what a caller asks for, and the report that it gets."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import TYPE_CHECKING

from newsfeed.errors import FeedsRefused, ProblemsFound
from newsfeed.model.finding import Finding
from newsfeed.newsroom import Newsroom
from newsfeed.publish.build import Build
from newsfeed.publish.places import place_of
from newsfeed.publish.preview import Preview
from newsfeed.publish.report import Report
from newsfeed.publish.store import Place

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["publish"]


def publish(  # noqa: PLR0913 - each by its name
    newsroom: Newsroom,
    folder: str | PathLike[str] | Place,
    *,
    strict: bool = False,
    progress: Callable[[int, int], object] | None = None,
    check: Callable[[str, bytes], Sequence[Finding]] | None = None,
    accept: bool = False,
    dry_run: bool = False,
    wait: float = 0,
    executor: "Executor | None" = None,
) -> Report:
    """Write every planned feed of a newsroom into a folder.

    Args:
        newsroom: The newsroom.
        folder: The output folder; made if it isn't there. Files that newsfeed didn't write are left alone. Or the URL
            of a store, `s3://bucket/feeds/`, or a place of your own.
        strict: Whether to refuse when articles had to be left out.
        progress: Called after each document with the number done and the number of all.
        check: Called with the path and the bytes of each feed that is about to be written; an error that it finds
            keeps all from being written.
        accept: Whether articles that were published under other ids may have their new ones.
        dry_run: Whether to write nothing, and tell in the report what would change.
        wait: How many seconds to wait for another build of the same folder to end.
        executor: Who makes the entries: a process pool, a cluster's executor. Default: this thread.

    Returns:
        What was written, unchanged, removed and left out.

    Raises:
        InvalidPlan: If two feeds have one path. Nothing is written.
        ProblemsFound: If `strict`, and articles had to be left out. Nothing is written.
        FeedsRefused: If `check` found an error. Nothing is written.
        PublishError: If the folder can't be written, another build goes on in it, or the executor fails.
    """
    findings = (*newsroom.findings, *newsroom.plan.findings)
    left_out = tuple(finding for finding in findings if finding.severity == "error")
    if strict and left_out:
        raise ProblemsFound(findings)
    place = place_of(folder)
    with place.for_reading() if dry_run else place.for_build(wait=wait) as opened:
        output = Preview(opened) if dry_run else opened
        build = Build(newsroom, output, check=check, accept=accept)
        build.run(progress, executor)
        if any(finding.severity == "error" for finding in build.checked):
            raise FeedsRefused(build.checked)
        build.commit()
        changes = tuple(output.changes()) if isinstance(output, Preview) else ()
    return Report(
        folder=place.name,
        as_of=newsroom.as_of,
        feeds_url=newsroom.site.feeds_url,
        articles=newsroom.intake.live,
        languages=tuple(newsroom.site.languages),
        written=tuple(build.written),
        unchanged=tuple(build.unchanged),
        removed=(*output.cleared, *build.removed),
        left_out=left_out,
        repaired=tuple(finding for finding in findings if finding.severity == "warning"),
        shortened=tuple(build.shortened),
        changed=build.changed,
        changes=changes,
        checked=tuple(build.checked),
        next_change=newsroom.next_change,
    )
