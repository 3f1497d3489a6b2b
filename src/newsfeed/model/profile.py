"""Profile: what a partner requires of a feed, as data."""

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Annotated, ClassVar

from msgspec import Meta

from newsfeed.errors import InvalidValue
from newsfeed.model.record import Record, Rule
from newsfeed.model.value_rules import (
    distinct,
    mapping_of,
    needed_text,
    one_of,
    optional_text,
    truth,
    whole_number,
)
from newsfeed.text.lazy_pattern import lazy_pattern
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.xml_characters import names_of_forbidden

__all__ = ["ARTICLE_PARTS", "FEED_PARTS", "PARTNER_FORMATS", "VALUES", "Profile", "element_template"]

#: The formats whose entries can carry a partner's elements.
PARTNER_FORMATS = ("rss", "atom")
#: What a partner can require of an article.
ARTICLE_PARTS = ("id", "title", "link", "published", "summary", "content", "author", "category", "picture")
#: What a partner can require of a feed.
FEED_PARTS = ("title", "link", "description", "language")
#: The placeholders of an element, in addition to `extra.NAME`.
VALUES = (
    "title",
    "summary",
    "text",
    "content",
    "language",
    "author",
    "category",
    "id",
    "url",
    "published",
    "updated",
)

_XML_NAME = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_.-]*")
_EXTRA = "extra."
_Limit = Annotated[int, Meta(ge=1)] | None
_LIMITS = (
    "max_bytes",
    "max_entry_bytes",
    "max_entries",
    "min_entries",
    "max_age_days",
    "min_title",
    "max_title",
    "min_summary",
    "picture_short_side",
    "picture_long_side",
)
_DEMANDS = ("plain_titles", "https", "own_host", "region")


