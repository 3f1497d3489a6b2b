"""The same model three times, so that a save reaches the feeds in one way only."""

from django.db import models


class Story(models.Model):
    """An article."""

    headline = models.CharField(max_length=100)
    body = models.TextField()
    section = models.CharField(max_length=20)
    published = models.DateTimeField()

    class Meta:
        """Both feeds of an article are read by an index."""

        abstract = True
        indexes = [
            models.Index("published", name="%(class)s_1"),
            models.Index("section", "published", name="%(class)s_2"),
        ]

    def get_absolute_url(self) -> str:
        """Return the path of its page."""
        return f"/{self.pk}"


class StoryOfNewsfeed(Story):
    """Its feeds are written by newsfeed."""


class StoryOfFeedgen(Story):
    """Its feeds are written by a loop around feedgen."""


class StoryOfSyndication(Story):
    """Its feeds are rendered by Django at each request."""
