"""Publishing a plan: from what a caller asks for to the report."""

from collections.abc import Sequence
from os import PathLike

import msgspec

from newsfeed.errors import FeedsRefused, LossRefused, ProblemsFound
from newsfeed.findings import Finding
from newsfeed.formats.renderer import Renderer
from newsfeed.plan.due import next_change
from newsfeed.plan.kept_paths import has_kept_paths
from newsfeed.plan.plan import Plan
from newsfeed.plan.planning import plan_of
from newsfeed.publish.build import Build
from newsfeed.publish.dry_run import DryRun
from newsfeed.publish.options import PublishOptions
from newsfeed.publish.published_feeds import feed_path
from newsfeed.publish.record import PublishRecord
from newsfeed.publish.record_file import RecordFile
from newsfeed.publish.records import TargetRecords
from newsfeed.publish.report import Report
from newsfeed.publish.target import OpenTarget, Target, target_of

__all__ = ["check_strictly", "publish", "report_of", "run"]


def publish(
    plan: Plan, renderer: Renderer, folder: str | PathLike[str] | Target, options: PublishOptions
) -> Report:
    """Publish what a plan says, as rendered by a renderer; `Newsroom.publish` says what may go wrong."""
    findings = (*plan.catalog.findings, *plan.findings)
    check_strictly(findings, options)
    target = target_of(folder)
    record_file = None if options.record is None else RecordFile(options.record)
    with target.for_reading() if options.dry_run else target.for_build(wait=options.wait) as opened:
        output = DryRun(opened) if options.dry_run else opened
        records = TargetRecords(output, record_file, name=target.name)
        plan = _with_kept_paths(plan, records.before)
        build = Build(plan, renderer, output, records, check=options.check, accept=options.accept)
        run(build, findings, options)
        report = report_of(build, output, findings, options)
    return msgspec.structs.replace(report, folder=target.name, next_change=next_change(plan))


def _with_kept_paths(plan: Plan, before: PublishRecord) -> Plan:
    """Return a plan whose feeds keep the paths at which they were published."""
    published = {feed_path(path) for path in before.documents}
    is_as_planned = not has_kept_paths(plan, published.__contains__)
    return plan if is_as_planned else plan_of(plan.catalog, published.__contains__)


def check_strictly(findings: Sequence[Finding], options: PublishOptions) -> None:
    """Refuse to publish when articles had to be left out, if the caller asks for that.

    Raises:
        ProblemsFound: If they had to be.
    """
    if options.strict and any(finding.severity == "error" for finding in findings):
        raise ProblemsFound(findings)


def run(build: Build, findings: Sequence[Finding], options: PublishOptions) -> None:
    """Render what changed and publish it, unless too much would be lost, or a document doesn't pass its check.

    Args:
        build: The build.
        findings: What was found in articles and paths.
        options: What the caller asks for.
    """
    if build.loses_too_much and not (options.accept_loss or options.dry_run):
        raise LossRefused(str(build.loss), build.loss.lost, findings)
    errors = sum(finding.severity == "error" for finding in findings)
    is_empty = not any(build.plan.catalog.sources.values())
    if errors and is_empty and not (options.accept_loss or options.dry_run):
        raise ProblemsFound(findings, _no_article(errors))
    build.run(options.progress, options.executor)
    if any(finding.severity == "error" for finding in build.writer.checked):
        raise FeedsRefused(build.writer.checked, findings)
    if not options.dry_run:
        build.commit()


def report_of(
    build: Build, output: OpenTarget, findings: Sequence[Finding], options: PublishOptions
) -> Report:
    """Return the report of a build that has run; the caller adds the target's name, and when something changes next."""
    plan = build.plan
    return Report(
        folder="",
        as_of=plan.as_of,
        feeds_url=plan.site.feeds_url,
        articles=plan.catalog.live,
        languages=tuple(plan.site.languages),
        written=tuple(build.writer.written),
        announced=build.announced,
        unchanged=tuple(build.writer.unchanged),
        removed=(*output.cleared, *build.removed),
        left_out=tuple(finding for finding in findings if finding.severity == "error"),
        repaired=tuple(finding for finding in findings if finding.severity == "warning"),
        shortened=tuple(build.writer.shortened),
        changed=build.changed,
        article_changes=build.articles,
        lost=build.loss.lost,
        error=str(build.loss) if build.loses_too_much and not options.accept_loss else "",
        changes=tuple(output.changes()) if isinstance(output, DryRun) else (),
        checked=tuple(build.writer.checked),
    )


def _no_article(errors: int) -> str:
    because = f"{errors:,} errors" if errors != 1 else "an error"
    fix = "Fix them and build again." if errors != 1 else "Fix it and build again."
    return f"no article can be published because of {because}. Nothing was written. {fix}"
