"""Feeds of SQLAlchemy's models, with FastAPI, Flask or anything else.

```python
from newsfeed import Site
from newsfeed.contrib.sqlalchemy import ModelFeeds

feeds = ModelFeeds(site, store="news.db", output="public")


@feeds.register(Story)
def article(story):
    return {"title": story.headline, "url": f"/{story.slug}", "published": story.published}
```

Rows are put into the store after the transaction that changes them, and the feeds are published.
"""

from newsfeed.contrib.sqlalchemy.model_feeds import ModelFeeds

__all__ = ["ModelFeeds"]
