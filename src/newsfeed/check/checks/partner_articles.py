"""A partner's requirements for each article, as its profile declares them. They apply only with a profile."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from newsfeed.check.definitions import CheckGroup, FindProblems, Problem
from newsfeed.check.documents import ParsedDocument
from newsfeed.check.feed_articles import FeedArticle, articles_of
from newsfeed.check.html_names import ELEMENTS
from newsfeed.check.partner_checks import SPECIFICATION, article_problem, as_note, for_profile, part_of_feed
from newsfeed.model.profile import Profile, element_template
from newsfeed.text.html.tags import tags

__all__ = ["CHECKS"]

CHECKS = CheckGroup("rss", "atom")

#: Parts that messages call otherwise.
_NAMES = {"published": "date"}


@CHECKS.error(
    "NF805",
    "A partner gets only recent articles.",
    why="Partners leave out older articles, and those from the future.",
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
            reason = f"it is {days:.0f} days old; {profile.partner} takes articles up to {profile.max_age_days} days old"
            yield article_problem(article, reason)
        elif days < 0:
            yield article_problem(
                article, "its date is in the future", "wait until then, or correct its date"
            )


@CHECKS.error(
    "NF807",
    "Each article has everything that the partner needs.",
    why="Partners leave out incomplete articles.",
    fix="add the missing part to the article",
    specification=SPECIFICATION,
)
@for_profile()
def parts(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles that lack a part that the profile requires."""
    for article in articles_of(document):
        for part in profile.needs:
            if not article.has(part):
                name = _NAMES.get(part, part)
                article_of = "an" if name[0] in "aeiou" else "a"
                reason = f"it has no {name}; {profile.partner} needs one"
                problem = article_problem(article, reason, f"add {article_of} {name} to the article")
                yield as_note(problem) if profile.is_advice(part) else problem


@CHECKS.error(
    "NF808",
    "A title has at least the length that the partner requires.",
    why="Partners leave out the article, or write their own title.",
    fix="write a longer title",
    specification=SPECIFICATION,
)
@for_profile("min_title")
def long_enough(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find titles that are too short."""
    least = profile.min_title or 0
    for article in articles_of(document):
        if 0 < (length := len(article.shown_title)) < least:
            reason = f"its title has {length} characters; {profile.partner} requires at least {least}"
            yield article_problem(article, reason, where=article.element.find("title"))


@CHECKS.error(
    "NF809",
    "A title isn't longer than the partner allows.",
    why="Partners leave out the article, or cut off the title.",
    fix="write a shorter title",
    specification=SPECIFICATION,
)
@for_profile("max_title")
def short_enough(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find titles that are too long, without a short title beside them."""
    if profile.max_title is None:
        return
    for article in articles_of(document):
        length = len(article.shown_title)
        if length > profile.max_title and not _has_short_title(article, profile):
            reason = f"its title has {length} characters; {profile.partner} allows {profile.max_title}"
            fix = f"write a shorter title, or add a {profile.short_title}" if profile.short_title else ""
            yield article_problem(article, reason, fix, article.element.find("title"))


def _has_short_title(article: FeedArticle, profile: Profile) -> bool:
    return profile.short_title is not None and _has_element(article, profile, profile.short_title)


def _has_element(article: FeedArticle, profile: Profile, prefixed: str) -> bool:
    prefix, _, name = prefixed.partition(":")
    found = article.element.find(name, profile.namespaces[prefix])
    return found is not None and bool(found.text.strip())


@CHECKS.error(
    "NF810",
    "A summary has at least the length that the partner requires.",
    why="Partners show the summary, and derive the subject from it.",
    fix="write a longer summary",
    specification=SPECIFICATION,
)
@for_profile("min_summary")
def summaries(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find summaries that are too short."""
    for article in articles_of(document):
        length = len(article.summary)
        if profile.min_summary is not None and 0 < length < profile.min_summary:
            reason = f"its summary has {length} characters; {profile.partner} requires at least {profile.min_summary}"
            yield article_problem(article, reason)


@CHECKS.error(
    "NF811",
    "An article has a picture of the size that the partner requires.",
    why="Partners show the article without its picture, or not at all.",
    fix="add a larger picture, with its width and height",
    specification=SPECIFICATION,
)
def pictures(document: ParsedDocument) -> Iterator[Problem]:
    """Find articles whose pictures are all too small; a picture of unknown size may be large enough."""
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
                measured = f"the {name} side of its largest picture has {max(sizes)} pixels"
                yield article_problem(article, f"{measured}; {profile.partner} requires {least}")

    return for_profile(key)(small)


@CHECKS.error(
    "NF812",
    "Links and pictures have https addresses if the partner requires them.",
    why="Partners leave out articles and pictures without https.",
    fix="write https addresses, once the server supports them",
    specification=SPECIFICATION,
)
@for_profile("https")
def secure(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find http addresses."""
    for article in articles_of(document) if profile.https else ():
        for address in dict.fromkeys([article.link, *(picture.url for picture in article.pictures)]):
            if address.lower().startswith("http:"):
                yield article_problem(
                    article, f"{address[:100]!r} isn't https; {profile.partner} requires it"
                )


@CHECKS.error(
    "NF813",
    "Articles are on the same host as their feed if the partner requires it.",
    why="Otherwise partners assume that the feed belongs to another site.",
    fix="link to the article's page on your own site",
    specification=SPECIFICATION,
)
@for_profile("own_host")
def hosts(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles on another host than the feed's address or, if that is unknown, its home page."""
    own = _host(document.address or part_of_feed(document, "link"))
    for article in articles_of(document) if profile.own_host and own else ():
        other = _host(article.link)
        if other and other != own:
            yield article_problem(
                article, f"it is on {other}, but the feed is on {own}; {profile.partner} requires one host"
            )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # an unclosed bracket
        return ""


@CHECKS.error(
    "NF814",
    "A title contains no HTML if the partner forbids it.",
    why="Partners leave out the article, or show the tags.",
    fix="leave out the markup",
    specification=SPECIFICATION,
)
@for_profile("plain_titles")
def plain(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find titles with HTML tags."""
    for article in articles_of(document) if profile.plain_titles else ():
        tag = next((tag for tag in tags(article.title) if tag.name in ELEMENTS), None)
        if tag is not None:
            shown = article.title[tag.start : tag.end][:60]
            yield article_problem(
                article, f"its title contains {shown!r}", where=article.element.find("title")
            )


@CHECKS.error(
    "NF815",
    "Each article has the partner's own elements.",
    why="Partners read them instead of RSS's own.",
    fix="set the profile in the feed's rule",
    specification=SPECIFICATION,
)
@for_profile("elements")
def own_elements(document: ParsedDocument, profile: Profile) -> Iterator[Problem]:
    """Find articles without an element of the profile; elements for a site's extra fields are optional."""
    wanted = [name for name, template in profile.elements.items() if not _is_optional(template)]
    for article in articles_of(document) if wanted else ():
        for name in wanted:
            if not _has_element(article, profile, name):
                fix = f'set profile = "{profile.name}" in the feed\'s rule; if it is set, add the text to the article'
                yield article_problem(article, f"it has no {name}; {profile.partner} reads it", fix)


def _is_optional(template: str) -> bool:
    return any(
        (name or "").startswith("extra.") and not instead for _, name, instead in element_template(template)
    )
