"""Editors: what they do to a site and its articles in a year, at random, and what is live at any moment.

Each article has a number, which stands in its title and never changes, so that it is known again whatever its id is.
"""

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from newsfeed import Article, Category, FeedRule, Newsroom, Site

__all__ = ["BEGINNING", "END", "TOMBSTONES", "Editors", "Turn", "number_in"]

BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2026, 1, 1, tzinfo=UTC)
#: How many days feeds say that an article was withdrawn.
TOMBSTONES = 30
_NUMBER = re.compile(r"No\. (\d+)")
_TEXT = "<p>What was said of it, and by whom, and what others said who had not been asked.</p>"
_RULES = (
    FeedRule(path="{language}/all", limit=20, archive="month"),
    FeedRule(path="{language}/topic/{topic}", limit=10, archive="month", formats=["rss", "atom"]),
    FeedRule(path="{language}/category/{category}", limit=10, formats=["rss", "json"]),
    FeedRule(path="{language}/latest", limit=10, formats=["html", "text"]),
)


class Turn(NamedTuple):
    """Something that happens to the whole site, once."""

    when: datetime
    what: str


#: The site gets another name for a topic, another address, another language.
TURNS = (
    Turn(BEGINNING + timedelta(days=120), "rename_a_topic"),
    Turn(BEGINNING + timedelta(days=185), "move_to_https"),
    Turn(BEGINNING + timedelta(days=240), "add_a_language"),
)


def number_in(title: str) -> int:
    """Return the number of an article from its title.

    >>> number_in("Snow in Baku, No. 17, corrected")
    17
    """
    found = _NUMBER.search(title)
    assert found, title
    return int(found[1])


