"""Documents of the example as they are published, for people to read; a change shows up as a difference in review.

After a change that is meant, write them anew: pytest tests/example/test_golden.py --update-golden
"""

from pathlib import Path

import pytest

import newsfeed

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("path", "name", "file"),
    [
        ("en/category/media", "rss", "en-category-media.rss"),
        ("en/category/media", "atom", "en-category-media.atom"),
        ("en/category/media", "json", "en-category-media.json"),
        ("az/flag/photo", "rss", "empty.rss"),
        ("az/flag/photo", "atom", "empty.atom"),
        ("az/flag/photo", "json", "empty.json"),
        ("ru/all", "rss", "ru-all.rss"),
        ("en/latest", "text", "en-latest.txt"),
        ("ru/latest", "html", "ru-latest.html"),
    ],
)
def test_documents(path: str, name: str, file: str, example: Path, pytestconfig: pytest.Config) -> None:
    document = newsfeed.open(example).feed(path).render(name)
    if pytestconfig.getoption("--update-golden"):
        (GOLDEN / file).write_bytes(document)
    assert document.decode() == (GOLDEN / file).read_bytes().decode()
