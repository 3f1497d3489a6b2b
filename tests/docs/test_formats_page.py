"""What each format carries: the tables name every element, attribute and member that is written, and no other.

`a/b @c @rel=d` in a table is the element b in a, its attribute c, and its relation d; `a[].b` is the member b of each
item in the list a.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from lxml import etree

from newsfeed import Article, Comments, Feed, FeedRule, Media, Person, Site, Source
from newsfeed.publish.empty_feeds import retired_document

Make = Callable[..., Any]
Table = Callable[[str, str], list[list[str]]]

PAGE = "docs/reference/formats.md"
RSS, ATOM, JSON = 1, 2, 3

PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
    "http://purl.org/rss/1.0/modules/slash/": "slash:",
    "http://purl.org/syndication/thread/1.0": "thr:",
    "http://schemas.google.com/g/2005": "gd:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://wellformedweb.org/CommentAPI/": "wfw:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons:",
    "https://rslstandard.org/rsl": "rsl:",
}


@pytest.fixture
def feed(newsroom: Make, article: Make, site: Make, noon: datetime) -> Feed:
    """A feed with an article that has everything, and one that has nothing that can be left out."""
    desk = Person(
        name="Desk",
        email="desk@report.example",
        url="https://report.example/desk",
        avatar="https://report.example/desk.jpg",
    )
    own = site(
        description="News",
        hub="https://hub.example/",
        rights="© Report",
        logo="https://report.example/logo.png",
        icon="https://report.example/icon.png",
        authors=[desk],
        json_extra=["mood"],
    )
    film = Media(
        url="https://report.example/film.mp4",
        length=1,
        width=1,
        height=1,
        duration=1,
        credit="x",
        title="y",
        description="x",
        thumbnail="https://report.example/still.jpg",
    )
    group = Media(
        url="https://report.example/a.mp4",
        title="y",
        description="x",
        credit="x",
        thumbnail="https://report.example/still.jpg",
        renditions=[Media(url="https://report.example/b.mp4")],
    )
    picture = Media(url="https://report.example/1.jpg")
    everything = article(
        "everything",
        story="s",
        summary="x",
        content="<p>x</p>",
        updated=noon + timedelta(hours=1),
        categories=["media"],
        topics=["x"],
        flags=["photo"],
        authors=[desk],
        media=[film, picture, group],
        rights="x",
        source=Source(url="https://other.example/", title="x"),
        comments=Comments(url="https://report.example/c", feed="https://report.example/c.atom", count=1),
        external_url="https://other.example/x",
        extra={"mood": "calm"},
    )
    made: Feed = newsroom(
        everything, article("bare"), article("qar", language="az", story="s"), site=own
    ).feed("en/all")
    return made


def named(table: Table, heading: str, column: int) -> set[str]:
    """Everything that a column of a table names."""
    cells = [row[column] for row in table(PAGE, heading)]
    parts = member_parts if column == JSON else element_parts
    return {part for cell in cells for span in re.findall(r"`([^`]+)`", cell) for part in parts(span)}


def element_parts(span: str) -> Iterator[str]:
    first, *rest = span.split()
    attributes = [first, *rest] if first.startswith("@") else rest
    path = "" if first.startswith("@") else first
    relation = next((it.removeprefix("@rel=") for it in attributes if it.startswith("@rel=")), "")
    *parents, last = path.split("/")
    for number in range(1, len(parents) + 1):
        yield "/".join(parents[:number])
    element = "/".join([*parents, last + (f"[{relation}]" if relation else "")])
    if element:
        yield element
    for attribute in attributes:
        yield f"{element} {attribute.partition('=')[0]}".strip()


def member_parts(span: str) -> Iterator[str]:
    steps = span.split(".")
    for number in range(1, len(steps) + 1):
        yield ".".join(steps[:number])


def written_elements(parent: etree._Element, skipped: str = "", path: str = "") -> Iterator[str]:
    """Every element in a parent, and every attribute of the parent and of them."""
    for attribute in parent.attrib:
        yield f"{path} @{short(str(attribute), parent)}".strip()
    for child in parent:
        name = short(str(child.tag), parent)
        if name != skipped:
            relation = f"[{child.get('rel')}]" if child.get("rel") else ""
            inner = f"{path}/{name}{relation}".lstrip("/")
            yield inner
            yield from written_elements(child, path=inner)


def short(tag: str, parent: etree._Element) -> str:
    """A name as the tables write it: Atom's elements have a prefix in RSS alone."""
    space, _, local = tag.removeprefix("{").rpartition("}")
    if space == "http://www.w3.org/2005/Atom":
        return local if parent.nsmap.get(None) == space else f"atom:{local}"
    return PREFIXES.get(space, "") + local


