"""What a partner asks of a feed as a whole, as its profile declares it. Nothing is asked where no profile is named."""

from collections.abc import Iterable, Iterator

from newsfeed.check.articles import Article, articles_of
from newsfeed.check.asked import SPECIFICATION, asked, of_article, of_feed, part_of_feed
from newsfeed.check.documents import Document
from newsfeed.check.rule import Fault, Rules
from newsfeed.model.profile import Profile

__all__ = ["FORMATS", "RULES"]

RULES = Rules("rss", "atom")
#: Of formats that no partner reads as well.
FORMATS = Rules("rss", "atom", "json")


@FORMATS.note(
    "NF800",
    "A partner is given a feed in a format that it reads.",
    why="A partner refuses a feed of another format.",
    mend="give the partner the same feed in its format",
    specification=SPECIFICATION,
)
def known_format(document: Document) -> Iterator[Fault]:
    """Find documents of another format."""
    profile = document.profile
    if profile is not None and document.kind not in profile.formats:
        formats = " and ".join(profile.formats)
        yield Fault(0, 0, "", f"{profile.partner} reads {formats}, so nothing that it asks is looked at here")


@RULES.error(
    "NF801",
    "A partner is given no more bytes than it takes.",
    why="A partner leaves a larger feed unread, or cuts it off.",
    mend="set max_bytes in the feed's rule, or a lower limit",
    specification=SPECIFICATION,
)
@asked("max_bytes")
def size(document: Document, profile: Profile) -> Iterator[Fault]:
    """Find documents that are too large."""
    if profile.max_bytes is not None and len(document.data) > profile.max_bytes:
        reason = f"it has {len(document.data):,} bytes; {profile.partner} takes {profile.max_bytes:,}"
        yield of_feed(document, reason)


@RULES.error(
    "NF802",
    "A partner is given no article of more bytes than it takes.",
    why="A partner leaves a larger article out.",
    mend="shorten the article, or leave pictures out that stand in its text",
    specification=SPECIFICATION,
)
@asked("max_entry_bytes")
def size_of_article(document: Document, profile: Profile) -> Iterator[Fault]:
    """Find articles that are too large, from where each begins to where the next one does."""
    most = profile.max_entry_bytes
    if most is None or len(document.data) <= most:
        return
    articles = list(articles_of(document))
    starts = [*_offsets(document, articles), len(document.data)]
    for article, start, end in zip(articles, starts, starts[1:], strict=False):
        if end - start > most:
            yield of_article(article, f"it has about {end - start:,} bytes; {profile.partner} takes {most:,}")


def _offsets(document: Document, articles: Iterable[Article]) -> Iterator[int]:
    """Give the byte at which each article begins; a letter before it in its line counts as one."""
    lines = document.data.split(b"\n")
    line, offset = 1, 0
    for article in articles:
        while line < article.element.line:
            offset += len(lines[line - 1]) + 1
            line += 1
        yield offset + article.element.column - 1


@RULES.error(
    "NF803",
    "A partner is given no more articles than it takes.",
    why="A partner reads the first ones and misses the others.",
    mend="set a lower limit in the feed's rule",
    specification=SPECIFICATION,
)
@asked("max_entries")
def not_too_many(document: Document, profile: Profile) -> Iterator[Fault]:
    """Find feeds of too many articles."""
    count = len(document.entries)
    if profile.max_entries is not None and count > profile.max_entries:
        yield of_feed(document, f"it has {count} articles; {profile.partner} takes {profile.max_entries}")


@RULES.error(
    "NF804",
    "A partner is given as many articles as it asks for.",
    why="A partner doesn't take up a feed of fewer.",
    mend="raise the limit in the feed's rule, or give the partner a wider feed",
    specification=SPECIFICATION,
)
@asked("min_entries")
def not_too_few(document: Document, profile: Profile) -> Iterator[Fault]:
    """Find feeds of too few articles."""
    count = len(document.entries)
    if profile.min_entries is not None and count < profile.min_entries:
        yield of_feed(document, f"it has {count} articles; {profile.partner} asks for {profile.min_entries}")


@RULES.error(
    "NF806",
    "A feed has what the partner needs to know of it.",
    why="A partner refuses a feed without it.",
    mend="say it in newsroom.toml",
    specification=SPECIFICATION,
)
@asked()
def parts_of_feed(document: Document, profile: Profile) -> Iterator[Fault]:
    """Find feeds without a title, a link, a description or a language."""
    for part in profile.feed_needs:
        if not part_of_feed(document, part):
            yield of_feed(document, f"it has no {part}; {profile.partner} needs one")


@RULES.error(
    "NF816",
    "A feed's language names its region where the partner asks for it.",
    why="A partner doesn't know in which country to show the feed.",
    mend="write the language with its region, en-GB",
    specification=SPECIFICATION,
)
@asked("region")
def region(document: Document, profile: Profile) -> Iterator[Fault]:
    """Find languages without a region (RFC 5646 §2.2.4)."""
    language = part_of_feed(document, "language")
    subtags = language.split("-")[1:]
    has_region = any(len(tag) == len("GB") or (len(tag) == len("419") and tag.isdigit()) for tag in subtags)
    if profile.region and language and not has_region:
        yield of_feed(document, f"the language {language!r} names no region; {profile.partner} asks for one")
