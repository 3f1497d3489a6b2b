"""Documents onto a disk: whole or not at all, and only what changed."""

from collections.abc import Callable, Sequence
from os import PathLike, fspath
from pathlib import Path

from newsfeed.errors import FeedsRefused, ProblemsFound
from newsfeed.model.finding import Finding
from newsfeed.model.rule import DEFAULT_FORMATS, FORMATS
from newsfeed.newsroom import Newsroom
from newsfeed.publish.files import staging
from newsfeed.publish.report import Report

__all__ = ["Report", "publish"]


def publish(
    newsroom: Newsroom,
    folder: str | PathLike[str],
    *,
    strict: bool = False,
    progress: Callable[[int, int], object] | None = None,
    check: Callable[[str, bytes], Sequence[Finding]] | None = None,
) -> Report:
    """Write every planned feed of a newsroom into a folder.

    Args:
        newsroom: The newsroom.
        folder: The output folder; made if it isn't there. Files that the plan doesn't name are left alone.
        strict: Whether to refuse when articles had to be left out.
        progress: Called after each document with the number done and the number of all.
        check: Called with the path and the bytes of each feed; an error that it finds keeps all from being
            written.

    Returns:
        What was written, unchanged and left out.

    Raises:
        InvalidPlan: If two feeds have one path. Nothing is written.
        ProblemsFound: If `strict`, and articles had to be left out. Nothing is written.
        FeedsRefused: If `check` found an error. Nothing is written.
        PublishError: If the folder can't be written.
    """
    plan = newsroom.plan
    findings = (*newsroom.findings, *plan.findings)
    left_out = tuple(finding for finding in findings if finding.severity == "error")
    if strict and left_out:
        raise ProblemsFound(findings)
    total = sum(len(planned.rule.formats) for planned in plan.feeds.values())
    written: list[str] = []
    unchanged: list[str] = []
    checked: list[Finding] = []
    with staging(Path(folder)) as stage:
        for path in plan.feeds:
            feed = newsroom.feed(path)
            for name in feed.formats:
                file = path + FORMATS[name].suffix
                document = feed.render(name)
                if check is not None and name in DEFAULT_FORMATS:
                    checked += check(file, document)
                changed = stage.put(file, document)
                (written if changed else unchanged).append(file)
                if progress is not None:
                    progress(len(written) + len(unchanged), total)
        if any(finding.severity == "error" for finding in checked):
            raise FeedsRefused(checked)
        removed = tuple(stage.commit())
    return Report(
        folder=fspath(folder),
        as_of=newsroom.as_of,
        articles=newsroom.intake.live,
        languages=tuple(newsroom.site.languages),
        written=tuple(written),
        unchanged=tuple(unchanged),
        removed=removed,
        left_out=left_out,
        repaired=tuple(finding for finding in findings if finding.severity == "warning"),
        checked=tuple(checked),
    )