def element_template(template: str) -> Iterator[tuple[str, str | None, str]]:
    """Parse the template of an element's text.

    Args:
        template: A text with placeholders; the text after a colon is the fallback for a missing value.

    Yields:
        The text before a placeholder, its name (None after the last), and its fallback.

    Raises:
        InvalidValue: If a placeholder is unknown, or a brace is unmatched.

    >>> list(element_template("{extra.genre:message}"))
    [('', 'extra.genre', 'message')]
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise InvalidValue(f"{template!r} has an unmatched brace", "write {name}") from error
    for words, name, instead, conversion in parts:
        is_extra = name is not None and name.startswith(_EXTRA) and len(name) > len(_EXTRA)
        if name is not None and (conversion or not (is_extra or name in VALUES)):
            raise InvalidValue(
                f"'{{{name}}}' isn't a placeholder", did_you_mean(name, [*VALUES, "extra.name"])
            )
        yield words, name, instead or ""


def _template(value: object) -> str:
    template = needed_text(value)
    if names := names_of_forbidden(template):
        raise InvalidValue(f"a feed can't carry {names}", "remove it")
    list(element_template(template))
    return template


def _namespace(value: object) -> str:
    uri = needed_text(value)
    if not uri.isascii() or any(letter in uri for letter in ' <>"{}|\\^`'):
        raise InvalidValue(f"{uri!r} isn't a namespace", "write its exact URI")
    return uri


def _positive(value: object) -> int:
    return whole_number(value, least=1)


class Profile(Record, frozen=True, kw_only=True):
    """What a partner requires of a feed: its own elements, limits, and required content.

    >>> Profile(name="aggregator", max_bytes=2_000_000, needs=["picture"]).needs
    ('picture',)
    """

    name: Annotated[str, Meta(description="The name that rules and commands use.")]
    title: Annotated[str, Meta(description="The partner's display name. Default: its name.")] = ""
    source: Annotated[
        str | None, Meta(description="The source: the address of the partner's page, and when it was read.")
    ] = None
    formats: Annotated[
        Sequence[str],
        Meta(description="The formats that the partner reads: " + ", ".join(PARTNER_FORMATS) + "."),
    ] = ("rss",)
    namespaces: Annotated[
        Mapping[str, str], Meta(description="The namespaces of its elements, by prefix.")
    ] = {}
    elements: Annotated[
        Mapping[str, str],
        Meta(
            description="Elements that each entry carries in its formats, by prefix:name, and their content."
        ),
    ] = {}
    needs: Annotated[
        Sequence[str], Meta(description="What each article must have: " + ", ".join(ARTICLE_PARTS) + ".")
    ] = ()
    feed_needs: Annotated[
        Sequence[str], Meta(description="What the feed must have: " + ", ".join(FEED_PARTS) + ".")
    ] = ()
    advised: Annotated[
        Sequence[str],
        Meta(description="Which of its keys and needs are only advice: check reports them as notes."),
    ] = ()
    max_bytes: Annotated[_Limit, Meta(description="The most bytes of a feed.")] = None
    max_entry_bytes: Annotated[_Limit, Meta(description="The most bytes of one article.")] = None
    max_entries: Annotated[_Limit, Meta(description="The most articles in a feed.")] = None
    min_entries: Annotated[_Limit, Meta(description="The fewest articles in a feed.")] = None
    max_age_days: Annotated[_Limit, Meta(description="How many days old an article may be.")] = None
    min_title: Annotated[_Limit, Meta(description="The fewest characters of a title.")] = None
    max_title: Annotated[_Limit, Meta(description="The most characters of a title.")] = None
    short_title: Annotated[
        str | None, Meta(description="An element, prefix:name, that allows a longer title.")
    ] = None
    min_summary: Annotated[_Limit, Meta(description="The fewest characters of a summary.")] = None
    picture_short_side: Annotated[
        _Limit, Meta(description="The fewest pixels of a picture's shorter side.")
    ] = None
    picture_long_side: Annotated[
        _Limit, Meta(description="The fewest pixels of a picture's longer side.")
    ] = None
    plain_titles: Annotated[bool, Meta(description="True forbids HTML in titles.")] = False
    https: Annotated[bool, Meta(description="True requires https in links and pictures.")] = False
    own_host: Annotated[bool, Meta(description="True requires articles on the feed's own host.")] = False
    region: Annotated[bool, Meta(description="True requires a language with its region, en-GB.")] = False

    rules: ClassVar[Mapping[str, Rule]] = {
        "name": needed_text,
        "title": lambda value: optional_text(value) or "",
        "source": optional_text,
        "formats": distinct(one_of(PARTNER_FORMATS)),
        "namespaces": mapping_of(_namespace),
        "elements": mapping_of(_template),
        "needs": distinct(one_of(ARTICLE_PARTS)),
        "feed_needs": distinct(one_of(FEED_PARTS)),
        "advised": distinct(one_of((*_LIMITS, *_DEMANDS, *ARTICLE_PARTS, "elements"))),
        **dict.fromkeys(_LIMITS, _positive),
        "short_title": optional_text,
        **dict.fromkeys(_DEMANDS, truth),
    }

    @property
    def partner(self) -> str:
        """The partner's display name."""
        return self.title or self.name

    def is_advice(self, key: str) -> bool:
        """Return whether a key, or one of the needs, is only advice."""
        return key in self.advised

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        namespaces, elements = values.get("namespaces", {}), values.get("elements", {})
        if not isinstance(namespaces, Mapping) or not isinstance(elements, Mapping):
            return
        for prefix in namespaces:
            if not _XML_NAME.fullmatch(prefix) or prefix.lower().startswith("xml"):
                yield InvalidValue(
                    "no namespace can have this prefix", "write letters", field=f"namespaces.{prefix}"
                )
        named = [("elements." + name, name) for name in elements]
        if isinstance(short := values.get("short_title"), str):
            named.append(("short_title", short))
        for field, name in named:
            prefix, colon, local = name.partition(":")
            if not colon or not _XML_NAME.fullmatch(local):
                yield InvalidValue(
                    f"{name!r} isn't an element name", 'write prefix:name, "yandex:genre"', field=field
                )
            elif prefix not in namespaces:
                yield InvalidValue(
                    f"the prefix {prefix!r} has no namespace",
                    f"add it to namespaces: {prefix} = …",
                    field=field,
                )
