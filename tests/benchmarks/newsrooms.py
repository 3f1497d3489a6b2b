"""Made-up newsrooms of any size, in three languages; the same seed gives the same articles.

The texts are words in a random order. What counts is how they weigh: scripts of one and of two bytes a letter, marks
that XML escapes, links, and a picture with its size.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.benchmarks.bodies import cms_bodies

__all__ = [
    "DEFAULT_PATHS",
    "LANGUAGES",
    "Size",
    "articles_of",
    "line_of",
    "one_more",
    "write_newsroom",
    "write_settings",
]

LANGUAGES = ("en", "az", "ru")

#: The paths of newsfeed's default plan, without the listing.
DEFAULT_PATHS = (
    "{language}/all",
    "{language}/category/{category}",
    "{language}/topic/{topic}",
    "{language}/author/{author}",
    "{language}/flag/{flag}",
)


def _words(text: str) -> Sequence[str]:
    return tuple(text.split())


_WORDS = {
    "en": _words(
        "the a of government minister port gas growth visit talks region energy border new said will after city export"
    ),
    "az": _words(
        "və bir hökumət nazir liman qaz artım səfər danışıqlar bölgə enerji sərhəd yeni bildirib şəhər ixrac görə üçün"
    ),
    "ru": _words(
        "и на правительство министр порт газ рост визит переговоры регион энергия граница новый заявил после город"
    ),
}
_CATEGORIES = _words(
    "politics economy energy transport culture sport science health education weather "
    "media society crime military travel finance industry ecology technology history"
)
#: A topic is a subject and an aspect.
_SUBJECTS = _words(
    "Oil Gas Port Rail Bread Water Wheat Steel Cotton Tourism Power Housing Road Ferry Bank Film Chess Football Theatre Tea"
)
_ASPECTS = _words(
    "prices exports safety workers history forum law strike market research week awards news plans debate"
)
_FIRST_NAMES = _words("Leyla Murad Aysel Rashad Nigar Elvin")
_LAST_NAMES = _words("Abbasova Mammadli Aliyeva Karimov Hasanova")
_FLAGS = ("breaking", "live", "photo", "video", "audio")

_FIRST_STORY = datetime(2010, 1, 1, tzinfo=UTC)
_BETWEEN_STORIES = timedelta(minutes=10)
_PARAGRAPHS = 200


class Size(NamedTuple):
    """How big a newsroom is."""

    articles: int
    #: About how many bytes of HTML an article has, if it is tidy.
    body: int
    categories: int = 20
    topics: int = 300
    authors: int = 30
    #: Whether bodies are as content management systems write them, whatever `body` says; else they are tidy.
    cms: bool = True


def articles_of(size: Size, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Make the articles of a newsroom one by one, as its file holds them, oldest first."""
    random = Random(seed)  # noqa: S311 - no secret
    paragraphs = {
        language: [_paragraph(language, random) for _ in range(_PARAGRAPHS)] for language in LANGUAGES
    }
    bodies = cms_bodies(Random(seed)) if size.cms else None  # noqa: S311 - no secret
    for number in range(size.articles):
        article = _article(number, size, paragraphs, random)
        yield article | {"content": next(bodies)[1]} if bodies else article


def one_more(size: Size) -> dict[str, Any]:
    """Make an article that a newsroom of that size does not have yet, newer than all of them."""
    article = next(articles_of(size._replace(articles=1), seed=2))
    name = "https://report.example/en/one-more"
    moment = (_FIRST_STORY + size.articles * _BETWEEN_STORIES).isoformat()
    return article | {"id": name, "url": name, "story": "one-more", "published": moment, "updated": moment}


def line_of(article: dict[str, Any]) -> bytes:
    """Write an article as a line of JSON Lines."""
    return json.dumps(article, ensure_ascii=False).encode() + b"\n"


def write_newsroom(
    folder: Path,
    size: Size,
    *,
    paths: Sequence[str] = DEFAULT_PATHS,
    limit: int = 50,
    trusted_html: bool = True,
) -> None:
    """Write a newsroom into a folder: `newsroom.toml` and `articles.jsonl`, which is written line by line.

    Args:
        folder: The folder; made if it isn't there.
        size: How many articles, and of what.
        paths: The paths of its feeds, each in RSS and Atom.
        limit: The most entries of a feed.
        trusted_html: Whether its HTML needs no cleaning.
    """
    write_settings(folder, size, paths=paths, limit=limit, trusted_html=trusted_html)
    with (folder / "articles.jsonl").open("wb") as file:
        file.writelines(map(line_of, articles_of(size)))


