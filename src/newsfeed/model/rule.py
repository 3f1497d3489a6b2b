"""FeedRule: one `[[feeds]]` table, whose path with placeholders describes many feeds."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from newsfeed.errors import InvalidRecord, InvalidValue
from newsfeed.model.article import access_word
from newsfeed.model.axes import AXES
from newsfeed.model.conditions import check_conditions, terms_by_facet
from newsfeed.model.formats import DEFAULT_FORMATS, FORMATS, Format
from newsfeed.model.localised import LocalText, local_text
from newsfeed.model.periods import ARCHIVES
from newsfeed.model.record import Record, Rule
from newsfeed.model.rule_paths import (
    axes_of,
    check_document_path,
    check_path,
    placeholders,
    problems_of_ending,
)
from newsfeed.model.value_rules import (
    distinct,
    mapping_of,
    needed_text,
    one_of,
    optional_text,
    text,
    truth,
    whole_number,
)
from newsfeed.text.ages import length_of_age

__all__ = [
    "CONTENT",
    "DEFAULT_PLAN",
    "ORDERS",
    "FeedRule",
    "check_limit",
]

#: What entries carry: the full text, what stands before the article's mark, or only the summary.
CONTENT = ("full", "teaser", "summary")
#: The date by which a feed is in order, the latest first.
ORDERS = ("published", "updated")

_LIMIT = 50
#: The parameters that have a prefix.
_UTM = frozenset({"campaign", "content", "id", "medium", "source", "term"})


def _title_words() -> tuple[str, ...]:
    """Return the placeholders of titles."""
    return ("site", *AXES, "latest", "all")


def _title(value: object) -> LocalText:
    title = local_text(value)
    for words in [title] if isinstance(title, str) else title.values():
        placeholders(words, _title_words())
    return title


def _max_age(value: object) -> str:
    age = text(value)
    length = length_of_age(age)
    if not length:
        raise InvalidValue(f"{age!r} isn't an age", 'write a number and h or d, such as "48h" or "30d"')
    return age


def _parameters(value: object) -> dict[str, str]:
    parameters = mapping_of(needed_text)(value)
    return {f"utm_{name}" if name in _UTM else name: str(text) for name, text in parameters.items()}


def _positive(value: object) -> int:
    return whole_number(value, least=1)


def _most_bytes(value: object) -> int:
    return whole_number(value, least=1, example="2_000_000")


def _pages(value: object) -> bool | int:
    return value if isinstance(value, bool) else whole_number(value, least=1)


def check_limit(value: object) -> int:
    """Check the maximum number of articles of a feed.

    Raises:
        InvalidValue: If it isn't a whole number of 1 or more.
    """
    return _positive(value)


class FeedRule(Record, frozen=True, kw_only=True):
    """A pattern of feeds to write: its placeholders are axes, and each combination of their values makes a feed.

    >>> FeedRule(path="{language}/category/{category}", limit=20).axes
    ('language', 'category')
    """

    path: Annotated[
        str, Meta(description="The feeds' paths, with placeholders: {" + "}, {".join(AXES) + "}.")
    ]
    where: Annotated[
        Mapping[str, str | Sequence[str]],
        Meta(
            description="Which articles: a value or a list of values by facet; facets have the names of axes."
        ),
    ] = {}
    without: Annotated[
        Mapping[str, str | Sequence[str]],
        Meta(
            description="Which articles to leave out, as in where: those that have one of the terms on any of the facets."
        ),
    ] = {}
    title: Annotated[
        LocalText | None, Meta(description="The feeds' title, with {site} and the placeholders of the path.")
    ] = None
    limit: Annotated[int, Meta(description="The most articles in one feed.", ge=1)] = _LIMIT
    order: Annotated[
        str, Meta(description="published: the newest articles first; updated: those that changed last.")
    ] = "published"
    max_age: Annotated[
        str | None,
        Meta(
            description="How long ago an article may have been published, 48h or 30d; older ones are left out."
        ),
    ] = None
    min_articles: Annotated[
        int,
        Meta(description="How many articles a topic, an author or a period must have to get a feed.", ge=1),
    ] = 1
    formats: Annotated[
        Sequence[str], Meta(description="Which files to write: " + ", ".join(FORMATS.own) + ".")
    ] = DEFAULT_FORMATS
    paths: Annotated[
        Mapping[str, str],
        Meta(
            description="The whole paths of documents, by format, feed/index.xml, so that old addresses live on; with the "
            "placeholders of the path."
        ),
    ] = {}
    content: Annotated[
        str,
        Meta(
            description="full: entries carry the whole text; teaser: up to the article's mark, else the summary; "
            "summary: only the summary."
        ),
    ] = "full"
    lead_image: Annotated[
        bool,
        Meta(
            description="True puts an article's first picture at the head of its content, unless it shows it already."
        ),
    ] = False
    access: Annotated[
        Sequence[str],
        Meta(
            description="Whose articles the feeds may carry whole: words that articles have as access. Default: free ones."
        ),
    ] = ()
    listed: Annotated[
        bool | None,
        Meta(
            description="False keeps the feeds out of lists, tags, pages, hubs and other feeds. Default: true, and false "
            "with a profile or access."
        ),
    ] = None
    utm: Annotated[
        Mapping[str, str],
        Meta(
            description="Parameters for the links to articles, utm_source and the like; source and the like are short for them."
        ),
    ] = {}
    ttl: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="For how many minutes readers may keep the feed before they ask again."),
    ] = None
    max_bytes: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="The most bytes of each file; the oldest articles are left out until it fits."),
    ] = None
    profile: Annotated[
        str | None,
        Meta(description="A partner's profile: its elements are added, and its limits kept."),
    ] = None

    archive: Annotated[
        str | None,
        Meta(
            description="Archives every article, by day, month or year; the feed has all of the one that isn't over, "
            "and at least limit."
        ),
    ] = None
    paged: Annotated[
        bool | int,
        Meta(
            description="Spreads a feed over pages of limit articles: true for all, or the maximum number of pages."
        ),
    ] = False
    complete: Annotated[
        bool,
        Meta(description="Puts all articles into the feed, and declares it complete."),
    ] = False

    rules: ClassVar[Mapping[str, Rule]] = {
        "path": check_path,
        "where": check_conditions,
        "without": check_conditions,
        "title": _title,
        "limit": check_limit,
        "order": one_of(ORDERS),
        "max_age": _max_age,
        "min_articles": _positive,
        "formats": distinct(one_of(FORMATS)),
        "paths": mapping_of(check_document_path),
        "content": one_of(CONTENT),
        "lead_image": truth,
        "access": distinct(access_word),
        "listed": truth,
        "utm": _parameters,
        "ttl": lambda value: whole_number(value, least=1, example="60"),
        "max_bytes": _most_bytes,
        "profile": optional_text,
        "archive": one_of(ARCHIVES),
        "paged": _pages,
        "complete": truth,
    }

    @property
    def most(self) -> int:
        """The maximum number of articles in one of its feeds, with its pages and archives."""
        if self.archive or self.complete or self.paged is True:
            return sys.maxsize
        return self.limit * max(1, self.paged)

    @property
    def axes(self) -> tuple[str, ...]:
        """The distinct placeholders of the path, in their order."""
        return axes_of(self.path)

    @property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """The `where` filter with a tuple of terms for each facet."""
        return terms_by_facet(self.where)

    @property
    def excluded(self) -> dict[str, tuple[str, ...]]:
        """The `without` filter with a tuple of terms for each facet."""
        return terms_by_facet(self.without)

    @property
    def is_listed(self) -> bool:
        """Whether lists, tags, pages, hubs and other feeds name its feeds."""
        return not (self.profile or self.access) if self.listed is None else self.listed

    @property
    def facets(self) -> tuple[str, ...]:
        """What has to be known of an article to tell to which of its feeds it belongs."""
        return tuple(dict.fromkeys([*self.axes, *self.where, *self.without]))

    def oldest(self, as_of: datetime) -> datetime | None:
        """Return when the oldest article that its feeds may carry was published; None if there is no limit.

        >>> from datetime import UTC
        >>> noon = datetime(2025, 12, 19, 12, tzinfo=UTC)
        >>> str(FeedRule(path="all", max_age="36h").oldest(noon))
        '2025-12-18 00:00:00+00:00'
        """
        length = None if self.max_age is None else length_of_age(self.max_age)
        if length is None:
            return None
        try:
            return as_of - length
        except OverflowError:  # older than the calendar
            return None

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        if "formats" in values and not values["formats"]:
            yield InvalidValue(
                "the list is empty, so nothing would be written", "name a format", field="formats"
            )
        yield from _problems_of_history(values)
        path, title = values.get("path"), values.get("title")
        if not _is_sound(path, tuple(AXES)):
            return
        free = [name for name, axis in AXES.items() if not axis.is_closed]
        if values.get("min_articles", 1) != 1 and not {*axes_of(str(path))}.intersection(free):
            yield InvalidValue(
                "the feeds of this path exist whether or not articles belong to them",
                f"remove it, or add {', '.join(f'{{{name}}}' for name in free[:-1])} or {{{free[-1]}}} to the path",
                field="min_articles",
            )
        yield from _problems_of_documents(values)
        plugins = [form for form in _formats_in(values) if form.name not in FORMATS.own]
        yield from (problem.at("path") for problem in problems_of_ending(str(path), plugins))
        without_value = {*AXES} - {*placeholders(str(path), tuple(AXES)), "language"}
        for words in title.values() if isinstance(title, Mapping) else [title]:
            if not _is_sound(words, _title_words()):
                continue
            for name in placeholders(str(words), _title_words()):
                if name in without_value:
                    yield InvalidValue(
                        f"{{{name}}} has no value in these feeds",
                        f"add {{{name}}} to the path, or remove it from the title",
                        field="title",
                    )


def _problems_of_history(values: Mapping[str, object]) -> Iterator[InvalidValue]:
    """Yield the problems that prevent archives, pages or a complete feed."""
    asked = [key for key in ("archive", "paged", "complete") if values.get(key)]
    if not asked:
        return
    if len(asked) > 1:
        reason = f"a feed can't have {asked[1]} as well as {asked[0]}"
        yield InvalidValue(reason, "keep one of the two, or write a rule for each", field=asked[1])
    formats = _formats_in(values)
    if formats and not any(form.is_feed for form in formats):
        reason = "none of the rule's formats supports it"
        yield InvalidValue(reason, f"add one of {', '.join(DEFAULT_FORMATS)}", field=asked[0])
    if values.get("order", "published") != "published":
        reason = (
            f"what is updated would move, and with {asked[0]} each article has its place by its publication"
        )
        yield InvalidValue(reason, "write a separate rule for it", field="order")
    for key in ("max_age", "max_bytes", "profile"):
        if values.get(key):
            reason = f"it may leave articles out, and with {asked[0]} none may be missing"
            yield InvalidValue(reason, "write a separate rule for it", field=key)
    if "complete" in asked and values.get("limit", _LIMIT) != _LIMIT:
        yield InvalidValue("a complete feed has no limit", "remove the limit", field="limit")


def _problems_of_documents(values: Mapping[str, object]) -> Iterator[InvalidValue]:
    """Yield the problems of documents with paths of their own, in a rule with a sound path."""
    paths = values.get("paths")
    if not isinstance(paths, Mapping):
        return
    axes, formats = axes_of(str(values["path"])), {form.name: form for form in _formats_in(values)}
    for name, path in paths.items():
        field = f"paths.{name}"
        if name not in formats:
            yield InvalidValue("the rule doesn't write this format", f"add {name!r} to formats", field=field)
        for other in {*axes_of(path)}.difference(axes):
            reason = f"{{{other}}} has no value in these feeds"
            yield InvalidValue(reason, f"add {{{other}}} to the path, or remove it here", field=field)
        form = next((each for each in FORMATS.own.values() if path.endswith(each.suffix)), None)
        if form is not None and form.name != name:
            reason = f"{path!r} ends as documents of the format {form.name!r} do"
            yield InvalidValue(reason, "write another ending, such as .xml", field=field)
    if len({*paths.values()}) < len(paths):
        yield InvalidValue("two formats have one path", "give each its own", field="paths")


def _formats_in(values: Mapping[str, object]) -> list[Format]:
    """Return the formats that a rule's values name; none if they aren't known formats, which their own rule reports."""
    names = values.get("formats", DEFAULT_FORMATS)
    try:
        return [FORMATS[name] for name in distinct(one_of(FORMATS))(names)]
    except (InvalidValue, InvalidRecord):
        return []


def _is_sound(template: object, known: Sequence[str]) -> bool:
    """Return whether a value is a template with only known placeholders; its own rule reports its problems."""
    try:
        placeholders(text(template), known)
    except InvalidValue:
        return False
    return True


#: The default plan: the rules of a site that has none.
DEFAULT_PLAN = (
    FeedRule(path="{language}/all"),
    FeedRule(path="{language}/category/{category}"),
    FeedRule(path="{language}/topic/{topic}"),
    FeedRule(path="{language}/author/{author}"),
    FeedRule(path="{language}/flag/{flag}"),
    FeedRule(path="{language}/latest", title="{latest}", formats=("html", "text")),
)
