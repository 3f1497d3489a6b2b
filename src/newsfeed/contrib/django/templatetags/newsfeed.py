"""`{% load newsfeed %}`: the tags by which browsers and feed readers find a page's feeds."""

from django import template
from markupsafe import Markup

from newsfeed.contrib.django.settings import configuration
from newsfeed.contrib.live_feeds import log_error
from newsfeed.errors import NewsfeedError

__all__ = ["feed_links", "register"]

register = template.Library()


@register.simple_tag
def feed_links(**about: str | list[str]) -> Markup:
    """Write `<link rel="alternate">` tags for the head of a page: `{% feed_links language="en" category="media" %}`.

    Args:
        **about: The page's language, and what it is about: as for `Newsroom.alternate_links`.

    Returns:
        The tags. A page isn't worth less than its feeds: if there are none because of an error, that is logged.
    """
    said = {name: value for name, value in about.items() if value}
    try:
        return configuration().feeds.store.newsroom().alternate_links(**said)  # type: ignore[arg-type] # checked there
    except NewsfeedError as error:
        log_error(error)
        return Markup()