def written_members(value: Any, path: str = "") -> Iterator[str]:
    match value:
        case dict():
            for name, inner in value.items():
                member = f"{path}.{name}".lstrip(".")
                is_list_of_objects = isinstance(inner, list) and isinstance(inner[0], dict)
                yield member + ("[]" if is_list_of_objects else "")
                yield from written_members(inner, member)
        case list():
            for inner in value:
                yield from written_members(inner, f"{path}[]")


class TestArticles:
    def test_rss(self, feed: Feed, table: Table) -> None:
        items = etree.fromstring(feed.rss()).findall("channel/item")
        assert {part for item in items for part in written_elements(item)} == named(table, "Articles", RSS)

    def test_atom(self, feed: Feed, table: Table) -> None:
        entries = etree.fromstring(feed.atom()).findall("{*}entry")
        assert {part for entry in entries for part in written_elements(entry)} == named(
            table, "Articles", ATOM
        )

    def test_json_feed(self, feed: Feed, table: Table) -> None:
        items = json.loads(feed.json())["items"]
        assert {part for item in items for part in written_members(item)} == named(table, "Articles", JSON)

    def test_fields(self, table: Table) -> None:
        """Each field of an article stands in one row, and each of what belongs to it."""
        nested = {"authors": Person, "media": Media, "source": Source, "comments": Comments}
        fields = [name for name in Article.__struct_fields__ if name not in nested]
        fields += [f"{name}.{field}" for name, cls in nested.items() for field in cls.__struct_fields__]
        rows = [span for row in table(PAGE, "Articles") for span in re.findall(r"`([^`]+)`", row[0])]
        assert sorted(rows) == sorted(fields)


class TestFeeds:
    def test_rss(self, feed: Feed, table: Table) -> None:
        channel = etree.fromstring(feed.rss())[0]
        assert set(written_elements(channel, "item")) == named(table, "Feeds", RSS)

    def test_atom(self, feed: Feed, table: Table) -> None:
        root = etree.fromstring(feed.atom())
        assert set(written_elements(root, "entry")) == named(table, "Feeds", ATOM)

    def test_json_feed(self, feed: Feed, table: Table) -> None:
        head = json.loads(feed.json())
        del head["items"]
        assert set(written_members(head)) == named(table, "Feeds", JSON)

    def test_keys_exist(self, table: Table) -> None:
        keys = {f"site.{field.name}" for field in msgspec.structs.fields(Site)}
        keys |= {f"feeds.{field.name}" for field in msgspec.structs.fields(FeedRule)}
        rows = [span for row in table(PAGE, "Feeds") for span in re.findall(r"`(\w+\.\w+)`", row[0])]
        assert {"site.url", "feeds.title"} <= set(rows) <= keys


