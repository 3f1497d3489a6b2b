from typing import Any

from tests.contrib.press.models import Brief, Note, Story

from newsfeed.contrib.django import register


@register(Story, follow=["author", "topics", "photos"])
def article(row: Story) -> dict[str, Any] | None:
    if not row.is_public:
        return None
    if row.headline == "broken":
        raise KeyError("headline")
    return {
        "title": row.headline,
        "published": row.published,
        "authors": [row.author] if row.author else [],
        "topics": [topic.name for topic in row.topics.order_by("name")],
        "media": [{"url": photo.url, "type": "image/jpeg"} for photo in row.photos.all()],
        "extra": {"readers": row.readers.count()},
    }


register(Note)
register(Brief)
