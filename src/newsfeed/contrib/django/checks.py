"""What `manage.py check` says of the feeds."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.urls import NoReverseMatch, reverse

from newsfeed.contrib.django.registry import registered
from newsfeed.contrib.django.settings import read_settings

__all__ = ["check"]


def check(**_: Any) -> list[Any]:  # noqa: ANN401 - Django's interface
    """Return what is wrong with the settings, the registered models and the addresses."""
    read, problems = read_settings(getattr(settings, "NEWSFEED", None))
    found: list[Any] = list(problems)
    if not registered():
        hint = "Write @register(YourModel) in a module feeds.py of your app."
        found.append(CheckWarning("No model is registered for feeds.", hint=hint, id="newsfeed.W001"))
    if read is None:
        return found
    try:
        served = reverse("newsfeed", args=[""])
    except NoReverseMatch:  # a web server serves the folder
        return found
    named = urlsplit(read.feeds.site.feeds_url).path
    if served != named:
        hint = f'Mount them there, path("{named[1:]}", include("newsfeed.contrib.django.urls")), or correct feeds_url.'
        message = f"Feeds are served below {served}, but the site's feeds_url says {named}."
        found.append(CheckWarning(message, hint=hint, id="newsfeed.W002"))
    return found
