"""A newsroom.toml for articles that are somewhere already, by a sample of them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newsfeed.errors import InvalidNewsroom
from newsfeed.findings import Finding
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.record import TABLES
from newsfeed.model.site import Site
from newsfeed.sources.article_files import article_files
from newsfeed.sources.detecting import Detected, detected
from newsfeed.sources.feeds.newsroom_from_feed import newsroom_from_feed
from newsfeed.sources.proposing import Proposal, proposed, proposed_categories, texts_at
from newsfeed.sources.source_reading import records_elsewhere, records_in_file
from newsfeed.sources.source_records import SourceRecord
from newsfeed.text.shown_addresses import shown_address

__all__ = ["SiteAnswers", "newsroom_for"]

_SAMPLE = 200
_DEFAULT_LANGUAGE = "en"
#: Stands for a site's address until it is known.
_UNKNOWN = "https://site.invalid/"


class SiteAnswers(NamedTuple):
    """What somebody said of a new newsroom's site; what they didn't say is found in the articles."""

    title: str | None = None
    url: str | None = None
    languages: Sequence[str] = ()
    timezone: str | None = None


def newsroom_for(where: str, root: Path, said: SiteAnswers, query: str | None = None) -> str:
    """Return the newsroom.toml for articles that are somewhere already.

    Args:
        where: A file, a folder, an address or a database.
        root: The newsroom's folder, which exists.
        said: What is known of the site.
        query: The SELECT for a database.

    Raises:
        InvalidNewsroom: If the articles can't be found there, or the site's address can't be told.
        SourceError: If they can't be fetched.
        MissingExtra: If they need packages that aren't installed.
    """
    site = Site(
        title=said.title or "News",
        url=said.url or _UNKNOWN,
        languages=said.languages or (_DEFAULT_LANGUAGE,),
        timezone=said.timezone or "UTC",
    )
    found = detected(where, root, site, query)
    if found.table["kind"] == "feed":
        return newsroom_from_feed(where, root, **said._asdict())
    source = ArticleSource(name="articles", **found.table)
    records = _sample(source, site, root)
    if not records:
        shown = shown_address(where) if "://" in where else where
        raise InvalidNewsroom(f"{shown}: there are no records that could be articles. Name another place.")
    proposal = proposed(records, site)
    if not found.needs_fields:
        proposal = Proposal({}, proposal.article_url, ())
    return _written(found, proposal, records, root, said)


def _sample(source: ArticleSource, site: Site, root: Path) -> list[Mapping[str, object]]:
    """Return the first records of a source."""
    alone = Site(title=site.title, url=site.url, languages=site.languages, sources=[source])
    if source.files:
        files = article_files(alone, root).files
        found: Iterator[object] = (each for file in files for each in records_in_file(file, source, site))
    else:
        found = iter(records_elsewhere(source, site, root))
    records = (each for each in found if not isinstance(each, Finding))
    values = (each.values for each in records if isinstance(each, SourceRecord))
    return [each for each in islice(values, _SAMPLE) if isinstance(each, TABLES)]


def _written(
    found: Detected,
    proposal: Proposal,
    records: Sequence[Mapping[str, object]],
    root: Path,
    said: SiteAnswers,
) -> str:
    address = said.url or _site_address(found, proposal, records)
    languages = list(said.languages) or _languages(proposal, records) or [_DEFAULT_LANGUAGE]
    site: dict[str, Any] = {
        "title": said.title or root.absolute().name or "News",
        "url": address,
        "languages": languages,
    }
    if said.timezone:
        site["timezone"] = said.timezone
    source = {"name": "articles", **found.table}
    if proposal.article_url is not None:
        source["article_url"] = proposal.article_url.replace(_UNKNOWN, address)
    lines = ["[site]", *_keys(site), "", "[[sources]]", *_keys(source)]
    if proposal.fields:
        lines += ["", "[sources.fields]", *_keys(proposal.fields)]
    if "language" in proposal.missing:
        lines += ["", "[sources.defaults]", *_keys({"language": languages[0]})]
    section = proposal.fields.get("categories", "categories")
    for term, label in proposed_categories(texts_at(record, section) for record in records):
        lines += ["", "[[categories]]", *_keys({"term": term, "label": label})]
    return "\n".join(lines) + "\n"


def _keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield keys and values in TOML: texts and lists in JSON are TOML, too."""
    for key, value in table.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _site_address(found: Detected, proposal: Proposal, records: Sequence[Mapping[str, object]]) -> str:
    """Return the address of the site, by those of articles, or else of their source.

    Raises:
        InvalidNewsroom: If neither has one.
    """
    name = proposal.fields.get("url", "url")
    addresses = [*(record.get(name) for record in records), found.table.get("url")]
    for address in addresses:
        parts = urlsplit(address) if isinstance(address, str) else None
        if parts is not None and parts.scheme in {"http", "https"} and parts.hostname:
            return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
    raise InvalidNewsroom("the articles don't tell the site's address. Add it: --url https://report.example/")


def _languages(proposal: Proposal, records: Sequence[Mapping[str, object]]) -> list[str]:
    name = proposal.fields.get("language", "language")
    said = (record.get(name) for record in records)
    counts = Counter(tag.replace("_", "-") for tag in said if isinstance(tag, str) and tag.strip())
    # the first is the site's default language: the most frequent one, or among equals the one taken for it so far
    return sorted(counts, key=lambda tag: (-counts[tag], tag != _DEFAULT_LANGUAGE))
