"""The programs of npm; the script that drives each stands beside this file."""

import re
from html import unescape

from tests.readers.differences import (
    EVERY,
    UPDATED_IS_PUBLISHED,
    XML,
    all_files,
    content_or_summary,
    decoded,
    first_author,
    hidden,
    in_place_of,
    shows_terms,
    without_tags,
)
from tests.readers.program import Difference, node_program
from tests.readers.shown import ATOM, JSON, RSS, page

from newsfeed import Entry

__all__ = ["EXTRACTUS", "FEEDSMITH", "NODE_FEEDPARSER", "ROWANMANNING", "RSS_PARSER"]

_ALL_FILES = Difference(
    "enclosures",
    (RSS,),
    "shows the files of Media RSS after the first one",
    lambda entry, said: said + tuple(file for file in all_files(entry) if file.url != said[0].url),
)

RSS_PARSER = node_program(
    "rss-parser",
    "rss_parser.mjs",
    name="rss-parser (npm)",
    differences=[
        first_author(XML),
        *hidden(XML, "updated"),
        *hidden((ATOM,), "categories", "enclosures", "language"),
    ],
)

FEEDSMITH = node_program("feedsmith", "feedsmith.mjs", formats=EVERY)

NODE_FEEDPARSER = node_program(
    "feedparser",
    "node_feedparser.mjs",
    name="feedparser (npm)",
    differences=[
        Difference("title", XML, "takes tags out of titles", lambda _, said: without_tags(said)),
        first_author((RSS,)),
        Difference(
            "author",
            (ATOM,),
            "shows the author of the feed where an entry has several",
            in_place_of(
                {
                    ("ليلى حدّاد", "Noa Levi"): ("מערכת החוף",),
                    ("Zoë <zoe@x.example>", "Smith, John; Jr.", "李 & 王"): ("O’Neill & Sons <desk>",),
                }
            ),
        ),
        UPDATED_IS_PUBLISHED,
        content_or_summary(XML),
        shows_terms((ATOM,)),
        _ALL_FILES,
    ],
)

ROWANMANNING = node_program(
    "@rowanmanning/feed-parser",
    "rowanmanning.mjs",
    differences=[
        Difference("title", (ATOM,), "decodes entities once more", lambda _, said: decoded(said)),
        Difference("summary", XML, "decodes entities once more", lambda _, said: page(said).words),
        Difference(
            "content",
            XML,
            "decodes entities once more",
            lambda entry, said: said and page(unescape(entry.content or "")),
        ),
        Difference(
            "author",
            (RSS,),
            "cuts an address out of a name",
            lambda _, said: tuple(name.replace(" <zoe@x.example>", "") for name in said),
        ),
        UPDATED_IS_PUBLISHED,
        _ALL_FILES,
    ],
)


def _decoded_but_for_names(text: str) -> str:
    """Decode the entities of XML, which has no names such as `&eacute;`."""
    return re.sub(r"&(?:#\d+|amp|lt|gt|quot|apos);", lambda found: unescape(found[0]), text)


def _normalised(address: str) -> str:
    """Write blanks in a query as `+`, and leave the fragment out."""
    path, mark, query = address.partition("#")[0].partition("?")
    return path + mark + query.replace("%20", "+")


def _text_of(entry: Entry) -> str:
    return without_tags(entry.content) if entry.content else entry.summary or entry.title


EXTRACTUS = node_program(
    "@extractus/feed-extractor",
    "extractus.mjs",
    formats=EVERY,
    differences=[
        Difference(
            "title",
            (ATOM,),
            "decodes the entities of XML once more",
            lambda _, said: _decoded_but_for_names(said),
        ),
        Difference(
            "link", EVERY, "rewrites queries and cuts fragments off", lambda _, said: _normalised(said)
        ),
        Difference(
            "published",
            (ATOM,),
            "shows when an entry was updated",
            lambda entry, _: entry.updated.replace(microsecond=0),
        ),
        Difference(
            "summary",
            XML,
            "takes tags out of summaries",
            lambda _, said: without_tags(said.removesuffix("]]>")),
        ),
        Difference(
            "summary",
            (JSON,),
            "shows the content, without its tags, as summary",
            lambda entry, _: " ".join(_text_of(entry).split()),
        ),
        *hidden(EVERY, "updated", "author", "content", "categories", "enclosures"),
    ],
)
