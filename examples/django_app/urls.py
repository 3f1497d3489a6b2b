"""The site's pages, its admin and its feeds."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from news.models import Article


def home(request: HttpRequest, language: str = "en") -> HttpResponse:
    """Show the newest articles of a language."""
    articles = Article.objects.filter(language=language, is_public=True).order_by("-published")[:20]
    return render(request, "page.html", {"language": language, "articles": articles})


def article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show an article."""
    found = get_object_or_404(Article, language=language, slug=slug, is_public=True)
    terms = [category.term for category in found.categories.all()]
    return render(request, "page.html", {"language": language, "article": found, "terms": terms})


urlpatterns = [
    path("", home),
    path("admin/", admin.site.urls),
    path("feeds/", include("newsfeed.contrib.django.urls")),
    path("<slug:language>/", home),
    path("<slug:language>/<slug:slug>", article, name="article"),
]
