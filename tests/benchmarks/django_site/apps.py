"""The app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """News."""

    name = "tests.benchmarks.django_site"
    label = "news"
    default_auto_field = "django.db.models.BigAutoField"
