"""Articles of a newsroom that lives in a store: an archive of many topics, and the news that come to it.

Its feeds of everything, of categories, authors, flags and the usual topics are full from a thousand articles on. So
the article that comes changes the same number of feeds with the same number of entries, however big the archive is.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from tests.benchmarks.newsrooms import LANGUAGES, Size, articles_of

__all__ = ["SIZE", "archive_of", "corrected", "news"]

#: Few categories, topics and authors, so that the feed of each is full. The rare topics come on top.
SIZE = Size(articles=0, body=0, categories=5, topics=5, authors=5)

#: Each of the first stories has a rare topic of its own; later, one in ten has one of these.
_RARE_TOPICS = 30_000
_ONE_IN = 10
_FLAGGED_ONE_IN = 5


def archive_of(count: int) -> Iterator[dict[str, Any]]:
    """Make the articles of an archive one by one, oldest first."""
    for number, article in enumerate(articles_of(SIZE._replace(articles=count))):
        story = number // len(LANGUAGES)
        rare = [f"Place {story % _RARE_TOPICS}"] if story < _RARE_TOPICS or story % _ONE_IN == 0 else []
        yield article | {
            "topics": article["topics"] + rare,
            "flags": ["breaking"] if story % _FLAGGED_ONE_IN == 0 else [],
        }


def news(count: int, archive: int) -> list[dict[str, Any]]:
    """Make articles of this second, newer than all that were made before; in each ten of them one has a rare topic.

    Args:
        count: How many. A single one has usual topics only.
        archive: How many articles there are, so that a rare topic is one of theirs.
    """
    now = time.time_ns()  # in the names, so that no two are the same in any run
    moment = datetime.now(UTC).replace(microsecond=0).isoformat()
    topics = min(_RARE_TOPICS, max(archive // len(LANGUAGES), 1))
    articles = []
    for number, article in enumerate(islice(articles_of(SIZE._replace(articles=count), seed=now), count)):
        rare = [f"Place {(now + number) % topics}"] if number % _ONE_IN == _ONE_IN - 1 else []
        url = f"https://report.example/{article['language']}/news/{now}-{number}"
        articles.append(
            article
            | {"id": url, "url": url, "story": url, "published": moment, "updated": moment}
            | {
                "categories": article["categories"][:1],
                "topics": article["topics"] + rare,
                "flags": ["breaking"],
            }
        )
    return articles


def corrected(article: dict[str, Any]) -> dict[str, Any]:
    """Correct the title and the text of an article."""
    return article | {
        "title": f"{article['title']} (corrected)",
        "content": f"{article['content']}\n<p>Corrected.</p>",
        "updated": datetime.now(UTC).replace(microsecond=0).isoformat(),
    }
