"""What posts of the REST API and of export files have in common: states, dates, words, addresses."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

from newsfeed.model.site import Site
from newsfeed.sources.site_languages import site_language
from newsfeed.text.html.words import plain_text
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = [
    "is_no_category",
    "language_of",
    "moment",
    "note_on_state",
    "note_on_type",
    "summary_of",
    "text_of",
]

_NEVER = "0000-00-00"
_MORE = lazy_pattern(
    r"(?:\s*(?:\[(?:…|\.\.\.|&hellip;|&#8230;)\]|…))?\s*(?:(?:Continue reading|Read more)\b.*)?\Z"
)
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
    return plain_text(html) if isinstance(html, str) else ""


def summary_of(html: object) -> str:
    """Return an excerpt as plain text, without the words with which WordPress ends made ones.

    >>> summary_of("<p>It snowed in Baku [&hellip;]</p>")
    'It snowed in Baku'
    """
    return _MORE.sub("", text_of(html))


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
