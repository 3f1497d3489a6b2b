"""Tracing writes what its writer writes, byte for byte, and asks it once for each shape."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.articles import AS_OF, all_kinds, articles, feed_of, sites

from newsfeed import Article, Entry, Extension, Feed, FeedRule, Newsroom, Site
from newsfeed.formats import flat_records, xml_documents
from newsfeed.formats.flat_records import FlatRecord
from newsfeed.formats.render_cache import RenderCache
from newsfeed.formats.render_model import EntryModel, EscapedContent, FeedModel, XmlFormat, entry_model
from newsfeed.formats.trace_patterns import TracedShapes
from newsfeed.formats.tracing import Tracer

Make = Callable[..., Any]

#: What tracing itself is made of, and what XML escapes.
TELLING = [
    "\ue000",
    "\ue001",
    "\ue100",
    "\uf000",
    "\uf8ff",
    "%",
    "%s",
    "&",
    "<",
    ">",
    '"',
    "'",
    "\n",
    "\t",
    "\r",
    "]]>",
]


class Tag(msgspec.Struct, frozen=True):
    term: str
    label: str | None = None


class Item(msgspec.Struct, frozen=True):
    title: str | None = None
    url: str | None = None
    body: EscapedContent | None = None
    is_new: bool = False
    tags: tuple[Tag, ...] = ()


class Writer:
    """Writes items through lxml, and counts how often it is asked to write a whole one."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, item: Item, separator: str) -> str:
        self.asked += not separator
        element = etree.Element("item", url=item.url) if item.url is not None else etree.Element("item")
        etree.SubElement(element, "title").text = item.title
        if item.is_new:
            etree.SubElement(element, "new")
        for tag in item.tags:
            child = etree.SubElement(element, "tag", term=tag.term)
            child.text = tag.label
        if item.body is not None:
            etree.SubElement(element, "body", percent="100%").text = item.body.plain
        return serialised(element, separator)


def serialised(element: etree._Element, separator: str) -> str:
    element.text = separator
    for child in element:
        child.tail = separator
    if len(element):
        element[-1].tail = f"{separator}\n"  # part of the element, not of its last child
    return etree.tostring(element, encoding="unicode").replace("<item></item>", "<item/>")


def traced(write: Callable[[Item, str], str], *items: Item) -> list[str]:
    tracer = Tracer(write, Item)
    return [b"".join(tracer.write(FlatRecord(item))).decode() for item in items]


texts = st.lists(st.sampled_from(TELLING) | st.text("añ ə😀", max_size=3), max_size=4).map("".join)
items = st.builds(
    Item,
    title=st.none() | texts,
    url=st.none() | texts,
    body=st.none() | texts.filter(bool).map(EscapedContent),
    is_new=st.booleans(),
    tags=st.lists(st.builds(Tag, term=texts, label=st.none() | texts), max_size=3).map(tuple),
)


@pytest.mark.slow
@given(st.lists(items, max_size=5))
def test_traced_equals_untraced(made: list[Item]) -> None:
    assert traced(Writer(), *made) == [Writer()(item, "") for item in made]


@pytest.mark.slow
@given(st.lists(items, max_size=5), st.lists(items, max_size=5))
def test_what_another_tracer_learns_is_as_traced(known: list[Item], made: list[Item]) -> None:
    first, second = Tracer(Writer(), Item), Tracer(Writer(), Item)
    for item in known:
        first.write(FlatRecord(item))
    second.learn(msgspec.json.decode(msgspec.json.encode(first.shapes()), type=TracedShapes))
    assert second.count == first.count
    assert [b"".join(second.write(FlatRecord(item))).decode() for item in made] == [
        Writer()(item, "") for item in made
    ]


def test_what_was_learnt_is_not_asked_for_again() -> None:
    first, writer = Tracer(Writer(), Item), Writer()
    first.write(FlatRecord(Item("a", tags=(Tag("b"),))))
    second = Tracer(writer, Item)
    second.learn(first.shapes())
    assert second.write(FlatRecord(Item("c", tags=(Tag("d"), Tag("e"))))) == (
        Writer()(Item("c", tags=(Tag("d"), Tag("e"))), "").encode(),
    )
    assert writer.asked == 0


