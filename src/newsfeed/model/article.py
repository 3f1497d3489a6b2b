"""Article: one language edition of a story, as an editor knows it, with its people and files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from msgspec import Meta

from newsfeed.errors import InvalidValue
from newsfeed.model.limits import RENDITIONS
from newsfeed.model.media_types import check_media_type, media_type_of
from newsfeed.model.record import Record, Rule
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
from newsfeed.text.dates import check_moment
from newsfeed.text.emails import is_email
from newsfeed.text.headlines import beginning
from newsfeed.text.html.summary.lead import lead
from newsfeed.text.html.teasers import before_members_only
from newsfeed.text.languages import canonical_language
from newsfeed.text.urls import check_web_address

__all__ = [
    "FLAGS",
    "FREE",
    "Article",
    "Comments",
    "Media",
    "Person",
    "Source",
    "access_word",
    "article_id",
    "story_key",
]

#: The flags that an editor can set, in the order in which listings show them.
FLAGS = ("breaking", "live", "photo", "video", "audio")

#: The access of articles that everybody reads.
FREE = "free"


def _email(value: object) -> str:
    if not is_email(text(value)):
        raise InvalidValue(
            f"{value!r} isn't an e-mail address", "write one such as desk@report.example, or leave it out"
        )
    return text(value)


# Articles are never part of a reference cycle, so the garbage collector can skip them: `gc=False`.


class Person(Record, frozen=True, kw_only=True, gc=False):
    """An author of an article: a person or a desk (RFC 4287 §3.2).

    >>> Person(name="Leyla Abbasova", email="leyla@report.example").url is None
    True
    """

    name: Annotated[str, Meta(description="The name that readers see.")]
    email: Annotated[str | None, Meta(description="An e-mail address. Atom shows it to the public.")] = None
    url: Annotated[str | None, Meta(description="The person's page, an absolute http(s) address.")] = None
    avatar: Annotated[str | None, Meta(description="The address of a picture of the person.")] = None

    rules: ClassVar[Mapping[str, Rule]] = {
        "name": needed_text,
        "email": _email,
        "url": check_web_address,
        "avatar": check_web_address,
    }


def _size(value: object) -> int | None:
    """Return a size, or None for 0, which programs write for an unknown size."""
    return whole_number(value) or None


class Media(Record, frozen=True, kw_only=True, gc=False):
    """A file that goes with an article, such as a picture or a recording.

    >>> Media(url="https://report.example/photo.jpg").type
    'image/jpeg'
    """

    url: Annotated[str, Meta(description="The file's absolute http(s) address.")]
    type: Annotated[str, Meta(description="Its media type; default: guessed from the address.")] = ""
    length: Annotated[Annotated[int, Meta(ge=0)] | None, Meta(description="Its size in bytes.")] = None
    width: Annotated[Annotated[int, Meta(ge=0)] | None, Meta(description="Its width in pixels.")] = None
    height: Annotated[Annotated[int, Meta(ge=0)] | None, Meta(description="Its height in pixels.")] = None
    duration: Annotated[
        Annotated[float, Meta(ge=0)] | None, Meta(description="How long it plays, in seconds.")
    ] = None
    credit: Annotated[str | None, Meta(description="Who made it.")] = None
    title: Annotated[str | None, Meta(description="What it is called.")] = None
    description: Annotated[str | None, Meta(description="What it shows.")] = None
    thumbnail: Annotated[str | None, Meta(description="The address of a still picture of it.")] = None
    renditions: Annotated[
        Sequence["Media"],
        Meta(description="The same thing in other sizes and types; the file itself is the main one."),
    ] = ()

    rules: ClassVar[Mapping[str, Rule]] = {
        "url": check_web_address,
        "type": lambda value: check_media_type(value) if value else "",
        "length": _size,
        "width": _size,
        "height": _size,
        "duration": number,
        "credit": optional_text,
        "title": optional_text,
        "description": optional_text,
        "thumbnail": check_web_address,
        "renditions": lambda value: _renditions(value),  # noqa: PLW0108 - it is defined below
    }

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        if not values.get("type") and isinstance(url := values.get("url"), str):
            values["type"] = media_type_of(url)
        yield from ()


def _renditions(value: object) -> tuple[Media, ...]:
    files = each(nested(Media))(value)
    for index, file in enumerate(files):
        if file.renditions:
            raise InvalidValue(
                "a rendition can't have renditions of its own",
                "write all of them in one list",
                field=f"[{index}]",
            )
    if len(files) > RENDITIONS:
        raise InvalidValue(
            f"it has {len(files):,} items; a file can have {RENDITIONS} renditions", "write fewer"
        )
    return files


def _is_picture(file: Media) -> bool:
    return file.type.startswith("image/")


class Comments(Record, frozen=True, kw_only=True, gc=False):
    """Where readers discuss an article.

    >>> Comments(url="https://report.example/snow#comments", count=12).feed is None
    True
    """

    url: Annotated[str, Meta(description="The page with the comments, an absolute http(s) address.")]
    feed: Annotated[str | None, Meta(description="The address of a feed of the comments.")] = None
    count: Annotated[Annotated[int, Meta(ge=0)] | None, Meta(description="How many there are.")] = None

    rules: ClassVar[Mapping[str, Rule]] = {
        "url": check_web_address,
        "feed": check_web_address,
        "count": whole_number,
    }


class Source(Record, frozen=True, kw_only=True, gc=False):
    """Where a story was taken from."""

    url: Annotated[str, Meta(description="The absolute http(s) address of the original.")]
    title: Annotated[str | None, Meta(description="The name of the publication.")] = None

    rules: ClassVar[Mapping[str, Rule]] = {"url": check_web_address, "title": optional_text}


def _comments(value: object) -> Comments | None:
    """Return where an article is discussed; None for true or false, by which static site generators turn comments on."""
    return None if isinstance(value, bool) else nested(Comments)(value)


def _topic(value: object) -> str:
    return " ".join(text(value).split())


def _as_text(value: object) -> object:
    """Return a database's key as text, and any other value unchanged."""
    is_key = isinstance(value, int | UUID) and not isinstance(value, bool)
    try:
        return str(value) if is_key else value
    except ValueError:
        raise InvalidValue("the number has thousands of digits", "write text") from None


