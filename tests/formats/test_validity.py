"""Laws of validity, for any article: by the schemas, and by `check`, what is written is right."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from lxml import etree
from tests.articles import AS_OF, all_kinds, articles, careful_sites, contents, feed_of, sites, texts

from newsfeed import Article, Finding, Site
from newsfeed.check import CHECKS, check_document
from newsfeed.text.html.cleaning import clean

pytestmark = pytest.mark.slow

SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
needs_schemas = pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas are not part of a clone")

#: Findings that are the truth about an article, so that no feed of it can do without.
STANDING = {
    "NF224": "a true old date, in RSS",
    "NF252": "two articles of one page",
    "NF311": "an id that the site has always had",
    "NF314": "a true old date, in Atom",
    "NF335": "two articles of one moment",
    "NF353": "a first archive has none before it",
    "NF360": "elements of partners and of newsfeed, in Atom",
    "NF361": "elements of partners and of newsfeed, in RSS",
    "NF712": "a title that speaks of <b>",
    "NF714": "a title that speaks of &amp;",
    "NF716": "a text that was damaged before it came here",
    "NF718": "a text that seems to have been read in a wrong encoding before it came here",
    "NF724": "a text that speaks of tags, and has none",
}


def stands(finding: Finding) -> bool:
    # The description of a file is plain text, as a title is, and may speak of <b> or &amp; too.
    speaks_of_markup = finding.code == "NF713" and "/media:description" in str(finding)
    return speaks_of_markup or finding.code in STANDING


@cache
def atom_schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "atom-rfc4287.rng"))


@cache
def json_feed_schema() -> jsonschema.Draft7Validator:
    source = json.loads((SCHEMAS / "jsonfeed-1.1-sonicdoe.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(source, format_checker=jsonschema.FormatChecker())


@settings(max_examples=50)
@given(made=all_kinds, site=sites)
def test_every_document_is_well_formed(made: list[Article], site: Site) -> None:
    feed = feed_of(*made, site=site)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    assert len(etree.fromstring(feed.rss(), parser).findall("channel/item")) == len(feed.entries)
    assert len(etree.fromstring(feed.atom(), parser).findall("{*}entry")) == len(feed.entries)
    assert len(json.loads(feed.json())["items"]) == len(feed.entries)
    assert etree.HTML(feed.html()).find("body") is not None
    assert feed.text()


@needs_schemas
@settings(max_examples=50)
@given(made=all_kinds, site=sites)
def test_atom_obeys_its_schema(made: list[Article], site: Site) -> None:
    atom_schema().assertValid(etree.fromstring(feed_of(*made, site=site).atom()))


@needs_schemas
@settings(max_examples=50)
@given(made=all_kinds, site=sites)
def test_json_feed_obeys_its_schema(made: list[Article], site: Site) -> None:
    json_feed_schema().validate(json.loads(feed_of(*made, site=site).json()))


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
@settings(max_examples=50)
@given(made=all_kinds, site=careful_sites)
def test_check_finds_nothing_but_what_stands(name: str, made: list[Article], site: Site) -> None:
    feed = feed_of(*made, site=site)
    document = feed.render(name)
    found = check_document(document, name="feed", as_of=AS_OF, address=f"{feed.id}.{name}")
    assert [str(finding) for finding in found if not stands(finding)] == []


def test_what_stands_is_no_error() -> None:
    assert {code: CHECKS[code].severity for code in STANDING if CHECKS[code].severity == "error"} == {}


@given(articles)
def test_a_lost_character_is_told_of_only_where_the_article_lost_one(article: Article) -> None:
    said = f"{article}".lower()
    lost = any(mark in said for mark in ("\ufffd", "&#"))
    found = check_document(feed_of(article).atom(), name="feed", as_of=AS_OF)
    assert lost or "NF716" not in {finding.code for finding in found}


@given(contents | texts)
def test_cleaning_what_is_clean_changes_nothing(html: str) -> None:
    once = clean(html, page="https://report.example/x")
    assert clean(once, page="https://report.example/y") == once