def test_a_shape_is_written_by_the_writer_once() -> None:
    writer = Writer()
    tracer = Tracer(writer, Item)
    for number in range(100):
        tags = tuple(Tag(f"term {tag}") for tag in range(number % 7))
        tracer.write(FlatRecord(Item(f"title {number}", tags=tags)))
    # three times: without tags, with tags, and a tag in its place
    assert writer.asked == 3


@pytest.mark.parametrize(
    "other",
    [Item(), Item(title=""), Item("a", url=""), Item("a", is_new=True), Item("a", body=EscapedContent("b")), Item("a", tags=(Tag("c"),))],
    ids=["missing", "empty", "address", "truth", "content", "list"],
)  # fmt: skip
def test_what_is_missing_empty_or_true_is_another_shape(other: Item) -> None:
    assert traced(Writer(), Item("a"), other, Item("a")) == [
        Writer()(item, "") for item in (Item("a"), other, Item("a"))
    ]


def test_a_body_is_escaped_once_for_all_that_is_written_of_it() -> None:
    item = FlatRecord(Item("a", body=EscapedContent("<p>long</p>")))
    first, second = Tracer(Writer(), Item).write(item), Tracer(Writer(), Item).write(item)
    assert first[1] == b"&lt;p&gt;long&lt;/p&gt;"
    assert first[1] is second[1]


def by_length(item: Item, separator: str) -> str:
    """Decide by what a text says."""
    return f"<item>{separator}<b>{item.title}{'!' if len(item.title or '') > 5 else ''}</b>{separator}</item>"


def joined(item: Item, separator: str) -> str:
    """Write a text where it is neither alone between tags nor an attribute."""
    return f"<item>{separator}<b>by {item.title}</b>{separator}</item>"


def counting(item: Item, separator: str) -> str:
    """Decide by how many items a list has."""
    return f"<item>{separator}<b>{len(item.tags)}</b>{separator}</item>"


def scattering(item: Item, separator: str) -> str:
    """Write the items of a list in two places."""
    tags = "".join(f"<tag>{tag.term}</tag>{separator}" for tag in item.tags)
    return f"<item>{separator}{tags}<b>x</b>{separator}{tags}</item>"


def twice(item: Item, separator: str) -> str:
    """Write a body in two places."""
    body = item.body.plain if item.body else ""
    return f"<item>{separator}<b>{body}</b>{separator}<c>{body}</c>{separator}</item>"


@pytest.mark.parametrize("write", [by_length, joined, counting, scattering, twice])
def test_what_cannot_be_traced_is_written_by_the_writer(write: Callable[[Item, str], str]) -> None:
    made = [Item("a long title", body=EscapedContent("b"), tags=(Tag("c"), Tag("d"))), Item("another title", body=EscapedContent("e"), tags=(Tag("f"),))]  # fmt: skip
    assert traced(write, *made) == [write(item, "") for item in made]


def shy(item: Item, separator: str) -> str:
    """Write only such items of a list as have a term."""
    tags = "".join(f"<tag>{tag.term}</tag>{separator}" for tag in item.tags if tag.term)
    return f"<item>{separator}<b>{item.title}</b>{separator}{tags}</item>"


@pytest.mark.parametrize(
    "made",
    [
        [Item("a", tags=(Tag("", "x"),)), Item("a", tags=(Tag("b", "x"),)), Item("a", tags=(Tag("", "y"),))],
        [Item("a", tags=(Tag("b", "x"),)), Item("a", tags=(Tag("", "x"),)), Item("a", tags=(Tag("c", "y"),))],
        [Item("a", tags=(Tag("", "x"), Tag("b", "x")))],
    ],
    ids=["first not", "first", "both"],
)
def test_items_that_are_not_written_teach_nothing_of_others(made: list[Item]) -> None:
    assert traced(shy, *made) == [shy(item, "") for item in made]


