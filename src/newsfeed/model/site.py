"""Site: all editorial settings of a newsroom."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, time, tzinfo
from typing import Annotated, ClassVar

from msgspec import Meta

from newsfeed.errors import InvalidValue
from newsfeed.model.article import Person
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.cached_property import cached_property
from newsfeed.model.labels import LABELS, words_in
from newsfeed.model.localised import LocalText, exactly_in, in_language, local_text
from newsfeed.model.profile import Profile
from newsfeed.model.record import Record, Rule
from newsfeed.model.rule import DEFAULT_PLAN, FeedRule
from newsfeed.model.value_rules import (
    distinct,
    each,
    mapping_of,
    needed_text,
    nested,
    number,
    one_of,
    optional_text,
    text,
    truth,
    whole_number,
)
from newsfeed.text.languages import canonical_language
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.shown_dates import check_date_pattern
from newsfeed.text.time_zones import timezone_named
from newsfeed.text.urls import check_base, check_web_address
from newsfeed.text.xml_characters import names_of_forbidden, names_of_mistaken

__all__ = ["SITEMAPS", "STYLESHEET", "Category", "Site"]

#: The sitemaps that a site can have.
SITEMAPS = ("news", "languages")
_TIME_OF_DAY = lazy_pattern(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
#: The path of the feeds' stylesheet in the output folder.
STYLESHEET = "feed.css"


class Category(Record, frozen=True, kw_only=True):
    """A stable term with a label in each language (RFC 4287 §4.2.2).

    >>> Category(term="politics", label={"en": "Politics", "az": "Siyasət"}).term
    'politics'
    """

    term: Annotated[str, Meta(description="The name that articles use; it never changes.")]
    label: Annotated[LocalText | None, Meta(description="What readers see. Default: the term.")] = None

    rules: ClassVar[Mapping[str, Rule]] = {"term": needed_text, "label": local_text}


def _timezone(value: object) -> str:
    timezone_named(text(value))
    return text(value)


def _time_of_day(value: object) -> str:
    written = text(value)
    if _TIME_OF_DAY.fullmatch(written) is None:
        raise InvalidValue(f"{written!r} isn't a time of day", 'write hours and minutes, as in "09:00"')
    return written


def _dotted_name(value: object) -> str:
    written = needed_text(value)
    module, _, name = written.rpartition(":")
    if not module or not name.isidentifier():
        raise InvalidValue(f"{written!r} doesn't name an extension", 'write "module:NAME"')
    return written


def _share(value: object) -> float:
    share = number(value, example="0.2")
    if share > 1:
        raise InvalidValue(f"{share:g} isn't a share", "write a share from 0 to 1, such as 0.2")
    return share


def _trending(value: object) -> object:
    topics = distinct(needed_text)
    if not isinstance(value, Mapping):
        return topics(value)
    return {_tag(language): words for language, words in mapping_of(topics)(value).items()}


def _tag(language: str) -> str:
    try:
        return canonical_language(language)
    except InvalidValue as problem:
        raise problem.at(language) from None


def _in_other_languages(values: Mapping[str, object]) -> Iterator[InvalidValue]:
    """Yield a problem for each text and each trending list in a language that the site lacks.

    Several sites may share categories, so these may have labels in more languages.
    """
    languages = values.get("languages")
    if not isinstance(languages, tuple):
        return
    # a label for az is used for az-Latn, too
    shorter = {
        "-".join(tag.split("-")[:count]) for tag in languages for count in range(1, tag.count("-") + 2)
    }
    trending = values.get("trending")
    places: list[tuple[str, str, Collection[str]]] = []
    if isinstance(trending, Mapping):
        places += [(f"trending.{tag}", tag, languages) for tag in trending]
    for place, words in _texts_in(values):
        if isinstance(words, Mapping):
            places += [(f"{place}.{tag}", tag, shorter) for tag in words]
    for field, tag, shown in places:
        if tag not in shown:
            remedy = f"write it for one of {', '.join(languages)}; or add {tag!r} to languages"
            yield InvalidValue(f"the site has no language {tag!r}", remedy, field=field)


def _texts_in(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the values that may be texts by language, each with its place."""
    for field in ("title", "description", "rights"):
        yield field, values.get(field)
    labels = values.get("labels")
    if isinstance(labels, Mapping):
        yield from ((f"labels.{name}", words) for name, words in labels.items())
    feeds = values.get("feeds")
    for index, rule in enumerate(feeds if isinstance(feeds, tuple) else ()):
        yield f"feeds[{index}].title", rule.title