class Editors:
    """The editors of a site.

    Args:
        chance: What they do is left to it.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._turns = list(TURNS)
        self.articles: dict[int, Article] = {}
        #: How often they did each thing.
        self.deeds: dict[str, int] = {}
        self.site = Site(
            title="Report",
            url="http://report.example/",
            languages=["en"],
            timezone="Asia/Baku",
            categories=[Category(term="world"), Category(term="home")],
            retired="empty",
            tombstones=TOMBSTONES,
            feeds=_RULES,
        )
        self._topics = ["Snow", "Ports", "Chess"]

    def work(self, now: datetime) -> None:
        """Do what there is to do."""
        while self._turns and self._turns[0].when <= now:
            self._do(getattr(self, f"_{self._turns.pop(0).what}"), now)
        for _ in range(self._chance.choice([0, 1, 1, 1, 2, 4])):
            (deed,) = self._chance.choices(*self._habits())
            self._do(deed, now)

    def newsroom(self, now: datetime) -> Newsroom:
        """Give the newsroom as they have left it."""
        return Newsroom(self.site, list(self.articles.values()), as_of=now)

    def live(
        self, now: datetime, *, language: str = "en", topic: str = "", category: str = ""
    ) -> dict[int, str]:
        """Give the titles of articles that are published at a moment, by their numbers."""
        return {
            number: article.title
            for number, article in self.articles.items()
            if article.language == language
            and (not topic or topic in article.topics)
            and (not category or category in article.categories)
            and article.published <= now
            and not article.withdrawn
            and (article.expires is None or article.expires > now)
        }

    def _do(self, deed: Callable[[datetime], object], now: datetime) -> None:
        name = deed.__name__.strip("_")
        self.deeds[name] = self.deeds.get(name, 0) + 1
        deed(now)

    def _habits(self) -> tuple[list[Callable[[datetime], object]], list[int]]:
        """Say what they do, and how often."""
        habits = {
            self._write: 12,
            self._hold_back: 1,
            self._mend_a_typo: 2,
            self._correct_a_fact: 2,
            self._move_a_page: 1,
            self._mistake_an_id: 1,
            self._withdraw: 1,
            self._write_anew: 1,
            self._let_expire: 1,
            self._translate: 4 if len(self.site.languages) > 1 else 0,
        }
        return list(habits), list(habits.values())

    def _write(self, now: datetime, *, published: datetime | None = None) -> None:
        number = len(self.articles) + 1
        chance = self._chance
        self.articles[number] = Article(
            language="en",
            title=f"{chance.choice(['Snow', 'Ships', 'Moves', 'Talks'])}, No. {number}",
            url=f"{self.site.url}en/{number}",
            id=chance.choice([None, None, f"tag:report.example,2025:{number}"]),
            story=chance.choice([None, f"story-{number}"]),
            content=_TEXT * chance.randint(3, 20),
            published=published or now,
            categories=[chance.choice(["world", "home"])],
            topics=chance.sample(self._topics, chance.randint(0, 2)),
        )

    def _hold_back(self, now: datetime) -> None:
        self._write(now, published=now + timedelta(hours=self._chance.randint(1, 24 * 20)))

    def _mend_a_typo(self, now: datetime) -> None:
        for number, article in self._one(now):
            self._put(number, content=f"{article.content}<p>Mended.</p>")

    def _correct_a_fact(self, now: datetime) -> None:
        for number, article in self._one(now):
            self._put(number, title=f"{article.title}, corrected", updated=now)

    def _move_a_page(self, now: datetime) -> None:
        """Give a page another address; what it is stays known by its story."""
        for number, article in self._one(now):
            if article.story:
                self._put(number, url=f"{article.url}-moved")

    def _mistake_an_id(self, now: datetime) -> None:
        """Change an id, or take it away, as happens when somebody moves to another program."""
        for number, article in self._one(now):
            changes = self.deeds["mistake_an_id"]
            self._put(number, id=None if article.id else f"urn:report:{number}:{changes}")

    def _withdraw(self, now: datetime) -> None:
        for number, _ in self._one(now):
            self._put(number, withdrawn=True, updated=now)

    def _write_anew(self, now: datetime) -> None:
        """Withdraw an article, and write another of the same story."""
        for number, article in self._one(now):
            self._put(number, withdrawn=True, updated=now)
            self._write(now)
            self._put(len(self.articles), story=article.story)

    def _let_expire(self, now: datetime) -> None:
        for number, _ in self._one(now):
            self._put(number, expires=now + timedelta(hours=self._chance.randint(1, 200)))

    def _translate(self, now: datetime) -> None:
        for number, article in self._one(now):
            if article.story and not any(
                other.story == article.story and other.language == "az" for other in self.articles.values()
            ):
                self._write(now)
                own = len(self.articles)
                self._put(own, language="az", url=f"{self.site.url}az/{own}", story=article.story)
                assert self.articles[number].language == "en"

    def _rename_a_topic(self, now: datetime) -> None:  # noqa: ARG002 - like the others
        self._topics[0] = "Snow and ice"
        for number, article in self.articles.items():
            self._put(
                number, topics=["Snow and ice" if topic == "Snow" else topic for topic in article.topics]
            )
        self._change_site(moved={"en/topic/snow": "en/topic/snow-and-ice"})

    def _move_to_https(self, now: datetime) -> None:  # noqa: ARG002 - like the others
        for number, article in self.articles.items():
            self._put(number, url=str(article.url).replace("http://", "https://"))
        self._change_site(url="https://report.example/", feeds_url="", ids_url="")

    def _add_a_language(self, now: datetime) -> None:  # noqa: ARG002 - like the others
        self._change_site(languages=["en", "az"])

    def _one(self, now: datetime) -> list[tuple[int, Article]]:
        """Choose one of the English articles that are published, more often one of the newest; none if there is none."""
        numbers = list(self.live(now))
        if self._chance.random() < 1 / 2:
            numbers = numbers[-15:]
        chosen = [self._chance.choice(numbers)] if numbers else []
        return [(number, self.articles[number]) for number in chosen]

    def _put(self, number: int, **values: object) -> None:
        self.articles[number] = msgspec.structs.replace(self.articles[number], **values)

    def _change_site(self, **values: object) -> None:
        self.site = msgspec.structs.replace(self.site, **values)
