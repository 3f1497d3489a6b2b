"""The site's own pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(_request: HttpRequest) -> HttpResponse:
    """Give the front page."""
    return HttpResponse(
        '<link rel="alternate" type="application/rss+xml" href="/feeds/en/all.rss"><h1>Report</h1>'
    )


urlpatterns = [path("", home)]
