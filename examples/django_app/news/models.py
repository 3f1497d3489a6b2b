"""What editors write."""

from django.db import models
from django.urls import reverse
from django.utils.timezone import now


class Author(models.Model):
    """Somebody who writes."""

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A category, by its term in newsroom.toml, which has its labels."""

    term = models.SlugField(unique=True)

    class Meta:
        """Its names in the admin."""

        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.term


class Article(models.Model):
    """One language edition of a story."""

    language = models.CharField(
        max_length=2, choices={"en": "English", "az": "Azərbaycanca", "ru": "Русский"}
    )
    story = models.SlugField(
        max_length=100, blank=True, help_text="The same for all language editions of a story"
    )
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    content = models.TextField(blank=True)
    published = models.DateTimeField(default=now, help_text="A moment in the future is an embargo")
    updated = models.DateTimeField(auto_now=True)
    is_public = models.BooleanField(default=False)
    authors = models.ManyToManyField(Author, blank=True)
    categories = models.ManyToManyField(Category, blank=True)

    class Meta:
        """Addresses are unique."""

        constraints = [models.UniqueConstraint(fields=["language", "slug"], name="address")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the path of its page."""
        return reverse("article", args=[self.language, self.slug])
