"""newsfeed. Also: four lines in the settings, and one in urls.py."""

from tests.benchmarks.django_site.models import StoryOfNewsfeed as Story

from newsfeed import FeedRule, Site
from newsfeed.contrib.django import register

SITE = Site(
    title="Report",
    url="https://report.example/",
    languages=["en"],
    timezone="UTC",
    feeds=[
        FeedRule(path="all", formats=["rss", "atom"]),
        FeedRule(path="section/{topic}", formats=["rss", "atom"]),
    ],
    discovery=False,
)


@register(Story)
def article(story):
    return {
        "title": story.headline,
        "content": story.body,
        "published": story.published,
        "topics": [story.section],
    }
