"""The page on which people choose feeds, `index.html`, from the template `subscribe.html`: newsfeed's or the site's.

`index.html` is in the site's first language and lists the feeds of all languages, each section in its own. Every other
language has a page in its folder, `az/index.html`, which lists only its own feeds.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from newsfeed.discovery.alternate_links import alternate_links
from newsfeed.discovery.directory import Directory, Section, listed_languages
from newsfeed.model.list_paths import OPML, page_path
from newsfeed.model.site import Site
from newsfeed.plan.plan import Plan
from newsfeed.text.languages import digits, direction, own_name
from newsfeed.text.one_line import one_line
from newsfeed.text.relative_links import relative_link
from newsfeed.text.urls import ascii_uri

__all__ = ["LanguagePage", "languages_of", "write"]

_TEMPLATES = Path(__file__).parent / "templates"


class LanguagePage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of feeds in a language."""

    language: str
    #: The language's name in itself.
    name: str
    #: Its absolute address.
    url: str
    #: Its path relative to the page that is written, so that pages work anywhere.
    path: str


def write(directory: Directory, language: str) -> bytes:
    """Write the page of feeds in a language. It loads nothing else: no pictures, fonts or scripts.

    The template is `subscribe.html` in the site's folder of templates, if there is one. It can use:

    - `site`, as Python code does; `language` and `direction` of the page;
    - `label(name)`, a word in the page's language, and `label(name, language)` in another;
    - `number(number)`, a number in the digits of the page's language, and `number(number, language)` in those of another;
    - `title` and `site_title`; `home`, the site's front page;
    - `sections`, the feeds by language, as `newsfeed.discovery.directory` lists them;
    - `pages`, the page in each language; `canonical`, its own address; `opml`, the path to `feeds.opml`;
    - `href(address)`, a link from the page, relative if it leads to one of the site's feeds or pages of feeds;
    - `alternates`, the tags that name the feeds of everything in the page's language.

    Args:
        directory: The feeds, by language.
        language: A language of the site. The page of the first lists the feeds of all.

    Returns:
        The page in UTF-8.

    Raises:
        InvalidTemplate: If the site's own template can't be used.

    Example:
        >>> import newsfeed
        >>> page = write(Directory(newsfeed.open("examples/report").plan), "az").decode()
        >>> page.splitlines()[1]
        '<html lang="az" dir="ltr">'
    """
    from newsfeed.formats.page_templates import render_page

    plan, site = directory.plan, directory.site
    pages = tuple(_page(spoken, language, site) for spoken in languages_of(plan))
    base = ascii_uri(site.feeds_url)
    canonical = ascii_uri(site.feeds_url + page_path(language, site))
    values = {
        "site": site,
        "language": language,
        "direction": direction(language),
        "label": lambda name, spoken=language: one_line(site.label(name, spoken)),
        "number": lambda number, spoken=language: str(number).translate(digits(spoken)),
        "title": one_line(site.label("feeds", language)),
        "site_title": one_line(site.text(site.title, language)),
        "home": ascii_uri(site.url),
        "sections": _sections(directory, language),
        "pages": pages,
        "canonical": canonical,
        "href": lambda address: relative_link(address, canonical, base),
        "opml": _up(language, site) + OPML,
        "alternates": alternate_links(plan, language=language),
    }
    return render_page("subscribe.html", values, folder=site.templates, own=_TEMPLATES).encode()


def languages_of(plan: Plan) -> tuple[str, ...]:
    """Return the languages in which there is a page: the site's first, and the others that have feeds."""
    spoken = listed_languages(plan) | {plan.site.default_language}
    return tuple(language for language in plan.site.languages if language in spoken)


def _sections(directory: Directory, language: str) -> Sequence[Section]:
    if language == directory.site.default_language:
        return directory.sections
    return [section for section in directory.sections if section.language == language]


def _page(language: str, from_language: str, site: Site) -> LanguagePage:
    path = page_path(language, site)
    return LanguagePage(
        language=language,
        name=own_name(language),
        url=ascii_uri(site.feeds_url + path),
        path=_up(from_language, site) + path,
    )


def _up(language: str, site: Site) -> str:
    """Return the path from a language's page to the top of the output."""
    return "" if language == site.default_language else "../"
