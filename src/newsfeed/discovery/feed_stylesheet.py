"""The stylesheet of feeds that are opened in a browser, `feed.css` (https://www.w3.org/TR/xml-stylesheet/).

Feed readers ignore it. It uses the language of each feed, which RSS and Atom feeds name in `xml:lang`.
"""

from importlib.resources import files

from newsfeed.model.site import Site
from newsfeed.text.languages import direction
from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["write"]

_RULES = files("newsfeed.discovery") / "templates" / "feed.css"
#: Characters that end a string of CSS, have a meaning in it, or could be taken for markup around it.
_UNSAFE = lazy_pattern(r'[\x00-\x1f\x7f"\\<]')


def write(site: Site) -> bytes:
    """Write the stylesheet for all feeds of a site.

    Args:
        site: The site.

    Returns:
        The stylesheet in UTF-8.

    Example:
        >>> site = Site(title="Report", url="https://report.example/", languages=["en", "ar"])
        >>> print(write(site).decode().splitlines()[-2])
        :lang(ar) { direction: rtl; text-align: right; }
    """
    # a tag matches longer ones that begin with it, and the last rule counts
    by_length = sorted(site.languages, key=len)
    rules = "".join(_rules_of(language, site) for language in by_length)
    return (_RULES.read_text(encoding="utf-8") + rules).encode()


def _rules_of(language: str, site: Site) -> str:
    note = _string(site.label("this_is_a_feed", language))
    feed = f"rss > channel:lang({language})::before, atom|feed:lang({language})::before"
    towards = "text-align: right" if direction(language) == "rtl" else "text-align: left"
    return f":lang({language}) {{ direction: {direction(language)}; {towards}; }}\n{feed} {{ content: {note}; }}\n"


def _string(text: str) -> str:
    r"""Return a text as a string of CSS (CSS Syntax Level 3, §4.3.5 and §4.3.7).

    >>> _string('"No" \\ never')
    '"\\22 No\\22  \\5c  never"'
    """
    return '"' + _UNSAFE.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'
