"""A partner's requirements for a feed as a whole, as its profile declares them. They apply only with a profile."""

from collections.abc import Iterable, Iterator

from newsfeed.check.definitions import CheckGroup, Problem
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.feed_articles import FeedArticle, articles_of
from newsfeed.check.partner_checks import (
    SPECIFICATION,
    article_problem,
    feed_problem,
    for_profile,
    part_of_feed,
)
from newsfeed.model.profile import Profile

__all__ = ["CHECKS", "FORMATS"]

CHECKS = CheckGroup("rss", "atom")
#: Applies also to formats that no partner reads.
FORMATS = CheckGroup("rss", "atom", "json")


@FORMATS.note(
    "NF800",
    "A partner gets a feed in a format that it reads.",
    why="Partners refuse feeds in other formats.",
    fix="give the partner the feed in another format",
    specification=SPECIFICATION,
)
def known_format(document: ParsedDocument) -> Iterator[Problem]:
    """Find documents in other formats."""
    profile = document.profile
    if profile is not None and document.kind not in profile.formats:
        formats = " and ".join(profile.formats)
        yield Problem(
            0, 0, "", f"{profile.partner} reads {formats}, so its other requirements weren't checked"
        )


@CHECKS.error(
    "NF801",
    "A feed isn't larger than the partner allows.",
    why="Partners refuse larger feeds, or cut them off.",
    fix="set max_bytes in the feed's rule, or a lower limit",
    specification=SPECIFICATION,
)
@for_profile("max_bytes")
def size(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find documents that are too large."""
    if profile.max_bytes is not None and len(document.data) > profile.max_bytes:
        reason = f"it has {len(document.data):,} bytes; {profile.partner} allows {profile.max_bytes:,}"
        yield feed_problem(document, reason)


@CHECKS.error(
    "NF802",
    "An article isn't larger than the partner allows.",
    why="Partners leave out larger articles.",
    fix="shorten the article, or leave out pictures that are embedded in its text",
    specification=SPECIFICATION,
)
@for_profile("max_entry_bytes")
def size_of_article(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles that are too large, measured from the start of each to the start of the next."""
    most = profile.max_entry_bytes
    if most is None or len(document.data) <= most:
        return
    articles = list(articles_of(document))
    starts = [*_offsets(document, articles), len(document.data)]
    for article, start, end in zip(articles, starts, starts[1:], strict=False):
        if end - start > most:
            yield article_problem(
                article, f"it has about {end - start:,} bytes; {profile.partner} allows {most:,}"
            )


def _offsets(document: ParsedDocument, articles: Iterable[FeedArticle]) -> Iterator[int]:
    """Yield the byte offset of each article; characters before it on its line count as one byte each."""
    lines = document.data.split(b"\n")
    line, offset = 1, 0
    for article in articles:
        while line < article.element.line:
            offset += len(lines[line - 1]) + 1
            line += 1
        yield offset + article.element.column - 1


@CHECKS.error(
    "NF803",
    "A feed doesn't have more articles than the partner allows.",
    why="Partners read only the first articles.",
    fix="set a lower limit in the feed's rule",
    specification=SPECIFICATION,
)
@for_profile("max_entries")
def not_too_many(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find feeds with too many articles."""
    count = len(document.entries)
    if profile.max_entries is not None and count > profile.max_entries:
        yield feed_problem(
            document, f"it has {count} articles; {profile.partner} allows {profile.max_entries}"
        )


@CHECKS.error(
    "NF804",
    "A feed has at least as many articles as the partner requires.",
    why="Partners don't accept feeds with fewer articles.",
    fix="raise the limit in the feed's rule, or give the partner a feed with more articles",
    specification=SPECIFICATION,
)
@for_profile("min_entries")
def not_too_few(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find feeds with too few articles."""
    count = len(document.entries)
    if profile.min_entries is not None and count < profile.min_entries:
        yield feed_problem(
            document,
            f"it has {count} article{'' if count == 1 else 's'}; {profile.partner} requires at least"
            f" {profile.min_entries}",
        )


@CHECKS.error(
    "NF806",
    "A feed has the information that the partner needs.",
    why="Partners refuse a feed without it.",
    fix="add it to newsroom.toml",
    specification=SPECIFICATION,
)
@for_profile()
def parts_of_feed(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find feeds without a title, a link, a description or a language."""
    for part in profile.feed_needs:
        if not part_of_feed(document, part):
            yield feed_problem(document, f"it has no {part}; {profile.partner} needs one")


@CHECKS.error(
    "NF816",
    "A feed's language includes a region if the partner requires it.",
    why="Without it, partners don't know in which country to show the feed.",
    fix="write the language with a region, such as en-GB",
    specification=SPECIFICATION,
)
@for_profile("region")
def region(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find languages without a region (RFC 5646 §2.2.4)."""
    language = part_of_feed(document, "language")
    subtags = language.split("-")[1:]
    has_region = any(len(tag) == len("GB") or (len(tag) == len("419") and tag.isdigit()) for tag in subtags)
    if profile.region and language and not has_region:
        yield feed_problem(
            document, f"the language {language!r} has no region; {profile.partner} requires one"
        )
