"""The tags in which a page of the site names its feeds (HTML, `link rel="alternate"`).

Browsers, feed readers and search engines look for them (https://html.spec.whatwg.org/#rel-alternate: readers subscribe
to the first), so the feeds that are closest to the page come first.
"""

from collections.abc import Sequence

from markupsafe import Markup

from newsfeed.discovery.directory import feed_documents
from newsfeed.model.facets import checked_conditions
from newsfeed.plan.pages import feeds_about
from newsfeed.plan.plan import Plan
from newsfeed.text.one_line import one_line

__all__ = ["alternate_links"]

_TAG = Markup('<link rel="alternate" type="{}" hreflang="{}" title="{}" href="{}">')


def alternate_links(
    plan: Plan,
    *,
    language: str | None = None,
    category: str | Sequence[str] = (),
    topic: str | Sequence[str] = (),
    author: str | Sequence[str] = (),
    flag: str | Sequence[str] = (),
    **terms: str | Sequence[str],
) -> Markup:
    """Write the tags for the head of a page of the site.

    Args:
        plan: The feeds.
        language: The page's language, a BCP 47 tag of the site; default: the site's first.
        category: What the page is about: terms of the site's categories. An article's page names its own.
        topic: The same, topics.
        author: The same, names of authors.
        flag: The same, flags such as `photo`.
        **terms: The same, on axes that were added.

    Returns:
        One tag per line: the feeds of what the page is about, then those of everything, each in all its formats; nothing
        for a topic or an author without a feed. It is safe in HTML, and Jinja templates don't escape it again.

    Raises:
        InvalidValue: If the site has no such language, category or flag.
        InvalidPlan: If two planned feeds have one path.

    Example:
        >>> import newsfeed
        >>> plan = newsfeed.open("examples/report").plan
        >>> print(alternate_links(plan, language="az", category="media").splitlines()[0])
        <link rel="alternate" type="application/rss+xml" hreflang="az" title="Report – Media" href="https://report.example/feeds/az/category/media.rss">
    """
    spoken = language or plan.site.default_language
    asked = {
        "language": spoken,
        "category": category,
        "topic": topic,
        "author": author,
        "flag": flag,
        **terms,
    }
    page = checked_conditions(asked, plan.site)
    planned = [plan.by_terms[key] for key in feeds_about(page, plan.site) if key in plan.by_terms]
    feeds = [feed for feed in planned if feed.rule.is_listed]
    feeds.sort(key=lambda feed: len({*feed.rule.axes, *feed.rule.conditions}), reverse=True)
    tags = [
        _TAG.format(document.type, feed.language, one_line(feed.title), document.url)
        for feed in feeds
        for document in feed_documents(feed, plan.site)
    ]
    return Markup("\n").join(tags)
