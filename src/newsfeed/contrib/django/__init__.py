"""Feeds of a Django site's models.

```python
# feeds.py of an app, which is imported when Django starts
from newsfeed.contrib.django import register
from news.models import Story


@register(Story)
def article(story):
    return {"title": story.headline, "url": story.get_absolute_url(), "published": story.published}
```

Rows are put into the site's store after the transaction that changes them, and the feeds are published.
"""

from newsfeed.contrib.django.changes import changed
from newsfeed.contrib.django.registry import register

__all__ = ["changed", "register"]
