"""What a partner asks of a feed as a whole, as its profile declares it. Nothing is asked where no profile is named."""

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
#: Of formats that no partner reads as well.
FORMATS = CheckGroup("rss", "atom", "json")


@FORMATS.note(
    "NF800",
    "A partner is given a feed in a format that it reads.",
    why="A partner refuses a feed of another format.",
    fix="give the partner the same feed in its format",
    specification=SPECIFICATION,
)
def known_format(document: ParsedDocument) -> Iterator[Problem]:
    """Find documents of another format."""
    profile = document.profile
    if profile is not None and document.kind not in profile.formats:
        formats = " and ".join(profile.formats)
        yield Problem(
            0, 0, "", f"{profile.partner} reads {formats}, so nothing that it asks is looked at here"
        )


@CHECKS.error(
    "NF801",
    "A partner is given no more bytes than it takes.",
    why="A partner leaves a larger feed unread, or cuts it off.",
    fix="set max_bytes in the feed's rule, or a lower limit",
    specification=SPECIFICATION,
)
@for_profile("max_bytes")
def size(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find documents that are too large."""
    if profile.max_bytes is not None and len(document.data) > profile.max_bytes:
        reason = f"it has {len(document.data):,} bytes; {profile.partner} takes {profile.max_bytes:,}"
        yield feed_problem(document, reason)


@CHECKS.error(
    "NF802",
    "A partner is given no article of more bytes than it takes.",
    why="A partner leaves a larger article out.",
    fix="shorten the article, or leave pictures out that stand in its text",
    specification=SPECIFICATION,
)
@for_profile("max_entry_bytes")
def size_of_article(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles that are too large, from where each begins to where the next one does."""
    most = profile.max_entry_bytes
    if most is None or len(document.data) <= most:
        return
    articles = list(articles_of(document))
    starts = [*_offsets(document, articles), len(document.data)]
    for article, start, end in zip(articles, starts, starts[1:], strict=False):
        if end - start > most:
            yield article_problem(
                article, f"it has about {end - start:,} bytes; {profile.partner} takes {most:,}"
            )


def _offsets(document: ParsedDocument, articles: Iterable[FeedArticle]) -> Iterator[int]:
    """Give the byte at which each article begins; a letter before it in its line counts as one."""
    lines = document.data.split(b"\n")
    line, offset = 1, 0
    for article in articles:
        while line < article.element.line:
            offset += len(lines[line - 1]) + 1
            line += 1
        yield offset + article.element.column - 1


@CHECKS.error(
    "NF803",
    "A partner is given no more articles than it takes.",
    why="A partner reads the first ones and misses the others.",
    fix="set a lower limit in the feed's rule",
    specification=SPECIFICATION,
)
@for_profile("max_entries")
def not_too_many(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find feeds of too many articles."""
    count = len(document.entries)
    if profile.max_entries is not None and count > profile.max_entries:
        yield feed_problem(
            document, f"it has {count} articles; {profile.partner} takes {profile.max_entries}"
        )


@CHECKS.error(
    "NF804",
    "A partner is given as many articles as it asks for.",
    why="A partner doesn't take up a feed of fewer.",
    fix="raise the limit in the feed's rule, or give the partner a wider feed",
    specification=SPECIFICATION,
)
@for_profile("min_entries")
def not_too_few(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find feeds of too few articles."""
    count = len(document.entries)
    if profile.min_entries is not None and count < profile.min_entries:
        yield feed_problem(
            document, f"it has {count} articles; {profile.partner} asks for {profile.min_entries}"
        )


@CHECKS.error(
    "NF806",
    "A feed has what the partner needs to know of it.",
    why="A partner refuses a feed without it.",
    fix="say it in newsroom.toml",
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
    "A feed's language names its region where the partner asks for it.",
    why="A partner doesn't know in which country to show the feed.",
    fix="write the language with its region, en-GB",
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
            document, f"the language {language!r} names no region; {profile.partner} asks for one"
        )