@pytest.mark.parametrize("text", ["a\0b", "\x01", "\ufffe", "\ud800"], ids=ascii)
@pytest.mark.parametrize("field", ["title", "url", "body", "tags"])
def test_what_xml_cannot_hold_is_the_writers_to_complain_of(text: str, field: str) -> None:
    bad = {"title": text, "url": text, "body": EscapedContent(text), "tags": (Tag(text),)}[field]
    good: dict[str, Any] = {"title": "a", "url": "b", "body": EscapedContent("c"), "tags": (Tag("d"),)}
    tracer = Tracer(Writer(), Item)
    tracer.write(FlatRecord(Item(**good)))
    with pytest.raises(ValueError, match=r"XML compatible|surrogates not allowed"):
        tracer.write(FlatRecord(Item(**good | {field: bad})))


def test_tables_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat_records, "MOST_SHAPES", 2)
    made = [
        Item(title, url, body, new, (Tag(f"{title}{url}", label),))
        for title in (None, "a")
        for url in (None, "b")
        for body in (None, EscapedContent("c"))
        for new in (False, True)
        for label in (None, "d")
    ]
    tracer = Tracer(Writer(), Item)
    assert [b"".join(tracer.write(FlatRecord(item))).decode() for item in made] == [
        Writer()(item, "") for item in made
    ]
    for table in (flat_records._LAYOUTS, tracer._fillers, tracer._patterns, tracer._item_patterns):
        assert len(table) <= 2


def test_threads_share_a_tracer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat_records, "MOST_SHAPES", 2)  # so that they clear each other's tables
    made = [
        Item(f"{number}" if number % 2 else None, is_new=number % 3 == 0, tags=(Tag("t"),))
        for number in range(200)
    ]
    tracer = Tracer(Writer(), Item)
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda item: b"".join(tracer.write(FlatRecord(item))).decode(), made))
    assert written == [Writer()(item, "") for item in made]


def untraced(feed: Feed, form: str) -> bytes:
    generator = feed.to_feedgen()
    document: bytes = generator.rss_str() if form == "rss" else generator.atom_str()
    return document


@pytest.mark.slow
@pytest.mark.parametrize("form", ["rss", "atom"])
@settings(max_examples=50)
@given(made=all_kinds, site=sites)
def test_a_feed_is_what_feedgen_writes(form: str, made: list[Article], site: Site) -> None:
    feed = feed_of(*made, site=site)
    assert feed.render(form) == untraced(feed, form)


@pytest.mark.slow
@given(articles, texts, texts)
@example(
    Article(language="en", title="x", url="https://report.example/x", published=AS_OF),
    "\ue000\ue100\uf000%s",
    "\uf8ff",
)
def test_private_characters_are_text_like_any_other(article: Article, title: str, topic: str) -> None:
    told = Article(**{name: getattr(article, name) for name in article.__struct_fields__} | {"title": f"x{title}", "topics": [topic]})  # fmt: skip
    feed = feed_of(told)
    assert feed.rss() == untraced(feed, "rss")
    assert feed.atom() == untraced(feed, "atom")


