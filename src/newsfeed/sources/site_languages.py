"""The language that a CMS, a folder or a feed means, among those of the site: `en_US`, `zh-cn`, `english`."""

from functools import lru_cache

from newsfeed.errors import InvalidValue
from newsfeed.model.article_source import ArticleSource
from newsfeed.model.site import Site
from newsfeed.text.language_words import LANGUAGES_CALLED
from newsfeed.text.languages import babel_locale, canonical_language

__all__ = ["default_language", "language_code", "site_language"]


def language_code(word: object) -> str | None:
    """Return the language tag that a word means; None if it means no language.

    >>> language_code("pt_br"), language_code("en_US.UTF-8"), language_code("posts")
    ('pt-BR', 'en-US', None)
    """
    if not isinstance(word, str):
        return None
    written = word.strip().replace("_", "-").partition(".")[0]
    called = LANGUAGES_CALLED.get(written.casefold())
    try:
        return called or canonical_language(written)
    except InvalidValue:
        return None


def site_language(word: object, site: Site) -> str | None:
    """Return the site's language that a word means: the same tag, or the only one of that language.

    Args:
        word: The word.
        site: The site.

    Returns:
        One of the site's languages, or None.

    >>> site = Site(title="Report", url="https://report.example/", languages=["en", "zh-Hans"])
    >>> [site_language(word, site) for word in ("en_US", "English", "zh-cn", "de")]
    ['en', 'en', 'zh-Hans', None]
    """
    code = language_code(word)
    if code is None:
        name = word.strip().casefold() if isinstance(word, str) else ""
        return next((tag for tag in site.languages if name and name in _names(tag)), None)
    if code in site.languages:
        return code
    first = code.partition("-")[0]
    alike = [tag for tag in site.languages if tag.partition("-")[0] == first]
    return alike[0] if len(alike) == 1 else None


def default_language(source: ArticleSource, site: Site, said: object = None) -> str | None:
    """Return the language of records that don't say theirs; None if the source's table says it.

    Args:
        source: The source.
        site: The site, whose first language it is otherwise.
        said: What the source says of itself as a whole.
    """
    if "language" in source.defaults or "language" in source.fields:
        return None
    return site_language(said, site) or site.default_language


@lru_cache(maxsize=64)
def _names(tag: str) -> frozenset[str]:
    """Return the names of a language, its own and the English one, in lower case."""
    locale = babel_locale(tag)
    names = (locale.get_language_name(), locale.get_language_name("en"))
    return frozenset(name.casefold() for name in names if name)
