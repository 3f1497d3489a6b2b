"""What posts of the REST API and of export files have in common: states, dates, words, addresses."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from newsfeed.errors import InvalidValue
from newsfeed.model.article import FREE, access_word
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.field_names import finder
from newsfeed.model.site import Site
from newsfeed.sources.site_languages import site_language
from newsfeed.text.html.teasers import before_members_only, for_everybody
from newsfeed.text.html.words import plain_text
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "is_no_category",
    "language_of",
    "moment",
    "note_on_state",
    "note_on_type",
    "open_summary",
    "summary_of",
    "text_of",
]

_NEVER = "0000-00-00"
#: What WordPress and its themes write at the end of excerpts that they make. The words alone may be an editor's, so
#: they count where a text has been cut, or if nothing follows them.
_MADE_END = lazy_pattern(
    r"""
    \s* (?: \[(?:…|\.\.\.)\] | … ) \s* (?: (?:Continue\ reading|Read\ more)\b .* )?+ \Z
    | \s* \.\.\. \s* (?:Continue\ reading|Read\ more)\b .* \Z
    | (?: \A | (?<=\W) ) (?:Continue\ reading|Read\ more) \W* \Z
    | (?<= [.!?] ) \s Continue\ reading \b [^.!?]* \Z
    """,
    re.VERBOSE,
)
_NOT_LETTERS = lazy_pattern(r"[\W_]+")
_FULL_DATE = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}")
#: The category of posts without one, as WordPress calls it in its own words.
_NO_CATEGORY = frozenset({"uncategorized", "uncategorised"})
#: The types of posts that are articles: WordPress's own, and what news themes add.
_ARTICLES = frozenset(
    {
        "post",
        "posts",
        "news",
        "article",
        "articles",
        "story",
        "stories",
        "blog",
        "press",
        "press_release",
        "press-release",
        "news_post",
    }
)
_STATES = {
    "draft": "it's a draft",
    "auto-draft": "it's a draft",
    "pending": "it waits for review",
    "private": "it's private",
    "trash": "it's in the trash",
    "inherit": "it isn't published",
}


def note_on_state(state: str, password: str) -> str:
    """Return why a post isn't public; empty if it is, or will be on its date.

    >>> note_on_state("draft", ""), note_on_state("publish", "secret"), note_on_state("future", "")
    ("it's a draft", 'it has a password', '')
    """
    if password:
        return "it has a password"
    if state in {"publish", "future", ""}:
        return ""
    return _STATES.get(state, f"its status is {state[:40]!r}")


def note_on_type(name: str) -> str:
    """Return why a type of post isn't an article; empty for posts and what newsrooms call their articles.

    >>> note_on_type("post"), note_on_type("nav_menu_item"), note_on_type("attachment")
    ('', "it's a nav menu item, not a post", "it's an attachment, not a post")
    """
    if name in _ARTICLES:
        return ""
    words = name[:60].replace("_", " ").replace("-", " ")
    return f"it's {'an' if words[:1] in set('aeio') else 'a'} {words}, not a post"


def moment(utc: str, local: str) -> str:
    """Return a post's date: the one in UTC, or else the one in the site's time; empty if both are missing.

    >>> moment("2025-12-19T14:24:00", ""), moment("0000-00-00 00:00:00", "2025-12-19 18:24:00")
    ('2025-12-19T14:24:00Z', '2025-12-19T18:24:00')
    """
    if _FULL_DATE.match(utc) and not utc.startswith(_NEVER):
        return f"{utc[:19].replace(' ', 'T')}Z"
    if _FULL_DATE.match(local) and not local.startswith(_NEVER):
        return local[:19].replace(" ", "T")
    return ""


def text_of(html: object) -> str:
    """Return a title or a name as plain text.

    >>> text_of("Tom &amp; Jerry &#8211; <em>live</em>")
    'Tom & Jerry – live'
    """
    return plain_text(for_everybody(html)) if isinstance(html, str) else ""


def summary_of(html: object) -> str:
    """Return an excerpt as plain text, without the words with which WordPress ends made ones.

    >>> summary_of("<p>It snowed in Baku [&hellip;]</p>"), summary_of("Read more books this winter.")
    ('It snowed in Baku', 'Read more books this winter.')
    """
    return _MADE_END.sub("", text_of(html)).rstrip()


def open_summary(excerpt: object, content: str, record: Mapping[str, Any], source: ArticleSource) -> str:
    """Return the summary of a post: of a closed one only if an editor wrote it.

    WordPress makes an excerpt of the whole text, and leaves the mark out of it.

    Args:
        excerpt: The excerpt's HTML.
        content: The post's HTML.
        record: The post, as `[sources.fields]` names its values.
        source: The source.
    """
    summary = summary_of(excerpt)
    if not summary or not _is_closed(content, record, source):
        return summary
    written = text_of(excerpt)
    ending = written[len(summary) :].strip()
    is_made = ending not in ("", "…") or _letters(summary) in _letters(plain_text(content))
    return "" if is_made else summary


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _is_closed(content: str, record: Mapping[str, Any], source: ArticleSource) -> bool:
    if before_members_only(content) is not None:
        return True
    made_of = source.fields.get("access")
    try:
        said = finder(made_of)(record) if isinstance(made_of, str) else made_of
    except InvalidValue:
        return True  # and the article is left out
    if said is None or (isinstance(said, str) and not said.strip()):
        said = source.defaults.get("access")
    return said is not None and (not isinstance(said, str) or access_word(said) != FREE)


def is_no_category(term: str) -> bool:
    """Return whether a category only says that a post has none."""
    return unescape(term).strip().lower() in _NO_CATEGORY


def language_of(word: object, url: str, site: Site) -> str | None:
    """Return a post's language: as a plug-in says, or as its address shows (`/az/snow/`, `?lang=az`).

    >>> site = Site(title="Report", url="https://report.example/", languages=["en", "az"])
    >>> language_of("az_AZ", "", site), language_of(None, "https://report.example/az/snow/", site)
    ('az', 'az')
    """
    if word:
        return site_language(word, site) or str(word)
    parts = urlsplit(url)
    steps = parts.path.strip("/").split("/")
    shown = [*parse_qs(parts.query).get("lang", ()), *steps[:2]]
    return next((tag for step in shown if (tag := site_language(step, site)) is not None), None)
