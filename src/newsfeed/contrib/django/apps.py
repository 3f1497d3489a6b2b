"""The app for INSTALLED_APPS."""

from django.apps import AppConfig
from django.core import checks
from django.core.signals import setting_changed
from django.utils.module_loading import autodiscover_modules

__all__ = ["NewsfeedConfig"]


class NewsfeedConfig(AppConfig):
    """The app `newsfeed.contrib.django`."""

    name = "newsfeed.contrib.django"
    label = "newsfeed"
    verbose_name = "Feeds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers models, then watch these and the settings."""
        from newsfeed.contrib.django import signals
        from newsfeed.contrib.django.checks import check
        from newsfeed.contrib.django.settings import forget

        autodiscover_modules("feeds")
        signals.connect()
        checks.register(check)
        setting_changed.connect(forget, dispatch_uid="newsfeed")
