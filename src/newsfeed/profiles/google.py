"""Google Publisher Center: what it asks of a feed.

Read in a stored copy of the page, not live: "Technical feed requirements". Whether the Publisher Center still takes
feeds of a publication, and that 60 articles a fetch is the whole of the limit, is unverified.
"""

from newsfeed.model.profile import Profile

__all__ = ["PROFILE"]

PROFILE = Profile(
    name="google",
    title="Google Publisher Center",
    source="https://support.google.com/news/publisher-center/answer/9545420",
    formats=("rss", "atom"),
    needs=("id", "title", "link", "content"),
    advised=("content", "max_entries"),
    max_bytes=2_000_000,
    max_entry_bytes=1_000_000,
    max_entries=60,
)
