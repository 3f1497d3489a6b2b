"""feedparser-rs, a parser in Rust with feedparser's names."""

from html import escape
from pathlib import Path
from typing import Any

from tests.readers.differences import EVERY, UPDATED_IS_PUBLISHED, content_or_summary, in_place_of
from tests.readers.program import Difference, python_program
from tests.readers.shown import ATOM, JSON, Shown

__all__ = ["FEEDPARSER_RS"]


def entries_of(path: Path) -> list[Shown]:
    import feedparser_rs

    parsed = feedparser_rs.parse(path.read_text(encoding="utf-8"))
    if parsed.bozo:
        raise ValueError(parsed.bozo_exception)
    return [_shown(entry, parsed.feed) for entry in parsed.entries]


def _shown(entry: Any, feed: Any) -> Shown:
    return Shown(
        id=entry.id,
        title=entry.title,
        link=entry.link,
        published=entry.published,
        updated=entry.updated,
        author=[person.name for person in entry.authors],
        summary=entry.summary,
        content=entry.content[0].value if entry.content else None,
        categories=[tag.label or tag.term for tag in entry.tags],
        enclosures=[(file.href, file.type, file.length) for file in entry.enclosures],
        language=entry.language or feed.language,
    )


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


FEEDPARSER_RS = python_program(
    "feedparser-rs",
    entries_of,
    language="Rust",
    formats=EVERY,
    differences=[
        Difference(
            "title",
            EVERY,
            "takes titles for HTML and mends it",
            in_place_of(
                {
                    "The <b> element & the <script>alert(1)</script> element": "The <b> element &amp; the element</b>",
                    "Q&amp;A: 5 &lt; 6 &#8211; caf&eacute;": "Q&amp;A: 5 &lt; 6 – café",
                    "Ends ]]> early": "Ends ]]&gt; early",
                }
            ),
        ),
        Difference(
            "summary",
            (JSON,),
            "takes summaries for HTML and mends it",
            in_place_of(
                {
                    "Use <em> for stress, & nothing else; a < b > c": "Use <em> for stress, &amp; nothing else; a &lt; b &gt; c</em>",
                    "]]> <![CDATA[ again ]]>": "]]&gt;",
                }
            ),
        ),
        UPDATED_IS_PUBLISHED,
        content_or_summary((JSON,)),
        Difference(
            "link",
            (ATOM,),
            "leaves `&amp;` in addresses undecoded",
            lambda _, said: said.replace("&", "&amp;"),
        ),
        Difference(
            "enclosures",
            (ATOM,),
            "leaves `&amp;` in addresses undecoded",
            lambda _, said: tuple(file._replace(url=file.url.replace("&", "&amp;")) for file in said),
        ),
        Difference(
            "categories",
            (ATOM,),
            "leaves `&amp;`, `&lt;` and the like undecoded",
            lambda _, said: tuple(_escaped(label) for label in said),
        ),
    ],
)