class TestByChoice:
    HEADING = "By choice of the site"

    def test_the_keys_and_what_they_add(
        self, newsroom: Make, article: Make, site: Make, noon: datetime, feed: Feed, table: Table
    ) -> None:
        own = site(tombstones=30, stylesheet=True)
        gone = article("gone", withdrawn=True, updated=noon)
        chosen: Feed = newsroom(article("there"), gone, site=own, as_of=noon).feed("en/all")
        rows = {row[0].strip("`").removeprefix("site."): row for row in table(PAGE, self.HEADING)}
        root = etree.fromstring(chosen.atom())
        more = set(written_elements(root, "entry")) - set(
            written_elements(etree.fromstring(feed.atom()), "entry")
        )
        assert more == set(element_parts(rows["tombstones"][ATOM].strip("`")))
        for column, document in ((RSS, chosen.rss()), (ATOM, chosen.atom())):
            named = [f"`<?{name.decode()}?>`" for name in re.findall(rb"<\?(xml-\w+)", document)]
            assert named == [rows["stylesheet"][column]]

    @pytest.mark.parametrize(
        "address", ["https://creativecommons.org/licenses/by/4.0/", "https://a.example/"]
    )
    def test_a_licence_and_how_long_to_keep_a_feed(
        self, address: str, newsroom: Make, article: Make, site: Make, table: Table
    ) -> None:
        def formats_of(**values: Any) -> tuple[set[str], set[str], set[str], set[str]]:
            rules = [FeedRule(path="{language}/all", **values.pop("rule", {}))]
            made: Feed = newsroom(article(), site=site(feeds=rules, **values)).feed("en/all")
            channel = etree.fromstring(made.rss())[0]
            head = json.loads(made.json())
            (item,) = channel.iter("item")
            return (
                set(written_elements(channel, "item")),
                set(written_elements(item)),
                set(written_elements(etree.fromstring(made.atom()), "entry")),
                set(written_members(head)),
            )

        without, with_all = formats_of(), formats_of(license=address, rule={"ttl": 60})
        channel, item, head, members = [more - less for more, less in zip(with_all, without, strict=True)]
        rows = {row[0]: row for row in table(PAGE, self.HEADING)}
        own, ttl = rows["`site.license`"], rows["`feeds.ttl`"]
        named = {part for row in (own, ttl) for span in spans(row[RSS]) for part in element_parts(span)}
        assert channel == named
        kind = (
            "with each article"
            if "creative" in address
            else "that isn't of Creative Commons, with each article"
        )
        each = rows[f"`site.license`{', ' if 'creative' in address else ' '}{kind}"]
        assert item == {part for span in spans(each[RSS]) for part in element_parts(span)}
        assert head == {part for span in spans(own[ATOM]) for part in element_parts(span)}
        assert members == {"_newsfeed.license"} == set(spans(own[JSON]))

    def test_a_feed_that_has_ended(self, newsroom: Make, table: Table) -> None:
        (row,) = [row for row in table(PAGE, self.HEADING) if "`site.retired`" in row[0]]

        def ended(suffix: str) -> bytes:
            document = retired_document(
                newsroom().plan,
                f"en/topic/snow{suffix}",
                "https://report.example/feeds/",
                lambda _: None,
                is_listed=True,
            )
            assert document is not None
            return document.render().data

        channel, feed, head = (
            etree.fromstring(ended(".rss"))[0],
            etree.fromstring(ended(".atom")),
            json.loads(ended(".json")),
        )
        onwards = "https://report.example/feeds/en/all"
        assert spans(row[RSS]) == ["description", "atom:link @rel=related @href"]
        assert channel.findtext("description") == f"{onwards}.rss"
        assert [link.get("href") for link in channel.iterfind("{*}link[@rel='related']")] == [
            f"{onwards}.rss"
        ]
        assert spans(row[ATOM]) == ["subtitle", "link @rel=related @href"]
        assert feed.findtext("{*}subtitle") == f"{onwards}.atom"
        assert [link.get("href") for link in feed.iterfind("{*}link[@rel='related']")] == [f"{onwards}.atom"]
        assert spans(row[JSON]) == ["description", "_newsfeed.related[].url"]
        assert head["description"] == f"{onwards}.json"
        assert [link["url"] for link in head["_newsfeed"]["related"]] == [f"{onwards}.json"]


def spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_namespaces(feed: Feed, section: Callable[[str, str], str]) -> None:
    assert "`atom`, `content`, `dc`, `dcterms` and `media` in RSS" in section(PAGE, "Feeds")
    assert {*etree.fromstring(feed.rss()).nsmap} == {"atom", "content", "dc", "dcterms", "media"}
    assert "`dc`, `dcterms` and `media` in Atom" in section(PAGE, "Feeds")
    assert {*etree.fromstring(feed.atom()).nsmap} == {None, "dc", "dcterms", "media"}
