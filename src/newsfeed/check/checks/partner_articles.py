"""What a partner asks of each article, as its profile declares it. Nothing is asked where no profile is named."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from newsfeed.check.definitions import CheckGroup, FindProblems, Problem
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.feed_articles import FeedArticle, articles_of
from newsfeed.check.html_names import ELEMENTS
from newsfeed.check.partner_checks import SPECIFICATION, article_problem, as_note, for_profile, part_of_feed
from newsfeed.model.profile import Profile, element_template
from newsfeed.text.html_tags import tags

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")


@CHECKS.error(
    "NF805",
    "A partner is given articles that were published lately.",
    why="A partner leaves older ones out, and those of the future.",
    fix="leave the article out of the feed",
    specification=SPECIFICATION,
)
@for_profile("max_age_days")
def age(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles that are too old, or not yet published."""
    if profile.max_age_days is None:
        return
    for article in articles_of(document):
        if article.published is None:
            continue
        days = (document.as_of - article.published) / timedelta(days=1)
        if days > profile.max_age_days:
            reason = (
                f"it is {days:.0f} days old; {profile.partner} takes articles of {profile.max_age_days} days"
            )
            yield article_problem(article, reason)
        elif days < 0:
            yield article_problem(
                article, "it is published in the future", "wait until then, or fix its date"
            )


