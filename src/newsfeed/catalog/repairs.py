"""Repairs of an article before it is published, each of them reported; everything else stays as the editor wrote it.

Nothing here fails under `strict`: the article stays, and only what feeds can't carry is changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from newsfeed.catalog.made_summaries import reaches_past_mark
from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.access import open_to
from newsfeed.model.article import Article, Media
from newsfeed.model.bounds import bounded
from newsfeed.model.media_addresses import repaired_media
from newsfeed.model.plain_texts import REMEDY, plain_values
from newsfeed.model.shown_values import shown
from newsfeed.model.site import Site
from newsfeed.text.dates import rfc3339
from newsfeed.text.html.losses import losses, shortcodes
from newsfeed.text.html.summary.lead import lead
from newsfeed.text.html.teasers import before_members_only
from newsfeed.text.markup_in_text import markup_in, without_excerpt_mark, without_markup
from newsfeed.text.nearest import did_you_mean
from newsfeed.text.uri_schemes import scheme_problem
from newsfeed.text.urls import ascii_uri, is_uri, is_web_address, uri_of_id
from newsfeed.text.xml_characters import (
    json_is_clean,
    names_of_forbidden,
    names_of_mistaken,
    without_forbidden,
)

__all__ = ["own_id", "repaired"]

#: Reports a repair: its code, the field, the reason and the remedy.
_Warn: TypeAlias = Callable[[str, str, str, str], None]

_ENCODER = msgspec.json.Encoder()
#: The longest text that libxml2 parsers accept, 10,000,000 bytes, less what absolute addresses may add.
_LONGEST = 9_000_000
#: This many characters never take more bytes, because each takes at most `&amp;`.
_SURELY_SHORT = _LONGEST // 5
_BEGINNING = 100_000
_MADE_OF_CLOSED = (
    "it is the beginning of the content and goes on behind <!--members-only-->, so it is left out",
    "write a summary that everybody may read, or leave the field out",
)
_FLAG_OF_MEDIUM = {"image": "photo", "video": "video", "audio": "audio"}


def repaired(
    article: Article, site: Site, place: Place, *, is_clean: bool = False, tell_losses: bool = True
) -> tuple[Article, list[Finding]]:
    """Repair an article, and add its id, and derived flags if the site wants them.

    Args:
        article: The article as the editor wrote it.
        site: The site that it belongs to.
        place: Its place, for the findings.
        is_clean: Whether every text is known to contain only characters that feeds can carry, so it needn't be checked.
        tell_losses: Whether to report what cleaning the content will replace or leave out, which takes most of the time.

    Returns:
        The article, with an id that is an ASCII URI and an `updated`; the same object if nothing had to change.
        Also a warning for each repair.
    """
    findings: list[Finding] = []

    def warn(code: str, field: str, reason: str, remedy: str) -> None:
        problem = InvalidValue(reason, remedy, field=field)
        findings.append(Finding.of(problem, place=place, code=code, severity="warning"))

    article = bounded(article, warn)
    cleaned = {} if is_clean or _is_clean(article) else _cleaned_fields(article, warn)
    changes = _updated(article, warn)
    if not site.plain_texts:
        changes |= _plain_texts(article, cleaned, warn)
        changes |= plain_values(article, cleaned, warn)
    changes |= _without_made_summary(article, cleaned | changes, warn)
    if article.content is not None and len(article.content) > _SURELY_SHORT:
        changes |= _without_too_long(article.content, article, warn)
    if not site.categories_by_term.keys() >= {*article.categories}:
        changes["categories"] = tuple(dict.fromkeys(_known_categories(article, site, warn)))
    if (topics := _topics(article, cleaned | changes, warn)) is not None:
        changes["topics"] = topics
    files = changes.get("media", cleaned.get("media", article.media))
    media = repaired_media(files, warn) if files else None
    if media is not None:
        changes["media"] = media
    _tell_losses((article.content or "") * tell_losses, site, warn)
    uri = _id(article, site, warn)
    if uri != article.id:
        changes["id"] = uri
    if site.derive_flags:
        changes["flags"] = _flags(article, files if media is None else media)
    if cleaned:
        return msgspec.structs.replace(article, **cleaned | changes), findings
    return article.with_kept(**changes) if changes else article, findings


def _is_clean(article: Article) -> bool:
    """Return quickly whether every text has only characters that feeds can carry; False may be wrong."""
    try:
        return json_is_clean(_ENCODER.encode(article))
    except (TypeError, UnicodeEncodeError):  # a value that is none of JSON's, half a character
        return False


def _cleaned_fields(article: Article, warn: _Warn) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for field in article.__struct_fields__:
        if field != "id":
            value = getattr(article, field)
            clean = _cleaned(value, field, warn)
            if clean is not value:
                cleaned[field] = clean
    return cleaned


def _updated(article: Article, warn: _Warn) -> dict[str, Any]:
    if article.updated is None:
        return {"updated": article.published}
    if article.updated >= article.published:
        return {}
    stamps = rfc3339(article.updated), rfc3339(article.published)
    warn(
        "NF112",
        "updated",
        f"{stamps[0]} is before published, {stamps[1]}; read as published",
        "write when the article last changed, or leave it out",
    )
    return {"updated": article.published}


def _plain_texts(article: Article, cleaned: Mapping[str, Any], warn: _Warn) -> dict[str, Any]:
    """Convert a title and a summary in HTML, as content management systems export them, to plain text."""
    changes: dict[str, Any] = {}
    for field in ("title", "summary"):
        written: str = cleaned.get(field, getattr(article, field)) or ""
        if "<" not in written and "&" not in written and not written.endswith("]"):
            continue
        is_closed = before_members_only(written) is not None
        plain = without_markup(written)
        if field == "summary":
            plain = without_excerpt_mark(plain)
        if plain is written:
            continue
        is_needed = field == "title" and not (
            is_closed or article.content or without_markup(article.summary or "").strip()
        )
        if plain.strip() or not is_needed:
            changes[field] = plain if plain.strip() else "" if field == "title" else None
            outcome = f"published as plain text, {shown(plain)!r}" if plain.strip() else "left out"
        else:
            outcome = "published unchanged, because nothing would be left of it"
        warn(
            "NF119",
            field,
            f"it contains {shown(markup_in(written) or written[-5:])!r}; {outcome}",
            REMEDY,
        )
    return changes


def _without_made_summary(article: Article, changed: Mapping[str, Any], warn: _Warn) -> dict[str, Any]:
    """Leave out a summary that a CMS made of the whole text, although not everybody may read all of it."""
    summary = changed.get("summary", article.summary)
    if not (summary and article.content and reaches_past_mark(summary, article.content)):
        return {}
    warn("NF151", "summary", *_MADE_OF_CLOSED)
    return {"summary": None}


def _without_too_long(content: str, article: Article, warn: _Warn) -> dict[str, Any]:
    """Leave out content that would make readers refuse the whole feed, and use its beginning as the summary."""
    markup = 4 * content.count("&") + 3 * (content.count("<") + content.count(">"))
    size = len(content.encode("utf-8", "replace")) + markup
    if size <= _LONGEST:
        return {}
    warn(
        "NF118",
        "content",
        f"it takes {size / 1e6:.1f} MB in a feed, and many readers refuse a whole feed with a text of over 10 MB; left out",
        "shorten it, or split the article into several",
    )
    made = lead(
        (open_to((), article).content or "")[:_BEGINNING],
        language=article.language,
        title=article.title,
        authors=[author.name for author in article.authors],
    )
    return {"content": None, "summary": article.summary or (made.text if made else None)}


def _tell_losses(content: str, site: Site, warn: _Warn) -> None:
    """Report what cleaning the content will replace or leave out, even if no feed carries the article."""
    for loss in shortcodes(content) if site.trusted_html else losses(content):
        warn(loss.code, "content", loss.reason, loss.remedy)


def _flags(article: Article, media: Iterable[Media]) -> tuple[str, ...]:
    shown = {_FLAG_OF_MEDIUM.get(file.type.partition("/")[0]) for file in media}
    derived = [flag for flag in ("photo", "video", "audio") if flag in shown]
    return tuple(dict.fromkeys([*article.flags, *derived]))


def _cleaned(value: Any, field: str, warn: _Warn) -> Any:  # noqa: ANN401 - any value of any record
    match value:
        case str():
            clean = without_forbidden(value)
            if clean is value:
                return value
            if names := names_of_forbidden(value):
                warn(
                    "NF111",
                    field,
                    f"XML can't carry {names}; removed",
                    "remove these characters from the text",
                )
            if names := names_of_mistaken(value):
                warn(
                    "NF111",
                    field,
                    f"the text has control characters, {names}; read as windows-1252, as browsers do",
                    "decode the source with the encoding it was written in",
                )
            return clean
        case tuple() | list():
            items = [_cleaned(item, f"{field}[{index}]", warn) for index, item in enumerate(value)]
            return (
                value
                if all(new is old for new, old in zip(items, value, strict=True))
                else type(value)(items)
            )
        case dict():
            kept = {
                _cleaned(key, field, warn): _cleaned(item, f"{field}.{key}", warn)
                for key, item in value.items()
            }
            return value if kept == value else kept
        case msgspec.Struct():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            clean_fields = {name: _cleaned(item, f"{field}.{name}", warn) for name, item in fields.items()}
            changed = {name: item for name, item in clean_fields.items() if item is not fields[name]}
            return msgspec.structs.replace(value, **changed) if changed else value
        case _:
            return value


def _known_categories(article: Article, site: Site, warn: _Warn) -> Iterator[str]:
    known = site.categories_by_term
    for index, term in enumerate(article.categories):
        if term in known:
            yield term
        elif (meant := site.terms_by_name.get(term.strip().casefold())) is not None:
            yield meant
        else:
            reason = f"{term!r} isn't one of the site's categories; removed from the article"
            remedy = "define it in newsroom.toml under [[categories]]"
            if known:
                remedy += f", or {did_you_mean(term, known)}"
            warn("NF113", f"categories[{index}]", reason, remedy)


def _topics(article: Article, changed: Mapping[str, Any], warn: _Warn) -> tuple[str, ...] | None:
    """Return the topics without blank ones; None if no topic is blank."""
    topics: Iterable[str] = article.topics
    if "topics" in changed:
        # only space may be left after characters were removed
        topics = [" ".join(topic.split()) for topic in changed["topics"]]
    return tuple(_named_topics(topics, warn)) if "" in topics else None


def _named_topics(topics: Iterable[str], warn: _Warn) -> Iterator[str]:
    for index, topic in enumerate(topics):
        if topic:
            yield topic
        else:
            warn("NF114", f"topics[{index}]", "the topic is blank; removed", "write a topic, or remove it")


def own_id(given: str | None, url: str | None, site: Site) -> str:
    """Return the id of an article, an ASCII URI.

    Args:
        given: The id as the editor wrote it, if any.
        url: The article's address.
        site: The site that it belongs to.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en"])
    >>> own_id("urn:report:12", None, site), own_id(None, "https://report.example/ə", site)
    ('urn:report:12', 'https://report.example/%C9%99')
    """
    if given is None:
        url = url or ""
        return ascii_uri(site.ids_url + url.removeprefix(site.url) if url.startswith(site.url) else url)
    trimmed = given.strip()
    return uri_of_id(trimmed if is_web_address(trimmed) else given, site.ids_url)


def _id(article: Article, site: Site, warn: _Warn) -> str:
    uri = own_id(article.id, article.url, site)
    if article.id is None or uri == article.id:
        return uri
    is_number = article.id.isascii() and article.id.isdecimal()  # a database's key, as its site writes it
    if not is_number:
        reason = f"{shown(article.id)!r} {_problem_of_id(article.id)}; published as {uri}"
        warn("NF115", "id", reason, "write that id to stop this warning; it will stay the same")
    return uri


def _problem_of_id(name: str) -> str:
    if not is_uri(name):
        return "isn't a URI in ASCII"
    return scheme_problem(name) or "would run as a script in a browser"
