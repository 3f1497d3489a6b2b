"""Which articles a site takes: those in its languages, repaired."""

import msgspec

from newsfeed.catalog.repairs import repaired
from newsfeed.errors import InvalidValue
from newsfeed.findings import Finding
from newsfeed.model.site import Site
from newsfeed.model.sourced_article import SourcedArticle
from newsfeed.text.nearest import did_you_mean

__all__ = ["accepted"]


def accepted(
    sourced: SourcedArticle, site: Site, *, tell_losses: bool = True
) -> tuple[SourcedArticle | None, list[Finding]]:
    """Return an article as the site publishes it, and what was found in it.

    Args:
        sourced: The article as its editor wrote it.
        site: The site.
        tell_losses: As for `repaired`.

    Returns:
        The article, repaired; None if it isn't in one of the site's languages. And the findings.
    """
    if sourced.article.language not in site.languages:
        language = site.language_meant(sourced.article.language)
        if language is None:
            return None, [_of_no_language(sourced, site)]
        sourced = msgspec.structs.replace(sourced, article=sourced.article.with_kept(language=language))
    article, repairs = repaired(
        sourced.article, site, sourced.place, is_clean=sourced.is_clean, tell_losses=tell_losses
    )
    if article is not sourced.article:
        sourced = msgspec.structs.replace(sourced, article=article)
    return sourced, repairs


def _of_no_language(sourced: SourcedArticle, site: Site) -> Finding:
    language, languages = sourced.article.language, site.languages
    reason = f"{language!r} isn't one of the site's languages"
    remedy = f"add it to site.languages, or {did_you_mean(language, languages)}"
    problem = InvalidValue(reason, remedy, field="language")
    return Finding.of(problem, place=sourced.place, code="NF103")