@CHECKS.error(
    "NF807",
    "Each article has what the partner needs.",
    why="A partner leaves an article without it out.",
    fix="add it to the article",
    specification=SPECIFICATION,
)
@for_profile()
def parts(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles without a part that the profile names."""
    for article in articles_of(document):
        for part in profile.needs:
            if not article.has(part):
                problem = article_problem(
                    article, f"it has no {part}; {profile.partner} needs one", f"give the article a {part}"
                )
                yield as_note(problem) if profile.is_advice(part) else problem


@CHECKS.error(
    "NF808",
    "A title is as long as the partner asks for.",
    why="A partner leaves the article out, or makes a title of its own.",
    fix="write a longer title",
    specification=SPECIFICATION,
)
@for_profile("min_title")
def long_enough(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find titles that are too short."""
    least = profile.min_title or 0
    for article in articles_of(document):
        if 0 < (length := len(article.shown_title)) < least:
            reason = f"its title has {length} characters; {profile.partner} asks for {least} or more"
            yield article_problem(article, reason, where=article.element.find("title"))


@CHECKS.error(
    "NF809",
    "A title is no longer than the partner takes.",
    why="A partner leaves the article out, or cuts the title off.",
    fix="write a shorter title",
    specification=SPECIFICATION,
)
@for_profile("max_title")
def short_enough(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find titles that are too long, and have no shorter one beside them."""
    if profile.max_title is None:
        return
    for article in articles_of(document):
        length = len(article.shown_title)
        if length > profile.max_title and not _has_short_title(article, profile):
            reason = f"its title has {length} characters; {profile.partner} takes {profile.max_title}"
            fix = f"write a shorter one, or a {profile.short_title} beside it" if profile.short_title else ""
            yield article_problem(article, reason, fix, article.element.find("title"))


def _has_short_title(article: FeedArticle, profile: Profile) -> bool:
    return profile.short_title is not None and _has_element(article, profile, profile.short_title)


def _has_element(article: FeedArticle, profile: Profile, prefixed: str) -> bool:
    prefix, _, name = prefixed.partition(":")
    found = article.element.find(name, profile.namespaces[prefix])
    return found is not None and bool(found.text.strip())


@CHECKS.error(
    "NF810",
    "A summary is as long as the partner asks for.",
    why="A partner shows the summary, and tells the subject from it.",
    fix="write a longer summary",
    specification=SPECIFICATION,
)
@for_profile("min_summary")
def summaries(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find summaries that are too short."""
    for article in articles_of(document):
        length = len(article.summary)
        if profile.min_summary is not None and 0 < length < profile.min_summary:
            reason = f"its summary has {length} characters; {profile.partner} asks for {profile.min_summary} or more"
            yield article_problem(article, reason)


@CHECKS.error(
    "NF811",
    "An article has a picture as large as the partner asks for.",
    why="A partner shows the article without its picture, or not at all.",
    fix="add a larger picture, with its width and height",
    specification=SPECIFICATION,
)
def pictures(document: ParsedDocument) -> Iterator[Problem]:
    """Find articles whose pictures are all too small; a picture whose size isn't told may be large enough."""
    yield from _small_pictures("picture_short_side", 0)(document)
    yield from _small_pictures("picture_long_side", 1)(document)


def _small_pictures(key: str, side: int) -> FindProblems:
    name = ("shorter", "longer")[side]

    def small(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
        least: int | None = getattr(profile, key)
        for article in articles_of(document) if least is not None else ():
            sides = [picture.sides for picture in article.pictures]
            sizes = [known[side] for known in sides if known is not None]
            if sizes and len(sizes) == len(sides) and max(sizes) < (least or 0):
                said = f"the {name} side of its largest picture has {max(sizes)} pixels"
                yield article_problem(article, f"{said}; {profile.partner} asks for {least}")

    return for_profile(key)(small)


@CHECKS.error(
    "NF812",
    "Links and pictures have https addresses where the partner asks for them.",
    why="A partner leaves out what isn't served by https.",
    fix="write https, once the server answers there",
    specification=SPECIFICATION,
)
@for_profile("https")
def secure(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find addresses of another scheme."""
    for article in articles_of(document) if profile.https else ():
        for address in dict.fromkeys([article.link, *(picture.url for picture in article.pictures)]):
            if address.lower().startswith("http:"):
                yield article_problem(
                    article, f"{address[:100]!r} isn't https; {profile.partner} asks for it"
                )


@CHECKS.error(
    "NF813",
    "Articles are on the host of their feed where the partner asks for it.",
    why="A partner takes the feed for somebody else's.",
    fix="link to the article's page on your own site",
    specification=SPECIFICATION,
)
@for_profile("own_host")
def hosts(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles on another host than the feed's own address; where that isn't known, than its front page."""
    own = _host(document.address or part_of_feed(document, "link"))
    for article in articles_of(document) if profile.own_host and own else ():
        other = _host(article.link)
        if other and other != own:
            yield article_problem(
                article, f"it is on {other}, and the feed on {own}; {profile.partner} asks for one host", ""
            )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket that isn't closed
        return ""


@CHECKS.error(
    "NF814",
    "A title holds no HTML where the partner forbids it.",
    why="A partner leaves the article out, or shows the tags.",
    fix="leave the markup out",
    specification=SPECIFICATION,
)
@for_profile("plain_titles")
def plain(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find titles with tags of HTML."""
    for article in articles_of(document) if profile.plain_titles else ():
        tag = next((tag for tag in tags(article.title) if tag.name in ELEMENTS), None)
        if tag is not None:
            shown = article.title[tag.start : tag.end][:60]
            yield article_problem(article, f"its title holds {shown!r}", where=article.element.find("title"))


@CHECKS.error(
    "NF815",
    "Each article carries the partner's own elements.",
    why="A partner reads them in place of RSS's own.",
    fix="let the feed's rule name the profile",
    specification=SPECIFICATION,
)
@for_profile("elements")
def own_elements(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles without an element of the profile; one that only says what a site adds may be missing."""
    wanted = [name for name, template in profile.elements.items() if not _is_optional(template)]
    for article in articles_of(document) if wanted else ():
        for name in wanted:
            if not _has_element(article, profile, name):
                fix = f'write profile = "{profile.name}" into the feed\'s rule; if it is there, give the article its text'
                yield article_problem(article, f"it has no {name}; {profile.partner} reads it", fix)


def _is_optional(template: str) -> bool:
    return any(
        (name or "").startswith("extra.") and not instead for _, name, instead in element_template(template)
    )
