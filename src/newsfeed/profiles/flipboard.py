"""Flipboard: what it requires of a feed.

Source: stored copies of the pages, not the live pages. They disagree: the specification of 2016 requires 30 articles
and pictures of 400 pixels, a later help page 20 articles and 500 pixels. Which one applies is unverified; these values
are the specification's.
"""

from newsfeed.model.profile import Profile

__all__ = ["PROFILE"]

PROFILE = Profile(
    name="flipboard",
    title="Flipboard",
    source="https://about.flipboard.com/rss-spec/",
    needs=("id", "title", "link", "published", "summary", "content", "author", "picture"),
    feed_needs=("title", "link", "description", "language"),
    advised=("id", "published", "author", "min_summary", "own_host"),
    min_entries=30,
    min_summary=300,
    picture_short_side=400,
    own_host=True,
)
