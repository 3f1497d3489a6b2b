"""From the records of a source to the values of articles, as its `[[sources]]` table says."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any
from urllib.parse import quote

import msgspec

from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding, Place
from newsfeed.model.article import Article
from newsfeed.model.article_source import SLUG, ArticleSource
from newsfeed.model.field_names import finder
from newsfeed.model.record import TABLES
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.access_names import NamedAccess
from newsfeed.sources.not_public import may_hold_back
from newsfeed.sources.records import article_or_findings, finding, moment_in
from newsfeed.sources.site_languages import site_language
from newsfeed.sources.source_records import SourceRecord

__all__ = ["RecordMapping"]

#: The fields that are lists of records, of which `fields` may describe one.
_LISTS_OF_RECORDS = frozenset({"authors", "media"})
#: Longer numbers aren't names of anything.
_LARGEST = 10**18
_IN_ADDRESSES = "/:@!$&'()*+,;=~%"


class RecordMapping:
    """Makes articles of the records of a source.

    Args:
        source: The source.
        site: The site.
    """

    def __init__(self, source: ArticleSource, site: Site) -> None:
        self._source = source
        zone = source.timezone
        self._site = site if zone is None else msgspec.structs.replace(site, timezone=zone)
        #: The site, whose time zone dates in addresses are in.
        self._home = site
        self._is_plain = not (source.fields or source.categories or source.defaults or source.article_url)
        self._used = frozenset(_first_names(source.fields))
        self._access = NamedAccess(source)
        self._address = [(text, name) for text, name, _, _ in Formatter().parse(source.article_url or "")]

    def articles(self, record: SourceRecord) -> list[SourcedArticle | Finding]:
        """Return the article of a record, and what was found; or what is wrong with it."""
        values, source = record.values, record.source
        if not self._is_plain and isinstance(values, TABLES):
            try:
                raw = values if record.raw is None else record.raw
                if (problem := self._access.look_at(raw)) is not None:
                    return [finding(problem, record.place, code="NF107")]
                values, source = self._values(values, raw), b""
            except InvalidValue as problem:
                return [finding(problem, record.place)]
        return article_or_findings(values, place=record.place, site=self._site, source=source)

    def problems(self, file: str) -> Iterator[Finding]:
        """Yield what is wrong with all records together, after the last of a file, or of a source elsewhere."""
        if (problem := self._access.problem()) is not None:
            yield finding(problem, Place(file=file), code="NF107")

    def _values(self, own: Mapping[Any, object], raw: object) -> dict[str, object]:
        """Return an article's values: what `fields` say, what the record has of its own, and defaults."""
        values = self._own_values(own)
        for field, made_of in self._source.fields.items():
            found = self._found(made_of, raw, field)
            values.pop(field, None)
            if found is not None:
                values[field] = found
        if self._source.categories and values.get("categories") is not None:
            values["categories"] = [self._term(each) for each in _listed(values["categories"])]
        for field, value in self._source.defaults.items():
            own_value = values.get(field)
            if own_value is None or (isinstance(own_value, str) and not own_value.strip()):
                values[field] = value
        if self._address:
            slug = values.pop(SLUG, None)
            if values.get("url") in (None, ""):
                values["url"] = self._url(values, slug)
        return values

    def _own_values(self, own: Mapping[Any, object]) -> dict[str, object]:
        """Return what a record says of itself: all of it, or if `fields` are named, only what means something."""
        if not self._source.fields:
            return {str(key): value for key, value in own.items()}
        return {
            key: value
            for key, value in own.items()
            if isinstance(key, str)
            and value is not None
            and (
                key in Article.__struct_fields__
                or key == SLUG
                or (key not in self._used and may_hold_back(key, value))
            )
        }

    def _found(self, made_of: object, raw: object, field: str) -> object:
        if isinstance(made_of, str):
            try:
                return finder(made_of)(raw)
            except InvalidValue as problem:
                raise problem.at(field) from None
        if not isinstance(made_of, TABLES):
            return None
        parts = {name: self._found(part, raw, f"{field}.{name}") for name, part in made_of.items()}
        kept = {name: value for name, value in parts.items() if value not in (None, "")}
        if not kept:
            return None
        return [kept] if field in _LISTS_OF_RECORDS else kept

    def _term(self, category: object) -> object:
        """Return the site's term for what the source calls a category."""
        is_name = isinstance(category, str) or (isinstance(category, int) and abs(category) < _LARGEST)
        return self._source.categories.get(str(category), category) if is_name else category

    def _url(self, values: Mapping[str, object], slug: object) -> str:
        """Return an article's address by the template.

        Raises:
            InvalidValue: If the record lacks what the template needs.
        """
        parts = self._parts(values, slug)
        address = ""
        for text, name in self._address:
            address += text
            if name is None:
                continue
            part = parts.get(name)
            if not isinstance(part, str | int) or abs(int(part) if isinstance(part, int) else 0) >= _LARGEST:
                part = None
            if part is None or not str(part).strip():
                raise InvalidValue(
                    f"it is missing, and article_url can't make it, because the record has no {name}",
                    f"add {name} to [sources.fields], or the address",
                    field="url",
                )
            address += quote(str(part).strip().strip("/"), safe=_IN_ADDRESSES)
        return address

    def _parts(self, values: Mapping[str, object], slug: object) -> dict[str, object]:
        parts: dict[str, object] = {name: values.get(name) for name in ("language", "id", "story")}
        categories = list(_listed(values.get("categories")))
        parts["language"] = site_language(parts["language"], self._home) or parts["language"]
        first = categories[0] if categories else None
        if isinstance(first, str):
            first = self._home.terms_by_name.get(first.strip().casefold(), first)
        parts |= {SLUG: slug, "category": first}
        if any(name in {"year", "month", "day"} for _, name in self._address):
            moment = self._published(values.get("published"))
            parts |= {"year": f"{moment.year:04}", "month": f"{moment.month:02}", "day": f"{moment.day:02}"}
        return parts

    def _published(self, written: object) -> date:
        if written is None:
            reason = "it is missing, and article_url can't make the address without it"
            raise InvalidValue(reason, "add it to the article", field="published")
        try:
            moment: datetime = moment_in(written, self._site).moment
        except InvalidValue as problem:
            raise problem.at("published") from None
        return moment.astimezone(self._home.zone).date()


def _first_names(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys of records that `fields` use."""
    for made_of in fields.values():
        if isinstance(made_of, str):
            yield made_of.partition(".")[0].partition("[")[0].strip()
        elif isinstance(made_of, TABLES):
            yield from _first_names(made_of)


def _listed(value: object) -> Iterable[object]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)
