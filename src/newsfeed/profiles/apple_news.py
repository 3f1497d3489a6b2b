"""Apple News: what it requires of a feed.

Source: a stored copy of the page, not the live page: "RSS guidelines for Apple News". Whether new channels may still publish
from a feed is unverified.
"""

from newsfeed.model.profile import Profile

__all__ = ["PROFILE"]

PROFILE = Profile(
    name="apple-news",
    title="Apple News",
    source="https://support.apple.com/guide/news-publisher/apdc2c7520ff/icloud",
    formats=("rss", "atom"),
    needs=("title", "link", "summary"),
    feed_needs=("title", "link", "language"),
    advised=("min_title", "max_title", "plain_titles"),
    min_title=15,
    max_title=60,
    plain_titles=True,
    region=True,
)
