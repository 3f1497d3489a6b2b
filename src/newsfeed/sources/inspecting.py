"""What the sources of a newsroom hold: of what each field of its articles is made, and which keys nothing is made of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsfeed.findings import Finding
from newsfeed.model.article import Article
from newsfeed.model.article_source import SLUG, ArticleSource
from newsfeed.model.record import TABLES
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.sources.article_file import ArticleFile
from newsfeed.sources.article_files import article_files
from newsfeed.sources.kinds import kind_of
from newsfeed.sources.mapping import RecordMapping
from newsfeed.sources.source_reading import records_elsewhere, records_in_file
from newsfeed.sources.source_records import SourceRecord

__all__ = ["FieldUse", "SourceContent", "contents_of_sources"]

#: How records show that there is no value.
_NOTHING: tuple[object, ...] = (None, "", (), [], {}, False)
#: The values that articles have where their records say nothing.
_DEFAULTS = {
    field.name: field.default
    for field in msgspec.structs.fields(Article)
    if field.default is not msgspec.NODEFAULT
}
#: The kinds of files that `articles` may name, by what their names end in.
_KINDS = {".json": "json", ".jsonl": "jsonl", ".md": "markdown"}


class FieldUse(NamedTuple):
    """A field of a source's articles."""

    name: str
    #: How many articles have it.
    articles: int
    #: What it is made of: names in records, defaults, templates; the most frequent first.
    made_of: tuple[str, ...]
    #: One of its values.
    example: object


class SourceContent(NamedTuple):
    """What a source holds."""

    name: str
    kind: str
    records: int
    #: Some of its articles.
    sample: tuple[Article, ...]
    articles: int
    fields: tuple[FieldUse, ...]
    #: The keys of records that nothing is made of, and how many records have them.
    unused: Mapping[str, int]
    findings: tuple[Finding, ...]


def contents_of_sources(
    site: Site, root: Path, *, most: int | None = None, sample: int = 5
) -> Iterator[SourceContent]:
    """Read the sources of a newsroom, and yield what each holds.

    Args:
        site: The site.
        root: The newsroom's folder.
        most: The most records to read of each; None: all.
        sample: How many articles to keep of each.

    Raises:
        InvalidNewsroom: If the site has no sources, or they name no file that is there.
        SourceError: If a source can't be reached, or not read to its end.
    """
    files, findings = article_files(site, root)
    by_source: dict[str, list[ArticleFile]] = {}
    for file in files:
        by_source.setdefault(file.source, []).append(file)
    for name, its_files in by_source.items():
        source = its_files[0].settings or _plain_source(name, its_files[0])
        records = (record for file in its_files for record in records_in_file(file, source, site))
        yield _content(source, site, islice(records, most), sample, findings)
        findings = []
    for source in site.sources:
        if not source.files:
            yield _content(
                source, site, islice(records_elsewhere(source, site, root), most), sample, findings
            )
            findings = []


def _plain_source(name: str, file: ArticleFile) -> ArticleSource:
    kind = kind_of(file.path)
    suffix = kind.suffixes[0] if kind is not None else ".json"
    return ArticleSource(name=name, kind=_KINDS.get(suffix, "json"), files=(name,))


def _content(
    source: ArticleSource, site: Site, found: Iterable[object], sample: int, findings: Iterable[Finding]
) -> SourceContent:
    mapping = RecordMapping(source, site)
    counted = _Counted(source)
    told = list(findings)
    articles: list[Article] = []
    records = taken = 0
    for each in found:
        if isinstance(each, Finding):
            told.append(each)
        elif isinstance(each, SourceRecord):
            records += 1
            for outcome in mapping.articles(each):
                if isinstance(outcome, SourcedArticle):
                    taken += 1
                    counted.add(outcome.article, each)
                    articles += [outcome.article][: sample - len(articles)]
                else:
                    told.append(outcome)
            counted.add_keys(each)
    return SourceContent(
        name=source.name,
        kind=source.kind,
        records=records,
        sample=tuple(articles),
        articles=taken,
        fields=tuple(counted.fields()),
        unused=counted.unused(),
        findings=tuple(told),
    )


class _Counted:
    """What the fields of a source's articles are made of, as its records pass."""

    def __init__(self, source: ArticleSource) -> None:
        self._source = source
        self._made_of: dict[str, Counter[str]] = {field: Counter() for field in Article.__struct_fields__}
        self._examples: dict[str, object] = {}
        self._keys: Counter[str] = Counter()

    def add(self, article: Article, record: SourceRecord) -> None:
        for field, uses in self._made_of.items():
            value = getattr(article, field)
            if value not in _NOTHING and value != _DEFAULTS.get(field):
                uses[self._origin(field, record)] += 1
                self._examples.setdefault(field, value)

    def add_keys(self, record: SourceRecord) -> None:
        if record.raw is None and isinstance(record.values, TABLES):
            self._keys.update(
                str(key) for key, value in record.values.items() if value not in (None, "", [], {})
            )

    def fields(self) -> Iterator[FieldUse]:
        for field, uses in self._made_of.items():
            made_of = tuple(name for name, _ in uses.most_common())
            yield FieldUse(field, uses.total(), made_of, self._examples.get(field))

    def unused(self) -> dict[str, int]:
        used = {_first_step(made_of) for made_of in _expressions(self._source.fields)}
        if self._source.article_url and f"{{{SLUG}}}" in self._source.article_url:
            used.add(SLUG)
        return {
            key: count
            for key, count in self._keys.most_common()
            if key not in used and key not in Article.__struct_fields__
        }

    def _origin(self, field: str, record: SourceRecord) -> str:
        """Return what a field of an article was made of."""
        if field in self._source.fields:
            return ", ".join(_expressions({field: self._source.fields[field]}))
        own = record.values if isinstance(record.values, TABLES) else {}
        if own.get(field) not in _NOTHING:
            return field if record.raw is None else f"its own, as {self._source.kind} has it"
        if field in self._source.defaults:
            return "defaults"
        if field == "url" and self._source.article_url:
            return self._source.article_url
        return "the id" if field == "url" and own.get("id") not in _NOTHING else "another key, see below"


def _expressions(fields: Mapping[str, object]) -> Iterator[str]:
    for made_of in fields.values():
        if isinstance(made_of, TABLES):
            yield from _expressions(made_of)
        else:
            yield str(made_of)


def _first_step(expression: str) -> str:
    return expression.partition(".")[0].partition("[")[0].strip()
