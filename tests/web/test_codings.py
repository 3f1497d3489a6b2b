"""Compressed documents: which coding a client gets, what its tag is, and files compressed beforehand."""

import gzip
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import PUBLISHED, Ask, long_rss, rss

from newsfeed.web import content_codings
from newsfeed.web.content_codings import CODINGS, accepted_codings, compress
from newsfeed.web.quality_values import quality_values

Write = Callable[..., Path]


def unzstd(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


READ = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": unzstd, None: bytes}


#: `Accept-Encoding`, and the coding of the answer; `None` is none, `""` that nothing fits.
CASES: list[tuple[str | None, str | None]] = [
    (None, None),
    ("", None),
    ("identity", None),
    ("gzip", "gzip"),
    ("x-gzip", "gzip"),
    ("GZIP", "gzip"),
    ("br", "br"),
    ("zstd", "zstd"),
    ("gzip, deflate", "gzip"),
    ("gzip, deflate, br, zstd", "br"),
    ("deflate", None),
    ("compress, *", "br"),
    ("*", "br"),
    ("gzip;q=1.0, br;q=0.9", "gzip"),
    ("gzip;q=0.5, identity;q=0.9", None),
    ("gzip;q=0.5, identity;q=0.5", "gzip"),
    ("gzip;q=0", None),
    ("gzip;q=0, br;q=0, zstd;q=0", None),
    ("gzip;q=0.001", "gzip"),
    ("*;q=0, gzip", "gzip"),
    ("*;q=0.5, br;q=0, zstd;q=0", "gzip"),
    ("br;q=0, *", "zstd"),
    ("gzip ; q=0.5 , br ; q=0.8", "br"),
    ("gzip;Q=0.5, br;Q=0.8", "br"),
    ("gzip;q=2, br;q=0.1", "br"),
    ("gzip;q=-1, br;q=0.1", "br"),
    ("gzip;q=, br;q=0.1", "br"),
    ("gzip;q=0.1234, br;q=0.1", "br"),
    ("gzip;q=NaN, br;q=0.1", "br"),
    ("gzip;level=9", "gzip"),
    (",, gzip,,", "gzip"),
    ("identity;q=0", ""),
    ("*;q=0", ""),
    ("deflate, identity;q=0", ""),
    ("identity;q=0, gzip", "gzip"),
]


@pytest.mark.parametrize(("header", "coding"), CASES)
def test_which_coding(ask: Ask, header: str | None, coding: str | None) -> None:
    answer = ask("/en/all.rss") if header is None else ask("/en/all.rss", accept_encoding=header)
    assert answer.headers["Vary"] == "Accept-Encoding, A-IM"
    if coding == "":
        assert answer.status == 406
        return
    assert answer.status == 200
    assert answer.headers.get("Content-Encoding") == coding
    assert READ[coding](answer.body) == long_rss()
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert coding is None or len(answer.body) < len(long_rss()) / 4


@pytest.mark.parametrize("path", ["/snow.jpg", "/en/all.rss.gz"])
def test_what_wouldnt_become_smaller_is_left_as_it_is(ask: Ask, write: Write, path: str) -> None:
    write("en/all.rss.gz", b"x" * 1000)
    answer = ask(path, accept_encoding="gzip, br, identity;q=0")
    assert answer.status == 200
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


def test_a_short_document_is_left_as_it_is(ask: Ask) -> None:
    answer = ask("/en/all.atom", accept_encoding="gzip")
    assert "Content-Encoding" not in answer.headers


class TestTags:
    def test_each_coding_has_its_own(self, ask: Ask) -> None:
        tags = {ask("/en/all.rss", accept_encoding=name).headers["ETag"] for name in (*CODINGS, "identity")}
        assert len(tags) == 4

    @pytest.mark.parametrize("held", [*CODINGS, "identity"])
    def test_whoever_has_a_representation_that_it_accepts_needs_no_other(self, ask: Ask, held: str) -> None:
        tag = ask("/en/all.rss", accept_encoding=held).headers["ETag"]
        answer = ask("/en/all.rss", accept_encoding="gzip, br, zstd", if_none_match=tag)
        assert (answer.status, answer.headers["ETag"]) == (304, tag)

    def test_whoever_has_one_that_it_does_not_accept_gets_another(self, ask: Ask) -> None:
        tag = ask("/en/all.rss", accept_encoding="br").headers["ETag"]
        assert ask("/en/all.rss", accept_encoding="gzip", if_none_match=tag).status == 200
        assert ask("/en/all.rss", if_none_match=tag).status == 200


def test_a_long_document_is_compressed_piece_by_piece(ask: Ask, write: Write) -> None:
    document = rss(*[f"Snow in Baku, number {number}" * 10 for number in range(20_000)])
    write("long.rss", document)
    for name, read in READ.items():
        answer = ask("/long.rss", accept_encoding=name or "identity")
        assert read(answer.body) == document
        assert ("Content-Length" in answer.headers) is (name is None)


class TestCompressedBeforehand:
    def test_a_file_beside_the_document_is_used(self, ask: Ask, write: Write) -> None:
        write("en/all.rss.br", b"as br", at=PUBLISHED)
        answer = ask("/en/all.rss", accept_encoding="br, gzip")
        assert (answer.body, answer.headers["Content-Encoding"]) == (b"as br", "br")
        assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert answer.headers["Content-Length"] == "5"

    @pytest.mark.parametrize("seconds", [-1, 1, 0.5])
    def test_not_one_of_another_time_than_its_document(self, ask: Ask, write: Write, seconds: float) -> None:
        file = write("en/all.rss.gz", b"as it was")
        moment = PUBLISHED.timestamp() + seconds
        os.utime(file, (moment, moment))
        assert gzip.decompress(ask("/en/all.rss", accept_encoding="gzip").body) == long_rss()

    def test_one_whose_time_was_written_in_whole_seconds(self, ask: Ask, write: Write, public: Path) -> None:
        write("en/all.rss.gz", b"as gzip")
        moment = PUBLISHED.timestamp()
        os.utime(public / "en/all.rss", (moment, moment + 0.75))
        assert ask("/en/all.rss", accept_encoding="gzip").body == b"as gzip"

    def test_its_tag_is_of_its_own_bytes(self, ask: Ask, write: Write) -> None:
        made = ask("/en/all.rss", accept_encoding="gzip").headers["ETag"]
        write("en/all.rss.gz", b"as gzip")
        found = ask("/en/all.rss", accept_encoding="gzip").headers["ETag"]
        assert found != made
        assert ask("/en/all.rss", accept_encoding="gzip", if_none_match=found).status == 304

    def test_without_a_document_there_is_nothing(self, ask: Ask, write: Write) -> None:
        write("en/gone.rss.gz", b"left over")
        assert ask("/en/gone.rss", accept_encoding="gzip").status == 404

    def test_it_is_used_where_its_package_is_missing(
        self, ask: Ask, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(content_codings, "brotli", None)
        assert ask("/en/all.rss", accept_encoding="br, gzip;q=0.5").headers["Content-Encoding"] == "gzip"
        write("en/all.rss.br", b"as br")
        assert ask("/en/all.rss", accept_encoding="br, gzip;q=0.5").body == b"as br"


class TestLaws:
    weights = st.dictionaries(
        st.sampled_from([*CODINGS, "identity", "*", "deflate"]),
        st.integers(0, 1000).map(lambda number: number / 1000),
    )

    @given(weights, st.randoms())
    def test_the_order_of_a_list_says_nothing(self, weights: dict[str, float], random: object) -> None:
        written = [f"{name};q={weight:.3f}" for name, weight in weights.items()]
        before = accepted_codings(", ".join(written))
        random.shuffle(written)  # type: ignore[attr-defined]
        assert accepted_codings(", ".join(written)) == before

    @given(weights)
    def test_a_weight_is_read_as_it_was_written(self, weights: dict[str, float]) -> None:
        assert (
            quality_values(",".join(f"{name};q={weight:.3f}" for name, weight in weights.items())) == weights
        )

    @given(weights)
    def test_nothing_refused_is_given_and_the_heavier_comes_first(self, weights: dict[str, float]) -> None:
        given_ = accepted_codings(", ".join(f"{name};q={weight:.3f}" for name, weight in weights.items()))
        assert all(weights.get(name, weights.get("*", 1)) > 0 for name in given_)
        named = [weights[name] for name in given_ if name in weights]
        assert named == sorted(named, reverse=True)

    @given(weights)
    def test_without_a_word_against_it_a_document_as_it_is_is_acceptable(
        self, weights: dict[str, float]
    ) -> None:
        if weights.get("identity", weights.get("*", 1)):
            assert "identity" in accepted_codings(
                ", ".join(f"{name};q={weight:.3f}" for name, weight in weights.items())
            )

    @given(st.text())
    def test_whatever_stands_there_is_read(self, text: str) -> None:
        assert set(accepted_codings(text)) <= {*CODINGS, "identity"}
        assert all(0 <= weight <= 1 for weight in quality_values(text).values())

    @pytest.mark.parametrize(
        "text", ['"' * 100_000, ',"' * 100_000, '"\\' * 100_000, "a;" * 100_000, "," * 100_000]
    )
    def test_a_long_header_takes_no_time(self, text: str) -> None:
        quality_values(text)

    @pytest.mark.slow
    @given(st.binary(max_size=10_000), st.sampled_from(list(CODINGS)), st.booleans())
    def test_what_is_compressed_can_be_read(self, data: bytes, coding: str, thorough: bool) -> None:
        assert READ[coding](compress(data, coding, thorough=thorough)) == data
        assert compress(data, coding, thorough=thorough) == compress(data, coding, thorough=thorough)


def test_gzip_tells_no_time() -> None:
    assert compress(b"snow", "gzip")[4:8] == bytes(4)
    assert zlib.crc32(b"snow") == int.from_bytes(compress(b"snow", "gzip")[-8:-4], "little")
