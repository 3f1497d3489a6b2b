"""Google Publisher Center: what it requires of a feed.

Source: a stored copy of the page "Technical feed requirements", not the live page. Unverified: whether the Publisher
Center still accepts feeds, and whether 60 articles per fetch is the only limit.
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
