"""Languages in which pages, listings and flags have no words."""

from collections.abc import Iterator

from newsfeed.findings import Finding, Place
from newsfeed.model.labels import LABELS, words_in
from newsfeed.model.localised import exactly_in
from newsfeed.model.site import Site

__all__ = ["missing_words"]

#: At most so many words are named.
_NAMED = 5


def missing_words(site: Site) -> Iterator[Finding]:
    """Yield a warning for each of a site's languages whose words neither newsfeed nor the site has.

    >>> site = Site(title="tlhIngan QonoS", url="https://report.example/", languages=["tlh"])
    >>> for finding in missing_words(site):
    ...     print(finding.reason)
    newsfeed has no words in tlh for pages, listings and flags, so they are in English there
    """
    instead = site.default_language if words_in(site.default_language) else "English"
    for index, language in enumerate(site.languages):
        if words_in(language):
            continue
        missing = [name for name in LABELS if not _is_translated(name, language, site)]
        if missing:
            named = ", ".join(missing[:_NAMED])
            more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
            yield Finding(
                code="NF171",
                severity="warning",
                place=Place(),
                field=f"site.languages[{index}]",
                reason=f"newsfeed has no words in {language} for pages, listings and flags, "
                f"so they are in {instead} there",
                remedy=f'write them under [site.labels], as in {missing[0]} = {{ {language} = "…" }}; '
                f"missing: {named}{more}",
            )


def _is_translated(name: str, language: str, site: Site) -> bool:
    own = site.labels.get(name, {})
    return isinstance(own, str) or exactly_in(own, language) is not None
