"""The changes that haven't reached the store yet. They are committed with the rows, so none is lost."""

from django.db import models

__all__ = ["PendingChange"]


class PendingChange(models.Model):
    """A row that was saved or deleted."""

    #: The label of its model, `news.story`.
    source = models.CharField(max_length=200)
    #: Its primary key as text.
    key = models.CharField(max_length=255)

    class Meta:
        """What Django asks of a model."""

        app_label = "newsfeed"

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
