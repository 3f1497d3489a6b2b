"""MSN Partner Hub: what it requires of a feed of articles.

Source: stored copies of the pages "MSN feed item metadata requirements" and "Feed content specifications", not the
live pages. Not checked, because it involves several feeds: ids are unique across all of a partner's feeds.
"""

from newsfeed.model.profile import Profile

__all__ = ["PROFILE"]

PROFILE = Profile(
    name="msn",
    title="MSN",
    source="https://support.microsoft.com/msn/partner-hub/msn-feed-item-metadata-requirements",
    formats=("rss", "atom"),
    namespaces={"mi": "http://schemas.ingestion.microsoft.com/common/"},
    elements={"mi:shortTitle": "{extra.short_title}"},
    needs=("id", "title", "link", "published", "content", "picture"),
    advised=("picture", "picture_long_side"),
    max_age_days=364,
    min_title=21,
    max_title=150,
    short_title="mi:shortTitle",
    picture_long_side=720,
    plain_titles=True,
    https=True,
)
