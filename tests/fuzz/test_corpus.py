"""Every kept input goes through its target, without a fuzzer: what broke once stays mended."""

import time
from pathlib import Path

import pytest
from tests.fuzz.targets import CORPUS, TARGETS

_LONGEST = 10
_MOST_BYTES = 300_000


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_has_inputs(name: str) -> None:
    assert any((CORPUS / name).iterdir())


@pytest.mark.parametrize(
    "file", sorted(CORPUS.glob("*/*")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_a_kept_input_breaks_nothing_and_takes_no_time(file: Path) -> None:
    data = file.read_bytes()
    start = time.process_time()
    TARGETS[file.parent.name](data)
    assert time.process_time() - start < _LONGEST


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_nothing_and_anything(name: str) -> None:
    for data in (b"", b"\0", b"\xff\xfe", bytes(range(256))):
        TARGETS[name](data)


def test_the_corpus_is_small() -> None:
    assert sum(file.stat().st_size for file in CORPUS.glob("*/*")) < _MOST_BYTES
