"""`A-IM: feed` (RFC 3229): only entries that the client doesn't have, where the server knows what it has."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import NOW, Ask, asking, rss

import newsfeed
from newsfeed import Newsroom
from newsfeed.web.folder import PublishedFolder
from newsfeed.web.outline import outline_of

Write = Callable[..., Path]

OLD = rss("Snow", "Wind")
NEW = rss("Rain", "Snow", "Wind")


@pytest.fixture
def base(ask: Ask, write: Write) -> str:
    """The tag of a document that the client has, and that has an entry more by now."""
    write("x.rss", OLD)
    tag = ask("/x.rss", a_im="feed").headers["ETag"]
    write("x.rss", NEW, at=NOW)
    return tag


def test_only_what_is_new(ask: Ask, base: str) -> None:
    answer = ask("/x.rss", a_im="feed", if_none_match=base)
    assert answer.status == 226
    assert answer.headers["IM"] == "feed"
    assert answer.headers["Delta-Base"] == base
    assert answer.body == rss("Rain").replace(b"</item>\n</channel>", b"</item>\n\n\n</channel>")
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"


def test_its_tag_is_that_of_the_whole_document(ask: Ask, base: str) -> None:
    tag = ask("/x.rss", a_im="feed", if_none_match=base).headers["ETag"]
    assert tag == ask("/x.rss").headers["ETag"]
    assert ask("/x.rss", a_im="feed", if_none_match=tag).status == 304
    assert ask("/x.rss", a_im="feed", if_none_match=tag, accept_encoding="gzip").status == 304


def test_no_cache_may_take_it_for_the_document(ask: Ask, base: str) -> None:
    answer = ask("/x.rss", a_im="feed", if_none_match=base)
    assert answer.headers["Cache-Control"] == "no-store, im, max-age=300"
    assert "A-IM" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("a_im", "status"),
    [
        ("feed", 226),
        ("Feed", 226),
        ("vcdiff;q=0.3, feed;q=0.5", 226),
        ("feed;q=0", 200),
        ("vcdiff, gzip", 200),
        ("", 200),
        ("feeds", 200),
    ],
)
def test_whoever_asks_for_it(ask: Ask, base: str, a_im: str, status: int) -> None:
    assert ask("/x.rss", a_im=a_im, if_none_match=base).status == status


def test_nobody_else(ask: Ask, base: str) -> None:
    assert ask("/x.rss", if_none_match=base).body == NEW


@pytest.mark.parametrize(
    ("held", "status"),
    [('"unknown", BASE', 226), ("W/BASE", 200), ('"unknown"', 200), ("*", 304), ("", 200)],
)
def test_what_the_client_has_must_be_known(ask: Ask, base: str, held: str, status: int) -> None:
    assert ask("/x.rss", a_im="feed", if_none_match=held.replace("BASE", base)).status == status


def test_not_even_the_same_document_at_another_address_is_known(ask: Ask, base: str, write: Write) -> None:
    write("y.rss", NEW)
    assert ask("/y.rss", a_im="feed", if_none_match=base).status == 200


def test_what_was_served_to_others_is_not_remembered(ask: Ask, write: Write) -> None:
    write("x.rss", OLD)
    tag = ask("/x.rss").headers["ETag"]
    write("x.rss", NEW, at=NOW)
    assert ask("/x.rss", a_im="feed", if_none_match=tag).body == NEW


def test_a_document_that_the_client_had_compressed(ask: Ask, write: Write) -> None:
    write("x.rss", OLD)
    tag = ask("/x.rss", a_im="feed", accept_encoding="gzip").headers["ETag"]
    assert tag.endswith('-gzip"')
    write("x.rss", NEW, at=NOW)
    answer = ask("/x.rss", a_im="feed", accept_encoding="gzip", if_none_match=tag)
    assert (answer.status, answer.headers["Delta-Base"]) == (226, tag)
    assert "Content-Encoding" not in answer.headers


def test_whoever_refuses_documents_as_they_are_gets_the_whole_one(ask: Ask, base: str) -> None:
    answer = ask("/x.rss", a_im="feed", if_none_match=base, accept_encoding="gzip, identity;q=0")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")


def test_an_entry_that_changed_is_new(ask: Ask, write: Write) -> None:
    write("x.rss", rss("Snow", "Wind"))
    tag = ask("/x.rss", a_im="feed").headers["ETag"]
    write("x.rss", rss("Snow", "Strong wind"))
    answer = ask("/x.rss", a_im="feed", if_none_match=tag)
    assert (b"Strong wind" in answer.body, b"Snow" in answer.body) == (True, False)


def test_a_document_of_new_entries_alone_is_sent_whole(ask: Ask, write: Write) -> None:
    write("x.rss", rss("Snow"))
    tag = ask("/x.rss", a_im="feed").headers["ETag"]
    write("x.rss", rss("Rain"))
    assert ask("/x.rss", a_im="feed", if_none_match=tag).status == 200


def test_only_its_head_changed(ask: Ask, write: Write) -> None:
    write("x.rss", OLD)
    tag = ask("/x.rss", a_im="feed").headers["ETag"]
    write("x.rss", OLD.replace(b"<title>Report</title>", b"<title>The Report</title>"))
    answer = ask("/x.rss", a_im="feed", if_none_match=tag)
    assert (answer.status, answer.body.count(b"<item>"), b"The Report" in answer.body) == (226, 0, True)


def test_head_tells_as_much(ask: Ask, base: str) -> None:
    get = ask("/x.rss", a_im="feed", if_none_match=base)
    assert ask("/x.rss", "HEAD", a_im="feed", if_none_match=base) == (226, get.headers, b"")


def test_it_can_be_switched_off(public: Path, write: Write) -> None:
    ask = asking(PublishedFolder(public), deltas=False)
    write("x.rss", OLD)
    answer = ask("/x.rss", a_im="feed")
    write("x.rss", NEW, at=NOW)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert ask("/x.rss", a_im="feed", if_none_match=answer.headers["ETag"]).status == 200


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_feeds_that_newsfeed_writes(
    ask: Ask, write: Write, suffix: str, newsroom: Callable[..., Newsroom], article: Callable[..., object]
) -> None:
    articles = [
        article(name, content=f"<p>{name}\n\n]]&gt; &amp; more</p>") for name in ("snow", "wind", "rain")
    ]
    write(f"all.{suffix}", newsroom(*articles[:2]).feed("en/all").render(suffix))
    tag = ask(f"/all.{suffix}", a_im="feed").headers["ETag"]
    write(f"all.{suffix}", newsroom(*articles).feed("en/all").render(suffix), at=NOW)
    answer = ask(f"/all.{suffix}", a_im="feed", if_none_match=tag)
    assert answer.status == 226
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["About rain"]


class TestOutlines:
    @pytest.mark.parametrize(
        "document",
        [
            b"",
            b"{}",
            b"<rss><channel><item></channel></rss>",
            b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item>&a;</item></channel></rss>",
            "<?xml version='1.0' encoding='UTF-16'?><rss><channel/></rss>".encode("utf-16"),
            b"<rss><channel><item/></channel></rss>",
            b"<rss><channel><item></item" + b" " * 1000 + b"></channel></rss>",
            b"<a>" * 1000,
        ],
    )
    def test_what_cant_be_cut_has_none(self, document: bytes) -> None:
        assert outline_of(BytesIO(document)) is None

    def test_it_finds_entries_and_nothing_else(self) -> None:
        feed = newsfeed.open("examples/report").feed("en/all")
        document = feed.atom()
        outline = outline_of(BytesIO(document))
        assert outline is not None
        found = [document[entry.start : entry.end] for entry in outline.entries]
        assert len(found) == len(feed.entries)
        assert all(entry.startswith(b"<entry") and entry.endswith(b"</entry>") for entry in found)

    texts = st.lists(
        st.text(st.characters(exclude_characters="<&", exclude_categories=["C"]), min_size=1), unique=True
    )

    @pytest.mark.slow
    @given(texts, st.data())
    def test_what_is_kept_is_kept_byte_for_byte(self, texts: list[str], data: st.DataObject) -> None:
        document = rss(*texts)
        outline = outline_of(BytesIO(document))
        assert outline is not None
        kept = data.draw(st.sets(st.sampled_from(outline.entries))) if texts else set()
        ranges = list(outline.around(kept))
        cut = b"".join(document[start:end] for start, end in ranges)
        expected = document
        for entry, text in zip(outline.entries, texts, strict=True):
            if entry not in kept:
                expected = expected.replace(f"<item><title>{text}</title></item>".encode(), b"", 1)
        assert cut == expected
        assert ranges == sorted(ranges)