def write_settings(
    folder: Path,
    size: Size,
    *,
    paths: Sequence[str] = DEFAULT_PATHS,
    limit: int = 50,
    trusted_html: bool = True,
    store: str = "",
) -> None:
    """Write only `newsroom.toml`; without paths it has newsfeed's default plan, with a store it names that file."""
    folder.mkdir(parents=True, exist_ok=True)
    site = (
        '[site]\ntitle = "Report"\nurl = "https://report.example/"\n'
        f"languages = {json.dumps(LANGUAGES)}\n"
        'articles = ["articles.jsonl"]\n'
        f"trusted_html = {json.dumps(trusted_html)}\n"
    )
    site += f"store = {json.dumps(store)}\n" if store else ""
    categories = [
        f'[[categories]]\nterm = "{term}"\nlabel = "{term.title()}"\n' for term in _categories(size)
    ]
    feeds = [f'[[feeds]]\npath = "{path}"\nlimit = {limit}\nformats = ["rss", "atom"]\n' for path in paths]
    (folder / "newsroom.toml").write_text("\n".join([site, *categories, *feeds]), encoding="utf-8")


def _article(number: int, size: Size, paragraphs: dict[str, list[str]], random: Random) -> dict[str, Any]:
    story, edition = divmod(number, len(LANGUAGES))
    language = LANGUAGES[edition]
    url = f"https://report.example/{language}/{number}"
    published = _FIRST_STORY + story * _BETWEEN_STORIES
    is_changed = random.random() < 0.2
    return {
        "id": url,
        "story": f"story-{story}",
        "language": language,
        "url": url,
        "title": f"{_sentence(language, 8, random)} & {number}",
        "summary": _sentence(language, 20, random),
        "content": _body(size.body, paragraphs[language], random),
        "published": published.isoformat(),
        "updated": (published + timedelta(hours=1) if is_changed else published).isoformat(),
        "categories": random.sample(_categories(size), min(random.randint(1, 2), size.categories)),
        "topics": [_topic(number) for number in random.sample(range(size.topics), 2)],
        "authors": [{"name": _author(random.randrange(size.authors))}],
        "flags": [random.choice(_FLAGS)] if random.random() < 0.1 else [],
        "media": [
            {
                "url": f"https://report.example/pictures/{number}.jpg",
                "type": "image/jpeg",
                "length": random.randint(20_000, 400_000),
                "width": 1280,
                "height": 720,
            }
        ],
    }


def _body(size: int, paragraphs: Sequence[str], random: Random) -> str:
    """Take paragraphs until they weigh enough; at least one."""
    chosen = [random.choice(paragraphs)]
    weight = len(chosen[0].encode())
    while weight < size:
        chosen.append(random.choice(paragraphs))
        weight += len(chosen[-1].encode())
    return "\n".join(chosen)


def _paragraph(language: str, random: Random) -> str:
    """Make three sentences; in one paragraph of three, the last is a link, and in one of three it is strong."""
    first, second, third = (_sentence(language, 12, random) for _ in range(3))
    address = f"https://report.example/{language}/search?q={random.randrange(1000)}&amp;page=2"
    last = random.choice((third, f'<a href="{address}">{third}</a>', f"<strong>“{third}”</strong>, R&amp;D"))
    return f"<p>{first}. {second}. {last}.</p>"


def _sentence(language: str, words: int, random: Random) -> str:
    return " ".join(random.choices(_WORDS[language], k=words)).capitalize()


def _categories(size: Size) -> Sequence[str]:
    return _CATEGORIES[: size.categories]


def _topic(number: int) -> str:
    return f"{_SUBJECTS[number // len(_ASPECTS)]} {_ASPECTS[number % len(_ASPECTS)]}"


def _author(number: int) -> str:
    return f"{_FIRST_NAMES[number // len(_LAST_NAMES)]} {_LAST_NAMES[number % len(_LAST_NAMES)]}"