def article_id(value: object) -> str:
    """Text, or a database's key: a whole number or a UUID."""
    return needed_text(_as_text(value))


def story_key(value: object) -> str | None:
    """Like an id, for the key that editions share; blank text means none."""
    return optional_text(_as_text(value))


def _withdrawn(value: object) -> bool:
    """True or false, or the 1 or 0 of databases that lack booleans."""
    return bool(value) if type(value) is int and value in {0, 1} else truth(value)


def access_word(value: object) -> str:
    """A word for those who may read something, in lower case. Everybody is `free`, blank text, or `public`, as in Ghost."""
    word = (optional_text(value) or FREE).strip().casefold()
    return FREE if word == "public" else word


class Article(Record, frozen=True, kw_only=True, gc=False):
    """One language edition of a story.

    Raises:
        InvalidRecord: With every value that breaks the data contract.

    Example:
        >>> from datetime import UTC, datetime
        >>> article = Article(
        ...     language="en",
        ...     title="Hunting season opens",
        ...     url="https://report.example/en/hunting",
        ...     published=datetime(2025, 12, 19, 14, 10, tzinfo=UTC),
        ...     categories=["ecology"],
        ... )
        >>> article.categories
        ('ecology',)
        >>> Article(language="en", title=" ", url="/en", published=article.published)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        newsfeed.errors.InvalidRecord: Article: url: ... · title: it is empty. Write a headline, a summary or content.
    """

    language: Annotated[
        str, Meta(description="The language it is written in, a BCP 47 tag: en, az, zh-Hant.")
    ]
    published: Annotated[
        datetime,
        Meta(
            description="When it is published. RFC 3339 is best; a time without an offset is in the site's time zone."
        ),
    ]
    title: Annotated[
        str, Meta(description="The headline, plain text. A note with a summary or content needs none.")
    ] = ""
    url: Annotated[
        str | None,
        Meta(description="The article's own page, an absolute http(s) address. Default: an http(s) id."),
    ] = None
    id: Annotated[
        str | None,
        Meta(description="Its permanent id, ideally a URI. Default: its address, under the site's ids_url."),
    ] = None
    story: Annotated[str | None, Meta(description="A key that the editions of one story share.")] = None
    summary: Annotated[str | None, Meta(description="What it says in a sentence or two, plain text.")] = None
    content: Annotated[str | None, Meta(description="The whole text, HTML.")] = None
    updated: Annotated[
        datetime | None, Meta(description="When it last changed significantly. Default: published.")
    ] = None
    categories: Annotated[Sequence[str], Meta(description="Terms of the site's categories.")] = ()
    topics: Annotated[Sequence[str], Meta(description="Free subject tags.")] = ()
    authors: Annotated[Sequence[Person], Meta(description="Who wrote it. Default: the site's authors.")] = ()
    flags: Annotated[
        Sequence[str], Meta(description="The editor's flags: " + ", ".join(FLAGS) + ". Shown in listings.")
    ] = ()
    media: Annotated[
        Sequence[Media], Meta(description="Pictures and recordings; the first is the main one.")
    ] = ()
    rights: Annotated[str | None, Meta(description="Who holds the rights, plain text.")] = None
    source: Annotated[Source | None, Meta(description="Where the story was taken from.")] = None
    access: Annotated[
        str,
        Meta(
            description="Who reads all of it: free for everybody, or a word of the site's, such as members, that rules name."
        ),
    ] = FREE
    comments: Annotated[Comments | None, Meta(description="Where readers discuss it.")] = None
    external_url: Annotated[
        str | None, Meta(description="Where its headline leads, if not to its own page, as in a link blog.")
    ] = None
    withdrawn: Annotated[bool, Meta(description="True removes it from every feed.")] = False
    expires: Annotated[datetime | None, Meta(description="The moment from which it appears nowhere.")] = None
    extra: Annotated[
        dict[str, Any], Meta(description="The site's own data, for templates and extensions.")
    ] = msgspec.field(default_factory=dict)

    rules: ClassVar[Mapping[str, Rule]] = {
        "language": canonical_language,
        "title": lambda value: optional_text(value) or "",
        "published": check_moment,
        "url": check_web_address,
        "id": article_id,
        "story": story_key,
        "summary": optional_text,
        "content": optional_text,
        "updated": check_moment,
        "categories": distinct(needed_text),
        "topics": distinct(_topic),
        "authors": each(nested(Person)),
        "flags": distinct(one_of(FLAGS)),
        "media": each(nested(Media)),
        "rights": optional_text,
        "source": nested(Source),
        "comments": _comments,
        "external_url": check_web_address,
        "access": access_word,
        "withdrawn": _withdrawn,
        "expires": check_moment,
        "extra": mapping_of(lambda value: value),
    }

    @property
    def headline(self) -> str:
        """The title; of an article without one the beginning of its text, else what its first file shows, or its address.

        It is for everybody, so it is made of what everybody reads.
        """
        if self.title:
            return self.title
        text, content = self.summary, self.open_content
        if text is None and content:
            authors = [author.name for author in self.authors]
            made = lead(content, language=self.language, authors=authors)
            text = made.text if made else None
        return beginning([text, *[file.description for file in self.open_media], self.url], self.language)

    @property
    def open_content(self) -> str | None:
        """What everybody reads of the content: what stands before its mark, or all of a free article without a mark."""
        before = before_members_only(self.content) if self.content else None
        if before is None:
            return self.content if self.access == FREE else None
        return before if before.strip() else None

    @property
    def open_media(self) -> Sequence[Media]:
        """The files that everybody gets: of an article that isn't free, the pictures."""
        if self.access == FREE:
            return self.media
        return tuple(
            file.with_kept(renditions=tuple(filter(_is_picture, file.renditions)))
            if file.renditions
            else file
            for file in filter(_is_picture, self.media)
        )

    @classmethod
    def _problems_together(cls, values: dict[str, object]) -> Iterator[InvalidValue]:
        if not values.get("title"):
            if not (values.get("summary") or values.get("content")):
                reason = "it is empty" if "title" in values else "it is missing"
                yield InvalidValue(reason, "write a headline, a summary or content", field="title")
            values["title"] = ""
        if "url" in values:
            return
        if str(values.get("id", "")).lower().startswith(("http://", "https://")):
            try:
                values["url"] = check_web_address(values["id"])
            except InvalidValue as problem:
                yield problem.at("id")
        else:
            yield InvalidValue(
                "it is missing, and the id isn't a web address" if "id" in values else "it is missing",
                "add the address of the article's page",
                field="url",
            )