def test_an_entry_is_written_once_for_every_feed(
    newsroom: Make, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    original = Tracer.write

    def counted(tracer: Tracer[Any], record: FlatRecord[Any]) -> tuple[bytes, ...]:
        if isinstance(record.record, EntryModel):
            written.append(record.record.id)
        return original(tracer, record)

    laid_out: list[EntryModel] = []

    def counted_model(entry: Entry, *args: Any, **options: Any) -> EntryModel:
        laid_out.append(entry_model(entry, *args, **options))
        return laid_out[-1]

    monkeypatch.setattr(Tracer, "write", counted)
    monkeypatch.setattr(xml_documents, "entry_model", counted_model)
    room: Newsroom = newsroom(article(categories=["politics", "media"], topics=["Snow"]))
    for path in room.plan.feeds:
        room.feed(path).rss()
        room.feed(path).atom()
    assert written == ["https://report.example/en/snow"] * 2
    assert [model.id for model in laid_out] == ["https://report.example/en/snow"]


@pytest.mark.parametrize("formats", [["rss"], ["rss", "atom"]])
def test_an_entry_is_written_only_in_the_format_that_is_asked_for(
    formats: list[str], newsroom: Make, article: Make, site: Make
) -> None:
    room: Newsroom = newsroom(article(), site=site(feeds=[FeedRule(path="{language}/all", formats=formats)]))
    feed, cache = room.feed("en/all"), RenderCache()
    xml_documents.write_rss(feed, cache)
    assert list(cache.rendered(feed.entries[0])) == [("rss", feed.content_profile)]


def test_rss_and_atom_share_the_content(newsroom: Make, article: Make) -> None:
    feed = newsroom(article(content="<p>Snow</p>")).feed("en/all")
    (entry,), profile, cache = feed.entries, feed.content_profile, RenderCache()
    rss = xml_documents.write_rss_entry(entry, profile, cache)
    atom = xml_documents.write_atom_entry(entry, profile, cache)
    shared = [chunk for chunk in rss if any(chunk is other for other in atom)]
    assert shared == [b"&lt;p&gt;Snow&lt;/p&gt;"]


def once(filled: Any, entry: Entry) -> None:
    filled.comments(f"{entry.url}#{len(entry.title)}")


@pytest.mark.parametrize(
    "extensions",
    [
        [Extension(name="podcast")],
        [Extension(name="podcast", feed=lambda generator, feed: generator.podcast.itunes_author(feed.title))],
        [Extension(name="geo", entry=lambda filled, _: filled.geo.point("40.4 49.9"))],
        [Extension(name="dc", atom=False), Extension(name="geo", entry=once)],
    ],
    ids=["by name", "with a feed callable", "with an entry callable", "two"],
)
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_with_extensions_too(form: str, extensions: list[Extension], newsroom: Make, article: Make) -> None:
    room = newsroom(article(), article("rain", title="A & B"), extensions=extensions)
    for path in ("en/all", "az/all"):
        assert room.feed(path).render(form) == untraced(room.feed(path), form)


def test_an_entry_callable_is_called_once_a_format(newsroom: Make, article: Make) -> None:
    called: list[str] = []
    extension = Extension(name="geo", entry=lambda _, entry: called.append(entry.id))
    room = newsroom(article(categories=["politics"]), extensions=[extension])
    for path in ("en/all", "en/category/politics", "en/all"):
        room.feed(path).rss()
        room.feed(path).atom()
    assert called == ["https://report.example/en/snow"] * 2


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_head_that_ends_with_one_link_is_no_pattern_for_line_breaks(
    form: XmlFormat, newsroom: Make, article: Make, site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its links are its last children; the line break after them comes once, however many there are."""
    fresh = Tracer(partial(xml_documents._head_by_feedgen, form=form), FeedModel)
    monkeypatch.setattr(xml_documents, "_HEADS", xml_documents._HEADS | {form: fresh})
    for formats in ([form], ["rss", "atom", "json"], [form]):
        room = newsroom(article(), site=site(feeds=[FeedRule(path="{language}/all", formats=formats)]))
        assert room.feed("en/all").render(form) == untraced(room.feed("en/all"), form)


@pytest.mark.parametrize("names", [("News", "R &amp; D <b>"), ("R &amp; D <b>", "News")])
def test_a_feed_whose_title_looks_like_markup_is_a_shape_of_its_own(
    names: tuple[str, str], site: Make
) -> None:
    snow = Article(language="en", title="Snow", url="https://report.example/snow", published=AS_OF)
    for name in names:
        feed = feed_of(snow, site=site(title=name, languages=["en"]))
        assert feed.render("rss") == untraced(feed, "rss")
