"""Where the feeds are: `path("feeds/", include("newsfeed.contrib.django.urls"))`."""

from django.urls import re_path

from newsfeed.contrib.django.views import feeds

__all__ = ["urlpatterns"]

urlpatterns = [re_path(r"^(?P<path>.*)$", feeds, name="newsfeed")]