def _labels(value: object) -> dict[str, object]:
    labels = mapping_of(local_text)(value)
    for name in labels:
        if name not in LABELS:
            raise InvalidValue("listings have no such word", did_you_mean(name, LABELS), field=name)
    return labels


def _unspeakable(value: object) -> Iterator[InvalidValue]:
    """Yield a problem for each text, at any depth, with characters that feeds can't carry."""
    inner: Iterable[tuple[str, object]] = ()
    match value:
        case str():
            if names := names_of_forbidden(value) or names_of_mistaken(value):
                yield InvalidValue(f"a feed can't carry {names}", "remove it")
        case Mapping():
            inner = value.items()
        case tuple():
            inner = ((f"[{index}]", item) for index, item in enumerate(value))
        case Record():
            inner = ((field, getattr(value, field)) for field in value.__struct_fields__)
    for place, item in inner:
        for problem in _unspeakable(item):
            yield problem.at(place)


def _repeated(values: Mapping[str, object], key: str, field: str, noun: str) -> Iterator[InvalidValue]:
    """Yield a problem for each record of a list that has the name of an earlier one."""
    seen: dict[str, int] = {}
    records = values.get(key, ())
    for index, record in enumerate(records if isinstance(records, tuple) else ()):
        name = getattr(record, field, None)
        if name is not None and seen.setdefault(name, index) != index:
            reason = f"{name!r} is defined by {key}[{seen[name]}] as well"
            problem = InvalidValue(reason, f"give each {noun} its own {field}", field=field)
            yield problem.at(f"[{index}]").at(key)


