"""Publishing a plan: from what a caller asks for to the report."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import TYPE_CHECKING

from newsfeed.errors import FeedsRefused, LossRefused, ProblemsFound
from newsfeed.findings import Finding
from newsfeed.formats.renderer import Renderer
from newsfeed.plan.due import next_change
from newsfeed.plan.plan import Plan
from newsfeed.publish.build import Build
from newsfeed.publish.dry_run import DryRun
from newsfeed.publish.record_file import RecordFile
from newsfeed.publish.records import TargetRecords
from newsfeed.publish.report import Report
from newsfeed.publish.target import Target, target_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["publish"]


def publish(  # noqa: PLR0913 - each by its name
    plan: Plan,
    renderer: Renderer,
    folder: str | PathLike[str] | Target,
    *,
    strict: bool = False,
    progress: Callable[[int, int], object] | None = None,
    check: Callable[[str, bytes], Sequence[Finding]] | None = None,
    accept: bool = False,
    accept_loss: bool = False,
    dry_run: bool = False,
    wait: float = 0,
    executor: "Executor | None" = None,
    record: str | PathLike[str] | None = None,
) -> Report:
    """Publish what a plan says, as rendered by a renderer; the rest is as `Newsroom.publish` describes it."""
    findings = (*plan.catalog.findings, *plan.findings)
    left_out = tuple(finding for finding in findings if finding.severity == "error")
    if strict and left_out:
        raise ProblemsFound(findings)
    target = target_of(folder)
    record_file = None if record is None else RecordFile(record)
    with target.for_reading() if dry_run else target.for_build(wait=wait) as opened:
        output = DryRun(opened) if dry_run else opened
        records = TargetRecords(output, record_file)
        build = Build(plan, renderer, output, records, check=check, accept=accept)
        loses_too_much = build.loss.is_more_than(plan.site.max_loss) and not accept_loss
        if loses_too_much and not dry_run:
            raise LossRefused(str(build.loss), build.loss.lost)
        if left_out and not any(plan.catalog.sources.values()) and not (accept_loss or dry_run):
            raise ProblemsFound(findings, _no_article(len(left_out)))
        build.run(progress, executor)
        if any(finding.severity == "error" for finding in build.writer.checked):
            raise FeedsRefused(build.writer.checked)
        if not dry_run:
            build.commit()
        changes = tuple(output.changes()) if isinstance(output, DryRun) else ()
    return Report(
        folder=target.name,
        as_of=plan.as_of,
        feeds_url=plan.site.feeds_url,
        articles=plan.catalog.live,
        languages=tuple(plan.site.languages),
        written=tuple(build.writer.written),
        unchanged=tuple(build.writer.unchanged),
        removed=(*output.cleared, *build.removed),
        left_out=left_out,
        repaired=tuple(finding for finding in findings if finding.severity == "warning"),
        shortened=tuple(build.writer.shortened),
        changed=build.changed,
        lost=build.loss.lost,
        error=str(build.loss) if loses_too_much else "",
        changes=changes,
        checked=tuple(build.writer.checked),
        next_change=next_change(plan),
    )


def _no_article(errors: int) -> str:
    because = f"{errors:,} errors" if errors != 1 else "an error"
    fix = "Fix them and build again." if errors != 1 else "Fix it and build again."
    return f"no article can be published because of {because}. Nothing was written. {fix}"
