from typing import ClassVar
from uuid import uuid4

from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Topic(models.Model):
    name = models.CharField(max_length=100)


class Story(models.Model):
    headline = models.CharField(max_length=100)
    slug = models.SlugField()
    published = models.DateTimeField()
    is_public = models.BooleanField(default=True)
    author = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL)
    topics = models.ManyToManyField(Topic, through="StoryTopic", related_name="stories")
    readers = models.ManyToManyField(Author, related_name="read")

    def get_absolute_url(self) -> str:
        return f"/{self.slug}"


class StoryTopic(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)


class Photo(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="photos")
    url = models.URLField()


class Report(Story):
    """A model that extends a registered one."""


class Opinion(Story):
    """Another way to see the same rows."""

    class Meta:
        proxy = True


class Note(models.Model):
    """Its rows are articles as they are."""

    uid = models.UUIDField(primary_key=True, default=uuid4)
    title = models.CharField(max_length=100)
    published = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-title"]

    def get_absolute_url(self) -> str:
        return f"/notes/{self.uid}"


class Brief(models.Model):
    """Its primary key is called like the id of an article."""

    title = models.CharField(max_length=100)
    url = models.CharField(max_length=100)
    published = models.DateTimeField()