class Site(Record, frozen=True, kw_only=True, dict=True):
    """A news site: the tables `[site]`, `[[sources]]`, `[[categories]]` and `[[feeds]]` of newsroom.toml.

    Raises:
        InvalidRecord: With every value that breaks the data contract.

    Example:
        >>> site = Site(title="Report", url="https://report.example", languages=["en", "az"])
        >>> site.feeds_url, site.default_language
        ('https://report.example/feeds/', 'en')
    """

    title: Annotated[LocalText, Meta(description="The site's name.")]
    url: Annotated[str, Meta(description="The site's front page, an absolute http(s) address.")]
    languages: Annotated[
        Sequence[str],
        Meta(description="The languages it publishes in, BCP 47 tags; the first is the default."),
    ]
    description: Annotated[
        LocalText | None, Meta(description="A description of the site. Default: its title.")
    ] = None
    timezone: Annotated[
        str | None,
        Meta(
            description="An IANA name, Asia/Baku: for times without an offset, listings, {year} and {month}."
        ),
    ] = None
    articles: Annotated[
        Sequence[str], Meta(description="Where the articles are: files or globs, relative to newsroom.toml.")
    ] = ()
    sources: Annotated[
        Sequence[ArticleSource],
        Meta(description="Where else the articles are, and how their records are read."),
    ] = ()
    store: Annotated[
        str | None,
        Meta(
            description="The database with the articles: a file relative to newsroom.toml, news.db; postgresql://…; or "
            "env:NAME, an environment variable that holds it."
        ),
    ] = None
    authors: Annotated[
        Sequence[Person],
        Meta(description="The authors of articles that name none. Default: the site itself."),
    ] = ()
    trending: Annotated[
        Sequence[str] | Mapping[str, Sequence[str]],
        Meta(description="Topics to show first, in this order; a list, or a table of lists by language."),
    ] = ()
    rights: Annotated[LocalText | None, Meta(description="Who holds the rights in the feeds.")] = None
    license: Annotated[
        str | None, Meta(description="The address of the licence under which the feeds may be used.")
    ] = None
    logo: Annotated[str | None, Meta(description="The address of a picture, twice as wide as high.")] = None
    icon: Annotated[str | None, Meta(description="The address of a small square picture.")] = None
    hub: Annotated[str | None, Meta(description="The address of a WebSub hub.")] = None
    date_format: Annotated[
        str | None, Meta(description='A CLDR pattern for days, "d MMMM, y". Default: the language\'s own.')
    ] = None
    day_first: Annotated[
        bool | None, Meta(description="How 03/04/2025 is read; without it that is an error.")
    ] = None
    day_time: Annotated[
        str | None, Meta(description='The time of day for dates without one, "09:00". Default: midnight.')
    ] = None
    feeds_url: Annotated[str, Meta(description="Where the output is served from. Default: url + feeds/.")] = (
        ""
    )
    ids_url: Annotated[
        str,
        Meta(
            description="The base for ids of articles without one, so that they survive a move. Default: url."
        ),
    ] = ""
    derive_flags: Annotated[
        bool, Meta(description="True adds photo, video and audio flags from an article's media.")
    ] = False
    trusted_html: Annotated[bool, Meta(description="True leaves the HTML of articles as it is.")] = False
    plain_texts: Annotated[
        bool,
        Meta(description="True leaves titles and summaries as they are, even if they look like HTML."),
    ] = False
    tracking_pixels: Annotated[
        bool,
        Meta(
            description="False removes tracking pixels, pictures that nobody is meant to see, from articles."
        ),
    ] = True
    retired: Annotated[
        str,
        Meta(
            description="What happens to feeds that are no longer planned: remove, keep, or empty with a pointer onwards."
        ),
    ] = "remove"
    moved: Annotated[
        Mapping[str, str],
        Meta(description="Where subscribers of a retired feed should go: its path, and the new one."),
    ] = {}
    max_loss: Annotated[
        Annotated[float, Meta(ge=0, le=1)],
        Meta(
            description="The share of published articles that one build may lose, 0 to 1; more is refused. "
            "Fewer than ten may always go, unless they are all there are."
        ),
    ] = 0.2
    tombstones: Annotated[
        int,
        Meta(
            description="For how many days Atom feeds announce that an article was withdrawn (RFC 6721).",
            ge=0,
        ),
    ] = 0
    translations: Annotated[
        str, Meta(description="How entries link to the story in other languages: related, or alternate.")
    ] = "related"
    templates: Annotated[
        str | None,
        Meta(description="A folder, relative to newsroom.toml, with templates that replace newsfeed's own."),
    ] = None
    extensions: Annotated[
        Sequence[str],
        Meta(
            description="feedgen extensions, module:NAME; a module may be a file in the folder of newsroom.toml."
        ),
    ] = ()
    discovery: Annotated[
        bool, Meta(description="True adds lists of all feeds: index.html, feeds.opml and feeds.json.")
    ] = True
    stylesheet: Annotated[
        bool, Meta(description="True styles RSS and Atom feeds for people who open them in a browser.")
    ] = False
    sitemaps: Annotated[
        Sequence[str], Meta(description="Which sitemaps to write: " + ", ".join(SITEMAPS) + ".")
    ] = ()
    labels: Annotated[
        Mapping[str, LocalText],
        Meta(description="Words of pages and names of flags: " + ", ".join(LABELS) + "."),
    ] = {}
    json_extra: Annotated[
        Sequence[str], Meta(description="The keys of articles' extra that JSON Feed publishes, under _site.")
    ] = ()
    categories: Annotated[Sequence[Category], Meta(description="The site's categories.")] = ()
    feeds: Annotated[
        Sequence[FeedRule], Meta(description="The feeds to write. Default: the default plan.")
    ] = ()
    profiles: Annotated[
        Sequence[Profile],
        Meta(description="Profiles of the site's own partners, in addition to newsfeed's."),
    ] = ()

    rules: ClassVar[Mapping[str, Rule]] = {
        "title": local_text,
        "url": check_base,
        "languages": distinct(canonical_language),
        "description": local_text,
        "timezone": _timezone,
        "articles": distinct(needed_text),
        "sources": each(nested(ArticleSource)),
        "store": optional_text,
        "authors": each(nested(Person)),
        "trending": _trending,
        "rights": local_text,
        "license": check_web_address,
        "logo": check_web_address,
        "icon": check_web_address,
        "hub": check_web_address,
        "date_format": lambda value: check_date_pattern(text(value)),
        "day_first": truth,
        "day_time": _time_of_day,
        "feeds_url": lambda value: check_base(value) if value else "",
        "ids_url": lambda value: check_base(value) if value else "",
        "derive_flags": truth,
        "trusted_html": truth,
        "plain_texts": truth,
        "tracking_pixels": truth,
        "retired": one_of(("remove", "keep", "empty")),
        "moved": mapping_of(needed_text),
        "max_loss": _share,
        "tombstones": whole_number,
        "translations": one_of(("related", "alternate")),
        "templates": optional_text,
        "extensions": distinct(_dotted_name),
        "discovery": truth,
        "stylesheet": truth,
        "sitemaps": distinct(one_of(SITEMAPS)),
        "labels": _labels,
        "json_extra": distinct(needed_text),
        "categories": each(nested(Category)),
        "feeds": each(nested(FeedRule)),
        "profiles": each(nested(Profile)),
    }

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        yield from _unspeakable(values)
        if "languages" in values and not values["languages"]:
            yield InvalidValue("the list is empty", 'name at least one language, ["en"]', field="languages")
        yield from _in_other_languages(values)
        if isinstance(url := values.get("url"), str):
            values["feeds_url"] = values.get("feeds_url") or url + "feeds/"
            values["ids_url"] = values.get("ids_url") or url
        yield from _repeated(values, "categories", "term", "category")
        yield from _repeated(values, "sources", "name", "source")

    @property
    def default_language(self) -> str:
        """The default language, the first of the site's languages."""
        return self.languages[0]

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of listings and of `{year}` and `{month}`; UTC if the site names none."""
        return timezone_named(self.timezone) if self.timezone else UTC

    @cached_property
    def time_of_days(self) -> time | None:
        """The time of dates without one; None: midnight."""
        return time.fromisoformat(self.day_time) if self.day_time else None

    @cached_property
    def categories_by_term(self) -> Mapping[str, Category]:
        """The site's categories by term, in their order."""
        return {category.term: category for category in self.categories}

    @cached_property
    def terms_by_name(self) -> Mapping[str, str]:
        """The categories' terms by what articles may call them: the term or a label, in lower case, if it means one only."""
        names: dict[str, set[str]] = {}
        for category in self.categories:
            label = category.label or category.term
            for name in [category.term, *([label] if isinstance(label, str) else label.values())]:
                names.setdefault(name.strip().casefold(), set()).add(category.term)
        return {name: next(iter(terms)) for name, terms in names.items() if len(terms) == 1}

    @property
    def feed_rules(self) -> Sequence[FeedRule]:
        """The site's feed rules, or the default plan."""
        return self.feeds or DEFAULT_PLAN

    def language_meant(self, tag: str) -> str | None:
        """Return the only one of the site's languages that a tag with more or fewer subtags can mean; None if there is none.

        >>> site = Site(title="Report", url="https://report.example/", languages=["en", "zh-Hant"])
        >>> site.language_meant("en-GB"), site.language_meant("zh"), site.language_meant("fr")
        ('en', 'zh-Hant', None)
        """
        meant = [
            own for own in self.languages if f"{tag}-".startswith(f"{own}-") or own.startswith(f"{tag}-")
        ]
        return meant[0] if len(meant) == 1 else None

    def text(self, words: LocalText, language: str) -> str:
        """Return the text for a language, falling back on the site's default language."""
        return in_language(words, language, self.default_language)

    def label(self, name: str, language: str) -> str:
        """Return a word of listings, or a flag's name, in a language: the site's own or newsfeed's.

        Without one, it is in the site's default language, or else in English.

        Raises:
            InvalidValue: If there is no such word.

        >>> Site(title="Report", url="https://report.example/", languages=["ru"]).label("photo", "ru")
        'Фото'
        """
        if name not in LABELS:
            raise InvalidValue(f"there is no label {name!r}", did_you_mean(str(name), LABELS, likeness=0.7))
        own = self.labels.get(name, {})
        if isinstance(own, str):
            return own
        for spoken in (language, self.default_language):
            if word := exactly_in(own, spoken) or words_in(spoken).get(name):
                return word
        return exactly_in(own, "en") or words_in("en")[name]

    def category_label(self, term: str, language: str) -> str:
        """Return a category's label in a language, or the term if there is no label."""
        category = self.categories_by_term.get(term)
        return self.text(category.label, language) if category and category.label else term

    def trending_in(self, language: str) -> tuple[str, ...]:
        """Return the topics to show first in a language; a plain list applies to every language."""
        if isinstance(self.trending, Mapping):
            return tuple(self.trending.get(language, ()))
        return tuple(self.trending)
