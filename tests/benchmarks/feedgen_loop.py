"""A tidy loop around feedgen: `python -m tests.benchmarks.feedgen_loop [dc] [media] FOLDER OUTPUT`.

It writes every feed of a newsroom, with those of feedgen's extensions that are named: `dc` for authors and languages,
`media` for the sizes of pictures. It is what somebody writes who has no newsfeed, and takes care: it reads the file once, sorts once, groups in one
pass, keeps no more of an article than it needs, fills feedgen's entry once for all feeds that carry it, and puts each
file into its place by renaming it. It cleans no HTML, checks no article, and makes no links between languages.
"""

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from tests.benchmarks.replacing import put

__all__ = ["main"]

Article = Mapping[str, Any]


def main() -> None:
    """Write every feed in RSS and Atom."""
    *extensions, source, output = sys.argv[1:]
    write_feeds(Path(source), Path(output), extensions)


def write_feeds(source: Path, output: Path, extensions: Sequence[str]) -> None:
    """Read the articles of a folder, and write the feeds into another."""
    settings = tomllib.loads((source / "newsroom.toml").read_text(encoding="utf-8"))
    limit = settings["feeds"][0]["limit"]
    entries: dict[str, FeedEntry] = {}
    for path, articles in groups(read(source / "articles.jsonl"), limit).items():
        generator = generator_of(path, settings["site"], articles, extensions)
        for article in articles:
            if article["id"] not in entries:
                entries[article["id"]] = entry_of(article, settings["site"]["url"], extensions)
            generator.add_entry(entries[article["id"]], order="append")
        address = settings["site"]["url"] + "feeds/" + path
        home = {"href": settings["site"]["url"], "rel": "alternate"}
        generator.link([{"href": address + ".rss", "rel": "self"}, home], replace=True)
        put(output / f"{path}.rss", generator.rss_str())
        generator.link([{"href": address + ".atom", "rel": "self"}, home], replace=True)
        put(output / f"{path}.atom", generator.atom_str())


def read(path: Path) -> list[Article]:
    """Read the articles, newest first."""
    with path.open(encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    for article in articles:
        article["published"] = datetime.fromisoformat(article["published"])
    return sorted(articles, key=lambda article: (-article["published"].timestamp(), article["id"]))


def groups(articles: list[Article], limit: int) -> dict[str, list[Article]]:
    """Give the articles of each feed, by its path, newest first."""
    found: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for path in paths_of(article):
            group = found[path]
            if len(group) < limit:
                group.append(article)
    return found


def paths_of(article: Article) -> Iterator[str]:
    """Name the feeds that carry an article."""
    language = article["language"]
    yield f"{language}/all"
    for category in article["categories"]:
        yield f"{language}/category/{category}"
    for topic in article["topics"]:
        yield f"{language}/topic/{slug(topic)}"
    for author in article["authors"]:
        yield f"{language}/author/{slug(author['name'])}"
    for flag in article["flags"]:
        yield f"{language}/flag/{flag}"


def slug(name: str) -> str:
    """Make a name into a segment of a path."""
    return re.sub("[^a-z0-9]+", "-", name.lower())


def generator_of(
    path: str, site: Mapping[str, Any], articles: list[Article], extensions: Sequence[str]
) -> FeedGenerator:
    """Fill the head of a feed."""
    generator = FeedGenerator()
    for name in extensions:
        generator.load_extension(name, atom=name != "dc")
    generator.id(site["url"] + "feeds/" + path)
    generator.title(f"{site['title']} – {path.rpartition('/')[2]}")
    generator.subtitle(site["title"])
    generator.language(path.partition("/")[0])
    generator.author({"name": site["title"]})
    generator.updated(max(datetime.fromisoformat(article["updated"]) for article in articles))
    return generator


def entry_of(article: Article, site_url: str, extensions: Sequence[str]) -> FeedEntry:
    """Fill an entry."""
    entry = FeedEntry()
    for name in extensions:
        entry.load_extension(name, atom=name != "dc")
    entry.guid(article["id"], permalink=article["id"] == article["url"])
    entry.title(article["title"])
    entry.link(href=article["url"], rel="alternate")
    entry.summary(escape(article["summary"], quote=False), type="html")
    entry.content(article["content"], type="html")
    entry.author(article["authors"])
    entry.category(list(categories_of(article, site_url)))
    entry.published(article["published"])
    entry.updated(datetime.fromisoformat(article["updated"]))
    for media in article["media"]:
        entry.enclosure(media["url"], str(media["length"]), media["type"])
    if "dc" in extensions:
        entry.dc.dc_creator([author["name"] for author in article["authors"]])
        entry.dc.dc_language(article["language"])
    if "media" in extensions:
        for media in article["media"]:
            size = {name: str(media[name]) for name in ("width", "height")}
            length = str(media["length"])
            entry.media.content(url=media["url"], fileSize=length, type=media["type"], group=None, **size)
    return entry


def categories_of(article: Article, site_url: str) -> Iterator[dict[str, str]]:
    """Give the categories, topics and flags of an article, each with its scheme."""
    for kind in ("categories", "topics", "flags"):
        for term in article[kind]:
            label = term if kind == "topics" else term.title()
            yield {"term": term, "label": label, "scheme": f"{site_url}{kind}/"}


if __name__ == "__main__":
    main()
